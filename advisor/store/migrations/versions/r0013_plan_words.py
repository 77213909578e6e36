"""What consultants wrote on sending a version of a plan, so that its documents show it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """A table: a program that knows nothing of it goes on."""
    op.create_table(
        "plan_words",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("interview_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_words"),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name="fk_plan_words_interview_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_plan_words_version", "plan_words", ["interview_id", "version", "id"])
