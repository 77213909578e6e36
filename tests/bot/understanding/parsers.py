"""Parsers that stand in for Rasa, and a reader that asks them."""

from collections.abc import Mapping, Sequence
from copy import copy

from advisor.catalog import Catalog
from bot.understanding.parsed import Parsed, Segment
from bot.understanding.reader import MessageReader, Parser

Scores = Mapping[str, float]


class Away:
    """Rasa is not there."""

    available = False

    async def parse(self, text: str) -> Parsed | None:
        return None


class Says:
    """Rasa says the same of every message: segments as (piece of the text, topics, options), whose
    words speak of the same topics where they stand."""

    available = True

    def __init__(
        self,
        topics: Scores,
        options: Mapping[str, Scores] | None = None,
        targets: Mapping[str, Scores] | None = None,
        clauses: Sequence[tuple[str, Scores, Mapping[str, Scores]]] = (),
    ) -> None:
        self.topics = topics
        self.options = options or {}
        self.targets = targets or {}
        self.clauses = clauses

    async def parse(self, text: str) -> Parsed | None:
        clauses = []
        for piece, topics, options in self.clauses:
            start = text.index(piece)
            clauses.append(Segment(start, start + len(piece), topics, options, said=topics))
        whole = Segment(0, len(text), self.topics, self.options, self.targets, self.topics)
        return Parsed(whole, tuple(clauses))


READERS: list[MessageReader] = []
"""The one that was put together; it keeps nothing of what it reads, and takes a while to make."""


def reader_with(catalog: Catalog, parser: Parser) -> MessageReader:
    """A reader that asks a parser."""
    if not READERS or READERS[0].catalog is not catalog:
        READERS[:] = [MessageReader(catalog, Away())]
    reader = copy(READERS[0])
    reader.parser = parser
    return reader
