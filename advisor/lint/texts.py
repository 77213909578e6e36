"""The lines of the texts, and what holds for wording in any language: it is there, it is the same
in both languages, and it is tidy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import Any

from advisor.catalog import Catalog
from advisor.lint.fault import Fault
from advisor.model import LANGUAGES

Path = tuple[str, ...]
LONGEST_LABEL = 28
PLURALS = frozenset({"half", "one", "one_half", "two", "many"})
"""Forms of a counted noun; a language has those that it needs."""

UNTIDY = {
    "two spaces in a row": re.compile(r"  "),
    "a space at an end": re.compile(r"^[ \n]|[ \n]$"),
    "a space before a full stop or comma": re.compile(r"\w [.,?!:;](?:\s|$)"),
    "an arrow or a mathematical sign": re.compile(r"[←-⇿≤≥≠≈]|->|=>|<=|>="),
}
BLANK = frozenset({("plan", "status", "measured")})
"""What is said of a number that needs no mark."""
SENTENCES = {
    "questions": frozenset({"ask", "again", "why"}),
    "actions": frozenset({"does", "reasons", "steps", "stop"}),
}
SAME = (("privacy", "version"), ("privacy", "date"))
"""What stands in each language and is no wording."""
ASKS = re.compile(r"\?(\s|$)")
JOINERS = frozenset({("replies", "values", "and"), ("replies", "values", "comma")})
"""Pieces that stand between words and have their spaces for that."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of wording: its language, its place in the texts and its file."""

    language: str
    path: Path
    text: str
    file: str

    @property
    def kind(self) -> str:
        """`questions`, `actions`, or the name of the file."""
        return self.path[0]

    @property
    def where(self) -> str:
        """File and key."""
        return place(self.file, self.path)


def place(file: str, path: Path) -> str:
    """A file with the key inside it."""
    return f"{file} {'.'.join(path[1:])}".strip()


def file_of(catalog: Catalog, language: str, path: Path) -> str:
    """The file that holds a text."""
    kind, name = path[0], path[1] if len(path) > 1 else ""
    if kind == "drafts" and name in catalog.drafts:
        served = ("actions", *catalog.drafts[name].actions)
        return file_of(catalog, language, served).replace("/actions", "/drafts")
    areas: Mapping[str, Any] = {"questions": catalog.slots, "actions": catalog.actions}
    if kind not in areas:
        return f"text/{language}/{kind}.yml"
    thing = areas[kind].get(name)
    return f"text/{language}/{kind}/{thing.area}.yml" if thing else f"text/{language}/{kind}"


