"""`comeback nlu review`: what it lists, and the examples that it writes into a real project."""

from __future__ import annotations

import asyncio
import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from advisor.catalog import Catalog
from advisor.errors import ComebackError
from advisor.model import LANGUAGES
from advisor.store import Misreading, Store
from comeback.command import main
from comeback.examples import Examples, Labels, read, with_example
from comeback.review import suggestion

ROOT = Path(__file__).parent.parent.parent
PROJECT = ROOT / "nlu_data"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
READ = {"act": None, "target": None, "confidence": 0.2, "slots": []}
ROWS = [
    Misreading("m-1", "not_understood", "en", "churn_share", "roughly <percent> legged it", READ,
               {"slots": [["churn_share", "<percent>"]]}, NOON),
    Misreading("m-2", "corrected", "he", "status", "גוררים רגליים בקושי", READ,
               {"slots": [["status", "partial"]]}, NOON),
    Misreading("m-3", "out_of_scope", "en", "status", "[bold]ask <name>[/bold] then", READ,
               None, NOON),
]  # fmt: skip
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The examples of the project, to write into."""
    for language in LANGUAGES:
        shutil.copytree(PROJECT / language, tmp_path / "project" / language)
    return tmp_path / "project"


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    project: Path,
) -> Run:
    """Run `comeback nlu review` on a database with the rows, fed with lines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMEBACK_DATABASE", f"sqlite:///{tmp_path}/comeback.db")
    monkeypatch.setenv("COMEBACK_NLU_PROJECT", str(project))
    monkeypatch.setenv("COMEBACK_DATA", str(tmp_path))

    def run(*arguments: str, lines: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["comeback", "nlu", "review", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def queue(tmp_path: Path) -> None:
    """Three messages wait."""
    asyncio.run(fill(f"sqlite:///{tmp_path}/comeback.db"))


async def fill(url: str) -> None:
    store = await Store.open(url)
    await store.migrate()
    async with store.unit() as unit:
        chat = await unit.chat("test:1", NOON)
        for row in ROWS:
            await unit.keep_misreading(chat.id, row)
    await store.close()


def changed(project: Path) -> dict[str, list[str]]:
    """Lines that files of the project have more than the original; nothing else may differ."""
    found = {}
    for path in sorted(project.rglob("*.yml")):
        name = path.relative_to(project)
        now, before = path.read_text("utf-8"), (PROJECT / name).read_text("utf-8")
        if now != before:
            rest, more = before.splitlines(), []
            for line in now.splitlines():
                if rest and rest[0] == line:
                    rest.pop(0)
                else:
                    more.append(line)
            assert not rest, f"{name} lost lines"
            found[name.as_posix()] = more
    return found


class TestListing:
    def test_an_empty_queue(self, run: Run) -> None:
        assert run("--list") == (0, "Nothing waits to be labelled.\n", "")
        assert run() == (0, "Nothing waits to be labelled.\n", "")

    @pytest.mark.usefixtures("queue")
    def test_it_counts_by_reason_and_shows_each(self, run: Run, project: Path) -> None:
        status, out, _ = run("--list")
        assert status == 0
        for part in ("not understood", "corrected", "out of scope", "all", "3"):
            assert part in out
        for row in ROWS:
            assert row.text in out, "to the letter, markup and all"
        assert "then: status = partial" in out
        assert changed(project) == {}

    @pytest.mark.usefixtures("queue")
    def test_a_limit(self, run: Run) -> None:
        _, out, _ = run("--list", "--limit", "1")
        assert ROWS[0].text in out
        assert ROWS[1].text not in out


@pytest.mark.usefixtures("queue")
class TestLabelling:
    def test_examples_go_where_they_belong(self, run: Run, project: Path) -> None:
        lines = "churn_share\nroughly 30% legged it\nstatus.partial\n\n/discard\n"
        status, out, err = run(lines=lines)
        assert (status, err) == (0, "")
        assert changed(project) == {
            "en/churn/churn_share.yml": ["    - roughly 30% legged it"],
            "he/profile/status.yml": ["    - גוררים רגליים בקושי"],
        }
        assert ("status.partial", "גוררים רגליים בקושי") in read(project / "he/profile/status.yml")
        assert "2 labelled" in out
        assert "1 discarded" in out
        assert "comeback nlu train" in out
        assert run("--list")[1] == "Nothing waits to be labelled.\n"

    def test_what_stands_there_is_taken_by_an_empty_line(self, run: Run, project: Path) -> None:
        run("--limit", "1", lines="\n\n")
        [line] = changed(project)["en/churn/churn_share.yml"]
        assert line.startswith("    - roughly ")
        assert "<" not in line

    def test_the_end_of_the_input_leaves_the_rest(self, run: Run, project: Path) -> None:
        status, out, _ = run(lines="churn_share\n30% legged it, roughly\n")
        assert status == 0
        assert "1 labelled" in out
        assert "2 left" in out
        assert "1" in run("--list")[1]
        assert ROWS[1].text in run("--list")[1]

    @pytest.mark.parametrize("first", ["/skip", "/quit"])
    def test_later(self, run: Run, project: Path, first: str) -> None:
        _, out, _ = run(lines=f"{first}\n")
        assert "3 left" in out
        assert changed(project) == {}

    def test_the_same_words_are_not_written_twice(self, run: Run, project: Path) -> None:
        _, out, _ = run("--limit", "1", lines="churn_share\nWe lost about a third!\n")
        assert "1 there already" in out
        assert changed(project) == {}
        assert ROWS[0].text not in run("--list")[1]

    @pytest.mark.parametrize(
        ("lines", "parts"),
        [
            ("churn_shar\n", ("no label churn_shar", "churn_share")),
            ("status\n", ("no label status",)),
            ("gross_margin\nwe lost about a third\n", ("churn_share already",)),
            ("churn_share\nroughly <percent> legged it\n", ("made-up value", "<percent>")),
            ("churn_share\n...\n", ("needs words",)),
            ("churn_share\nsome [thing](entity) here\n", ("entity",)),
        ],
    )
    def test_a_slip_is_one_sentence_and_writes_nothing(
        self, run: Run, project: Path, lines: str, parts: tuple[str, ...]
    ) -> None:
        status, _, err = run("--limit", "1", lines=lines)
        assert status == 2
        assert err.startswith("comeback: ")
        assert len(err.splitlines()) == 1
        assert all(part in err for part in parts)
        assert changed(project) == {}
        assert ROWS[0].text in run("--list")[1]

    def test_a_project_that_is_not_there(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("COMEBACK_NLU_PROJECT", str(tmp_path / "nowhere"))
        status, _, err = run(lines="churn_share\nroughly 30%\n")
        assert status == 2
        assert "COMEBACK_NLU_PROJECT" in err


class TestExamples:
    def test_labels_are_those_that_the_files_use(self, catalog: Catalog, project: Path) -> None:
        labels, examples = Labels(catalog), Examples(project, catalog)
        used = {label for language in LANGUAGES for label, _ in examples.all(language)}
        assert {label for label in used if not labels.exists(label)} == set()
        assert set(labels.usual()) <= used

    def test_each_label_has_its_home(self, catalog: Catalog, project: Path) -> None:
        labels = Labels(catalog)
        for label in labels.usual():
            path = project / "en" / labels.home(label)
            assert label in {name for name, _ in read(path)}, label

    def test_lines_are_read_as_yaml_reads_them(self, project: Path) -> None:
        for path in project.rglob("*.yml"):
            rows = yaml.safe_load(path.read_text("utf-8"))["nlu"]
            texts = [line[2:].strip() for row in rows for line in row["examples"].splitlines()]
            assert [text for _, text in read(path)] == texts, path

    def test_a_new_block_and_a_new_file(self, catalog: Catalog, tmp_path: Path) -> None:
        (tmp_path / "en").mkdir()
        (tmp_path / "en" / "other.yml").write_text('version: "3.1"\nnlu: []\n')
        examples = Examples(tmp_path, catalog)
        first = examples.add("en", "contact_channels.email+phone", "mail and phone, that's it")
        second = examples.add("en", "contact_channels.none", "not a thing: #1 we lost it")
        assert first == second == tmp_path / "en" / "churn" / "contact_channels.yml"
        rows = yaml.safe_load(second.read_text("utf-8"))["nlu"]
        assert [row["intent"] for row in rows] == [
            "contact_channels.email+phone",
            "contact_channels.none",
        ]
        assert rows[1]["examples"] == "- not a thing: #1 we lost it\n"

    def test_options_are_joined_in_one_order_only(self, catalog: Catalog) -> None:
        labels = Labels(catalog)
        assert labels.exists("contact_channels.email+phone")
        for label in ("contact_channels.phone+email", "contact_channels.email+fax", "status.a+b"):
            assert not labels.exists(label)

    def test_a_line_joins_the_end_of_its_block(self) -> None:
        file = (
            "nlu:\n- intent: a\n  examples: |\n    - one\n\n- intent: b\n  examples: |\n    - two"
        )
        assert with_example(file, "a", "more") == file.replace("one\n", "one\n    - more\n") + "\n"
        assert with_example(file, "b", "more") == file + "\n    - more\n"

    def test_a_file_in_another_form_is_left_alone(self, catalog: Catalog, tmp_path: Path) -> None:
        path = tmp_path / "en" / "acts" / "thanks.yml"
        path.parent.mkdir(parents=True)
        path.write_text("nlu: {intent: thanks\n")
        with pytest.raises(ComebackError, match=r"thanks\.yml"):
            Examples(tmp_path, catalog).add("en", "thanks", "cheers mate")
        assert path.read_text() == "nlu: {intent: thanks\n"


@pytest.mark.parametrize(
    ("slots", "label"),
    [
        ([["status", "partial"]], "status.partial"),
        ([["churn_share", "<percent>"]], "churn_share"),
        ([["contact_channels", ["email", "phone"]]], "contact_channels.email+phone"),
        ([["goals_set", True]], "goals_set.true"),
        ([["status", "partial"], ["goals_set", True]], ""),
        ([["status", "unknown"]], ""),
        ([], ""),
    ],
)
def test_what_the_owner_answered_in_the_end_is_suggested(
    catalog: Catalog, slots: list[list[object]], label: str
) -> None:
    assert suggestion(replace(ROWS[0], corrected={"slots": slots})) == label
    assert not label or Labels(catalog).exists(label)
