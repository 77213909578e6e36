"""Embeddings of examples, by the hash of their text, so that training embeds new ones only.

Two files are read: vectors.npz, which comes with the project so that the first training takes one
minute rather than four, and .cache/vectors.npz, where new ones are added. `python -m
components.remembered` folds the second into the first, leaving out texts that are gone.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Callable, Dict, List

import numpy as np
from tqdm import tqdm

from components.plain import plain

PROJECT = Path(__file__).parents[1]
SHIPPED = PROJECT / "vectors.npz"
CACHE = PROJECT / ".cache" / "vectors.npz"
BATCH = 256
STEPS = 127
"""A number of a vector is kept as one byte: so many steps up to the largest of its vector."""


class Remembered:
    """Vectors from the files; new ones are made with `embed` and added to the cache."""

    def __init__(self, embed: Callable[[List[str]], np.ndarray]) -> None:
        self.embed = embed
        self.kept = {**read(SHIPPED), **read(CACHE)}

    def rows_of(self, texts: List[str]) -> np.ndarray:
        """One row of length 1 for each text."""
        keys = [key_of(text) for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self.kept}
        new = list(missing.items())
        for start in tqdm(range(0, len(new), BATCH), desc="Embedding", disable=not new):
            batch = new[start : start + BATCH]
            made = in_bytes(self.embed([text for _, text in batch]))
            self.kept.update(zip([key for key, _ in batch], made, strict=True))
        if new:
            write(CACHE, {key: self.kept[key] for key in dict.fromkeys(keys)})
        rows = np.array([self.kept[key] for key in keys], dtype=np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)


def key_of(text: str) -> int:
    """The hash of a text as the model sees it."""
    digest = hashlib.blake2b(plain(text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def in_bytes(rows: np.ndarray) -> np.ndarray:
    """Rows with a byte for each number."""
    largest = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    return np.round(rows / largest * STEPS).astype(np.int8)


def read(path: Path) -> Dict[int, np.ndarray]:
    """The vectors of a file; none where it isn't there."""
    if not path.exists():
        return {}
    with np.load(path) as file:
        return dict(zip(file["keys"].tolist(), file["rows"], strict=True))


def write(path: Path, vectors: Dict[int, np.ndarray]) -> None:
    """Write a file anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = np.array(sorted(vectors), dtype=np.uint64)
    rows = np.array([vectors[key] for key in keys.tolist()], dtype=np.int8)
    np.savez_compressed(path, keys=keys, rows=rows)


if __name__ == "__main__":
    write(SHIPPED, read(CACHE))
    print(f"{SHIPPED.name}: {len(read(SHIPPED))} vectors")
