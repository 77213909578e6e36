"""Whatever is asked of a large database is answered by an index."""

from __future__ import annotations

import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from databases import Postgres
from practices import LINE
from sqlalchemy import Connection, event
from sqlalchemy import inspect as look_at

from advisor.followup import FollowUp
from advisor.followup.retention import Retention
from advisor.interview.state import Interview
from advisor.model import Answer, AnswerState, PersonalWord
from advisor.store import Misreading, NewUpdate, Store, StoredInterview, Unit
from advisor.store.practice import Delivery, Filter, Invitation, Page, Practice
from advisor.store.practice.accounts import Accounts
from advisor.store.practice.invitations import Invitations
from advisor.store.practice.sessions import Sessions

At = Callable[[int], datetime]
FILLED = """
INSERT INTO chats (id, address, language, created_at, heard_at)
  SELECT 'c' || n, 'telegram:7:' || n, 'he', now(), now() - interval '1 minute' * n
  FROM generate_series(1, 20000) n;
INSERT INTO interviews (id, chat_id, state, turns, started_at, updated_at, ended_at)
  SELECT 'i' || n, 'c' || (n + 1) / 2, '{"language": "he"}', 0, now(), now(),
    CASE WHEN n % 2 = 0 THEN now() END FROM generate_series(1, 6000) n;
INSERT INTO events (interview_id, turn, position, payload, at)
  SELECT 'i' || n, turn, 0, '{"type": "interview_started", "language": "he"}', now()
  FROM generate_series(1, 6000) n, generate_series(1, 10) turn;
INSERT INTO answers (interview_id, slot, state, value, approximate, at, replaced_at)
  SELECT 'i' || n, 'slot' || slot, 'known', '1', false, now(),
    CASE WHEN slot > 5 THEN now() END
  FROM generate_series(1, 6000) n, generate_series(1, 8) slot;
INSERT INTO messages (id, chat_id, interview_id, direction, text, at)
  SELECT 'm' || n || '.' || m, 'c' || (n + 1) / 2, 'i' || n, 'in', 'x', now()
  FROM generate_series(1, 6000) n, generate_series(1, 10) m;
INSERT INTO plans (id, interview_id, version, cause, made_at, document)
  SELECT 'p' || n || '.' || v, 'i' || n, v, 'asked', now(), '{"actions": []}'
  FROM generate_series(1, 6000) n, generate_series(1, 2) v;
INSERT INTO plan_words (interview_id, version, document, at)
  SELECT 'i' || n, v, '{"by": "D", "practice": "P", "text": "x", "at": ""}', now()
  FROM generate_series(1, 6000) n, generate_series(1, 2) v;
INSERT INTO checkins (interview_id, plan_id, action, week, asked_at)
  SELECT 'i' || n, 'p' || n || '.1', 'a' || w, w, now()
  FROM generate_series(1, 6000) n, generate_series(1, 3) w;
UPDATE interviews SET due_at = now() - interval '1 hour' * length(id) WHERE id LIKE 'i%7';
INSERT INTO updates (bot, update_id, address, received_at, done_at, dead_at, attempts)
  SELECT '7', n, CASE WHEN n % 500 = 0 THEN 'telegram:7:' || n END, now(),
    CASE WHEN n % 500 > 0 THEN now() END, CASE WHEN n % 1000 = 0 THEN now() END, 0
  FROM generate_series(1, 40000) n;
INSERT INTO outbox (chat_id, payload, created_at, sent_at, attempts)
  SELECT 'c' || n, '{"type": "say"}', now(), CASE WHEN (n * 20 + m) % 2000 > 0 THEN now() END, 0
  FROM generate_series(1, 3000) n, generate_series(1, 20) m;
INSERT INTO consents (chat_id) SELECT 'c' || n FROM generate_series(1, 3000) n;
INSERT INTO agreements (chat_id, version, shown_at)
  SELECT 'c' || n, '1', now() FROM generate_series(1, 3000) n;
INSERT INTO misreadings (chat_id, message_id, reason, language, text, at, done_at)
  SELECT 'c' || n, 'm' || n || '.' || m, 'undone', 'he', 'x', now(),
    CASE WHEN n % 100 > 0 THEN now() END
  FROM generate_series(1, 3000) n, generate_series(1, 5) m;
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status)
  SELECT 'turns', 'turn', 'telegram:7:' || n, 'todo' FROM generate_series(1, 3000) n;
INSERT INTO practices (id, name, created_at)
  SELECT 'p' || n, 'P', now() FROM generate_series(1, 5000) n;
INSERT INTO consultants (id, practice_id, email, name, role, language, password, created_at)
  SELECT 'k' || n, 'p' || (n + 24) / 25, 'k' || n, 'K', 'consultant', 'he', 'x', now()
  FROM generate_series(1, 1000) n;
INSERT INTO sessions (id, digest, consultant_id, factors, created_at, seen_at, expires_at)
  SELECT 's' || n, 'd' || n, 'k' || (n + 19) / 20, 2, now(), now(), now() + interval '9 years'
  FROM generate_series(1, 20000) n;
INSERT INTO recovery_codes (digest, consultant_id)
  SELECT 'r' || n, 'k' || (n + 9) / 10 FROM generate_series(1, 10000) n;
INSERT INTO attempts (subject, at) SELECT 'a' || n, now() FROM generate_series(1, 20000) n;
INSERT INTO invitations (id, practice_id, digest, kind, created_at, expires_at)
  SELECT 'n' || n, 'p' || (n + 499) / 500, 'd' || n, 'owner', now(), now()
  FROM generate_series(1, 20000) n;
INSERT INTO clients (chat_id, practice_id, consultant_id, interview_id, status, danger, answered,
    plan_version, sent_version, started_at, contact_at)
  SELECT 'c' || n, 'p' || (n + 499) / 500, 'k' || (n + 19) / 20, 'i' || n, 'waiting', n % 100, 9,
    1, 0, now(), now() FROM generate_series(1, 20000) n;
INSERT INTO client_tokens (token, chat_id)
  SELECT 'w:' || (n + t) % 5000, 'c' || n
  FROM generate_series(1, 20000) n, generate_series(1, 10) t;
INSERT INTO notes (id, chat_id, practice_id, text, at)
  SELECT 'o' || n, 'c' || n, 'p' || (n + 499) / 500, 'x', now() FROM generate_series(1, 20000) n;
INSERT INTO saved_filters (id, consultant_id, name, query, at)
  SELECT 'f' || n, 'k' || (n + 9) / 10, 'f' || n, '{}', now() FROM generate_series(1, 10000) n;
INSERT INTO api_tokens (id, practice_id, digest, name, scopes, created_at, expires_at)
  SELECT 't' || n, 'p' || (n + 9) / 10, 'd' || n, 'T', '[]', now(), now()
  FROM generate_series(1, 20000) n;
INSERT INTO hooks (id, practice_id, url, secret, events, created_at)
  SELECT 'h' || n, 'p' || (n + 9) / 10, 'u', 's', '["plan.ready"]', now()
  FROM generate_series(1, 10000) n;
INSERT INTO deliveries (hook_id, chat_id, event, payload, created_at, next_at, attempts, done_at)
  SELECT 'h' || (n + 9) / 10, 'c' || n, 'plan.ready', '{}', now(), now(), 1,
    CASE WHEN n % 100 > 0 THEN now() END
  FROM generate_series(1, 20000) n;
INSERT INTO audit (practice_id, chat_id, act, at)
  SELECT 'p' || n % 40, 'c' || n, 'seen', now() FROM generate_series(1, 40000) n;
ANALYZE
"""
WHOLE = {"drop_updates", "drop_sent", "lines", "answer_counts", "found_otherwise"}
"""What may read a whole table: once in six hours, where much of it goes; a change of keys; and a
portfolio, which is about everybody."""


