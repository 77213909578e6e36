"""Reads and checks content/ once; the only reader of YAML in the product.

What a file may hold is told in docs/content.md; each kind of content has a reader of its own here.
A fault in the shape of a file raises ContentError; faults of meaning (a dead question, a missing
translation) are `lint`'s.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from advisor.catalog.actions import read_actions
from advisor.catalog.drafts import read_drafts
from advisor.catalog.files import by_id, read_yaml
from advisor.catalog.findings import read_contradictions, read_insights, read_observations
from advisor.catalog.parameters import read_parameters
from advisor.catalog.questions import read_slots
from advisor.catalog.sources import read_sources
from advisor.catalog.sums import read_sums
from advisor.catalog.texts import read_texts
from advisor.catalog.types import (
    Catalog,
    Contradiction,
    Insight,
    Observation,
    Parameter,
    Source,
    Sum,
)
from advisor.errors import ContentError
from advisor.model import LANGUAGES

__all__ = [
    "CONTENT",
    "Catalog",
    "Contradiction",
    "Insight",
    "Observation",
    "Parameter",
    "Source",
    "Sum",
    "load_catalog",
    "read_yaml",
]

CONTENT = Path(__file__).parent.parent / "content"


@cache
def load_catalog(folder: Path = CONTENT) -> Catalog:
    """Read everything under `folder`. Raises ContentError naming the file and the key."""
    contract = read_yaml(folder / "contract.yml")
    slots = by_id(read_slots(folder, contract["slots"]))
    missing = set(contract["slots"]) - set(slots)
    if missing:
        raise ContentError(f"questions/: no question for {sorted(missing)}")
    parameters = read_parameters(folder / "parameters.yml")
    actions = by_id(read_actions(folder, contract["actions"], parameters))
    missing = set(contract["actions"]) - set(actions)
    if missing:
        raise ContentError(f"actions/: no action for {sorted(missing)}")
    return Catalog(
        slots=slots,
        acts=tuple(contract["acts"]),
        actions=actions,
        parameters=parameters,
        evidence=read_yaml(folder / "evidence.yml"),
        contradictions=by_id(read_contradictions(folder / "contradictions.yml")),
        observations=tuple(read_observations(folder / "findings.yml")),
        insights=tuple(read_insights(folder / "insights.yml")),
        sums=by_id(read_sums(folder / "sums.yml")),
        drafts=by_id(read_drafts(folder / "drafts.yml")),
        sources=read_sources(folder / "sources.yml"),
        texts={language: read_texts(folder / "text" / language) for language in LANGUAGES},
    )
