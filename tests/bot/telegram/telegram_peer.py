"""The other side of the wire: a third-party Bot API server, an owner's phone, and Telegram's own
parser of marked-up text.

The server is `lo-bot-api-emulator`; here it only learns to remember what was sent, to have a
username, to take two more kinds of update, and to fail where a test asks for it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic
from typing import Any, Protocol

import tdjson
from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator, updates

TOKEN = "7:synthetic"
updates.KINDS |= {"edited_message", "my_chat_member"}

Fault = Callable[[str, dict[str, Any]], ApiRefusal | None]


class Delivery(Protocol):
    """What takes updates to a webhook."""

    def put(self, update: dict[str, Any]) -> int:
        """Deliver an update; its number."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot's that the server took."""

    method: str
    fields: dict[str, Any]
    result: Any
    at: float
    files: dict[str, bytes] = field(default_factory=dict)


class Server(LoBotApiEmulator):
    """The emulator, remembering what it took."""

    def __init__(self) -> None:
        super().__init__(enable_control=True, max_assets=10_000)
        self.calls: list[Call] = []
        self.fault: Fault = lambda method, fields: None
        self.unheard = 0
        """How many more messages are taken without anybody hearing so."""
        self.root = ""
        self.delivery: Delivery | None = None

    async def enqueue_update(self, update: dict[str, Any], *, token: str) -> int:
        """An update happened: it waits to be fetched, or is delivered."""
        if self.delivery is not None:
            return self.delivery.put(update)
        number: int = await super().enqueue_update(update, token=token)
        return number

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        refusal = self.fault(method, fields)
        if refusal is not None:
            raise refusal
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            result["username"] = "synthetic_bot"
        elif method != "getUpdates":
            files = {upload["filename"]: upload["data"] for upload in uploads.values()}
            self.calls.append(Call(method, dict(fields), result, monotonic(), files))
        return result

    async def handle(self, request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await super().handle(request)
        if self.unheard and request.match_info["method"] == "sendMessage":
            self.unheard -= 1
            assert request.transport is not None
            request.transport.close()
        return answer

    def made(self, *methods: str) -> list[Call]:
        """Calls of some methods, in order."""
        return [call for call in self.calls if call.method in methods]

    async def redeliver(self, update_id: int, original: dict[str, Any]) -> None:
        """The same update once more, which the emulator's front door refuses."""
        queue = self._update_queues._state(TOKEN)
        async with queue.condition:
            queue.updates.append({**deepcopy(original), "update_id": update_id})
            queue.condition.notify_all()

    def unread(self) -> int:
        """How many updates the bot didn't acknowledge yet."""
        return len(self._update_queues._state(TOKEN).updates)


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    """A server on a free port of this machine."""
    server = Server()
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.root = f"http://{host}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()


def asked_of_tdlib(request: dict[str, Any]) -> dict[str, Any]:
    """What TDLib answers to a request that needs no network."""
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
    return answer


asked_of_tdlib({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


@lru_cache(maxsize=4096)
def parsed(html: str) -> str:
    """The text that Telegram's own library makes of HTML; an AssertionError where it can't."""
    request = {
        "@type": "parseTextEntities",
        "text": html,
        "parse_mode": {"@type": "textParseModeHTML"},
    }
    answer = asked_of_tdlib(request)
    assert answer["@type"] == "formattedText", answer
    return str(answer["text"])


def units(text: str) -> int:
    """UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def check_texts(server: Server) -> None:
    """Everything shown is within Telegram's limits, and is HTML to its own parser."""
    for call in server.calls:
        for name, limit in (("text", 4096), ("caption", 1024)):
            if name in call.fields:
                assert call.fields["parse_mode"] == "HTML"
                assert 0 < units(parsed(call.fields[name])) <= limit


@dataclass(slots=True)
class Message:
    """A message on the owner's screen."""

    id: int
    html: str
    rows: list[list[tuple[str, str]]]
    file: str = ""

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Label and data of each button."""
        return [button for row in self.rows for button in row]

    @property
    def text(self) -> str:
        """What the owner reads."""
        return parsed(self.html)

    def data(self, option: str) -> str:
        """The data of the button for an option."""
        return next(data for _, data in self.buttons if data.split("|", 2)[2] == option)

    @property
    def options(self) -> list[str]:
        """Options of the buttons."""
        return [data.split("|", 2)[2] for _, data in self.buttons]

    @property
    def question(self) -> str:
        """The slot that is asked, if any."""
        return next((data.split("|")[1] for _, data in self.buttons), "")


class Phone:
    """An owner's Telegram: sends updates of the real shape, and shows what came back."""

    def __init__(
        self, server: Server, chat: int = 4711, code: str = "he", patience: float = 30.0
    ) -> None:
        self.patience = patience
        self.server = server
        self.chat = chat
        self.code = code
        self.next_message = 100_000
        self.seen = 0
        self.drawn: list[Message] = []
        self.drawn_from = -1
        """How many calls the screen was last made from."""

    @property
    def user(self) -> dict[str, Any]:
        return {
            "id": self.chat,
            "is_bot": False,
            "first_name": "Noa",
            "language_code": self.code,
        }

    def message(self, **content: Any) -> dict[str, Any]:
        self.next_message += 1
        chat = {"id": self.chat, "type": "private", "first_name": "Noa"}
        base = {"message_id": self.next_message, "date": 1, "chat": chat, "from": self.user}
        return base | content

    async def send(self, **update: Any) -> tuple[int, dict[str, Any]]:
        """Put an update before the bot, once a second library has agreed that it is one."""
        from aiogram.types import Update  # five seconds, and most runs of tests need none of it

        Update.model_validate({"update_id": 1, **update})
        return await self.server.enqueue_update(update, token=TOKEN), update

    async def say(self, text: str) -> tuple[int, dict[str, Any]]:
        return await self.send(message=self.message(text=text))

    async def press(self, message: Message, option: str) -> tuple[int, dict[str, Any]]:
        return await self.press_data(message.id, message.data(option))

    async def press_data(self, message_id: int, data: str) -> tuple[int, dict[str, Any]]:
        shown = self.message(message_id=message_id, text="…")
        query = {
            "id": str(self.next_message),
            "from": self.user,
            "chat_instance": "1",
            "data": data,
            "message": shown,
        }
        return await self.send(callback_query=query)

    async def membership(self, status: str, before: str) -> None:
        bot = {"id": 7, "is_bot": True, "first_name": "Fixture"}
        until = {"until_date": 0} if status == "kicked" else {}
        was_until = {"until_date": 0} if before == "kicked" else {}
        await self.send(
            my_chat_member={
                "chat": {"id": self.chat, "type": "private"},
                "from": self.user,
                "date": 1,
                "old_chat_member": {"user": bot, "status": before, **was_until},
                "new_chat_member": {"user": bot, "status": status, **until},
            }
        )

    @property
    def screen(self) -> list[Message]:
        """What the chat shows now, with every edit; made anew only where the bot did something."""
        if self.drawn_from != len(self.server.calls):
            self.drawn_from, self.drawn = len(self.server.calls), self.draw()
        return list(self.drawn)

    def draw(self) -> list[Message]:
        """The screen from all that the bot did."""
        shown: dict[int, Message] = {}
        for call in self.server.made(
            *("sendMessage", "sendPhoto", "sendDocument"),
            *("editMessageText", "editMessageReplyMarkup"),
        ):
            if int(call.fields["chat_id"]) != self.chat:
                continue
            number = int(call.fields.get("message_id") or call.result["message_id"])
            rows = buttons(call.fields.get("reply_markup"))
            if call.method == "editMessageReplyMarkup":
                shown[number].rows = rows
            elif call.method in ("sendPhoto", "sendDocument"):
                caption = call.fields.get("caption", "")
                shown[number] = Message(number, caption, rows, next(iter(call.files)))
            else:
                shown[number] = Message(number, call.fields["text"], rows)
        return list(shown.values())

    @property
    def texts(self) -> list[str]:
        """What the owner reads, in order."""
        return [message.text for message in self.screen]

    async def until(self, holds: Callable[[list[Message]], Any]) -> Any:
        """Wait until something can be seen, and give it."""
        end = monotonic() + self.patience
        while True:
            found = holds(self.screen)
            if found:
                return found
            assert monotonic() < end, f"never shown; the last was: {self.texts[-3:]}"
            await asyncio.sleep(0.005)

    async def prompt(self) -> Message:
        """The next message with buttons that wait for an answer, not shown by `prompt` before."""

        def fresh(screen: list[Message]) -> Message | None:
            asking = [m for m in screen if m.buttons and version_of(m) > self.seen]
            return asking[-1] if asking else None

        message: Message = await self.until(fresh)
        self.seen = version_of(message)
        return message


async def eventually(holds: Callable[[], Awaitable[bool]], patience: float = 30.0) -> None:
    """Wait until something holds."""
    end = monotonic() + patience
    while True:
        if await holds():
            return
        assert monotonic() < end, "it never held"
        await asyncio.sleep(0.01)


def version_of(message: Message) -> int:
    """The row of the outbox that a message's buttons name; 0 where they are a plan's, or none."""
    version = message.buttons[0][1].split("|")[0] if message.buttons else ""
    return int(version) if version.isdigit() and len(version) < 20 else 0


def buttons(markup: Any) -> list[list[tuple[str, str]]]:
    """Rows of label and data."""
    keyboard = json.loads(markup)["inline_keyboard"] if markup else []
    return [[(button["text"], button["callback_data"]) for button in row] for row in keyboard]
