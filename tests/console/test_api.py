"""The API: tokens of one practice with limited scope, pages, ETags, problems, and the log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from consoles import Console

from console.api.app import make_api
from console.api.caller import SCOPES
from console.security.tokens import digest

HOOK = {"url": "https://practice.example/told", "events": ["plan.sent"]}


@asynccontextmanager
async def calling(
    console: Console,
    practice: str = "One",
    by: str = "dana",
    scopes: tuple[str, ...] = SCOPES,
    a_minute: int = 1000,
) -> AsyncIterator[httpx.AsyncClient]:
    """A program with a token."""
    token = f"token of {by} {len(scopes)}"
    async with console.store.unit() as unit:
        office = unit.practice(console.practices[practice])
        await office.add_token(digest(token), console.people[by], by, scopes, console.now, 30)
    transport = httpx.ASGITransport(make_api(console.parts(), a_minute), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
        client.headers["authorization"] = f"Bearer {token}"
        yield client


async def test_clients_come_in_pages(console: Console) -> None:
    for number in range(5):
        await console.client("One", "yossi", f"test:{number}", f"Bakery {number}")
    async with calling(console) as api:
        found: list[str] = []
        after = None
        while True:
            query = {"limit": 2, "order": "started"} | ({"after": after} if after else {})
            page = (await api.get("/clients", params=query)).json()
            found += [row["name"] for row in page["items"]]
            after = page["next"]
            if after is None:
                break
        assert sorted(found) == [f"Bakery {number}" for number in range(5)]
        only = (await api.get("/clients", params={"q": "Bakery 3"})).json()
        assert [row["name"] for row in only["items"]] == ["Bakery 3"]


async def test_a_client_with_answers_and_plans(console: Console) -> None:
    mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with calling(console) as api:
        assert (await api.get(f"/clients/{mine}")).json()["status"] == "waiting"
        answers = (await api.get(f"/clients/{mine}/answers")).json()
        assert {"slot": "business_name", "value": "Corner Bakery"}.items() <= answers[0].items()
        assert [row["version"] for row in (await api.get(f"/clients/{mine}/plans")).json()] == [1]
        plan = (await api.get(f"/clients/{mine}/plans/1", params={"lang": "en"})).json()
        assert plan["language"] == "en"
        assert plan["actions"]
        assert (await api.get(f"/clients/{mine}/plans/2")).status_code == 404
        assert (await api.get("/portfolio")).json()["total"] == 1


async def test_what_did_not_change_is_not_sent_again(console: Console) -> None:
    mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with calling(console) as api:
        first = await api.get(f"/clients/{mine}/plans/1")
        tag = first.headers["etag"]
        again = await api.get(f"/clients/{mine}/plans/1", headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        other = await api.get(
            f"/clients/{mine}/plans/1", params={"lang": "en"}, headers={"if-none-match": tag}
        )
        assert other.status_code == 200


async def test_notes_and_invitations(console: Console) -> None:
    mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with calling(console) as api:
        made = await api.post(f"/clients/{mine}/notes", json={"text": "  Call on Sunday "})
        assert made.status_code == 201
        assert [n["text"] for n in (await api.get(f"/clients/{mine}/notes")).json()] == [
            "Call on Sunday"
        ]
        invited = await api.post("/invitations", json={"consultant": "yossi@x.example"})
        assert (
            invited.json()["link"] == f"https://t.me/comeback_bot?start={invited.json()['token']}"
        )
        assert len(invited.json()["token"]) <= 64
        stranger = await api.post("/invitations", json={"consultant": "tom@x.example"})
        assert stranger.status_code == 409


async def test_another_practice_has_nothing_here(console: Console) -> None:
    mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with calling(console) as api:
        hook = (await api.post("/hooks", json=HOOK)).json()["id"]
    async with calling(console, "Two", "tom") as api:
        for end in ("", "/answers", "/plans", "/plans/1", "/notes"):
            answer = await api.get(f"/clients/{mine}{end}")
            assert answer.status_code == 404
            assert answer.headers["content-type"] == "application/problem+json"
        assert (await api.post(f"/clients/{mine}/notes", json={"text": "x"})).status_code == 404
        assert (await api.get(f"/hooks/{hook}/deliveries")).status_code == 404
        assert (await api.delete(f"/hooks/{hook}")).status_code == 404
        assert (await api.get("/clients")).json()["items"] == []
        assert (await api.get("/portfolio")).json()["total"] == 0


@pytest.mark.parametrize("scope", SCOPES)
async def test_a_token_does_what_it_is_good_for(console: Console, scope: str) -> None:
    mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with calling(console, scopes=(scope,)) as api:
        answers = {
            "clients:read": await api.get(f"/clients/{mine}"),
            "notes:write": await api.post(f"/clients/{mine}/notes", json={"text": "x"}),
            "invitations:write": await api.post("/invitations", json={"consultant": "d@x"}),
            "hooks:manage": await api.get("/hooks"),
        }
    for needed, answer in answers.items():
        assert (answer.status_code == 403) == (needed != scope), needed


async def test_tokens_end(console: Console) -> None:
    async with calling(console) as api:
        assert (await api.get("/clients")).status_code == 200
        console.now += timedelta(days=31)
        late = await api.get("/clients")
        assert late.status_code == 401
        assert late.headers["www-authenticate"] == "Bearer"
        console.now -= timedelta(days=31)
        async with console.store.unit() as unit:
            office = unit.practice(console.practices["One"])
            [token] = await office.tokens()
            assert await office.revoke_token(token.id, console.now)
        assert (await api.get("/clients")).status_code == 401
        del api.headers["authorization"]
        assert (await api.get("/clients")).status_code == 401


async def test_too_many_calls_are_told_when_to_come_again(console: Console) -> None:
    async with calling(console, a_minute=3) as api:
        codes = [(await api.get("/clients")).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]
        refused = await api.get("/clients")
        assert 1 <= int(refused.headers["retry-after"]) <= 60


async def test_what_programs_see_is_in_the_log(console: Console) -> None:
    mine = await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with calling(console) as api:
        await api.get(f"/clients/{mine}/answers")
    async with console.store.unit() as unit:
        office = unit.practice(console.practices["One"])
        [token] = await office.tokens()
        entry = (await office.entries())[0]
    assert (entry.act, entry.chat_id) == ("api_answers_read", mine)
    assert entry.detail == {"token": token.id}
    assert entry.consultant_id == console.people["dana"]
