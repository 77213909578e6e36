"""A fault of the content, and the things that conditions belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.catalog import Catalog
from advisor.model import Condition


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Where the content is wrong (file and key), what is wrong, and what to do about it."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition with its place; `given` is what holds whenever it is looked at."""

    where: str
    when: Condition
    given: Condition

    @property
    def whole(self) -> Condition:
        """What has to be true for it to matter."""
        return {"all": [self.given, self.when]} if self.given else self.when


def clauses(catalog: Catalog) -> Iterator[Clause]:
    """Every condition of the catalogue."""
    for slot in catalog.slots.values():
        yield Clause(f"questions/{slot.area}.yml {slot.id}.when", slot.when, {})
    for action in catalog.actions.values():
        place = f"actions/{action.area}.yml {action.id}"
        yield Clause(f"{place}.when", action.when, {})
        for reason in action.reasons:
            yield Clause(f"{place}.reasons.{reason.id}", reason.when, action.when)
        for name, condition in action.only_when.items():
            yield Clause(f"{place}.requires.{name}", condition, action.when)
        for name, condition in action.gated_when.items():
            yield Clause(f"{place}.gates.{name}", condition, action.when)
        for number, boost in enumerate(action.boosts, 1):
            yield Clause(f"{place}.boosts.{number}", boost.when, action.when)
        if action.urgent is not None:
            yield Clause(f"{place}.urgent", action.urgent, action.when)
    yield from clauses_of_drafts(catalog)
    for row in catalog.observations:
        yield Clause(f"findings.yml {row.area}.{row.id}", row.when, {})
    for insight in catalog.insights:
        yield Clause(f"insights.yml {insight.id}", insight.when, {})
    for told in catalog.sums.values():
        yield Clause(f"sums.yml {told.id}.when", told.when, {})
        yield Clause(f"sums.yml {told.id}.main", told.main or {}, told.when)
    for contradiction in catalog.contradictions.values():
        yield Clause(f"contradictions.yml {contradiction.id}", contradiction.when, {})


def clauses_of_drafts(catalog: Catalog) -> Iterator[Clause]:
    """A draft is offered with each of its actions; its paragraphs are said where it is offered."""
    for draft in catalog.drafts.values():
        place = f"drafts.yml {draft.id}"
        for action in filter(None, map(catalog.actions.get, draft.actions)):
            if draft.when:
                yield Clause(f"{place}.when for {action.id}", draft.when, action.when)
        for part in draft.parts:
            if part.when:
                yield Clause(f"{place}.{part.id}", part.when, draft.when)
