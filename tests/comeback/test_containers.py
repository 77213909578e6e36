"""What the container files name exists. No engine is at hand to run them, so they are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer
import yaml
from typer.core import TyperGroup

from comeback.command import app
from comeback.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent.parent
DOCKERFILES = (ROOT / "Dockerfile", ROOT / "nlu_data" / "Dockerfile")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields}
COPY = re.compile(r"^COPY (?!--from)(?:--\S+ )*(.+) \S+$", re.MULTILINE)


def ours() -> list[dict[str, Any]]:
    return [each for each in COMPOSE["services"].values() if each["image"] == "comeback"]


def has_command(words: list[str]) -> bool:
    group: Any = typer.main.get_command(app)
    for word in words:
        if not isinstance(group, TyperGroup) or word not in group.commands:
            return False
        group = group.commands[word]
    return not isinstance(group, TyperGroup)


def test_commands_of_services_exist() -> None:
    assert len(ours()) == 3
    for service in ours():
        assert has_command(service["command"]), service["command"]
    assert not has_command(["db"])


def test_settings_exist() -> None:
    texts = [path.read_text() for path in (*DOCKERFILES, ROOT / "compose.yaml")]
    named = {name for text in texts for name in re.findall(rf"{PREFIX}[A-Z_]+", text)}
    assert named <= KNOWN
    assert len(named) > 6


def test_what_is_copied_is_there_and_not_left_out() -> None:
    for path in DOCKERFILES:
        ignored = (path.parent / ".dockerignore").read_text().split()
        for found in COPY.findall(path.read_text()):
            for name in found.split():
                assert (path.parent / name).exists(), name
                assert name not in ignored, name


def test_every_package_of_ours_is_in_the_image() -> None:
    copied = " ".join(COPY.findall(DOCKERFILES[0].read_text())).split()
    settings = (ROOT / "pyproject.toml").read_text()
    (packages,) = re.findall(r"^packages = \[(.+)\]$", settings, re.MULTILINE)[:1]
    assert set(re.findall(r'"(\w+)"', packages)) <= set(copied)


def test_nothing_runs_as_root() -> None:
    for path in DOCKERFILES:
        last = path.read_text().rpartition("FROM ")[2]
        assert re.search(r"^USER (?!root)\w+$", last, re.MULTILINE)


def test_services_wait_for_what_they_need() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        for name in service.get("depends_on", {}):
            assert name in services
    assert "healthcheck" in services["postgres"]
