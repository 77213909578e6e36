"""The command line: what it writes, and errors in one sentence with status 2."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from advisor.model import LANGUAGES
from comeback.command import Format, main

ROOT = Path(__file__).parent.parent.parent
STARTS = {Format.pdf: b"%PDF-", Format.png: b"\x89PNG", Format.docx: b"PK"}
"""First bytes of formats that are no text."""
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yml"))


@dataclass(frozen=True, slots=True)
class Done:
    """A run of the command."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run `comeback` in an empty folder, with data of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMEBACK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMEBACK_NLU_URL", "http://127.0.0.1:9")

    def run(*arguments: str | Path, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["comeback", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        return Done(status, *capsys.readouterr())

    return run


def assert_one_sentence(done: Done, *parts: str) -> None:
    """It failed, and says in one line what and what to do."""
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("comeback: ")
    assert len(done.err.splitlines()) == 1
    for part in parts:
        assert part in done.err


class TestPlan:
    @pytest.mark.parametrize(
        ("file", "language", "format"),
        list(product(EXAMPLES, LANGUAGES, Format)),
        ids=lambda value: getattr(value, "stem", str(value)),
    )
    def test_every_example_in_every_format(
        self, run: Run, tmp_path: Path, file: Path, language: str, format: Format
    ) -> None:
        out = tmp_path / f"plan.{format}"
        done = run("plan", file, "--lang", language, "--format", format, "--out", out)
        assert done == Done(0, "", "")
        written = out.read_bytes()
        assert len(written) > 1000
        if format is Format.json:
            plan = json.loads(written)
            assert plan["actions"]
            for action in plan["actions"]:
                assert {"id", "start_week", "weeks", "because", "rows"} <= action.keys()
                assert 1 <= action["start_week"] <= 13
        elif format is Format.html:
            direction = "rtl" if language == "he" else "ltr"
            assert f'dir="{direction}"' in written.decode()
        elif format in STARTS:
            assert written.startswith(STARTS[format])

    @pytest.mark.parametrize("format", ["telegram", "html", "json"])
    def test_without_out_it_is_written_to_standard_output(self, run: Run, format: str) -> None:
        done = run("plan", EXAMPLES[0], "--format", format)
        assert done.status == 0
        assert len(done.out) > 1000
        assert done.err == ""

    @pytest.mark.parametrize("format", STARTS)
    def test_files_go_through_a_pipe(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, format: Format
    ) -> None:
        pipe = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe))
        assert run("plan", EXAMPLES[0], "--format", format).status == 0
        assert pipe.getvalue().startswith(STARTS[format])

    @pytest.mark.parametrize("format", STARTS)
    def test_files_are_not_thrown_at_a_screen(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, format: Format
    ) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        assert_one_sentence(run("plan", EXAMPLES[0], "--format", format), format, "--out")

    def test_the_same_answers_give_the_same_plan(self, run: Run) -> None:
        first, second = (run("plan", EXAMPLES[0], "--format", "json").out for _ in range(2))
        assert first == second

    def test_a_file_that_is_not_there(self, run: Run) -> None:
        assert_one_sentence(run("plan", "no-such.yml"), "no-such.yml", "No such file")

    def test_a_folder(self, run: Run, tmp_path: Path) -> None:
        assert_one_sentence(run("plan", tmp_path), "can't be read")

    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("churn_share: 20\nchurn_shar: 30\n", ("line 2", "churn_shar", "churn_share?")),
            ("churn_share: 130\n", ("line 1", "churn_share", "130")),
            ("sector: resturant\n", ("line 1", "sector", "resturant", "restaurant")),
            ("employees: many\n", ("line 1", "employees", "many")),
            ("churn_share: [1\n", ("line",)),
            ("churn_share: 20\n\tsector: shop\n", ("line 2",)),
            ("", ("line 1",)),
            ("just words", ("line 1",)),
            ("churn_share: 1\nchurn_share: 2\n", ("line 2", "churn_share", "line 1")),
            ('{"churn_share": 20', ("line",)),
            ("&a [*a]", ("line 1",)),
            ("churn_reasons: &a [*a]\n", ("line 1",)),
            ("revenue_now: {amount: 5, currency: XXY}\n", ("line 1", "revenue_now", "ISO 4217")),
            ("business_name: [a]\n", ("line 1", "business_name")),
            ("employees: .inf\n", ("line 1", "employees")),
            ("employees: 1" + "0" * 400 + "\n", ("line 1", "employees")),
            ("employees: 1" + "0" * 5000 + "\n", ("line 1", "employees")),
            ("employees: 2026-01-01\n", ("line 1", "employees")),
            ("employees: 2026-99-99\n", ("line 1", "employees")),
            ("employees: !!python/name:os.system\n", ("line 1",)),
            ("[" * 5000, ("nests too deeply",)),
        ],
    )
    def test_a_file_that_cannot_be_used(
        self, run: Run, tmp_path: Path, text: str, parts: tuple[str, ...]
    ) -> None:
        file = tmp_path / "answers.yml"
        file.write_text(text, encoding="utf-8")
        assert_one_sentence(run("plan", file), *parts)

    def test_a_file_that_is_not_text(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "answers.yml"
        file.write_bytes(b"\xff\xfe\x00\x80")
        assert_one_sentence(run("plan", file), "answers.yml", "UTF-8")

    def test_a_place_that_cannot_be_written(self, run: Run, tmp_path: Path) -> None:
        done = run("plan", EXAMPLES[0], "--out", tmp_path / "no" / "such" / "plan.txt")
        assert_one_sentence(done, "plan.txt", "can't be written")

    def test_options_that_do_not_exist(self, run: Run) -> None:
        assert run("plan", EXAMPLES[0], "--format", "fax").status == 2
        assert run("plan", EXAMPLES[0], "--lang", "fr").status == 2
        assert run("plan").status == 2


class TestQuantities:
    def test_each_line_is_answered(self, run: Run) -> None:
        lines = ['{"text": "about 30% left"}', '{"text": "חודשיים"}', '{"text": "nothing"}']
        done = run("quantities", stdin="\n".join(lines).encode())
        assert done.status == 0
        first, second, third = (json.loads(line) for line in done.out.splitlines())
        [share] = first["quantities"]
        assert (share["kind"], share["value"]) == ("percent", 30)
        assert {"kind", "value", "currency", "low", "high", "start", "end"} <= share.keys()
        assert [q["value"] for q in second["quantities"]] == [60]
        assert third["quantities"] == []

    def test_a_broken_line_does_not_end_the_stream(self, run: Run) -> None:
        done = run("quantities", stdin=b'{"text": 5}\nnonsense\n\xff\n{"text": "5%"}\n')
        assert done.status == 0
        assert [q["value"] for q in json.loads(done.out.splitlines()[-1])["quantities"]] == [5]


class TestOthers:
    def test_lint_finds_nothing(self, run: Run) -> None:
        done = run("lint")
        assert done.status == 0, done.out

    def test_doctor_tells_of_each_part(self, run: Run, tmp_path: Path) -> None:
        done = run("doctor")
        lines = done.out.splitlines()
        assert len(lines) >= 6
        assert all(line.startswith(("ok ", "NO ")) for line in lines)
        assert (done.status == 0) == all(line.startswith("ok ") for line in lines)
        assert any("the database" in line for line in lines)
        assert done.err == ""

    def test_doctor_tells_what_to_do(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("COMEBACK_NLU_URL", "")
        monkeypatch.setenv("COMEBACK_NLU_PROJECT", str(tmp_path))
        done = run("doctor")
        assert done.status == 2
        assert "make chat" in done.out
        assert "comeback nlu train" in done.out

    def test_doctor_knows_the_practice_that_takes_owners_in(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COMEBACK_PRACTICE", "Second Wind")
        run("db", "upgrade")
        done = run("doctor")
        assert "NO  the practice Second Wind: isn't there" in done.out
        add = ("--practice", "Second Wind", "--role", "lead")
        run("consultant", "add", "d@x.example", "--name", "D", *add, stdin=b"a long password\n")
        assert "ok  the practice Second Wind" in run("doctor").out

    def test_an_audit_log_that_was_cut_is_told(self, run: Run, tmp_path: Path) -> None:
        more = ("--name", "D", "--practice", "Second Wind", "--role", "lead")
        for email in ("d@x.example", "e@x.example"):
            run("consultant", "add", email, *more, stdin=b"a long password\n")
        done = run("db", "audit")
        assert done.status == 0
        assert "Second Wind: 2 lines" in done.out
        with closing(sqlite3.connect(tmp_path / "data" / "comeback.db")) as connection:
            connection.execute("DROP TRIGGER audit_keeps_rows")
            connection.execute("DELETE FROM audit WHERE id = 1")
            connection.commit()
        done = run("db", "audit")
        assert done.status == 2
        assert "Second Wind, before or in line 2" in done.err
        assert len(done.err.splitlines()) == 1

    def test_the_database_is_brought_up_to_date(self, run: Run, tmp_path: Path) -> None:
        assert run("db", "upgrade").status == 0
        assert run("db", "upgrade").status == 0
        assert (tmp_path / "data" / "comeback.db").exists()

    def test_a_database_that_is_none(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COMEBACK_DATABASE", "nonsense")
        assert_one_sentence(run("db", "upgrade"), "COMEBACK_DATABASE")
        assert_one_sentence(run("chat", "--protocol", "jsonl"), "COMEBACK_DATABASE")

    def test_a_file_that_is_no_database(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "comeback.db").write_text("not a database " * 100)
        assert_one_sentence(run("db", "upgrade"), "COMEBACK_DATABASE")

    def test_a_data_folder_that_cannot_be(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("COMEBACK_DATA", str(tmp_path / "file" / "data"))
        assert_one_sentence(run("db", "upgrade"), "COMEBACK_DATA")

    def test_a_setting_that_cannot_be_used(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COMEBACK_VISUAL", "perhaps")
        assert_one_sentence(run("db", "upgrade"), "COMEBACK_VISUAL")

    def test_the_bot_without_a_token(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COMEBACK_TELEGRAM_TOKEN", "")
        assert_one_sentence(run("bot"), "COMEBACK_TELEGRAM_TOKEN")

    def test_serving_a_model_that_is_not_there(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("COMEBACK_NLU_PROJECT", str(tmp_path))
        assert_one_sentence(run("nlu", "serve"), "comeback nlu train")

    def test_help_names_the_commands(self, run: Run) -> None:
        shown = run("--help").out
        for name in ("chat", "bot", "plan", "understand", "quantities", "lint", "doctor"):
            assert name in shown

    def test_lines_come_back_from_chat(self, run: Run) -> None:
        done = run("chat", "--protocol", "jsonl", stdin=b'{"start": true, "lang": "en"}\n\xff\n')
        assert [json.loads(line)["type"] for line in done.out.splitlines()] == [
            "say",
            "say",
            "ask",
            "say",
        ]
        assert done.status == 0

    def test_an_invitation_is_followed_in_lines_too(self, run: Run) -> None:
        start = b'{"start": true, "lang": "en"}\n'
        done = run("chat", "--protocol", "jsonl", "--lang", "en", "--invitation", "x", stdin=start)
        assert "no longer good" in json.loads(done.out.splitlines()[0])["text"]
        assert done.status == 0

    def test_a_chat_goes_on_in_its_language(self, run: Run) -> None:
        def said(*options: str) -> str:
            lines = run("chat", "--protocol", "jsonl", *options, stdin=b'{"start": true}\n').out
            return str(json.loads(lines.splitlines()[-1])["text"])

        assert "What is the business called?" in said("--lang", "en")
        assert "What is the business called?" in said()
        assert "מה שם העסק?" in said("--lang", "he")


class TestRetention:
    def test_it_is_off_by_default(self, run: Run) -> None:
        done = run("retention")
        assert (done.status, done.out) == (2, "")
        assert "COMEBACK_RETENTION_DAYS" in done.err

    def test_too_few_days_leave_no_time_for_a_warning(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COMEBACK_RETENTION_DAYS", "13")
        done = run("retention", "--dry-run")
        assert done.status == 2
        assert "at least 14 days" in done.err

    def test_it_prints_counts(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COMEBACK_RETENTION_DAYS", "365")
        assert run("retention", "--dry-run").out == "To be warned: 0\nTo be deleted: 0\n"
        assert run("retention").out == "Warned: 0\nDeleted: 0\n"


def test_python_runs_the_package_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "comeback", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "plan" in done.stdout
