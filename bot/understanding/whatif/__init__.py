"""Recognises a "what if" in free text, beside the reading of answers; stores nothing."""

from bot.understanding.whatif.asking import WhatIfs

__all__ = ["WhatIfs"]
