"""A console for tests, and a browser without a screen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import httpx
import pyotp
from bs4 import BeautifulSoup, Tag
from talking import FakeReader, Owner, keep_copy, take_copy

from advisor.catalog import Catalog
from advisor.store import Store
from advisor.store.practice import Role
from bot.consulting import Consulting
from bot.conversation import Conversation
from console.app import make_app
from console.parts import Parts
from console.security.passwords import hashing
from console.texts import load_texts

PASSWORD = "a long password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')
ROOT = "http://console.example"


class Browser(httpx.AsyncClient):
    """Sends forms with the token of the page that it was on."""

    token = ""

    async def see(self, path: str, **more: object) -> httpx.Response:
        response = await self.get(path, **more)  # type: ignore[arg-type]
        found = TOKEN.search(response.text)
        self.token = found[1] if found else self.token
        return response

    async def submit(self, path: str, **fields: str) -> httpx.Response:
        response = await self.post(path, data={"form_token": self.token, **fields})
        found = TOKEN.search(response.text)
        self.token = found[1] if found else self.token
        return response


@dataclass
class Console:
    """A console, its store, and a clock that is set by hand."""

    catalog: Catalog
    store: Store
    now: datetime
    practices: dict[str, str]
    """Ids by name."""
    people: dict[str, str]
    """Ids of accounts by the name before the @."""
    untouched: int = -1
    """How many changes there were when nothing but the people was there."""

    def clock(self) -> datetime:
        return self.now

    def parts(self, root: str = "") -> Parts:
        """What it is made with."""
        owners = Consulting(self.catalog, self.clock)
        texts = load_texts()
        return Parts(
            self.catalog, self.store, self.clock, texts, owners, root=root, bot="comeback_bot"
        )

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[Browser]:
        transport = httpx.ASGITransport(make_app(self.parts()), raise_app_exceptions=False)
        async with Browser(transport=transport, base_url=ROOT, follow_redirects=True) as browser:
            browser.headers["accept-language"] = "en"
            yield browser

    def code(self) -> str:
        """The code that stands now."""
        return pyotp.TOTP(SECRET).at(self.now)

    async def sign_in(self, browser: Browser, name: str) -> httpx.Response:
        self.now += timedelta(minutes=1)  # a code counts once
        await browser.see("/sign-in")
        await browser.submit("/sign-in", email=f"{name}@x.example", password=PASSWORD)
        return await browser.submit("/sign-in/code", code=self.code())

    async def client(self, practice: str, consultant: str, address: str, name: str) -> str:
        """An owner of a practice who went through an interview; the id of the chat. Whoever comes
        first is copied from the test before."""
        key = (practice, consultant, address, name, self.now)
        first = await changes(self.store) == self.untouched
        self.untouched = -1
        if first and await take_copy(self.store, key):
            async with self.store.unit() as unit:
                return (await unit.chat(address, self.now)).id
        chat = await self.chat(await self.owner(practice, consultant, address, name))
        if first:
            await keep_copy(self.store, key)
        return chat

    async def chat(self, owner: Owner) -> str:
        """The id of an owner's chat."""
        async with self.store.unit() as unit:
            return (await unit.chat(owner.address, self.now)).id

    async def owner(self, practice: str, consultant: str, address: str, name: str) -> Owner:
        """The owner themselves, with a plan."""
        reader = FakeReader(self.catalog)
        conversation = Conversation(self.catalog, self.store, reader, self.clock)
        owner = Owner(self.store, reader, conversation, address)
        async with self.store.unit() as unit:
            chat = await unit.chat(address, self.now)
            office = unit.practice(self.practices[practice])
            digest = f"invited {address}"
            await office.invite_owner(digest, self.people[consultant], name, self.now, 30)
            invitation = await unit.invitations.by_digest(digest)
            assert invitation is not None
            await unit.tie(chat.id, invitation, self.now)
        await owner.start()
        await owner.finish_as(name)
        return owner


def hidden(page: httpx.Response) -> dict[str, str]:
    """What the last form of a page sends by itself."""
    form = BeautifulSoup(page.text, "html.parser").find_all("form")[-1]
    return sent_by(form.find_all("input", type="hidden"))


def sent_by(inputs: Iterable[Tag]) -> dict[str, str]:
    """What inputs send, but for the token."""
    fields = {str(row["name"]): str(row.get("value", "")) for row in inputs}
    fields.pop("form_token", None)
    return fields


async def changes(store: Store) -> int:
    """How many rows were changed so far in a database in memory; -2 for any other."""
    if store.is_shared or store.engine.url.database not in (None, "", ":memory:"):
        return -2
    async with store.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        return int(driver.total_changes)


@cache
def hash_of_all() -> str:
    """Argon2 takes its time, once."""
    return hashing().hash(PASSWORD)


async def people(console: Console) -> None:
    """Dana leads One, Yossi works there; Tom leads Two; an operator."""
    password = hash_of_all()
    rows: list[tuple[str, str | None, Role]] = [
        ("dana", "One", "lead"),
        ("yossi", "One", "consultant"),
        ("tom", "Two", "lead"),
        ("op", None, "operator"),
    ]
    async with console.store.unit() as unit:
        for name in ("One", "Two"):
            console.practices[name] = (await unit.accounts.add_practice(name, console.now)).id
        for name, practice, role in rows:
            account = await unit.accounts.add_consultant(
                console.practices[practice] if practice else None,
                f"{name}@x.example",
                name.title(),
                role,
                "en",
                password,
                console.now,
            )
            assert account is not None
            await unit.accounts.set_secret(account, SECRET)
            await unit.accounts.use_step(account, 0, console.now)
            console.people[name] = account
