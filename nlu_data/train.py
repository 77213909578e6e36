"""Trains the model on he/ and en/ into models/comeback.tar.gz. Run by `comeback nlu train`.

Uses Rasa's own training; only the folder is put together here, since the project holds an
environment and models beside its examples.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
LANGUAGES = ("he", "en")
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
        made = train_nlu(
            "config.yml", folder, "models", fixed_model_name=MODEL, domain="domain.yml"
        )
    if made is None:
        raise SystemExit("no model was made; the lines above say why")


if __name__ == "__main__":
    main()
