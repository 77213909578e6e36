"""What an intent's name says: `change.employees`, `language.he`, `sector.shop`,
`advertising.print+social`, `employees`, `thanks`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Dict, List, Sequence, Tuple

LISTED = "listed"
"""Metadata of an example that only names an option."""
ACTS_WITH_TARGET = ("change", "language")
NO_TARGET = "-"
"""The label of `change` where no slot was named."""


@dataclass(frozen=True)
class Label:
    """The topic is an act or a slot; the rest are its target or its options."""

    topic: str
    target: str = ""
    options: Tuple[str, ...] = ()


def read_label(intent: str) -> Label:
    """Take an intent's name apart."""
    topic, _, rest = intent.partition(".")
    if topic in ACTS_WITH_TARGET:
        return Label(topic, target=rest or NO_TARGET)
    return Label(topic, options=tuple(rest.split("+")) if rest else ())


def name_of(label: Label) -> str:
    """The intent's name that says a label."""
    rest = label.target or "+".join(label.options)
    return f"{label.topic}.{rest}" if rest else label.topic


def options_by_slot(labels: Sequence[Label]) -> Dict[str, List[str]]:
    """The options of each slot that has any, in alphabetical order."""
    found: Dict[str, set] = defaultdict(set)
    for label in labels:
        found[label.topic].update(label.options)
    return {slot: sorted(options) for slot, options in sorted(found.items()) if options}


def combines(slot: str, labels: Sequence[Label]) -> bool:
    """Whether several options of a slot may hold together."""
    return any(label.topic == slot and len(label.options) > 1 for label in labels)
