"""An update of Telegram's, read into the few fields in use: no names and no phone numbers stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType
from telegram.ext.filters import StatusUpdate

from bot.messages import Sent
from bot.telegram.text import sound

KINDS_USED = ("message", "edited_message", "callback_query", "my_chat_member")
COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)
GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})

Kind = Literal["text", "edit", "press", "other", "group", "blocked", "unblocked", "ignored"]
CONTENT: tuple[tuple[Sent, tuple[str, ...]], ...] = (
    ("voice", ("voice", "audio", "video_note")),
    ("picture", ("photo", "animation")),
    ("video", ("video", "story")),
    ("document", ("document",)),
    ("sticker", ("sticker", "dice")),
    ("place", ("location", "venue")),
    ("contact", ("contact",)),
    ("poll", ("poll",)),
)
"""What Telegram calls the content of messages that aren't text; an animation is a document too."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What an update says.

    kind: text typed or a command; edit of one; press of a button; other (a photo, a voice message
    …); group (someone calls us from a group); blocked and unblocked by the owner; ignored (nothing
    for us). `sent` is what came instead of text, which then is its caption. `replies_to` is the
    message that was quoted, `album` what several pictures were sent as. `hint` is the language
    that the owner's Telegram speaks.
    """

    kind: Kind
    chat: int = 0
    message: int | None = None
    text: str | None = None
    press: str | None = None
    callback: str | None = None
    hint: str | None = None
    sent: Sent | None = None
    replies_to: int | None = None
    album: str | None = None

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
    if update.message is not None:
        return written(update.message)
    if update.edited_message is not None:
        return edited(written(update.edited_message))
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
    quoted = message.reply_to_message.message_id if message.reply_to_message else None
    if text is not None:
        return Arrived(
            "text", chat.id, message.message_id, sound(text), hint=hint, replies_to=quoted
        )
    if StatusUpdate.ALL.check_update(Update(0, message=message)):
        return Arrived("ignored", chat.id, message.message_id, hint=hint)
    caption = sound(message.caption) if message.caption else None
    sent = content(message)
    album = message.media_group_id
    return Arrived("other", chat.id, message.message_id, caption, hint=hint, sent=sent, album=album)


def content(message: Message) -> Sent:
    """What a message without text holds."""
    held = (name for name, fields in CONTENT if any(getattr(message, f, None) for f in fields))
    return next(held, "other")


def edited(came: Arrived) -> Arrived:
    """An edit. Without words it is no news: a place that is shared live changes all the time."""
    if came.kind not in ("text", "other"):
        return came
    if came.text is None or came.command is not None:
        return Arrived("ignored", came.chat, came.message, hint=came.hint)
    return replace(came, kind="edit", sent=None)


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
