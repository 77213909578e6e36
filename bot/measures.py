"""What operators can watch, as Prometheus counts it; each process counts what it does itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prometheus_client import Counter, Histogram

from advisor.interview import events as happened
from advisor.interview.events import Event

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
CONFIDENCE = Histogram(
    "comeback_nlu_confidence",
    "How sure the reading of a message was, from 0 to 1.",
    buckets=[tenth / 10 for tenth in range(1, 11)],
)
OUTCOMES = Counter(
    "comeback_outcomes",
    "What turns led to; of a turn that was tried again, each time.",
    ["outcome"],
)
ASKED = Counter("comeback_questions_asked", "Questions put for the first time.", ["question"])
ANSWERED = Counter("comeback_questions_answered", "Answers, skips and don't-knows.", ["question"])
LEFT = Counter(
    "comeback_questions_left", "Questions at which an owner fell silent for a day.", ["question"]
)

WAKING = {UPDATES_REFUSED: ("secret", "database"), SENDING_FAILED: ("InvalidToken",)}
"""What somebody is woken for."""


def begin() -> None:
    """Show what somebody is woken for from the start, as 0: to Prometheus the first of something
    that wasn't there is no rise."""
    for counter, labels in WAKING.items():
        for label in labels:
            counter.labels(label)


def message_read(confidence: float, away: bool) -> None:
    """A message was read, or would have been if the model weren't away."""
    if away:
        NLU_FAILURES.inc()
    else:
        CONFIDENCE.observe(confidence)


def turned(standing: str | None, events: Sequence[Event]) -> None:
    """A turn led to these events; `standing` is the question that was open before."""
    for event in events:
        OUTCOMES.labels(event.type).inc()
        match event:
            case happened.QuestionAsked(slot=slot, wording="ask"):
                ASKED.labels(slot).inc()
            case happened.AnswerAccepted(answer=answer, how="asked"):
                ANSWERED.labels(answer.slot).inc()
            case happened.Reminded(step=1) if standing is not None:
                LEFT.labels(standing).inc()


def turn_done(received: datetime, now: datetime) -> None:
    """An update was dealt with."""
    TURNS.inc()
    TURN_SECONDS.observe(max(0.0, (now - received).total_seconds()))


def reply_sent(queued: datetime, now: datetime) -> None:
    """A reply arrived."""
    SENT.inc()
    REPLY_SECONDS.observe(max(0.0, (now - queued).total_seconds()))
