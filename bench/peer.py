"""A plain Rasa bot that asks our core questions: one form, rules, buttons and free text, over its
REST channel, with its conversations in PostgreSQL. What it is made of is written from our content.

    python -m bench.peer FOLDER      writes and trains it
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from advisor.catalog import Catalog, load_catalog
from advisor.model import Slot
from comeback.nlu import environment, python_of
from comeback.settings import Settings

EPOCHS = 20
START = ["hello", "hi", "start", "good morning", "let's begin", "hey there"]
STOP = ["stop", "cancel", "enough", "leave it", "no more questions", "quit"]
PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3},
]
"""The one that `rasa init` writes, with fewer epochs and without what answers small talk."""


def examples(catalog: Catalog, slot: Slot) -> list[str]:
    """Messages that name an option, marked as Rasa wants it."""
    labels = catalog.question("en", slot.id).get("options", {})
    marked = (
        f'[{text}]{{"entity": "{slot.id}", "value": "{option}"}}'
        for option, text in labels.items()
        if option in slot.options
    )
    return [frame.format(each) for each in marked for frame in ("{}", "it's {}", "I think {}")]


def files(catalog: Catalog) -> dict[str, Any]:
    """The project, by the names of its files."""
    core = list(catalog.core())
    informing = [example for slot in core for example in examples(catalog, slot)]
    intents = {"start": START, "stop": STOP, "inform": informing}
    return {
        "config.yml": {
            "recipe": "default.v1",
            "assistant_id": "peer",
            "language": "en",
            "pipeline": PIPELINE,
            "policies": [{"name": "RulePolicy"}],
        },
        "endpoints.yml": {},
        "credentials.yml": {"rest": None},
        "data/nlu.yml": {
            "version": "3.1",
            "nlu": [
                {"intent": name, "examples": "".join(f"- {text}\n" for text in texts)}
                for name, texts in intents.items()
            ],
        },
        "data/rules.yml": {"version": "3.1", "rules": rules()},
        "domain.yml": domain(catalog, core, list(intents)),
    }


def rules() -> list[dict[str, Any]]:
    """Begin the form, and end it."""
    return [
        {
            "rule": "begin",
            "steps": [{"intent": "start"}, {"action": "interview"}, {"active_loop": "interview"}],
        },
        {
            "rule": "end",
            "condition": [{"active_loop": "interview"}],
            "steps": [
                {"action": "interview"},
                {"active_loop": None},
                {"slot_was_set": [{"requested_slot": None}]},
                {"action": "utter_done"},
            ],
        },
    ]


def domain(catalog: Catalog, core: list[Slot], intents: list[str]) -> dict[str, Any]:
    """Slots, questions and the form."""
    return {
        "version": "3.1",
        "intents": intents,
        "entities": [slot.id for slot in core],
        "slots": {slot.id: slot_of(slot) for slot in core},
        "forms": {"interview": {"required_slots": [slot.id for slot in core]}},
        "responses": {
            "utter_done": [{"text": "Thank you."}],
            **{f"utter_ask_{slot.id}": [question(catalog, slot)] for slot in core},
        },
    }


def slot_of(slot: Slot) -> dict[str, Any]:
    """Options by entity, everything else by the text."""
    asked = [{"active_loop": "interview", "requested_slot": slot.id}]
    by_text = {"type": "from_text", "not_intent": ["stop"], "conditions": asked}
    by_entity = {"type": "from_entity", "entity": slot.id}
    return {
        "type": "text",
        "influence_conversation": False,
        "mappings": [by_entity] if slot.options else [by_entity, by_text],
    }


def question(catalog: Catalog, slot: Slot) -> dict[str, Any]:
    """What is asked, with buttons."""
    wording = catalog.question("en", slot.id)
    labels = wording.get("options", {})
    return {
        "text": wording["ask"],
        "buttons": [{"title": labels.get(o, o), "payload": press(slot, o)} for o in slot.options],
    }


def press(slot: Slot, option: str) -> str:
    """What a button sends; Rasa reads it without a model."""
    return f'/inform{{"{slot.id}": "{option}"}}'


def write(folder: Path) -> None:
    """The project's files."""
    for name, content in files(load_catalog()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


def train(folder: Path) -> None:
    """Write and train it, in Rasa's own environment."""
    write(folder)
    project = Settings().nlu_project
    subprocess.run(
        [python_of(project), "-m", "rasa", "train", "--quiet", "--fixed-model-name", "peer"],
        cwd=folder,
        env=environment(project, 1),
        check=True,
    )


if __name__ == "__main__":
    train(Path(sys.argv[1]))
