"""What happens that programs may be told of."""

from typing import Literal

Event = Literal["plan.ready", "plan.approved", "plan.sent", "plan.signed"]
EVENTS: tuple[Event, ...] = ("plan.ready", "plan.approved", "plan.sent", "plan.signed")
"""A version was made; a consultant stands for it; it went to its owner; who goes with it."""
