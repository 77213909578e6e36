"""Hebrew comes through whatever the locale says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from processes import COMMAND, environment


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_lines_are_utf8(tmp_path: Path, encoding: str) -> None:
    done = subprocess.run(
        [*COMMAND, "chat", "--protocol", "jsonl"],
        env={**environment(tmp_path), "PYTHONIOENCODING": encoding},
        input='{"start": true, "lang": "he"}\n{"text": "מאפיית הפינה"}\n'.encode(),
        capture_output=True,
        check=True,
    )
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [row["type"] for row in rows] == ["say", "say", "ask", "ask"]
    assert "מאפיית הפינה" in rows[-1]["text"]
    assert done.stderr == b""
