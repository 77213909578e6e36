"""Nobody is written to first at night or on Shabbat, wherever they live."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.followup import Pace, is_quiet, next_hour
from advisor.interview import Interview

ISRAEL = ZoneInfo("Asia/Jerusalem")
zones = st.sampled_from(["Asia/Jerusalem", "Europe/London", "America/New_York", "Asia/Kolkata"])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("local", "quiet"),
    [
        ("2026-03-01 09:00", False),  # a Sunday
        ("2026-03-01 19:59", False),
        ("2026-03-01 20:00", True),
        ("2026-03-02 08:59", True),
        ("2026-03-06 14:59", False),  # a Friday
        ("2026-03-06 15:00", True),
        ("2026-03-07 12:00", True),
        ("2026-03-07 19:59", True),
        ("2026-03-07 21:00", True),
        ("2026-03-08 09:00", False),
    ],
)
def test_days_in_israel(local: str, quiet: bool) -> None:
    assert is_quiet(datetime.fromisoformat(local).replace(tzinfo=ISRAEL), ISRAEL) is quiet


@given(moments, zones)
def test_the_next_hour_is_free_and_near(moment: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    free = next_hour(moment, zone)
    assert not is_quiet(free, zone)
    assert timedelta() <= free - moment <= timedelta(days=2)
    assert (free == moment) is not is_quiet(moment, zone)


@given(moments, st.booleans())
def test_silence_is_broken_as_often_as_agreed(moment: datetime, put_off: bool) -> None:
    pace = Pace()
    follow_up = pace.after_turn(Interview(), Interview(), put_off, moment)
    sent = []
    assert follow_up is not None
    while follow_up.at is not None:
        sent.append(follow_up.at)
        follow_up = pace.after_reminder(follow_up.reminded + 1, follow_up.at)
    assert len(sent) == (1 if put_off else 2)
    assert not any(is_quiet(at, ISRAEL) for at in sent)
    assert sent[0] - moment >= pace.delays[-1 if put_off else 0]
    assert sent[-1] - moment >= pace.delays[-1]
