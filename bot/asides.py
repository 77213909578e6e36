"""Answers to what owners ask back: "what if", and what changed in the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.catalog import Catalog
from advisor.interview import Interview
from advisor.interview import events as happened
from advisor.render.supposed import tell_missing, tell_supposition
from bot.keyboards import Keyboards
from bot.messages import Option
from bot.versions import Versions


def wording(catalog: Catalog, language: str) -> Mapping[str, Any]:
    """The wording of "what if" and of versions."""
    texts: Mapping[str, Any] = catalog.texts[language]["whatif"]
    return texts


def lacking(catalog: Catalog, state: Interview, event: happened.Supposed) -> str:
    """Which answers a "what if" lacks; that it is just the one asked for, where it is."""
    if state.current in event.missing and state.waiting is None:
        return str(wording(catalog, state.language)["missing_this"])
    return tell_missing(catalog, state.language, event.missing)


def supposed(catalog: Catalog, state: Interview, event: happened.Supposed) -> str:
    """A "what if", answered from the answers as they stand."""
    return "\n".join(tell_supposition(catalog, state.language, state.answers, event.supposition))


def compared(catalog: Catalog, language: str, versions: Versions) -> str:
    """What changed in the plan since an earlier version, where there is one."""
    words = wording(catalog, language)["versions"]
    if versions.since is None:
        return str(words["one" if versions.last else "none"])
    lead = str(words["since"]).format(new=versions.last, old=versions.since)
    return "\n".join((lead, *versions.changes))


def version_buttons(keyboard: Keyboards, versions: Versions, menu: bool) -> list[Option]:
    """Other versions of the plan, after a comparison; in the menu, what changed last."""
    if versions.since is not None:
        return keyboard.since(versions.others)
    return [keyboard.control("changes")] if menu and versions.last > 1 else []
