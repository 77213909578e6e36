"""The encoder as a torch network: BERT's layers, the mean of the pieces at the end."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from tuning.packed import Packed

POSITIONS = 128
"""Word pieces of the longest text that the network can read."""
FAR = -1e4
"""What a place beyond the end of a text adds to attention."""


class Layer(nn.Module):
    """One layer of attention and the two matrices after it."""

    def __init__(self, size: int, heads: int, inner: int, epsilon: float, drop: float) -> None:
        super().__init__()
        self.heads = heads
        self.attend = nn.Linear(size, 3 * size)
        self.joined = nn.Linear(size, size)
        self.first = nn.LayerNorm(size, epsilon)
        self.wide = nn.Linear(size, inner)
        self.narrow = nn.Linear(inner, size)
        self.second = nn.LayerNorm(size, epsilon)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x is texts x pieces x size; `mask` is added to attention."""
        texts, pieces, size = x.shape
        width = size // self.heads
        parts = self.attend(x).view(texts, pieces, 3, self.heads, width)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        weights = ((q @ k.transpose(-1, -2)) / math.sqrt(width) + mask).softmax(-1)
        heard = (weights @ v).transpose(1, 2).reshape(texts, pieces, size)
        x = self.first(x + self.drop(self.joined(heard)))
        return self.second(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Network(nn.Module):
    """Pieces (texts x pieces) and their mask (1 for a piece, 0 beyond the end) to rows."""

    def __init__(
        self,
        pieces: int,
        size: int,
        heads: int,
        inner: int,
        layers: int,
        epsilon: float,
        frozen: int,
    ) -> None:
        super().__init__()
        drop = 0.1
        self.frozen = frozen
        self.size = size
        self.word = nn.Embedding(pieces, size)
        self.place = nn.Embedding(POSITIONS, size)
        self.norm = nn.LayerNorm(size, epsilon)
        self.layers = nn.ModuleList(Layer(size, heads, inner, epsilon, drop) for _ in range(layers))

    def states(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """The last layer: texts x pieces x size. What is frozen costs no gradients."""
        far = (1.0 - mask[:, None, None, :]) * FAR
        with torch.no_grad():
            x = self.norm(self.word(pieces) + self.place.weight[: pieces.shape[1]])
            for layer in self.layers[: self.frozen]:
                x = layer(x, far)
        for layer in self.layers[self.frozen :]:
            x = layer(x, far)
        return x

    def tuned(self) -> list[nn.Parameter]:
        """The parameters that may change; the rest stays as it is, without dropout."""
        for part in (self.word, self.place, self.norm, *self.layers[: self.frozen]):
            part.requires_grad_(False)
        return [p for p in self.parameters() if p.requires_grad]

    def train(self, mode: bool = True) -> Network:
        """Frozen layers always read as they do in use."""
        super().train(mode)
        for layer in self.layers[: self.frozen]:
            layer.eval()
        return self

    @staticmethod
    def mean(states: Tensor, mask: Tensor) -> Tensor:
        """The mean over each text's pieces."""
        weights = mask[:, :, None]
        return (states * weights).sum(1) / weights.sum(1)


def smaller(packed: Packed, kept: Sequence[int], layers: int, frozen: int) -> Network:
    """A network of some of the pieces and `layers` of the layers, evenly chosen with the first
    and the last: what DistilBERT showed to be a good start."""
    chosen = [round(i * (packed.layers - 1) / (layers - 1)) for i in range(layers)]
    shape = (packed.size, packed.heads, packed.inner, layers, packed.epsilon)
    network = Network(len(kept), *shape, frozen)
    size, inner = packed.size, packed.inner
    place = packed.plain("emb.pos").reshape(-1, size)[:POSITIONS]
    fill(network.word.weight, packed.matrix("emb.word", size)[list(kept)])
    fill(network.place.weight, place + packed.plain("emb.type")[:size])
    fill_pair(network.norm, packed.plain("emb.ln.w"), packed.plain("emb.ln.b"))
    for layer, source in zip(network.layers, chosen, strict=True):
        name = f"l{source}."
        rows = [packed.matrix(f"{name}{part}.w", size) for part in "qkv"]
        biases = [packed.plain(f"{name}{part}.b") for part in "qkv"]
        fill(layer.attend.weight, torch.cat([torch.from_numpy(row) for row in rows]))
        fill(layer.attend.bias, torch.cat([torch.from_numpy(bias.copy()) for bias in biases]))
        for part, module, columns in (
            ("ao", layer.joined, size),
            ("fi", layer.wide, size),
            ("fo", layer.narrow, inner),
        ):
            weight = packed.matrix(f"{name}{part}.w", columns)
            fill_pair(module, weight, packed.plain(f"{name}{part}.b"))
        fill_pair(layer.first, packed.plain(f"{name}aln.w"), packed.plain(f"{name}aln.b"))
        fill_pair(layer.second, packed.plain(f"{name}oln.w"), packed.plain(f"{name}oln.b"))
    return network


def fill_pair(module: nn.Module, weight: object, bias: object) -> None:
    """Set a module's weight and bias."""
    fill(module.weight, weight)
    fill(module.bias, bias)


def fill(parameter: Tensor, values: object) -> None:
    """Set a parameter's values."""
    with torch.no_grad():
        parameter.copy_(torch.tensor(values) if not isinstance(values, Tensor) else values)
