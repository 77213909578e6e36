# ruff: noqa: F811 (a fixture is asked for by its name)
"""What an owner writes is in the database and nowhere else, and with a key not readable there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from test_database import run, talked  # noqa: F401

from advisor.store import new_key
from comeback import chat
from comeback.logs import quiet_logs

Run = Callable[..., tuple[int, str, str]]
MARKED = ("Zanzibarski", "קרמבוליה", "0541234567", "kazooist")
SAID = (
    f"{MARKED[0]} & Sons",
    f"skip {MARKED[3]}",
    f"{MARKED[1]} עזבו הרבה",
    f"call me on {MARKED[2]}",
    "skip",
    "what if I give 15% off?",
    "send me my data",
)


def folder_holds(folder: Path, word: str) -> bool:
    return any(
        each in path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        for each in (word.encode(), word.encode("unicode_escape"))
    )


def test_no_log_holds_what_an_owner_wrote(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not even at the level at which everything is told."""
    monkeypatch.setattr(chat, "quiet_logs", lambda: quiet_logs(logging.DEBUG))
    with caplog.at_level(logging.DEBUG):
        said = talked(run, *SAID)
    assert MARKED[0] in str(said), "it was understood"
    assert caplog.records, "something is told"
    for word in MARKED:
        assert word not in caplog.text


@pytest.mark.parametrize("key", ["", new_key()], ids=["plain", "encrypted"])
def test_with_a_key_the_files_hold_no_word_of_an_interview(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str
) -> None:
    monkeypatch.setenv("COMEBACK_ENCRYPTION_KEY", key)
    assert MARKED[0] in str(talked(run, *SAID))
    found = [word for word in MARKED if folder_holds(tmp_path / "data", word)]
    assert found == ([] if key else list(MARKED))


def test_a_database_is_encrypted_afterwards(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    talked(run, *SAID)
    status, key, _ = run("db", "key")
    assert status == 0
    monkeypatch.setenv("COMEBACK_ENCRYPTION_KEY", key.strip())
    status, out, err = run("db", "encrypt")
    assert (status, err) == (0, "")
    assert "rows changed" in out
    assert not any(folder_holds(tmp_path / "data", word) for word in MARKED)
    status, out, _ = run("db", "encrypt")
    assert "(0 rows changed)" in out
    monkeypatch.delenv("COMEBACK_ENCRYPTION_KEY")
    status, out, err = run("db", "upgrade")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "COMEBACK_ENCRYPTION_KEY" in err
