"""What the comparison of pipelines counts, without any pipeline."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from advisor.catalog import Catalog
from advisor.errors import ComebackError
from bench.banking import DATA, EXAMPLES, PUBLISHED, acts, rows_of
from bench.drawing import thinned
from bench.measures import Held, Intent, area, best, best_option, held_out, quantile, scope
from bench.projects import limited, read_examples, write_examples
from bench.results import Questions, result_of, table_of
from bench.training import TooSlowError, Usage, trained, usage_of
from bench.understanding import OURS_PUBLISHED, PIPELINES, config_of, names
from bot.understanding.scoring import Share
from comeback.settings import Settings

REAL = Settings().nlu_project


def document(*ranked: tuple[str, float]) -> dict[str, Any]:
    return {"intent_ranking": [{"name": n, "confidence": p} for n, p in ranked]}


def test_area() -> None:
    assert area([0.9, 0.8], [0.1, 0.2]) == 1
    assert area([0.1, 0.2], [0.9, 0.8]) == 0
    assert area([0.5], [0.5]) == 0.5
    assert area([0.9, 0.3, 0.6], [0.5, 0.2]) == pytest.approx(5 / 6)
    with pytest.raises(ValueError, match="both kinds"):
        area([0.5], [])


def test_quantile() -> None:
    values = [float(n) for n in range(101)][::-1]
    assert [quantile(values, share) for share in (0, 0.5, 0.95, 1)] == [0, 50, 95, 100]
    assert quantile([3.0], 0.95) == 3
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)


def test_which_messages_a_single_intent_stands_for(catalog: Catalog) -> None:
    def row(question: str | None, act: str, slots: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"text": "x", "question": question, "expect": {"act": act, "slots": slots, **more}}

    kept = held_out(
        catalog,
        [
            row("sector", "inform", {"sector": "shop"}),
            row("sector", "inform", {"advertising": ["social", "print"]}),
            row("delivery_offered", "inform", {"delivery_offered": False}),
            row("sector", "change", {"employees": 3}, target="employees"),
            row(None, "out_of_scope", {}),
            row("employees", "inform", {"employees": 3}),
            row("sector", "inform", {"sector": "shop", "employees": 3}),
        ],
    )
    assert kept == [
        Held("x", Intent.named("sector.shop"), True),
        Held("x", Intent.named("advertising.print+social"), False),
        Held("x", Intent.named("delivery_offered.false"), True),
        Held("x", Intent.named("change.employees"), False),
        Held("x", Intent.named("out_of_scope"), False),
    ]
    assert [message.in_scope for message in kept] == [True] * 4 + [False]


def test_the_best_intent_is_none_of_the_fallback() -> None:
    found = document(("nlu_fallback", 0.7), ("advertising.social+print", 0.2), ("thanks", 0.1))
    assert best(found) == Intent.named("advertising.print+social")


def test_the_best_option_of_the_question() -> None:
    found = document(("thanks", 0.6), ("sector.events", 0.2), ("sector.shop", 0.1))
    assert best_option(found, "sector", False) == {"events"}
    assert best_option(found, "crisis", False) == frozenset()


def test_the_best_option_by_our_own_classifier() -> None:
    scores = {"sector": {"events": 0.3, "shop": 0.7}, "advertising": {"print": 0.6, "social": 0.8}}
    found = {**document(("sector.events", 0.9)), "segments": [{"options": scores}]}
    assert best_option(found, "sector", False) == {"shop"}
    assert best_option(found, "advertising", True) == {"print", "social"}
    assert best_option(found, "crisis", False) == frozenset()


def test_options_of_a_slot_are_no_doubt_about_scope() -> None:
    split = document(("sector.shop", 0.4), ("sector.events", 0.35), ("out_of_scope", 0.25))
    assert scope(split) == pytest.approx(0.75)
    assert scope(document(("out_of_scope", 0.9), ("thanks", 0.1))) == pytest.approx(0.1)


def test_a_result_and_its_row(catalog: Catalog) -> None:
    messages = [
        Held("a", Intent.named("sector.shop"), True),
        Held("b", Intent.named("sector.events"), True),
        Held("c", Intent.named("out_of_scope"), False),
    ]
    said = [
        document(("sector.shop", 0.8), ("out_of_scope", 0.2)),
        document(("thanks", 0.5), ("sector.events", 0.4)),
        document(("out_of_scope", 0.9), ("thanks", 0.1)),
    ]
    rounds = [[10.0, 20.0, 30.0], [12.0, 22.0, 90.0], [11.0, 21.0, 40.0]]
    questions = Questions(messages[:1], messages[1:])
    found = result_of("some", catalog, questions, said, rounds, 512.0, Usage(61, 700))
    assert (found.developed, found.unseen) == (Share("developed", 1, 1), Share("unseen", 1, 2))
    assert found.options == Share("options", 2, 2)
    assert (found.scope, found.median, found.p95) == (1, 21, 40)
    console = Console(width=170)
    with console.capture() as printed:
        console.print(table_of([found]))
    cells = [cell.strip() for cell in printed.get().strip().splitlines()[-1].split("|")]
    assert cells[1:-1] == [
        *("some", "1.000 (0.21-1.00)", "0.500 (0.09-0.91)", "1.000 (0.34-1.00)", "1.000"),
        *("21.0", "40.0", "512", "61", "700"),
    ]


def test_examples_are_written_as_they_are_read(tmp_path: Path) -> None:
    examples = {"sector.shop": ["a shop: 'ours'", "# 1"], "thanks": ["תודה"]}
    write_examples(tmp_path / "en" / "some.yml", {**examples, "more": ["\nnext\n one "]})
    assert read_examples(tmp_path / "en" / "some.yml") == {**examples, "more": ["next one"]}


def test_as_many_examples_of_each_intent_of_both_languages_alike(tmp_path: Path) -> None:
    for language in ("he", "en"):
        texts = [f"{language} {n}" for n in range(9)]
        write_examples(tmp_path / language / "a" / "b.yml", {"x": texts[:5], "y": texts[5:6]})
        write_examples(tmp_path / language / "c.yml", {"x": texts[6:]})
    write_examples(tmp_path / "he" / "d.yml", {"z": ["a", "b", "c", "d", "e"]})
    kept = [tmp_path / "he" / "a" / "b.yml", tmp_path / "en" / "a" / "b.yml"]
    assert thinned(tmp_path, 4) == 4 + 2 + 4
    assert len(read_examples(tmp_path / "he" / "d.yml")["z"]) == 4
    for language, path in zip(("he", "en"), kept, strict=True):
        both = {**read_examples(path), "more": read_examples(tmp_path / language / "c.yml")}
        assert len(both.get("x", [])) + len(both["more"].get("x", [])) == 2
        assert both["y"] == [f"{language} 5"]
    before = [path.read_text("utf-8") for path in kept]
    assert thinned(tmp_path, 4) == 10
    assert [path.read_text("utf-8") for path in kept] == before


def test_fewer_epochs_are_told_where_a_pipeline_learns_by_them() -> None:
    default = (PIPELINES / "default.yml").read_text("utf-8")
    config, said = limited(default, 30)
    assert (config.count("epochs: 30"), config.count("epochs: 100")) == (2, 0)
    assert said == "30 of 100 epochs"
    assert limited(default, 100) == (default, "")
    counts = (PIPELINES / "counts.yml").read_text("utf-8")
    assert limited(counts, 3) == (counts, "")


def test_every_pipeline_has_settings() -> None:
    for name in names()[:-1]:
        assert yaml.safe_load(config_of(name, REAL))["pipeline"]
    assert PUBLISHED in config_of(OURS_PUBLISHED, REAL)


def test_training_counts_the_processor_not_the_clock() -> None:
    burning = "import time\nwhile time.process_time() < 0.3: pass\ntime.sleep(0.5)"
    used = usage_of(lambda: subprocess.run([sys.executable, "-S", "-c", burning], check=True))
    assert 0.25 < used.seconds < 0.7
    assert used.megabytes > 1


def running(pid: int) -> bool:
    """Whether a process is there, and not only its exit status that nobody took yet."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return told.stdout.strip()[:1] not in ("", "Z")


