"""The list of commands that Telegram shows, in each language and for everyone else."""

from __future__ import annotations

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from advisor.catalog import Catalog
from advisor.model import LANGUAGES

log = structlog.get_logger(__name__)

ELSEWHERE = "en"
"""What owners see whose Telegram speaks neither language."""


async def set_commands(bot: Bot, catalog: Catalog) -> None:
    """Tell Telegram our commands; the same again does no harm, and without them all works."""
    for code, language in ((None, ELSEWHERE), *((name, name) for name in LANGUAGES)):
        texts = catalog.texts[language]["replies"]["commands"]
        commands = [BotCommand(name, str(text)) for name, text in texts.items()]
        try:
            await bot.set_my_commands(commands, language_code=code)
        except TelegramError as error:
            log.warning("commands_not_set", language=code, error=type(error).__name__)
