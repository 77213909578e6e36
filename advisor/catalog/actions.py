"""The catalogue of actions: actions/<area>.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from advisor.catalog.files import read_yaml, rows_of
from advisor.catalog.types import Parameter
from advisor.conditions import ready
from advisor.errors import ContentError
from advisor.model import Action, Boost, Reason, Worth


def read_actions(
    folder: Path, contract: Mapping[str, Any], parameters: Mapping[str, Parameter]
) -> Iterator[Action]:
    """The catalogue of actions, in the contract's order of areas."""
    for path in sorted((folder / "actions").glob("*.yml")):
        with rows_of(path):
            for row in read_yaml(path):
                name = row.get("action")
                if name not in contract or contract[name]["area"] != path.stem:
                    raise ContentError(f"{path}: {name!r} is no action of this area")
                yield read_action(row, path.stem, parameters)


def read_action(row: Mapping[str, Any], area: str, parameters: Mapping[str, Parameter]) -> Action:
    """One action; its cost may be named by a parameter."""
    cost, needed, gates = row["cost"], row.get("requires", ()), row.get("gates", ())
    return Action(
        id=row["action"],
        area=area,
        rows=tuple(row["rows"]),
        evidence=tuple(row.get("evidence", ())),
        when=ready(row["when"]),
        reasons=tuple(Reason(r["id"], ready(r["when"])) for r in row["reasons"]),
        impact=row["impact"],
        boosts=tuple(Boost(ready(b["when"]), b["add"]) for b in row.get("boosts", ())),
        hours=row["hours"],
        weeks=row["weeks"],
        cost=parameters[cost].value if isinstance(cost, str) else cost,
        requires=tuple(r if isinstance(r, str) else r["action"] for r in needed),
        gates=tuple(g if isinstance(g, str) else g["gate"] for g in gates),
        quick=row.get("quick", False),
        urgent=ready(row.get("urgent")),
        worth=Worth(row["worth"]["fact"], row["worth"]["kind"]) if "worth" in row else None,
        only_when={r["action"]: ready(r["when"]) for r in needed if not isinstance(r, str)},
        gated_when={g["gate"]: ready(g["when"]) for g in gates if not isinstance(g, str)},
        baseline=tuple(row.get("baseline", ())),
    )
