"""Why a page isn't shown; which words go with it is in text/<language>/errors.yml."""

from __future__ import annotations


class ConsoleError(Exception):
    """Base of them: `words` names the text, `status` is HTTP's."""

    status = 400

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class RefusedError(ConsoleError):
    """It isn't for this account, or not from a page of ours."""

    status = 403


class UnreadableError(ConsoleError):
    """A form that can't be taken as it is."""

    status = 422


class MissingError(ConsoleError):
    """There is no such thing here."""

    status = 404


class SignInNeededError(Exception):
    """Nobody is signed in, or not with both factors; `to` is the page to go to first."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


class FormError(Exception):
    """A form holds something that can't be; `words` names the sentence that says what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
