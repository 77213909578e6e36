"""Linear heads on two views of a text: what it is about, and which options it names.

One view is dense (the embedding: what is meant), the other sparse (n-grams: how it is said). Each
gets a logistic regression of its own, and their log-odds are mixed: together in one regression the
many n-grams drown the embedding. `exclusive` heads give probabilities that add up to 1, the others
one probability for each label by itself. All is kept as plain arrays.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Dict, List, Sequence

import numpy as np
import scipy.sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, SGDClassifier

from components.labels import Label, combines, options_by_slot

TOPICS = "topics"
TARGETS = "change"
LANGUAGES = "language"


@dataclass
class Views:
    """The same texts twice: a row of the embedding and a row of n-grams for each."""

    dense: np.ndarray
    sparse: scipy.sparse.csr_matrix

    def take(self, rows: Sequence[int]) -> Views:
        """Some of the texts."""
        return Views(self.dense[rows], self.sparse[rows])


@dataclass
class Linear:
    """One column of weights for each label, and a bias."""

    weights: np.ndarray
    bias: np.ndarray


@dataclass
class Head:
    """Labels with both regressions, and how much the n-grams' one has to say (0-1)."""

    labels: List[str]
    exclusive: bool
    share: float
    dense: Linear
    sparse: Linear


class Together:
    """All heads with their weights side by side, so that a text is multiplied once, and what both
    regressions say of it is mixed once."""

    def __init__(self, heads: Dict[str, Head]) -> None:
        self.heads = heads
        self.dense = side_by_side([head.dense for head in heads.values()])
        self.sparse = side_by_side([head.sparse for head in heads.values()])
        self.sizes = np.array([len(head.labels) for head in heads.values()])
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.share = self.spread([head.share for head in heads.values()])
        self.exclusive = self.spread([head.exclusive for head in heads.values()])

    def spread(self, values: Sequence[float]) -> np.ndarray:
        """A value of each head for each of its labels."""
        return np.repeat(np.asarray(values), self.sizes)

    def probabilities(self, views: Views) -> Dict[str, np.ndarray]:
        """For each head one row of probabilities for each text."""
        dense = views.dense @ self.dense.weights + self.dense.bias
        sparse = gathered(views.sparse, self.sparse.weights) + self.sparse.bias
        mixed = self.mixed(dense, sparse)
        return {
            name: mixed[:, start : start + size]
            for name, start, size in zip(self.heads, self.starts, self.sizes, strict=True)
        }

    def mixed(self, dense: np.ndarray, sparse: np.ndarray) -> np.ndarray:
        """Probabilities from what both regressions say, one row for each text."""
        one = np.where(self.exclusive, self.normal(dense), dense)
        other = np.where(self.exclusive, self.normal(-np.logaddexp(0, -sparse)), sparse)
        mixed = (1 - self.share) * one + self.share * other
        return np.where(self.exclusive, np.exp(self.normal(mixed)), 1 / (1 + np.exp(-mixed)))

    def normal(self, scores: np.ndarray) -> np.ndarray:
        """Log-probabilities of each row among the labels of each head."""
        highest = np.maximum.reduceat(scores, self.starts, axis=1)
        scores = scores - np.repeat(highest, self.sizes, axis=1)
        total = np.add.reduceat(np.exp(scores), self.starts, axis=1)
        return scores - np.repeat(np.log(total), self.sizes, axis=1)


def side_by_side(parts: Sequence[Linear]) -> Linear:
    """Several regressions as one; each of the parts becomes a view of it."""
    whole = Linear(np.hstack([p.weights for p in parts]), np.hstack([p.bias for p in parts]))
    start = 0
    for part in parts:
        span = slice(start, start + part.weights.shape[1])
        part.weights = whole.weights[:, span]
        start = span.stop
    return whole


@dataclass
class Strength:
    """Inverse regularisation of the dense heads by kind, of the sparse ones, the n-grams' share
    for topics and for options, and rounds of training."""

    topics: float = 0.3
    choice: float = 0.3
    choices: float = 1.0
    ngrams: float = 10.0
    topic_share: float = 0.4
    option_share: float = 0.3
    rounds: int = 80


