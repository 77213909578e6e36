"""What consultants changed in a plan, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from advisor.amendments import OWN, Added, Alteration, Amendment, Dropped, Moved, Resized, Reworded
from advisor.catalog import Catalog
from advisor.model import Plan
from advisor.render.direction import clean, isolate
from advisor.render.formats import counted, format_day, join
from advisor.render.view.types import AmendmentView
from advisor.render.wording import Teller, begun


def teller_of(
    catalog: Catalog, language: str, plan: Plan, more: Iterable[Amendment] = ()
) -> Teller:
    """Tells a plan's numbers, and its actions by the names that consultants gave them; in `more`
    amendments, too, that the plan doesn't have."""
    changes = [one.change for one in (*more, *plan.amendments)]
    named = {c.action: c.wording for c in changes if isinstance(c, Added | Reworded)}
    return Teller(catalog, language, plan.answers, plan.facts, wordings=named)


def amendment_view(teller: Teller, amendment: Amendment, idle: bool) -> AmendmentView:
    """One amendment."""
    change, words = amendment.change, teller.words["amended"]
    text = told(teller, change)
    if idle:
        text = f"{text} {words['idle']}"
    signed = teller.tell(
        words["signed"],
        by=isolate(teller.language, amendment.by),
        date=format_day(teller.language, datetime.fromisoformat(amendment.at).date()),
        reason=isolate(teller.language, clean(amendment.reason)),
    )
    action = getattr(change, "action", "")
    return AmendmentView(amendment.id, action, text, signed, idle)


def changed_by(teller: Teller, plan: Plan) -> str | None:
    """Who changed something in the plan, in a sentence; None where nobody did."""
    people = dict.fromkeys(isolate(teller.language, one.by) for one in plan.amendments)
    if not people:
        return None
    names = join(teller.catalog, teller.language, list(people))
    return teller.tell(teller.words["amended"]["people"], names=names)


def told(teller: Teller, change: Alteration) -> str:
    """What was changed."""
    words = teller.words["amended"]
    name = begun(teller.action_name(change.action)) if hasattr(change, "action") else ""
    match change:
        case Moved(old=old, new=new):
            return teller.tell(words["moved"], name=name, old=str(old), new=str(new))
        case Resized(old=old, new=new):
            hours = teller.words["action"]["hours"]
            before, now = (counted(hours, teller.language, number) for number in (old, new))
            return teller.tell(words["resized"], name=name, old=before, new=now)
        case Reworded(action=action, wording=wording):
            if not wording.name or action.startswith(OWN):
                return teller.tell(words["reworded"], name=name)
            before = str(teller.catalog.action_text(teller.language, action)["name"])
            now = isolate(teller.language, wording.name)
            return teller.tell(words["renamed"], before=before, name=now)
        case Dropped():
            return teller.tell(words["dropped"], name=name)
        case Added():
            return teller.tell(words["added"], name=name)
        case _:
            raise AssertionError("what was taken back isn't told")
