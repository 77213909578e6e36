"""Builds the images of the Dockerfiles without a container engine, each step in a Debian root, and
starts what they start, as the user that they name.

    sudo .venv/bin/python tests/containers/images.py [--root FOLDER] [--only app|nlu]

The steps are those of the Dockerfiles themselves: FROM, RUN, COPY, ENV, USER, WORKDIR, ENTRYPOINT,
CMD and HEALTHCHECK are read and done; anything else but EXPOSE is refused. What differs from an
engine: the base is made by debootstrap, with Debian's Python 3.11 (for Rasa: with the Python 3.10
that its environment here was made with) instead of the official image's; nothing isolates network
and processes; there are no layers. Needs root and debootstrap.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests")]
BASE = "ca-certificates,python3.11,python3-pip,python3.11-venv"
NETWORK = {n: v for n, v in os.environ.items() if re.match("PIP_|UV_|SSL_|.*_proxy", n, re.I)}
"""How this machine reaches packages; only RUN sees it, as it would an engine's build arguments."""
LENT = ("etc/resolv.conf", "etc/hosts", "etc/ssl/certs/ca-certificates.crt")
"""Files that a root takes from this machine, to reach the network as it does."""
MOUNTS = {"proc": "proc", "sys": "sysfs", "dev/shm": "tmpfs"}
VARIABLE = re.compile(r"\$\{?(\w+)\}?")


@dataclass(slots=True)
class Image:
    """A root and how to start something in it."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": os.defpath})
    user: str = "root"
    folder: str = "/"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def start(self, command: list[str], mute: bool = False, **more: str) -> subprocess.Popen[bytes]:
        """Start a command as the image's user; `mute` keeps what it writes from being seen."""
        variables = [f"{name}={value}" for name, value in {**self.environment, **more}.items()]
        inner = f"cd {self.folder} && exec {shlex.join(command)}"
        enter = ["chroot", f"--userspec={self.user}", str(self.root), "/usr/bin/env", "-i"]
        begin = shlex.join([*enter, *variables, "/bin/sh", "-c", inner])
        script = ["unshare", "--mount", "/bin/sh", "-ec", self.mounted(begin)]
        return subprocess.Popen(script, stderr=subprocess.DEVNULL if mute else None)

    def mounted(self, begin: str) -> str:
        """A script that begins with what an engine mounts, seen by nobody else and gone with it."""
        lines = [f"mount -t {kind} {kind} {self.root / at}" for at, kind in MOUNTS.items()]
        return "\n".join([*lines, f"exec {begin}"])

    def run(self, command: list[str], **more: str) -> int:
        """Run a command to its end; its status."""
        return self.start(command, **more).wait()


def steps(dockerfile: Path) -> list[tuple[str, str]]:
    """Instructions with what follows them, lines put together."""
    lines = [line for line in dockerfile.read_text().splitlines() if not line.startswith("#")]
    text = "\n".join(lines).replace("\\\n", " ")
    return [
        (word, rest.strip())
        for word, _, rest in (row.partition(" ") for row in text.split("\n"))
        if word
    ]


def make(dockerfile: Path, base: Path, folder: Path) -> Image:
    """Do every step; the last stage."""
    stages: dict[str, Image] = {}
    image = Image(base)
    for word, rest in steps(dockerfile):
        print(f"{dockerfile.parent.name}: {word} {rest[:90]}", flush=True)
        match word:
            case "FROM":
                name = rest.partition(" AS ")[2] or "last"
                image = stages[name] = Image(folder / name)
                subprocess.run(["cp", "-a", base, image.root], check=True)
                image.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
            case "RUN":
                if image.run(["/bin/sh", "-ec", rest], HOME="/tmp", **NETWORK):
                    raise SystemExit(f"failed: RUN {rest}")
            case "COPY":
                copy(image, rest, dockerfile.parent, stages)
            case "ENV":
                for pair in shlex.split(rest):
                    name, _, value = pair.partition("=")
                    known = image.environment
                    known[name] = VARIABLE.sub(lambda m, known=known: known.get(m[1], ""), value)
            case "USER":
                image.user = rest
            case "WORKDIR":
                image.folder = rest
                (image.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "ENTRYPOINT":
                image.entrypoint = json.loads(rest)
            case "CMD":
                image.command = json.loads(rest)
            case "HEALTHCHECK":
                image.health = json.loads(rest.partition("CMD ")[2])
            case "EXPOSE":
                pass
            case _:
                raise SystemExit(f"{word} is not known here")
    return image


def copy(image: Image, rest: str, context: Path, stages: dict[str, Image]) -> None:
    """COPY from the context, without what .dockerignore names, or from another stage."""
    options = [each for each in rest.split() if each.startswith("--")]
    *names, target = [each for each in rest.split() if not each.startswith("--")]
    stage = next((each.partition("=")[2] for each in options if each.startswith("--from")), None)
    source = stages[stage].root if stage else context
    left_out = (context / ".dockerignore").read_text().split() if stage is None else []
    where = image.root / os.path.join(image.folder, target).lstrip("/")

    def ignored(folder: str, found: list[str]) -> set[str]:
        at = Path(folder).relative_to(source)
        return {n for n in found if any(matches(str(at / n), pattern) for pattern in left_out)}

    for name in names:
        path = source / name.lstrip("/")
        if path.is_dir():
            shutil.copytree(path, where, symlinks=True, ignore=ignored, dirs_exist_ok=True)
        else:
            into = where / path.name if where.is_dir() or target.endswith("/") else where
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, into)
    owner = next((each.partition("=")[2] for each in options if each.startswith("--chown")), None)
    if owner:
        image_user = image.root / where.relative_to(image.root)
        subprocess.run(
            ["chroot", image.root, "chown", "-R", owner, f"/{image_user.relative_to(image.root)}"],
            check=True,
        )