def gathered(rows: scipy.sparse.csr_matrix, weights: np.ndarray) -> np.ndarray:
    """rows @ weights, for few rows of few n-grams and weights of half precision."""
    result = np.zeros((rows.shape[0], weights.shape[1]), dtype=np.float32)
    for index in range(rows.shape[0]):
        span = slice(rows.indptr[index], rows.indptr[index + 1])
        picked = weights[rows.indices[span]].astype(np.float32)
        result[index] = rows.data[span].astype(np.float32) @ picked
    return result


def train(
    views: Views, labels: Sequence[Label], strength: Strength, listed: Sequence[bool] = ()
) -> Dict[str, Head]:
    """Every head, from texts and what they stand for; those `listed` only name an option."""
    told = [i for i in range(len(labels)) if not (listed and listed[i])]
    topics = [labels[i].topic for i in told]
    whole = views.take(told)
    heads = {TOPICS: exclusive(whole, topics, strength.topics, strength.topic_share, strength)}
    for act in (TARGETS, LANGUAGES):
        chosen = [i for i, label in enumerate(labels) if label.topic == act]
        heads[act] = one_of(views.take(chosen), [labels[i].target for i in chosen], strength)
    for slot, options in options_by_slot(labels).items():
        chosen = [i for i, label in enumerate(labels) if label.topic == slot]
        named = [labels[i].options for i in chosen]
        if combines(slot, labels):
            heads[slot] = independent(views.take(chosen), named, options, strength)
        else:
            heads[slot] = one_of(views.take(chosen), [n[0] for n in named], strength)
    return heads


def one_of(views: Views, wanted: Sequence[str], strength: Strength) -> Head:
    """One option of several."""
    return exclusive(views, wanted, strength.choice, strength.option_share, strength)


def exclusive(
    views: Views, wanted: Sequence[str], trust: float, share: float, strength: Strength
) -> Head:
    """One label of several. Raises ValueError where there is only one."""
    goals = np.array(wanted)
    dense = regression(views.dense, goals, trust, strength.rounds)
    sparse = on_ngrams(views.sparse, goals, strength)
    labels = sorted(set(wanted))
    return Head(labels, True, share, both_sides(dense, halved=True), both_sides(sparse))


def independent(
    views: Views, named: Sequence[Sequence[str]], options: List[str], strength: Strength
) -> Head:
    """Each option by itself: what names it against what doesn't."""
    goals = [np.array([option in names for names in named]) for option in options]
    dense = [regression(views.dense, g, strength.choices, strength.rounds) for g in goals]
    sparse = [on_ngrams(views.sparse, g, strength) for g in goals]
    return Head(options, False, strength.option_share, beside(dense), beside(sparse))


def regression(
    rows: np.ndarray, goals: np.ndarray, trust: float, rounds: int
) -> LogisticRegression:
    """On the embedding; stopping before the last digit settles is no fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=trust, max_iter=rounds).fit(rows, goals)


def on_ngrams(
    rows: scipy.sparse.csr_matrix, goals: np.ndarray, strength: Strength
) -> SGDClassifier:
    """On the n-grams, one label against the rest: seconds where an exact solver takes minutes."""
    count = rows.shape[0]
    rounds = 15 if count > 5000 else 30
    weight = 1 / (strength.ngrams * count)
    model = SGDClassifier(
        loss="log_loss",
        alpha=weight,
        max_iter=rounds,
        tol=None,
        average=True,
        n_jobs=2,
        random_state=0,
    )
    return model.fit(rows, goals)


def both_sides(model: LogisticRegression, halved: bool = False) -> Linear:
    """A column for each class, of two classes too."""
    weights, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:
        size = 2 if halved else 1
        weights, bias = np.hstack([-weights, weights]) / size, np.hstack([-bias, bias]) / size
    return Linear(weights, bias)


def beside(models: Sequence[LogisticRegression]) -> Linear:
    """The columns of several yes/no models."""
    weights = np.vstack([model.coef_ for model in models]).T
    return Linear(weights, np.hstack([model.intercept_ for model in models]))
