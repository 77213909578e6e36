"""Which language an owner wants: named, written, or asked for; Telegram's code is only a hint."""

from __future__ import annotations

from advisor.catalog import Catalog
from advisor.model import LANGUAGES
from bot.input_check import script
from bot.messages import Option, Reply
from bot.telegram.arrived import Arrived
from bot.telegram.keyboard import Press

HEBREW_CODES = frozenset({"he", "iw"})
CHOICE = "/language:"


def hinted(code: str | None) -> str:
    """The likelier language for a code such as `he-IL`."""
    return "he" if (code or "").lower().split("-")[0] in HEBREW_CODES else "en"


def named(came: Arrived, press: Press | None) -> str | None:
    """The language that a button or the link to us names."""
    if press is not None and press.option.startswith(CHOICE):
        wanted = press.option.removeprefix(CHOICE)
    elif came.command is not None and came.command[0] == "start":
        wanted = came.command[1]
    else:
        return None
    return wanted if wanted in LANGUAGES else None


def written(came: Arrived) -> str | None:
    """The language of the first words, where they have letters of one; a command has none."""
    if came.text is None or came.command is not None:
        return None
    scripts = {script(sign) for sign in came.text if sign.isalpha()}
    if "HEBREW" in scripts:
        return "he"
    return "en" if "LATIN" in scripts else None


def choice(catalog: Catalog, first: str) -> Reply:
    """Both languages, each in its own words, the likelier one first."""
    order = sorted(LANGUAGES, key=lambda language: language != first)
    texts = {language: catalog.texts[language]["replies"] for language in order}
    return Reply(
        "wait",
        "\n".join(str(words["choose_language"]) for words in texts.values()),
        language=first,
        options=tuple(
            Option(CHOICE + language, str(words["own_name"])) for language, words in texts.items()
        ),
    )
