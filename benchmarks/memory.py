"""Times of the memory room beside Anki's own backend, interleaved on this machine, in under a minute.

Prints {measure: {"value", "bar", "unit", "ok"}} and exits 1 when one falls short. Anki (PyPI `anki`, needed here and
nowhere else) is taken from this interpreter, from $ANKI_PYTHON, or installed into a virtual environment in the
temporary folder, once. Exits 2 if that cannot be had.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


# What the children do. Those of Anki run in Anki's interpreter, which knows nothing of quizapp.


def anki_build(path: str, count: str) -> None:
    """A collection with `count` cards that are due."""
    from anki.collection import AddNoteRequest, Collection
    from anki.decks import DeckId

    col = Collection(path)
    col.set_config("fsrs", True)
    requests = []
    for number in range(int(count)):
        note = col.new_note(col.models.by_name("Basic"))
        note.fields = [f"question {number}", f"answer {number}"]
        requests.append(AddNoteRequest(note, DeckId(1)))
    col.add_notes(requests)
    col.db.execute("update cards set type = 2, queue = 2, ivl = 10, due = 0, factor = 2500, reps = 5")
    limits = col.decks.get_config(1)
    limits["new"]["perDay"] = limits["rev"]["perDay"] = 9999
    col.decks.save(limits)
    col.close()


def anki_serve(path: str) -> None:
    """Answer as many cards as each line of input asks for; print the seconds that each took."""
    from anki.collection import Collection  # isort: skip  # its modules import each other: this one has to be first
    from anki.cards import Card
    from anki.scheduler.v3 import CardAnswer

    col = Collection(path)
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            queued = col.sched.get_queued_cards(fetch_limit=1).cards[0]
            card = Card(col, backend_card=queued.card)
            card.start_timer()
            answer = col.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
            begin = time.perf_counter()
            col.sched.answer_card(answer)
            times.append(time.perf_counter() - begin)
        print(json.dumps(times), flush=True)


def anki_first(path: str) -> None:
    """Open the collection and get the first card that is due."""
    from anki.collection import Collection

    col = Collection(path)
    print(col.sched.get_queued_cards(fetch_limit=1).cards[0].card.id)


def our_serve(home: str) -> None:
    """As `anki_serve`."""
    from quizapp.memory.events import Given
    from quizapp.memory.recorder import Recorder
    from quizapp.memory.schedule import Rules
    from quizapp.memory.standings import open_standings

    now = datetime.now(UTC)
    recorder = Recorder(open_standings(Path(home), rules=Rules()))
    keys = iter(list(recorder.standings.all))
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            key = next(keys)
            outcome = recorder.standings.preview(key, now)["good"]
            begin = time.perf_counter()
            recorder.review(key, outcome, now, Given(took_s=8.25, ticks=(0, 2)))
            times.append(time.perf_counter() - begin)
        print(json.dumps(times), flush=True)


def our_first(home: str) -> None:
    """Read how the cards stand and get the first card that is due."""
    from quizapp.memory.schedule import Rules, local_now
    from quizapp.memory.standings import open_standings

    now = local_now()
    standings = open_standings(Path(home), rules=Rules())
    moment = now.astimezone(UTC)  # two moments in one zone compare 100 times faster
    dues = ((standing.memory.due, key) for key, standing in standings.all.items())
    print(min(due for due in dues if due[0] is not None and due[0] <= moment)[1])


# What they are given, and what is measured


def our_build(home: Path, cards: int, reviews: int) -> None:
    """A journal in which each of `cards` has `reviews`, from a pool of forty real histories; and no snapshot."""
    from quizapp.memory import events, rules_named
    from quizapp.memory.line import JOURNAL_FORMAT, to_line
    from quizapp.memory.schedule import GRADES, Memory, Rules, preview

    pool = []
    for number in range(40):
        memory, moment, history = Memory(), START, []
        for turn in range(reviews):
            grade = GRADES[(number * 7 + turn * 3) % 4 if turn else 2]
            memory = preview(memory, f"pool/{number}", moment, Rules())[grade].memory
            history.append((moment, grade, memory))
            moment = max(memory.due or moment, moment) + timedelta(seconds=5)
        pool.append(history)
    (home / "journal").mkdir(parents=True)
    name, seq, tips = rules_named.rules_name(Rules()), 2, [None] * cards
    with (home / "journal" / "benchmark.jsonl").open("wb") as file:
        file.write(to_line(events.Opened(1, "opened", START, JOURNAL_FORMAT, "benchmark")))
        file.write(to_line(rules_named.rules_record(Rules(), 2, "rules", START)))
        for turn in range(reviews):
            for card in range(cards):
                moment, grade, memory = pool[card % 40][turn]
                seq += 1
                event = events.Reviewed(
                    seq, f"{seq:016x}", moment, memory.day, f"deck-{card % 20}/card-number-{card}", tips[card], turn,
                    grade, memory, name, took_s=8.25,
                )  # fmt: skip
                file.write(to_line(event))
                tips[card] = event.id


def snapshot(home: Path) -> float:
    """Read all of a journal and write the snapshot; the seconds that the reading took."""
    from quizapp.memory.schedule import Rules
    from quizapp.memory.standings import open_standings

    begin = time.perf_counter()
    standings = open_standings(home, rules=Rules(), on_read=_bar)
    took = time.perf_counter() - begin
    standings.save()
    return took


def _bar(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\rreading journals: {done * 100 // max(total, 1)} %", end="\n" * (done == total), file=sys.stderr)


@contextmanager
def serving(python: str, mode: str, path: Path) -> Iterator[Any]:
    """A child that grades so many cards when called with a number, and answers with the seconds each took."""
    child = subprocess.Popen(
        [python, __file__, mode, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None and child.stdout is not None

    def grade(count: int) -> list[float]:
        child.stdin.write(f"{count}\n")
        child.stdin.flush()
        return json.loads(child.stdout.readline())

    try:
        yield grade
    finally:
        child.stdin.close()
        child.wait()


def grades(anki: str, folder: Path) -> tuple[float, float]:
    """Median seconds of a durable grade at 10,000 cards, ours and Anki's, ten and ten in turn."""
    subprocess.run([anki, __file__, "anki_build", str(folder / "10k.anki2"), "10000"], check=True)
    our_build(folder / "10k", 10_000, 5)
    snapshot(folder / "10k")
    ours, theirs = [], []
    with (
        serving(sys.executable, "our_serve", folder / "10k") as we,
        serving(anki, "anki_serve", folder / "10k.anki2") as they,
    ):
        we(20), they(20)
        for _ in range(40):
            ours += we(10)
            theirs += they(10)
    return statistics.median(ours), statistics.median(theirs)


