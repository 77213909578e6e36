"""Typesets templates with typst, with our own fonts; the same data gives the same bytes.

Values reach a template as JSON and are placed as text, never read as markup.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

import structlog
import typst

from advisor.render.html import TEMPLATES

FONTS = Path(__file__).parent / "fonts"
ACCESSIBLE: Literal["ua-1"] = "ua-1"
QUOTED = re.compile(r"(?s)[\"'`].*[\"'`]")
"""What a compiler's complaint quotes may be an owner's word."""
log = structlog.get_logger(__name__)


def typeset_pdf(template: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF by the rules of PDF/UA-1. These forbid signs that no font of ours has (a name
    in Chinese, say): such a document may use the machine's fonts, and keeps its tags. That it isn't
    PDF/UA is logged."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        pages = compiler(template).compile(
            format="pdf", sys_inputs=inputs, pdf_standards=ACCESSIBLE, timestamp=0
        )
    except typst.TypstError as refusal:
        log.warning("pdf_not_ua", template=template, reason=QUOTED.sub("…", str(refusal)))
        pages = compiler(template, system=True).compile(
            format="pdf", sys_inputs=inputs, timestamp=0
        )
    assert isinstance(pages, bytes)
    return pages


def typeset_png(template: str, data: dict[str, Any], dots: float) -> bytes:
    """A picture of a template with one page, at `dots` to the inch."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    page = compiler(template).compile(format="png", ppi=dots, sys_inputs=inputs)
    assert isinstance(page, bytes)
    return page


def compiler(template: str, system: bool = False) -> typst.Compiler:
    """A compiler for one call: one that is shared can't serve two threads at a time."""
    return typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=fonts(system))


@cache
def fonts(system: bool) -> typst.Fonts:
    """Our fonts, read once; with the machine's own where `system`."""
    return typst.Fonts(include_system_fonts=system, font_paths=[FONTS])
