"""What operators can watch, as Prometheus counts it; each process counts what it does itself."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import Counter, Histogram

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

UPDATES = Counter("comeback_updates_received", "Updates taken in that were new.")
UPDATES_REFUSED = Counter(
    "comeback_updates_refused", "Calls of the webhook that were turned away.", ["why"]
)
TURNS = Counter("comeback_turns", "Updates dealt with.")
TURNS_FAILED = Counter("comeback_turns_failed", "Turns that were rolled back by an error.")
TURN_SECONDS = Histogram(
    "comeback_turn_seconds", "From an update's arrival to its saved turn.", buckets=SECONDS
)
SENT = Counter("comeback_messages_sent", "Replies that Telegram took.")
SENDING_FAILED = Counter(
    "comeback_messages_failed", "Tries to send that came to nothing.", ["error"]
)
REPLY_SECONDS = Histogram(
    "comeback_reply_seconds",
    "From a reply's turn being saved to Telegram's taking it; with the turn's, the whole wait.",
    buckets=SECONDS,
)
NLU_FAILURES = Counter("comeback_nlu_failures", "Messages that the model could not be asked about.")


def turn_done(received: datetime, now: datetime) -> None:
    """An update was dealt with."""
    TURNS.inc()
    TURN_SECONDS.observe(max(0.0, (now - received).total_seconds()))


def reply_sent(queued: datetime, now: datetime) -> None:
    """A reply arrived."""
    SENT.inc()
    REPLY_SECONDS.observe(max(0.0, (now - queued).total_seconds()))
