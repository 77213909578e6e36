"""A practice to look at: three people, thirty owners who were really interviewed, and a second
practice that sees none of them. The same moment makes the same interviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from advisor.amendments import Amendment, Moved
from advisor.catalog import Catalog, read_yaml
from advisor.interview.consulting import Amend, Approve, Send
from advisor.model import LANGUAGES, WEEKS
from advisor.store import Store, Unit
from advisor.store.codec import plan_from_json
from advisor.store.practice import Invitation, Role
from bot.consulting import Consulting
from bot.conversation import Conversation
from bot.followup.rounds import Rounds
from bot.understanding.rasa import RasaClient
from comeback.demo.owner import DemoOwner
from comeback.late import LateReader
from console.security.passwords import hashed

FOLDER = Path(__file__).parent
PASSWORD = "come back stronger"
"""Of every account of the demo."""
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What the second factor of every account of the demo counts with."""
SEED = 13
BETWEEN = timedelta(seconds=24)
"""From one message of an owner to the next."""
TOLD = (("done", "under_way", "not_started"), ("under_way", "done", "dropped"))
"""How actions go that an owner is asked about, week by week."""
MEASURE = "14"
"""What an action brought that is done."""
NOTED = 5
"""Every fifth client has a note."""


@dataclass(slots=True)
class Hands:
    """A clock that is set by hand, and goes on by itself a little with each look."""

    now: datetime

    def __call__(self) -> datetime:
        """The time."""
        self.now += BETWEEN / 4
        return self.now


async def make_practice(
    catalog: Catalog, store: Store, now: datetime, most: int | None = None
) -> str:
    """Fill an empty database, with so many owners at most; gives the address with which the lead
    signs in."""
    phrases = read_yaml(FOLDER / "phrases.yml")
    start = now.astimezone(UTC).replace(second=0, microsecond=0)
    people = await add_people(store, phrases["people"], start - timedelta(days=60))
    hands = Hands(start)
    async with RasaClient("") as client:
        conversation = Conversation(catalog, store, LateReader(catalog, client), hands)
        for number, business in enumerate(read_yaml(FOLDER / "businesses.yml")[:most]):
            demo = Demo(catalog, store, conversation, hands, phrases, start)
            await demo.add(number, business, people[number % len(people)])
    return str(phrases["people"]["lead"]["email"])


@dataclass(frozen=True, slots=True)
class Person:
    """Who looks after owners of the demo."""

    id: str
    practice_id: str


async def add_people(store: Store, people: Mapping[str, Any], at: datetime) -> list[Person]:
    """The practices and their accounts; those who look after owners."""
    password = await hashed(PASSWORD)
    async with store.unit() as unit:
        practice = await unit.accounts.add_practice(people["practice"], at)
        other = await unit.accounts.add_practice(people["other_practice"], at)
        rows: list[tuple[str | None, Mapping[str, str], Role]] = [
            (practice.id, people["lead"], "lead"),
            *((practice.id, one, "consultant") for one in people["consultants"]),
            (other.id, {"name": "Tom Field", "email": "tom@demo.example"}, "lead"),
            (None, {"name": "Operator", "email": "operator@demo.example"}, "operator"),
        ]
        found = []
        for practice_id, person, role in rows:
            hebrew = any("\u05d0" <= sign <= "\u05ea" for sign in person["name"])
            account = await unit.accounts.add_consultant(
                practice_id,
                person["email"],
                person["name"],
                role,
                LANGUAGES[0] if hebrew else LANGUAGES[1],
                password,
                at,
            )
            assert account is not None
            await unit.accounts.set_secret(account, SECRET)
            await unit.accounts.use_step(account, 0, at)
            if practice_id == practice.id:
                found.append(Person(account, practice.id))
    return found


