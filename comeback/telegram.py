"""The Telegram channel by polling, wired."""

from __future__ import annotations

import logging
import re

from advisor.errors import ComebackError
from comeback.logs import quiet_logs
from comeback.settings import Settings
from comeback.wiring import assembled

TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)


async def poll(settings: Settings) -> None:
    """Talk with owners until stopped. Raises ComebackError where no token is set."""
    from bot.telegram import run_polling

    token = token_of(settings)
    quiet_logs(logging.INFO)
    async with assembled(settings) as parts:
        parts.reader.load()
        await run_polling(parts.conversation, parts.store, token, settings.telegram_api or None)


def token_of(settings: Settings) -> str:
    """The bot's token. Raises ComebackError where none is set."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        raise ComebackError(
            "no Telegram token: get one from @BotFather and set COMEBACK_TELEGRAM_TOKEN"
        )
    if not TOKEN.fullmatch(token):
        raise ComebackError(
            "COMEBACK_TELEGRAM_TOKEN is no token: copy it whole from @BotFather, number, colon and"
            " all"
        )
    return token
