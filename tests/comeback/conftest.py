"""Commands run inside the tests' process: what they set up for it is undone."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """Commands send logs to a stream that is closed when the test is over."""
    yield
    structlog.reset_defaults()
