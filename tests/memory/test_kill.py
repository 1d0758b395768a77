"""SIGKILL at random moments, 150 times a seed, with two processes grading into one journal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, so that so many children are not too slow")
@pytest.mark.parametrize("seed", range(1, 1 + int(os.environ.get("QUIZAPP_SEEDS", "1"))))
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(quick: Path, seed: int) -> None:
    nursery = Path(__file__).with_name("nursery.py")
    done = subprocess.run(
        [sys.executable, str(nursery), str(quick / "home"), "75", str(seed)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    assert result["kills"] == 150
    assert result["acknowledged"] >= result["in the middle"] > 50
