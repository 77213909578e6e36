"""The Rasa components have tests of their own, which need their own environment."""

import subprocess
from pathlib import Path

import pytest

from comeback.nlu import environment, python_of
from comeback.settings import Settings


@pytest.mark.rasa
@pytest.mark.slow
def test_components() -> None:
    project: Path = Settings().nlu_project
    done = subprocess.run(
        [python_of(project), "-m", "unittest", "discover", "tests"],
        cwd=project,
        env=environment(project, 1),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
