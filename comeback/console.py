"""The console, wired: run by itself, tried with demo data, and its first account."""

from __future__ import annotations

import asyncio
import getpass
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

import pyotp
from starlette.applications import Starlette
from starlette.routing import Mount

from advisor.catalog import load_catalog
from advisor.errors import ComebackError
from advisor.model import LANGUAGES
from advisor.store import Store
from advisor.store.practice import ROLES, Role
from bot.consulting import Consulting
from comeback.database import opened
from comeback.listening import Server
from comeback.logs import quiet_logs
from comeback.settings import Settings
from comeback.wiring import clock
from console.api.app import make_api
from console.app import make_app
from console.parts import Parts
from console.security.passwords import SHORTEST, fits, hashed
from console.telling import Teller
from console.texts import load_texts

API = "/api/v1"


def parts_of(settings: Settings, store: Store) -> Parts:
    """What the console is made with."""
    catalog = load_catalog()
    return Parts(
        catalog=catalog,
        store=store,
        clock=clock,
        texts=load_texts(),
        owners=Consulting(catalog, clock),
        root=settings.public_url,
        bot=settings.telegram_bot,
        zone=ZoneInfo(settings.timezone),
    )


@asynccontextmanager
async def telling(settings: Settings, store: Store) -> AsyncIterator[None]:
    """Addresses are told what happens while this lasts; where several processes do it, each message
    is told by one of them."""
    teller = Teller(store, clock, settings.tell_private)
    task = asyncio.create_task(teller.work())
    try:
        yield
    finally:
        task.cancel()
        await teller.close()


async def run_console(settings: Settings, port: int, demo: bool) -> None:
    """Serve the console until stopped; with `demo`, on a database that holds a practice to try."""
    quiet_logs(logging.WARNING if demo else logging.INFO)
    async with opened(settings) as store:
        if demo:
            await show_demo(store, port)
        parts = parts_of(settings, store)
        app = Starlette(routes=[Mount(API, make_api(parts)), Mount("/", make_app(parts))])
        async with telling(settings, store):
            await Server(app, settings.host, port, "--port").listen()


async def show_demo(store: Store, port: int) -> None:
    """Fill the database unless it is filled, and tell how to sign in."""
    from comeback.demo.practice import PASSWORD, SECRET, make_practice

    async with store.unit() as unit:
        there = await unit.accounts.practices()
    if not there:
        print("Interviewing thirty owners ...", flush=True)
        await make_practice(load_catalog(), store, clock())
    code = pyotp.TOTP(SECRET)
    now = clock()
    print(f"The console is at http://localhost:{port}/ with a practice to try.")
    print("  e-mail    dana@demo.example (leads), yossi@demo.example, rachel@demo.example,")
    print("            tom@demo.example (another practice), operator@demo.example")
    print(f"  password  {PASSWORD}")
    print(f"  code      {code.at(now)} now, {code.at(now + timedelta(seconds=30))} next;")
    print(f"            or add the key {SECRET} to an authenticator app, or run")
    print("            .venv/bin/comeback consultant code")
    print("Stop it with Ctrl-C.", flush=True)


async def add_consultant(
    settings: Settings, email: str, name: str, practice: str, role: str, language: str
) -> None:
    """An account from the command line, with its practice if there is none of that name yet."""
    wanted = check_role(role, practice)
    if "@" not in email or language not in LANGUAGES:
        raise ComebackError("an account needs an e-mail address, and a language: he or en")
    password = ask_password()
    async with opened(settings) as store:
        made = await hashed(password)
        async with store.unit() as unit:
            now = clock()
            found = await unit.accounts.practice_named(practice) if practice else None
            if practice and found is None:
                found = await unit.accounts.add_practice(practice, now)
            account = await unit.accounts.add_consultant(
                found.id if found else None, email, name, wanted, language, made, now
            )
            if account is None:
                raise ComebackError(f"{email} has an account already")
            await unit.note_act(
                "account_added",
                now,
                practice_id=found.id if found else None,
                detail={"account": account, "role": role},
            )
    print(f"{email} can sign in now; the first time sets up the second factor.")


def check_role(role: str, practice: str) -> Role:
    """A role that goes with a practice, or with none. Raises ComebackError."""
    for known in ROLES:
        if known == role and (known == "operator") != bool(practice):
            return known
    raise ComebackError(
        "a role is consultant or lead, with --practice, or operator, without a practice"
    )


def ask_password() -> str:
    """A password, typed twice, or a line of standard input where nobody sits there."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            raise ComebackError("the two passwords differ; try again")
    if not fits(password):
        raise ComebackError(f"a password needs at least {SHORTEST} characters, not all the same")
    return password


def tell_demo_code() -> None:
    """The code of the demo's accounts, just now."""
    from comeback.demo.practice import SECRET

    print(pyotp.TOTP(SECRET).at(clock()))
