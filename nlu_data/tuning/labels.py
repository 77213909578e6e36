"""What each example asks of the network's heads, as places in their outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.labels import ACTS_WITH_TARGET, Label, combines, options_by_slot
from examples import ALONE, Example


@dataclass(frozen=True)
class Labels:
    """The outputs: topics (acts and slots), and the options of every slot and act with a target
    side by side, each slot's in one span. `several` are slots whose options combine."""

    topics: list[str]
    spans: dict[str, tuple[int, int]]
    options: dict[tuple[str, str], int]
    several: frozenset[str]

    def __len__(self) -> int:
        """Options in all."""
        return len(self.options)

    def topic(self, label: Label) -> int:
        """The place of a label's topic."""
        return self.topics.index(label.topic)

    def chosen(self, label: Label) -> list[int]:
        """Places of a label's options within the span of its topic."""
        if label.topic not in self.spans:
            return []
        start, _ = self.spans[label.topic]
        return [self.options[label.topic, option] - start for option in options_of(label)]


def options_of(label: Label) -> tuple[str, ...]:
    """The options that a label names, or its target."""
    return (label.target,) if label.topic in ACTS_WITH_TARGET else label.options


def labels_of(examples: Sequence[Example]) -> Labels:
    """The outputs that these examples need."""
    every = [example.label for example in examples]
    named = options_by_slot(every)
    for act in ACTS_WITH_TARGET:
        named[act] = sorted({label.target for label in every if label.topic == act})
    spans, options = {}, {}
    for topic, found in named.items():
        spans[topic] = (len(options), len(options) + len(found))
        options.update({(topic, option): len(options) + i for i, option in enumerate(found)})
    several = frozenset(topic for topic in named if combines(topic, every))
    return Labels(sorted({label.topic for label in every}), spans, options, several)


def joinable(example: Example, labels: Labels) -> bool:
    """Whether an example may stand beside another of the same slot."""
    several = example.label.topic in labels.several
    return several and bool(example.label.options) and not ALONE & set(example.label.options)
