"""Whoever adds a table can't forget that owners are forgotten: it is found by its columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from test_store_transfer import fill

from advisor.store import Store
from advisor.store.tables import metadata

At = Callable[[int], datetime]
KEPT = {"audit"}
"""What was done stays; the id of a chat that is gone leads nowhere."""


def owned() -> set[str]:
    """Tables whose rows go with a chat, directly or through others."""
    found = {"chats"}
    while (
        more := {
            table.name
            for table in metadata.tables.values()
            for key in table.foreign_keys
            if key.column.table.name in found and key.ondelete == "CASCADE"
        }
        - found
    ):
        found |= more
    return found


def test_every_table_that_names_a_chat_or_an_interview_goes_with_it() -> None:
    naming = {
        table.name
        for table in metadata.tables.values()
        if {"chat_id", "interview_id", "message_id", "plan_id"} & set(table.c.keys())
    }
    assert naming - KEPT <= owned()


async def held(store: Store) -> dict[str, list[Any]]:
    async with store.engine.connect() as connection:
        return {
            name: list(await connection.execute(select(metadata.tables[name]))) for name in owned()
        }


async def ids_anywhere(store: Store, ids: set[str]) -> set[str]:
    """Tables in which one of some ids stands, in whichever column."""
    async with store.engine.connect() as connection:
        tables: list[Table] = metadata.sorted_tables
        return {
            table.name
            for table in tables
            for row in await connection.execute(select(table))
            if ids & {value for value in row if isinstance(value, str)}
        }


async def test_nothing_of_an_owner_is_left_in_any_table(store: Store, at: At) -> None:
    async with store.unit() as unit:
        await fill(unit, 1, at)
        chat = await unit.chat("telegram:7:1", at(0))
        interviews = set(await unit.interview_ids(chat.id))
    before = await held(store)
    assert all(before.values()), "the test fills every table"
    async with store.unit() as unit:
        await unit.fail_update("7", 2**40 + 1, "x", True, at(1))
        await unit.forget(chat.id, at(5))
    assert not any((await held(store)).values())
    left = await ids_anywhere(store, {chat.id, chat.address} | interviews)
    assert left <= KEPT


async def test_the_practice_learns_that_it_was_done_and_not_whose_it_was(
    store: Store, at: At
) -> None:
    async with store.unit() as unit:
        await fill(unit, 1, at)
        chat = await unit.chat("telegram:7:1", at(0))
        await unit.forget(chat.id, at(5))
    audit = metadata.tables["audit"]
    async with store.engine.connect() as connection:
        found = await connection.execute(select(audit).where(audit.c.act == "owner_forgotten"))
        (row,) = found.all()
    assert row.practice_id is not None
    assert (row.at, row.chat_id, row.consultant_id, row.detail) == (at(5), None, None, None)


async def test_an_owner_of_no_practice_leaves_no_line(store: Store, at: At) -> None:
    async with store.unit() as unit:
        chat = await unit.chat("telegram:7:9", at(0))
        await unit.forget(chat.id, at(5))
    async with store.engine.connect() as connection:
        assert (await connection.execute(select(metadata.tables["audit"]))).all() == []
