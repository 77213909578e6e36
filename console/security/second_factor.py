"""The second factor: codes of an authenticator app (TOTP, RFC 6238), each good once."""

from __future__ import annotations

from datetime import datetime

import pyotp
import segno

ISSUER = "Comeback"
PERIOD = 30
"""Seconds that a code stands."""
DRIFT = 1
"""Periods that a phone's clock may be off, either way."""


def new_secret() -> str:
    """What the app and we count with."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is, or None where it is wrong or too old."""
    digits = "".join(code.split())
    now = int(at.timestamp()) // PERIOD
    for step in range(now - DRIFT, now + DRIFT + 1):
        if pyotp.utils.strings_equal(digits, pyotp.TOTP(secret).at(step * PERIOD)):
            return step
    return None


def address_of(secret: str, email: str) -> str:
    """What the app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture_of(text: str) -> str:
    """A text as a QR code, as the address of a picture inside the page."""
    return segno.make(text, error="m").svg_data_uri(scale=6, border=3, light="#fff")
