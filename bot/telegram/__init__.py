"""The Telegram channel. Nothing else imports telegram."""

from bot.telegram.polling import run_polling

__all__ = ["run_polling"]
