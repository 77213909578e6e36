"""A plan from a file of answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from advisor.answers_file import read_answers
from advisor.catalog import Catalog, load_catalog
from advisor.errors import ComebackError
from advisor.model import Plan
from advisor.planning import make_plan
from advisor.render.html import render_html
from advisor.render.json import plan_json
from advisor.render.telegram import plan_messages
from advisor.render.view import plan_view


def write_plan(file: Path, language: str, format: str, out: Path | None) -> None:
    """Write the plan for `file`. Raises ComebackError where it can't be read or written."""
    catalog = load_catalog()
    plan = make_plan(catalog, read_answers(catalog, file))
    text = rendered(catalog, plan, language, format)
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ComebackError(f"{out} can't be written: {error.strerror}") from error


def rendered(catalog: Catalog, plan: Plan, language: str, format: str) -> str:
    """The plan in a format."""
    view = plan_view(catalog, plan, language)
    if format == "json":
        return json.dumps(plan_json(plan, view), ensure_ascii=False, indent=2) + "\n"
    if format == "html":
        return render_html(view)
    return "\n\n".join(plan_messages(view)) + "\n"
