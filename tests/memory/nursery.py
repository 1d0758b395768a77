"""Grades as fast as it can in two children at once and kills them at random moments, so many times.

`python nursery.py HOME ROUNDS SEED` forks the children, so that none has to import anything, and prints one JSON
object: how many grades were acknowledged, how many kills hit a child that had acknowledged some, and what is wrong.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from quizapp.memory.all_journals import journals
from quizapp.memory.reader import Reader
from quizapp.memory.recorder import CannotUndo, Recorder, Stale
from quizapp.memory.schedule import GRADES, Memory, Rules, preview
from quizapp.memory.standings import Standings, open_standings

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def grade_for_ever(home: Path, pipe: int, chance: random.Random) -> None:
    """Say the id of each event, and of each event undone, once it is saved."""
    recorder = Recorder(open_standings(home, rules=Rules()))
    last = ""
    while True:
        key = f"deck/{chance.randrange(12)}"
        try:
            if last and chance.random() < 0.1:
                recorder.undo(last, NOW)
                last = ""
            else:
                last = recorder.review(key, recorder.standings.preview(key, NOW)[chance.choice(GRADES)], NOW).id
                os.write(pipe, f"{last}\n".encode())
        except Stale:
            continue
        except CannotUndo:
            last = ""
        except Exception as error:
            os.write(pipe, f"! {error!r}\n".encode())
            os._exit(1)


def a_round(home: Path, chance: random.Random) -> list[str]:
    """Two children, killed one after the other; what they said."""
    children = []
    for _ in range(2):
        reading, writing = os.pipe()
        seed = chance.random()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            grade_for_ever(home, writing, random.Random(seed))
        os.close(writing)
        children.append((pid, reading))
    said = []
    wait_for_one = chance.random() < 0.5
    for pid, reading in children:
        first = os.read(reading, 64) if wait_for_one else b""
        time.sleep(chance.random() * 0.015)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(reading, "rb") as pipe:
            said.append((first + pipe.read()).decode())
    return said


def wrongs(home: Path, said: list[str]) -> list[str]:
    """What is not as it was promised."""
    events = [event for path in journals(home).values() for event in Reader(path)]
    ids = [event.id for event in events]
    wrong = [f"lost: {name}" for name in set(said) - set(ids)]
    wrong += (
        [f"twice: {name}" for name in {name for name in ids if ids.count(name) > 1}] if len(set(ids)) < len(ids) else []
    )
    recorder = Recorder(open_standings(home, rules=Rules()))
    again = Standings(home, Rules())
    again.read_on()
    if dict(recorder.standings.all) != dict(again.all):
        wrong.append("the snapshot is not what the journals say")
    for path in journals(home).values():
        reader = Reader(path)
        seqs = [event.seq for event in reader]
        if seqs != list(range(1, len(seqs) + 1)) or reader.bad:
            wrong.append(f"{path} has numbers {seqs} and damage {reader.bad}")
    recorder.close()
    return wrong


def main(home: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    preview(Memory(), "deck/card", NOW, Rules())  # so that no child has to import py-fsrs
    said: list[str] = []
    hits = 0
    for _ in range(rounds):
        for words in a_round(home, chance):
            hits += bool(words)
            said += words.split("\n")[:-1]
    wrong = [word for word in said if word.startswith("!")] + wrongs(home, [word for word in said if word[0] != "!"])
    print(json.dumps({"acknowledged": len(said), "kills": 2 * rounds, "in the middle": hits, "wrong": wrong[:5]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
