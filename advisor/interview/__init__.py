"""The interview as a pure state machine: state and input in, events out.

    events = turn(catalog, state, heard)       what the message does
    state = replay(state, events)              what is true afterwards

Nothing here knows a channel, a language's words, a clock or a database.
"""

from advisor.interview.events import Event
from advisor.interview.flow import next_question, remaining
from advisor.interview.inputs import Edited, Heard, Input, Noticed, Opened, Pressed, Reading
from advisor.interview.state import Interview, replay
from advisor.interview.turn import begin, turn

__all__ = [
    "Edited",
    "Event",
    "Heard",
    "Input",
    "Interview",
    "Noticed",
    "Opened",
    "Pressed",
    "Reading",
    "begin",
    "next_question",
    "remaining",
    "replay",
    "turn",
]
