"""What goes in and out of a conversation, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Sent = Literal[
    "voice", "picture", "video", "document", "sticker", "place", "contact", "poll", "other"
]
"""Kinds of messages that aren't text."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message or a press from one chat.

    `chat` is the channel's own address of the chat ("terminal:default", "telegram:<bot>:<chat>");
    `external` the id of the message there. `start` opens the conversation (a /start command, the
    first line of the protocol), and with `anew` a finished interview is put aside for a new one;
    with `text`, it begins with words. `language` is what the channel says or hints. `edited`: the
    owner changed the message `external` to this text. `to_person`: it is a reply to what a
    consultant wrote. `sent` is what came instead of text, or with
    the text as its caption.
    """

    chat: str
    text: str | None = None
    option: str | None = None
    question: str | None = None
    start: bool = False
    anew: bool = False
    language: str | None = None
    external: str | None = None
    edited: bool = False
    to_person: bool = False
    sent: Sent | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A button: an option of the question, or a control whose id begins with '/'."""

    id: str
    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the owner, in plain text; channels escape and lay it out.

    ask: waits for the slot `question`. wait: waits for anything else. say: waits for nothing.
    word: a consultant's, which a message in reply to it answers.
    plan: the plan with id `plan` is ready, and of its actions those in `done` are done. export: the
    owner's data, as the JSON text `document`.
    """

    type: Literal["ask", "wait", "say", "word", "plan", "export"]
    text: str = ""
    language: str = "he"
    question: str | None = None
    options: tuple[Option, ...] = field(default=())
    progress: tuple[int, int] | None = None
    plan: str | None = None
    document: str | None = None
    done: tuple[str, ...] = ()
