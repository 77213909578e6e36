"""Processor time, as the kernel counts it: what other work on the machine disturbs least."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def spent(pid: int) -> float:
    """Seconds that a process took so far, with its children: those that ended and those that
    run."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0.0
    own = sum(map(int, fields[11:15]))
    return own / TICKS + sum(spent(int(child)) for child in children)


def each(before: Mapping[str, float], after: Mapping[str, float], number: int) -> dict[str, float]:
    """Milliseconds for one of so many turns, by what took them."""
    return {name: 1000 * (after[name] - before[name]) / number for name in before}


def told(costs: Mapping[str, float]) -> str:
    """In words."""
    return ", ".join(f"{name} {cost:.1f} ms" for name, cost in costs.items())
