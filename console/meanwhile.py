"""What was changed in a client's answers and plan, by whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.amendments import Amendment, Undone
from advisor.catalog import Catalog
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.model import Answer, Plan
from advisor.render.formats import format_value
from advisor.render.view.amendments import amendment_view, teller_of
from advisor.render.wording import begun
from advisor.store import StoredEvent


@dataclass(frozen=True, slots=True)
class News:
    """One change: `by` is a consultant's name, or None for the owner; `kind` names what it was."""

    kind: str
    by: str | None
    at: datetime
    what: str
    why: str = ""


def news(
    catalog: Catalog,
    language: str,
    plan: Plan,
    amendments: Sequence[Amendment],
    events: Iterable[StoredEvent],
) -> tuple[News, ...]:
    """Those of the events that changed something that a consultant may be about to change, too."""
    teller = Told(catalog, language, plan, amendments)
    found = (teller.tell(one.event, one.at) for one in events)
    return tuple(row for row in found if row is not None)


class Told:
    """Tells changes in one language."""

    def __init__(
        self, catalog: Catalog, language: str, plan: Plan, amendments: Sequence[Amendment]
    ) -> None:
        self.catalog = catalog
        self.language = language
        self.amendments = {one.id: one for one in amendments}
        self.teller = teller_of(catalog, language, plan, amendments)

    def tell(self, event: Event, at: datetime) -> News | None:
        """One event; None where it changed nothing of ours."""
        match event:
            case happened.AnswerAccepted(answer=answer):
                return News("answer", None, at, self.answer(answer))
            case happened.AnswerUndone(slot=slot):
                return News("undone", None, at, self.label(slot))
            case happened.AnswerRevised(answer=answer, by=by, reason=reason):
                return News("answer", by, at, self.answer(answer), reason)
            case happened.PlanAmended(amendment=amendment):
                return self.amended(amendment, at)
            case happened.PlanApproved(version=version, by=by):
                return News("approved", by, at, str(version))
            case happened.PlanSent(version=version, by=by):
                return News("sent", by, at, str(version))
            case happened.PlanSigned(version=version):
                return News("signed", None, at, str(version))
        return None

    def amended(self, amendment: Amendment, at: datetime) -> News | None:
        """A change of the plan, or one that was taken back."""
        change = amendment.change
        if not isinstance(change, Undone):
            return News("amended", amendment.by, at, self.text(amendment), amendment.reason)
        before = self.amendments.get(change.amendment)
        what = self.text(before) if before is not None else ""
        return News("taken_back", amendment.by, at, what, amendment.reason)

    def text(self, amendment: Amendment) -> str:
        """What an amendment changed; one that took another back is told as that one."""
        change = amendment.change
        while isinstance(change, Undone) and change.amendment in self.amendments:
            amendment = self.amendments[change.amendment]
            change = amendment.change
        return amendment_view(self.teller, amendment, idle=False).text

    def answer(self, answer: Answer) -> str:
        """An answer with its name."""
        value = format_value(self.catalog, self.language, answer.slot, answer)
        return f"{self.label(answer.slot)}: {value}"

    def label(self, slot: str) -> str:
        """What an answer is about."""
        return begun(str(self.catalog.question(self.language, slot)["label"]))
