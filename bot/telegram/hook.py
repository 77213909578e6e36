"""Where Telegram sends updates: set, looked at, and taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from advisor.catalog import Catalog
from advisor.errors import ComebackError
from bot.telegram.arrived import KINDS_USED
from bot.telegram.commands import set_commands
from bot.telegram.connection import REFUSED


@dataclass(frozen=True, slots=True)
class Hook:
    """What Telegram knows: the address ("" where there is none), how many updates it still holds,
    and its last failure to deliver one."""

    url: str
    waiting: int
    failed_at: datetime | None
    failure: str


async def set_hook(bot: Bot, catalog: Catalog, url: str, secret: str, connections: int) -> None:
    """Have updates sent to `url`, over so many connections; the same again does no harm. What
    Telegram holds is kept. Raises ComebackError."""
    try:
        await bot.set_webhook(
            url,
            secret_token=secret,
            allowed_updates=KINDS_USED,
            max_connections=connections,
            drop_pending_updates=False,
        )
    except TelegramError as error:
        raise told(error) from error
    await set_commands(bot, catalog)


async def username_of(bot: Bot) -> str:
    """Whose token it is. Raises ComebackError."""
    try:
        return (await bot.get_me()).username or "?"
    except TelegramError as error:
        raise told(error) from error


async def hook_of(bot: Bot) -> Hook:
    """What Telegram knows. Raises ComebackError."""
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        raise told(error) from error
    return Hook(
        info.url, info.pending_update_count, info.last_error_date, info.last_error_message or ""
    )


async def unset_hook(bot: Bot) -> None:
    """Have nothing sent any more; what Telegram holds waits there for `comeback bot`. Raises
    ComebackError."""
    try:
        await bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as error:
        raise told(error) from error


def told(error: TelegramError) -> ComebackError:
    """An error in a sentence."""
    if isinstance(error, InvalidToken):
        return ComebackError(REFUSED)
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return ComebackError(
            f"Telegram doesn't answer ({type(error).__name__}): see that this machine reaches it;"
            " what owners write waits there for a day"
        )
    if isinstance(error, BadRequest):
        return ComebackError(f"Telegram refuses that ({error.message})")
    return ComebackError(f"Telegram could not do that ({error.message}); try again in a minute")
