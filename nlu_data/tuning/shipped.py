"""Takes the weights of the encoder that ships, to go on from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, NodeProto, numpy_helper
from torch import nn

from tuning.network import Network

Numbers = dict[str, np.ndarray]


def go_on_from(folder: Path, network: Network, piece: nn.Linear) -> None:
    """Set the layers that are tuned, and the head over pieces, to those of folder/model.onnx.
    Raises KeyError or RuntimeError where it is of another shape."""
    model = onnx.load(str(folder / "model.onnx"))
    numbers = {row.name: numpy_helper.to_array(row) for row in model.graph.initializer}
    matrices = list(matrices_of(model, numbers))
    names = [
        f"network.layers.{i}.{part}.weight"
        for i in range(len(network.layers))
        for part in ("attend", "joined", "wide", "narrow")
    ]
    found = {
        name: torch.tensor(values) for name, values in numbers.items() if values.dtype == np.float32
    }
    found |= dict(zip([*names, "piece.weight"], matrices, strict=True))
    tuned = {f"network.layers.{i}." for i in range(network.frozen, len(network.layers))}
    with torch.no_grad():
        for name, parameter in network.named_parameters(prefix="network"):
            if name.startswith(tuple(tuned)):
                parameter.copy_(found[name])
        piece.weight.copy_(found["piece.weight"])
        piece.bias.copy_(found["piece.bias"])


def matrices_of(model: ModelProto, numbers: Numbers) -> Iterator[torch.Tensor]:
    """The matrices of whole numbers, in the order in which they are used, as they were before."""
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            yield torch.tensor(matrix(node, numbers))


def matrix(node: NodeProto, numbers: Numbers) -> np.ndarray:
    """The matrix of one multiplication, a row for each number that comes out."""
    name = node.input[1].removesuffix("_quantized")
    whole = numbers[f"{name}_quantized"].astype(np.float32)
    zero = numbers[f"{name}_zero_point"].astype(np.float32)
    return ((whole - zero) * numbers[f"{name}_scale"]).T.copy()
