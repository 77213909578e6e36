"""Lines on a terminal, in the right order for either language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.messages import Option
from bot.rtl import for_terminal

WIDEST = 88


class Screen:
    """A Rich console that knows the language. `visual` reorders Hebrew for terminals that show
    letters in the order they are stored."""

    def __init__(self, console: Console, language: str, visual: bool = False) -> None:
        self.console = console
        self.language = language
        self.visual = visual

    @property
    def width(self) -> int:
        """Columns that text may fill."""
        return min(self.console.width, WIDEST)

    def say(self, text: str, style: str = "") -> None:
        """A paragraph, with a blank line before it."""
        self.console.print()
        for line in text.split("\n"):
            self.line(line, style)

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """A line, wrapped before it is reordered so that each row reads from its own start."""
        rows = Text(text).wrap(self.console, max(20, self.width - indent))
        for row in rows:
            shown = for_terminal(row.plain.rstrip(), self.language, self.visual)
            if self.language == "he" and self.visual:
                aligned = Text(shown, style=style, justify="right")
                self.console.print(Padding(aligned, (0, indent, 0, 0)), width=self.width)
            else:
                self.console.print(Padding(Text(shown, style=style), (0, 0, 0, indent)))

    def ask(self, text: str, options: Sequence[tuple[str, Option]], progress: str) -> None:
        """A question, its choices, and how far along we are."""
        self.say(text, "bold")
        for mark, option in options:
            control = option.id.startswith("/")
            tick = "✓ " if option.ticked else ""
            self.line(f"{mark}) {tick}{option.label}", "dim" if control else "", indent=2)
        if progress:
            self.line(progress, "dim")

    def path(self, path: Path) -> None:
        """Where a file lies, untouched by reordering."""
        self.console.print(Text(f"  {path}", style="underline"), soft_wrap=True)
