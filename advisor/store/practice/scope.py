"""What keeps practices apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from advisor.store.base import Part
from advisor.store.practice.listing import Filter
from advisor.store.transaction import Transaction


class Scoped(Part):
    """A part that belongs to one practice."""

    def __init__(self, connection: Transaction, ids: Callable[[], str], practice_id: str) -> None:
        super().__init__(connection, ids)
        if not practice_id:
            raise ValueError("a practice is needed")
        self.practice_id = practice_id

    def keyed(self, wanted: Filter) -> Filter:
        """The filter with all that each of its words may have been kept as."""
        return replace(wanted, sought=self.kept(wanted.sought), widely=self.kept(wanted.widely))

    def kept(self, sought: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        """For each word, all that its tokens may have been kept as."""
        return [
            frozenset(kept for token in tokens for kept in self.search_keys(token))
            for tokens in sought
        ]
