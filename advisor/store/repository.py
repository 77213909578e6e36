"""The unit of work: what can be read and written inside one transaction."""

from __future__ import annotations

from advisor.store.chats import Chats
from advisor.store.interviews import Interviews
from advisor.store.learning import Learning
from advisor.store.messages import Messages
from advisor.store.outbox import Outbox
from advisor.store.owners import Owners
from advisor.store.plans import Plans
from advisor.store.queues import Queues
from advisor.store.updates import Updates


class Unit(Chats, Interviews, Messages, Plans, Outbox, Updates, Queues, Learning, Owners):
    """One transaction; see `Store.unit`. Each base is a table or two."""
