"""Fits bot/understanding/evidence.yml on messages with what they say: python -m bench.evidence.

For each clause and each number of a message, and each slot that it may speak of, the signs are
gathered (see bot/understanding/evidence.py), and a logistic regression learns which of them held.
Prints how well it tells them apart on messages that it wasn't fitted on, and writes the weights.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Iterator, Sequence

import numpy as np
import yaml

from advisor.catalog import Catalog, load_catalog
from advisor.codec import plain_answers
from advisor.model import NUMERIC, Kind, Slot
from bot.understanding.amounts import amount_of, value_of
from bot.understanding.evidence import Signs, number_signs, signs, weighed
from bot.understanding.message import Message, known
from bot.understanding.parsed import nothing_parsed
from bot.understanding.quantities import Quantity
from bot.understanding.reader import EVIDENCE, MessageReader
from bot.understanding.scoring import Row, agrees
from bot.understanding.tidy import tidy
from comeback.evaluate import DEVELOPMENT_SETS, read_rows
from comeback.settings import read_settings
from comeback.wiring import understanding

CLOSEST = 3
"""Slots that are looked at for each clause or number, by each of two signs."""
TRUST = 0.02
"""The rein on weights."""
PARTS = 10
"""Parts of the messages, each read by a regression fitted on the others."""
HEAD = "# How much each sign says (see evidence.py). Fitted by `python -m bench.evidence`.\n"
Case = tuple[str, Signs, bool]
"""Which regression it is for, its signs, and whether they held."""


async def cases_of(reader: MessageReader, rows: Sequence[Row]) -> list[list[Case]]:
    """The cases of each row that answers something."""
    found = []
    for row in rows:
        text = reader.meant(tidy(row["text"]), row["question"])
        parsed = await reader.parser.parse(text)
        message = reader.message(text, row["question"], parsed or nothing_parsed(text))
        naming = message.asked is not None and message.asked.kind is Kind.TEXT
        if row["expect"]["act"] != "change" and not naming:
            numbers = of_numbers(reader.catalog, message, row["expect"])
            found.append([*of_clauses(message, row["expect"]), *numbers])
    return found


def of_clauses(message: Message, expect: Row) -> Iterator[Case]:
    """Each clause with the slots that it may state besides the one asked about. What the message
    says of a slot is taken to stand in the clause that speaks of it most."""
    kind = "asked" if message.asked else "open"
    gathered = [
        {
            name: signs(message, segment, slot)
            for name, slot in message.slots.items()
            if slot is not message.asked and slot.kind is not Kind.TEXT
        }
        for segment in message.parsed.parts
        if not (message.asked and segment is message.parsed.whole)
    ]
    for found in gathered:
        for name in closest(found):
            held = name in expect.get("slots", {})
            most = max(clearness(other[name]) for other in gathered)
            if name not in expect.get("optional", {}) and (
                not held or clearness(found[name]) == most or found[name]["alone"] < 0
            ):
                yield kind, found[name], held and clearness(found[name]) == most


def clearness(found: Signs) -> float:
    """How clearly a clause speaks of a slot."""
    return found["alone"] + found["in_place"]


def of_numbers(catalog: Catalog, message: Message, expect: Row) -> Iterator[Case]:
    """Each number with the slots whose value it may be."""
    wanted = expect.get("slots", {})
    for quantity in message.quantities:
        gathered = {
            name: number_signs(message, quantity, slot)
            for name, slot in message.slots.items()
            if slot.kind in NUMERIC and amount_of(slot, quantity) is not None
        }
        asked = [message.asked.id] if message.asked and message.asked.id in gathered else []
        for name in dict.fromkeys([*closest(gathered), *asked]):
            slot = message.slots[name]
            told = [q for q in message.quantities if tells(catalog, message, slot, q, wanted)]
            if name in expect.get("optional", {}) or (name in wanted and not told):
                continue
            asking = "own" if slot is message.asked else "asked" if message.asked else "open"
            yield f"number_{asking}", gathered[name], quantity in told


def tells(catalog: Catalog, message: Message, slot: Slot, quantity: Quantity, wanted: Row) -> bool:
    """Whether a number is the value that is wanted for a slot."""
    amount = amount_of(slot, quantity)
    if slot.id not in wanted or amount is None:
        return False
    value = value_of(slot, amount, message.currency)
    plain = plain_answers({slot.id: known(slot, value)})
    return agrees(catalog, slot.id, wanted[slot.id], plain[slot.id])


def closest(gathered: dict[str, Signs]) -> list[str]:
    """The slots that the clause by itself, or its words where they stand, speak of most."""
    found: list[str] = []
    for sign in ("alone", "in_place"):
        found += sorted(gathered, key=lambda name: -gathered[name][sign])[:CLOSEST]
    return list(dict.fromkeys(found))


def fitted(cases: Sequence[Case]) -> dict[str, float]:
    """Weights of a logistic regression, by Newton's method."""
    names = list(cases[0][1])
    rows = np.array([[1.0, *(found[name] for name in names)] for _, found, _ in cases])
    goals = np.array([float(held) for _, _, held in cases])
    weights = np.zeros(rows.shape[1])
    rein = np.diag([0.0, *[TRUST * len(cases) / 100] * len(names)])
    for _ in range(25):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (goals - p) - rein @ weights
        curve = (rows * (p * (1 - p))[:, None]).T @ rows + rein + 1e-6 * np.eye(len(rein))
        weights += np.linalg.solve(curve, slope)
    return dict(zip(["bias", *names], (round(float(w), 3) for w in weights), strict=True))


def all_fitted(messages: Sequence[Sequence[Case]]) -> dict[str, dict[str, float]]:
    """The weights of every regression."""
    kinds = sorted({kind for cases in messages for kind, _, _ in cases})
    return {k: fitted([c for cases in messages for c in cases if c[0] == k]) for k in kinds}


def apart(messages: Sequence[Sequence[Case]]) -> dict[str, list[tuple[float, bool]]]:
    """For each regression, what was said of messages that it wasn't fitted on, and what held."""
    order = random.Random(0).sample(range(len(messages)), len(messages))
    found: dict[str, list[tuple[float, bool]]] = {}
    for part in range(PARTS):
        left_out = set(order[part::PARTS])
        weights = all_fitted([m for i, m in enumerate(messages) if i not in left_out])
        for kind, seen, held in (case for i in left_out for case in messages[i]):
            found.setdefault(kind, []).append((weighed(weights[kind], seen), held))
    return found


def precision(said: Sequence[tuple[float, bool]]) -> float:
    """The mean precision over all limits at which another case that held is found."""
    held = [hit for _, hit in sorted(said, key=lambda one: -one[0])]
    found = np.cumsum(held) / np.arange(1, len(held) + 1)
    return float(found[np.array(held)].mean())


async def main(keep: bool) -> None:
    """Gather, fit and print; and, unless the weights are to be kept, write."""
    rows = [row for path in DEVELOPMENT_SETS for row in read_rows(path)]
    async with understanding(read_settings()) as client:
        await client.ready()
        messages = await cases_of(MessageReader(load_catalog(), client), rows)
    for kind, said in apart(messages).items():
        held = sum(hit for _, hit in said)
        print(f"{kind}: {len(said)} cases, {held} held, mean precision {precision(said):.3f}")
    weights = yaml.safe_dump(all_fitted(messages), sort_keys=False)
    if not keep:
        EVIDENCE.write_text(HEAD + weights, "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.evidence", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="print only, write no weights")
    asyncio.run(main(parser.parse_args().keep))
