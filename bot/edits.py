"""What a message was before its owner edited it."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.store import StoredInterview, StoredMessage, Unit


@dataclass(frozen=True, slots=True)
class Earlier:
    """`slots` still hold answers that came from the message, which was read in the light of
    `question`; `last`: nothing came after it. A command was carried out, and stays so."""

    slots: tuple[str, ...] = ()
    question: str | None = None
    last: bool = False
    command: bool = False


async def before_edit(
    unit: Unit, chat_id: str, interview: StoredInterview, external: str | None
) -> Earlier:
    """What is known of a message by the channel's id."""
    versions = await unit.said(chat_id, external) if external is not None else []
    last = await unit.last_said(chat_id)
    if not versions:
        return Earlier(last=last is None or follows(external, last))
    if any(is_command(message) for message in versions):
        return Earlier(command=True)
    ids = [message.id for message in versions]
    answers = interview.state.answers
    slots = tuple(slot for slot, answer in answers.items() if answer.message in ids)
    question = await unit.question_of(interview.id, ids) or (*slots, None)[0]
    return Earlier(slots, question, last is not None and last.id in ids)


def is_command(message: StoredMessage) -> bool:
    """Whether a message was one of our commands."""
    return message.text is None and (message.option or "").startswith("/") and not sent(message)


def sent(message: StoredMessage) -> bool:
    """Whether a message was no text, such as a photo."""
    return (message.option or "").startswith(SENT)


def follows(external: str | None, last: StoredMessage) -> bool:
    """Whether a message that we never got is newer than the last that we did: channels count up."""
    numbers = [text for text in (external, last.external) if text is not None and text.isdigit()]
    return len(numbers) < 2 or int(numbers[0]) > int(numbers[1])


SENT = "/sent:"
"""How the transcript calls what wasn't text; of its content nothing is kept."""
