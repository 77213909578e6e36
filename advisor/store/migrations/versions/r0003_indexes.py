"""Indexes for what is asked of many rows: a chat's newest replies, and dead updates of one chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Indexes only: a program that knows nothing of them goes on as before."""
    op.create_index("ix_outbox_chat_id_id", "outbox", ["chat_id", "id"])
    op.drop_index("ix_outbox_chat_id", "outbox")
    dead = sa.text("dead_at IS NOT NULL")
    op.create_index(
        "ix_updates_dead", "updates", ["address"], sqlite_where=dead, postgresql_where=dead
    )
