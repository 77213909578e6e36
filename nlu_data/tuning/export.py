"""Writes the tuned network for ONNX Runtime, with whole numbers of 8 bits for weights."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from components.encoder import REMARK
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from tuning.network import Network


class Served(nn.Module):
    """What is asked of the network in use."""

    def __init__(self, network: Network, piece: nn.Linear) -> None:
        super().__init__()
        self.network = network
        self.piece = piece

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The row of each text, log-probabilities of each piece's topics, and its state."""
        states = self.network.states(pieces, mask)
        return self.network.mean(states, mask), self.piece(states).log_softmax(-1), states


def export(
    network: Network, piece: nn.Linear, tokenizer: Tokenizer, topics: Sequence[str], folder: Path
) -> None:
    """Write model.onnx, tokenizer.json and topics.json. Raises ValueError where ONNX Runtime makes
    no numbers of what was written."""
    folder.mkdir(exist_ok=True)
    sizes = {0: "texts", 1: "length"}
    sample = (torch.randint(4, 100, (2, 8)), torch.ones(2, 8))
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        torch.onnx.export(
            Served(network, piece).eval(),
            sample,
            str(exact),
            input_names=["pieces", "mask"],
            output_names=["row", "topics", "states"],
            dynamic_axes={"pieces": sizes, "mask": sizes},
            dynamo=False,
            opset_version=14,
        )
        quantize_dynamic(
            exact, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True
        )
    asked = dict(zip(("pieces", "mask"), (part.numpy() for part in sample), strict=True))
    for numbers in InferenceSession(folder / "model.onnx").run(None, asked):
        if not np.isfinite(numbers).all():
            raise ValueError(f"{folder / 'model.onnx'} doesn't work: tune it again")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "topics.json").write_text(json.dumps([*topics, REMARK]) + "\n", "utf-8")