def starts(anki: str, folder: Path) -> tuple[float, float]:
    """Median seconds from the start of a process to the first due card of 100,000, ours and Anki's, in turn."""
    subprocess.run([anki, __file__, "anki_build", str(folder / "100k.anki2"), "100000"], check=True)
    ours, theirs = [], []
    for _ in range(9):
        for times, python, mode, name in (
            (ours, sys.executable, "our_first", "100k"),
            (theirs, anki, "anki_first", "100k.anki2"),
        ):
            begin = time.perf_counter()
            subprocess.run([python, __file__, mode, str(folder / name)], check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - begin)
    return statistics.median(ours[1:]), statistics.median(theirs[1:])


def find_anki() -> str:
    """An interpreter that has Anki. Raises CalledProcessError if it cannot be installed."""
    home = Path(tempfile.gettempdir()) / "anki-venv"
    for python in (os.environ.get("ANKI_PYTHON"), sys.executable, str(home / "bin" / "python")):
        if (
            python
            and shutil.which(python)
            and not subprocess.run([python, "-c", "import anki"], capture_output=True).returncode
        ):
            return python
    venv.create(home, with_pip=True, clear=True)
    subprocess.run([str(home / "bin" / "pip"), "install", "-q", "anki"], check=True)
    return str(home / "bin" / "python")


def main() -> int:
    """Measure all, print the figures; 1 if one falls short."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        anki = find_anki()
    except subprocess.CalledProcessError as error:
        print(
            f"Anki's backend could not be installed ({error}); set ANKI_PYTHON to a Python that has it.",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="quizapp-memory-") as name:
        folder = Path(name)
        our_grade, their_grade = grades(anki, folder)
        our_build(folder / "100k", 100_000, 5)
        rebuild = snapshot(folder / "100k")
        our_start, their_start = starts(anki, folder)
    figures = {
        "durable grade": (
            our_grade / their_grade,
            0.8,
            f"x Anki's, p50 ({our_grade * 1e6:.0f} of {their_grade * 1e6:.0f} µs)",
        ),
        "open 100k cards": (
            our_start / their_start,
            1.3,
            f"x Anki's start to first card ({our_start:.3f} of {their_start:.3f} s)",
        ),
        "rebuild 500k lines": (rebuild, 10.0, "s"),
    }
    print(
        json.dumps(
            {m: {"value": round(v, 3), "bar": b, "unit": u, "ok": v <= b} for m, (v, b, u) in figures.items()}, indent=1
        )
    )
    return int(any(value > bar for value, bar, _ in figures.values()))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        globals()[sys.argv[1]](*sys.argv[2:])
    else:
        sys.exit(main())
