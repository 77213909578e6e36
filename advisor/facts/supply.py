"""What hangs on one supplier, and how long the shelf may stay empty (A39, A40, E9)."""

from __future__ import annotations

from advisor.facts.inputs import Inputs, Needs, Rule, currency_of, money, number
from advisor.model import Fact, Facts
from advisor.spans import Span


def stock_gap(i: Inputs, _: Facts) -> Fact | None:
    """supplier_delay − stock_cover, days without stock, when positive (A39)."""
    delay, cover = i.rough("supplier_delay"), i.rough("stock_cover")
    if delay is None or cover is None or delay.mid <= cover.mid:
        return None
    gap = (delay - cover).clamp(0)
    return number("stock_gap", gap, "duration", "supplier_delay", "stock_cover")


def supplier_risk(i: Inputs, f: Facts) -> Fact | None:
    """0-100: share of the top supplier, then what softens or sharpens it (A39, E9).

    The share itself up to 60 points; no second source 25; late deliveries that outlast the stock
    15. Bands are a convention: share alone is not enough (E9).
    """
    share, gap = i.rough("top_supplier_share"), f.get("stock_gap")
    if share is None:
        return None
    slots, points = ["top_supplier_share"], share.clamp(0, 100) * 0.6
    if (backup := i.value("backup_supplier")) is not None:
        slots.append("backup_supplier")
        points += Span.exact(0 if backup else 25)
    if gap is not None:
        slots += gap.slots
        points += Span.exact(15)
    return number("supplier_risk", points.clamp(0, 100), "count", *slots)


def supplier_exposure(i: Inputs, _: Facts) -> Fact | None:
    """revenue_now × top_supplier_share, money a month in sales that stand on one supplier, where
    sales follow purchases and no second source is there (A39, E9)."""
    now, share = i.rough("revenue_now"), i.rough("top_supplier_share")
    currency = i.currency("revenue_now")
    if now is None or share is None or currency is None:
        return None
    exposed = now * (share.clamp(0, 100) * 0.01)
    if not exposed.mid or i.value("backup_supplier") is True:
        return None
    slots = [s for s in ("revenue_now", "top_supplier_share", "backup_supplier") if i.known(s)]
    return money("supplier_exposure", exposed, currency, *slots)


def stock_gap_loss(_: Inputs, f: Facts) -> Fact | None:
    """supplier_exposure × stock_gap / 30, money in sales missed by one such delay (A39, A40)."""
    exposed, gap = f.get("supplier_exposure"), f.get("stock_gap")
    currency = currency_of(exposed) if exposed else None
    if exposed is None or gap is None or currency is None:
        return None
    missed = Span.of(exposed) * Span.of(gap) * (1 / DAYS_A_MONTH)
    return money("stock_gap_loss", missed, currency, *exposed.slots, *gap.slots)


DAYS_A_MONTH = 30

RULES: tuple[Rule, ...] = (stock_gap, supplier_risk, supplier_exposure, stock_gap_loss)

DELAY = ("supplier_delay", "stock_cover")
SHARE = ("top_supplier_share", "backup_supplier")
NEEDS: Needs = {
    "stock_gap": DELAY,
    "supplier_risk": (*SHARE, *DELAY),
    "supplier_exposure": (*SHARE, "revenue_now"),
    "stock_gap_loss": (*SHARE, *DELAY, "revenue_now"),
}
