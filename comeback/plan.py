"""A plan from a file of answers."""

from __future__ import annotations

import sys
from pathlib import Path

from advisor.answers_file import read_answers
from advisor.catalog import Catalog, load_catalog
from advisor.errors import ComebackError
from advisor.model import Plan
from advisor.planning import make_plan
from advisor.render.documents import MEDIA, document
from advisor.render.telegram import plan_messages
from advisor.render.view import plan_view
from comeback.logs import quiet_logs

BINARY = ("pdf", "png", "docx")


def write_plan(file: Path, language: str, format: str, out: Path | None) -> None:
    """Write the plan for `file`. Raises ComebackError where it can't be read or written."""
    quiet_logs()
    catalog = load_catalog()
    plan = make_plan(catalog, read_answers(catalog, file))
    content = rendered(catalog, plan, language, format)
    if out is None:
        if format in BINARY and sys.stdout.isatty():
            raise ComebackError(f"a {format} can't be shown here; name a file with --out")
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ComebackError(f"{out} can't be written: {error.strerror}") from error


def rendered(catalog: Catalog, plan: Plan, language: str, format: str) -> bytes:
    """The plan in a format."""
    view = plan_view(catalog, plan, language)
    for kind in MEDIA:
        if kind == format:
            return document(plan, view, kind)
    return ("\n\n".join(plan_messages(view)) + "\n").encode()
