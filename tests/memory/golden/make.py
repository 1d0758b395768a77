"""Writes the golden home, as format 1 has it: `python tests/memory/golden/make.py FOLDER`.

Two devices study the same cards, hear of each other and leave every kind of event, with ids, times and names that do
not depend on chance. What it wrote when format 1 was settled lies beside it, in `home`: every later quizapp has to read
that (`test_golden.py`). It is only ever written anew together with a change of the format that is meant.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Literal
from unittest import mock

from msgspec.structs import replace

from quizapp import settings_file
from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.memory import device
from quizapp.memory.all_journals import journals
from quizapp.memory.events import (
    CHANGES,
    Attempt,
    Attempted,
    Change,
    Event,
    Fit,
    Given,
    Mended,
    Opened,
    Optimized,
    Overruled,
    Overruling,
    Predicted,
    Prediction,
    QuizScore,
    Quizzed,
    Reviewed,
    RulesNamed,
    Undone,
)
from quizapp.memory.foreign import ForeignEvent
from quizapp.memory.line import JOURNAL_FORMAT, seal, to_line
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import GRADES, WEIGHTS, Grade, Rules
from quizapp.memory.standings import open_standings
from quizapp.study import interview, interview_store

KINDS: tuple[type[Event], ...] = (
    Opened, RulesNamed, Reviewed, Undone, *CHANGES.values(), Mended, Attempted, Predicted, Overruled, Quizzed,
    Optimized,
)  # fmt: skip
ZONE = timezone(timedelta(hours=2))
START = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
RULES = Rules()
UNSAID = Given()
STRICTER = Rules(retention=0.95, learning_steps=(60, 300, 1200), relearning_steps=(), maximum_interval=900, rollover=3)
WEIGHTS_FOUND = tuple(round(weight * 1.01, 6) for weight in WEIGHTS)
DEMO = "/home/reader/.local/share/quizapp/demos/drift.py"
DEMO_SHA256 = "5e" * 32
LATER = {
    "code_cards": False,
    "new_code_per_day": 2,
    "code_retention": 0.85,
    "minutes_per_day": 40,
    "study_after": "coffee",
    "examiner_address": "http://localhost:11434/v1",
    "examiner_model": "a-model",
    "examiner_key": "env:EXAMINER_KEY",
}
KEYS = {"study.again": ("1", "h")}
SETTINGS = {
    "language": "both",
    "theme": "nord",
    "ascii": True,
    "motion": False,
    "new_per_day": 25,
    "reviews_per_day": 150,
    "learn_ahead_minutes": 5,
    "rollover": 3,
    "retention": 0.95,
    "learning_steps": (1, 5, 20),
    "relearning_steps": (10,),
    "confidence": True,
    "timer": False,
    "predict": "after",
    "tour": "done",
    "interview": START.date() + 60 * DAY,
    "follow_plan": True,
    "keys": KEYS,
}
GONE = {"follow_plan"}  # that no later version has


@contextmanager
def machine(name: str, sitting: int) -> Iterator[None]:
    """A sitting at the machine of that name, where chance gives one number after the other."""
    numbers = count((int(name, 16) << 16) + (sitting << 12))
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(os, "urandom", lambda size: next(numbers).to_bytes(size, "big")))
        stack.enter_context(mock.patch.object(device, "_machine", lambda: f"{name:0>8}"))
        yield


def opened(home: Path, rules: Rules = RULES) -> Recorder:
    return Recorder(open_standings(home, rules=rules, renames={"llm/kv": "llm/kv-cache"}))


def grade(recorder: Recorder, key: str, how: Grade, now: datetime, given: Given = UNSAID) -> str:
    outcome = recorder.standings.preview(key, now - 20 * timedelta(seconds=1))[how]
    return recorder.review(key, outcome, now, given).id


def first_device(home: Path) -> None:
    recorder = opened(home)
    for number, how in enumerate(GRADES):
        grade(recorder, f"llm/{number}", how, START + number * MINUTE)
    grade(
        recorder, "llm/kv", "good", START + 10 * MINUTE, Given(
            took_s=12.3456, ticks=(0, 2), chosen=(1, 0), typed='"Q·K", 量化\u202e\n', confidence=75, core=True,
        )
    )  # fmt: skip
    recorder.undo(grade(recorder, "llm/0", "easy", START + 12 * MINUTE, Given(took_s=3.0)), START + 13 * MINUTE)
    changes: tuple[Change, ...] = ("suspended", "unsuspended", "buried", "flagged", "unflagged", "suspended")
    for number, what in enumerate(changes):
        recorder.change("llm/1", what, START + (20 + number) * MINUTE)
    recorder.change("llm/2", "flagged", START + 30 * MINUTE)
    grade(recorder, "llm/2", "easy", START + 31 * MINUTE)
    recorder.change("llm/2", "reset", START + 32 * MINUTE)
    for turn in range(9):  # until it is a leech
        grade(recorder, "llm/leech", "easy", START + (40 + 30 * turn) * DAY, Given(took_s=8.0))
        grade(recorder, "llm/leech", "again", START + (60 + 30 * turn) * DAY, Given(took_s=30.5))
    for prediction in (
        Prediction(
            card="llm/3", demo="quantize", measure="sqnr_db", script="ab" * 32,
            knobs={"bits": 4, "name": "x", "scale": 0.5, "signed": True}, choice=1, measured=14.5, right=True,
            confidence=60,
        ),
        Prediction(card="llm/3", demo="quantize", measure="error", number=0.25, measured=0.125, right=False),
        Prediction(card="llm/3", demo="quantize", measure="lines"),
    ):  # fmt: skip
        recorder.predict(prediction, START + DAY)
    recorder.adopt(Fit(WEIGHTS_FOUND, reviews=512, before=0.4321, after=0.3987), START + 2 * DAY)
    past = [ForeignEvent("anki/1", START - (90 - 9 * n) * DAY, how, 4.5) for n, how in enumerate((*GRADES, *GRADES))]
    past += [ForeignEvent("anki/1", START - DAY, "reset"), ForeignEvent("anki/2", START - DAY, "suspended")]
    recorder.import_foreign([*past, ForeignEvent("anki/2", START - DAY, "good")], "anki", START + 3 * DAY)
    recorder.close()


def second_device(home: Path) -> None:
    """It knows what the first had done, goes by other settings, and is later of a newer program for a line."""
    recorder = opened(home, STRICTER)
    grade(recorder, "llm/3", "good", START + 5 * DAY, Given(took_s=6.25))
    grade(recorder, "llm/new", "again", START + 5 * DAY)
    recorder.change("llm/new", "buried", START + 5 * DAY)
    recorder.close()
    own = recorder.standings.journals.own
    at = b'"at":"2026-03-08T09:00:00+02:00","day":"2026-03-08","card":"llm/new"'
    strange = b'{"type":"rescheduled","seq":%d,"id":"of-a-newer-one",%s,"on":null,"nth":0,"to":{}}'
    own.path.write_bytes(own.path.read_bytes() + seal(strange % (own.position.seq + 1, at)))


def both(one: Path, two: Path) -> None:
    """The first goes on without having heard of the second; then it hears."""
    recorder = opened(one)
    grade(recorder, "llm/3", "again", START + 6 * DAY, Given(took_s=15.0))
    recorder.change("llm/3", "flagged", START + 6 * DAY)
    recorder.close()
    for path in journals(two).values():
        if not (one / "journal" / path.name).exists():
            shutil.copy(path, one / "journal")
    newer = to_line(Opened(1, "newer", START, JOURNAL_FORMAT + 1, "000000beef"))
    (one / "journal" / "000000beef.jsonl").write_bytes(newer + b"what only a newer one reads\n")
    opened(one).close()
    recorder = opened(one)
    grade(recorder, "llm/new", "good", START + 8 * DAY, Given(took_s=5.0))
    grade(recorder, "llm/new", "good", START + 9 * DAY, Given(took_s=4.0, drawn={"bits": "3"}, cued=True))
    code(recorder, START + 10 * DAY)
    recorder.close()


def code(recorder: Recorder, now: datetime) -> None:
    """Code is written twice and its card graded; its lines are put in order, and once more, which is taken back."""
    written = "def scale(w):\n\treturn w.max() / 127  # 用 \u202e\x1b[31m\n"
    for attempt in (
        Attempt(card="llm/code", exercise="c0" * 32, text=written, passed=False, failed="negative_peak", took_s=61.0),
        Attempt(card="llm/code", exercise="c0" * 32, text=written.replace("w.max", "w.abs().max"), passed=True),
    ):
        recorder.attempt(attempt, now)
    grade(recorder, "llm/code", "again", now, Given(took_s=95.0, attempts=2, hints=1))
    recorder.mend("llm/code", now + 30 * MINUTE, 42.5)
    recorder.undo(recorder.mend("llm/code", now + 31 * MINUTE).id, now + 32 * MINUTE)
    score = QuizScore(quiz="a-quiz", asked=4, right=3, took_s=80.5, cram=True, missed=("llm/kv-cache",))
    recorder.quizzed(score, now + 40 * MINUTE)
    recorder.overrule(Overruling(card="llm/code", model="qwen3:8b", ticked=(0, 2), unticked=(1,)), now + 41 * MINUTE)


def the_rest(home: Path) -> None:
    for name, value in SETTINGS.items():
        if name != "keys":
            settings_file.save_setting(home / "settings.yaml", name, list(value) if isinstance(value, tuple) else value)
    for key, keys in KEYS.items():
        settings_file.save_setting(home / "settings.yaml", "keys", list(keys), key)
    for name, value in LATER.items():
        settings_file.save_setting(home / "settings.yaml", name, value)
    Trust(home / "trust.json").allow(
        replace(read_script(Path(DEMO), b"def main(seed: int = 0):\n    return seed\n"), sha256=DEMO_SHA256)
    )
    asked = (
        interview.Asked(
            "llm/0",
            120,
            took_s=130.5,
            typed="因为 softmax",
            confidence=75,
            ticks=(0, 2),
            grade="good",
            counted=True,
            given=True,
            event="an-event",
        ),
        interview.Asked("llm/1", 45, follows=True, took_s=20.0, chosen=(2, 0), grade="again", given=True),
        interview.Asked("llm/2", 60),
    )
    stages: tuple[tuple[Literal["asking", "marking", "reviewing", "done"], int], ...] = (
        ("reviewing", 0), ("asking", 2), ("marking", 1), ("done", 3),
    )  # fmt: skip
    for stage, at in stages:
        held = interview.Interview(interview.INTERVIEW_FORMAT, START + at * DAY, 7, 20, at == 1, stage, at, asked)
        if stage == "reviewing":
            held = replace(held, friend=True, levels=("basic", "advanced"), again=(1,))
        interview_store.keep_in(home / "interviews", held).save()


def make(home: Path) -> None:
    """A new home at `home`."""
    two = home.with_name(f"{home.name}-two")
    with machine("aaaa", 1):
        first_device(home)
    shutil.copytree(home / "journal", two / "journal")
    with machine("bbbb", 1):
        second_device(two)
    with machine("aaaa", 2):
        both(home, two)
        the_rest(home)
    shutil.rmtree(two)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