def leaves_of(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything in a tree that is no mapping and no list, with its path."""
    if isinstance(tree, Mapping):
        for key, branch in tree.items():
            yield from leaves_of(branch, (*path, str(key)))
    elif isinstance(tree, list):
        for number, branch in enumerate(tree, 1):
            yield from leaves_of(branch, (*path, str(number)))
    else:
        yield path, tree


def lines(catalog: Catalog, *languages: str) -> Iterator[Line]:
    """All wording of these languages, or of every one."""
    for language in languages or LANGUAGES:
        yield from lines_in(catalog, language)


@lru_cache(maxsize=len(LANGUAGES))
def lines_in(catalog: Catalog, language: str) -> tuple[Line, ...]:
    """The wording of one language, made once for all checks of a catalogue."""
    return tuple(
        Line(language, path, leaf, file_of(catalog, language, path))
        for path, leaf in leaves_of(catalog.texts[language])
        if isinstance(leaf, str)
    )


def fields(text: str) -> frozenset[str]:
    """Names of the {fields} in a text; braces that are no fields count as none."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
    except ValueError:
        return frozenset()


def check_parity(catalog: Catalog) -> Iterator[Fault]:
    """The same keys and fields in each language."""
    first, second = LANGUAGES
    left, right = catalog.texts[first], catalog.texts[second]
    yield from compare(catalog, left, right, ())
    for kind, key in SAME:
        if left.get(kind, {}).get(key) != right.get(kind, {}).get(key):
            where = place(file_of(catalog, second, (kind, key)), (kind, key))
            yield Fault(where, f"differs from {first}", "write the same in each language")


def compare(catalog: Catalog, left: Any, right: Any, path: Path) -> Iterator[Fault]:
    """Differences between the two languages below a path."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        for key in sorted(map(str, {*left, *right})):
            if key in left and key in right:
                yield from compare(catalog, left[key], right[key], (*path, key))
            elif not (key in PLURALS and "many" in left and "many" in right):
                lacking = LANGUAGES[key in left]
                file = file_of(catalog, lacking, (*path, key))
                yield Fault(place(file, (*path, key)), "is missing", "translate it")
        return
    file = file_of(catalog, LANGUAGES[0], path)
    if isinstance(left, Mapping | list) != isinstance(right, Mapping | list):
        yield Fault(place(file, path), "differs in shape between languages", "give both one shape")
        return
    mine, other = (fields_below(tree) for tree in (left, right))
    if mine != other:
        odd = ", ".join(f"{{{name}}}" for name in sorted(mine ^ other))
        yield Fault(place(file, path), f"{odd} in one language only", "use it in both")


def fields_below(tree: Any) -> frozenset[str]:
    """Fields of a text, or of all the texts of a list."""
    found = (fields(leaf) for _, leaf in leaves_of(tree) if isinstance(leaf, str))
    return frozenset[str]().union(*found)


def check_leaves(catalog: Catalog) -> Iterator[Fault]:
    """Every piece of wording is a text, filled, with braces that close."""
    for language in LANGUAGES:
        for path, leaf in leaves_of(catalog.texts[language]):
            where = place(file_of(catalog, language, path), path)
            if not isinstance(leaf, str):
                yield Fault(where, f"{leaf!r} is no text", "put it in quotes")
            elif not leaf.strip() and path not in BLANK:
                yield Fault(where, "is empty", "write it, or drop the key")
            elif leaf.count("{") != leaf.count("}"):
                yield Fault(where, "a brace is not closed", "write fields as {name}")
            for key in path:
                if key in ("True", "False"):
                    yield Fault(where, f"the key {key} is no text", "put the key in quotes")


def check_tidiness(catalog: Catalog) -> Iterator[Fault]:
    """Spaces, signs, and the ends of questions and sentences."""
    for line in lines(catalog):
        if line.path in JOINERS:
            continue
        for what, pattern in UNTIDY.items():
            if pattern.search(line.text):
                yield Fault(line.where, what, "write it in plain words and single spaces")
        yield from check_end(line)


def check_end(line: Line) -> Iterator[Fault]:
    """A question asks, and sentences end."""
    if line.kind == "questions" and line.path[-1] == "ask" and not ASKS.search(line.text):
        yield Fault(line.where, "asks without a question mark", "end the question with ?")
    if is_sentence(line) and line.text[-1:] not in ("?", "."):
        yield Fault(line.where, "does not end as a sentence", "end it with ? or .")


def is_sentence(line: Line) -> bool:
    """Whether a line is more than a name."""
    if line.kind in ("insights", "contradictions", "evidence"):
        return True
    if line.kind == "gates":
        return line.path[-1] == "text"
    if line.kind == "findings":
        return line.path[-1] != "name"
    keys = SENTENCES.get(line.kind, frozenset())
    return any(key in keys for key in line.path[2:])


def check_labels(catalog: Catalog) -> Iterator[Fault]:
    """Labels fit a button, and no two things are called the same."""
    for language in LANGUAGES:
        texts = catalog.texts[language]
        for kind, key in (("questions", "label"), ("actions", "name"), ("drafts", "name")):
            names: dict[Path, str] = {
                (kind, name, key): str(row.get(key, name)) for name, row in texts[kind].items()
            }
            yield from check_unique(catalog, language, names)
        for name, row in texts["questions"].items():
            labels: dict[Path, str] = {
                ("questions", name, "options", str(option)): str(label)
                for option, label in row.get("options", {}).items()
            }
            yield from check_unique(catalog, language, labels)
            yield from check_length(catalog, language, labels)


def check_unique(catalog: Catalog, language: str, names: Mapping[Path, str]) -> Iterator[Fault]:
    """No name is there twice."""
    first: dict[str, Path] = {}
    for path, name in names.items():
        earlier = first.setdefault(name.strip().casefold(), path)
        if earlier != path:
            where = place(file_of(catalog, language, path), path)
            yield Fault(where, f"{name!r} is also {'.'.join(earlier[1:])}", "rename one")


def check_length(catalog: Catalog, language: str, labels: Mapping[Path, str]) -> Iterator[Fault]:
    """Labels are short enough for a button."""
    for path, label in labels.items():
        if len(label) > LONGEST_LABEL:
            where = place(file_of(catalog, language, path), path)
            what = f"{len(label)} characters for a button"
            yield Fault(where, what, f"say it in {LONGEST_LABEL}")
