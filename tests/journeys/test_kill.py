"""kill -9 at any moment loses no grade that was printed."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from quizapp.memory.progress import open_progress
from quizapp.memory.schedule import Rules, local_now
from quizapp.paths import Home

CHILD = """
import sys
from quizapp.cli import main
home, deck, start = sys.argv[1:]
for i in range(int(start), 1000):
    main(["--home", home, "grade", f"five-questions/{deck.split()[i % 5]}", ("again", "hard", "good", "easy")[i % 4], "--json"])
"""


def test_kill_9_during_a_hundred_grades_loses_none_that_was_printed(home: Home, tmp_path: Path) -> None:
    chance = random.Random(7)
    ids = "distillation-and-unlabelled-data distillation-improvements model-quantization compression-methods distillation-models"
    printed: list[dict[str, str]] = []
    while len(printed) < 100:
        out = tmp_path / "out"
        with out.open("wb") as file:
            child = subprocess.Popen([sys.executable, "-c", CHILD, str(home.root), ids, str(len(printed))], stdout=file)
            time.sleep(0.35 + chance.random() * 0.4)
            child.send_signal(signal.SIGKILL)
            child.wait()
        lines = out.read_bytes().split(b"\n")[:-1]  # the last one may be torn: nobody saw it whole
        printed += [json.loads(line) for line in lines]
    progress = open_progress(home.root, now=local_now(), rules=Rules())
    saved = {event.id: event for path in progress.standings for event in progress.history(path)}
    assert all(grade["event"] in saved for grade in printed)
    assert len({grade["event"] for grade in printed}) == len(printed)
    journals = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_bytes().splitlines()]
    reviews = sum(line.startswith(b'{"type":"reviewed"') for line in journals)
    assert reviews <= len(printed) + 100  # at most one more than was printed for each kill
