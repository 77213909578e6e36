"""A plan in whatever form it is wanted as a file."""

from __future__ import annotations

import json
from typing import Literal

from advisor.model import Plan
from advisor.render.chart import render_png
from advisor.render.docx import render_docx
from advisor.render.html import render_html
from advisor.render.json import plan_json
from advisor.render.pdf import render_pdf
from advisor.render.view import PlanView

Document = Literal["pdf", "docx", "html", "json", "png"]
MEDIA: dict[Document, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "png": "image/png",
}
"""Types of the files, as the web names them."""


def document(plan: Plan, view: PlanView, kind: Document) -> bytes:
    """The plan as a file of a kind."""
    match kind:
        case "json":
            return (json.dumps(plan_json(plan, view), ensure_ascii=False, indent=2) + "\n").encode()
        case "html":
            return render_html(view).encode()
        case "pdf":
            return render_pdf(view)
        case "docx":
            return render_docx(view)
        case "png":
            return render_png(view)
