"""What happens with plans that other programs may be told of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from advisor.interview import events as happened

Announced = Literal["plan.ready", "plan.approved", "plan.sent", "plan.signed"]
"""A version was made; a consultant stands for it; it went to its owner; who goes with it."""
ANNOUNCED: tuple[Announced, ...] = get_args(Announced)
NAMES: Mapping[type, Announced] = {
    happened.PlanRequested: "plan.ready",
    happened.PlanApproved: "plan.approved",
    happened.PlanSent: "plan.sent",
    happened.PlanSigned: "plan.signed",
}
"""By the events of an interview."""
