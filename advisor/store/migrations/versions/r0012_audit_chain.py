"""A hash in each line of the audit log, of itself and of the one before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """A column that may be empty: lines of before, and of a program that knows nothing of it."""
    op.add_column("audit", sa.Column("chain", sa.Text()))
