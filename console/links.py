"""Addresses of our own pages, wherever the console is mounted."""

from __future__ import annotations

from fastapi import Request

from console.parts import Parts


def path_to(request: Request, name: str, **given: str) -> str:
    """The path of a page by its name. Not `request.url_for`, which asks the application that we are
    mounted in."""
    return f"{request.scope.get('root_path', '')}{request.app.url_path_for(name, **given)}"


def link_to(request: Request, name: str, **given: str) -> str:
    """The whole address, for whoever gets it in a message."""
    parts: Parts = request.app.state.parts
    root = parts.root.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"
    return root + path_to(request, name, **given)
