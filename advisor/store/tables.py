"""The tables; docs/store.md tells what each is for. A change here needs a revision in migrations/
(a test compares the two)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from advisor.store.columns import Moment, Number, PersonalDocument, PersonalWords, Words

# Every constraint has a name, or SQLite's batch migrations could not drop it.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def owned_by(table: str, nullable: bool = False, index: bool = True) -> Column[str]:
    """The row that this one belongs to; both are deleted together. Where a unique constraint or
    another index begins with it, it needs no index of its own."""
    name = table.removesuffix("s") + "_id"
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name, Text, key, nullable=nullable, index=index)


chats = Table(
    "chats",
    metadata,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("language", Text),
    Column("created_at", Moment, nullable=False),
    Column("stopped_at", Moment),
    Column("silence", Text),
    Column("heard_at", Moment, index=True),  # to a day; an older program leaves it empty
    Column("warned_at", Moment),  # the owner was told that what lies idle will be deleted
)

interviews = Table(
    "interviews",
    metadata,
    Column("id", Text, primary_key=True),
    owned_by("chats"),
    Column("state", PersonalDocument("interviews.state"), nullable=False),
    Column("turns", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("due_at", Moment),
    Column("reminded", Integer),
)
OPEN = text("ended_at IS NULL")
Index(
    "uq_interviews_open",
    interviews.c.chat_id,
    unique=True,
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)

DUE = text("due_at IS NOT NULL AND ended_at IS NULL")
Index("ix_interviews_due", interviews.c.due_at, sqlite_where=DUE, postgresql_where=DUE)

events = Table(
    "events",
    metadata,
    Column("id", Number, primary_key=True),
    owned_by("interviews", index=False),
    Column("turn", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("payload", PersonalDocument("events.payload"), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("interview_id", "turn", "position"),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Number, primary_key=True),
    owned_by("interviews"),
    Column("slot", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("value", PersonalDocument("answers.value")),
    Column("low", Float),  # no longer written: `bounds` says it, and can be sealed
    Column("high", Float),
    Column("bounds", PersonalDocument("answers.bounds")),
    Column("approximate", Boolean, nullable=False),
    # No foreign key: the message that asks to be forgotten is gone when its turn is saved.
    Column("message_id", Text),
    Column("at", Moment, nullable=False),
    Column("replaced_at", Moment),
)
STANDING = text("replaced_at IS NULL")
Index(
    "uq_answers_standing",
    answers.c.interview_id,
    answers.c.slot,
    unique=True,
    sqlite_where=STANDING,
    postgresql_where=STANDING,
)

messages = Table(
    "messages",
    metadata,
    # The order of the transcript: a turn's messages share one time.
    Column("number", Number, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    owned_by("chats"),
    owned_by("interviews", nullable=True),
    Column("direction", Text, nullable=False),
    Column("text", PersonalWords("messages.text")),
    Column("option", PersonalWords("messages.option")),
    Column("question", Words),
    Column("external", Words),
    Column("at", Moment, nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Text, primary_key=True),
    owned_by("interviews", index=False),
    Column("version", Integer, nullable=False),
    Column("cause", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("document", PersonalDocument("plans.document"), nullable=False),
    UniqueConstraint("interview_id", "version"),
)

plan_words = Table(
    "plan_words",
    metadata,
    Column("id", Number, primary_key=True),
    owned_by("interviews", index=False),
    Column("version", Integer, nullable=False),
    Column("document", PersonalDocument("plan_words.document"), nullable=False),
    Column("at", Moment, nullable=False),
)
Index(
    "ix_plan_words_version",
    plan_words.c.interview_id,
    plan_words.c.version,
    plan_words.c.id,
)

checkins = Table(
    "checkins",
    metadata,
    Column("id", Number, primary_key=True),
    owned_by("interviews", index=False),
    Column("plan_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("week", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", Text),
    Column("value", Float),
    Column("answered_at", Moment),
    UniqueConstraint("interview_id", "action", "week"),
)

updates = Table(
    "updates",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("address", Text),
    Column("payload", PersonalDocument("updates.payload")),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("failed_at", Moment),
    Column("dead_at", Moment),
    Column("error", PersonalWords("updates.error")),
)
UNFINISHED = text("done_at IS NULL")
Index(
    "ix_updates_unfinished",
    updates.c.bot,
    updates.c.received_at,
    sqlite_where=UNFINISHED,
    postgresql_where=UNFINISHED,
)
TO_DO = text("done_at IS NULL AND dead_at IS NULL")
Index(
    "ix_updates_lane",
    updates.c.address,
    updates.c.update_id,
    sqlite_where=TO_DO,
    postgresql_where=TO_DO,
)
DEAD = text("dead_at IS NOT NULL")
Index("ix_updates_dead", updates.c.address, sqlite_where=DEAD, postgresql_where=DEAD)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    owned_by("chats", index=False),
    Column("kind", Text),  # the payload's type, which can't be asked for where that is sealed
    Column("payload", PersonalDocument("outbox.payload"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("failed_at", Moment),
    Column("dead_at", Moment),
    Column("error", PersonalWords("outbox.error")),
    # Ids of deleted rows are not given out again: whoever still holds one would mark another row.
    sqlite_autoincrement=True,
)
UNSENT = text("sent_at IS NULL AND dead_at IS NULL")
# A chat's newest replies are asked for, and a chat has many.
Index("ix_outbox_chat_id_id", outbox.c.chat_id, outbox.c.id)
Index("ix_outbox_dead", outbox.c.dead_at, sqlite_where=DEAD, postgresql_where=DEAD)
Index("ix_outbox_unsent", outbox.c.id, sqlite_where=UNSENT, postgresql_where=UNSENT)

consents = Table(
    "consents",
    metadata,
    Column("chat_id", Text, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("asked_at", Moment),
    Column("given", Boolean),
    Column("answered_at", Moment),
)

agreements = Table(
    "agreements",
    metadata,
    Column("chat_id", Text, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    # Which wording of what is kept and why.
    Column("version", Text, primary_key=True),
    Column("shown_at", Moment, nullable=False),
    Column("agreed_at", Moment),
    # No foreign key: it stands for as long as the chat does, whatever becomes of the interview.
    Column("message_id", Text),
)

misreadings = Table(
    "misreadings",
    metadata,
    Column("id", Number, primary_key=True),
    owned_by("chats"),
    Column("message_id", Text, nullable=False, unique=True),
    Column("reason", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("question", Text),
    Column("text", PersonalWords("misreadings.text"), nullable=False),
    Column("read", PersonalDocument("misreadings.read")),
    Column("corrected", PersonalDocument("misreadings.corrected")),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("label", Text),
    # A reviewer may hold the id of a row that its owner takes back meanwhile.
    sqlite_autoincrement=True,
)
WAITING = text("done_at IS NULL")
Index("ix_misreadings_waiting", misreadings.c.at, sqlite_where=WAITING, postgresql_where=WAITING)

sealing_keys = Table(
    "sealing_keys",
    metadata,
    # What the key is called in the values that it seals; it tells nothing of the key.
    Column("id", Text, primary_key=True),
    info={"stays": True},  # says something about this database, and doesn't move to another
)
