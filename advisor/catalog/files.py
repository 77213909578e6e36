"""YAML files of content: rows with ids, and faults named with their file."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml

from advisor.errors import ContentError


class Loader(yaml.CSafeLoader):
    """YAML with no key said twice: the plain loader keeps the last one without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping whose keys differ."""
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            raise yaml.constructor.ConstructorError(
                None, None, "a key is there twice", node.start_mark
            )
        return mapping


def read_yaml(path: Path) -> Any:
    """A file's content. Raises ContentError where it is missing or isn't YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    except OSError as error:
        raise ContentError(f"{path}: can't be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise ContentError(f"{path}: is not YAML ({error})") from error


@contextmanager
def rows_of(path: Path) -> Iterator[None]:
    """A row that lacks a key, or holds something else than it should, is a fault of this file."""
    try:
        yield
    except KeyError as error:
        raise ContentError(f"{path}: a row lacks {error}") from error
    except (AttributeError, IndexError, TypeError) as error:
        raise ContentError(
            f"{path}: a row has another shape than docs/content.md ({error})"
        ) from error


class HasId(Protocol):
    """Any row with an id of its own."""

    @property
    def id(self) -> str:
        """What others call it by."""


Row = TypeVar("Row", bound=HasId)


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by their ids. Raises ContentError where two share one."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.id in found:
            raise ContentError(f"{row.id} is there twice; keep one")
        found[row.id] = row
    return found
