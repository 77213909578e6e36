"""Drafts: what they name exists, advertising carries what the law wants, and a text message is
short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.catalog import Catalog
from advisor.drafts import LAWFUL
from advisor.lint.fault import Fault
from advisor.model import LANGUAGES, Draft

LONGEST_SMS = 400
"""Characters of a text message with all its paragraphs, before names are filled in."""


def check_drafts(catalog: Catalog) -> Iterator[Fault]:
    """Every draft, and what they share."""
    for draft in catalog.drafts.values():
        yield from check_names(catalog, draft)
        yield from check_lawful(draft)
        for language in LANGUAGES:
            yield from check_shared(catalog, language, draft)
            yield from check_sms(catalog, language, draft)
    yield from check_idle(catalog)


def check_names(catalog: Catalog, draft: Draft) -> Iterator[Fault]:
    """The actions that it serves, and its paragraphs."""
    where = f"drafts.yml {draft.id}"
    for action in draft.actions:
        if action not in catalog.actions:
            yield Fault(f"{where}.actions", f"no action {action!r}", "correct the name")
    if not draft.actions:
        yield Fault(f"{where}.actions", "serves no action", "name one, or drop the draft")
    ids = [part.id for part in draft.parts]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield Fault(f"{where}.parts", f"{name!r} is there twice", "rename one")


def check_lawful(draft: Draft) -> Iterator[Fault]:
    """Advertising goes by a channel that the law was read for, after the check for that channel."""
    where = f"drafts.yml {draft.id}"
    if not draft.checks:
        yield Fault(f"{where}.checks", "is empty", "say what to see to before sending")
    if not draft.advertising:
        return
    if draft.channel not in LAWFUL:
        listed = ", ".join(sorted(LAWFUL))
        yield Fault(f"{where}.channel", f"advertising by {draft.channel}", f"use one of {listed}")
    elif LAWFUL[draft.channel] not in draft.checks:
        what = f"advertising by {draft.channel} without a check"
        yield Fault(f"{where}.checks", what, f"add {LAWFUL[draft.channel]}")


def check_shared(catalog: Catalog, language: str, draft: Draft) -> Iterator[Fault]:
    """The words for its channel, its checks and, where it is advertising, its frame."""
    sending = catalog.texts[language].get("sending", {})
    needed = [("channels", draft.channel), *(("checks", check) for check in draft.checks)]
    if draft.advertising:
        needed.append(("advertising", draft.channel))
    for kind, name in needed:
        if name not in sending.get(kind, {}):
            where = f"text/{language}/sending.yml {kind}.{name}"
            yield Fault(where, "has no wording", f"write it: {draft.id} needs it")
    frame = sending.get("advertising", {}).get(draft.channel, {}) if draft.advertising else {}
    marks = ("subject" if draft.channel == "email" else "opening", "closing")
    for key in marks if frame and draft.channel != "letter" else ():
        if key not in frame:
            where = f"text/{language}/sending.yml advertising.{draft.channel}.{key}"
            yield Fault(where, "has no wording", "an advertisement is marked and can be refused")


def check_sms(catalog: Catalog, language: str, draft: Draft) -> Iterator[Fault]:
    """A text message fits a few parts of a phone's, all paragraphs taken together."""
    if draft.channel != "sms":
        return
    texts = catalog.texts[language]
    parts: Mapping[str, Any] = texts["drafts"].get(draft.id, {}).get("parts", {})
    frame: Mapping[str, Any] = texts.get("sending", {}).get("advertising", {}).get("sms", {})
    size = len("\n".join(map(str, (*frame.values(), *parts.values()))))
    if size > LONGEST_SMS:
        where = f"text/{language}/drafts {draft.id}"
        yield Fault(where, f"{size} characters for a text message", f"say it in {LONGEST_SMS}")


def check_idle(catalog: Catalog) -> Iterator[Fault]:
    """Checks, channels and frames that no draft uses."""
    used = {
        "advertising": {draft.channel for draft in catalog.drafts.values() if draft.advertising},
        "checks": {check for draft in catalog.drafts.values() for check in draft.checks},
        "channels": {draft.channel for draft in catalog.drafts.values()},
    }
    for language in LANGUAGES:
        sending = catalog.texts[language].get("sending", {})
        for kind, names in used.items():
            for name in sorted(set(sending.get(kind, {})) - names):
                where = f"text/{language}/sending.yml {kind}.{name}"
                yield Fault(where, "is the wording of nothing", "drop it, or use it in a draft")