@pytest.fixture
async def filled(postgres: Postgres) -> AsyncIterator[Store]:
    with postgres.database(migrated=True) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in FILLED.split(";"):
                connection.execute(statement.encode())
        store = await Store.open(url)
        yield store
        await store.close()


def asked(unit: Unit, at: datetime) -> dict[str, Callable[[], Awaitable[Any]]]:
    """Everything that can be asked of a unit, by name."""
    kept = Misreading("m9.9", "undone", "he", None, "x", {}, None, at)
    one = StoredInterview("i1", "c1", Interview(language="he"), 0)
    invited = Invitation("n1", "p1", "owner", None, None, None, "k1", at, at, None, None)
    answer = Answer("slot9", AnswerState.KNOWN, 1)
    return {
        "chat": lambda: unit.chat("telegram:7:5", at),
        "set_language": lambda: unit.set_language("c1", "en"),
        "hold_chat": lambda: unit.hold_chat("c1"),
        "actions_of": lambda: unit.actions_of("i1", 1),
        "note_answered": lambda: unit.note_answered("c1", at),
        "known_chat": lambda: unit.known_chat("telegram:7:5"),
        "set_silence": lambda: unit.set_silence("c1", "muted"),
        "due_chats": lambda: unit.due_chats("telegram:7:", at, 100),
        "follow_up": lambda: unit.follow_up("i1"),
        "set_follow_up": lambda: unit.set_follow_up("i1", FollowUp(at)),
        "note_checkin": lambda: unit.note_checkin("i1", "p1.1", 3, ["a"], at),
        "note_going": lambda: unit.note_going("i1", "a", "done", None, at),
        "progress": lambda: unit.progress("i1"),
        "set_stopped": lambda: unit.set_stopped("c1", at),
        "open_interview": lambda: unit.open_interview("c1"),
        "save_turn": lambda: unit.save_turn(one, one.state, [], None, at),
        "add_events": lambda: unit.add_events(one, [], at),
        "note_answers": lambda: unit.note_answers(one, [], None, at),
        "close_answer": lambda: unit.close_answer("i1", "slot1", at),
        "add_answer": lambda: unit.add_answer("i1", answer, None, at),
        "end_interview": lambda: unit.end_interview("i1", at),
        "start_interview": lambda: unit.start_interview("c1", at),
        "add_message": lambda: unit.add_message("c1", "i1", "in", "", "", "", "", at),
        "transcript": lambda: unit.transcript("i1"),
        "said": lambda: unit.said("c1", "5"),
        "last_said": lambda: unit.last_said("c1"),
        "question_of": lambda: unit.question_of("i1", ["m1.1"]),
        "add_plan": lambda: unit.add_plan("i1", "asked", {"actions": []}, at),
        "add_word": lambda: unit.add_word("i1", 1, PersonalWord("D", "P", "x", at.isoformat())),
        "last_plan": lambda: unit.last_plan("i1"),
        "plan_version": lambda: unit.plan_version("i1", 1),
        "plan": lambda: unit.plan("p1.1"),
        "queue": lambda: unit.queue("c1", {}, at),
        "unsent": lambda: unit.unsent("telegram:7:"),
        "unsent_of": lambda: unit.unsent_of("c1"),
        "mark_sent": lambda: unit.mark_sent(1, at),
        "mark_failed": lambda: unit.mark_failed(1, "", True, at),
        "annotate": lambda: unit.annotate(1, {"message": 1}),
        "annotate_new": lambda: unit.annotate_new("c1", ("ask",), dict, 1),
        "recent": lambda: unit.recent("c1", ("ask",), 1, before=50000),
        "receive_update": lambda: unit.receive_update("7", 5, {}, at),
        "receive_updates": lambda: unit.receive_updates("7", [NewUpdate(6, {})], at),
        "unfinished_updates": lambda: unit.unfinished_updates("7"),
        "next_update": lambda: unit.next_update("telegram:7:500"),
        "lanes_without_jobs": lambda: unit.lanes_without_jobs(),
        "waiting_chats": lambda: unit.waiting_chats("telegram:7:"),
        "queues": lambda: unit.queues(),
        "finish_update": lambda: unit.finish_update("7", 500, at),
        "fail_update": lambda: unit.fail_update("7", 1500, "", True, at),
        "revive_update": lambda: unit.revive_update("7", 1500),
        "dead_messages": lambda: unit.dead_messages(),
        "revive_message": lambda: unit.revive_message(1),
        "dead_updates": lambda: unit.dead_updates(1000),
        "drop_updates": lambda: unit.drop_updates(at),
        "consent": lambda: unit.consent("c1"),
        "note_consent_asked": lambda: unit.note_consent_asked("c1", at),
        "set_consent": lambda: unit.set_consent("c1", False, at),
        "interview_ids": lambda: unit.interview_ids("c1"),
        "past_turns": lambda: unit.past_turns("i1"),
        "texts_of": lambda: unit.texts_of(["m1.1", "m2.1"]),
        "texts_answered": lambda: unit.texts_answered("c1", ["slot1", "slot2"]),
        "keep_misreading": lambda: unit.keep_misreading("c1", kept),
        "waiting_misreadings": lambda: unit.waiting_misreadings(20),
        "count_misreadings": lambda: unit.count_misreadings(),
        "finish_misreading": lambda: unit.finish_misreading(1, None, at),
        "agreement": lambda: unit.agreement("c1", "1"),
        "note_shown": lambda: unit.note_shown("c1", "1", at),
        "note_agreed": lambda: unit.note_agreed("c1", "1", None, at),
        "export": lambda: unit.export("c1"),
        "interview": lambda: unit.interview("i1", {}),
        "touch_client": lambda: unit.touch_client("c1", "i1", None, "he", at),
        "note_client": lambda: unit.note_client("c1", "i1", LINE, "he", at),
        "go_on_line": lambda: unit.go_on_line("c1", "i1", {"danger": 1}),
        "planning": lambda: unit.planning("c1", "i1", at),
        "begin_line": lambda: unit.begin_line("c1", "i1", at),
        "set_line": lambda: unit.set_line("c1", {"danger": 1}),
        "note_tokens": lambda: unit.note_tokens("c1", {"w:1"}),
        "found_otherwise": lambda: unit.found_otherwise(5),
        "note_sent": lambda: unit.note_sent("c1", 1, at),
        "note_progress": lambda: unit.note_progress("c1", at),
        "tie": lambda: unit.tie("c1", invited, at),
        "take_in": lambda: unit.take_in("c1", "p1", at),
        "is_tied": lambda: unit.is_tied("c1", invited),
        "practice_of": lambda: unit.practice_of("c1"),
        "note_act": lambda: unit.note_act("seen", at),
        "check_log": lambda: unit.check_log("p1"),
        "announce": lambda: unit.announce("c1", "plan.ready", 1, at),
        "token_by_digest": lambda: unit.token_by_digest("d", at),
        "due_deliveries": lambda: unit.due_deliveries(at),
        "note_delivery": lambda: unit.note_delivery(TOLD, 200, at),
        "change_delivery": lambda: unit.change_delivery(1, attempts=1),
        "drop_deliveries": lambda: unit.drop_deliveries(at),
        "idle_chats": lambda: unit.idle_chats("telegram:7:", KEPT.limits(at), 200),
        "silent": lambda: unit.silent("c1"),
        "warning": lambda: unit.warning("c1", at),
        "note_heard": lambda: unit.note_heard("c1", at),
        "note_warned": lambda: unit.note_warned("c1", at),
        "set_heard": lambda: unit.set_heard("c1", heard_at=at),
        "drop_sent": lambda: unit.drop_sent(at),
        "forget": lambda: unit.forget("c2"),
    }


