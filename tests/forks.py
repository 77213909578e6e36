"""Processes of their own that start at once: what they import is imported once, by the process that
they are forked from."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

HERE = Path(__file__).parent
FOLDERS = (HERE, HERE / "bot" / "telegram", HERE / "serving")

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["serving_process"])
# It finds modules by this alone, and leaves out in silence what it doesn't find.
os.environ["PYTHONPATH"] = os.pathsep.join(map(str, FOLDERS))
