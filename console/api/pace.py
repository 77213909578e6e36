"""How often a program may call: a limit for each token, and one for those who come with none."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from console.api.problems import ProblemError

A_MINUTE = 240
"""Calls of one token, or of an address without a good one, in each process."""


class Pace:
    """Counts calls in this process."""

    def __init__(self, most: int = A_MINUTE) -> None:
        self.most = RateLimitItemPerMinute(most)
        self.window = MovingWindowRateLimiter(MemoryStorage())

    def count(self, who: str) -> None:
        """One more call. Raises ProblemError where there were too many."""
        if self.window.hit(self.most, who):
            return
        until = self.window.get_window_stats(self.most, who).reset_time
        seconds = max(1, math.ceil(until - time.time()))
        raise ProblemError(
            429, f"Too many calls: try again in {seconds} seconds.", retry_after=str(seconds)
        )
