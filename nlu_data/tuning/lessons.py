"""What one batch teaches: the losses of examples by themselves, joined, and of whole messages."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from components.labels import Label
from components.plain import plain
from examples import Example
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from tuning.examples import joined, mistyped
from tuning.labels import Labels
from tuning.network import Network
from tuning.texts import Laid

BATCH = 32
SCALE = 10.0
"""The length of a row before the heads, as in the pipeline."""
SMOOTH = 0.1
"""So much of each label is spread over the others: the heads should stay in doubt."""
MISTYPED = 0.15
WITHOUT_MARKS = 0.3
IGNORED = -100
"""The topic of a piece that teaches nothing."""
Scores = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]


class Tuned(nn.Module):
    """The network with the heads that teach it; only the one over pieces is kept, whose last topic
    is a remark."""

    def __init__(self, network: Network, labels: Labels) -> None:
        super().__init__()
        size = network.size
        self.network = network
        self.topic = nn.Linear(size, len(labels.topics))
        self.option = nn.Linear(size, len(labels))
        self.mentioned = nn.Linear(size, len(labels.topics))
        self.piece = nn.Linear(size, len(labels.topics) + 1)
        self.drop = nn.Dropout(0.2)

    def forward(self, pieces: Tensor, mask: Tensor) -> Scores:
        """The states of pieces, and scores of each text's topic, options and mentioned topics, and
        of each piece's topic."""
        states = self.network.states(pieces, mask)
        rows = self.row(self.network.mean(states, mask))
        return (
            states,
            self.topic(rows),
            self.option(rows),
            self.mentioned(rows),
            self.piece(self.drop(states)),
        )

    def row(self, mean: Tensor) -> Tensor:
        """A mean of states as the heads see it."""
        return self.drop(functional.normalize(mean, dim=-1) * SCALE)


class Lesson:
    """Losses of one batch."""

    def __init__(self, model: Tuned, tokenizer: Tokenizer, labels: Labels) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.labels = labels

    def scores(self, texts: Sequence[str]) -> tuple[list, list[Tensor]]:
        """The tokenizer's pieces of each text, and what the model says of them."""
        found = self.tokenizer.encode_batch([plain(text) or "." for text in texts])
        pieces = torch.tensor([text.ids for text in found])
        mask = torch.tensor([text.attention_mask for text in found], dtype=torch.float)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return found, [part.float() for part in self.model(pieces, mask)]

    def single(self, examples: Sequence[Example], random: random.Random) -> Tensor:
        """Examples by themselves."""
        texts = [mistyped(example.text, MISTYPED, random) for example in examples]
        _, (_, topics, options, mentioned, _) = self.scores(texts)
        wanted = torch.tensor([self.labels.topic(example.label) for example in examples])
        loss = functional.cross_entropy(topics, wanted, label_smoothing=SMOOTH)
        one = functional.one_hot(wanted, topics.shape[1]).float()
        loss = loss + 10 * functional.binary_cross_entropy_with_logits(mentioned, one)
        named = [self.named(row, e.label) for row, e in zip(options, examples, strict=True)]
        return loss + sum(named) / len(examples)

    def named(self, row: Tensor, label: Label) -> Tensor:
        """The options that a label names, from the scores of all options."""
        chosen = self.labels.chosen(label)
        return self.of_options(row, label.topic, chosen) if chosen else torch.zeros(())

    def of_options(self, row: Tensor, topic: str, chosen: Sequence[int]) -> Tensor:
        """One option of several, or each by itself where they combine."""
        start, end = self.labels.spans[topic]
        if topic not in self.labels.several:
            wanted = torch.tensor([chosen[0]])
            return functional.cross_entropy(row[None, start:end], wanted, label_smoothing=SMOOTH)
        goal = torch.full((end - start,), SMOOTH / 2)
        goal[list(chosen)] = 1 - SMOOTH / 2
        return 2 * functional.binary_cross_entropy_with_logits(row[start:end], goal)

    def of_one_slot(self, groups: Sequence[Sequence[Example]], random: random.Random) -> Tensor:
        """Examples of one slot's options, joined: the whole is to name them all."""
        texts = [joined(group, random, WITHOUT_MARKS) for group in groups]
        _, (_, topics, options, _, _) = self.scores(texts)
        wanted = torch.tensor([self.labels.topic(group[0].label) for group in groups])
        loss = functional.cross_entropy(topics, wanted, label_smoothing=SMOOTH, reduction="sum")
        for row, group in zip(options, groups, strict=True):
            union = sorted({i for example in group for i in self.labels.chosen(example.label)})
            loss = loss + self.of_options(row, group[0].label.topic, union)
        return loss / BATCH

    def of_messages(self, messages: Sequence[Laid], stated: bool) -> Tensor:
        """Texts in parts: every piece is to say whose it is, and the whole what it mentions. With
        `stated`, the mean of a part's pieces is to say its topic and options, too."""
        found, (states, topics, options, mentioned, pieces) = self.scores(
            [message.text for message in messages]
        )
        owners = torch.full(pieces.shape[:2], IGNORED)
        goal = torch.zeros_like(mentioned)
        loss = torch.zeros(())
        for row, message in enumerate(messages):
            labels = message.labels
            for label in labels:
                goal[row, self.labels.topic(label)] = 1
            if len({label.topic for label in labels}) == 1:
                loss = loss + self.whole(topics[row], options[row], labels)
            parts = message.pieces(found[row].offsets) if message.keeps_places else ()
            for label, places in parts:
                owners[row, places] = self.owner(label)
                if stated and label is not None:
                    loss = loss + self.part(states[row, places].mean(0), label)
        mentions = functional.binary_cross_entropy_with_logits(mentioned, goal)
        loss = (loss + 10 * len(messages) * mentions) / BATCH
        return loss + self.of_pieces(pieces, owners)

    def whole(self, topics: Tensor, options: Tensor, labels: Sequence[Label]) -> Tensor:
        """A message that states one slot only."""
        wanted = torch.tensor(self.labels.topic(labels[0]))
        loss = functional.cross_entropy(topics, wanted, label_smoothing=SMOOTH)
        return loss + (self.named(options, labels[0]) if len(labels) == 1 else 0)

    def part(self, mean: Tensor, label: Label) -> Tensor:
        """A part of a message, read where it stands."""
        row = self.model.row(mean)
        wanted = torch.tensor(self.labels.topic(label))
        loss = functional.cross_entropy(self.model.topic(row), wanted, label_smoothing=SMOOTH)
        return 0.5 * (loss + self.named(self.model.option(row), label))

    def owner(self, label: Label | None) -> int:
        """The topic of a piece; the last one is a remark."""
        return len(self.labels.topics) if label is None else self.labels.topic(label)

    def of_pieces(self, pieces: Tensor, owners: Tensor) -> Tensor:
        """Each piece is to say whose it is."""
        if not (owners != IGNORED).any():
            return torch.zeros(())
        return functional.cross_entropy(
            pieces.flatten(0, 1), owners.flatten(), ignore_index=IGNORED, label_smoothing=0.05
        )
