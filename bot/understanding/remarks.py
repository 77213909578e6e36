"""Numbers in a message that are no answer: what others say or ask ("a consultant wanted two grand,
I've got one fifty"), what one day brought ("35 thousand, but yesterday was 2200"), how many things
there are ("40 to 50 thousand, we had three branches then")."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.model import Kind, Slot
from bot.understanding.amounts import STOP
from bot.understanding.quantities import Quantity
from bot.understanding.quantities.lexicon import lexicon
from bot.understanding.quantities.tokens import normal
from bot.understanding.words import Words

PRICE = "average_sale"
TURNOVER = ("revenue_before", "revenue_now")
BETWEEN = 3
"""Words between 'rent' and its number, fewer than so many."""
CUSTOMERS = ("customers_before", "customers_now", "email_list")


def without_remarks(
    slot: Slot, text: str, quantities: Sequence[Quantity], words: Words
) -> list[Quantity]:
    """The quantities that may answer the slot; all of them where none is left."""
    found = list(quantities)
    if slot.kind is Kind.MONEY:
        found = [q for q in found if not is_of_things(text, q, words)]
    elif slot.id in CUSTOMERS and len(found) > 1:
        found = [q for q in found if not is_of_places(text, q, words)] or found
    if len(found) < 2:
        return found
    if slot.id in TURNOVER:
        found = [q for q in found if not is_cost(text, q, found, words)] or found
    says = ("says", "charges") if slot.id == PRICE else ("says",)
    own = [q for q in found if not is_of_others(lead_of(text, q, found), words, says)]
    monthly = slot.id.endswith(("_before", "_now")) or slot.id == "monthly_budget"
    return without_days(text, own or found, words) if monthly else own or found


def is_of_things(text: str, q: Quantity, words: Words) -> bool:
    """Whether a bare number counts things, people or customers, or is a 'pair' of something."""
    if q.kind != "count":
        return False
    groups = ("things", "items", "person", "persons", "customers")
    couple = normal(text[q.start : q.end]) in lexicon().lists["couples"]
    return couple or any(words[group].opens(text[q.end :]) for group in groups)


def is_of_places(text: str, q: Quantity, words: Words) -> bool:
    """Whether a number counts branches, things or employees rather than customers."""
    tail = text[q.end :]
    other = any(words[group].opens(tail) for group in ("things", "branches", "staff"))
    return other and not words["customers"].opens(tail)


def lead_of(text: str, q: Quantity, quantities: Sequence[Quantity]) -> str:
    """What a sentence says between the number before and this one."""
    start = max((other.end for other in quantities if other.end <= q.start), default=0)
    return STOP.split(text[start : q.start])[-1]


def tail_of(text: str, q: Quantity, quantities: Sequence[Quantity]) -> str:
    """What a sentence says behind a number that is the last one in it."""
    rest = STOP.split(text[q.end :])[0]
    end = q.end + len(rest)
    return "" if any(q.end <= other.start < end for other in quantities) else rest


def is_cost(text: str, q: Quantity, quantities: Sequence[Quantity], words: Words) -> bool:
    """Whether a number is of the rent, of wages or the like: such a word is closely before it, or
    right behind it and not as close before another number."""
    if is_close(lead_of(text, q, quantities), words):
        return True
    following = next((other for other in quantities if other.start >= q.end), None)
    tail = text[q.end : following.start] if following else text[q.end :]
    return words["costs"].opens(tail) and not (following and is_close(tail, words))


def is_close(lead: str, words: Words) -> bool:
    """Whether a word for a cost is followed by the number that a text leads up to."""
    last = max((match.end() for match in words["costs"].find(lead)), default=None)
    return last is not None and len(lead[last:].split()) < BETWEEN


def is_of_others(lead: str, words: Words, says: Sequence[str]) -> bool:
    """Whether somebody else says or wants the number: an adviser, or he and they who say it."""
    told = [match.end() for match in words["advisers"].find(lead)]
    for match in words["third_person"].find(lead):
        rest = lead[match.end() :]
        told += [match.end() + said.end() for group in says for said in words[group].find(rest)]
    return bool(told) and not words["owner_says"].inside(lead[max(told) :])


def without_days(text: str, quantities: Sequence[Quantity], words: Words) -> list[Quantity]:
    """The quantities without those of a single day, where others are told beside them; 'today'
    behind such a day is one too."""
    kept: list[Quantity] = []
    day = False
    for q in quantities:
        lead = lead_of(text, q, quantities)
        near = (lead, tail_of(text, q, quantities))
        today = day and any(words["this_day"].inside(said) for said in near)
        named = any(words[group].inside(said) for group in ("weekday", "one_day") for said in near)
        day = q.per is None and (named or today)
        if not day:
            kept.append(q)
    return kept or list(quantities)
