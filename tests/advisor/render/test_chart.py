"""The picture of a plan: fit for Telegram, and showing what the plan holds."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from documents import lacking, run, squeezed

from advisor.model import LANGUAGES, Answer, AnswerState
from advisor.planning import make_plan
from advisor.render.chart import LONGEST_NAME, drawn, render_png
from advisor.render.typesetting import typeset_pdf, typeset_png
from advisor.render.view import plan_view

NAMES = ("hotel", "wholesaler", "cafe", "nothing_known")
MOST_BYTES, MOST_SIDES, MOST_RATIO = 10_000_000, 10_000, 20
"""Of a photo: https://core.telegram.org/bots/api#sendphoto"""
ACCENT = (0x1D, 0x5C, 0x50)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def fits_telegram(png: bytes) -> bool:
    width, height = size_of(png)
    sides = width + height <= MOST_SIDES and max(width, height) <= MOST_RATIO * min(width, height)
    return sides and len(png) <= MOST_BYTES


def pixels(png: bytes) -> list[bytes]:
    """Rows of pixels of an RGBA picture of 8 bits (filters as in the standard, section 9)."""
    width, height = size_of(png)
    assert png[24:26] == b"\x08\x06"
    data, place = b"", 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        data += png[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += length + 12
    raw, step = zlib.decompress(data), width * 4
    rows, above = [], bytes(step)
    for n in range(height):
        kind, line = raw[n * (step + 1)], bytearray(raw[n * (step + 1) + 1 : (n + 1) * (step + 1)])
        for i in range(step):
            left, corner = (line[i - 4], above[i - 4]) if i >= 4 else (0, 0)
            line[i] = (line[i] + predicted(kind, left, above[i], corner)) & 255
        above = bytes(line)
        rows.append(above)
    return rows


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    """What a filter expects of a byte."""
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((left, up, corner), key=lambda near: abs(guess - near))


@pytest.mark.parametrize(("name", "language"), list(product(NAMES, LANGUAGES)))
def test_it_fits_a_photo_of_telegram(views, name: str, language: str) -> None:
    png = render_png(views[name, language])
    assert fits_telegram(png)
    assert size_of(png)[0] == 1200


@pytest.mark.poppler
@pytest.mark.parametrize(("name", "language"), list(product(NAMES, LANGUAGES)))
def test_it_names_every_area_and_every_action(views, name: str, language: str) -> None:
    view = views[name, language]
    text = run(["pdftotext", "-", "-"], typeset_pdf("chart.typ", drawn(view)))
    shown = [view.title, view.prepared, *(area.name for area in view.areas)]
    shown += [area.level for area in view.areas] + [action.name for action in view.actions]
    assert lacking(language, shown, text) == []
    scores = Counter("".join(str(area.score) for area in view.areas if area.score_label))
    assert scores <= Counter(squeezed(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_are_as_long_as_scores_and_weeks(views, language: str) -> None:
    """An area at 100 and an action of 13 weeks fill their rows; less of both is less colour."""
    view = views["cafe", language]
    area = replace(view.areas[0], score_label="x")
    action = view.actions[0]
    shown = []
    for score, weeks in ((0, 1), (100, 1), (0, 13)):
        plan = replace(
            view,
            areas=(replace(area, score=score),),
            actions=(replace(action, start_week=1, weeks=weeks),),
        )
        rows = pixels(typeset_png("chart.typ", drawn(plan), 72.0))  # a pixel a point
        shown.append(sum(row.count(bytes((*ACCENT, 255))) for row in rows))
    empty, urgent, long = shown
    assert urgent - empty > 100 * 7
    assert long - empty > 12 * 10 * 7


def test_the_same_plan_gives_the_same_picture(views) -> None:
    assert render_png(views["gym", "he"]) == render_png(views["gym", "he"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["א" * 4000, "W" * 4000, "#panic() $ <b> 😀", "茶"], ids=range(4))
def test_any_name_fits(catalog, plans, typed: str, language: str) -> None:
    answers = dict(plans["cafe"].answers)
    answers["business_name"] = Answer("business_name", AnswerState.KNOWN, typed)
    view = plan_view(catalog, make_plan(catalog, answers), language)
    png = render_png(view)
    assert fits_telegram(png)
    assert len(drawn(view)["prepared"]) <= LONGEST_NAME + 1
    assert size_of(png)[1] <= size_of(render_png(replace(view, prepared="")))[1] + 200
