"""What a discount needs and a price rise bears (A32, A33, E4).

Shares are of the old price; fixed costs stay, and prices and margin are on one VAT basis.
"""

from __future__ import annotations

from advisor.facts.inputs import Inputs, Needs, Rule, flag, money, number, parameter
from advisor.model import Fact, Facts
from advisor.spans import Span


def volume_for(margin: Span, discount: float) -> Span | None:
    """u = d / (CM − d) × 100, % more volume that pays for a discount of `discount` % at a margin
    in %; None where CM ≤ d, because no volume does (E4)."""
    if margin.low <= discount:
        return None
    return Span.exact(discount) / (margin - Span.exact(discount)) * 100


def loss_bearable(margin: Span, rise: float) -> Span | None:
    """l = p / (CM + p) × 100, % of volume that may be lost after a price rise of `rise` % (E4)."""
    if margin.low + rise <= 0:
        return None
    return Span.exact(rise) / (margin + Span.exact(rise)) * 100


def discount_breakeven(i: Inputs, _: Facts) -> Fact | None:
    """u = d / (CM − d) × 100, % more volume; absent when CM ≤ d (A33, E4)."""
    return discount_of(i, "discount_breakeven", "discount_example")


def discount_breakeven_small(i: Inputs, _: Facts) -> Fact | None:
    """The same for half the usual discount, %."""
    return discount_of(i, "discount_breakeven_small", "discount_small")


def discount_breakeven_large(i: Inputs, _: Facts) -> Fact | None:
    """The same for twice the usual discount, %."""
    return discount_of(i, "discount_breakeven_large", "discount_large")


def discount_of(i: Inputs, name: str, size: str) -> Fact | None:
    """Break-even of a discount whose size a parameter gives."""
    margin = i.span("gross_margin")
    needed = None if margin is None else volume_for(margin, parameter(size))
    return None if needed is None else number(name, needed, "percent", "gross_margin")


def discount_never_pays(i: Inputs, _: Facts) -> Fact | None:
    """Whether a discount of the usual size eats the whole margin: CM ≤ d (E4)."""
    margin = i.span("gross_margin")
    never = None if margin is None else margin.mid <= parameter("discount_example")
    return flag("discount_never_pays", never, "gross_margin")


def discount_hopeless(_: Inputs, f: Facts) -> Fact | None:
    """Whether a discount of the usual size needs more new sales than anyone finds: u above
    `hopeless_rise` (E4; the bound is a convention of ours)."""
    needed = f.get("discount_breakeven")
    hopeless = None if needed is None else Span.of(needed).mid > parameter("hopeless_rise")
    return flag("discount_hopeless", hopeless, "gross_margin")


def discount_cost(i: Inputs, _: Facts) -> Fact | None:
    """revenue_now × the usual discount, money a month, if all get it and nobody buys more (A32)."""
    now, currency = i.rough("revenue_now"), i.currency("revenue_now")
    if now is None or currency is None or not now.mid:
        return None
    cost = now * (parameter("discount_example") / 100)
    return money("discount_cost", cost, currency, "revenue_now")


def price_rise_tolerance(i: Inputs, _: Facts) -> Fact | None:
    """l = p / (CM + p) × 100, % of volume that may be lost (E4)."""
    margin = i.span("gross_margin")
    bearable = None if margin is None else loss_bearable(margin, parameter("price_rise_example"))
    if bearable is None:
        return None
    return number("price_rise_tolerance", bearable, "percent", "gross_margin")


RULES: tuple[Rule, ...] = (
    discount_breakeven,
    discount_breakeven_small,
    discount_breakeven_large,
    discount_never_pays,
    discount_hopeless,
    discount_cost,
    price_rise_tolerance,
)

NEEDS: Needs = {
    "discount_breakeven": ("gross_margin",),
    "discount_breakeven_small": ("gross_margin",),
    "discount_breakeven_large": ("gross_margin",),
    "discount_never_pays": ("gross_margin",),
    "discount_hopeless": ("gross_margin",),
    "discount_cost": ("revenue_now",),
    "price_rise_tolerance": ("gross_margin",),
}
