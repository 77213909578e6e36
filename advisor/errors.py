"""Errors of the product: each says what happened and what to do; the message is for people."""

from pathlib import Path
from traceback import extract_tb

ROOT = Path(__file__).parent.parent
OURS = tuple(ROOT / package for package in ("advisor", "bot", "console", "comeback"))


class ComebackError(Exception):
    """Base of every error that we raise on purpose; its text may be shown to a person as it is."""


class ContentError(ComebackError):
    """A file under content/ is missing, unreadable or inconsistent; names file and key."""


class AnswersError(ComebackError):
    """An answers file can't be used; names the line and the slot."""


class StoreError(ComebackError):
    """The database can't do what was asked, and trying again won't help; says what will."""


class StoreAwayError(StoreError):
    """The database doesn't answer, is busy or has no room: nothing was saved, and trying again may
    help. `why` is what the database says, in short."""

    why = ""


class DiskFullError(StoreAwayError):
    """The database's disk is full: what is there can be read, and nothing can be written."""


class TurnOvertakenError(StoreError):
    """Another turn of the same interview was saved first; take the message again."""


class NewerDataError(StoreError):
    """A newer version of ours wrote what was to be read: it is for that one to go on with."""

    def __init__(self) -> None:
        super().__init__("This was written by a newer version of Comeback: update the program.")


class NotStoredError(StoreError):
    """What was asked for isn't there, perhaps because its owner had it deleted."""


class KeyMissingError(StoreError):
    """Something is encrypted with a key that isn't set; names the key's id."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"The database is encrypted with the key {key_id}, which COMEBACK_ENCRYPTION_KEY"
            " doesn't hold: set the key that was used (several: newest first, with commas)."
        )


class SealBrokenError(StoreError):
    """Something encrypted was changed or damaged; names its place, not what it holds."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"An encrypted value of {place} was changed or damaged: restore it from a copy."
        )


def cause(error: BaseException) -> str:
    """An error for logs: its kind, and of a database that is away what it says."""
    kind = type(error).__name__
    return f"{kind}: {error.why}" if isinstance(error, StoreAwayError) and error.why else kind


def place(error: BaseException) -> str:
    """Where an error was raised, for logs: the last place in our own code, if it is of any. Never
    what it says, which may hold words of an owner."""
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if any(map(Path(frame.filename).is_relative_to, OURS))]
    last = (ours or frames)[-1:]
    return "".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in last)
