"""Reads and checks content/ once; the only reader of YAML in the product.

What a file may hold is told in docs/content.md. A fault in the shape of a file raises
ContentError here; faults of meaning (a dead question, a missing translation) are `lint`'s.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml

from advisor.conditions import ready
from advisor.errors import ContentError
from advisor.model import (
    AREAS,
    LANGUAGES,
    Action,
    Boost,
    Condition,
    Draft,
    DraftPart,
    Kind,
    Reason,
    Slot,
    Worth,
)

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that rules and formulas use, with its unit, source and the date it was checked."""

    id: str
    value: float
    unit: str
    source: str
    date: str
    status: str
    """`measured`, `convention` or `prior`: the last two are never printed as facts."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that seldom go together: asked about once; `slots` may be corrected."""

    id: str
    when: Condition
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """A line of evidence for an area's score: points where its condition holds."""

    id: str
    area: str
    when: Condition
    points: int


@dataclass(frozen=True, slots=True)
class Insight:
    """A sentence worth telling where its condition holds; the weightiest three open the plan."""

    id: str
    when: Condition
    weight: int


@dataclass(frozen=True, slots=True)
class Source:
    """A point of the articles that questions and actions come from, in short; a frame asks for
    neither."""

    id: str
    gist: str
    frame: bool


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """All content, checked for shape; two are equal only where they are one. Texts are nested
    mappings, the same keys in each language."""

    slots: Mapping[str, Slot]
    acts: tuple[str, ...]
    actions: Mapping[str, Action]
    parameters: Mapping[str, Parameter]
    evidence: Mapping[str, Mapping[str, Any]]
    contradictions: Mapping[str, Contradiction]
    observations: tuple[Observation, ...]
    insights: tuple[Insight, ...]
    drafts: Mapping[str, Draft]
    sources: Mapping[str, Source]
    texts: Mapping[str, Mapping[str, Any]]

    def core(self) -> tuple[Slot, ...]:
        """The core path, in order."""
        chosen = [slot for slot in self.slots.values() if slot.core is not None]
        return tuple(sorted(chosen, key=lambda slot: slot.core or 0))

    def deepening(self, area: str) -> tuple[Slot, ...]:
        """The questions of an area beyond the core path, in the order of its file."""
        return tuple(s for s in self.slots.values() if s.area == area and s.core is None)

    def question(self, language: str, slot: str) -> Mapping[str, Any]:
        """The wording of a question."""
        wording: Mapping[str, Any] = self.texts[language]["questions"][slot]
        return wording

    def option_label(self, language: str, slot: str, option: str) -> str:
        """The label of an option ('true' and 'false' for yes/no)."""
        return str(self.question(language, slot)["options"][option])

    def action_text(self, language: str, action: str) -> Mapping[str, Any]:
        """The wording of an action."""
        wording: Mapping[str, Any] = self.texts[language]["actions"][action]
        return wording


@cache
def load_catalog(folder: Path = CONTENT) -> Catalog:
    """Read everything under `folder`. Raises ContentError naming the file and the key."""
    contract = read_yaml(folder / "contract.yml")
    slots = by_id(read_slots(folder, contract["slots"]))
    missing = set(contract["slots"]) - set(slots)
    if missing:
        raise ContentError(f"questions/: no question for {sorted(missing)}")
    actions = by_id(read_actions(folder, contract["actions"]))
    missing = set(contract["actions"]) - set(actions)
    if missing:
        raise ContentError(f"actions/: no action for {sorted(missing)}")
    return Catalog(
        slots=slots,
        acts=tuple(contract["acts"]),
        actions=actions,
        parameters=read_parameters(folder / "parameters.yml"),
        evidence=read_yaml(folder / "evidence.yml"),
        contradictions=by_id(read_contradictions(folder / "contradictions.yml")),
        observations=tuple(read_observations(folder / "findings.yml")),
        insights=tuple(read_insights(folder / "insights.yml")),
        drafts=by_id(read_drafts(folder / "drafts.yml")),
        sources=read_sources(folder / "sources.yml"),
        texts={language: read_texts(folder / "text" / language) for language in LANGUAGES},
    )


class HasId(Protocol):
    """Any row with an id of its own."""

    @property
    def id(self) -> str:
        """What others call it by."""


Row = TypeVar("Row", bound=HasId)


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by their ids. Raises ContentError where two share one."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.id in found:
            raise ContentError(f"{row.id} is there twice; keep one")
        found[row.id] = row
    return found


class Loader(yaml.CSafeLoader):
    """YAML with no key said twice: the plain loader keeps the last one without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping whose keys differ."""
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            raise yaml.constructor.ConstructorError(
                None, None, "a key is there twice", node.start_mark
            )
        return mapping


