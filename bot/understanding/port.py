"""What a conversation needs of understanding."""

from __future__ import annotations

from typing import Protocol

from advisor.interview.inputs import Reading


class Reader(Protocol):
    """Reads a message in the light of the question asked."""

    @property
    def away(self) -> bool:
        """Whether free text can't be read just now (Rasa is loading or gone)."""
        ...

    async def settle(self) -> None:
        """Wait while the model is about to be there, seconds at most: what is written meanwhile
        deserves to be understood. Returns at once where it is there, or won't come."""
        ...

    async def read(self, text: str, question: str | None) -> Reading:
        """What the message does and says; never raises for any text."""
        ...
