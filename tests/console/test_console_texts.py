"""The console's wording: the same keys in each language, and none that templates can't reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

from console.correcting import Name
from console.pages import TEMPLATES, spell
from console.texts import load_texts

FIELD = re.compile(r"\{(\w+)\}")
HEBREW = re.compile("[\u05d0-\u05ea]")
USED = re.compile(r"\bt\.(\w+)\.(\w+)")


def flat(texts: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        assert not hasattr(dict, str(key)), f"{path}{key}: templates would find dict's own"
        if isinstance(value, Mapping):
            yield from flat(value, f"{path}{key}.")
        else:
            assert isinstance(value, str), f"{path}{key}"
            yield f"{path}{key}", value


def test_languages_have_the_same_keys_and_fields() -> None:
    texts = load_texts()
    hebrew, english = (dict(flat(texts[language])) for language in ("he", "en"))
    assert hebrew.keys() == english.keys()
    for key, words in hebrew.items():
        assert set(FIELD.findall(words)) == set(FIELD.findall(english[key])), key


def test_hebrew_is_hebrew() -> None:
    both = {"common.product", "common.other_language", "client.bot"}
    for key, words in flat(load_texts()["he"]):
        assert key in both or HEBREW.search(words), key


def test_every_word_of_a_template_is_there() -> None:
    texts = load_texts()["en"]
    for path in sorted(Path(TEMPLATES).rglob("*.html")):
        for file, key in USED.findall(path.read_text(encoding="utf-8")):
            assert key in texts[file], f"{path.name}: t.{file}.{key}"


ACT = re.compile(r"(?:note_act|desk\.note|caller\.note)\(\s*(?:unit,\s*)?f?\"(\w+)(\{step\})?\"")
STEPS = ("close", "open", "reset")


def test_every_act_of_the_log_has_words() -> None:
    told = set(load_texts()["en"]["audit"]["acts"])
    noted = {*get_args(Name), "owner_forgotten"}  # the latter by the store itself
    root = TEMPLATES.parent.parent
    for path in (
        *root.glob("console/**/*.py"),
        *root.glob("bot/**/*.py"),
        *root.glob("comeback/*.py"),
    ):
        for name, stepped in ACT.findall(path.read_text(encoding="utf-8")):
            noted |= {name + step for step in STEPS} if stepped else {name}
    assert noted == told


def test_one_of_a_time_is_said_as_people_say_it() -> None:
    day, hour = timedelta(days=1), timedelta(hours=1)
    assert spell(-day, "he", add_direction=True) == "לפני יום"
    assert (spell(hour, "he"), spell(hour, "en")) == ("שעה", "1 hour")
    assert spell(5 * day, "he") == "5 ימים"
