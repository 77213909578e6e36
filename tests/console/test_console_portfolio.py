"""The portfolio: every client of the practice counted, none of another, and files that a
spreadsheet can't be made to run."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import openpyxl
from consoles import Console
from hypothesis import given
from hypothesis import strategies as st

from advisor.followup.pace import ISRAEL
from console.tables import FORMULAS, Table, as_csv, as_workbook

FORMULA = "+cmd|' /C calc'!A0"


async def test_it_counts_this_practice_only(console: Console) -> None:
    for number in range(3):
        await console.client("One", "yossi", f"test:{number}", f"Bakery {number}")
    await console.client("Two", "tom", "test:9", "Other Street Books")
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        page = await browser.see("/portfolio")
        assert page.status_code == 200
        assert "3 clients" in page.text
        listed = rows(await taken(browser, "/portfolio/clients.csv"))
        assert sorted(row["Business"] for row in listed) == ["Bakery 0", "Bakery 1", "Bakery 2"]
        actions = rows(await taken(browser, "/portfolio/actions.csv"))
        assert actions
        assert all(int(row["Clients"]) <= 3 for row in actions)
        assert (await browser.see("/portfolio/secrets.csv")).status_code == 404


async def test_what_an_owner_typed_is_no_formula(console: Console) -> None:
    await console.client("One", "yossi", "test:1", FORMULA)
    async with console.browser() as browser:
        await console.sign_in(browser, "dana")
        (row,) = rows(await taken(browser, "/portfolio/clients.csv"))
        assert row["Business"] == "'" + FORMULA
        book = openpyxl.load_workbook(io.BytesIO(await taken(browser, "/portfolio.xlsx")))
        cell = book["Clients"].cell(2, 2)
        assert (cell.value, cell.data_type, cell.hyperlink) == (FORMULA, "s", None)
        assert book.sheetnames == ["Clients", "Areas", "Findings", "Actions", "Questions"]


async def test_taking_it_away_is_in_the_log(console: Console) -> None:
    await console.client("One", "yossi", "test:1", "Corner Bakery")
    async with console.browser() as browser:
        await console.sign_in(browser, "yossi")
        await taken(browser, "/portfolio.xlsx")
    async with console.store.unit() as unit:
        entries = await unit.practice(console.practices["One"]).entries()
    assert [(e.act, e.detail) for e in entries if "portfolio" in e.act] == [
        ("portfolio_exported", {"what": "all"})
    ]


async def test_an_empty_practice_has_a_page(console: Console) -> None:
    async with console.browser() as browser:
        await console.sign_in(browser, "tom")
        assert "no clients yet" in (await browser.see("/portfolio")).text


cells = st.text() | st.integers(-(10**9), 10**9) | st.just(datetime(2026, 3, 1, tzinfo=UTC))


@given(st.lists(cells, min_size=1, max_size=5))
def test_no_cell_of_a_file_begins_like_a_formula(row: list[str | int | datetime]) -> None:
    content = as_csv(Table("t", ["c"] * len(row), [row]), UTC).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(content, newline="")))[1]
    for given_cell, cell in zip(row, read, strict=True):
        if isinstance(given_cell, str):
            assert not cell.lstrip(" ").startswith(FORMULAS)
            assert cell.removeprefix("'") == given_cell.removeprefix("'")


def test_a_workbook_reads_from_right_to_left_in_hebrew() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(as_workbook([Table("לקוחות", ["עסק"], [["מאפייה"]])], True, UTC))
    )
    assert book.active is not None
    assert book.active.sheet_view.rightToLeft


def test_times_are_those_of_the_place_and_say_so() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    table = Table("t", ["Name", "At"], [["Bakery", noon]])
    assert "2026-03-01T14:00+02:00" in as_csv(table, ISRAEL).decode()
    book = openpyxl.load_workbook(io.BytesIO(as_workbook([table], False, ISRAEL)))
    assert book.active is not None
    assert [cell.value for cell in book.active[1]] == ["Name", "At (Asia/Jerusalem)"]
    assert book.active["B2"].value == datetime(2026, 3, 1, 14)


async def taken(browser: object, path: str) -> bytes:
    response = await browser.get(path)  # type: ignore[attr-defined]
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith("attachment")
    return bytes(response.content)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
