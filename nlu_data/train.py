"""Trains the model on he/ and en/ into models/comeback.tar.gz. Run by `comeback nlu train`.

Uses Rasa's own engine; only the examples are put together here: those that were written, those that
are made of them, and what the messages of together/ state.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections import defaultdict
from pathlib import Path
from typing import Dict, List, Tuple

from components.labels import name_of
from examples import TRADES, joined_examples, read_examples
from messages import read_messages, statements

PROJECT = Path(__file__).resolve().parent
CONFIG = Path("config.yml")
MODEL = Path("models/comeback.tar.gz")


def main() -> None:
    """Train, with progress on standard error."""
    os.chdir(PROJECT)
    warnings.showwarning = lambda *_, **__: None  # those of Rasa's libraries, which are no news
    logging.basicConfig(format="%(message)s")
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)
    print("Reading the examples ...", file=sys.stderr)
    found = all_examples(PROJECT)
    from training import train

    train(found, CONFIG, MODEL)


def all_examples(project: Path) -> Dict[Tuple[str, str], bool]:
    """Text and intent of every example, each once, and whether it only names an option. Heads stop
    before their last digit settles, so the order is part of what a model is made of."""
    listed = dict.fromkeys(read_examples(project, TRADES))
    written = [example for example in read_examples(project) if example not in listed]
    rows = [(e.text, name_of(e.label)) for e in sorted(written, key=lambda e: e.language)]
    for made in (joined_examples(written), stated_in_messages(project)):
        rows += [(text, intent) for intent, texts in made.items() for text in texts]
    found = dict.fromkeys(rows, False)
    for example in listed:
        found.setdefault((example.text, name_of(example.label)), True)
    return found


def stated_in_messages(project: Path) -> Dict[str, List[str]]:
    """By intent: what the messages of together/ state."""
    found: Dict[str, List[str]] = defaultdict(list)
    for example in statements(read_messages(project)):
        found[name_of(example.label)].append(example.text)
    return found


if __name__ == "__main__":
    main()
