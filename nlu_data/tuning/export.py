"""Writes the tuned network for ONNX Runtime, with whole numbers of 8 bits for weights."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
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

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The row of each text, and log-probabilities of each piece's topics."""
        states = self.network.states(pieces, mask)
        return self.network.mean(states, mask), self.piece(states).log_softmax(-1)


def export(
    network: Network, piece: nn.Linear, tokenizer: Tokenizer, topics: Sequence[str], folder: Path
) -> None:
    """Write model.onnx, tokenizer.json and topics.json."""
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
            output_names=["row", "topics"],
            dynamic_axes={"pieces": sizes, "mask": sizes},
            dynamo=False,
            opset_version=14,
        )
        quantize_dynamic(
            exact, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True
        )
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "topics.json").write_text(json.dumps(list(topics)) + "\n", "utf-8")
