"""One turn of a conversation, in one transaction: load, understand, step, save, queue replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from advisor.catalog import Catalog
from advisor.followup import FollowUp, Pace
from advisor.followup.retention import Retention
from advisor.interview import (
    Edited,
    Heard,
    Input,
    Interview,
    Noticed,
    Opened,
    Pressed,
    Reading,
    begin,
    replay,
    turn,
)
from advisor.interview import events as happened
from advisor.interview.events import Event
from advisor.interview.inputs import (
    ChangesAsked,
    Measured,
    Replied,
    Silence,
    Unheard,
    Unreadable,
    WeekOver,
    Wondered,
)
from advisor.model import DEFAULT_LANGUAGE, LANGUAGES, Kind
from advisor.store import Store, StoredChat, StoredInterview, Unit
from bot import measures
from bot.clients import note_turn
from bot.documents import Documents, Saved
from bot.edits import SENT, before_edit
from bot.followup.keeping import keep_followed
from bot.followup.words import figure_in, wished
from bot.input_check import fault_of, is_too_long, legible
from bot.keyboards import Keyboards
from bot.learning import Learner
from bot.learning.learner import reading_of
from bot.messages import Incoming
from bot.offered import typed
from bot.privacy import right_in, with_notice
from bot.replies import queue_replies, replies
from bot.understanding.port import Reader
from bot.understanding.whatif import WhatIfs
from bot.understanding.words import load_words

DAY = timedelta(days=1)


class Conversation:
    """Carries a deployment's parts through each turn. `clock` gives the time, with its zone; `pace`
    says how often we write first, `retention` how long a silent chat is kept (None: always), and
    `practice` names whose clients those owners become whom nobody invited (empty: nobody's)."""

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        reader: Reader,
        clock: Callable[[], datetime],
        contact: str = "",
        pace: Pace | None = None,
        retention: Retention | None = None,
        practice: str = "",
    ) -> None:
        self.practice = practice
        self.pace = pace or Pace()
        self.retention = retention
        self.catalog = catalog
        self.store = store
        self.reader = reader
        self.clock = clock
        self.contact = contact
        self.whatifs = WhatIfs(catalog, reader)
        self.learner = Learner(catalog)
        self.documents = Documents(catalog, clock, self.pace.zone)
        self.told_away: set[str] = set()
        """Chats that know that free text can't be read just now."""

    async def receive(self, incoming: Incoming) -> None:
        """Take in one message; its replies wait in the outbox when this returns."""
        if incoming.text is not None:
            await self.reader.settle()  # before the transaction, which others may wait for
        async with self.store.unit() as unit:
            await self.take(unit, incoming)

    async def take(self, unit: Unit, incoming: Incoming) -> None:
        """The same inside a transaction that is open already."""
        now = self.clock()
        chat = await unit.chat(incoming.chat, now)
        if chat.heard_at is None or now - chat.heard_at >= DAY or chat.warned_at is not None:
            await unit.note_heard(chat.id, now)
        interview = await unit.open_interview(chat.id)
        welcome_back = await self.break_silence(unit, chat, incoming)
        language = incoming.language if incoming.language in LANGUAGES else None
        if interview is not None and incoming.anew and interview.state.planned:
            await unit.end_interview(interview.id, now)
            interview = None
        if interview is None:
            await self.open(unit, chat, incoming, language or chat.language or DEFAULT_LANGUAGE)
        elif incoming.start:
            await self.note(unit, chat, interview, incoming)
            await self.reopen(unit, chat, interview, language, welcome_back)
        elif incoming.edited:
            await self.edit(unit, chat, interview, incoming)
        else:
            message = await self.note(unit, chat, interview, incoming)
            await self.go_on(unit, chat, interview, incoming, message)

    async def note(
        self, unit: Unit, chat: StoredChat, interview: StoredInterview | None, incoming: Incoming
    ) -> str:
        """Add what came in to the transcript; its id there. Of what isn't text, only its kind."""
        option = f"{SENT}{incoming.sent}" if incoming.sent else incoming.option
        return await unit.add_message(
            chat.id,
            interview.id if interview else None,
            "in",
            incoming.text,
            option,
            incoming.question,
            incoming.external,
            self.clock(),
        )

    async def open(self, unit: Unit, chat: StoredChat, incoming: Incoming, language: str) -> None:
        """A new interview, up to its first question; what the owner began with is read first."""
        await self.welcome(unit, chat)
        interview = await unit.start_interview(chat.id, self.clock())
        message = await self.note(unit, chat, interview if incoming.text else None, incoming)
        await unit.set_language(chat.id, language)
        blank = Interview(language=language)
        first = await self.read(incoming.text, None) if incoming.text else None
        events = signed(begin(self.catalog, language, first), message)
        now, after = self.clock(), replay(blank, events)
        follow_up = self.pace.after_turn(blank, after, put_off=False, now=now)
        measures.turned(None, events)
        await unit.save_turn(interview, after, events, message, now, follow_up)
        await note_turn(self.catalog, unit, chat.id, interview.id, blank, after, events, now)
        await self.reply(unit, chat, interview.id, blank, events, Saved(), message=message)

    async def welcome(self, unit: Unit, chat: StoredChat) -> None:
        """Whoever came without an invitation belongs to the practice that takes such owners in."""
        if not self.practice:
            return
        practice = await unit.accounts.practice_named(self.practice)
        now = self.clock()
        if practice is not None and await unit.take_in(chat.id, practice.id, now):
            await unit.note_act("owner_joined", now, practice.id, chat_id=chat.id)

    async def edit(
        self, unit: Unit, chat: StoredChat, interview: StoredInterview, incoming: Incoming
    ) -> None:
        """A message that was changed: a correction of what it answered. Where it answered nothing
        and was the last, it is read as if it were new; otherwise it comes too late."""
        earlier = await before_edit(unit, chat.id, interview, incoming.external)
        if earlier.command:
            return
        message = await self.note(unit, chat, interview, incoming)
        received: Input = Noticed("edit_late")
        if earlier.slots:
            reading = await self.read(incoming.text, earlier.question)
            received = Edited(reading, earlier.question, earlier.slots, message)
        elif earlier.last:
            received = await self.heard(interview.state, incoming, message)
        await self.step(unit, chat, interview, received, message)

    async def read(self, text: str | None, question: str | None) -> Reading:
        """A text in the light of a question; nothing where it holds nothing to read."""
        if fault_of(text or "", self.names(question)) is not None:
            return Reading(None, confidence=0.0)
        reading = await self.reader.read(legible(text or ""), question)
        measures.message_read(reading.confidence, self.reader.away)
        return Reading(None, confidence=0.0) if is_too_long(reading) else reading

    def names(self, question: str | None) -> bool:
        """Whether a question asks for a text such as a name."""
        return question is not None and self.catalog.slots[question].kind is Kind.TEXT

    async def break_silence(self, unit: Unit, chat: StoredChat, incoming: Incoming) -> str | None:
        """Whoever writes again after a stop may be written to again, and whoever starts again in
        any case; what is to be said of that."""
        if chat.silence is None or (chat.silence == "muted" and not incoming.start):
            return None
        await unit.set_silence(chat.id, None)
        return "reminders_on" if chat.silence == "muted" else None

    async def reopen(
        self,
        unit: Unit,
        chat: StoredChat,
        interview: StoredInterview,
        language: str | None,
        notice: str | None,
    ) -> None:
        """A second /start: nothing is lost, what stands is said again."""
        asked_for = language if language and language != interview.state.language else None
        received = Heard(Reading("language", target=asked_for)) if asked_for else Opened()
        await self.step(unit, chat, interview, received, None, notice)

    async def go_on(
        self,
        unit: Unit,
        chat: StoredChat,
        interview: StoredInterview,
        incoming: Incoming,
        message: str,
    ) -> None:
        """A message or a press in an interview that is under way."""
        received = await self.heard(interview.state, incoming, message)
        captioned = incoming.sent is not None and incoming.text is not None
        notice = "caption_read" if captioned else None
        await self.step(unit, chat, interview, received, message, notice)

    async def heard(self, state: Interview, incoming: Incoming, message: str) -> Input:
        """What came in, understood in the light of the question that stands."""
        if to_person(state, incoming):
            return Replied(message)
        if incoming.option is not None:
            return Pressed(incoming.option, incoming.question, message)
        if incoming.sent is not None and incoming.text is None:
            return Noticed(f"sent_{incoming.sent}")
        text = incoming.text or ""
        question = asked_about(state)
        names = self.names(question)
        figure = self.measured(state, text)
        if figure is not None:
            return Measured(figure)
        problem = fault_of(text, names)
        if problem is not None:
            return Unreadable(problem)
        wish = right_in(text) or (None if names else self.learner.wish(text) or wished(text))
        if wish is not None:
            return Pressed(wish, None, message)
        button = self.typed_button(state, text)
        if button is not None:
            return Pressed(button, None, message)
        back = await self.asked_back(state, legible(text), question, message)
        if back is not None:
            return back
        reading = await self.reader.read(legible(text), question)
        measures.message_read(reading.confidence, self.reader.away)
        if reading.act is None and self.reader.away:
            return Unheard()
        return Unreadable("too_long") if is_too_long(reading) else Heard(reading, message)

    def measured(self, state: Interview, text: str) -> float | None:
        """The number that was asked for after an action was done, if the text has one."""
        asked = isinstance(state.waiting, happened.MeasureAsked)
        return figure_in(legible(text)) if asked else None

    def typed_button(self, state: Interview, text: str) -> str | None:
        """The button of what is waited for that a text stands for, if any."""
        if state.waiting is None:
            return None
        options = Keyboards(self.catalog, state.language).waiting(state.waiting)
        return typed(state.waiting, options, legible(text), load_words())

    async def asked_back(
        self, state: Interview, text: str, question: str | None, message: str
    ) -> Wondered | ChangesAsked | Heard | None:
        """A question of the owner: what if, or what changed in the plan."""
        if self.whatifs.what_changed(text, question):
            return ChangesAsked(self.whatifs.version(text))
        found = await self.whatifs.supposed(text, question, state.answers)
        if isinstance(found, Reading):
            return Heard(found, message)
        return Wondered(found) if found is not None else None

    async def step(
        self,
        unit: Unit,
        chat: StoredChat,
        interview: StoredInterview,
        received: Input,
        message: str | None,
        notice: str | None = None,
        follow_up: FollowUp | None = None,
    ) -> None:
        """Apply one input, save what it did, and queue what is said, after `notice`. `follow_up`
        says when to look at it next, where that isn't for the turn itself to say."""
        before = interview.state
        events = signed(turn(self.catalog, before, received), message)
        if isinstance(received, Heard):
            events = reading_of(received, asked_about(before), self.reader.away) + events
        events = await self.learner.asking(unit, chat.id, interview.id, events)
        after = replay(before, events)
        now = self.clock()
        by_owner = not isinstance(received, Silence | WeekOver)
        saved = await self.documents.made(unit, chat, interview, before, events)
        if any(isinstance(event, happened.DataForgotten) for event in events):
            await unit.forget(chat.id, now)
            chat = await unit.chat(chat.address, now)
            await self.welcome(unit, chat)
            interview = await unit.start_interview(chat.id, now)
            events_kept: Sequence[Event] = [
                happened.InterviewStarted(after.language),
                *since(events),
            ]
        elif any(isinstance(event, happened.Restarted) for event in events):
            await unit.end_interview(interview.id, now)
            interview = await unit.start_interview(chat.id, now)
            events_kept = [happened.InterviewStarted(after.language), *since(events)]
        else:
            events_kept = events
        put_off = any(event == PUT_OFF for event in events)
        following = follow_up or self.pace.after_turn(before, after, put_off, now)
        measures.turned(before.current, events)
        await unit.save_turn(interview, after, events_kept, message, now, following)
        await keep_followed(unit, chat.id, interview.id, events_kept, now)
        await note_turn(
            self.catalog,
            unit,
            chat.id,
            interview.id,
            before,
            after,
            events_kept,
            now,
            by_owner=by_owner,
        )
        await self.learner.learn(unit, chat.id, interview.id, events_kept, now)
        if after.language != chat.language:
            await unit.set_language(chat.id, after.language)
        notice = self.notice(chat.address, received) or notice
        await self.reply(unit, chat, interview.id, before, events, saved, notice, message, by_owner)

    def notice(self, address: str, received: Input) -> str | None:
        """What is to be said about understanding itself: once that it is away, to whoever wrote
        what couldn't be read, and once to them that it is back."""
        if not self.reader.away:
            told = address in self.told_away
            self.told_away.discard(address)
            return "nlu_ready" if told else None
        if not isinstance(received, Unheard) or address in self.told_away:
            return None
        self.told_away.add(address)
        return "nlu_away"

    async def reply(
        self,
        unit: Unit,
        chat: StoredChat,
        interview_id: str,
        before: Interview,
        events: Sequence[Event],
        saved: Saved,
        notice: str | None = None,
        message: str | None = None,
        by_owner: bool = True,
    ) -> None:
        """Queue what is said, and note it in the transcript. `message` is what led to it, where it
        was the owner's (`by_owner`)."""
        now = self.clock()
        said = replies(
            self.catalog,
            before,
            events,
            saved.plan,
            saved.document,
            self.contact,
            notice,
            saved.versions,
        )
        if by_owner:
            catalog = self.catalog
            said = await with_notice(catalog, unit, chat.id, events, said, message, now)
        await queue_replies(unit, chat.id, interview_id, said, now)