def matches(path: str, pattern: str) -> bool:
    """Whether a line of .dockerignore names a path."""
    return fnmatch(path, pattern) or fnmatch(f"/{path}", pattern.replace("**", "*"))


def healthy(image: Image, process: subprocess.Popen[bytes], patience: float, **more: str) -> None:
    """Wait until the image's own health check says yes."""
    end = time.monotonic() + patience
    while image.start(image.health, mute=True, **more).wait():
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit("never healthy")
        time.sleep(1)


def python_into(base: Path, version: str) -> None:
    """Make the root's `python` that of the official images' version, and lend it what it needs."""
    for name in LENT:
        shutil.copy(f"/{name}", base / name)
    local = base / "usr/local/bin"
    for name in ("python", "python3"):
        (local / name).unlink(missing_ok=True)
        (local / name).symlink_to(f"/usr/bin/python{version}")
    for marker in base.glob("usr/lib/python3*/EXTERNALLY-MANAGED"):
        marker.unlink()  # the official images have none


def app(base: Path, folder: Path) -> None:
    """The program's image: every role of it, on a PostgreSQL."""
    from databases import running_postgres

    image = make(ROOT / "Dockerfile", base, folder)
    assert image.user != "root"
    with running_postgres() as postgres, postgres.database() as url:
        socket = Path(postgres.folder)
        inside = image.root / "run/postgres"
        inside.mkdir()
        subprocess.run(["chmod", "755", *map(str, [socket, *socket.parents][:-1])], check=True)
        subprocess.run(["mount", "--bind", socket, inside], check=True)
        settings = {
            "COMEBACK_DATABASE_URL": url.replace(str(socket), "/run/postgres"),
            "COMEBACK_NLU_URL": "http://127.0.0.1:9",
            "COMEBACK_TELEGRAM_TOKEN": "7:synthetic",
            "COMEBACK_TELEGRAM_API": "http://127.0.0.1:9",
            "COMEBACK_WEBHOOK_SECRET": "synthetic",
            "COMEBACK_PUBLIC_URL": "https://bot.example.org",
            "COMEBACK_HOST": "127.0.0.1",
            "COMEBACK_PORT": "18080",
        }
        try:
            if image.run([*image.entrypoint, "db", "upgrade"], **settings):
                raise SystemExit("db upgrade failed")
            roles = {
                "serve": [*image.entrypoint, *image.command],
                "worker": [*image.entrypoint, "worker"],
                "console": [*image.entrypoint, "console", "--port", "18081"],
            }
            for role, command in roles.items():
                own = {**settings, "COMEBACK_WORKER_PORT": "18082"}
                process = image.start(command, **own)
                try:
                    if role == "serve":
                        healthy(image, process, 90, **own)
                    else:
                        time.sleep(10)
                        assert process.poll() is None, f"{role} ended"
                finally:
                    process.terminate()
                print(f"{role}: started as {image.user}, ended with {process.wait(60)}")
        finally:
            subprocess.run(["umount", inside], check=True)


def of_rasa() -> Path:
    """The folder of the Python that Rasa's environment on this machine was made with."""
    written = (ROOT / "nlu_data" / ".venv" / "pyvenv.cfg").read_text()
    return Path(re.findall(r"^home = (.+)$", written, re.MULTILINE)[0]).parent


def nlu(base: Path, folder: Path, python: Path) -> None:
    """Rasa's image: built, trained and healthy, and what the doctor says of it."""
    from advisor.catalog import load_catalog
    from comeback.peers import rasa

    own = folder / "base310"
    subprocess.run(["cp", "-a", base, own], check=True)
    subprocess.run(["cp", "-a", f"{python}/.", own / "usr/local"], check=True)
    shutil.rmtree(own / "usr/local/lib/python3.10/site-packages")
    subprocess.run(["chroot", own, "ldconfig"], check=True)
    for name in ("python", "python3"):
        (own / "usr/local/bin" / name).unlink(missing_ok=True)
        (own / "usr/local/bin" / name).symlink_to("python3.10")
    subprocess.run(["chroot", own, "python", "-m", "ensurepip", "--upgrade"], check=True)
    image = make(ROOT / "nlu_data" / "Dockerfile", own, folder)
    assert image.user != "root"
    began = time.monotonic()
    process = image.start(image.command)
    try:
        healthy(image, process, 300)
        print(f"nlu: healthy after {time.monotonic() - began:.0f} s", flush=True)
        print(*asyncio.run(rasa(load_catalog(), "http://127.0.0.1:5005")), flush=True)
    finally:
        process.terminate()
    print(f"nlu: started as {image.user}, ended with {process.wait(60)}")


def main() -> None:
    """Make the base unless it is there, then the images."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--root", type=Path, default=ROOT / ".state" / "bookworm")
    options.add_argument("--only", choices=["app", "nlu"])
    chosen = options.parse_args()
    if not chosen.root.exists():
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={BASE}", "bookworm", chosen.root],
            check=True,
        )
    python_into(chosen.root, "3.11")
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        os.chmod(folder, 0o755)  # the images' users walk through it
        if chosen.only != "nlu":
            (Path(folder) / "app").mkdir()
            app(chosen.root, Path(folder) / "app")
        if chosen.only != "app":
            (Path(folder) / "nlu").mkdir()
            nlu(chosen.root, Path(folder) / "nlu", of_rasa())


if __name__ == "__main__":
    main()
