"""Serves models/comeback.tar.gz over HTTP on this machine: `serve.py PORT`. Run by `comeback`.

Rasa would outlive a parent that was killed; this ends with it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
MODEL = "models/comeback.tar.gz"
HOST = "127.0.0.1"
LOOK = 1.0
"""Seconds between looks at the parent."""


def end_with(parent: int) -> None:
    """End as soon as the process that started this one is gone."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(0)


def main() -> None:
    """Become `rasa run`."""
    port = sys.argv[1]
    os.chdir(PROJECT)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    from rasa.__main__ import main as rasa

    sys.argv = ["rasa", "run", "--enable-api", "-m", MODEL, "-p", port, "-i", HOST, "--quiet"]
    rasa()


if __name__ == "__main__":
    main()
