"""Replies laid out as Telegram messages: text in HTML, buttons, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardMarkup

from advisor.catalog import Catalog
from advisor.render.chart import render_png
from advisor.render.pdf import render_pdf
from advisor.render.telegram import action_messages, draft_messages, plan_messages
from advisor.render.view import PlanView, plan_view
from advisor.store import StoredPlan
from advisor.store.codec import plan_from_json
from bot.messages import Option
from bot.telegram.keyboard import ACTION, DRAFTS, keyboard, markup
from bot.telegram.text import LONGEST_CAPTION, LONGEST_TEXT, escape, split, units

ROOM = 100
"""Units of a message kept free for the tags around a text and the progress below it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to send: HTML with its buttons, or a file with HTML as its caption. A `picture`
    is shown in the chat."""

    html: str = ""
    buttons: InlineKeyboardMarkup | None = None
    file: bytes | None = None
    name: str = ""
    picture: bool = False


def letters(
    catalog: Catalog, payload: Mapping[str, Any], version: str, plan: StoredPlan | None = None
) -> list[Letter]:
    """The messages that one row of the outbox becomes; `plan` is the one that it names. With a
    plan it takes half a second: nothing for the event loop."""
    match payload["type"]:
        case "plan" if plan is not None:
            return [*plain(payload["text"]), *plan_letters(catalog, payload["language"], plan)]
        case "action" if plan is not None:
            return action_letters(catalog, payload["language"], plan, payload["action"])
        case "drafts" if plan is not None:
            view = view_of(catalog, payload["language"], plan)
            return [Letter(text) for text in draft_messages(view, payload["action"])]
        case "export":
            *before, caption = split(payload["text"], LONGEST_CAPTION)
            file = payload["document"].encode()
            return [*map(Letter, map(escape, before)), Letter(escape(caption), None, file, EXPORT)]
        case "ask" | "wait":
            return asking(catalog, payload, version)
        case _:
            return plain(payload["text"])


EXPORT = "comeback.json"


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


def plan_letters(catalog: Catalog, language: str, plan: StoredPlan) -> list[Letter]:
    """A plan: its summary, the picture, the other messages, a button for each action's details,
    and the document to keep."""
    view = view_of(catalog, language, plan)
    replies, name = catalog.texts[language]["replies"], f"plan-{plan.made_at:%Y-%m-%d}"
    summary, *others = map(Letter, plan_messages(view))
    chart = Letter(
        escape(replies["plan_chart"]), None, render_png(view), f"{name}.png", picture=True
    )
    shown = [summary, chart, *others]
    if view.actions:
        rows = [[Option(ACTION + a.id, f"{a.number}. {a.name}")] for a in view.actions]
        shown.append(Letter(escape(replies["plan_details"]), markup(rows, language, plan.id)))
    return [*shown, Letter(escape(replies["plan_page"]), None, render_pdf(view), f"{name}.pdf")]


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
    return plan_view(catalog, made, language, plan.made_at.date())
