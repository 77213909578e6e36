"""Buttons of the chat in words: what stood on the one that an owner pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.catalog import Catalog
from advisor.model import LANGUAGES
from advisor.render import hebrew
from advisor.render.supposed import example_label
from advisor.whatif import EXAMPLES

SAME = {
    "learn:yes": "learn_yes",
    "learn:no": "learn_no",
    "reading:none": "none_of_these",
    "reply": "reply_to_person",
}
"""Controls whose words stand under another name."""


def pressed_words(
    catalog: Catalog, language: str, option: str | None, question: str | None
) -> str | None:
    """The words of an option of a question, of a control ("/skip"), a command or a kind of message
    that isn't text ("/sent:voice"), in a language. None where they depended on the moment, such as
    the readings of a message, or where no version of ours that is known had such a button."""
    if not option:
        return None
    if not option.startswith("/"):
        return option_words(catalog, language, option, question)
    name, _, argument = option[1:].partition(":")
    special = special_words(catalog, language, name, argument)
    if special is not None:
        return special
    texts: Mapping[str, Any] = catalog.texts[language]["replies"]
    template = texts["controls"].get(SAME.get(option[1:], name), texts["commands"].get(name))
    return None if template is None else filled(catalog, language, str(template), argument)


def option_words(catalog: Catalog, language: str, option: str, question: str | None) -> str | None:
    """An option of a question."""
    slot = catalog.slots.get(question or "")
    if slot is None or option not in (*slot.options, "true", "false"):
        return None
    return catalog.option_label(language, slot.id, option)


def special_words(catalog: Catalog, language: str, name: str, argument: str) -> str | None:
    """Buttons whose words are those of something else."""
    texts: Mapping[str, Any] = catalog.texts[language]
    match name:
        case "did":
            return known(texts["followups"]["going"], argument)
        case "sent":
            return known(texts["replies"]["kinds"], argument)
        case "target" if argument in catalog.slots:
            return str(catalog.question(language, argument)["label"])
        case "whatif" if argument in EXAMPLES:
            return example_label(catalog, language, argument)
        case "changes" if argument:
            return str(texts["replies"]["controls"]["changes_since"]).format(n=argument)
        case "language" if argument in LANGUAGES:
            return str(catalog.texts[argument]["replies"]["own_name"])
    return None


def known(words: Mapping[str, Any], name: str) -> str | None:
    """A word of a list, if it is there."""
    return str(words[name]) if name in words else None


def filled(catalog: Catalog, language: str, template: str, argument: str) -> str | None:
    """A control with the slot or the area that it is about."""
    areas: Mapping[str, str] = catalog.texts[language]["replies"]["areas"]
    slot = argument if argument in catalog.slots else None
    if ("{label}" in template and slot is None) or ("{area}" in template and argument not in areas):
        return None
    label = str(catalog.question(language, slot)["label"]) if slot else ""
    text = template.format(label=label, area=areas.get(argument, ""))
    return hebrew.fitted(language, text)
