"""What was measured of each pipeline, and the table that shows them side by side."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.table import Table

from advisor.catalog import Catalog
from advisor.model import Kind
from bench.measures import Document, Held, area, best, best_option, quantile, scope
from bench.training import Usage
from bot.understanding.scoring import Share


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of one pipeline. Times are medians over rounds, in milliseconds."""

    name: str
    developed: Share
    """Intents of messages on which our settings were chosen,"""
    unseen: Share
    """and of those whose misreadings nobody looked at."""
    options: Share
    scope: float
    median: float
    p95: float
    megabytes: float
    """Of the server after all messages."""
    training: Usage


@dataclass(frozen=True, slots=True)
class Questions:
    """Messages that pipelines are asked: of the development set, and of the one held out."""

    developed: Sequence[Held]
    unseen: Sequence[Held]

    @property
    def every(self) -> list[Held]:
        """All of them in one order."""
        return [*self.developed, *self.unseen]

    @property
    def told(self) -> str:
        """How many they are, in words."""
        outside = sum(not message.in_scope for message in self.every)
        total = len(self.every)
        return f"{total} messages, {len(self.unseen)} of them unseen, {outside} out of scope"


def result_of(
    name: str,
    catalog: Catalog,
    questions: Questions,
    documents: Sequence[Document],
    rounds: Sequence[Sequence[float]],
    megabytes: float,
    training: Usage,
) -> Result:
    """Put together what one pipeline said to the messages, and how long each round's took."""
    pairs = list(zip(questions.every, documents, strict=True))
    right = [best(d) == m.want for m, d in pairs]
    asked = [
        best_option(d, m.want.topic, catalog.slots[m.want.topic].kind is Kind.CHOICES)
        == m.want.rest
        for m, d in pairs
        if m.asked
    ]
    known = len(questions.developed)
    return Result(
        name,
        Share("developed", sum(right[:known]), known),
        Share("unseen", sum(right[known:]), len(right) - known),
        Share("options", sum(asked), len(asked)),
        area(
            [scope(d) for m, d in pairs if m.in_scope],
            [scope(d) for m, d in pairs if not m.in_scope],
        ),
        statistics.median(statistics.median(times) for times in rounds),
        statistics.median(quantile(times, 0.95) for times in rounds),
        megabytes,
        training,
    )


def table_of(results: Sequence[Result]) -> Table:
    """The results as a table that Markdown takes too."""
    table = Table(box=box.MARKDOWN)
    table.add_column("pipeline", no_wrap=True)
    for title in ("intent", "intent, unseen", "option of the question", "out of scope, area"):
        table.add_column(title, justify="right")
    for title in ("parse ms, median", "95th", "MB", "training, s of CPU", "MB at most"):
        table.add_column(title, justify="right")
    for result in results:
        table.add_row(
            result.name,
            share(result.developed),
            share(result.unseen),
            share(result.options),
            f"{result.scope:.3f}",
            f"{result.median:.1f}",
            f"{result.p95:.1f}",
            f"{result.megabytes:.0f}",
            f"{result.training.seconds:.0f}",
            f"{result.training.megabytes:.0f}",
        )
    return table


def share(found: Share) -> str:
    """A share with its 95 % interval."""
    low, high = found.interval
    return f"{found.value:.3f} ({low:.2f}-{high:.2f})"
