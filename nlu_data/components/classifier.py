"""The classifier: what a message, and each of its clauses, is about and which options it names.

It gives Rasa's own `intent` and `intent_ranking`, and under `segments` all that a reader needs to
judge the message in the light of the question that was asked (which Rasa doesn't know): for the
whole message first and then for each clause, the probabilities of every topic (an act or a slot),
of every option of every slot, of the slot that a correction is about, and of a language; and, under
`said`, how much of its words speak of each topic where they stand, or are a remark.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any, Dict, List, Text, Type

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    METADATA_EXAMPLE,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import heads as linear
from components import heads_file
from components.clauses import CLAUSES, MESSAGE_PIECES
from components.embedding import CLAUSE_VECTORS
from components.encoder import encoder, said_in
from components.labels import LISTED, NO_TARGET, read_label
from components.ngrams import CLAUSE_NGRAMS

SEGMENTS = "segments"
LIKELY = 0.5
DIGITS = 4
LEAST = 0.002
"""Topics and targets below this are left out of the answer."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class OwnersClassifier(IntentClassifier, GraphComponent):
    """Linear heads over all dense features that come before it."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Any dense featurizers."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """How the heads are trained (see `heads.Strength`), and how many intents to rank."""
        return {**asdict(linear.Strength()), "ranking_length": 10}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Any positive numbers will do."""

    def __init__(
        self,
        config: Dict[Text, Any],
        storage: ModelStorage,
        resource: Resource,
        heads: Dict[str, linear.Head],
    ) -> None:
        self._config = config
        self.storage = storage
        self.resource = resource
        self.heads = heads
        self.together = linear.Together(heads) if heads else None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OwnersClassifier:
        """Rasa's way to make a component."""
        return cls(config, model_storage, resource, {})

    def train(self, training_data: TrainingData) -> Resource:
        """Train every head and keep it."""
        examples = [m for m in training_data.intent_examples if m.features]
        labels = [read_label(message.get(INTENT)) for message in examples]
        known = {field.name for field in fields(linear.Strength)}
        strength = linear.Strength(**{k: v for k, v in self._config.items() if k in known})
        listed = [is_listed(message) for message in examples]
        self.heads = linear.train(views_of(examples), labels, strength, listed)
        with self.storage.write_to(self.resource) as folder:
            heads_file.save(self.heads, folder)
        return self.resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> OwnersClassifier:
        """Read what `train` wrote."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, heads_file.load(folder))

    def process(self, messages: List[Message]) -> List[Message]:
        """Put the segments and the intents on each message."""
        if self.together is None:
            return messages
        for message in messages:
            if not message.features:
                continue
            clauses = message.get(CLAUSES) or []
            text = message.get(TEXT)
            spans = [(0, len(text)), *((clause.start, clause.end) for clause in clauses)]
            views = with_clauses(message) if clauses else views_of([message])
            scores = self.together.probabilities(views)
            said = [self.said(message, *span) for span in spans]
            segments = [
                {**self.segment(scores, i, span), "said": said[i]} for i, span in enumerate(spans)
            ]
            message.set(SEGMENTS, segments, add_to_output=True)
            ranking = self.ranking(scores)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def segment(self, scores: Dict[str, np.ndarray], index: int, span: tuple) -> Dict[Text, Any]:
        """All that is known of one segment, as JSON."""
        named = {
            name: {
                label: p
                for label, p in zip(head.labels, rounded(scores[name][index]), strict=True)
                if p >= LEAST or name not in (linear.TOPICS, linear.TARGETS)
            }
            for name, head in self.heads.items()
        }
        topics = named.pop(linear.TOPICS)
        targets = {act: named.pop(act, {}) for act in (linear.TARGETS, linear.LANGUAGES)}
        return {
            "start": span[0],
            "end": span[1],
            "topics": topics,
            "targets": targets,
            "options": named,
        }

    def said(self, message: Message, start: int, end: int) -> Dict[Text, float]:
        """The topics that the words of text[start:end] speak of where they stand."""
        found = said_in(message.get(MESSAGE_PIECES) or [], start, end)
        if found is None:
            return {}
        named = zip(encoder().topics, rounded(found), strict=True)
        return {topic: p for topic, p in named if p >= LEAST}

    def ranking(self, scores: Dict[str, np.ndarray]) -> List[Dict[Text, Any]]:
        """The likeliest intents of the whole message, by Rasa's names."""
        topics = scores[linear.TOPICS][0]
        best = np.argsort(-topics)[: self._config["ranking_length"]]
        names = [self.heads[linear.TOPICS].labels[i] for i in best]
        return [
            {
                INTENT_NAME_KEY: self.intent(name, scores),
                PREDICTED_CONFIDENCE_KEY: round(float(topics[i]), 4),
            }
            for name, i in zip(names, best, strict=True)
        ]

    def intent(self, topic: str, scores: Dict[str, np.ndarray]) -> str:
        """A topic with its likeliest target or options."""
        if topic not in self.heads:
            return topic
        head, row = self.heads[topic], scores[topic][0]
        chosen = [int(row.argmax())]
        if not head.exclusive:
            chosen = [i for i, p in enumerate(row) if p > LIKELY] or chosen
        rest = "+".join(head.labels[i] for i in chosen)
        return topic if rest == NO_TARGET else f"{topic}.{rest}"


def rounded(row: np.ndarray) -> List[float]:
    """Probabilities with the digits that matter, all at once."""
    return row.astype(float).round(DIGITS).tolist()


def is_listed(message: Message) -> bool:
    """Whether an example only names an option (see `examples.TRADES`)."""
    metadata = message.get(METADATA) or {}
    return bool((metadata.get(METADATA_EXAMPLE) or {}).get(LISTED))


def views_of(messages: List[Message]) -> linear.Views:
    """The features of whole messages."""
    found = [
        (message.get_dense_features(TEXT)[1], message.get_sparse_features(TEXT)[1])
        for message in messages
    ]
    dense = np.vstack([np.asarray(d.features).reshape(1, -1) for d, _ in found])
    sparse = scipy.sparse.vstack([s.features for _, s in found]).tocsr()
    return linear.Views(dense, sparse)


def with_clauses(message: Message) -> linear.Views:
    """The features of a message and of its clauses."""
    whole = views_of([message])
    return linear.Views(
        np.vstack([whole.dense, message.get(CLAUSE_VECTORS)]),
        scipy.sparse.vstack([whole.sparse, message.get(CLAUSE_NGRAMS)]).tocsr(),
    )
