"""The conversation in a terminal: for people, and as a line protocol for programs."""

from bot.terminal.person import chat
from bot.terminal.protocol import serve_lines

__all__ = ["chat", "serve_lines"]
