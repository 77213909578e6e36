"""Costs that rise, as by hiring: the sales that cover them, and how long the cash lasts then."""

from __future__ import annotations

from math import ceil

from advisor.facts import Inputs
from advisor.facts.inputs import money, number
from advisor.model import Fact, Money
from advisor.spans import Span
from advisor.whatif.running import BURN, RUNWAY, burned
from advisor.whatif.supposition import EXAMPLES, Supposition
from advisor.whatif.worked import Worked, lacking, told


def costs_rise(supposed: Supposition, inputs: Inputs) -> Worked:
    """A rise of all costs by a share, or of a month's costs by a sum."""
    if supposed.share is None and supposed.money is not None:
        return by_sum(supposed.money, inputs)
    missing, runway = lacking(inputs, RUNWAY), inputs.rough(RUNWAY)
    if missing is not None or runway is None:
        return missing or Worked()
    return by_share(supposed.share or EXAMPLES["costs"].share or Span.exact(0), runway)


def by_share(more: Span, runway: Span) -> Worked:
    """runway / (1 + x), days: the most that is left after a rise of x of all costs.

    Cash falls by what goes out less what comes in, so a rise of x of all that goes out adds at
    least x to that difference.
    """
    most = runway / (Span.exact(1) + more * 0.01)
    days = Span(*(float(ceil(round(end, 6))) for end in (most.low, most.mid, most.high)))
    facts = [
        number("whatif_extra", more, "percent"),
        number("whatif_runway", days, "duration", RUNWAY),
    ]
    return told(["dearer_shorter", "dearer_at_most"], facts)


def by_sum(extra: Money, inputs: Inputs) -> Worked:
    """extra / margin, sales a month that cover it; and runway × B / (B + extra), days, with B and
    its assumption as in `costs_by_sum`."""
    missing, margin = lacking(inputs, "gross_margin"), inputs.span("gross_margin")
    if missing is not None or margin is None:
        return missing or Worked()
    spent = money("whatif_added", Span.exact(extra.amount), extra.currency)
    known = inputs.currency("revenue_now")
    if known is not None and known != extra.currency:
        return told(["other_currency"])
    if margin.low <= 0:
        return told(["dearer_never"], [spent])
    needed = (Span.exact(extra.amount) / (margin * 0.01)).rounded()
    facts: list[Fact | None] = [spent, money("whatif_to_sell", needed, extra.currency)]
    lines = ["dearer_cover"]
    now, runway, burn = inputs.rough("revenue_now"), inputs.rough(RUNWAY), burned(inputs)
    if now is not None and now.low > 0:
        facts.append(number("whatif_sales_share", needed / now * 100, "percent"))
        lines.append("dearer_share")
    if runway is not None and burn is not None and burn.low > 0 and inputs.currency(*BURN[:2]):
        days = runway / (Span.exact(1) + Span.exact(extra.amount) / burn)
        facts.append(money("whatif_burn", burn, extra.currency, *BURN))
        facts.append(number("whatif_runway", days.rounded(0), "duration", RUNWAY, *BURN))
        lines += ["costs_burn", "dearer_runway", "costs_assume"]
    return told(lines, facts)


def hire(_: Supposition, __: Inputs) -> Worked:
    """Someone who is hired without a word of their pay, which no answer holds."""
    return told(["hire_say"])


def dismiss(_: Supposition, __: Inputs) -> Worked:
    """Someone who is let go without a word of what that saves."""
    return told(["dismiss_say", "dismiss_kindly"])


def part(_: Supposition, __: Inputs) -> Worked:
    """A change of one cost, such as the rent, of which no answer tells how much it is."""
    return told(["part_say"])


def closing(_: Supposition, inputs: Inputs) -> Worked:
    """Closing down, which takes numbers that nobody was asked for."""
    known = inputs.known(RUNWAY) is not None
    return told(["closing", "closing_cash"] if known else ["closing"])


def runway(_: Supposition, inputs: Inputs) -> Worked:
    """How long the cash lasts, as it was answered, and in the two worse scenarios (E8)."""
    return lacking(inputs, RUNWAY) or told(["runway_now", "runway_worse", "runway_lower"])
