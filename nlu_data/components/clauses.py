"""Cuts a message into its clauses, each with its place in the message.

A clause is what one answer usually takes: "we sell to shops | they pay net 30". It ends at a mark,
before a word that opens another one, or where the topic changes (see `breaks`). Short pieces stay
with their neighbours, and no more than LIMIT are made, since each costs one embedding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, List, Sequence, Text

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.breaks import breaks
from components.encoder import encoder

CLAUSES = "clauses"
MESSAGE_ROW = "message_row"
"""Message property: the row of the whole message."""
MESSAGE_PIECES = "message_pieces"
"""Message property: its pieces, each with the topics that it speaks of."""
WORDS = Path(__file__).with_suffix(".yml")
LIMIT = 8
SHORTEST = 2
"""Letters, at least, in a clause."""
AROUND = 2
"""Words, at least, before a word that opens a clause, and after it."""
STOP = re.compile(r"[;\n]+|[.?!]+(?=\s|$)|,(?!\d{3}\b)|\s[-+/]\s|\s?[()]\s?")
WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Clause:
    """A piece of a message: text[start:end]."""

    text: str
    start: int
    end: int
    alone: str = ""
    """The same without the word that joins it to what goes before."""


class ClauseWords:
    """The words that open a clause, and those of them that say nothing else."""

    def __init__(self, path: Path = WORDS) -> None:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.words = {word for words in data["words"].values() for word in words}
        self.empty = {word for words in data["empty"].values() for word in words}
        self.pairs = {b: a for pairs in data["pairs"].values() for a, b in pairs.items()}
        self.leaning = {word for words in data["leaning"].values() for word in words}
        self.glued = tuple(letter for letters in data["glued"].values() for letter in letters)

    def opens(self, word: str) -> bool:
        """Whether a word begins a new clause."""
        return word.lower() in self.words or (word.startswith(self.glued) and len(word) > 3)

    def leans(self, word: str) -> bool:
        """Whether a word needs what follows it: 'in', 'the'."""
        return word.lower() in self.leaning

    def completes(self, word: str, before: List[str]) -> bool:
        """Whether a word is the second half of a pair: 'both ... and'."""
        return self.pairs.get(word.lower()) in before

    def without(self, text: str) -> str:
        """A clause as it would stand alone: without the 'and' or 'but' that joins it."""
        first, _, rest = text.partition(" ")
        if rest and first.lower() in self.empty:
            return self.without(rest.lstrip())
        if rest and len(first) > 3 and first[0] in self.glued and first[1] not in self.glued:
            return first[1:].lstrip("-") + " " + rest
        return text


def cut(text: str, words: ClauseWords, turns: Sequence[int] = ()) -> List[Clause]:
    """The clauses of a message, in order; none where it is a single clause. `turns` are places of
    words with which another topic begins."""
    pieces: List[Clause] = []
    start = 0
    for stop in [*STOP.finditer(text), None]:
        end = stop.start() if stop else len(text)
        pieces += inside(text, start, end, words, turns)
        start = stop.end() if stop else len(text)
    pieces = [piece for piece in pieces if sum(c.isalnum() for c in piece.text) >= SHORTEST]
    pieces = [replace(piece, alone=words.without(piece.text)) for piece in pieces[:LIMIT]]
    return pieces if len(pieces) > 1 else []


def inside(
    text: str, start: int, end: int, words: ClauseWords, turns: Sequence[int]
) -> List[Clause]:
    """Cut a sentence before the words that open a clause, where enough words stand around, and
    where the topic changes."""
    starts = [start]
    matches = list(WORD.finditer(text, start, end))
    since = 0
    for index, match in enumerate(matches):
        short = AROUND if any(c.isdigit() for c in matches[since].group()) is False else 1
        enough = index - since >= short and len(matches) - index >= AROUND
        before = [m.group().lower() for m in matches[since:index]]
        word = match.group()
        opens = words.opens(word) and not words.completes(word, before)
        turned = match.start() in turns and stands(matches[since:index])
        leant = turned and words.leans(matches[index - 1].group())
        if (enough and opens) or (turned and not leant and stands(matches[index:])):
            starts.append(match.start())
            since = index
    ends = [*starts[1:], end]
    return [trimmed(text, a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def stands(words: Sequence[re.Match]) -> bool:
    """Whether words can be a statement by themselves: two, or one with a number."""
    return len(words) >= AROUND or any(c.isdigit() for word in words for c in word.group())


def trimmed(text: str, start: int, end: int) -> Clause:
    """A clause without the space around it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Clause(piece.strip(), start, start + len(piece.strip()))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class ClauseCutter(GraphComponent):
    """Sets the clauses of a message for the components that follow."""

    def __init__(self, config: Dict[Text, Any]) -> None:
        self._config = config
        self.words = ClauseWords()
        self.encoder = encoder()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClauseCutter:
        """Rasa's way to make a component."""
        return cls(config)

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Nothing to configure."""
        return {}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing to configure."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Cut each message; its row and pieces are kept for what follows."""
        for message in messages:
            text = message.get(TEXT) or ""
            row, pieces = self.encoder.read(text)
            message.set(MESSAGE_ROW, row)
            message.set(MESSAGE_PIECES, pieces)
            message.set(CLAUSES, cut(text, self.words, breaks(text, pieces)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are single clauses by nature."""
        return training_data
