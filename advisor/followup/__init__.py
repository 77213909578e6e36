"""When we write first: a reminder to whoever stopped in the middle, and check-ins on a plan. Pure:
times come in, and what is due comes out."""

from advisor.followup.checkins import Checkin, Progress, checkin_due, weeks_since
from advisor.followup.hours import is_quiet, next_hour
from advisor.followup.pace import FollowUp, Pace

__all__ = [
    "Checkin",
    "FollowUp",
    "Pace",
    "Progress",
    "checkin_due",
    "is_quiet",
    "next_hour",
    "weeks_since",
]
