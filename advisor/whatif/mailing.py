"""A postal pilot: how many of the letters must bring a sale (A24, B7, E3)."""

from __future__ import annotations

from advisor.facts import Inputs, parameter
from advisor.facts.inputs import money, number
from advisor.spans import Span
from advisor.whatif.supposition import EXAMPLES, Supposition
from advisor.whatif.worked import Worked, lacking, told

SHEKELS = "ILS"
"""The currency of the letter's usual cost."""


def mailing(supposed: Supposition, inputs: Inputs) -> Worked:
    """letters × cost / (average sale × margin), sales that cover the letters; and the share of
    letters that is, beside the cautious prior for answers to letters."""
    sale, margin = inputs.rough("average_sale"), inputs.span("gross_margin")
    missing = lacking(inputs, "average_sale", "gross_margin")
    if missing is not None or sale is None or margin is None:
        return missing or Worked()
    gain = sale * (margin * 0.01)
    currency = inputs.currency("average_sale")
    if gain.low <= 0:
        return told(["mailing_no_gain"])
    if supposed.money is None and currency != SHEKELS:
        return told(["mailing_say_cost"])
    if currency is None or (supposed.money and supposed.money.currency != currency):
        return told(["other_currency"])
    letters = supposed.count or EXAMPLES["mailing"].count or Span.exact(parameter("pilot_pieces"))
    piece = supposed.money.amount if supposed.money else parameter("mail_piece_cost")
    share = Span.exact(piece) / gain * 100
    facts = [
        number("whatif_letters", letters, "count"),
        money("whatif_piece", Span.exact(piece), currency),
        money("whatif_cost", letters * piece, currency),
        money("whatif_gain", gain, currency, "average_sale", "gross_margin"),
        number("whatif_sales_needed", upwards(letters * piece / gain), "count"),
        number("whatif_share", share, "percent"),
    ]
    sum_line = "mailing_sum" if supposed.money else "mailing_sum_assumed"
    return told([sum_line, "mailing_needed", verdict(share)], facts)


def verdict(share: Span) -> str:
    """Whether so many answers can be hoped for: the prior against the ends of what is needed."""
    hoped = parameter("mail_response_prior")
    if share.low > 100:
        return "mailing_never"
    if share.high <= hoped:
        return "mailing_likely"
    return "mailing_unlikely" if share.low > hoped else "mailing_open"


def upwards(sales: Span) -> Span:
    """Whole sales: half a sale covers nothing."""
    rounded = sales.rounded()
    return Span(*(float(-(-x // 1)) for x in (rounded.low, rounded.mid, rounded.high)))
