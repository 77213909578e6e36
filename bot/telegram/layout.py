"""Replies laid out as Telegram messages: text in HTML, buttons, files."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import InlineKeyboardMarkup

from advisor.catalog import Catalog
from advisor.render.chart import render_png
from advisor.render.export import render_export
from advisor.render.pdf import render_pdf
from advisor.render.telegram import (
    PARTS,
    action_messages,
    brief_message,
    draft_messages,
    part_messages,
)
from advisor.render.view import PlanView, plan_view
from advisor.render.view.types import ActionView
from advisor.store import StoredPlan
from advisor.store.codec import plan_from_json
from bot.messages import Option
from bot.telegram.keyboard import ACTION, DRAFTS, PART, keyboard, markup, paired
from bot.telegram.text import LONGEST_CAPTION, LONGEST_TEXT, escape, split, units

ROOM = 100
"""Units of a message kept free for the tags around a text and the progress below it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to send: HTML with its buttons, or a file with HTML as its caption. `file` makes
    the file, which takes a tenth of a second and is nothing for the event loop; a `picture` is
    shown in the chat."""

    html: str = ""
    buttons: InlineKeyboardMarkup | None = None
    file: Callable[[], bytes] | None = None
    name: str = ""
    picture: bool = False


HOLDING_FILES = ("plan", "export")
"""Types of replies with letters that are files."""


def letters(
    catalog: Catalog, payload: Mapping[str, Any], version: str, plan: StoredPlan | None = None
) -> list[Letter]:
    """The messages that one row of the outbox becomes; `plan` is the one that it names. A plan put
    into words is nothing for the event loop."""
    match payload["type"]:
        case "plan" if plan is not None:
            return plan_letters(catalog, payload, plan)
        case "action" if plan is not None:
            return action_letters(catalog, payload["language"], plan, payload["action"])
        case "drafts" if plan is not None:
            view = view_of(catalog, payload["language"], plan)
            return [Letter(text) for text in draft_messages(view, payload["action"])]
        case "part" if plan is not None:
            return part_letters(catalog, payload["language"], plan, payload["action"])
        case "export":
            return export_letters(catalog, payload)
        case "ask" | "wait":
            return asking(catalog, payload, version)
        case _:
            return plain(payload["text"])


EXPORT = "comeback.json"
READABLE = "comeback.html"
ACTIONS = "actions"
"""The part that is buttons for the other actions."""
FEW = 7
"""Actions with a button at once: more would fill a phone's screen."""


def plain(text: str) -> list[Letter]:
    """Plain text in as many messages as it needs."""
    return [Letter(escape(piece)) for piece in split(text)]


def asking(catalog: Catalog, payload: Mapping[str, Any], version: str) -> list[Letter]:
    """Notes plain, what is asked bold, progress small below, and buttons under the last message."""
    lead, _, asked = payload["text"].rpartition("\n\n")
    *before, last = split(asked, LONGEST_TEXT - ROOM)
    pieces = [*split(lead), *before]
    end = f"<b>{escape(last)}</b>{progress(catalog, payload)}"
    if len(pieces) == 1 and units(escape(pieces[0])) + units(end) + 2 <= LONGEST_TEXT:
        end = f"{escape(pieces.pop())}\n\n{end}"
    options = [Option(**option) for option in payload["options"]]
    buttons = keyboard(options, payload["language"], version, payload["question"])
    return [*(Letter(escape(piece)) for piece in pieces), Letter(end, buttons)]


def progress(catalog: Catalog, payload: Mapping[str, Any]) -> str:
    """How far along we are, as a line of its own."""
    if not payload["progress"]:
        return ""
    number, total = payload["progress"]
    words = str(catalog.texts[payload["language"]]["replies"]["progress"])
    return f"\n\n<i>{escape(words.format(number=number, total=total))}</i>"


