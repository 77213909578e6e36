"""When an owner answered a consultant, until somebody read it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("clients", sa.Column("replied_at", sa.DateTime(timezone=True)))
