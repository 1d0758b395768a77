"""kill -9 at any moment loses no grade that was printed."""

import json
import random
import subprocess
import sys
import time

from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules
from quizapp.memory.standings import open_standings
from quizapp.paths import Home

CARDS = [
    "distillation-and-unlabelled-data",
    "distillation-improvements",
    "model-quantization",
    "compression-methods",
    "distillation-models",
]
CHILD = """
import sys
from quizapp.cli import main
home, *cards = sys.argv[1:]
for i in range(1000):
    grade = ("again", "hard", "good", "easy")[i % 4]
    main(["--home", home, "grade", f"five-questions/{cards[i % 5]}", grade, "--json"])
"""


def test_kill_9_during_a_hundred_grades_loses_none_that_was_printed(home: Home) -> None:
    chance = random.Random(7)
    printed: list[dict[str, str]] = []
    kills = 0
    while len(printed) < 100:
        command = [sys.executable, "-c", CHILD, str(home.root), *CARDS]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            assert child.stdout is not None
            seen = b"".join(child.stdout.readline() for _ in range(chance.randint(5, 25)))
            time.sleep(chance.random() * 0.03)
            child.kill()
            kills += 1
            seen += child.stdout.read()
        printed += [json.loads(line) for line in seen.split(b"\n")[:-1]]  # of a torn line nobody saw the end
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    saved = [event.id for key in recorder.standings.all for event in recorder.standings.history(key)]
    assert len(set(saved)) == len(saved)
    assert {grade["event"] for grade in printed} <= set(saved)
    assert len(saved) <= len(printed) + kills  # a kill can fall between the disk and the print, once
