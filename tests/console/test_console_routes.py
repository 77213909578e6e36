"""Every route, tried by everybody: nothing of a practice is shown to whoever isn't of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from consoles import Browser, Console
from fastapi.routing import APIRoute

from advisor.store.codec import plan_from_json
from console.app import SCREENS

SECRETS = ("Corner Bakery", "Oak Lane", "Yossi", "Dana", "x.example", "The baker's phone")
OTHERS = ("/practices", "/faults", "/join", "/sign-in")
"""For operators, and for whoever isn't signed in."""
OPEN = {"/sign-in", "/join/{token}", "/language"}
"""For whoever isn't signed in."""
FORM = {
    "text": "note",
    "to": "nobody",
    "label": "someone",
    "name": "name",
    "email": "z@z.example",
    "role": "consultant",
    "old": "x",
    "new": "x",
    "code": "0",
    "password": "x",
    "language": "en",
}


def routes() -> Iterator[tuple[str, str]]:
    """Methods and paths of all screens."""
    for screen in SCREENS:
        for route in screen.router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods):
                yield method, route.path


ALL = sorted(set(routes()))


def filled(path: str, ids: dict[str, str]) -> str:
    """A path with ids in it."""
    return re.sub(r"\{(\w+)\}", lambda found: ids[found[1]], path)


@pytest.fixture
async def ids(console: Console) -> dict[str, str]:
    """Ids of everything that practice One has."""
    chat = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with console.store.unit() as unit:
        one = unit.practice(console.practices["One"])
        yossi, now = console.people["yossi"], console.now
        invited = await one.invite_owner("digest", yossi, "Oak Lane", now, 9)
        await one.add_note(chat, yossi, "The baker's phone", now)
        await one.save_filter(yossi, "Oak Lane", {"danger": "1"}, now)
        [kept] = await one.saved_filters(yossi)
        stored = await one.plan(chat)
        assert stored is not None
        action = plan_from_json(stored.document).actions[0].id
        given = await one.add_token("digest", yossi, "Oak Lane", ["clients:read"], now, 9)
        hook = await one.add_hook("https://oak.example/", "s", ["plan.sent"], now)
        session = await unit.sessions.start(yossi, "s", 2, now, now, None, None)
    return {
        "chat_id": chat,
        "invitation_id": invited,
        "filter_id": kept.id,
        "session_id": session,
        "consultant_id": yossi,
        "token": "unknown",
        "version": "1",
        "language": "en",
        "kind": "json",
        "sheet": "clients",
        "token_id": given,
        "hook_id": hook,
        "step": "close",
        "slot": "customers_now",
        "action": action,
        "bot": "7",
        "update_id": "4711",
        "number": "1",
    }


async def ask(browser: Browser, method: str, path: str) -> Any:
    if method == "GET":
        return await browser.see(path)
    return await browser.submit(path, **FORM)


async def everything(console: Console) -> dict[str, Any]:
    """What practice One has, to see that nothing changed."""
    async with console.store.unit() as unit:
        one = unit.practice(console.practices["One"])
        return {
            "people": await one.colleagues(),
            "clients": await one.counts(console.now),
            "invitations": await one.open_invitations(console.now),
            "filters": await one.saved_filters(console.people["yossi"]),
            "log": await one.entries(),
        }


@pytest.mark.parametrize("name", ["tom", "op"])
async def test_nobody_else_sees_or_changes_anything(
    console: Console, ids: dict[str, str], name: str
) -> None:
    before = await everything(console)
    async with console.browser() as browser:
        await console.sign_in(browser, name)
        for method, path in ALL:
            if path in ("/sign-out", "/account/password"):
                continue
            answer = await ask(browser, method, filled(path, ids))
            assert answer.status_code < 500, path
            assert answer.url.path != "/sign-in" or path == "/sign-in", path
            shown = answer.text.replace("Tom", "")
            for secret in SECRETS[:4] + SECRETS[5:]:
                assert secret not in shown, f"{method} {path} shows {secret}"
            if "chat_id" in path:
                assert answer.status_code in (403, 404), path
    assert await everything(console) == before


async def test_nobody_gets_in_without_signing_in(console: Console, ids: dict[str, str]) -> None:
    before = await everything(console)
    async with console.browser() as browser:
        await browser.see("/sign-in")
        for method, path in ALL:
            answer = await ask(browser, method, filled(path, ids))
            if path not in OPEN:
                assert answer.url.path == "/sign-in", path
    assert await everything(console) == before


async def test_a_consultant_does_not_lead(console: Console, ids: dict[str, str]) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "yossi")
        for method, path in ALL:
            if path.startswith(("/team", "/audit", "/practices", "/faults")):
                answer = await ask(browser, method, filled(path, ids))
                assert answer.status_code == 403, path


async def test_whoever_belongs_sees_every_page(console: Console, ids: dict[str, str]) -> None:
    """So that the tests above don't pass because nothing works."""
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        for method, path in ALL:
            if method == "GET" and not path.startswith(OTHERS):
                answer = await browser.see(filled(path, ids))
                assert answer.status_code == 200, path
