"""When to look at an interview again, whom not to write to first, and check-ins on plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Columns that may be empty, and a table: a program that knows nothing of them goes on."""
    op.add_column("chats", sa.Column("silence", sa.Text))
    op.add_column("interviews", sa.Column("due_at", MOMENT))
    op.add_column("interviews", sa.Column("reminded", sa.Integer))
    due = sa.text("due_at IS NOT NULL AND ended_at IS NULL")
    op.create_index(
        "ix_interviews_due", "interviews", ["due_at"], sqlite_where=due, postgresql_where=due
    )
    op.create_table(
        "checkins",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("interview_id", sa.Text, nullable=False),
        sa.Column("plan_id", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text),
        sa.Column("value", sa.Float),
        sa.Column("answered_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_checkins"),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name="fk_checkins_interview_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "interview_id", "action", "week", name="uq_checkins_interview_id_action_week"
        ),
    )
