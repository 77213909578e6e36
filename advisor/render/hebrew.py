"""Hebrew prefixes before filled-in words: joined to Hebrew, isolated or not, with a hyphen before
anything else."""

from __future__ import annotations

import re

PREFIXES = "ובכלמשה"
START = r"(?:^|(?<=[\s(\"\u2068]))"
HEBREW, FOREIGN = "[\u05d0-\u05ea]", "[0-9A-Za-z\u20aa\u2066]"
DETACHED = re.compile(f"{START}([{PREFIXES}]{{1,2}})-(?=\u2068?{HEBREW})")
ATTACHED = re.compile(f"{START}([{PREFIXES}]{{1,2}})(?={FOREIGN}|\u2068(?!{HEBREW}))")


def fitted(language: str, text: str) -> str:
    """The text with the prefixes right for what was filled in after them."""
    if language != "he":
        return text
    joined = DETACHED.sub(r"\1", text) if "-" in text else text
    return ATTACHED.sub(r"\1-", joined)
