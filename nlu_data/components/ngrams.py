"""Character and word n-grams, weighed by rarity, as sparse features.

They carry what an embedding blurs: numbers ("net 60"), short words, negation and spelling.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Text, Type

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from components.clauses import CLAUSES
from components.plain import plain

CLAUSE_NGRAMS = "clause_ngrams"
"""Message property: the n-grams of each clause."""
KINDS: Dict[str, Dict[str, Any]] = {
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 4)},
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)[\w%₪$€£]+"},
}
NAME = "ngrams"


class Counter:
    """From texts to weighed n-grams: each as often as it is there, but the second time counts for
    less (1 + log), times how rare it is; rows of length 1."""

    def __init__(self) -> None:
        self.kinds = {
            kind: CountVectorizer(lowercase=False, min_df=2, dtype=np.float32, **options)
            for kind, options in KINDS.items()
        }
        self.rarity: Dict[str, np.ndarray] = {}

    def fit(self, texts: List[str]) -> None:
        """Learn the n-grams and how rare they are."""
        texts = [plain(text) for text in texts]
        for kind, counter in self.kinds.items():
            counts = counter.fit_transform(texts)
            self.rarity[kind] = TfidfTransformer().fit(counts).idf_.astype(np.float32)

    def count(self, texts: List[str]) -> scipy.sparse.csr_matrix:
        """One row for each text."""
        texts = [plain(text) for text in texts]
        return scipy.sparse.hstack([self.weighed(kind, texts) for kind in self.kinds]).tocsr()

    def weighed(self, kind: str, texts: List[str]) -> scipy.sparse.csr_matrix:
        """The n-grams of one kind. What TfidfTransformer does, which adds up the weights of all
        n-grams whenever it is asked: a tenth of the time of a whole reading."""
        rows = self.kinds[kind].transform(texts)
        rows.data = (1 + np.log(rows.data)) * self.rarity[kind][rows.indices]
        return normalize(rows, copy=False)

    def save(self, folder: Path) -> None:
        """Write the n-grams and their weights."""
        words = {kind: list(c.get_feature_names_out()) for kind, c in self.kinds.items()}
        (folder / f"{NAME}.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")
        np.savez(folder / f"{NAME}.npz", **self.rarity)

    @classmethod
    def load(cls, folder: Path) -> Counter:
        """Read what `save` wrote."""
        counter = cls()
        words = json.loads((folder / f"{NAME}.json").read_text("utf-8"))
        with np.load(folder / f"{NAME}.npz") as weights:
            counter.rarity = dict(weights)
        for kind, vectorizer in counter.kinds.items():
            vectorizer.set_params(vocabulary={w: i for i, w in enumerate(words[kind])})
        return counter


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """N-grams of each message and of its clauses."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Rasa wants tokens before features."""
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing to get wrong."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`alias` names the features."""
        return {"alias": NAME}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        """Rasa's way to make a component."""
        return cls(execution_context.node_name, config, model_storage, resource)

    def __init__(
        self, name: Text, config: Dict[Text, Any], storage: ModelStorage, resource: Resource
    ) -> None:
        super().__init__(name, config)
        self.counter = Counter()
        self.storage = storage
        self.resource = resource

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams of the examples."""
        self.counter.fit([m.get(TEXT) for m in training_data.training_examples if m.get(TEXT)])
        with self.storage.write_to(self.resource) as folder:
            self.counter.save(folder)
        return self.resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        """Read what `train` wrote."""
        component = cls(execution_context.node_name, config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.counter = Counter.load(folder)
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Features of each message and of its clauses."""
        for message in messages:
            clauses = message.get(CLAUSES) or []
            rows = self.counter.count([message.get(TEXT) or "", *(c.alone for c in clauses)])
            self.attach(message, rows[0])
            message.set(CLAUSE_NGRAMS, rows[1:])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Features of every example."""
        examples = [m for m in training_data.training_examples if m.get(TEXT)]
        rows = self.counter.count([m.get(TEXT) for m in examples])
        for index, message in enumerate(examples):
            self.attach(message, rows[index])
        return training_data

    def attach(self, message: Message, row: scipy.sparse.csr_matrix) -> None:
        """Give a message its sentence feature."""
        features = Features(row.tocoo(), FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"])
        message.add_features(features)