@pytest.mark.peers
def test_a_training_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / ".venv" / "bin").mkdir(parents=True)
    python = project / ".venv" / "bin" / "python"
    python.write_text("#!/bin/sh\necho $$ > pid\nsleep 60\n", "utf-8")
    python.chmod(0o755)
    with pytest.raises(TooSlowError, match="not trained after"):
        trained(project, 3)
    pid = int((project / "pid").read_text("utf-8"))
    until = time.monotonic() + 5
    while running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not running(pid)


def test_a_training_that_fails_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(ComebackError, match=r"training\.log says why"):
        trained(tmp_path, 60)
    assert "Rasa's environment is missing" in (tmp_path / "training.log").read_text("utf-8")


def test_banking77_has_ten_examples_an_intent_and_so_have_our_acts() -> None:
    found: dict[str, int] = {}
    for row in rows_of(DATA / "banking77_train_10.jsonl"):
        found[row["intent"]] = found.get(row["intent"], 0) + 1
    tested = {row["intent"] for row in rows_of(DATA / "banking77_test.jsonl")}
    assert set(found) == tested
    assert set(found.values()) == {EXAMPLES}
    topics: dict[str, int] = {}
    for intent, texts in acts(REAL / "en" / "acts").items():
        topic = Intent.named(intent).topic
        topics[topic] = topics.get(topic, 0) + len(texts)
    assert topics == {"change": EXAMPLES, "language": EXAMPLES}


def components() -> Iterator[str]:
    """Our own components in pipelines that are compared."""
    for path in PIPELINES.glob("*.yml"):
        for component in yaml.safe_load(path.read_text("utf-8"))["pipeline"]:
            if component["name"].startswith("components."):
                yield component["name"]


def test_pipelines_name_components_that_are_there() -> None:
    assert list(components())
    for name in components():
        _, module, wanted = name.split(".")
        tree = ast.parse((REAL / "components" / f"{module}.py").read_text("utf-8"))
        assert wanted in {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
