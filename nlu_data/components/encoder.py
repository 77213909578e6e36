"""The encoder of owners' messages: a text becomes a row of length 1, and each of its pieces tells
the topic that it speaks of where it stands, or that it is a remark that answers nothing.

It is multilingual-e5-small, tuned on the examples and made smaller by `tuning` (see its README):
fewer layers, the word pieces of Hebrew and English only, whole numbers for weights. It ships as
encoder/model.onnx with encoder/tokenizer.json and encoder/topics.json and runs in ONNX Runtime.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Iterator, List, Optional, Sequence, Tuple

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from components.plain import plain

FOLDER = Path(__file__).parents[1] / "encoder"
LONGEST = 112
"""Word pieces of one text; the rest of a longer one is not read. A screen of a phone."""
BATCH = 32
PADDING = 1
NOTHING = "."
"""Stands for an empty text, whose row becomes zeros."""


REMARK = "remark"
"""The topic of pieces that answer nothing, the last of them."""


@dataclass(frozen=True)
class Piece:
    """text[start:end] of a text as the model sees it: its state, which knows what stands around it,
    and the log-probability of each topic."""

    start: int
    end: int
    topics: np.ndarray
    state: np.ndarray


def said_in(pieces: Sequence[Piece], start: int, end: int) -> Optional[np.ndarray]:
    """How much of text[start:end] speaks of each topic (0-1); None where no piece stands there."""
    inside = [p.topics for p in pieces if p.start < end and p.end > start]
    return np.exp(inside).mean(axis=0) if inside else None


def row_in(pieces: Sequence[Piece], start: int, end: int) -> Optional[np.ndarray]:
    """The row, of length 1, of text[start:end] where it stands; None where no piece does."""
    inside = [p.state for p in pieces if p.start < end and p.end > start]
    return unit(np.mean(inside, axis=0)) if inside else None


def unit(rows: np.ndarray) -> np.ndarray:
    """The same rows of length 1."""
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)


class Encoder:
    """Texts to rows. `threads` is how many cores one batch may use."""

    def __init__(self, threads: int = 1, folder: Path = FOLDER) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.enable_padding(pad_id=PADDING)
        self.topics: List[str] = json.loads((folder / "topics.json").read_text("utf-8"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A thread that spins while it waits takes the core from the bot beside it.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.size = int(self.session.get_outputs()[0].shape[1])

    def rows_of(self, texts: List[str]) -> np.ndarray:
        """One row of length 1 for each text; zeros for an empty one."""
        texts = [plain(text) for text in texts]
        rows = np.zeros((len(texts), self.size), dtype=np.float32)
        for batch in batches(texts):
            rows[batch] = self.run([texts[i] or NOTHING for i in batch])[0]
        rows[[not text for text in texts]] = 0
        return rows

    def read(self, text: str) -> Tuple[np.ndarray, List[Piece]]:
        """The row of one text, and its pieces. A text whose letters move when it is made plain
        has no pieces."""
        seen = plain(text)
        rows, topics, states, found = self.run([seen or NOTHING])
        if len(seen) != len(text) or not seen:
            return rows * bool(seen), []
        pieces = [
            Piece(start, end, topics[0, i], states[0, i])
            for i, (start, end) in enumerate(found[0].offsets)
            if end > start
        ]
        return rows, pieces

    def run(self, texts: List[str]) -> Tuple[np.ndarray, np.ndarray, np.ndarray, List[Encoding]]:
        """Rows of a few texts of about one length, topics and states of their pieces, and the
        pieces."""
        found = self.tokenizer.encode_batch(texts)
        given = {
            "pieces": np.array([text.ids for text in found], dtype=np.int64),
            "mask": np.array([text.attention_mask for text in found], dtype=np.float32),
        }
        rows, topics, states = self.session.run(["row", "topics", "states"], given)
        return unit(rows), topics, states, found


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The one encoder of this process; OMP_NUM_THREADS says how many cores it may use."""
    return Encoder(int(os.environ.get("OMP_NUM_THREADS", "1")))


def batches(texts: List[str]) -> Iterator[List[int]]:
    """Places of texts, those of a length together: padding is work for nothing."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]
