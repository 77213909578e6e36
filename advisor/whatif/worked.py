"""What working out a supposition gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.facts import Inputs
from advisor.model import Fact


@dataclass(frozen=True, slots=True)
class Worked:
    """The lines of an answer (keys of the wording), the numbers that fill them, and the slots
    whose answers it lacks: where there are any, only these are told."""

    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()


def lacking(inputs: Inputs, *slots: str) -> Worked | None:
    """The slots without an answer, or None where all have one."""
    missing = tuple(slot for slot in slots if inputs.known(slot) is None)
    return Worked(missing=missing) if missing else None


def told(lines: Iterable[str], facts: Iterable[Fact | None] = ()) -> Worked:
    """An answer of these lines, with what of the numbers is there."""
    return Worked(tuple(lines), tuple(fact for fact in facts if fact is not None))
