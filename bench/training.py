"""Training in a process of its own, so that its time and its memory are told apart from others'.

python -m bench.training PROJECT trains a copy unless it was, and leaves what it took beside it.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from advisor.errors import ComebackError
from comeback.nlu import train

USAGE = "training-usage.json"
LOG = "training.log"
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a training took."""

    seconds: float
    """Of processor, the start of Rasa included: the clock would say how busy the machine was."""
    megabytes: float
    """The most memory that it held at any time."""


class TooSlowError(ComebackError):
    """A pipeline wasn't trained in the time that it was given."""


def usage_of(work: Callable[[], object]) -> Usage:
    """What the processes took that some work started and waited for. The memory is that of the
    largest that this process has ever waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Usage(seconds, after.ru_maxrss / unit)


def trained(project: Path, patience: float) -> Usage:
    """Train a copy unless it was; what that took. Raises TooSlowError after `patience`
    seconds, and ComebackError where it fails."""
    command = [sys.executable, "-m", "bench.training", str(project.resolve())]
    with (project / LOG).open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=ROOT, start_new_session=True
        )
    try:
        if process.wait(patience):
            raise ComebackError(f"a pipeline can't be trained: {project / LOG} says why")
    except subprocess.TimeoutExpired as error:
        message = f"not trained after {patience / 60:.0f} minutes: stopped"
        raise TooSlowError(message) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return Usage(**json.loads((project / USAGE).read_text("utf-8")))


def main() -> int:
    """Train, and write what it took."""
    project = Path(sys.argv[1])
    done: list[bool] = []
    try:
        usage = usage_of(lambda: done.append(train(project, not (project / USAGE).exists())))
    except ComebackError as error:
        print(error, file=sys.stderr)
        return 2
    if any(done):
        (project / USAGE).write_text(json.dumps(asdict(usage)), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
