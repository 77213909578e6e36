"""How properties are tried: with how many examples, and never against the clock."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100
"""Examples that Hypothesis draws where nothing else is said."""
QUICK = 30
"""Of a hundred, in the quick part: the whole run tries them all."""


def examples(number: int) -> int:
    """So many, and in the quick part fewer in proportion."""
    return max(1, number * settings.default.max_examples // USUAL)


def set_up(quick: bool) -> None:
    """Decide for all properties, before the modules that hold them are imported."""
    most = QUICK if quick else USUAL
    settings.register_profile("comeback", settings.default, deadline=None, max_examples=most)
    settings.load_profile("comeback")
