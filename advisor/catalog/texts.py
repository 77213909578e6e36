"""All wording of a language: text/<language>/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from advisor.catalog.files import read_yaml


def read_texts(folder: Path) -> dict[str, Any]:
    """All wording of a language: `questions`, `actions` and `drafts` by id, every other file by
    its name."""
    texts: dict[str, Any] = {"questions": {}, "actions": {}, "drafts": {}}
    for path in sorted(folder.glob("*/*.yml")):
        texts[path.parent.name].update(read_yaml(path))
    for path in sorted(folder.glob("*.yml")):
        texts[path.stem] = read_yaml(path)
    return texts
