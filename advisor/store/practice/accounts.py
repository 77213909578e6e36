"""People who sign in, before it is known which practice they belong to: in a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from advisor.store.base import Part
from advisor.store.practice.records import Consultant, Role, StoredPractice
from advisor.store.practice.tables import attempts, consultants, practices, recovery_codes


class Accounts(Part):
    """Practices, accounts and failed attempts to sign in. Emails are kept in small letters."""

    async def add_practice(self, name: str, at: datetime) -> StoredPractice:
        """A new practice."""
        made = StoredPractice(self.ids(), name, at)
        await self.connection.execute(
            insert(practices).values(id=made.id, name=name, created_at=at)
        )
        return made

    async def practice_named(self, name: str) -> StoredPractice | None:
        """The oldest practice of that name."""
        found = await self.connection.execute(
            read_practices().where(practices.c.name == name).order_by(practices.c.created_at)
        )
        row = found.first()
        return StoredPractice(*row) if row is not None else None

    async def practices(self) -> list[StoredPractice]:
        """All practices, by name."""
        found = await self.connection.execute(read_practices().order_by(practices.c.name))
        return [StoredPractice(*row) for row in found]

    async def add_consultant(
        self,
        practice_id: str | None,
        email: str,
        name: str,
        role: Role,
        language: str,
        password: str,
        at: datetime,
    ) -> str | None:
        """A new account; None where the address has one already. Operators have no practice."""
        if (practice_id is None) != (role == "operator"):
            raise ValueError("an operator has no practice, and everybody else has one")
        account = self.ids()
        added = await self.insert_unless_there(
            consultants,
            id=account,
            practice_id=practice_id,
            email=email.lower(),
            name=name,
            role=role,
            language=language,
            password=password,
            created_at=at,
        )
        return account if added else None

    async def consultant_by_email(self, email: str) -> Consultant | None:
        """The account of an address."""
        wanted = read_consultants().where(consultants.c.email == email.lower())
        row = (await self.connection.execute(wanted)).one_or_none()
        return Consultant(*row) if row is not None else None

    async def consultant(self, consultant_id: str) -> Consultant | None:
        """An account by its id."""
        wanted = read_consultants().where(consultants.c.id == consultant_id)
        row = (await self.connection.execute(wanted)).one_or_none()
        return Consultant(*row) if row is not None else None

    async def set_password(self, consultant_id: str, password: str) -> None:
        """Another hash."""
        await self.change(consultant_id, password=password)

    async def set_language(self, consultant_id: str, language: str) -> None:
        """The language that they read."""
        await self.change(consultant_id, language=language)

    async def set_secret(self, consultant_id: str, secret: str | None) -> None:
        """Another second factor, not yet shown to work; None lets it be set up anew."""
        await self.change(consultant_id, secret=secret, secret_step=None, confirmed_at=None)

    async def set_disabled(self, consultant_id: str, at: datetime | None) -> None:
        """Close an account, or (None) open it again."""
        await self.change(consultant_id, disabled_at=at)

    async def change(self, consultant_id: str, **values: object) -> None:
        """Change an account."""
        await self.connection.execute(
            update(consultants).where(consultants.c.id == consultant_id).values(**values)
        )

    async def use_step(self, consultant_id: str, step: int, at: datetime) -> bool:
        """Note the time step of a code that was right; False where it or a later one was used
        before. The first one shows that the second factor works."""
        columns = consultants.c
        unused = (columns.secret_step.is_(None)) | (columns.secret_step < step)
        done = await self.connection.execute(
            update(consultants)
            .where(columns.id == consultant_id, unused)
            .values(secret_step=step, confirmed_at=func.coalesce(columns.confirmed_at, at))
        )
        return done.rowcount == 1

    async def set_recovery_codes(self, consultant_id: str, digests: Sequence[str]) -> None:
        """New codes; the ones before no longer count."""
        mine = recovery_codes.c.consultant_id == consultant_id
        await self.connection.execute(delete(recovery_codes).where(mine))
        await self.connection.execute(
            insert(recovery_codes),
            [{"digest": digest, "consultant_id": consultant_id} for digest in digests],
        )

    async def use_recovery_code(self, consultant_id: str, digest: str, at: datetime) -> bool:
        """Spend a code; False where it isn't one of theirs or was spent."""
        columns = recovery_codes.c
        done = await self.connection.execute(
            update(recovery_codes)
            .where(
                columns.digest == digest,
                columns.consultant_id == consultant_id,
                columns.used_at.is_(None),
            )
            .values(used_at=at)
        )
        return done.rowcount == 1

    async def recovery_codes_left(self, consultant_id: str) -> int:
        """How many codes weren't spent."""
        columns = recovery_codes.c
        found = await self.connection.execute(
            select(func.count()).where(
                columns.consultant_id == consultant_id, columns.used_at.is_(None)
            )
        )
        return found.scalar_one()

    async def note_attempt(self, subject: str, at: datetime) -> None:
        """A failed attempt, by account or by address."""
        await self.connection.execute(insert(attempts).values(subject=subject, at=at))

    async def attempts_since(self, subject: str, since: datetime) -> int:
        """How many there were."""
        found = await self.connection.execute(
            select(func.count()).where(attempts.c.subject == subject, attempts.c.at >= since)
        )
        return found.scalar_one()

    async def drop_attempts(self, subject: str, before: datetime | None = None) -> None:
        """Let go of attempts: those before then, or all."""
        mine = attempts.c.subject == subject
        old = mine if before is None else mine & (attempts.c.at < before)
        await self.connection.execute(delete(attempts).where(old))


def read_practices() -> Select[Any]:
    """Columns in the order of StoredPractice."""
    return select(practices.c.id, practices.c.name, practices.c.created_at)


def read_consultants() -> Select[Any]:
    """Columns in the order of Consultant."""
    columns = consultants.c
    return select(
        columns.id,
        columns.practice_id,
        columns.email,
        columns.name,
        columns.role,
        columns.language,
        columns.password,
        columns.secret,
        columns.confirmed_at,
        columns.disabled_at,
    )