KEPT = Retention(timedelta(days=365))
TOLD = Delivery(
    *(1, "u", "s", "plan.ready", {}, datetime.now(UTC), datetime.now(UTC), 0),
    *(None, None, None),
)
INNER = {
    *("rows", "insert_unless_there", "queue_of", "driver_connection"),
    *("change", "invite", "happened", "newest_plan"),
}
"""Parts that the others are made of."""


def asked_of_practice(unit: Unit, at: datetime) -> dict[str, Callable[[], Awaitable[Any]]]:
    """Everything that can be asked of a practice, by name."""
    practice, page = unit.practice("p1"), Page(at, after="c9")
    found = Filter(sought=(frozenset({"w:1", "w:2"}),))
    return {
        "page": lambda: practice.page(found, page),
        "count": lambda: practice.count(found, at),
        "counts": lambda: practice.counts(at),
        "lines": lambda: practice.lines(at),
        "every": lambda: practice.every(found, at),
        "answer_counts": lambda: practice.answer_counts(),
        "read_answer_of": lambda: practice.read_answer_of("c1"),
        "happened_since": lambda: practice.happened_since("c1", 3),
        "happened_of": lambda: practice.happened_of("c1", ["plan_sent"]),
        "plan_by_id": lambda: practice.plan_by_id("c1", "p1.1"),
        "client": lambda: practice.client("c1", at),
        "names_of": lambda: practice.names_of({"c1", "c2"}),
        "hand_over": lambda: practice.hand_over("c1", "k1"),
        "attended": lambda: practice.attended("c1"),
        "colleague": lambda: practice.colleague("k1"),
        "answers": lambda: practice.answers("c1"),
        "interview": lambda: practice.interview("c1"),
        "transcript": lambda: practice.transcript("c1"),
        "agreements": lambda: practice.agreements("c1"),
        "versions": lambda: practice.versions("c1"),
        "plan": lambda: practice.plan("c1"),
        "progress": lambda: practice.progress("c1"),
        "notes": lambda: practice.notes("c1"),
        "add_note": lambda: practice.add_note("c1", "k1", "x", at),
        "name": lambda: practice.name(),
        "colleagues": lambda: practice.colleagues(),
        "loads": lambda: practice.loads(),
        "invite_owner": lambda: practice.invite_owner("x", "k1", None, at, 1),
        "invite_colleague": lambda: practice.invite_colleague("y", "y", "lead", at, 1),
        "open_invitations": lambda: practice.open_invitations(at),
        "revoke": lambda: practice.revoke("n1", at),
        "saved_filters": lambda: practice.saved_filters("k1"),
        "save_filter": lambda: practice.save_filter("k1", "f", {}, at),
        "drop_filter": lambda: practice.drop_filter("k1", "f1"),
        "entries": lambda: practice.entries(),
        "check": lambda: practice.check(),
        "tokens": lambda: practice.tokens(),
        "add_token": lambda: practice.add_token("t", "k1", "n", ["x"], at, 1),
        "revoke_token": lambda: practice.revoke_token("t1", at),
        "hooks": lambda: practice.hooks(),
        "add_hook": lambda: practice.add_hook("u", "s", ["e"], at),
        "drop_hook": lambda: practice.drop_hook("h1"),
        "deliveries": lambda: practice.deliveries("h1"),
    }


