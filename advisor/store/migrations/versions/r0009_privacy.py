"""Privacy: what owners were told and agreed to, and what encrypted columns need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """New tables, and columns that may be empty: a program that knows nothing of them goes on."""
    op.create_table(
        "agreements",
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("shown_at", MOMENT, nullable=False),
        sa.Column("agreed_at", MOMENT),
        sa.Column("message_id", sa.Text()),
        sa.PrimaryKeyConstraint("chat_id", "version", name="pk_agreements"),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_agreements_chat_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "sealing_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sealing_keys"),
    )
    op.add_column("chats", sa.Column("warned_at", MOMENT))
    op.add_column("answers", sa.Column("bounds", DOCUMENT))
    op.add_column("outbox", sa.Column("kind", sa.Text()))
