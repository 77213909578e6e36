"""Learning from use: who allowed it, and what was misread."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """New tables only: a program that knows nothing of them goes on as before."""
    make_consents()
    make_misreadings()


def owner(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_chat_id"
    return sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=name, ondelete="CASCADE")


def make_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT),
        sa.Column("given", sa.Boolean()),
        sa.Column("answered_at", MOMENT),
        sa.PrimaryKeyConstraint("chat_id", name="pk_consents"),
        owner("consents"),
    )


def make_misreadings() -> None:
    op.create_table(
        "misreadings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("question", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("read", DOCUMENT),
        sa.Column("corrected", DOCUMENT),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("label", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_misreadings"),
        sa.UniqueConstraint("message_id", name="uq_misreadings_message_id"),
        owner("misreadings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_misreadings_chat_id", "misreadings", ["chat_id"])
    condition = sa.text("done_at IS NULL")
    op.create_index(
        "ix_misreadings_waiting",
        "misreadings",
        ["at"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
