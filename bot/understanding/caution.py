"""What isn't sure enough to be stored is asked about first: "Did you mean ...?"."""

from __future__ import annotations

from dataclasses import replace

from advisor.interview.inputs import Reading
from advisor.model import Answer, Kind
from bot.understanding.judging import weights_of
from bot.understanding.message import Message
from bot.understanding.own import exactly, own_choice
from bot.understanding.passing import share_of


def careful(message: Message, reading: Reading) -> Reading:
    """The reading, with the answer to the question as its one alternative where it is a guess: an
    answer that the message is hardly about, or a set of options of which one is unlikely."""
    slot = message.asked
    if slot is None or reading.act != "inform" or reading.alternatives:
        return reading
    own = reading.answers.get(slot.id)
    if own is None or slot.kind is Kind.TEXT:
        return reading
    rare = rarely_so_large(message, own)
    if said_outright(message) or not (rare or hardly_about(message, own) or unlikely_set(message)):
        return reading
    if nothing_guessed(message, own):
        rest = {name: answer for name, answer in reading.answers.items() if name != slot.id}
        return replace(reading, answers=rest) if rest else Reading(None, confidence=0.0)
    return replace(reading, alternatives=(own,))


def nothing_guessed(message: Message, own: Answer) -> bool:
    """Whether the guess is that there is nothing of it ("no weak link"), where no word says so."""
    slot, words = message.slots[own.slot], message.words
    nothing = isinstance(own.value, tuple) and set(own.value) <= set(slot.exclusive)
    return nothing and not any(words[g].inside(message.text) for g in ("negation", "none", "fine"))


def said_outright(message: Message) -> bool:
    """Whether the message is a label, the number of an option, or a bare yes or no."""
    return exactly(message, message.text) is not None


def hardly_about(message: Message, own: Answer) -> bool:
    """Whether the message, even in the light of the question, rather speaks of something else."""
    share = share_of(weights_of(message, own), message.slots[own.slot])
    return share < message.limits["stored"]


def rarely_so_large(message: Message, own: Answer) -> bool:
    """Whether a number is larger than such numbers are: '35 thousand' people in the business."""
    most = message.shapes["rarely_above"].get(own.slot)
    return most is not None and isinstance(own.value, float | int) and own.value > most


def unlikely_set(message: Message) -> bool:
    """Whether several options were asked for and the least likely of those read is below the
    limit."""
    slot = message.asked
    if slot is None or slot.kind is not Kind.CHOICES:
        return False
    choice = own_choice(message, slot)
    return choice is not None and choice.confidence < message.limits["sure_set"]
