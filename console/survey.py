"""The portfolio in the reader's words."""

from __future__ import annotations

from datetime import datetime

from advisor.catalog import Catalog
from advisor.model import PLAN_AREAS
from advisor.portfolio import UNKNOWN, Portfolio, gather
from advisor.render.view.areas import LEVELS, named
from advisor.render.wording import begun
from advisor.store.practice import Client, Filter, Practice
from console.desk import Desk
from console.tables import Cell, Table

LEVELS_SHOWN = tuple(name for _, name in LEVELS)


async def surveyed(catalog: Catalog, practice: Practice, at: datetime) -> Portfolio:
    """The portfolio of a practice."""
    order = [slot.id for slot in catalog.core()]
    order += [slot.id for slot in catalog.slots.values() if slot.core is None]
    return gather(
        await practice.lines(at),
        await practice.answer_counts(),
        order,
        lambda score: named(LEVELS, score),
    )


class Wording:
    """What things are called, in a reader's language."""

    def __init__(self, desk: Desk) -> None:
        self.catalog = desk.parts.catalog
        self.language = desk.language
        self.texts = self.catalog.texts[desk.language]
        self.words = desk.parts.texts[desk.language]["portfolio"]
        self.clients = desk.parts.texts[desk.language]["clients"]
        self.sentences = {
            name: sentence
            for area in PLAN_AREAS
            for name, sentence in self.texts["findings"][area]["observations"].items()
        }

    def observation(self, name: str) -> str:
        """A finding, without one owner's numbers."""
        return str(self.words["here"].get(name) or self.sentences.get(name, name))

    def action(self, name: str) -> str:
        """An action's name; one of a consultant's own is known by its id only."""
        return str(self.texts["actions"].get(name, {}).get("name", name))

    def label(self, slot: str) -> str:
        """What a question is about."""
        return begun(str(self.catalog.question(self.language, slot)["label"]))

    def area(self, name: str) -> str:
        """An area."""
        return begun(str(self.texts["findings"][name]["name"]))


async def tables_of(desk: Desk, practice: Practice) -> dict[str, Table]:
    """Everything that can be taken away, by name."""
    words = Wording(desk)
    found = await surveyed(desk.parts.catalog, practice, desk.now)
    clients = await practice.every(Filter(), desk.now)
    colleagues = {one.id: one.name for one in await practice.colleagues()}
    columns, sheets, levels = words.words["columns"], words.words["sheets"], words.clients["levels"]
    counted = words.words["clients"]
    shown = (*LEVELS_SHOWN, UNKNOWN)
    return {
        "clients": Table(
            sheets["clients"],
            [columns[name] for name in CLIENT_COLUMNS],
            [client_row(words, client, colleagues) for client in clients],
        ),
        "areas": Table(
            sheets["areas"],
            [words.words["area"], *(levels[level] for level in shown)],
            [
                [words.area(area), *(counts.get(level, 0) for level in shown)]
                for area, counts in found.areas.items()
            ],
        ),
        "observed": Table(
            sheets["observed"],
            [columns["id"], columns["finding"], counted],
            [[name, words.observation(name), count] for name, count in found.observed],
        ),
        "actions": Table(
            sheets["actions"],
            [columns["id"], columns["action"], counted],
            [[name, words.action(name), count] for name, count in found.actions],
        ),
        "questions": Table(
            sheets["questions"],
            [columns["id"], words.words["question"], *(words.words[n] for n in QUESTION_COLUMNS)],
            [
                [row.slot, words.label(row.slot), *(getattr(row, n) for n in QUESTION_COLUMNS)]
                for row in found.questions
            ],
        ),
    }


QUESTION_COLUMNS = ("asked", "answered", "unknown", "skipped", "stopped")
CLIENT_COLUMNS = (
    *("id", "name", "status", "sector", "severity", "worst", "runway", "answered", "version"),
    *("consultant", "started", "contact"),
)


def client_row(words: Wording, client: Client, colleagues: dict[str, str]) -> list[Cell]:
    """A client's line, in the order of CLIENT_COLUMNS."""
    sector = client.sector
    return [
        client.chat_id,
        client.name or client.label,
        words.clients["statuses"][client.standing],
        sector and words.catalog.option_label(words.language, "sector", sector),
        client.severity,
        client.worst_area and words.area(client.worst_area),
        client.runway,
        client.answered,
        client.plan_version,
        colleagues.get(client.consultant_id or ""),
        client.started_at,
        client.contact_at,
    ]
