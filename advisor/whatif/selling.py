"""Sales that fall or rise: what that is in a month, and how long the cash lasts then (E8)."""

from __future__ import annotations

from advisor.facts import Inputs, parameter
from advisor.facts.inputs import money, number
from advisor.model import Fact
from advisor.spans import Span
from advisor.whatif.customers import gross_profit
from advisor.whatif.running import BURN, FOREVER, RUNWAY, told_roughly
from advisor.whatif.supposition import Supposition
from advisor.whatif.worked import Worked, lacking, told


def sales_fall(supposed: Supposition, inputs: Inputs) -> Worked:
    """revenue_now × s, money a month less, and its gross profit; the cash then lasts
    runway / (1 + less / (before − now)), under the assumption of `costs_by_sum`."""
    return changed(supposed, inputs, -1)


def sales_rise(supposed: Supposition, inputs: Inputs) -> Worked:
    """revenue_now × s, money a month more, and its gross profit; the cash then lasts
    runway / (1 − more / (before − now)), or stops shrinking."""
    return changed(supposed, inputs, 1)


def changed(supposed: Supposition, inputs: Inputs, sign: int) -> Worked:
    """Sales that change by a share or a sum; where neither is said, by the fall of our worse
    scenario."""
    missing, now = lacking(inputs, "revenue_now"), inputs.rough("revenue_now")
    if missing is not None or now is None:
        return missing or Worked()
    by_sum = supposed.share is None and supposed.money is not None
    share = supposed.share or Span.exact(parameter("worse_sales_fall"))
    if sign < 0 and not by_sum and share.high > 100:
        return told(["sales_too_much"])
    currency = inputs.currency("revenue_now")
    if currency is None or (supposed.money and supposed.money.currency != currency):
        return told(["other_currency"])
    change = Span.exact(supposed.money.amount) if supposed.money else now * (share * 0.01)
    if sign < 0 and change.mid > now.mid:
        return told(["sales_too_much"])
    facts: list[Fact | None] = [
        number("whatif_sales_share", share, "percent"),
        money("whatif_revenue", change, currency),
        gross_profit(inputs, change, currency),
    ]
    name = "sales_less" if sign < 0 else "sales_more"
    lines = [f"{name}_sum" if by_sum else name, "profit"]
    line, runway = lasting(inputs, change, sign)
    if line is not None:
        lines += [line, "costs_assume"]
        facts.append(runway)
    return told(lines, facts)


def lasting(inputs: Inputs, change: Span, sign: int) -> tuple[str | None, Fact | None]:
    """runway / (1 ± change / (before − now)), days: how long the cash lasts then, where the margin
    cancels out; and the line that says so. Nothing where it can't be told what goes in a month."""
    runway, before, now = (inputs.rough(slot) for slot in (RUNWAY, *BURN[:2]))
    if runway is None or before is None or now is None or before.low <= now.high:
        return None, None
    if not inputs.currency(*BURN[:2]):
        return None, None
    closed = change / (before - now)
    if sign > 0 and closed.high >= 1:
        return "sales_stopped" if closed.low >= 1 else "sales_nearly_stopped", None
    days = runway / (Span.exact(1) - closed * sign)
    if days.high > FOREVER:
        return "sales_nearly_stopped", None
    whole = told_roughly(days, runway) if sign > 0 else days.rounded(0)
    return "sales_runway", number("whatif_runway", whole, "duration", RUNWAY, *BURN[:2])
