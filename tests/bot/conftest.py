"""An owner who talks with the conversation itself, without a channel."""

from collections.abc import AsyncIterator

import pytest
from talking import Owner, talking

from advisor.catalog import Catalog


@pytest.fixture
async def owner(catalog: Catalog) -> AsyncIterator[Owner]:
    async with talking(catalog) as owner:
        yield owner
