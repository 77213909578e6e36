"""Messages read by the real model: the figures of the development set must not fall."""

from pathlib import Path

import pytest

from advisor.catalog import Catalog
from bot.understanding.lines import reading_as_json
from bot.understanding.reader import MessageReader
from bot.understanding.scoring import Share, score
from comeback.evaluate import read_rows

DEVELOPMENT_SET = Path(__file__).parents[2] / "data" / "understanding_dev.jsonl"
LEAST = {
    "all": 0.90,
    "language he": 0.91,
    "language en": 0.88,
    "language mixed": 0.89,
    "several slots": 0.62,
    "act out_of_scope": 0.91,
    "act unsure": 0.85,
    "act change": 0.88,
    "type choice": 0.88,
    "type choices": 0.90,
    "type yesno": 0.90,
    "type percent": 0.90,
    "type money": 0.95,
    "type count": 0.88,
    "type duration": 0.90,
}


@pytest.mark.rasa
@pytest.mark.slow
async def test_the_figures_do_not_fall(reader: MessageReader, catalog: Catalog) -> None:
    rows = read_rows(DEVELOPMENT_SET)
    read = [reading_as_json(await reader.read(row["text"], row["question"])) for row in rows]
    shares: dict[str, Share] = {share.name: share for share in score(catalog, rows, read)}
    fallen = {
        name: shares[name].value for name, least in LEAST.items() if shares[name].value < least
    }
    assert not fallen
