"""Those who look after owners: practices, their people, sign-in, clients and the audit log."""

from advisor.store.practice.listing import ORDERS, Filter, Order, Page
from advisor.store.practice.practice import Practice
from advisor.store.practice.records import (
    ROLES,
    Client,
    Consultant,
    Entry,
    Invitation,
    Note,
    Role,
    SavedFilter,
    StoredAnswer,
    StoredPractice,
    StoredSession,
)

__all__ = [
    "ORDERS",
    "ROLES",
    "Client",
    "Consultant",
    "Entry",
    "Filter",
    "Invitation",
    "Note",
    "Order",
    "Page",
    "Practice",
    "Role",
    "SavedFilter",
    "StoredAnswer",
    "StoredPractice",
    "StoredSession",
]
