"""What holds for the number of any slot in any mix of pieces that owners say."""

from __future__ import annotations

import math

from drawn import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.catalog import load_catalog
from advisor.model import NUMERIC, Slot
from bot.understanding.amounts import value_of
from bot.understanding.figures import amount_in
from bot.understanding.quantities import read_quantities
from bot.understanding.words import load_words

PIECES = [
    *("me", "my wife", "two cooks", "and", ",", "so", "3", "seven:", "we need", "one more", "each"),
    *("hours", "twice a week", "9 to 12", "an hour", "half a day", "per branch", "two branches"),
    *(
        "40 thousand",
        "was",
        "now",
        "yesterday",
        "the accountant says",
        "I say",
        "rent",
        "on average",
    ),
    *("a month", "maybe", "a week", "at most", "20%", "of the", "buy at", "sell at", "from 200 to"),
    *("אני", "ואשתי", "שני טבחים", "אז", "שלוש", "צריך", "ועוד אחד", "שנינו", "שעה", "וחצי"),
    *("ביום", "אלף", "היינו", "היום", "אתמול", "חודש", "גג", "מ-200", "לסניף", "אחוז", "0"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
SLOTS = [slot for slot in load_catalog().slots.values() if slot.kind in NUMERIC]


@settings(max_examples=examples(200), deadline=None)
@given(texts, st.sampled_from(SLOTS), st.booleans())
def test_a_number_lies_within_its_range(text: str, slot: Slot, latest: bool) -> None:
    amount = amount_in(slot, text, read_quantities(text), load_words(), latest)
    if amount is None:
        return
    assert math.isfinite(amount.value)
    assert value_of(slot, amount, "ILS") is not None
    if amount.low is not None and amount.high is not None:
        assert amount.low <= amount.value <= amount.high
    assert 0 <= amount.start <= amount.end <= len(text)
