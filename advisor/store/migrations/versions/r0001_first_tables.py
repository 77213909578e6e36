"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Written out rather than imported: a revision must go on doing what it did.
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    make_chats()
    make_interviews()
    make_events()
    make_answers()
    make_messages()
    make_plans()
    make_updates()
    make_outbox()


def owner(table: str, key: str, owners: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{key}"
    return sa.ForeignKeyConstraint([key], [f"{owners}.id"], name=name, ondelete="CASCADE")


def partial_index(
    name: str, table: str, columns: list[str], where: str, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def make_chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("stopped_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
        sa.UniqueConstraint("address", name="uq_chats_address"),
    )


def make_interviews() -> None:
    op.create_table(
        "interviews",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("state", DOCUMENT, nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_interviews"),
        owner("interviews", "chat_id", "chats"),
    )
    op.create_index("ix_interviews_chat_id", "interviews", ["chat_id"])
    partial_index("uq_interviews_open", "interviews", ["chat_id"], "ended_at IS NULL", unique=True)


def make_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint(
            "interview_id", "turn", "position", name="uq_events_interview_id_turn_position"
        ),
        owner("events", "interview_id", "interviews"),
    )


def make_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("value", DOCUMENT),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.Text()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("replaced_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        owner("answers", "interview_id", "interviews"),
    )
    op.create_index("ix_answers_interview_id", "answers", ["interview_id"])
    standing = ["interview_id", "slot"]
    partial_index("uq_answers_standing", "answers", standing, "replaced_at IS NULL", unique=True)


def make_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Text()),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("option", sa.Text()),
        sa.Column("question", sa.Text()),
        sa.Column("external", sa.Text()),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_messages"),
        sa.UniqueConstraint("id", name="uq_messages_id"),
        owner("messages", "chat_id", "chats"),
        owner("messages", "interview_id", "interviews"),
    )
    op.create_index("ix_messages_chat_id", "messages", ["chat_id"])
    op.create_index("ix_messages_interview_id", "messages", ["interview_id"])


def make_plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sa.UniqueConstraint("interview_id", "version", name="uq_plans_interview_id_version"),
        owner("plans", "interview_id", "interviews"),
    )


def make_updates() -> None:
    op.create_table(
        "updates",
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("address", sa.Text()),
        sa.Column("payload", DOCUMENT),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", MOMENT),
        sa.Column("dead_at", MOMENT),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("bot", "update_id", name="pk_updates"),
    )
    order = ["bot", "received_at"]
    partial_index("ix_updates_unfinished", "updates", order, "done_at IS NULL")


def make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", MOMENT),
        sa.Column("dead_at", MOMENT),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        owner("outbox", "chat_id", "chats"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_chat_id", "outbox", ["chat_id"])
    partial_index("ix_outbox_unsent", "outbox", ["id"], "sent_at IS NULL AND dead_at IS NULL")
