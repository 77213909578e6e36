"""Trains the model on he/ and en/ into models/comeback.tar.gz. Run by `comeback nlu train`.

Uses Rasa's own training; only the folder is put together here: the examples, and those that are
made of them.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path

import yaml
from examples import LANGUAGES, joined_examples, read_examples

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
        write_joined(Path(folder) / "joined.yml")
        made = train_nlu(
            "config.yml", folder, "models", fixed_model_name=MODEL, domain="domain.yml"
        )
    if made is None:
        raise SystemExit("no model was made; the lines above say why")


def write_joined(path: Path) -> None:
    """Write examples of several options in one breath, as Rasa reads them."""
    made = joined_examples(read_examples(PROJECT))
    rows = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in made.items()
    ]
    document = {"version": "3.1", "nlu": rows}
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")


if __name__ == "__main__":
    main()