def asked_before_a_practice(unit: Unit, at: datetime) -> dict[str, Callable[[], Awaitable[Any]]]:
    """What can be asked of accounts, sessions and invitations, by name."""
    accounts, sessions, invitations = unit.accounts, unit.sessions, unit.invitations
    return {
        "add_practice": lambda: accounts.add_practice("P", at),
        "add_consultant": lambda: accounts.add_consultant("p1", "n", "n", "lead", "he", "x", at),
        "consultant_by_email": lambda: accounts.consultant_by_email("k5"),
        "consultant": lambda: accounts.consultant("k5"),
        "set_password": lambda: accounts.set_password("k5", "x"),
        "set_language": lambda: accounts.set_language("k5", "en"),
        "set_secret": lambda: accounts.set_secret("k5", None),
        "set_disabled": lambda: accounts.set_disabled("k5", at),
        "use_step": lambda: accounts.use_step("k5", 1, at),
        "set_recovery_codes": lambda: accounts.set_recovery_codes("k5", ["x"]),
        "use_recovery_code": lambda: accounts.use_recovery_code("k5", "x", at),
        "recovery_codes_left": lambda: accounts.recovery_codes_left("k5"),
        "note_attempt": lambda: accounts.note_attempt("a1", at),
        "attempts_since": lambda: accounts.attempts_since("a1", at),
        "drop_attempts": lambda: accounts.drop_attempts("a1", at),
        "start": lambda: sessions.start("k5", "x", 1, at, at, None, None),
        "of": lambda: sessions.of("k5", at),
        "touch": lambda: sessions.touch("s1", at, at),
        "end": lambda: sessions.end("k1", "s1", at),
        "end_all": lambda: sessions.end_all("k1", at),
        "session_by_digest": lambda: sessions.by_digest("d25", at),
        "invitation_by_digest": lambda: invitations.by_digest("d25"),
        "use": lambda: invitations.use("n1", at),
    }


