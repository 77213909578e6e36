"""The Telegram that a deployment is measured against."""

from telegram import Bot

from bench.deployed import telegram
from bot.telegram.connection import refuse_bad_token


async def test_a_worker_starts_against_it() -> None:
    async with telegram() as served, Bot("1:a", base_url=f"{served.root}/bot") as bot:
        await refuse_bad_token(bot)
        assert (await bot.get_me()).is_bot
        assert (await bot.send_message(7, "hello")).message_id
