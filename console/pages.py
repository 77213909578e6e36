"""Pages: a template with the words of the reader's language, whole or as the fragment asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from babel.dates import format_datetime, format_timedelta
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2 import pass_context as with_context
from jinja2.runtime import Context

from advisor.model import LANGUAGES, Kind
from advisor.render.formats import format_number
from advisor.render.html import told
from advisor.render.view.areas import LEVELS, named
from advisor.render.wording import begun
from console.desk import Desk
from console.links import path_to
from console.parts import Parts
from console.security import cookies
from console.security.tokens import form_token, new_token

TEMPLATES = Path(__file__).parent / "templates"
ONE = re.compile("^1 | 1$")


@cache
def environment() -> Environment:
    """Templates; everything is escaped, and a missing name is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["told"] = told
    made.filters["fill"] = lambda text, **given: str(text).format(**given)
    made.filters["ago"] = ago
    made.filters["moment"] = moment
    made.filters["duration"] = duration
    made.filters["level"] = level
    made.filters["area"] = area
    made.filters["sector"] = sector
    return made


@with_context
def ago(context: Context, at: datetime) -> str:
    """How long ago, in words."""
    return spell(at - context["now"], context["language"], add_direction=True)


def spell(time: timedelta, language: str, add_direction: bool = False) -> str:
    """A time in words. Hebrew says "yom" and "sha'a" for one of them, without the digit that it has
    in the tables of the locale."""
    words = format_timedelta(
        time, add_direction=add_direction, locale=language, granularity="minute"
    )
    return ONE.sub("", words) if language == "he" else words


@with_context
def moment(context: Context, at: datetime) -> str:
    """A date and a time, as clocks show it here."""
    return format_datetime(at, "d MMM y, HH:mm", tzinfo=context["zone"], locale=context["language"])


@with_context
def duration(context: Context, days: int) -> str:
    """Days in words."""
    return format_number(context["catalog"], context["language"], Kind.DURATION, days)


@with_context
def area(context: Context, name: str) -> str:
    """An area's name."""
    texts = context["catalog"].texts[context["language"]]
    return begun(str(texts["findings"][name]["name"]))


@with_context
def sector(context: Context, option: str) -> str:
    """What a business does."""
    return str(context["catalog"].option_label(context["language"], "sector", option))


def level(severity: int | None) -> str:
    """The name of the band in which a severity falls."""
    return "unknown" if severity is None else named(LEVELS, severity)


def language_of(request: Request, desk: Desk | None) -> str:
    """The reader's language: the account's, else the one chosen, else what the browser asks for."""
    if desk is not None:
        return desk.language
    chosen = request.cookies.get(cookies.LANGUAGE)
    if chosen in LANGUAGES:
        return str(chosen)
    asked = request.headers.get("accept-language", "").lower()
    return "en" if asked.startswith("en") else "he"


def page(
    request: Request,
    template: str,
    desk: Desk | None = None,
    fragment: str | None = None,
    status: int = 200,
    **given: Any,
) -> HTMLResponse:
    """A page; where HTMX asks for it, the fragment that the page includes."""
    parts: Parts = request.app.state.parts
    language = language_of(request, desk)
    visit = request.cookies.get(cookies.SESSION) or request.cookies.get(cookies.VISIT)
    cookie = visit or new_token()
    alone = fragment is not None and "hx-request" in request.headers
    found = environment().get_template(fragment if alone and fragment else template)
    shown = found.render(
        request=request,
        t=parts.texts[language],
        catalog=parts.catalog,
        language=language,
        direction="rtl" if language == "he" else "ltr",
        desk=desk,
        now=parts.clock(),
        zone=parts.zone,
        form_token=form_token(cookie),
        at=partial(path_to, request),
        **given,
    )
    response = HTMLResponse(shown, status_code=status)
    response.headers["vary"] = "HX-Request, Accept-Language, Cookie"
    if not visit:
        cookies.put(parts, request, response, cookies.VISIT, cookie)
    return response


def words(request: Request, desk: Desk | None, file: str) -> Mapping[str, Any]:
    """The words of one file in the reader's language."""
    parts: Parts = request.app.state.parts
    found: Mapping[str, Any] = parts.texts[language_of(request, desk)][file]
    return found
