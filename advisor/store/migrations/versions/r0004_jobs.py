"""Work across processes: procrastinate's own tables, on PostgreSQL only; a bell for what is queued;
and an index for the next update of a lane."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SCHEMA = Path(__file__).with_name("procrastinate_0304.sql")
"""Procrastinate's schema as of its migration 03.04.00, as it came: a test compares the two. A newer
one brings migrations of its own, and they become the next revision."""

LANES = """
CREATE INDEX ix_procrastinate_jobs_lane ON procrastinate_jobs (lock, priority, id)
  WHERE status IN ('todo', 'doing')
"""
"""Whoever looks for work asks whether a lane is busy, once for each job that waits."""

BELL = """
CREATE FUNCTION comeback_ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('comeback_outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER comeback_outbox_queued AFTER INSERT ON outbox
  FOR EACH STATEMENT EXECUTE FUNCTION comeback_ring()
"""


def upgrade() -> None:
    """New tables, indexes and a trigger: a program that knows nothing of them goes on."""
    waiting = sa.text("done_at IS NULL AND dead_at IS NULL")
    op.create_index(
        "ix_updates_lane",
        "updates",
        ["address", "update_id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    dead = sa.text("dead_at IS NOT NULL")
    op.create_index(
        "ix_outbox_dead", "outbox", ["dead_at"], sqlite_where=dead, postgresql_where=dead
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.cursor()  # several statements at once, and % as it is
        for statements in (SCHEMA.read_text(encoding="utf-8"), LANES, BELL):
            cursor.execute(statements)
        cursor.close()
