"""What can't be used is refused at the start, in one sentence that names the setting."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from databases import Postgres

from advisor.errors import ComebackError, StoreAwayError, cause
from advisor.store import Store
from advisor.store.engine import away
from comeback.listening import Server
from comeback.settings import read_settings
from comeback.telegram import token_of


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as there:
        yield int(there.getsockname()[1])


async def test_a_port_that_is_taken(taken: int) -> None:
    with pytest.raises(ComebackError, match="COMEBACK_PORT") as refusal:
        await Server(lambda: None, "127.0.0.1", taken, "COMEBACK_PORT").listen()  # type: ignore[arg-type]
    assert f"127.0.0.1:{taken}" in str(refusal.value)


async def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(ComebackError, match="COMEBACK_HOST"):
        await Server(lambda: None, "203.0.113.1", 0, "--port").listen()  # type: ignore[arg-type]


@pytest.mark.parametrize("token", ["nonsense", "7", "7:", ":x", "7:a b"])
def test_what_is_no_token(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMEBACK_TELEGRAM_TOKEN", token)
    with pytest.raises(ComebackError, match="COMEBACK_TELEGRAM_TOKEN") as refusal:
        token_of(read_settings())
    assert token not in str(refusal.value).split()


@pytest.mark.postgres
async def test_what_postgresql_says_is_told(postgres: Postgres) -> None:
    with pytest.raises(StoreAwayError, match='"nowhere" does not exist') as refusal:
        await Store.open(postgres.url("nowhere"))
    assert "nowhere" in refusal.value.why
    assert cause(refusal.value).startswith("StoreAwayError: ")


def test_a_full_disk_is_said_to_be_one() -> None:
    class FullError(Exception):
        sqlstate = "53100"

    error = Exception()
    error.orig = FullError('could not extend file "x": No space left on device\nHINT: …')  # type: ignore[attr-defined]
    told = str(away(error))
    assert told.startswith("The database's disk is full (could not extend")
    assert "HINT" not in told
