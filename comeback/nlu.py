"""The Rasa model: train it when something changed, serve it, and end it with us.

Rasa lives in an environment of its own, so both happen in a process of that environment.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from advisor.errors import ComebackError

HOST = "127.0.0.1"
MODEL = Path("models/comeback.tar.gz")
MARK = Path("models/comeback.made-from")
LOG = Path(".cache/server.log")
SOURCES = (
    "he/**/*.yml",
    "en/**/*.yml",
    "together/*.yml",
    "*.yml",
    "components/*",
    "encoder/*",
    "examples.py",
    "messages.py",
    "train.py",
    "training.py",
    "requirements.txt",
)
QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    # What was needed to load the model goes back to the system: 32 MB, at no cost in time.
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "OMP_WAIT_POLICY": "PASSIVE",  # spinning threads of the embedding starve a busy machine
}
"""TensorFlow is imported whatever the pipeline, and telemetry would try the network."""
PATIENCE = 10.0
"""Seconds that a server gets to end by itself."""


def python_of(project: Path) -> Path:
    """The interpreter of the project's environment. Raises ComebackError where there is none."""
    python = project.resolve() / ".venv" / "bin" / "python"
    if not python.exists():
        raise ComebackError("Rasa's environment is missing: run make chat, which sets it up")
    return python


def environment(project: Path, threads: int) -> dict[str, str]:
    """Variables for a process of the project; the caller's own settings win. Threads of one
    embedding wait for each other, so more than one is slower wherever cores are shared."""
    fixed = {**QUIET, "PYTHONPATH": str(project.resolve()), "OMP_NUM_THREADS": str(threads)}
    compiled = {"PYTHONDONTWRITEBYTECODE": ""}  # Rasa loads far faster from compiled files
    return {**fixed, **os.environ, **compiled, "PYTHONPATH": str(project.resolve())}


def sources(project: Path) -> Iterator[Path]:
    """Every file that the model depends on, in a fixed order."""
    found = {path for pattern in SOURCES for path in project.glob(pattern) if path.is_file()}
    return iter(sorted(path for path in found if path.suffix != ".pyc"))


def fingerprint(project: Path) -> str:
    """A hash of examples, settings and components."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sources(project):
        digest.update(str(path.relative_to(project)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_trained(project: Path) -> bool:
    """Whether the model is there and made from what is there now."""
    mark = project / MARK
    return (project / MODEL).exists() and mark.exists() and mark.read_text() == fingerprint(project)


def train(project: Path, force: bool = False) -> bool:
    """Train the model unless it is up to date; True where it was trained. Shows progress."""
    if is_trained(project) and not force:
        return False
    made_from = fingerprint(project)
    print(
        "Training the model that reads messages; the first time takes some minutes.",
        file=sys.stderr,
    )
    done = subprocess.run(
        [python_of(project), "train.py"],
        cwd=project,
        env=environment(project, os.cpu_count() or 1),
        check=False,
    )
    if done.returncode:
        raise ComebackError("the model could not be trained; the lines above say why")
    (project / MARK).write_text(made_from)
    return True


def serve(project: Path, port: int) -> None:
    """Run the server in the foreground until stopped."""
    command = server_command(project, port)
    print(f"Serving on http://{HOST}:{port}; stop with Ctrl-C.", file=sys.stderr)
    with suppress(KeyboardInterrupt):
        subprocess.run(command, cwd=project, env=environment(project, 1), check=False)


def server_command(project: Path, port: int) -> list[str]:
    """What starts a server. Raises ComebackError where no model was trained."""
    if not (project / MODEL).exists():
        raise ComebackError("no model is trained yet: run comeback nlu train")
    return [str(python_of(project)), "serve.py", str(port)]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class NluServer:
    """A Rasa server of our own while the context lasts. It loads for 15-30 s after the start;
    `RasaClient.ready` waits for that."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.url = ""
        self.process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> NluServer:
        port = free_port()
        command = server_command(self.project, port)
        log = self.project / LOG
        log.parent.mkdir(exist_ok=True)
        with log.open("wb") as out:
            self.process = await asyncio.create_subprocess_exec(
                *command,
                cwd=self.project,
                env=environment(self.project, 1),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.url = f"http://{HOST}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), PATIENCE)
            except TimeoutError:
                self.process.kill()
                await self.process.wait()
