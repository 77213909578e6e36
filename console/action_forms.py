"""Changes of the plan from a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.amendments import OWN, Added, Alteration, Moved, Resized, Reworded, Wording
from advisor.model import PLAN_AREAS, WEEKS, PlannedAction
from advisor.render.direction import bare, clean
from advisor.render.view.types import ActionView
from console.answer_forms import plain, read_number
from console.correcting import Form
from console.errors import FormError

LONGEST = {"name": 120, "why": 600, "step": 400, "measure": 300, "stop": 300}
"""Characters."""
MOST_STEPS = 12
MOST_HOURS = 200.0
MOST_COST = 1_000_000.0


def fields_of(action: PlannedAction, view: ActionView) -> dict[str, str]:
    """An action as its form begins with it, in the owner's language."""
    return {
        "week": str(action.start_week),
        "hours": plain(action.hours),
        "name": bare(view.name),
        "why": bare(" ".join(view.reasons)),
        "steps": "\n".join(map(bare, view.steps)),
    }


def alterations(
    action: PlannedAction, view: ActionView, language: str, form: Form
) -> Iterator[Alteration]:
    """What a form changes in an action. Raises FormError."""
    before = fields_of(action, view)
    week, hours = whole(form, "week", WEEKS), between(form, "hours", MOST_HOURS)
    if week != action.start_week:
        yield Moved(action.id, action.start_week, week)
    if hours != action.hours:
        yield Resized(action.id, action.hours, hours)
    wording = action.wording or Wording(language)
    if wording.language != language:
        wording = Wording(language)
    changed = wording
    if text(form, "name") != clean(before["name"]):
        changed = replace(changed, name=needed(form, "name"))
    if text(form, "why") != clean(before["why"]):
        changed = replace(changed, why=needed(form, "why"))
    if steps(form) != tuple(map(clean, before["steps"].splitlines())):
        changed = replace(changed, steps=needed_steps(form))
    if changed != wording:
        yield Reworded(action.id, changed)


def added(form: Form, language: str, number: str) -> Added:
    """An action of a consultant's own. Raises FormError."""
    if form.get("area") not in PLAN_AREAS:
        raise FormError("area")
    wording = Wording(
        language,
        needed(form, "name"),
        text(form, "why"),
        needed_steps(form),
        text(form, "measure"),
        text(form, "stop"),
    )
    cost = read_number(str(form.get("cost") or "0"))
    if not 0 <= cost <= MOST_COST:
        raise FormError("cost")
    week, weeks = whole(form, "week", WEEKS), whole(form, "weeks", WEEKS)
    hours = between(form, "hours", MOST_HOURS)
    return Added(f"{OWN}{number}", str(form["area"]), week, weeks, hours, cost, wording)


def whole(form: Form, name: str, most: int) -> int:
    """A whole number from 1 on. Raises FormError."""
    number = read_number(str(form.get(name, "")))
    if number != int(number) or not 1 <= number <= most:
        raise FormError("week")
    return int(number)


def between(form: Form, name: str, most: float) -> float:
    """A number above nothing. Raises FormError."""
    number = read_number(str(form.get(name, "")))
    if not 0 < number <= most:
        raise FormError("hours")
    return number


def text(form: Form, name: str) -> str:
    """A line of text, perhaps empty. Raises FormError where it is too long."""
    said = clean(str(form.get(name, "")))
    if len(said) > LONGEST[name]:
        raise FormError("long")
    return said


def needed(form: Form, name: str) -> str:
    """A line of text. Raises FormError."""
    said = text(form, name)
    if not said:
        raise FormError("empty")
    return said


def steps(form: Form) -> tuple[str, ...]:
    """One step a line. Raises FormError where they are too many or too long."""
    lines = tuple(filter(None, map(clean, str(form.get("steps", "")).splitlines())))
    if len(lines) > MOST_STEPS or any(len(line) > LONGEST["step"] for line in lines):
        raise FormError("long")
    return lines


def needed_steps(form: Form) -> tuple[str, ...]:
    """At least one step. Raises FormError."""
    found = steps(form)
    if not found:
        raise FormError("empty")
    return found
