"""Discounts and price rises: how many sales make up for them (E4, A33).

Both assume that fixed costs stay and that every sale gets the new price.
"""

from __future__ import annotations

from math import ceil

from advisor.facts import Inputs, parameter
from advisor.facts.inputs import money, number
from advisor.facts.prices import loss_bearable, volume_for
from advisor.model import Fact
from advisor.spans import Span
from advisor.whatif.supposition import EXAMPLES, Supposition
from advisor.whatif.worked import Worked, lacking, told

MARGIN = "gross_margin"
SALE = "average_sale"
MOST_TIMES = 100


def discount(supposed: Supposition, inputs: Inputs) -> Worked:
    """u = d / (CM − d) × 100, % more sales for the same gross profit; none where CM ≤ d."""
    needed = lacking(inputs, *needs(supposed))
    off, margin = share_of_price(supposed, inputs), inputs.span(MARGIN)
    if needed is not None or off is None or margin is None:
        return needed or told(["other_currency"])
    facts = [number("whatif_off", off, "percent"), *by_money(supposed, off)]
    left = margin - off
    if left.mid <= 0:
        return told(["sum_of_sale", "discount_never", "discount_instead"], facts)
    middle = Span.exact(off.mid / left.mid * 100)
    if middle.mid > parameter("hopeless_rise"):
        facts.append(number("whatif_times", Span.exact(times_passed(middle.mid)), "count"))
        return told(["sum_of_sale", "discount_many_times", "discount_instead"], facts)
    facts += middles(whatif_off_mid=off, whatif_margin_mid=margin, whatif_rise_mid=middle)
    if left.low <= 0:
        facts.append(number("whatif_rise", middle, "percent", MARGIN))
        return told(["sum_of_sale", "discount_middle", "discount_edge"], facts)
    low, high = volume_for(margin, off.low), volume_for(margin, off.high)
    rise = between(low, middle.mid, high)
    facts.append(number("whatif_rise", rise, "percent", MARGIN))
    sales = sales_a_month(inputs)
    if sales is not None:
        facts.append(number("whatif_sales", sales, "count", prior=True))
        after = sales * ((Span.exact(100) + rise) * 0.01)
        facts.append(number("whatif_sales_needed", after, "count", prior=True))
    shown = summed("discount_sum", off, margin)
    return told(["sum_of_sale", "discount_needed", shown, "discount_sales", "prices_assume"], facts)


def price_rise(supposed: Supposition, inputs: Inputs) -> Worked:
    """l = p / (CM + p) × 100, % of sales that may go before gross profit falls."""
    needed = lacking(inputs, *needs(supposed))
    more, margin = share_of_price(supposed, inputs), inputs.span(MARGIN)
    if needed is not None or more is None or margin is None:
        return needed or told(["other_currency"])
    middle = Span.exact(more.mid / (margin.mid + more.mid) * 100)
    loss = between(loss_bearable(margin, more.low), middle.mid, loss_bearable(margin, more.high))
    facts = [
        number("whatif_more", more, "percent"),
        number("whatif_loss", loss, "percent", MARGIN),
        *by_money(supposed, more),
        *middles(whatif_more_mid=more, whatif_margin_mid=margin, whatif_loss_mid=middle),
    ]
    sales = sales_a_month(inputs)
    if sales is not None:
        facts.append(number("whatif_sales", sales, "count", prior=True))
        facts.append(number("whatif_may_go", sales * (loss * 0.01), "count", prior=True))
    shown = summed("rise_sum", more, margin)
    return told(["sum_of_sale", "rise_bears", shown, "rise_sales", "rise_assume"], facts)


def times_passed(rise: float) -> int:
    """The last whole number below so many times today's sales, for a rise in %: 1,999.99958 % is
    all but 21 times, so more than 20."""
    return min(MOST_TIMES, ceil(round(1 + rise / 100, 3)) - 1)


def summed(line: str, *parts: Span) -> str:
    """The line that shows the sum: its middle where one of its parts is a range."""
    return line if all(part.low == part.high for part in parts) else f"{line}_middle"


def middles(**spans: Span) -> list[Fact]:
    """The middles of some shares, for showing a sum."""
    return [number(name, Span.exact(span.mid), "percent") for name, span in spans.items()]


def by_money(supposed: Supposition, share: Span) -> list[Fact]:
    """The sum that was said, and the share of a sale that it is."""
    if supposed.share is not None or supposed.money is None:
        return []
    said = Span.exact(supposed.money.amount)
    return [
        money("whatif_money", said, supposed.money.currency),
        number("whatif_part", share, "percent", SALE),
    ]


def between(low: Span | None, middle: float, high: Span | None) -> Span:
    """From the low end of one result to the high end of another. Raises ValueError where a formula
    gave none."""
    if low is None or high is None:
        raise ValueError("a price can't change so")
    return Span(low.low, middle, high.high)


def needs(supposed: Supposition) -> tuple[str, ...]:
    """The answers that a change of prices takes: a sum is one of the average sale."""
    by_sum = supposed.share is None and supposed.money is not None
    return (SALE, MARGIN) if by_sum else (MARGIN,)


def share_of_price(supposed: Supposition, inputs: Inputs) -> Span | None:
    """The change of the price in %; a sum is taken of the average sale, in the same currency."""
    if supposed.share is not None:
        return supposed.share
    if supposed.money is None:
        return EXAMPLES[supposed.kind].share
    sale = inputs.span(SALE)
    if sale is None or sale.low <= 0 or inputs.currency(SALE) != supposed.money.currency:
        return None
    return Span.exact(supposed.money.amount) / sale * 100


def sales_a_month(inputs: Inputs) -> Span | None:
    """revenue_now / average_sale, sales a month."""
    revenue, sale = inputs.rough("revenue_now"), inputs.rough(SALE)
    if revenue is None or sale is None or sale.low <= 0 or revenue.mid <= 0:
        return None
    return revenue / sale if inputs.currency("revenue_now", SALE) else None
