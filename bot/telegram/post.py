"""The calls to Telegram that show something."""

from __future__ import annotations

from telegram import Bot
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.telegram.layout import Letter

UNCHANGED = "message is not modified"


class Post:
    """Sends letters through a bot."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def send(
        self, chat: int, letter: Letter, edits: int | None = None, file: bytes | None = None
    ) -> int:
        """Send a letter with its file, or put it in the place of the message `edits` if that can
        still be done. Returns Telegram's id of the message. Raises TelegramError."""
        if file is not None:
            return await self.send_file(chat, letter, file)
        if edits is not None and await self.edit(chat, letter, edits):
            return edits
        sent = await self.bot.send_message(
            chat, letter.html, parse_mode=ParseMode.HTML, reply_markup=letter.buttons
        )
        return sent.message_id

    async def send_file(self, chat: int, letter: Letter, content: bytes) -> int:
        """Send a picture or another file with its caption."""
        send = self.bot.send_photo if letter.picture else self.bot.send_document
        sent = await send(
            chat,
            content,
            caption=letter.html or None,
            parse_mode=ParseMode.HTML,
            filename=letter.name,
        )
        return sent.message_id

    async def edit(self, chat: int, letter: Letter, message: int) -> bool:
        """Change a message; that it is so already is as good. False where it can't be changed."""
        try:
            await self.bot.edit_message_text(
                letter.html,
                chat,
                message,
                parse_mode=ParseMode.HTML,
                reply_markup=letter.buttons,
            )
        except BadRequest as error:
            return UNCHANGED in error.message.lower()
        return True

    async def strip(self, chat: int, message: int) -> None:
        """Take the buttons off a message whose question is over. A button that stays does no
        harm: a press on it is explained."""
        try:
            await self.bot.edit_message_reply_markup(chat, message)
        except TelegramError:
            return

    async def act(self, chat: int, what: ChatAction = ChatAction.TYPING) -> None:
        """Show that something is on its way. It is a courtesy: nothing rests on it."""
        try:
            await self.bot.send_chat_action(chat, what)
        except TelegramError:
            return

    async def acknowledge(self, callback: str) -> None:
        """Tell Telegram that a press arrived. Too late is no harm: the press is dealt with all
        the same."""
        try:
            await self.bot.answer_callback_query(callback)
        except TelegramError:
            return
