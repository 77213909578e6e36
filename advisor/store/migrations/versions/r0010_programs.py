"""Tokens of programs, and addresses that are told what happens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """New tables only: a program that knows nothing of them goes on as before."""
    op.create_table(
        "api_tokens",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("practice_id", TEXT, nullable=False),
        sa.Column("consultant_id", TEXT),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("scopes", DOCUMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        owner("api_tokens", "practice_id", "practices.id", "CASCADE"),
        owner("api_tokens", "consultant_id", "consultants.id", "SET NULL"),
        sa.UniqueConstraint("digest", name="uq_api_tokens_digest"),
    )
    op.create_index("ix_api_tokens_practice_id", "api_tokens", ["practice_id"])
    op.create_index("ix_api_tokens_consultant_id", "api_tokens", ["consultant_id"])
    op.create_table(
        "hooks",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("practice_id", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("secret", TEXT, nullable=False),
        sa.Column("events", DOCUMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hooks"),
        owner("hooks", "practice_id", "practices.id", "CASCADE"),
    )
    op.create_index("ix_hooks_practice_id", "hooks", ["practice_id"])
    make_deliveries()


def make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("hook_id", TEXT, nullable=False),
        sa.Column("chat_id", TEXT, nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("done_at", MOMENT),
        sa.Column("dead_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        owner("deliveries", "hook_id", "hooks.id", "CASCADE"),
        owner("deliveries", "chat_id", "chats.id", "CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_hook_id", "deliveries", ["hook_id"])
    op.create_index("ix_deliveries_chat_id", "deliveries", ["chat_id"])
    op.create_index("ix_deliveries_created_at", "deliveries", ["created_at"])
    due = sa.text("done_at IS NULL AND dead_at IS NULL")
    op.create_index(
        "ix_deliveries_due", "deliveries", ["next_at"], sqlite_where=due, postgresql_where=due
    )


def owner(table: str, column: str, of: str, gone: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [of], name=name, ondelete=gone)
