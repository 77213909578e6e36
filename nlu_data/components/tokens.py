"""Tokens as owners type them: `%`, `½` and the gershayim of `ש"ח` stay in the word."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

TOKEN = re.compile(r"[^\s.,;:!?()]+(?:[.,:'\"][^\s.,;:!?()]+)*|[.,;:!?()]+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class OwnersTokenizer(Tokenizer):
    """Splits at white space and punctuation, but not inside a number or an abbreviation."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Options are whole: `slot.a+b` is not split."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OwnersTokenizer:
        """Rasa's way to make a component."""
        return cls(config)

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """The tokens of one attribute of a message."""
        text = message.get(attribute)
        return [Token(match.group(), match.start()) for match in TOKEN.finditer(text)]
