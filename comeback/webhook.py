"""`comeback webhook set|info|delete`: where Telegram sends updates. Done once for a deployment and
not at each start: many processes that set it at once are told to wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from advisor.catalog import load_catalog
from advisor.errors import ComebackError
from bot.telegram import Bot, made_bot
from bot.telegram.hook import hook_of, set_hook, unset_hook
from comeback.serving import secret_of
from comeback.settings import Settings
from comeback.telegram import token_of
from comeback.web import HOOK


@asynccontextmanager
async def speaking(settings: Settings) -> AsyncIterator[Bot]:
    """The bot, for a call or two."""
    bot = made_bot(token_of(settings), settings.telegram_api or None)
    try:
        yield bot
    finally:
        await bot.shutdown()


async def set_(settings: Settings, connections: int) -> None:
    """Have updates sent to us."""
    if not settings.public_url.startswith("https://"):
        raise ComebackError(
            "no public address: set COMEBACK_PUBLIC_URL to where Telegram reaches comeback serve,"
            " as https://…"
        )
    url = settings.public_url.rstrip("/") + HOOK
    async with speaking(settings) as bot:
        await set_hook(bot, load_catalog(), url, secret_of(settings), connections)
    print(f"Telegram sends updates to {url} now.")


async def info(settings: Settings) -> None:
    """Tell what Telegram knows."""
    async with speaking(settings) as bot:
        hook = await hook_of(bot)
    print(f"Address: {hook.url or 'none; updates wait for comeback bot'}")
    print(f"Waiting at Telegram: {hook.waiting}")
    if hook.failed_at is not None:
        print(f"Last failure: {hook.failed_at:%Y-%m-%d %H:%M} UTC, {hook.failure}")


async def delete(settings: Settings) -> None:
    """Have nothing sent any more."""
    async with speaking(settings) as bot:
        await unset_hook(bot)
    print("Telegram keeps updates until comeback bot fetches them, or a webhook is set again.")
