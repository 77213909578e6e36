"""Everything that a practice can ask for and change, in a unit. It can't be made without a practice
and asks for nothing without it, so that no practice sees what another one has."""

from __future__ import annotations

from advisor.store.practice.histories import Histories
from advisor.store.practice.log import Log
from advisor.store.practice.people import People
from advisor.store.practice.programs import Programs
from advisor.store.practice.surveying import Survey


class Practice(Histories, People, Survey, Programs, Log):
    """One practice, in a unit; see `Unit.practice`."""
