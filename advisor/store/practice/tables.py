"""Tables of those who look after owners: practices, their people, and what ties owners to them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.event import listen

from advisor.store.columns import (
    Document,
    Moment,
    Number,
    PersonalDocument,
    PersonalWords,
    Words,
)
from advisor.store.practice.append_only import POSTGRES, SQLITE, only_on
from advisor.store.tables import metadata, owned_by

practices = Table(
    "practices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
)

consultants = Table(
    "consultants",
    metadata,
    Column("id", Text, primary_key=True),
    # Operators belong to no practice, and so see no owner.
    owned_by("practices", nullable=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", PersonalWords("consultants.name"), nullable=False),
    Column("role", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("secret", PersonalWords("consultants.secret")),
    Column("secret_step", Integer),
    Column("confirmed_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("digest", Text, primary_key=True),
    owned_by("consultants"),
    Column("used_at", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    owned_by("consultants"),
    Column("factors", Integer, nullable=False),
    Column("address", PersonalWords("sessions.address")),
    Column("agent", PersonalWords("sessions.agent")),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Number, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
Index("ix_attempts_subject_at", attempts.c.subject, attempts.c.at)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Text, primary_key=True),
    owned_by("practices", nullable=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("role", Text),
    Column("email", PersonalWords("invitations.email")),
    Column("label", PersonalWords("invitations.label")),
    Column("consultant_id", Text, ForeignKey("consultants.id", ondelete="SET NULL"), index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

clients = Table(
    "clients",
    metadata,
    Column("chat_id", Text, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("practice_id", Text, ForeignKey("practices.id", ondelete="SET NULL")),
    Column("consultant_id", Text, ForeignKey("consultants.id", ondelete="SET NULL"), index=True),
    # Which interview the line tells of; a new one begins it anew.
    Column("interview_id", Text),
    Column("label", PersonalWords("clients.label")),
    Column("name", PersonalWords("clients.name")),
    Column("language", Text),
    Column("status", Text, nullable=False),
    Column("sector", Text),
    Column("severity", Integer),
    Column("worst_area", Text),
    Column("runway", Integer),
    Column("danger", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    # Empty where an older program wrote the line.
    Column("areas", Document),
    Column("observed", Document),
    Column("actions", Document),
    Column("asking", Text),
    Column("plan_version", Integer, nullable=False),
    Column("sent_version", Integer, nullable=False),
    Column("plan_at", Moment),
    Column("sent_at", Moment),
    Column("progress_at", Moment),
    Column("person_at", Moment),
    Column("started_at", Moment, nullable=False),
    Column("contact_at", Moment, nullable=False),
    # The owner answered a consultant, and nobody read it yet.
    Column("replied_at", Moment),
)
Index("ix_clients_practice_id_contact_at", clients.c.practice_id, clients.c.contact_at)

client_tokens = Table(
    "client_tokens",
    metadata,
    Column("token", Text, primary_key=True),  # a keyed hash where there is a key
    Column(
        "chat_id",
        Text,
        ForeignKey("clients.chat_id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Text, primary_key=True),
    owned_by("chats"),
    owned_by("practices"),
    Column("consultant_id", Text, ForeignKey("consultants.id", ondelete="SET NULL"), index=True),
    Column("text", PersonalWords("notes.text"), nullable=False),
    Column("at", Moment, nullable=False),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    Column("id", Text, primary_key=True),
    owned_by("consultants", index=False),
    Column("name", Words, nullable=False),
    Column("query", PersonalDocument("saved_filters.query"), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("consultant_id", "name"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Text, primary_key=True),
    owned_by("practices"),
    Column("consultant_id", Text, ForeignKey("consultants.id", ondelete="SET NULL"), index=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("scopes", Document, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

hooks = Table(
    "hooks",
    metadata,
    Column("id", Text, primary_key=True),
    owned_by("practices"),
    Column("url", PersonalWords("hooks.url"), nullable=False),
    Column("secret", PersonalWords("hooks.secret"), nullable=False),
    Column("events", Document, nullable=False),
    Column("created_at", Moment, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Number, primary_key=True),
    owned_by("hooks"),
    owned_by("chats"),
    Column("event", Text, nullable=False),
    Column("payload", Document, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
    Column("next_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("status", Integer),
    Column("done_at", Moment),
    Column("dead_at", Moment),
    sqlite_autoincrement=True,
)
DUE = text("done_at IS NULL AND dead_at IS NULL")
Index("ix_deliveries_due", deliveries.c.next_at, sqlite_where=DUE, postgresql_where=DUE)

audit = Table(
    "audit",
    metadata,
    Column("id", Number, primary_key=True),
    # No foreign keys: what was done stays when whoever did it, or whom it was done to, is gone.
    Column("practice_id", Text),
    Column("consultant_id", Text),
    Column("chat_id", Text),
    Column("act", Text, nullable=False),
    Column("detail", Document),
    Column("address", Words),
    Column("at", Moment, nullable=False),
    Column("chain", Text),
    sqlite_autoincrement=True,
)
Index("ix_audit_practice_id_id", audit.c.practice_id, audit.c.id)
Index("ix_audit_chat_id_id", audit.c.chat_id, audit.c.id)

listen(audit, "after_create", only_on("sqlite", SQLITE))
listen(audit, "after_create", only_on("postgresql", POSTGRES))
