"""Pipelines of Rasa side by side, trained on our examples and asked the same messages.

python -m bench.understanding [--only NAME ...] [--quick] [--folder FOLDER]

Every pipeline of bench/pipelines, and the one in use, is trained on nlu_data/he and nlu_data/en
in a copy of the project. Then all are served at once and asked in turn, several rounds, so that a
busy moment of the machine hits them alike. BANKING77 checks that our components are wired right:
the exit status is 1 where it fails. All of it takes hours, nearly all of them for the training of
`default`; --quick shows in minutes whether it works, --only leaves out what isn't wanted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from advisor.catalog import Catalog, load_catalog
from advisor.errors import ComebackError
from advisor.model import Kind
from bench import banking
from bench.measures import Document, Held, area, best, best_option, held_out, quantile, scope
from bench.projects import CONFIG, copied, served, shortened, trained
from bot.understanding.scoring import Share
from comeback.evaluate import DEVELOPMENT_SET, read_rows
from comeback.nlu import python_of
from comeback.settings import Settings

PIPELINES = Path(__file__).parent / "pipelines"
OURS = "ours"
BANKING = "banking77"
ROUNDS = 3
QUICK_MESSAGES = 60


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of one pipeline. Times are medians over rounds, in milliseconds."""

    name: str
    intents: Share
    options: Share
    scope: float
    median: float
    p95: float
    megabytes: float
    training: float
    """Seconds of processor, the start of Rasa included."""


def names() -> list[str]:
    """All that can be measured."""
    return [*sorted(path.stem for path in PIPELINES.glob("*.yml")), OURS, BANKING]


def config_of(name: str, real: Path) -> Path:
    """The settings of a pipeline."""
    return real / CONFIG if name == OURS else PIPELINES / f"{name}.yml"


def result_of(
    name: str,
    catalog: Catalog,
    messages: Sequence[Held],
    documents: Sequence[Document],
    rounds: Sequence[Sequence[float]],
    megabytes: float,
    training: float,
) -> Result:
    """Put together what one pipeline said to the messages, and how long each round's took."""
    pairs = list(zip(messages, documents, strict=True))
    asked = [
        best_option(d, m.want.topic, catalog.slots[m.want.topic].kind is Kind.CHOICES)
        == m.want.rest
        for m, d in pairs
        if m.asked
    ]
    return Result(
        name,
        Share("intents", sum(best(d) == m.want for m, d in pairs), len(pairs)),
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
    for title in ("intent", "option of the question", "out of scope, area"):
        table.add_column(title, justify="right")
    for title in ("parse ms, median", "95th", "MB", "training, s of CPU"):
        table.add_column(title, justify="right")
    for result in results:
        table.add_row(
            result.name,
            share(result.intents),
            share(result.options),
            f"{result.scope:.3f}",
            f"{result.median:.1f}",
            f"{result.p95:.1f}",
            f"{result.megabytes:.0f}",
            f"{result.training:.0f}",
        )
    return table


def share(found: Share) -> str:
    """A share with its 95 % interval."""
    low, high = found.interval
    return f"{found.value:.3f} ({low:.2f}-{high:.2f})"


async def measured(
    catalog: Catalog,
    projects: Mapping[str, Path],
    training: Mapping[str, float],
    messages: Sequence[Held],
    rounds: int,
) -> list[Result]:
    """Serve trained pipelines all at once and ask each in turn."""
    texts = [message.text for message in messages]
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(served(p, texts)) for p in projects.values()]
        asked = [[await server.ask_all(texts) for server in servers] for _ in range(rounds)]
        return [
            result_of(
                name,
                catalog,
                messages,
                asked[0][index][0],
                [answers[index][1] for answers in asked],
                servers[index].megabytes,
                training[name],
            )
            for index, name in enumerate(projects)
        ]


def compare(options: argparse.Namespace, real: Path, folder: Path, console: Console) -> None:
    """Train, serve and ask the pipelines that were chosen; print the table."""
    catalog = load_catalog()
    messages = held_out(catalog, read_rows(DEVELOPMENT_SET))
    messages = messages[-QUICK_MESSAGES:] if options.quick else messages
    projects: dict[str, Path] = {}
    training: dict[str, float] = {}
    for name in [name for name in options.only if name != BANKING]:
        console.print(f"Training {name} ...")
        projects[name] = copied(real, folder / name, config_of(name, real))
        if options.quick:
            shortened(projects[name])
        training[name] = trained(projects[name])
    rounds = 1 if options.quick else ROUNDS
    results = asyncio.run(measured(catalog, projects, training, messages, rounds))
    outside = sum(not message.in_scope for message in messages)
    console.print(f"\n{len(messages)} messages, {outside} of them out of scope\n")
    console.print(table_of(results))


def run(options: argparse.Namespace, folder: Path, console: Console) -> int:
    """Measure what was chosen in copies under `folder`; the exit status. Raises ComebackError where
    Rasa's environment is missing or a pipeline can't be trained or served."""
    real = Settings().nlu_project.resolve()
    python_of(real)
    if set(options.only) - {BANKING}:
        compare(options, real, folder, console)
    if BANKING not in options.only:
        return 0
    console.print(
        f"BANKING77, ten examples an intent; {banking.ENOUGH} with the published embedding"
    )
    for featurizer in (banking.OURS, banking.PUBLISHED):
        found = asyncio.run(banking.accuracy(real, folder / f"{BANKING}-{featurizer}", featurizer))
        console.print(f"  {found.name}: {share(found)}")
    return 0 if found.value >= banking.ENOUGH else 1


def arguments() -> argparse.Namespace:
    """What the caller wants."""
    parser = argparse.ArgumentParser(prog="python -m bench.understanding")
    parser.add_argument("--only", nargs="+", choices=names(), default=names(), metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="see that it works: no figures")
    parser.add_argument("--folder", type=Path, help="keep the copies here, and use them again")
    return parser.parse_args()


def main() -> int:
    """Print the table. One thread for each pipeline, so that figures can be compared."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    options, console = arguments(), Console(highlight=False, width=140)
    try:
        if options.folder:
            return run(options, options.folder, console)
        with tempfile.TemporaryDirectory() as folder:
            return run(options, Path(folder), console)
    except ComebackError as error:
        console.print(str(error), markup=False)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
