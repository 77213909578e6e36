"""Embeddings as Rasa features: of a message and, beside it, of each of its clauses."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Dict, List, Text, Type

import numpy as np
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

from components.clauses import CLAUSES, MESSAGE_PIECES, MESSAGE_ROW, Clause
from components.encoder import encoder, row_in

CLAUSE_VECTORS = "clause_vectors"
"""Message property: the embedding of each clause."""


class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """A row of length 1 for each text, times `scale`: unscaled, a linear classifier underfits."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Rasa wants tokens before features."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Scale as measured; `alias` names the features."""
        return {"scale": 10.0, "alias": "embedding"}

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
    ) -> SentenceFeaturizer:
        """Rasa's way to make a component."""
        return cls(execution_context.node_name, config)

    @abstractmethod
    def rows_of(self, texts: List[str]) -> np.ndarray:
        """One row of length 1 for each text; zeros for an empty one."""

    def row_of(self, message: Message) -> np.ndarray:
        """The row of a whole message."""
        return self.rows_of([message.get(TEXT) or ""])

    def process(self, messages: List[Message]) -> List[Message]:
        """Features of each message and of its clauses."""
        for message in messages:
            whole = self.row_of(message)
            self.attach(message, whole)
            rows = self.clause_rows(message, message.get(CLAUSES) or [], whole.shape[1])
            message.set(CLAUSE_VECTORS, rows * self._config["scale"])
        return messages

    def clause_rows(self, message: Message, clauses: List[Clause], size: int) -> np.ndarray:
        """The row of each clause; single words after the first clause are left to the n-grams."""
        chosen = [i for i, clause in enumerate(clauses) if i == 0 or " " in clause.alone]
        rows = np.zeros((len(clauses), size), dtype=np.float32)
        if chosen:
            rows[chosen] = self.rows_of([clauses[i].alone for i in chosen])
        return rows

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Features of every example."""
        examples = [m for m in training_data.training_examples if m.get(TEXT)]
        rows = self.rows_of([m.get(TEXT) for m in examples])
        for message, row in zip(examples, rows, strict=True):
            self.attach(message, row[np.newaxis])
        return training_data

    def attach(self, message: Message, row: np.ndarray) -> None:
        """Give a message its sentence feature."""
        scaled = row * self._config["scale"]
        message.add_features(Features(scaled, FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class OwnersFeaturizer(SentenceFeaturizer):
    """Rows of our own encoder."""

    def __init__(self, name: Text, config: Dict[Text, Any]) -> None:
        super().__init__(name, config)
        self.encoder = encoder()

    def rows_of(self, texts: List[str]) -> np.ndarray:
        """One row of length 1 for each text; zeros for an empty one."""
        return self.encoder.rows_of(texts)

    def row_of(self, message: Message) -> np.ndarray:
        """The row of a whole message: its clauses were cut with it."""
        known = message.get(MESSAGE_ROW)
        return super().row_of(message) if known is None else known

    def clause_rows(self, message: Message, clauses: List[Clause], size: int) -> np.ndarray:
        """Half of each clause's row is of the clause by itself, half of it where it stands."""
        rows = super().clause_rows(message, clauses, size)
        pieces = message.get(MESSAGE_PIECES) or []
        for i, clause in enumerate(clauses):
            placed = row_in(pieces, clause.start, clause.end)
            if placed is not None:
                rows[i] = (rows[i] + placed) / 2 if rows[i].any() else placed
        return rows