FEW = {"practices", "practice_named"}
"""Of tables that stay small."""


def public(kind: type) -> set[str]:
    """What can be asked of it."""
    found = inspect.getmembers(kind, inspect.iscoroutinefunction)
    return {name for name, _ in found if not name.startswith("_")} - INNER


def test_everything_is_asked(at: At) -> None:
    unit = Unit(None, str)  # type: ignore[arg-type]
    assert public(Unit) == asked(unit, at(0)).keys()
    assert public(Practice) == asked_of_practice(unit, at(0)).keys()
    before = set(asked_before_a_practice(unit, at(0))) - {"session_by_digest"}
    before = {"by_digest" if name == "invitation_by_digest" else name for name in before}
    assert public(Accounts) | public(Sessions) | public(Invitations) == before | FEW


def scans(node: dict[str, Any]) -> Iterator[str]:
    """Tables that a plan reads from end to end."""
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for part in node.get("Plans", []):
        yield from scans(part)


@pytest.mark.postgres
async def test_no_question_reads_a_whole_table(filled: Store, at: At) -> None:
    statements: list[tuple[str, str, Any]] = []
    now = ""

    def note(_c: Any, _u: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            statements.append((now, statement, parameters))

    event.listen(filled.engine.sync_engine, "before_cursor_execute", note)
    async with filled.unit() as unit:
        everything = (
            asked_before_a_practice(unit, at(0)),
            asked_of_practice(unit, at(0)),
            asked(unit, at(0)),
        )
        for group in everything:
            for now, ask in group.items():  # noqa: B007
                await ask()
    event.remove(filled.engine.sync_engine, "before_cursor_execute", note)
    assert len(statements) > 90
    async with filled.engine.connect() as connection:
        for name, statement, parameters in statements:
            found = await connection.exec_driver_sql(
                f"EXPLAIN (FORMAT JSON) {statement}", parameters
            )
            (plan,) = found.scalar_one()
            tables = sorted(scans(plan["Plan"]))
            assert not tables or name in WHOLE, f"{name} reads {tables}: {json.dumps(plan)}"


async def test_what_goes_with_its_owner_is_found_by_an_index(store: Store) -> None:
    """A foreign key without one reads a whole table for each row that is deleted."""

    def without_index(connection: Connection) -> list[tuple[str, str]]:
        inspector = look_at(connection)
        bare = []
        for table in inspector.get_table_names():
            leading = {index["column_names"][0] for index in inspector.get_indexes(table)}
            leading |= {each["column_names"][0] for each in inspector.get_unique_constraints(table)}
            leading |= set(inspector.get_pk_constraint(table)["constrained_columns"][:1])
            for key in inspector.get_foreign_keys(table):
                if not leading & set(key["constrained_columns"]):
                    bare.append((table, key["constrained_columns"][0]))
        return bare

    async with store.engine.connect() as connection:
        assert await connection.run_sync(without_index) == []
