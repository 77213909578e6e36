"""The Telegram channel. Nothing else imports telegram."""

from telegram import Bot

from bot.telegram.connection import made_bot, name_of
from bot.telegram.pace import Pace
from bot.telegram.polling import run_polling
from bot.telegram.post import Post
from bot.telegram.receiver import Receiver
from bot.telegram.webhook import Webhook

__all__ = [
    "Bot",
    "Pace",
    "Post",
    "Receiver",
    "Webhook",
    "made_bot",
    "name_of",
    "run_polling",
]
