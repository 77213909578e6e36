"""Going on: costs that are cut against how long the cash lasts (E8), and the largest supplier
falling away (A39, E9)."""

from __future__ import annotations

from math import floor

from advisor.facts import Inputs
from advisor.facts.inputs import money, number
from advisor.model import Fact, Money
from advisor.spans import Span
from advisor.whatif.supposition import EXAMPLES, Supposition
from advisor.whatif.worked import Worked, lacking, told

RUNWAY = "cash_runway"
BURN = ("revenue_before", "revenue_now", "gross_margin")
"""What today's monthly loss of cash is estimated from."""
FOREVER = 3 * 365
"""Days; cash that would last longer is told as all but safe."""
STEPS = ((180, 30), (45, 15), (21, 7))
"""Days from which on months, half months and weeks are exact enough."""


def costs(supposed: Supposition, inputs: Inputs) -> Worked:
    """How long the cash lasts with lower costs, days."""
    missing = lacking(inputs, RUNWAY)
    runway = inputs.rough(RUNWAY)
    if missing is not None or runway is None:
        return missing or Worked()
    if supposed.share is None and supposed.money is not None:
        return costs_by_sum(supposed.money, runway, inputs)
    return costs_by_share(supposed.share or EXAMPLES["costs"].share or Span.exact(0), runway)


def costs_by_share(cut: Span, runway: Span) -> Worked:
    """runway / (1 − x), days: the least that a cut of x of all costs brings.

    Cash falls by what goes out less what comes in, so a cut of x of all that goes out takes at
    least x off that difference.
    """
    facts = [number("whatif_cut", cut, "percent")]
    longer = Span(
        runway.low / (1 - cut.low / 100),
        runway.mid / (1 - cut.mid / 100),
        runway.high / (1 - cut.high / 100),
    )
    facts.append(number("whatif_runway", told_roughly(longer, runway), "duration", RUNWAY))
    return told(["costs_longer", "costs_at_least"], facts)


def costs_by_sum(saved: Money, runway: Span, inputs: Inputs) -> Worked:
    """runway × B / (B − saved), days, where B = margin × (revenue before − now) is the cash that
    goes in a month: so much where the business broke even before and fixed costs stayed (the
    assumption of the fact runway_lower_sales_days, and said so)."""
    missing = lacking(inputs, *BURN)
    if missing is not None:
        return missing
    facts: list[Fact | None] = [money("whatif_saved", Span.exact(saved.amount), saved.currency)]
    if inputs.currency(*BURN[:2]) != saved.currency:
        return told(["other_currency"])
    burn = burned(inputs)
    if burn is None or burn.low <= 0:
        return told(["costs_no_burn"], facts)
    facts.append(money("whatif_burn", burn, saved.currency, *BURN))
    if saved.amount >= burn.low or runway.high * factor(burn.low, saved) > FOREVER:
        line = "costs_stopped" if saved.amount >= burn.high else "costs_nearly_stopped"
        return told(["costs_burn", line], facts)
    longer = Span(
        runway.low * factor(burn.high, saved),
        runway.mid * factor(burn.mid, saved),
        runway.high * factor(burn.low, saved),
    )
    facts.append(number("whatif_runway", told_roughly(longer, runway), "duration", RUNWAY, *BURN))
    return told(["costs_burn", "costs_longer_sum", "costs_assume"], facts)


def burned(inputs: Inputs) -> Span | None:
    """margin × (revenue before − now), the cash that goes in a month."""
    before, now, margin = (inputs.rough(slot) for slot in BURN)
    if before is None or now is None or margin is None:
        return None
    return ((before - now) * (margin * 0.01)).rounded()


def factor(burn: float, saved: Money) -> float:
    """How much longer the cash lasts where so much less goes in a month."""
    return burn / (burn - saved.amount)


def told_roughly(days: Span, today: Span) -> Span:
    """Days as exact as anyone plans by, but never so roughly that nothing seems to be gained."""
    rough = Span(*(roughly(end) for end in (days.low, days.mid, days.high)))
    return rough if rough.mid > today.mid else Span(*map(floor, (days.low, days.mid, days.high)))


def roughly(days: float) -> float:
    """One end of it, never more than it is."""
    step = next((step for least, step in STEPS if days >= least), 1)
    return float(round(days, 6) // step * step)


def supplier(_: Supposition, inputs: Inputs) -> Worked:
    """The share of purchases that stops, and the sales that rest on it: revenue × share, as far as
    what is bought is sold evenly; with the stock that bridges it and the second source."""
    share, revenue = inputs.span("top_supplier_share"), inputs.rough("revenue_now")
    if share is None:
        return Worked(missing=("top_supplier_share",))
    facts: list[Fact] = []
    currency, margin = inputs.currency("revenue_now"), inputs.span("gross_margin")
    if revenue is not None and currency is not None:
        at_stake = revenue * (share * 0.01)
        facts.append(money("whatif_at_stake", at_stake, currency, prior=True))
        if margin is not None:
            profit = at_stake * (margin * 0.01)
            facts.append(money("whatif_profit", profit, currency, prior=True))
    lines = ["supplier_share", "supplier_sales", "supplier_stock"]
    backup = inputs.value("backup_supplier")
    if isinstance(backup, bool):
        lines.append("supplier_backup" if backup else "supplier_no_backup")
    return told(lines, facts)
