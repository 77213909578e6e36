"""Parsers that stand in for Rasa."""

from collections.abc import Mapping, Sequence

from bot.understanding.parsed import Parsed, Segment

Scores = Mapping[str, float]


class Away:
    """Rasa is not there."""

    available = False

    async def parse(self, text: str) -> Parsed | None:
        return None


class Says:
    """Rasa says the same of every message: segments as (piece of the text, topics, options)."""

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
            clauses.append(Segment(start, start + len(piece), topics, options))
        return Parsed(
            Segment(0, len(text), self.topics, self.options, self.targets), tuple(clauses)
        )
