"""Whether what a deployment leans on answers, and as it should: Rasa, Telegram, the clock. Each
check gives a name, and in one sentence what is wrong and what to do, or None."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from advisor.catalog import Catalog
from advisor.errors import ComebackError
from bot.telegram import Bot
from bot.telegram.hook import hook_of, username_of
from comeback.serving import secret_of
from comeback.settings import Settings
from comeback.web import HOOK

Check = tuple[str, str | None]
RASA = "3.6"
"""The version that the model's components are written for."""
PATIENCE = 5.0
"""Seconds for an answer."""
RECENT = timedelta(hours=1)
"""Failures of the webhook that are older say nothing of now."""
APART = timedelta(seconds=30)
"""What clocks may differ by: sign-in codes last as long."""
CURES = {
    "403": "Telegram has another secret than COMEBACK_WEBHOOK_SECRET: run comeback webhook set",
    "503": "comeback serve doesn't reach the database: see what is said of it here",
    "certificate": "see that the proxy's certificate is one that browsers take",
}
"""What to do, by what Telegram tells of a call that failed."""
LED_ASTRAY = "see that the proxy passes /telegram/ on to comeback serve, and that /ready says 200"
NOT_FOUND = 404
NO_RASA = "what answers at COMEBACK_NLU_URL is no Rasa server: mend the address"
OTHER_MODEL = (
    "its model is of another version than this program{what}: build the Rasa image (or run comeback"
    " nlu train) from the same version, and start it anew"
)


async def rasa(catalog: Catalog, url: str) -> Check:
    """The server that reads messages, and whether its model speaks of what we know."""
    name = "Rasa"
    try:
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False) as http:
            version = str((await http.get("/version")).raise_for_status().json()["version"])
            name = f"Rasa {version}"
            read = (await http.post("/model/parse", json={"text": "-"})).raise_for_status().json()
    except httpx.HTTPError as error:
        refusal = error.response.status_code if isinstance(error, httpx.HTTPStatusError) else None
        if refusal == NOT_FOUND:
            return name, NO_RASA
        return name, (
            f"doesn't answer at COMEBACK_NLU_URL ({refusal or type(error).__name__}): start it anew"
            " (comeback nlu serve, or the container nlu) and give it half a minute to load; buttons"
            " work meanwhile"
        )
    except (ValueError, LookupError, TypeError):
        return name, NO_RASA
    if not version.startswith(RASA + "."):
        return name, f"Rasa {RASA} is needed: run the one of nlu_data/requirements.txt"
    return name, strangeness(catalog, read)


def strangeness(catalog: Catalog, read: Mapping[str, Any]) -> str | None:
    """What a model's answer holds that this program doesn't know."""
    try:
        whole = read["segments"][0]
        topics, options = set(whole["topics"]), dict(whole["options"])
    except (LookupError, TypeError, ValueError):
        return OTHER_MODEL.format(what="")
    strange = topics - set(catalog.slots) - set(catalog.acts)
    for slot, found in options.items():
        known = catalog.slots[slot].options if slot in catalog.slots else ()
        strange |= {f"{slot}.{option}" for option in set(found) - set(known)}
    return OTHER_MODEL.format(what=f" (it knows {min(strange)})") if strange else None


async def telegram(bot: Bot) -> Check:
    """Whether Telegram takes the token, and whose it is."""
    try:
        return f"Telegram (@{await username_of(bot)})", None
    except ComebackError as error:
        return "Telegram", str(error)


async def webhook(bot: Bot, settings: Settings, now: datetime) -> Check:
    """Whether updates come to where we are."""
    try:
        hook = await hook_of(bot)
        if not settings.public_url:
            return "the webhook (none: comeback bot fetches)", stray(hook.url)
        secret_of(settings)
    except ComebackError as error:
        return "the webhook", str(error)
    name = f"the webhook ({hook.waiting} updates wait at Telegram)"
    if hook.url != settings.public_url.rstrip("/") + HOOK:
        where = hook.url or "nowhere"
        return name, f"Telegram sends updates to {where}: run comeback webhook set"
    if hook.failed_at is not None and now - hook.failed_at < RECENT:
        remedy = next((cure for code, cure in CURES.items() if code in hook.failure), LED_ASTRAY)
        return name, f"a call failed at {hook.failed_at:%H:%M} UTC ({hook.failure}): {remedy}"
    return name, None


def stray(url: str) -> str | None:
    """A webhook where we fetch ourselves."""
    if not url:
        return None
    return (
        f"Telegram sends updates to {url}, so comeback bot gets none: run comeback webhook delete,"
        " or set COMEBACK_PUBLIC_URL where comeback serve takes them"
    )


async def clock(settings: Settings, now: datetime) -> Check:
    """Whether the clock goes right, by Telegram's."""
    url = settings.telegram_api or "https://api.telegram.org"
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=True) as http:
            date = (await http.head(url)).headers["Date"]
        there = parsedate_to_datetime(date).astimezone(UTC)
    except (httpx.HTTPError, KeyError, ValueError):
        return "the clock (nothing to compare it with)", None
    return "the clock", lateness(now - there)


def lateness(by: timedelta) -> str | None:
    """What a clock that is so far ahead means."""
    if abs(by) < APART:
        return None
    way = "ahead" if by > timedelta(0) else "behind"
    return (
        f"is {abs(by).total_seconds():.0f} s {way}: set it (timedatectl set-ntp true), as sign-in"
        " codes and reminders go by it"
    )