def read_yaml(path: Path) -> Any:
    """A file's content. Raises ContentError where it is missing or isn't YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    except OSError as error:
        raise ContentError(f"{path}: can't be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise ContentError(f"{path}: is not YAML ({error})") from error


@contextmanager
def rows_of(path: Path) -> Iterator[None]:
    """A row that lacks a key, or holds something else than it should, is a fault of this file."""
    try:
        yield
    except KeyError as error:
        raise ContentError(f"{path}: a row lacks {error}") from error
    except (AttributeError, IndexError, TypeError) as error:
        raise ContentError(
            f"{path}: a row has another shape than docs/content.md ({error})"
        ) from error


def read_slots(folder: Path, contract: Mapping[str, Any]) -> Iterator[Slot]:
    """The slots of every area: ids and types from the contract, the rest from questions/."""
    for area in AREAS:
        path = folder / "questions" / f"{area}.yml"
        with rows_of(path):
            for row in read_yaml(path):
                name = row.get("slot")
                if name not in contract or contract[name]["area"] != area:
                    raise ContentError(f"{path}: {name!r} is no slot of this area")
                yield read_slot(row, area, contract[name])


def read_slot(row: Mapping[str, Any], area: str, contract: Mapping[str, Any]) -> Slot:
    """One question, with the type and options that the contract gives its slot."""
    kind = Kind(contract["type"])
    options = ("true", "false") if kind is Kind.YESNO else contract.get("options", ())
    return Slot(
        id=row["slot"],
        area=area,
        kind=kind,
        options=tuple(options),
        core=row.get("core"),
        rows=tuple(row["rows"]),
        when=ready(row.get("when") or {}),
        depends_on=tuple(row.get("depends_on", ())),
        range=(row["range"][0], row["range"][1]) if "range" in row else None,
        exclusive=tuple(row.get("exclusive", ())),
    )


def read_actions(folder: Path, contract: Mapping[str, Any]) -> Iterator[Action]:
    """The catalogue of actions, in the contract's order of areas."""
    parameters = read_parameters(folder / "parameters.yml")
    for path in sorted((folder / "actions").glob("*.yml")):
        with rows_of(path):
            for row in read_yaml(path):
                name = row.get("action")
                if name not in contract or contract[name]["area"] != path.stem:
                    raise ContentError(f"{path}: {name!r} is no action of this area")
                yield read_action(row, path.stem, parameters)


def read_action(row: Mapping[str, Any], area: str, parameters: Mapping[str, Parameter]) -> Action:
    """One action; its cost may be named by a parameter."""
    cost = row["cost"]
    return Action(
        id=row["action"],
        area=area,
        rows=tuple(row["rows"]),
        evidence=tuple(row.get("evidence", ())),
        when=ready(row["when"]),
        reasons=tuple(Reason(r["id"], ready(r["when"])) for r in row["reasons"]),
        impact=row["impact"],
        boosts=tuple(Boost(ready(b["when"]), b["add"]) for b in row.get("boosts", ())),
        hours=row["hours"],
        weeks=row["weeks"],
        cost=parameters[cost].value if isinstance(cost, str) else cost,
        requires=tuple(row.get("requires", ())),
        gates=tuple(row.get("gates", ())),
        quick=row.get("quick", False),
        urgent=ready(row.get("urgent")),
        worth=Worth(row["worth"]["fact"], row["worth"]["kind"]) if "worth" in row else None,
        baseline=tuple(row.get("baseline", ())),
    )


def read_parameters(path: Path) -> dict[str, Parameter]:
    """Every number with its unit, source and date."""
    with rows_of(path):
        return {name: Parameter(id=name, **row) for name, row in read_yaml(path).items()}


def read_contradictions(path: Path) -> Iterator[Contradiction]:
    """Pairs of answers to ask about once."""
    with rows_of(path):
        for row in read_yaml(path):
            yield Contradiction(row["id"], ready(row["when"]), tuple(row["slots"]))


def read_observations(path: Path) -> Iterator[Observation]:
    """What counts as evidence for each area's score."""
    with rows_of(path):
        for area, rows in read_yaml(path).items():
            for row in rows:
                yield Observation(row["id"], area, ready(row["when"]), row["points"])


def read_insights(path: Path) -> Iterator[Insight]:
    """What is worth telling."""
    with rows_of(path):
        for row in read_yaml(path):
            yield Insight(row["id"], ready(row["when"]), row["weight"])


def read_drafts(path: Path) -> Iterator[Draft]:
    """Words ready to send, in the order in which they are offered."""
    with rows_of(path):
        for row in read_yaml(path):
            yield Draft(
                id=row["draft"],
                actions=tuple(row["actions"]),
                channel=row["channel"],
                advertising=row.get("advertising", False),
                when=ready(row.get("when") or {}),
                checks=tuple(row["checks"]),
                parts=tuple(map(read_part, row["parts"])),
            )


def read_part(row: str | Mapping[str, Any]) -> DraftPart:
    """A paragraph: its id alone, or with its condition."""
    return DraftPart(row, {}) if isinstance(row, str) else DraftPart(row["id"], row["when"])


def read_sources(path: Path) -> dict[str, Source]:
    """The points of the articles."""
    with rows_of(path):
        rows = read_yaml(path)
        return {name: Source(name, row["gist_en"], row["frame"]) for name, row in rows.items()}


def read_texts(folder: Path) -> dict[str, Any]:
    """All wording of a language: `questions`, `actions` and `drafts` by id, every other file by
    its name."""
    texts: dict[str, Any] = {"questions": {}, "actions": {}, "drafts": {}}
    for path in sorted(folder.glob("*/*.yml")):
        texts[path.parent.name].update(read_yaml(path))
    for path in sorted(folder.glob("*.yml")):
        texts[path.stem] = read_yaml(path)
    return texts
