"""A small soak; `make soak` is the large one."""

from __future__ import annotations

from pathlib import Path

import pytest
from soak import soak
from telegram_peer import Server

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


async def test_every_owner_gets_the_right_plan_while_processes_are_killed(
    database: str, server: Server, tmp_path: Path
) -> None:
    killed = await soak(database, server, tmp_path, 4, seed=7, pause=0.4, patience=120)
    assert killed > 2