@dataclass(frozen=True, slots=True)
class Demo:
    """Adds owners, one after the other."""

    catalog: Catalog
    store: Store
    conversation: Conversation
    hands: Hands
    phrases: Mapping[str, Any]
    start: datetime

    async def add(self, number: int, business: Mapping[str, Any], person: Person) -> None:
        """One owner: invited, interviewed, and brought as far as the row says."""
        address = f"demo:{number + 1}"
        began, last = (self.start - timedelta(days=business[name]) for name in ("began", "last"))
        self.hands.now = began
        await self.invite(address, business, person)
        owner = DemoOwner(
            self.catalog,
            self.conversation,
            address,
            business,
            self.phrases[business["language"]],
            Random(SEED + number),
            self.hands,
        )
        await owner.interview()
        sent = min(began + timedelta(hours=20), self.start)
        await self.follow(owner, business, person, sent, number)
        self.hands.now = max(self.hands.now, last)
        if business.get("person"):
            await owner.press("/human")
        elif last - sent > timedelta(0) or "until" in business:
            await owner.press("/progress")

    async def invite(self, address: str, business: Mapping[str, Any], person: Person) -> None:
        """The owner followed an invitation of the one who looks after them."""
        at = self.hands.now
        async with self.store.unit() as unit:
            practice = unit.practice(person.practice_id)
            invited = await practice.invite_owner(
                f"demo {address}", person.id, business["name"], at - timedelta(days=1), 30
            )
            chat = await unit.chat(address, at)
            (invitation,) = [
                one for one in await practice.open_invitations(at) if one.id == invited
            ]
            await self.tie(unit, chat.id, invitation, at)

    async def tie(self, unit: Any, chat_id: str, invitation: Invitation, at: datetime) -> None:
        """What a link of an invitation does."""
        await unit.invitations.use(invitation.id, at)
        await unit.tie(chat_id, invitation, at)

    async def follow(
        self,
        owner: DemoOwner,
        business: Mapping[str, Any],
        person: Person,
        at: datetime,
        number: int,
    ) -> None:
        """What happened after the plan: sent by its consultant, worked on by its owner."""
        said = self.phrases[business["language"]]
        self.hands.now = max(self.hands.now, at)
        async with self.store.unit() as unit:
            chat = await unit.chat(owner.address, at)
            practice = unit.practice(person.practice_id)
            if business["stage"] in ("sent", "progress"):
                by = (await practice.colleague(person.id)).name
                await self.send(unit, chat.id, by, await practice.name(), said)
            if number % NOTED == 0:
                await practice.add_note(chat.id, person.id, said["note"], at)
        await owner.look()
        if business["stage"] == "progress":
            self.hands.now += timedelta(days=2)
            await owner.press("/going")
            await self.weeks(owner)
            if business.get("replied"):
                await owner.press("/reply")
                await owner.say(said["answer"])

    async def weeks(self, owner: DemoOwner) -> None:
        """The check-ins of two weeks, as they come by themselves, and what the owner told."""
        rounds = Rounds(self.conversation, owner.address)
        for states in TOLD:
            later = self.hands.now + timedelta(days=8)
            self.hands.now = self.conversation.pace.reachable(later)
            async with self.store.unit() as unit:
                await rounds.look(unit, owner.address)
            await owner.look()
            await owner.tell(states, MEASURE)

    async def send(
        self, unit: Unit, chat_id: str, by: str, practice: str, said: Mapping[str, str]
    ) -> None:
        """A consultant looks at the plan, puts its last action off, and sends it with a word."""
        consulting = Consulting(self.catalog, self.hands)
        interview = await unit.open_interview(chat_id)
        made = await unit.last_plan(interview.id) if interview is not None else None
        assert made is not None
        last = plan_from_json(made.document).actions[-1]
        later = Moved(last.id, last.start_week, WEEKS + 1 - last.weeks)
        amendment = Amendment("1", by, self.hands.now.isoformat(), said["reason"], later)
        await consulting.act(unit, chat_id, Amend((amendment,)))
        version = made.version + 1
        await consulting.act(unit, chat_id, Approve(version, by))
        await consulting.act(unit, chat_id, Send(version, by, practice, said["word"]))
