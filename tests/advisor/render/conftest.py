"""Plans of the example businesses, and Telegram's own reader of its HTML."""

import json
from pathlib import Path

import pytest
from amended import USUAL, amended_view
from tdjson import td_execute

from advisor.answers_file import read_answers
from advisor.model import LANGUAGES
from advisor.planning import make_plan
from advisor.render.view import plan_view

ROOT = Path(__file__).parents[3]
FILES = [
    *sorted((ROOT / "tests" / "data" / "answers").iterdir()),
    *sorted((ROOT / "docs" / "examples").glob("*.yml")),
]


@pytest.fixture(scope="session")
def plans(catalog):
    """A plan for each file of answers."""
    return {path.stem: make_plan(catalog, read_answers(catalog, path)) for path in FILES}


@pytest.fixture(scope="session")
def views(catalog, plans):
    """Each plan worded in each language."""
    return {
        (name, language): plan_view(catalog, plan, language)
        for name, plan in plans.items()
        for language in LANGUAGES
    }


@pytest.fixture(scope="session")
def amended(catalog, plans):
    """The hotel's plan after a consultant worked on it, in each language."""
    return {
        language: amended_view(catalog, plans["hotel"], language, USUAL[language])
        for language in LANGUAGES
    }


@pytest.fixture(scope="session")
def all_views(views, amended):
    """The views, with the amended ones among them."""
    return views | {("amended", language): view for language, view in amended.items()}


@pytest.fixture(scope="session")
def telegram_text():
    """What Telegram shows for a text in its HTML; fails where Telegram would refuse it."""

    def ask(request):
        return json.loads(td_execute(json.dumps(request).encode()) or b"{}")

    def parse(text):
        mode = {"@type": "textParseModeHTML"}
        found = ask({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
        assert found["@type"] == "formattedText", found
        return found["text"]

    ask({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
    return parse
