"""What a portfolio counts, in each client's line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

DOCUMENT = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Columns that may be empty: a program that knows nothing of them goes on as before."""
    for name in ("areas", "observed", "actions"):
        op.add_column("clients", sa.Column(name, DOCUMENT))
    op.add_column("clients", sa.Column("asking", sa.Text()))
