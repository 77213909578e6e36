"""The training examples of the Rasa project: what labels there are, and adding one example.

Files are written by hand in one form (a block of `- ` lines under each `- intent:`), so an example
is one more line in its block and the rest of the file stays as it is, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from advisor.catalog import Catalog
from advisor.errors import ComebackError
from advisor.model import LANGUAGES, WITH_OPTIONS, Kind

HEADER = 'version: "3.1"\nnlu:\n'
INTENT = "- intent:"
WORDS = re.compile(r"[^\W_]+")
UNSAFE = re.compile(r"\[[^\]]*\][({]")
"""Rasa would take this for an annotated entity."""


class Labels:
    """Names of intents: `<act>`, `<slot>` for numbers and names, `<slot>.<option>` (several joined
    by +), `change.<slot>`, `language.<code>`."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def usual(self) -> Iterator[str]:
        """Every label but combinations of options."""
        for act in self.catalog.acts:
            if act != "inform":
                yield from [act] if act != "language" else [f"language.{c}" for c in LANGUAGES]
        for slot in self.catalog.slots.values():
            plain = slot.kind not in WITH_OPTIONS
            yield from [slot.id] if plain else [f"{slot.id}.{o}" for o in slot.options]
        yield from (f"change.{slot}" for slot in self.catalog.slots)

    def exists(self, label: str) -> bool:
        """Whether the model can be taught it."""
        return label in set(self.usual()) or self.combines(label)

    def combines(self, label: str) -> bool:
        """Whether it names several options that may hold together."""
        name, _, rest = label.partition(".")
        slot, options = self.catalog.slots.get(name), rest.split("+")
        if slot is None or slot.kind is not Kind.CHOICES or options != sorted(set(options)):
            return False
        return all(option in slot.options for option in options)

    def home(self, label: str) -> Path:
        """The file of a label, below the folder of its language."""
        name = label.partition(".")[0]
        slot = self.catalog.slots.get(name)
        folder = slot.area if slot is not None else "acts"
        return Path(folder) / f"{name}.yml"


class Examples:
    """The examples in a project, of all languages."""

    def __init__(self, project: Path, catalog: Catalog) -> None:
        self.project = project
        self.labels = Labels(catalog)

    def all(self, language: str) -> Iterator[tuple[str, str]]:
        """(label, text) of every example of a language."""
        for path in self.files(language):
            yield from read(path)

    def files(self, language: str) -> list[Path]:
        """A language's files. Raises ComebackError where there are none."""
        found = sorted((self.project / language).rglob("*.yml"))
        if not found:
            raise ComebackError(
                f"{self.project} holds no examples in {language}/: set COMEBACK_NLU_PROJECT"
                " to the Rasa project"
            )
        return found

    def taught(self, language: str, text: str) -> list[str]:
        """Labels that the same words are an example of already."""
        return [label for label, known in self.all(language) if same(known, text)]

    def add(self, language: str, label: str, text: str) -> Path | None:
        """Write an example into the file that it belongs to and give the file; None where it was
        there. Raises ComebackError where the text can't be an example of the label."""
        text = " ".join(text.split())
        check(text)
        others = self.taught(language, text)
        if label in others:
            return None
        if others:
            raise ComebackError(f"the same words are an example of {others[0]} already")
        path = self.project / language / self.labels.home(label)
        before = path.read_text("utf-8") if path.exists() else HEADER
        after = with_example(before, label, text)
        if not holds(after, label, text):
            raise ComebackError(f"{path} isn't written as the other examples are: mend it first")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(after, "utf-8")
        return path


def check(text: str) -> None:
    """Raise ComebackError for a text that Rasa wouldn't take as it is written."""
    if not WORDS.search(text):
        raise ComebackError("an example needs words")
    if UNSAFE.search(text):
        raise ComebackError("an example can't hold [..](..), which marks an entity: leave it out")


def read(path: Path) -> Iterator[tuple[str, str]]:
    """(label, text) of each example in a file; by its lines, as YAML takes seconds for all."""
    label = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(INTENT):
            label = name_in(line)
        elif line.lstrip().startswith("- "):
            yield label, line.lstrip()[2:].strip()


def holds(file: str, label: str, text: str) -> bool:
    """Whether a file's text, read as YAML, has the example."""
    try:
        rows: list[dict[str, Any]] = yaml.safe_load(file)["nlu"]
        found = [row["examples"].splitlines() for row in rows if row["intent"] == label]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        return False
    return any(f"- {text}" in lines for lines in found)


def same(left: str, right: str) -> bool:
    """Whether two texts have the same words, however they are written."""
    return WORDS.findall(left.lower()) == WORDS.findall(right.lower())


def with_example(file: str, label: str, text: str) -> str:
    """A file's text with one more line in the label's block, or a new block at the end."""
    lines = file.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    heads = [i for i, line in enumerate(lines) if line.startswith(INTENT)]
    start = next((i for i in heads if name_in(lines[i]) == label), None)
    if start is None:
        return "".join([*lines, f"- intent: {label}\n  examples: |\n    - {text}\n"])
    end = next((i for i in heads if i > start), len(lines))
    block = [i for i in range(start, end) if lines[i].lstrip().startswith("- ") and i != start]
    place = block[-1] + 1 if block else end
    return "".join([*lines[:place], f"    - {text}\n", *lines[place:]])


def name_in(line: str) -> str:
    """The label of a line `- intent: label`."""
    return line.partition(":")[2].split("#")[0].strip().strip("\"'")
