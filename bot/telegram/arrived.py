"""An update of Telegram's, read into the few fields in use: no names and no phone numbers stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType
from telegram.ext.filters import StatusUpdate

from bot.telegram.text import sound

KINDS_USED = ("message", "edited_message", "callback_query", "my_chat_member")
COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)
GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})

Kind = Literal["text", "press", "other", "group", "blocked", "unblocked", "ignored"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What an update says.

    kind: text typed or a command; press of a button; other (a photo, a voice message …); group
    (someone calls us from a group); blocked and unblocked by the owner; ignored (nothing for us).
    `hint` is the language that the owner's Telegram speaks.
    """

    kind: Kind
    chat: int = 0
    message: int | None = None
    text: str | None = None
    press: str | None = None
    callback: str | None = None
    hint: str | None = None

    @property
    def command(self) -> tuple[str, str] | None:
        """A command's name and what follows it."""
        found = COMMAND.fullmatch((self.text or "").strip())
        return (found["name"].lower(), (found["rest"] or "").strip()) if found else None


def prefix_of(bot: str) -> str:
    """How the addresses of a bot's chats begin."""
    return f"telegram:{bot}:"


def arrived(update: Update) -> Arrived:
    """The fields in use of any update."""
    if update.callback_query is not None:
        return pressed(update.callback_query)
    message = update.message or update.edited_message
    if message is not None:
        return written(message)
    if update.my_chat_member is not None:
        return joined(update.my_chat_member)
    return Arrived("ignored")


def written(message: Message) -> Arrived:
    """A message, new or edited."""
    chat, sender = message.chat, message.from_user
    if sender is not None and sender.is_bot:
        return Arrived("ignored")
    text = message.text
    hint = sender.language_code if sender else None
    if chat.type != ChatType.PRIVATE:
        called = text is not None and COMMAND.match(text)
        return Arrived("group" if called else "ignored", chat.id, hint=hint)
    if text is not None:
        return Arrived("text", chat.id, message.message_id, sound(text), hint=hint)
    service = StatusUpdate.ALL.check_update(Update(0, message=message))
    return Arrived("ignored" if service else "other", chat.id, message.message_id, hint=hint)


def pressed(query: CallbackQuery) -> Arrived:
    """A button; those under messages that aren't ours have nothing to say."""
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE or not query.data:
        return Arrived("ignored", callback=query.id)
    return Arrived(
        "press",
        message.chat.id,
        message.message_id,
        press=sound(query.data),
        callback=query.id,
        hint=query.from_user.language_code,
    )


def joined(change: ChatMemberUpdated) -> Arrived:
    """What became of us in a chat: blocked, taken up again, or brought into a group."""
    gone, was_gone = (
        member.status in GONE for member in (change.new_chat_member, change.old_chat_member)
    )
    hint = change.from_user.language_code
    if change.chat.type == ChatType.PRIVATE:
        return Arrived("blocked" if gone else "unblocked", change.chat.id, hint=hint)
    invited = was_gone and not gone and change.chat.type != ChatType.CHANNEL
    return Arrived("group" if invited else "ignored", change.chat.id, hint=hint)
