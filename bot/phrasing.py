"""The wording of replies in one language, with its fields filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.catalog import Catalog
from advisor.model import Answer
from advisor.render import hebrew
from advisor.render.formats import format_value


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What the bot says in a language."""

    catalog: Catalog
    language: str

    @property
    def texts(self) -> Mapping[str, Any]:
        """The wording of replies, by key."""
        texts: Mapping[str, Any] = self.catalog.texts[self.language]["replies"]
        return texts

    def text(self, key: str, **fields: object) -> str:
        """A reply."""
        return self.filled(str(self.texts[key]), **fields)

    def filled(self, template: str, **fields: object) -> str:
        """Any wording with its fields filled."""
        return hebrew.fitted(self.language, template.format(**fields))

    def label(self, slot: str) -> str:
        """A slot's name inside a sentence."""
        return str(self.catalog.question(self.language, slot)["label"])

    def label_start(self, slot: str) -> str:
        """A slot's name at the start of a sentence."""
        label = self.label(slot)
        return label[:1].upper() + label[1:]

    def value(self, answer: Answer) -> str:
        """What an answer says, in words."""
        return format_value(self.catalog, self.language, answer.slot, answer)
