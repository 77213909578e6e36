"""The console's wording: files of the same keys in each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from advisor.catalog import read_yaml
from advisor.model import LANGUAGES

TEXT = Path(__file__).parent / "text"


@cache
def load_texts(folder: Path = TEXT) -> Mapping[str, Mapping[str, Any]]:
    """All wording by language and file. Raises ContentError where a file can't be read."""
    return {
        language: {path.stem: read_yaml(path) for path in sorted((folder / language).glob("*.yml"))}
        for language in LANGUAGES
    }
