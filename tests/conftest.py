"""Shared by all tests. With CI set, a test that isn't run is a failure."""

import os

import pytest

from advisor.catalog import Catalog, load_catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


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
