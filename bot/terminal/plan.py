"""The plan on a terminal: the same view that the page shows, in paragraphs and a table of weeks."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from advisor.model import WEEKS
from advisor.render.view.types import ActionView, PlanView
from bot.terminal.screen import Screen

BAR, GAP = "█", "·"


def show_plan(screen: Screen, view: PlanView) -> None:
    """The whole plan, shortest form first."""
    words = view.words["headings"]
    screen.say(view.title, "bold underline")
    screen.line(view.prepared)
    screen.line(view.size)
    if view.word:
        heading(screen, words["word"])
        for paragraph in (*view.word.paragraphs, view.word.signed):
            screen.line(paragraph, indent=1)
    heading(screen, words["insights"])
    for insight in view.insights:
        screen.line(f"• {insight}", indent=1)
    if view.amendments:
        heading(screen, words["amended"])
        for amendment in view.amendments:
            screen.line(f"• {amendment.line}", indent=1)
    heading(screen, words["areas"])
    for area in view.areas:
        told = [area.score_label, area.level, area.confidence]
        screen.line(f"• {area.name}: {' · '.join(part for part in told if part)}")
        for sentence in area.observations:
            screen.line(sentence, "dim", indent=4)
    if view.money:
        heading(screen, words["money"])
        for row in view.money:
            screen.line(f"• {row.name}: {row.value}")
            screen.line(row.formula, "dim", indent=4)
    heading(screen, words["weeks"])
    show_weeks(screen, view)
    heading(screen, words["actions"])
    for action in view.actions:
        show_action(screen, view, action)


def heading(screen: Screen, text: str) -> None:
    """A heading with air above it."""
    screen.say(text, "bold")


def show_weeks(screen: Screen, view: PlanView) -> None:
    """Which action runs in which weeks; numbers stand for the actions listed below."""
    table = Table(box=None, padding=(0, 1, 0, 0), show_header=False)
    for action in view.actions:
        bar = "".join(
            BAR if action.start_week <= week <= action.end_week else GAP
            for week in range(1, WEEKS + 1)
        )
        table.add_row(Text(f"{action.number:>2}"), Text(bar))
    screen.console.print(table)


def show_action(screen: Screen, view: PlanView, action: ActionView) -> None:
    """One action: what, when, why, how."""
    labels = view.words["action"]
    screen.say(f"{action.number}. {action.name}", "bold")
    screen.line(" · ".join((action.when, action.hours, action.cost)), "dim", indent=3)
    if action.does:
        screen.line(action.does, indent=3)
    for change in action.changes:
        screen.line(change, "dim", indent=3)
    for reason in action.reasons:
        screen.line(f"{labels['why']}: {reason}", indent=3)
    for number, step in enumerate(action.steps, 1):
        screen.line(f"{number}) {step}", indent=6)
    measured = f"{action.measure.what} {action.measure.target}".strip()
    if measured:
        screen.line(f"{labels['measure']}: {measured}", indent=3)
    if action.drafts:
        names = "; ".join(draft.name for draft in action.drafts)
        screen.line(f"{labels['drafts']}: {names}", "dim", indent=3)
