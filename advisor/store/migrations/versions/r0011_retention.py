"""When each owner was heard last, so that who fell silent is found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MOMENT = sa.DateTime(timezone=True)
FILL = """UPDATE chats SET heard_at = coalesce(
  (SELECT max(at) FROM messages WHERE messages.chat_id = chats.id AND direction = 'in'),
  created_at)
"""


def upgrade() -> None:
    """A column that may be empty: a program that knows nothing of it goes on."""
    op.add_column("chats", sa.Column("heard_at", MOMENT))
    op.execute(FILL)
    op.create_index("ix_chats_heard_at", "chats", ["heard_at"])
