"""`comeback chat` on a real pseudo-terminal, as a person meets it, with the model away."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from processes import COMMAND, PATIENCE, environment

LATEST = 5.0
"""Seconds to the first question on a busy machine; two are the aim."""
ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[a-zA-Z]|[=>]|\][^\x07]*\x07|[()][A-Z0-9])")
WHERE_IS_THE_CURSOR = b"\x1b[6n"


class Terminal:
    """What a person sees and types."""

    def __init__(self, master: int) -> None:
        self.master = master
        self.raw = b""
        self.seen = 0
        self.began = time.monotonic()

    @property
    def text(self) -> str:
        """All that was ever shown."""
        return ESCAPES.sub("", self.raw.decode("utf-8", errors="replace"))

    def type(self, text: str) -> None:
        """Type a line once the prompt stands below what was waited for last."""
        self.wait_until(lambda: "›" in self.text[self.seen :], "the prompt")
        os.write(self.master, text.encode())

    def read(self, seconds: float) -> bool:
        """Take in what is shown; False once the program has ended."""
        if select.select([self.master], [], [], seconds)[0]:
            try:
                new = os.read(self.master, 65536)
            except OSError:  # Linux says so when the other side is closed
                return False
            self.raw += new
            if WHERE_IS_THE_CURSOR in new:
                os.write(self.master, b"\x1b[1;1R")
        return True

    def wait_for(self, text: str) -> float:
        """Wait until it is shown; seconds since the start."""
        took = self.wait_until(lambda: text in self.text, text)
        self.seen = self.text.rindex(text)
        return took

    def wait_until(self, shown: Callable[[], bool], what: str) -> float:
        until = time.monotonic() + PATIENCE
        while not shown():
            assert self.read(0.05), f"ended before {what!r} was shown:\n{self.text[-2000:]}"
            assert time.monotonic() < until, f"{what!r} is not shown:\n{self.text[-2000:]}"
        return time.monotonic() - self.began

    def wait_for_end(self) -> None:
        until = time.monotonic() + PATIENCE
        while self.read(0.05):
            assert time.monotonic() < until, self.text[-2000:]


@contextmanager
def terminal(data: Path, *arguments: str) -> Iterator[Terminal]:
    """`comeback chat` on a terminal of its own."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (50, 100))
    process = subprocess.Popen(
        [*COMMAND, "chat", *arguments],
        env={**environment(data), "TERM": "xterm-256color", "NO_COLOR": "1"},
        cwd=data,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(master)
    finally:
        process.kill()
        process.wait()
        os.close(master)


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "What is the business called?"), ("he", "מה שם העסק?")],
)
def test_the_first_question_stands_at_once(tmp_path: Path, language: str, question: str) -> None:
    with terminal(tmp_path, "--lang", language) as screen:
        took = screen.wait_for(question)
    print(f"the first question ({language}) stood after {took:.1f} s")
    assert took < LATEST


def test_an_interview_by_typing(tmp_path: Path) -> None:
    with terminal(tmp_path, "--lang", "en") as screen:
        screen.wait_for("What is the business called?")
        screen.type("Corner Bakery\r")
        screen.wait_for("1) Restaurant, café or food")
        screen.type("1\r")
        screen.wait_for("Noted: Restaurant, café or food.")
        screen.wait_for("Who buys from you today")
        screen.type("\x04")
        screen.wait_for("Everything is saved.")
        screen.wait_for_end()
    with terminal(tmp_path, "--lang", "en") as screen:
        screen.wait_for("Who buys from you today")
        assert "What is the business called?" not in screen.text


def test_hebrew_by_typing(tmp_path: Path) -> None:
    with terminal(tmp_path, "--lang", "he", "--visual") as screen:
        screen.wait_for("?קסעה םש המ")
        screen.type("Levi & Sons\r")
        screen.wait_for("Levi & Sons :יתמשר")
        screen.type("אנגלית\r")
        screen.wait_for("English it is.")


def test_without_a_terminal_it_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "chat"],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert not done.stdout
    assert done.stderr.startswith("comeback: a chat needs a terminal")
    assert len(done.stderr.splitlines()) == 1
