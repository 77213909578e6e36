"""Plans, in a unit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select

from advisor.errors import NotStoredError
from advisor.model import PersonalWord
from advisor.store.base import Part
from advisor.store.codec import plain, typed
from advisor.store.records import StoredPlan
from advisor.store.tables import plan_words, plans


class Plans(Part):
    """Versions of plans; there is no way to change one."""

    async def add_plan(
        self, interview_id: str, cause: str, document: dict[str, Any], at: datetime
    ) -> StoredPlan:
        """The next version of an interview's plan."""
        last = await self.last_plan(interview_id)
        made = StoredPlan(self.ids(), last.version + 1 if last else 1, document, cause, at)
        await self.connection.execute(
            insert(plans).values(
                id=made.id,
                interview_id=interview_id,
                version=made.version,
                cause=cause,
                made_at=at,
                document=document,
            )
        )
        self.planned.add(interview_id)
        return made

    async def last_plan(self, interview_id: str) -> StoredPlan | None:
        """The newest version."""
        found = await self.connection.execute(
            read()
            .where(plans.c.interview_id == interview_id)
            .order_by(plans.c.version.desc())
            .limit(1)
        )
        row = found.one_or_none()
        return stored(row) if row is not None else None

    async def plan_version(self, interview_id: str, version: int) -> StoredPlan | None:
        """One version of an interview's plan, or None where there is no such one."""
        chosen = (plans.c.interview_id == interview_id) & (plans.c.version == version)
        row = (await self.connection.execute(read().where(chosen))).one_or_none()
        return stored(row) if row is not None else None

    async def plan(self, plan_id: str) -> StoredPlan:
        """A plan by its id. Raises NotStoredError where there is none."""
        row = (await self.connection.execute(read().where(plans.c.id == plan_id))).one_or_none()
        if row is None:
            raise NotStoredError("This plan is no longer there; ask for a new one.")
        return stored(row)

    async def add_word(self, interview_id: str, version: int, word: PersonalWord) -> None:
        """Keep what a consultant writes on sending a version; it stands in the documents."""
        await self.connection.execute(
            insert(plan_words).values(
                interview_id=interview_id,
                version=version,
                document=plain(word),
                at=datetime.fromisoformat(word.at),
            )
        )


def read() -> Select[Any]:
    """What `stored` reads."""
    word = (
        select(plan_words.c.document)
        .where(
            plan_words.c.interview_id == plans.c.interview_id,
            plan_words.c.version == plans.c.version,
        )
        .order_by(plan_words.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("word")
    )
    columns = (plans.c.id, plans.c.version, plans.c.document, plans.c.cause, plans.c.made_at)
    return select(*columns, word)


def stored(row: Row[Any]) -> StoredPlan:
    """A plan from its row."""
    word = typed(PersonalWord, row.word)
    return StoredPlan(row.id, row.version, row.document, row.cause, row.made_at, word)
