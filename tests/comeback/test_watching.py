"""What Prometheus is told exists, says nothing about anybody, and leads to a page."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from advisor.catalog import Catalog
from advisor.interview import events
from advisor.store import Store
from bot import measures
from comeback import watching

ROOT = Path(__file__).parent.parent.parent
RULES: list[dict[str, Any]] = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text())["groups"]
ALERTS = [rule for group in RULES for rule in group["rules"]]
PAGES = (ROOT / "docs" / "operations.md").read_text()
NAME = re.compile(r"comeback_\w+")
SUFFIXES = {"counter": {"_total"}, "gauge": {""}, "histogram": {"_bucket", "_sum", "_count"}}


def told() -> set[str]:
    """Names of everything that is counted."""
    families = [f for f in REGISTRY.collect() if f.name.startswith("comeback_")]
    return {f.name + suffix for f in families for suffix in SUFFIXES[f.type]}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: str(alert["alert"]))
def test_an_alert_looks_at_what_is_counted_and_leads_to_a_page(alert: dict[str, Any]) -> None:
    names = set(NAME.findall(alert["expr"]))
    assert names or "up{" in alert["expr"]
    assert names <= told()
    assert f"**{alert['annotations']['page']}" in PAGES.partition("## Incidents")[2]
    assert alert["labels"]["severity"] in ("page", "ticket")


def test_the_page_names_what_is_counted() -> None:
    table = PAGES.partition("## Watching")[2].partition("## Incidents")[0]
    named = set(NAME.findall(table))
    assert named <= told() | {name.removesuffix("_count") for name in told()}
    assert len(named) > 15


def test_labels_hold_only_what_is_ours(catalog: Catalog) -> None:
    """Their values are from lists of our own: no chat, no name, no word that anybody wrote."""
    labels = {
        name
        for family in REGISTRY.collect()
        if family.name.startswith("comeback_")
        for sample in family.samples
        for name in sample.labels
    }
    assert labels <= {"queue", "why", "error", "outcome", "question", "le"}
    declared = [fields(kind) for kind in vars(events).values() if is_dataclass(kind)]
    kinds = {field.default for kind in declared for field in kind if field.name == "type"}
    assert "answer_accepted" in kinds
    for family in (measures.OUTCOMES, measures.ASKED, measures.ANSWERED, measures.LEFT):
        for metric in family.collect():
            for sample in metric.samples:
                values = set(sample.labels.values())
                assert values <= kinds | set(catalog.slots), sample


async def test_a_database_that_is_away_hides_what_was_true_before(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/c.db")
    await store.migrate()
    await watching.look(store)
    assert REGISTRY.get_sample_value("comeback_database_up") == 1
    assert REGISTRY.get_sample_value("comeback_queue_length", {"queue": "updates"}) == 0
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE updates")
    await watching.look(store)
    await store.close()
    assert REGISTRY.get_sample_value("comeback_database_up") == 0
    assert REGISTRY.get_sample_value("comeback_queue_length", {"queue": "updates"}) is None
