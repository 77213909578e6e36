"""A plan as one HTML file: styles inside, no scripts, nothing fetched from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from advisor.model import WEEKS
from advisor.render.direction import runs
from advisor.render.view import PlanView

TEMPLATES = Path(__file__).parent / "templates"


def render_html(view: PlanView) -> str:
    """The plan as a page."""
    direction = "rtl" if view.language == "he" else "ltr"
    template = environment().get_template("plan.html")
    return template.render(plan=view, words=view.words, direction=direction, week_count=WEEKS)


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
    return made


def told(text: str) -> Markup:
    """A text with its isolates as <bdi>."""
    tags = {"left_to_right": '<bdi dir="ltr">{}</bdi>', "either": "<bdi>{}</bdi>", "plain": "{}"}
    return Markup("").join(Markup(tags[kind]).format(escape(run)) for kind, run in runs(text))
