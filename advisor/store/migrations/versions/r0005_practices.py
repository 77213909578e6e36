"""Practices, their people, what ties owners to them, and the audit log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SQLITE = (
    "CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "CREATE TRIGGER audit_changes_nothing BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
)
POSTGRES = (
    "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_keeps_rows BEFORE UPDATE OR DELETE ON audit"
    " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
    "CREATE TRIGGER audit_keeps_table BEFORE TRUNCATE ON audit"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
)


def upgrade() -> None:
    """New tables only: a program that knows nothing of them goes on as before."""
    make_practices()
    make_consultants()
    make_sessions()
    make_invitations()
    make_clients()
    make_notes()
    make_audit()


def key(name: str, type_: Any = TEXT, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=nullable)


def owner(table: str, column: str, of: str, gone: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [of], name=name, ondelete=gone)


def make_practices() -> None:
    op.create_table(
        "practices",
        key("id"),
        key("name"),
        key("created_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_practices"),
    )


def make_consultants() -> None:
    op.create_table(
        "consultants",
        key("id"),
        key("practice_id", nullable=True),
        key("email"),
        key("name"),
        key("role"),
        key("language"),
        key("password"),
        key("secret", nullable=True),
        key("secret_step", sa.Integer(), nullable=True),
        key("confirmed_at", MOMENT, nullable=True),
        key("created_at", MOMENT),
        key("disabled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consultants"),
        owner("consultants", "practice_id", "practices.id"),
        sa.UniqueConstraint("email", name="uq_consultants_email"),
    )
    op.create_index("ix_consultants_practice_id", "consultants", ["practice_id"])
    op.create_table(
        "recovery_codes",
        key("digest"),
        key("consultant_id"),
        key("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_recovery_codes"),
        owner("recovery_codes", "consultant_id", "consultants.id"),
    )
    op.create_index("ix_recovery_codes_consultant_id", "recovery_codes", ["consultant_id"])
    op.create_table(
        "saved_filters",
        key("id"),
        key("consultant_id"),
        key("name"),
        key("query", DOCUMENT),
        key("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filters"),
        owner("saved_filters", "consultant_id", "consultants.id"),
        sa.UniqueConstraint("consultant_id", "name", name="uq_saved_filters_consultant_id_name"),
    )


def make_sessions() -> None:
    op.create_table(
        "sessions",
        key("id"),
        key("digest"),
        key("consultant_id"),
        key("factors", sa.Integer()),
        key("address", nullable=True),
        key("agent", nullable=True),
        key("created_at", MOMENT),
        key("seen_at", MOMENT),
        key("expires_at", MOMENT),
        key("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("digest", name="uq_sessions_digest"),
        owner("sessions", "consultant_id", "consultants.id"),
    )
    op.create_index("ix_sessions_consultant_id", "sessions", ["consultant_id"])
    op.create_table(
        "attempts",
        key("id", NUMBER),
        key("subject"),
        key("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_subject_at", "attempts", ["subject", "at"])


def make_invitations() -> None:
    op.create_table(
        "invitations",
        key("id"),
        key("practice_id", nullable=True),
        key("digest"),
        key("kind"),
        key("role", nullable=True),
        key("email", nullable=True),
        key("label", nullable=True),
        key("consultant_id", nullable=True),
        key("created_at", MOMENT),
        key("expires_at", MOMENT),
        key("used_at", MOMENT, nullable=True),
        key("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        owner("invitations", "practice_id", "practices.id"),
        sa.UniqueConstraint("digest", name="uq_invitations_digest"),
        owner("invitations", "consultant_id", "consultants.id", "SET NULL"),
    )
    op.create_index("ix_invitations_practice_id", "invitations", ["practice_id"])
    op.create_index("ix_invitations_consultant_id", "invitations", ["consultant_id"])


def make_clients() -> None:
    op.create_table(
        "clients",
        key("chat_id"),
        key("practice_id", nullable=True),
        key("consultant_id", nullable=True),
        key("interview_id", nullable=True),
        key("label", nullable=True),
        key("name", nullable=True),
        key("language", nullable=True),
        key("status"),
        key("sector", nullable=True),
        key("severity", sa.Integer(), nullable=True),
        key("worst_area", nullable=True),
        key("runway", sa.Integer(), nullable=True),
        key("danger", sa.Integer()),
        key("answered", sa.Integer()),
        key("plan_version", sa.Integer()),
        key("sent_version", sa.Integer()),
        key("plan_at", MOMENT, nullable=True),
        key("sent_at", MOMENT, nullable=True),
        key("progress_at", MOMENT, nullable=True),
        key("person_at", MOMENT, nullable=True),
        key("started_at", MOMENT),
        key("contact_at", MOMENT),
        sa.PrimaryKeyConstraint("chat_id", name="pk_clients"),
        owner("clients", "chat_id", "chats.id"),
        owner("clients", "practice_id", "practices.id", "SET NULL"),
        owner("clients", "consultant_id", "consultants.id", "SET NULL"),
    )
    op.create_index("ix_clients_consultant_id", "clients", ["consultant_id"])
    op.create_index("ix_clients_practice_id_contact_at", "clients", ["practice_id", "contact_at"])
    op.create_table(
        "client_tokens",
        key("token"),
        key("chat_id"),
        sa.PrimaryKeyConstraint("token", "chat_id", name="pk_client_tokens"),
        owner("client_tokens", "chat_id", "clients.chat_id"),
    )
    op.create_index("ix_client_tokens_chat_id", "client_tokens", ["chat_id"])


def make_notes() -> None:
    op.create_table(
        "notes",
        key("id"),
        key("chat_id"),
        key("practice_id"),
        key("consultant_id", nullable=True),
        key("text"),
        key("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        owner("notes", "chat_id", "chats.id"),
        owner("notes", "practice_id", "practices.id"),
        owner("notes", "consultant_id", "consultants.id", "SET NULL"),
    )
    for column in ("chat_id", "practice_id", "consultant_id"):
        op.create_index(f"ix_notes_{column}", "notes", [column])


def make_audit() -> None:
    op.create_table(
        "audit",
        key("id", NUMBER),
        key("practice_id", nullable=True),
        key("consultant_id", nullable=True),
        key("chat_id", nullable=True),
        key("act"),
        key("detail", DOCUMENT, nullable=True),
        key("address", nullable=True),
        key("at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_practice_id_id", "audit", ["practice_id", "id"])
    op.create_index("ix_audit_chat_id_id", "audit", ["chat_id", "id"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRES:
        op.execute(statement)
