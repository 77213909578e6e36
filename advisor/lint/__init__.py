"""Finds faults of the content that its shape alone doesn't show.

Each module holds one kind of check; a fault says where, what and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisor.catalog import CONTENT, Catalog, load_catalog
from advisor.errors import ContentError
from advisor.lint import drafts, hebrew, reach, references, rows, structure, texts, wording
from advisor.lint.fault import Fault, clauses
from advisor.lint.search import Search

__all__ = ["Fault", "Summary", "lint", "lint_report", "run"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What was looked at."""

    questions: int = 0
    actions: int = 0
    lines: int = 0

    def __str__(self) -> str:
        return f"{self.questions} questions, {self.actions} actions, {self.lines} lines of text"


def lint(catalog: Catalog, today: date, folder: Path = CONTENT) -> list[Fault]:
    """Every fault of a catalogue, in order; `folder` holds the word lists for Hebrew."""
    return sorted(set(find(catalog, today, hebrew.Words.read(folder))))


def find(catalog: Catalog, today: date, words: hebrew.Words) -> Iterator[Fault]:
    """Faults, kind by kind."""
    yield from structure.check_core(catalog)
    yield from structure.check_slots(catalog)
    yield from structure.check_rows(catalog)
    yield from structure.check_actions(catalog)
    yield from structure.check_parameters(catalog.parameters.values(), today)
    yield from rows.check_sources(catalog)
    yield from wording.check_wording(catalog)
    yield from drafts.check_drafts(catalog)
    yield from texts.check_parity(catalog)
    yield from texts.check_leaves(catalog)
    yield from texts.check_tidiness(catalog)
    yield from texts.check_labels(catalog)
    yield from hebrew.check_hebrew(catalog, words)
    yield from hebrew.check_english(catalog, words)
    yield from find_logic(catalog)


def find_logic(catalog: Catalog) -> Iterator[Fault]:
    """Faults of conditions: only those that make sense are searched for answers."""
    search = Search(catalog)
    yield from references.check_fields(catalog)
    sound = []
    for clause in clauses(catalog):
        faults = list(references.check_condition(catalog, search, clause.where, clause.when))
        yield from faults
        if not faults and not any(
            references.check_condition(catalog, search, clause.where, clause.given)
        ):
            sound.append(clause)
    yield from reach.check_facts(catalog, search, sound)
    yield from reach.check_dead(search, sound)
    yield from reach.check_reasons(catalog, search, sound)
    yield from reach.check_filled(catalog, search, sound)
    yield from reach.check_unused(catalog, search, sound)


def lint_report(folder: Path, today: date) -> tuple[list[Fault], Summary]:
    """The faults of a content folder, and what was looked at. Content that can't be read is one
    fault."""
    try:
        catalog = load_catalog(folder)
    except ContentError as error:
        return [Fault(str(folder), str(error), "correct this first")], Summary()
    count = sum(1 for _ in texts.lines(catalog))
    return lint(catalog, today, folder), Summary(len(catalog.slots), len(catalog.actions), count)


def run(folder: Path, today: date, say: Callable[[str], object]) -> int:
    """Say one line for each fault, then what was looked at; the exit status is 1 with faults."""
    faults, summary = lint_report(folder, today)
    for fault in faults:
        say(str(fault))
    count = "1 fault" if len(faults) == 1 else f"{len(faults) or 'no'} faults"
    say(f"{summary}: {count}")
    return 1 if faults else 0
