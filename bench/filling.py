"""Fills a database with interviews, quickly."""

from __future__ import annotations

import psycopg

FILLED = """
INSERT INTO chats (id, address, language, created_at)
  SELECT 'f' || n, 'telegram:8:' || n, 'he', now()
  FROM generate_series(%(low)s::int, %(high)s::int) n;
INSERT INTO interviews (id, chat_id, state, turns, started_at, updated_at)
  SELECT 'f' || n, 'f' || n, '{"language": "he"}', 20, now(), now()
  FROM generate_series(%(low)s::int, %(high)s::int) n;
INSERT INTO events (interview_id, turn, position, payload, at)
  SELECT 'f' || n, turn, 0, '{"type": "interview_started", "language": "he"}', now()
  FROM generate_series(%(low)s::int, %(high)s::int) n, generate_series(1, 5) turn;
INSERT INTO answers (interview_id, slot, state, value, approximate, at)
  SELECT 'f' || n, 'slot' || slot, 'known', '1', false, now()
  FROM generate_series(%(low)s::int, %(high)s::int) n, generate_series(1, 5) slot;
INSERT INTO messages (id, chat_id, interview_id, direction, text, at)
  SELECT 'f' || n || '.' || m, 'f' || n, 'f' || n, 'in', 'x', now()
  FROM generate_series(%(low)s::int, %(high)s::int) n, generate_series(1, 5) m;
INSERT INTO outbox (chat_id, payload, created_at, sent_at, attempts)
  SELECT 'f' || n, '{"type": "say"}', now(), now(), 0
  FROM generate_series(%(low)s::int, %(high)s::int) n, generate_series(1, 5) m
"""
"""Rows like those of real interviews, if fewer of each: what grows with them is the indexes."""
AT_ONCE = 50_000


async def fill(url: str, size: int) -> None:
    """Have so many interviews beside those that are there."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        found = await connection.execute("SELECT count(*) FROM chats WHERE id LIKE 'f%'")
        (there,) = await found.fetchone() or (0,)
        for low in range(there + 1, size + 1, AT_ONCE):
            bounds = {"low": low, "high": min(low + AT_ONCE - 1, size)}
            for statement in FILLED.split(";"):
                await connection.execute(statement.encode(), bounds)
        await connection.execute("VACUUM ANALYZE")
