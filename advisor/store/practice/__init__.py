"""Those who look after owners: practices, their people, sign-in, clients and the audit log."""

from advisor.store.practice.listing import ORDERS, Filter, Order, Page
from advisor.store.practice.practice import Practice
from advisor.store.practice.records import (
    ROLES,
    ApiToken,
    Client,
    Consultant,
    Delivery,
    Entry,
    Hook,
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
    "ApiToken",
    "Client",
    "Consultant",
    "Delivery",
    "Entry",
    "Filter",
    "Hook",
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
