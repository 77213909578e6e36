"""What the documents name exists: commands, options, settings, targets, files and headings."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from comeback.command import app
from comeback.secrets import SUFFIX
from comeback.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
COMMAND = re.compile(r"\bcomeback ([a-z]+)((?: (?:[a-z]+|\|))*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
SETTING = re.compile(rf"\b{PREFIX}[A-Z][A-Z_]*\b")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)\b")
MADE_LATER = ("models/", ".venv", ".state", ".tools", ".cache")
"""Folders that setting up makes."""
PASSED_OVER = re.compile(r"\.|models$|__pycache__$")
FILE = re.compile(r"[\w.<>*…{},-]*/[\w./<>*…{},-]*|[\w-]+\.(?:py|yml|yaml|toml|md|json|txt)")

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def code(path: Path) -> Iterator[str]:
    """Lines of code blocks, and what stands in backticks."""
    fenced = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            yield line.strip()
        else:
            yield from SPAN.findall(line)


def commands() -> TyperGroup:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def named(group: TyperGroup, first: str, rest: str) -> list[Any]:
    """The command, or each of several ('nlu train | test'). Raises KeyError where there is none."""
    command = group.commands[first]
    if not isinstance(command, TyperGroup):
        return [command]
    return [command.commands[name] for name in re.findall(r"[a-z]+", rest)] or [command]


@each_document
def test_commands_and_their_options_exist(path: Path) -> None:
    for line in code(path):
        for found in COMMAND.finditer(line):
            if line[: found.start()].endswith(("/", "-m ", "#")):
                continue
            meant = named(commands(), *found.groups())
            options = {option for command in meant for p in command.params for option in p.opts}
            written = line[found.end() :].split("  ")[0]
            assert set(OPTION.findall(written)) <= options, line


@each_document
def test_settings_exist(path: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    known |= {name + SUFFIX for name in known}
    assert set(SETTING.findall(path.read_text(encoding="utf-8"))) <= known


def test_messages_name_settings_that_exist() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for path in (*ROOT.glob("advisor/**/*.py"), *ROOT.glob("bot/**/*.py")):
        assert set(SETTING.findall(path.read_text(encoding="utf-8"))) <= known, path


def test_every_setting_is_told_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert PREFIX + name.upper() in text


def test_every_command_is_told_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in commands().commands:
        assert f"comeback {name}" in text


@each_document
def test_targets_of_make_exist(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for line in code(path):
        assert set(TARGET.findall(line)) <= targets, line


def test_messages_name_targets_of_make_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for path in ROOT.glob("comeback/*.py"):
        asked_for = re.findall(r"run make ([a-z-]+)", path.read_text(encoding="utf-8"))
        assert set(asked_for) <= targets, path


@each_document
def test_files_in_backticks_exist(path: Path) -> None:
    for span in SPAN.findall(path.read_text(encoding="utf-8")):
        if not FILE.fullmatch(span) or span.startswith("/") or span.startswith(MADE_LATER):
            continue
        assert exists(span), span


@cache
def kept() -> list[str]:
    """Files and folders of the project, without what setting up makes."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name == ".ci" or not PASSED_OVER.match(name)]
        place = "/" + Path(folder).relative_to(ROOT).as_posix().removeprefix(".")
        found += [f"{place.rstrip('/')}/{name}" for name in (*folders, *files)]
    return found


def exists(name: str) -> bool:
    """Whether a path ends so; <…>, {a,b} and … stand for anything."""
    pattern = re.sub(r"<[^>]*>|\{[^}]*\}|…", "*", name).rstrip("/")
    return bool(fnmatch.filter(kept(), f"*/{pattern}"))


@each_document
def test_links_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, heading = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        if heading:
            assert heading in anchors(target), link


def anchors(path: Path) -> set[str]:
    """Headings as links write them."""
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_rules_can_fail(tmp_path: Path) -> None:
    """A document that names what isn't there breaks every rule."""
    bad = tmp_path / "bad.md"
    bad.write_text(
        "`comeback fly` `make fly` COMEBACK_WINGS `advisor/fly.py` [there](fly.md)\n",
        encoding="utf-8",
    )
    for rule in (
        test_commands_and_their_options_exist,
        test_settings_exist,
        test_targets_of_make_exist,
        test_files_in_backticks_exist,
        test_links_lead_somewhere,
    ):
        with pytest.raises((AssertionError, KeyError)):
            rule(bad)