PUT_OFF = happened.Told("not_now")


def asked_about(state: Interview) -> str | None:
    """The slot that a message would answer now, if any."""
    waiting = state.waiting
    if isinstance(waiting, happened.NumberOffered):
        return waiting.slots[0]
    if isinstance(waiting, happened.ReadingsOffered) and len(waiting.answers) > 1:
        slot, value = waiting.answers[0].slot, waiting.answers[0].value
        return None if isinstance(value, bool) else slot
    return state.current if waiting is None or isinstance(waiting, IGNORABLE) else None


IGNORABLE = (happened.ConsentAsked, happened.ExamplesOffered, happened.PersonWaits)
"""What a message may pass over, to answer the question before it."""


def to_person(state: Interview, incoming: Incoming) -> bool:
    """Whether a message is for the consultant: a reply to theirs, or what was asked for."""
    if incoming.text is None or not legible(incoming.text).strip():
        return False
    return incoming.to_person or isinstance(state.waiting, happened.WordAwaited)


def since(events: Sequence[Event]) -> list[Event]:
    """What happened after everything was put aside."""
    for index, event in enumerate(events):
        if isinstance(event, happened.Restarted | happened.DataForgotten):
            return list(events[index + 1 :])
    return list(events)


def signed(events: Sequence[Event], message: str | None) -> list[Event]:
    """The events with each new answer tied to the message that it came from."""
    return [
        replace(event, answer=replace(event.answer, message=message))
        if isinstance(event, happened.AnswerAccepted) and event.answer.message is None
        else event
        for event in events
    ]
