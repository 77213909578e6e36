"""Heads in a file of plain arrays: nothing in it can run."""

from __future__ import annotations

from pathlib import Path
from typing import Dict

import numpy as np

from components.heads import Head, Linear

NAME = "heads.npz"


def save(heads: Dict[str, Head], folder: Path) -> None:
    """Write every head; the n-grams' weights, which are many, in half precision."""
    arrays: Dict[str, np.ndarray] = {}
    for name, head in heads.items():
        arrays[f"{name}/labels"] = np.array(head.labels)
        arrays[f"{name}/kind"] = np.array([float(head.exclusive), head.share])
        arrays[f"{name}/dense"] = head.dense.weights.astype(np.float32)
        arrays[f"{name}/dense_bias"] = head.dense.bias.astype(np.float32)
        arrays[f"{name}/sparse"] = np.ascontiguousarray(head.sparse.weights, dtype=np.float16)
        arrays[f"{name}/sparse_bias"] = head.sparse.bias.astype(np.float32)
    np.savez(folder / NAME, **arrays)


def load(folder: Path) -> Dict[str, Head]:
    """Read what `save` wrote."""
    with np.load(folder / NAME) as file:
        arrays = dict(file)
    heads: Dict[str, Head] = {}
    for name in sorted({key.split("/")[0] for key in arrays}):
        kind = arrays[f"{name}/kind"]
        heads[name] = Head(
            [str(label) for label in arrays[f"{name}/labels"]],
            bool(kind[0]),
            float(kind[1]),
            Linear(arrays[f"{name}/dense"], arrays[f"{name}/dense_bias"]),
            Linear(arrays[f"{name}/sparse"], arrays[f"{name}/sparse_bias"]),
        )
    return heads
