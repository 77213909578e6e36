"""One update inside a transaction: what it means for the conversation, or what else is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from advisor.errors import NotStoredError
from advisor.model import DEFAULT_LANGUAGE
from advisor.store import Queued, StoredChat, Unit
from bot.conversation import Conversation
from bot.invited import follow, token_in, told
from bot.messages import Incoming, Reply
from bot.phrasing import Phrasing
from bot.privacy import in_full
from bot.telegram.arrived import Arrived, prefix_of
from bot.telegram.keyboard import Press, unpack
from bot.telegram.languages import choice, hinted, named, written
from bot.telegram.notes import ASKING, notes_of

STALE = "/stale"
"""A button that nothing waits for, so that the conversation explains instead of applying it."""
WORDS = 50
"""Messages of consultants that can be replied to."""
COMMANDS = {"cancel": "pause", "review": "change"}
"""Commands that people know from other bots, and ours for them."""


class Reception:
    """Turns what arrived into turns of the conversation. `bot` is the bot's id."""

    def __init__(self, conversation: Conversation, bot: str) -> None:
        self.conversation = conversation
        self.catalog = conversation.catalog
        self.prefix = prefix_of(bot)

    async def take(self, unit: Unit, came: Arrived) -> None:
        """Deal with one update; what is said waits in the outbox."""
        if came.kind == "ignored":
            return
        chat = await unit.chat(self.address(came), self.conversation.clock())
        if came.kind == "blocked":
            await unit.set_stopped(chat.id, self.conversation.clock())
            return
        if chat.stopped_at is not None:
            await unit.set_stopped(chat.id, None)
        if came.kind == "group":
            await self.say(unit, chat, "group", hinted(came.hint))
        elif came.kind != "unblocked":
            await self.attend(unit, chat, came)

    def address(self, came: Arrived) -> str:
        """The address of the chat that it came from."""
        return f"{self.prefix}{came.chat}"

    async def attend(self, unit: Unit, chat: StoredChat, came: Arrived) -> None:
        """An owner wrote or pressed."""
        press = unpack(came.press) if came.press else None
        if press is not None and press.wanted is not None and await self.told(unit, chat, press):
            return
        if came.command is not None and came.command[0] == "start":
            await self.invited(unit, chat, came, came.command[1])
        if await unit.open_interview(chat.id) is None:
            if came.command is not None and came.command[0] == "privacy":
                words = Phrasing(self.catalog, chat.language or hinted(came.hint))
                full = Reply("say", in_full(words), language=words.language)
                await self.queue(unit, chat, full)
            await self.welcome(unit, chat, came, press)
        elif came.kind == "press":
            await self.pressed(unit, chat, came, press)
        elif not await self.of_known_album(unit, chat, came):
            incoming = self.typed(chat, came)
            if incoming.text is not None and await self.quotes_person(unit, chat, came):
                incoming = replace(incoming, to_person=True)
            await self.conversation.take(unit, incoming)
            await self.note_album(unit, chat, came)

    async def of_known_album(self, unit: Unit, chat: StoredChat, came: Arrived) -> bool:
        """Whether this is one more picture of an album that was answered: Telegram sends each as a
        message of its own."""
        if came.album is None or came.text is not None:
            return False
        newest, *_ = [*await unit.recent(chat.id, ASKING, 1), None]
        return notes_of(newest).album == came.album

    async def note_album(self, unit: Unit, chat: StoredChat, came: Arrived) -> None:
        """Remember that an album was answered."""
        if came.album is not None:
            for newest in await unit.recent(chat.id, ASKING, 1):
                await unit.annotate(newest.id, {"album": came.album})

    async def quotes_person(self, unit: Unit, chat: StoredChat, came: Arrived) -> bool:
        """Whether a message is a reply to what a consultant wrote."""
        if came.replies_to is None:
            return False
        words = await unit.recent(chat.id, ("word",), WORDS)
        return any(notes_of(row).message == came.replies_to for row in words)

    async def invited(self, unit: Unit, chat: StoredChat, came: Arrived, rest: str) -> None:
        """A link of a practice led here: tie the chat to it, and say so before anything else."""
        token = token_in(rest)
        if token is None:
            return
        invitation = await follow(unit, chat, token, self.conversation.clock())
        language = chat.language or hinted(came.hint)
        await self.queue(unit, chat, await told(self.catalog, unit, language, invitation))

    async def welcome(
        self, unit: Unit, chat: StoredChat, came: Arrived, press: Press | None
    ) -> None:
        """The first word of an owner: begin in the language that is known, else ask which."""
        language = named(came, press) or chat.language or written(came)
        if language is None:
            await self.queue(unit, chat, choice(self.catalog, hinted(came.hint)))
            return
        words = came.text if came.command is None else None
        incoming = Incoming(
            chat.address, text=words, start=True, language=language, external=external(came)
        )
        await self.conversation.take(unit, incoming)
        if press is not None:
            await unit.annotate_new(chat.id, ASKING, lambda _: {"after": came.press}, None)

    def typed(self, chat: StoredChat, came: Arrived) -> Incoming:
        """A message in an interview that is under way: a command, or words."""
        incoming = Incoming(
            chat.address,
            text=came.text,
            external=external(came),
            edited=came.kind == "edit",
            sent=came.sent,
        )
        if came.command is None or came.sent is not None:
            return incoming
        name, rest = came.command
        if name == "start":
            return replace(incoming, text=None, start=True, language=named(came, None))
        name = COMMANDS.get(name, name)
        if rest or name not in self.catalog.texts["en"]["replies"]["commands"]:
            return replace(incoming, text=f"{name} {rest}".strip())
        return replace(incoming, text=None, option=f"/{name}")

    async def pressed(
        self, unit: Unit, chat: StoredChat, came: Arrived, press: Press | None
    ) -> None:
        """A button: applied on the message that stands, explained on any other, and not heard at
        all where a finger came down twice."""
        standing, *_ = [*await unit.recent(chat.id, ASKING, 1), None]
        if notes_of(standing).after == came.press:
            return
        incoming = Incoming(chat.address, option=STALE, external=external(came))
        if press is None or not live(standing, press, came):
            await self.conversation.take(unit, incoming)
            return
        incoming = replace(incoming, option=press.option, question=press.question)
        await self.conversation.take(unit, incoming)
        await self.settle(unit, chat, came, press, standing)

    async def settle(
        self,
        unit: Unit,
        chat: StoredChat,
        came: Arrived,
        press: Press,
        standing: Queued | None,
    ) -> None:
        """Note the press on what is asked after it; a tick changes the message that it was made
        on."""
        interview = await unit.open_interview(chat.id)
        asked = interview.state.current if interview is not None else None
        ticked = press.question == asked and not press.option.startswith("/")

        def notes(payload: Mapping[str, Any]) -> Mapping[str, Any]:
            same = ticked and asked is not None and payload["question"] == asked
            return {"after": came.press} | ({"edits": came.message} if same else {})

        await unit.annotate_new(chat.id, ASKING, notes, standing.id if standing else None)

    async def told(self, unit: Unit, chat: StoredChat, press: Press) -> bool:
        """More of a plan, old or new; written when it is sent. False where the plan is gone."""
        assert press.wanted is not None
        kind, name = press.wanted
        try:
            await unit.plan(press.version)
        except NotStoredError:
            return False
        payload = {
            "type": kind,
            "plan": press.version,
            "action": name,
            "language": chat.language or DEFAULT_LANGUAGE,
        }
        await unit.queue(chat.id, payload, self.conversation.clock())
        return True

    async def apologize(
        self, unit: Unit, address: str, reference: str, hint: str = DEFAULT_LANGUAGE
    ) -> None:
        """Say that something broke on our side, with what to look for in the logs."""
        chat = await unit.chat(address, self.conversation.clock())
        await self.say(unit, chat, "broken", hint, reference=reference)

    async def say(self, unit: Unit, chat: StoredChat, topic: str, hint: str, **fields: str) -> None:
        """A reply of the channel's own, in the owner's language if that is known."""
        language = chat.language or hint
        text = str(self.catalog.texts[language]["replies"][topic]).format(**fields)
        await self.queue(unit, chat, Reply("say", text, language=language))

    async def queue(self, unit: Unit, chat: StoredChat, reply: Reply) -> None:
        """Put a reply into the outbox."""
        await unit.queue(chat.id, asdict(reply), self.conversation.clock())


def live(standing: Queued | None, press: Press, came: Arrived) -> bool:
    """Whether the button belongs to the message that stands, or to one that a tick made just now
    is about to change."""
    if standing is None:
        return False
    edited = notes_of(standing).edits
    return press.version == version(standing) or (edited is not None and edited == came.message)


def version(row: Queued) -> str:
    """What the buttons of a row call it by."""
    return str(row.id)


def external(came: Arrived) -> str | None:
    """Telegram's id of the message, for the transcript."""
    return None if came.message is None else str(came.message)
