"""Nothing that tells who wrote a message survives; what it says does."""

from __future__ import annotations

import re

import pytest
from drawn import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.catalog import load_catalog
from advisor.model import LANGUAGES
from bot.understanding.keyboard import vocabulary_of
from bot.understanding.stripping import (
    PLACEHOLDER,
    data,
    filled,
    placeholders,
    stripped,
)
from bot.understanding.words import load_words

KNOWN = vocabulary_of(load_catalog(), load_words())
LETTERS = "abcdefghijkmnoprstuvwyzאבגדהוזחטיכלמנסעפצקרשת"
WORD = st.text(LETTERS, min_size=1, max_size=8)
NAME = st.lists(st.text(LETTERS, min_size=4, max_size=9), min_size=1, max_size=3).map(" ".join)
SAID = st.one_of(
    WORD,
    st.text(max_size=12),
    st.integers(0, 10**12).map(str),
    st.sampled_from(
        ["054-123-4567", "+972 54 1234567", "(03) 555-1212", '20 אלף ש"ח', "33%", "1,250.50", "½"]
    ),
    st.sampled_from(["dana.levi@mail.co.il", "@shop_12", "www.site.co.il/x?y=1", "a @ b.com"]),
)
MESSAGE = st.lists(SAID, max_size=8).map(" ".join)


def own_words(text: str) -> str:
    """What is left besides placeholders; a letter that no generated name has stands for each."""
    return PLACEHOLDER.sub(" l ", text)


@given(MESSAGE)
@settings(deadline=None, max_examples=examples(300))
def test_no_digit_and_no_address_survives(message: str) -> None:
    left = own_words(stripped(message, (), KNOWN))
    assert not any(character.isnumeric() for character in left)
    assert "@" not in left


@given(NAME, MESSAGE, MESSAGE, st.sampled_from([" ", ", ", ' "', "-", "'s ", "\u200f"]))
@settings(deadline=None, max_examples=examples(300))
def test_no_name_that_the_owner_gave_survives(name: str, before: str, after: str, by: str) -> None:
    said = f"{before} {name.upper()}{by}{after} {name.replace(' ', '  ')}"
    left = own_words(stripped(said, [name], KNOWN)).lower()
    letters = re.findall(r"[^\W_]+", name.lower())
    assert re.search(r"[\W_]*".join(letters), left) is None


@given(st.text(max_size=60), st.text(max_size=12))
@settings(deadline=None, max_examples=examples(300))
def test_any_text_can_be_stripped(message: str, name: str) -> None:
    left = stripped(message, [name], KNOWN)
    assert left.isprintable()
    assert left == " ".join(left.split())


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("we lost about a third", "we lost about <percent>"),
        ("איבדנו 30% מהלקוחות", "איבדנו <percent> מהלקוחות"),
        ('נשארו לי 20 אלף ש"ח', "נשארו לי <money>"),
        ("cash for three months", "cash for <duration>"),
        ("it was 80, now 50", "it was <count>, now <count>"),
        ("call me on 054-123-4567", "call me on <phone>"),
        ("my number is 0 5 4 1 2 3 4 5 6 7", "my number is <phone>"),
        ("call (212) 736-5000 today", "call <phone> today"),
        ("write to dana@mail.co.il please", "write to <email> please"),
        ("see www.shop.co.il/sale", "see <link>"),
        ("we are @noas_shop there", "we are <handle> there"),
        ("תעודת זהות 123456789", "תעודת זהות <id>"),
        ("the shop is at 12 Herzl Street", "the shop is at <address>"),
        ("אנחנו ברחוב הרצל 12 מאז", "אנחנו <address> מאז"),
        ("my wife Dana does that", "my wife <name> does that"),
        ("ask Zorblatt about it", "ask <name> about it"),
        ("mr cohen left us", "<name> left us"),
        ("קוראים לי זורבי והמצב קשה", "קוראים לי <name> והמצב קשה"),
        ("דנה עושה את זה", "<name> עושה את זה"),
        ("לדנה יש את הרשימה", "<name> יש את הרשימה"),
        ("customers of Corner Bakery left", "customers of <name> left"),
        ("at corner-bakery it is quiet", "at <name> it is quiet"),
        ("call me tomorrow", "call me tomorrow"),
        ("honestly I'm lost and I've no CRM", "honestly I'm lost and I've no CRM"),
        ("ועדי עובדים, שאלון ומיכל מים", "ועדי עובדים, שאלון ומיכל מים"),
        ("המדינה לא עוזרת", "המדינה לא עוזרת"),
        ("בתל אביב, משרה מלאה לכל החיים", "בתל אביב, משרה מלאה לכל החיים"),
        ("we sell on Facebook and WhatsApp", "we sell on Facebook and WhatsApp"),
        ("open on Monday and Sunday", "open on Monday and Sunday"),
        ("לקוחות קבועים נשארו, המזדמנים נעלמו", "לקוחות קבועים נשארו, המזדמנים נעלמו"),
        ("We only do Café style lunches", "We only do Café style lunches"),
    ],
)
def test_the_kind_stays(said: str, kept: str) -> None:
    assert stripped(said, ["Corner Bakery"], KNOWN | {"café"}) == kept


@pytest.mark.parametrize("name", ["IQ", "גל", "A1"])
def test_a_short_name_goes_as_a_word_and_stays_inside_others(name: str) -> None:
    assert "<name>" in stripped(f"we at {name} sell", [name], KNOWN)
    assert stripped("unique גלידה", [name], KNOWN) == "unique גלידה"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_can_be_filled(language: str) -> None:
    kinds = data()["made_up"]
    text = " ".join(f"<{kind}>" for kind in kinds)
    assert sorted(placeholders(text)) == sorted(kinds)
    for turn in range(7):
        assert placeholders(filled(text, language, turn)) == []
    assert filled("<percent>", language, 0) != filled("<percent>", language, 1)


def test_what_an_owner_typed_in_brackets_is_no_placeholder() -> None:
    assert placeholders("<b>bold</b>") == []
    assert filled("<b>bold</b>", "en") == "<b>bold</b>"
