"""Which "what if" a message is, by its words and its numbers alone, so that it is found while the
model is away, too."""

from __future__ import annotations

from advisor.model import Money
from advisor.spans import Span
from advisor.whatif import Supposition
from bot.understanding.whatif.clues import MOST, Clues, believable, span, unsigned
from bot.understanding.whatif.months import calls, costs, costs_rise, hire, sales

ALL = 100
"""%, off the price, or of those who left."""
HALF = 50
WHOLE = frozenset({"supplier", "mailing", "calls", "hire", "runway"})
"""What needs no amount."""
RISES = {"doubled": 100, "tripled": 200}
"""Words for a price that is some times as high, and the rise in %."""
BIGGEST_PIECE_COST = 50
"""Money for letters above it is the cost of all of them, unless the message says otherwise."""


def recognised(clues: Clues) -> Supposition | None:
    """The supposition that a text is about, or None. Numbers that it doesn't name stay None."""
    if clues.says("mailing") and not clues.says("parcels"):
        return mailing(clues)
    for kind in ("supplier", "closing"):
        if clues.says(kind):
            return Supposition(kind)
    return spending(clues) or pricing(clues) or selling(clues)


def spending(clues: Clues) -> Supposition | None:
    """What goes out: costs, pay, and how long the cash lasts."""
    if clues.says("hire"):
        return hire(clues)
    if clues.says("costs"):
        return costs(clues)
    if clues.says("dismiss"):
        return Supposition("dismiss")
    if clues.says("stop_paying"):
        return Supposition("part")
    if clues.says("costs_rise"):
        return costs_rise(clues)
    return Supposition("runway") if clues.says("runway") and not clues.quantities else None


def pricing(clues: Clues) -> Supposition | None:
    """The owner's own prices, not those of others."""
    if clues.says("free"):
        return Supposition("discount", share=Span.exact(ALL))
    if clues.says("others"):
        return None
    kinds = (kind for kind in ("discount", "price_rise") if clues.says(kind))
    kind = next(kinds, None)
    return None if kind is None else priced(clues, kind)


def selling(clues: Clues) -> Supposition | None:
    """Who buys, and how much."""
    if clues.says("calls") and not (clues.says("back") and len(clues.quantities) > 1):
        return calls(clues)
    for kind in ("back", "gone"):
        if clues.says(kind):
            return customers(clues, kind)
    for kind in ("sales_fall", "sales_rise"):
        if clues.says(kind):
            return sales(clues, kind)
    return None


def complete(supposed: Supposition) -> bool:
    """Whether a text says all of it, so that it is surely meant."""
    if supposed.kind in WHOLE:
        return True
    return any(part is not None for part in (supposed.share, supposed.count, supposed.money))


def priced(clues: Clues, kind: str) -> Supposition | None:
    """A change of prices by a share or a sum; a bare number is a share. A rise below zero is a
    discount, and a discount below zero is one as price tags say it: -10 %."""
    changed = from_to(clues)
    if changed is not None:
        return changed
    found = clues.first("percent") or clues.first("money") or clues.first("count")
    if clues.says("halved"):
        return Supposition("discount", share=Span.exact(HALF))
    if kind == "price_rise":
        for name, rise in RISES.items():
            if clues.says(name):
                return Supposition("price_rise", share=Span.exact(rise))
    if found is None:
        share = Span.exact(0) if clues.says("no_discount") else None
        return Supposition(kind, share=share)  # type: ignore[arg-type]
    if found.value < 0 or clues.says("minus"):
        kind = "discount"
    if found.kind == "money":
        return Supposition(kind, money=unsigned(clues.money(found)))  # type: ignore[arg-type]
    share = believable(span(found))
    return Supposition(kind, share=share) if share else None  # type: ignore[arg-type]


def from_to(clues: Clues) -> Supposition | None:
    """A price that goes from one sum to another, as the share of the old one."""
    said = next(clues.found("from_to"), None)
    if said is None or float(said["old"]) <= 0 or clues.first("percent") is not None:
        return None
    change = (float(said["new"]) / float(said["old"]) - 1) * 100
    kind = "price_rise" if change >= 0 else "discount"
    return Supposition(kind, share=Span.exact(min(MOST, round(abs(change), 6))))  # type: ignore[arg-type]


def mailing(clues: Clues) -> Supposition:
    """So many letters, at what they cost: each, or all of them."""
    letters, cost = clues.first("count"), clues.first("money") or clues.after("costing", "count")
    count = span(letters) if letters is not None and letters.value >= 1 else None
    if clues.says("no_letters") or (letters is not None and letters.value == 0):
        count = Span.exact(0)
    if cost is None or cost.value <= 0:
        return Supposition("mailing", count=count)
    money = clues.money(cost)
    if count is not None and is_for_all(clues, cost.value, count.mid):
        money = Money(money.amount / count.mid, money.currency)
    return Supposition("mailing", count=count, money=money)


def is_for_all(clues: Clues, amount: float, letters: float) -> bool:
    """Whether a sum is the cost of all the letters."""
    if clues.says("each"):
        return False
    return clues.says("in_all") or amount > BIGGEST_PIECE_COST or amount > letters


def customers(clues: Clues, kind: str) -> Supposition | None:
    """So many customers, or such a share of them; of the numbers, the last before their verb, as in
    "I call 50 and 5 come back". What the largest one buys isn't known."""
    found = clues.first("percent") or clues.last_before(kind, "count") or clues.first("count")
    if found is None and clues.says("none_of"):
        return Supposition(kind, count=Span.exact(0))  # type: ignore[arg-type]
    if found is None and clues.says("all_of"):
        return Supposition(kind, share=Span.exact(ALL))  # type: ignore[arg-type]
    if found is None:
        biggest = kind == "gone" and clues.says("biggest_customer")
        return Supposition("client" if biggest else kind)  # type: ignore[arg-type]
    amount = span(found)
    if amount.low < 0:
        return None
    if found.kind == "percent":
        return Supposition(kind, share=amount.clamp(0, MOST))  # type: ignore[arg-type]
    return Supposition(kind, count=amount)  # type: ignore[arg-type]