def export_letters(catalog: Catalog, payload: Mapping[str, Any]) -> list[Letter]:
    """All that is stored, as a page to read and for programs."""
    document, language = str(payload["document"]), payload["language"]

    def page() -> bytes:
        return render_export(catalog, json.loads(document), language).encode(errors="replace")

    *before, caption = split(payload["text"], LONGEST_CAPTION)
    return [
        *map(Letter, map(escape, before)),
        Letter(escape(caption), None, page, READABLE),
        Letter("", None, lambda: document.encode(errors="replace"), EXPORT),
    ]


def plan_letters(catalog: Catalog, payload: Mapping[str, Any], plan: StoredPlan) -> list[Letter]:
    """A plan: what stands out, the picture, buttons for more, and the document to keep."""
    language = payload["language"]
    view = view_of(catalog, language, plan)
    replies, name = catalog.texts[language]["replies"], f"plan-{plan.made_at:%Y-%m-%d}"
    *lead, last = [*split(payload["text"], LONGEST_TEXT), ""]
    *before, said = lead or [last]
    more = buttons_for_more(replies, view, plan.id, payload.get("done", ()))
    chart, page = partial(render_png, view), partial(render_pdf, view)
    picture = Letter(escape(replies["plan_chart"]), None, chart, f"{name}.png", picture=True)
    return [
        *(Letter(escape(piece)) for piece in before),
        *joined(escape(said), brief_message(view)),
        picture,
        Letter(escape(replies["plan_details"]), more),
        Letter(escape(replies["plan_page"]), None, page, f"{name}.pdf"),
    ]


def joined(lead: str, html: str) -> list[Letter]:
    """Two texts as one message, where it holds both."""
    if units(lead) + units(html) + 2 > LONGEST_TEXT:
        return [Letter(lead), Letter(html)]
    return [Letter(f"{lead}\n\n{html}".strip())]


def buttons_for_more(
    replies: Mapping[str, Any], view: PlanView, plan: str, done: Container[str]
) -> InlineKeyboardMarkup:
    """The first actions, all of them for whoever wants them, and the parts."""
    many = len(view.actions) > FEW + 1
    rows = actions_in_rows(view.actions[:FEW] if many else view.actions, done)
    if many:
        rows.append([Option(PART + ACTIONS, str(replies["plan_more"]))])
    parts = [
        Option(PART + name, str(replies["plan_parts"][name]))
        for name, lines in PARTS.items()
        if any(lines(view))
    ]
    return markup([*rows, *paired(parts)], view.language, plan)


def actions_in_rows(actions: Iterable[ActionView], done: Container[str]) -> list[list[Option]]:
    """A button for each action, with a tick where it is done."""
    return [[Option(ACTION + a.id, f"{a.number}. {a.name}", a.id in done)] for a in actions]


def part_letters(catalog: Catalog, language: str, plan: StoredPlan, part: str) -> list[Letter]:
    """A part of a plan, or buttons for the actions that had no room."""
    view = view_of(catalog, language, plan)
    rows = actions_in_rows(view.actions[FEW:], ())
    if part == ACTIONS and rows:
        text = str(catalog.texts[language]["replies"]["plan_rest"])
        return [Letter(escape(text), markup(rows, language, plan.id))]
    texts = part_messages(view, part) if part in PARTS else []
    return [Letter(text) for text in texts or [brief_message(view)]]


def action_letters(catalog: Catalog, language: str, plan: StoredPlan, action: str) -> list[Letter]:
    """An action in full, with a button for its drafts where it has some."""
    view = view_of(catalog, language, plan)
    *before, last = action_messages(view, action)
    buttons = None
    if view.action(action).drafts:
        label = str(view.words["action"]["drafts"])
        buttons = markup([[Option(DRAFTS + action, label)]], language, plan.id)
    return [*map(Letter, before), Letter(last, buttons)]


def view_of(catalog: Catalog, language: str, plan: StoredPlan) -> PlanView:
    """A stored plan in words."""
    made = plan_from_json(plan.document)
    return plan_view(catalog, made, language, plan.made_at.date(), plan.word)
