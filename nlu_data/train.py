"""Trains the model on he/ and en/ into models/comeback.tar.gz. Run by `comeback nlu train`.

Uses Rasa's own training; only the folder is put together here: the examples, those that are made of
them, and what the messages of together/ state.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from collections import defaultdict
from pathlib import Path
from typing import Dict, List

import yaml
from components.labels import name_of
from examples import LANGUAGES, joined_examples, read_examples
from messages import read_messages, statements

PROJECT = Path(__file__).resolve().parent
MODEL = "comeback"


def main() -> None:
    """Train, with progress on standard error."""
    os.chdir(PROJECT)
    warnings.showwarning = lambda *_, **__: None  # those of Rasa's libraries, which are no news
    logging.basicConfig(format="%(message)s")
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)
    print("Reading the examples ...", file=sys.stderr)
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            (Path(folder) / language).symlink_to(PROJECT / language)
        write(joined_examples(read_examples(PROJECT)), Path(folder) / "joined.yml")
        write(stated_in_messages(), Path(folder) / "stated.yml")
        made = train_nlu(
            "config.yml", folder, "models", fixed_model_name=MODEL, domain="domain.yml"
        )
    if made is None:
        raise SystemExit("no model was made; the lines above say why")


def stated_in_messages() -> Dict[str, List[str]]:
    """By intent: what the messages of together/ state."""
    found: Dict[str, List[str]] = defaultdict(list)
    for example in statements(read_messages(PROJECT)):
        found[name_of(example.label)].append(example.text)
    return found


def write(made: Dict[str, List[str]], path: Path) -> None:
    """Write examples by intent, as Rasa reads them."""
    rows = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in made.items()
    ]
    document = {"version": "3.1", "nlu": rows}
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")


if __name__ == "__main__":
    main()
