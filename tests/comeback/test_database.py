"""The database of a deployment: where it is, whether it is well, and the way to another one."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from databases import Postgres

from advisor.store.revision import newest
from comeback.command import main
from comeback.settings import NAMES_OF_DATABASE, read_settings

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run `comeback` in an empty folder; status, output and errors."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES_OF_DATABASE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COMEBACK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMEBACK_NLU_URL", "http://127.0.0.1:9")

    def run(*arguments: str | Path, lines: tuple[Any, ...] = ()) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["comeback", *map(str, arguments)])
        typed = "".join(json.dumps(line) + "\n" for line in lines).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        return status, *capsys.readouterr()

    return run


def talked(run: Run, *said: str) -> list[dict[str, Any]]:
    """What came back in the terminal's protocol."""
    start = {"start": True, "lang": "en"}
    status, out, err = run(
        "chat", "--protocol", "jsonl", lines=(start, *({"text": text} for text in said))
    )
    assert (status, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def asked(found: list[dict[str, Any]]) -> str:
    return str([entry for entry in found if entry["type"] == "ask"][-1]["question"])


def fails(done: tuple[int, str, str], *parts: str) -> None:
    """It failed, and says in one line what and what to do."""
    status, out, err = done
    assert (status, out) == (2, "")
    assert err.startswith("comeback: ")
    assert len(err.splitlines()) == 1
    for part in parts:
        assert part in err


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.mark.postgres
def test_an_interview_goes_on_after_the_move(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    before = asked(talked(run, "Alma & Sons", "skip", "skip"))
    file = tmp_path / "all.jsonl"
    status, out, err = run("db", "export", file)
    assert (status, err) == (0, "")
    assert str(file) in out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "nobody else reads what owners said"
    assert json.loads(file.read_text().splitlines()[0])["revision"] == newest()

    monkeypatch.setenv("COMEBACK_DATABASE_URL", url)
    assert run("db", "import", file)[0] == 0
    assert asked(talked(run)) == before
    after = asked(talked(run, "skip"))
    assert after != before

    fails(run("db", "import", file), "already holds something", "COMEBACK_DATABASE_URL")
    assert run("db", "export", tmp_path / "back.jsonl")[0] == 0
    monkeypatch.setenv("COMEBACK_DATABASE_URL", f"sqlite:///{tmp_path}/third.db")
    assert run("db", "import", tmp_path / "back.jsonl")[0] == 0
    assert asked(talked(run)) == after


@pytest.mark.postgres
def test_the_doctor_looks_at_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, url: str, postgres: Postgres
) -> None:
    monkeypatch.setenv("COMEBACK_DATABASE_URL", url)
    assert "its tables are of another version: run comeback db upgrade" in run("doctor")[1]
    assert run("db", "upgrade")[0] == 0
    assert "ok  the database (PostgreSQL)\n" in run("doctor")[1]
    name = url.split("/")[3].split("?")[0]
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert "NO  the database (PostgreSQL): The database can't be used" in run("doctor")[1]
    monkeypatch.setenv("COMEBACK_DATABASE_URL", "postgresql://me:secret@127.0.0.1:9/x")
    status, out, _ = run("doctor")
    assert status == 2
    assert "NO  the database (PostgreSQL): The database can't be reached just now" in out
    assert "secret" not in out


@pytest.mark.parametrize("name", NAMES_OF_DATABASE)
def test_both_names_of_the_setting_are_known(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv(name, f"sqlite:///{tmp_path}/elsewhere.db")
    assert run("db", "upgrade")[0] == 0
    assert (tmp_path / "elsewhere.db").exists()


def test_settings_of_the_pool(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMEBACK_DATABASE_CONNECTIONS", "25")
    monkeypatch.setenv("COMEBACK_DATABASE_PATIENCE", "2.5")
    settings = read_settings()
    assert (settings.database_connections, settings.database_patience) == (25, 2.5)
    monkeypatch.setenv("COMEBACK_DATABASE_CONNECTIONS", "none")
    fails(run("db", "upgrade"), "COMEBACK_DATABASE_CONNECTIONS")


def test_a_file_is_not_written_over(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "precious.txt"
    file.write_text("precious")
    fails(run("db", "export", file), "precious.txt", "new file")
    assert file.read_text() == "precious"
    fails(run("db", "export", tmp_path / "no" / "all.jsonl"), "can't be written")


def test_files_that_cannot_be_imported(run: Run, tmp_path: Path) -> None:
    fails(run("db", "import", tmp_path / "nothing.jsonl"), "nothing.jsonl", "can't be read")
    fails(run("db", "import", tmp_path), "can't be read")
    (tmp_path / "letter.txt").write_bytes(b"Dear Sir or Madam\xff\x00")
    fails(run("db", "import", tmp_path / "letter.txt"), "isn't an export")


def test_a_file_that_was_cut_off_leaves_the_database_empty(run: Run, tmp_path: Path) -> None:
    talked(run, "Alma")
    run("db", "export", tmp_path / "all.jsonl")
    whole = (tmp_path / "all.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "half.jsonl").write_text("".join(whole[:-2]))
    (tmp_path / "data" / "comeback.db").unlink()
    for left in (tmp_path / "data").glob("comeback.db-*"):
        left.unlink()
    fails(run("db", "import", tmp_path / "half.jsonl"), "too early")
    assert run("db", "import", tmp_path / "all.jsonl")[0] == 0
