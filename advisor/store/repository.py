"""The unit of work: what can be read and written inside one transaction."""

from __future__ import annotations

from advisor.store.agreements import Agreements
from advisor.store.chats import Chats
from advisor.store.followups import Followups
from advisor.store.interviews import Interviews
from advisor.store.learning import Learning
from advisor.store.messages import Messages
from advisor.store.outbox import Outbox
from advisor.store.owners import Owners
from advisor.store.plans import Plans
from advisor.store.practice.accounts import Accounts
from advisor.store.practice.auditing import Auditing
from advisor.store.practice.invitations import Invitations
from advisor.store.practice.noting import ClientLines
from advisor.store.practice.practice import Practice
from advisor.store.practice.programs import Announcing
from advisor.store.practice.sessions import Sessions
from advisor.store.queues import Queues
from advisor.store.retention import Retention
from advisor.store.updates import Updates


class Unit(
    Chats,
    Interviews,
    Messages,
    Plans,
    Outbox,
    Updates,
    Queues,
    Learning,
    Followups,
    Agreements,
    Owners,
    Retention,
    ClientLines,
    Announcing,
    Auditing,
):
    """One transaction; see `Store.unit`. Each base is a table or two."""

    @property
    def accounts(self) -> Accounts:
        """Practices and who signs in."""
        return Accounts(self.connection, self.ids)

    @property
    def sessions(self) -> Sessions:
        """Sign-ins."""
        return Sessions(self.connection, self.ids)

    @property
    def invitations(self) -> Invitations:
        """Invitations by their tokens."""
        return Invitations(self.connection, self.ids)

    def practice(self, practice_id: str) -> Practice:
        """What one practice has. Raises ValueError without one."""
        return Practice(self.connection, self.ids, practice_id)
