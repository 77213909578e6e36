"""Pipelines of Rasa side by side, trained on the same examples and asked the same messages.

python -m bench.understanding [--only NAME ...] [--examples N] [--epochs N] [--patience MIN]
python -m bench.understanding --quick

Every pipeline of bench/pipelines, and the one in use, is trained on so many examples of each intent
in a copy of the project; `ours-all` is the one in use on all of them. Then all are served at once
and asked in turn, several rounds, so that a busy moment of the machine hits them alike. BANKING77
checks that our components are wired right: the exit status is 1 where it fails. A training that
takes longer than --patience is stopped and said to be; --quick shows in minutes whether it works.
Where a pipeline would go over the examples oftener than --epochs, the table says so.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from advisor.catalog import Catalog, load_catalog
from advisor.errors import ComebackError
from bench import banking
from bench.drawing import thinned
from bench.measures import held_out
from bench.projects import CONFIG, copied, limited, served
from bench.results import Questions, Result, result_of, share, table_of
from bench.training import TooSlowError, Usage, trained
from comeback.evaluate import DEVELOPMENT_SET, HELD_OUT_SET, read_rows
from comeback.nlu import python_of
from comeback.settings import Settings

PIPELINES = Path(__file__).parent / "pipelines"
OURS, OURS_PUBLISHED, OURS_ALL = "ours", "ours-published", "ours-all"
BANKING = "banking77"
EXAMPLES = 10
"""Of each intent: so many that a person may wait for the slowest pipeline."""
EPOCHS = 30
"""Rasa's default pipeline knows 99 % of its examples after 13; a hundred take an hour of CPU."""
QUICK_EXAMPLES, QUICK_EPOCHS = 4, 3
MEASURABLE = 2
"""Classifiers want two examples of an intent at least."""
PATIENCE = 30.0
"""Minutes for one training."""
ROUNDS = 3
QUICK_MESSAGES = 60


def names() -> list[str]:
    """All that can be measured."""
    found = sorted(path.stem for path in PIPELINES.glob("*.yml"))
    return [*found, OURS_PUBLISHED, OURS, OURS_ALL, BANKING]


def config_of(name: str, real: Path) -> str:
    """The settings of a pipeline."""
    if name not in (OURS, OURS_PUBLISHED, OURS_ALL):
        return (PIPELINES / f"{name}.yml").read_text("utf-8")
    config = (real / CONFIG).read_text("utf-8")
    return config.replace(banking.OURS, banking.PUBLISHED) if name == OURS_PUBLISHED else config


def asked_of(catalog: Catalog, quick: bool) -> Questions:
    """The messages."""
    developed, unseen = (
        held_out(catalog, read_rows(path)) for path in (DEVELOPMENT_SET, HELD_OUT_SET)
    )
    return Questions(
        *(found[-QUICK_MESSAGES:] if quick else found for found in (developed, unseen))
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A pipeline in a copy of the project, trained, and what it is called in the table."""

    title: str
    project: Path
    training: Usage


def prepared(options: argparse.Namespace, name: str, real: Path, folder: Path) -> tuple[Path, str]:
    """The copy of one pipeline, and what to call it in the table."""
    config, fewer = limited(config_of(name, real), options.epochs)
    project = copied(real, folder / name, config)
    if name != OURS_ALL:
        thinned(project, options.examples)
    return project, f"{name}, {fewer}" if fewer else name


def entries(
    options: argparse.Namespace, real: Path, folder: Path, console: Console
) -> Iterator[Entry]:
    """Pipelines that were chosen, as far as they could be trained in time."""
    for name in options.only:
        if name == BANKING:
            continue
        project, title = prepared(options, name, real, folder)
        console.print(f"Training {title} ...", markup=False)
        try:
            yield Entry(title, project, trained(project, 60 * options.patience))
        except TooSlowError as error:
            console.print(f"  {error}", markup=False)


async def measured(
    catalog: Catalog, chosen: Sequence[Entry], questions: Questions, rounds: int
) -> list[Result]:
    """Serve trained pipelines all at once and ask each in turn."""
    texts = [message.text for message in questions.every]
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(served(entry.project, texts)) for entry in chosen
        ]
        asked = [[await server.ask_all(texts) for server in servers] for _ in range(rounds)]
        return [
            result_of(
                entry.title,
                catalog,
                questions,
                asked[0][index][0],
                [answers[index][1] for answers in asked],
                servers[index].megabytes,
                entry.training,
            )
            for index, entry in enumerate(chosen)
        ]


def compare(options: argparse.Namespace, real: Path, folder: Path, console: Console) -> None:
    """Train, serve and ask the pipelines that were chosen; print the table."""
    catalog = load_catalog()
    chosen = list(entries(options, real, folder, console))
    questions = asked_of(catalog, options.quick)
    rounds = 1 if options.quick else ROUNDS
    results = asyncio.run(measured(catalog, chosen, questions, rounds))
    console.print(f"\n{options.examples} examples of an intent at most; {questions.told}\n")
    console.print(table_of(results))


def run(options: argparse.Namespace, folder: Path, console: Console) -> int:
    """Measure what was chosen in copies under `folder`; the exit status. Raises ComebackError where
    Rasa's environment is missing or a pipeline can't be trained or served."""
    real = Settings().nlu_project.resolve()
    python_of(real)
    begin = time.monotonic()
    if set(options.only) - {BANKING}:
        compare(options, real, folder, console)
    status = 0
    if BANKING in options.only:
        status = check_banking(options, real, folder, console)
    console.print(f"\nAll of it took {(time.monotonic() - begin) / 60:.0f} minutes.")
    return status


def check_banking(options: argparse.Namespace, real: Path, folder: Path, console: Console) -> int:
    """Our components on a public suite; 1 where they read less than they should."""
    console.print(
        f"BANKING77, ten examples an intent; {banking.ENOUGH} with the published embedding"
    )
    for featurizer in (banking.OURS, banking.PUBLISHED):
        project = folder / f"{BANKING}-{featurizer}"
        found = asyncio.run(banking.accuracy(real, project, featurizer, 60 * options.patience))
        console.print(f"  {found.name}: {share(found)}")
    return 0 if found.value >= banking.ENOUGH else 1


def arguments() -> argparse.Namespace:
    """What the caller wants."""
    parser = argparse.ArgumentParser(prog="python -m bench.understanding")
    parser.add_argument("--only", nargs="+", choices=names(), default=names(), metavar="NAME")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="of each intent")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="over the examples, at most")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="minutes a training")
    parser.add_argument("--quick", action="store_true", help="see that it works: no figures")
    parser.add_argument("--folder", type=Path, help="keep the copies here, and use them again")
    options = parser.parse_args()
    if options.quick:
        options.examples, options.epochs = QUICK_EXAMPLES, QUICK_EPOCHS
    if options.examples < MEASURABLE or options.epochs < 1 or options.patience <= 0:
        parser.error(f"--examples is to be {MEASURABLE} or more, the others above 0")
    return options


def main() -> int:
    """Print the table. One thread for each pipeline, so that figures can be compared."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    options, console = arguments(), Console(highlight=False, width=220)
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
