"""What tests of an examiner share: a task, and an examiner asked until it has ended."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import urlopen

from quizapp.examiner.ask import Asking, Judging, follow_ups, verdicts
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import Place
from quizapp.examiner.task import FollowUp, Task
from quizapp.examiner.verdict import PointVerdict, Verdict
from quizapp.examiner.wire import Bounds

NOWHERE = Path("/nowhere")
SHORT = Bounds(connect_s=5, first_s=0.4, between_s=0.4, all_s=0.8)
TASK = Task(
    "Why is decoding bound by memory?",
    ("Every token reads all weights.", "Arithmetic units stay idle.", "Batches share the reading."),
    "Every step reads all of the weights once per token, so it is always the memory.",
    "en",
)
SAID = Verdict(
    (
        PointVerdict("made", "Every step reads all of the weights once per token"),
        PointVerdict("missed"),
        PointVerdict("missed"),
    ),
    ("so it is always the memory",),
    "Say as well: Arithmetic units stay idle.",
)
QUESTION = "You said: Every step reads all of the weights once per token. Why is that so?"
ASKED_AGAIN = "You said: so it is always the memory. Why is that so?"
FIRST = FollowUp(QUESTION, "Because it does.")
_T = TypeVar("_T")


async def all_of(coming: AsyncIterator[_T]) -> list[_T]:
    return [one async for one in coming]


def judged(place: Place, task: Task = TASK, bounds: Bounds | None = None) -> list[Judging]:
    """All that is said of a task."""
    return asyncio.run(all_of(verdicts(place, task, NOWHERE, bounds or Bounds())))


def asked(place: Place, task: Task = TASK) -> list[Asking]:
    """All that is asked about it."""
    return asyncio.run(all_of(follow_ups(place, task, NOWHERE)))


def fault_of(place: Place, bounds: Bounds | None = None, task: Task = TASK) -> ExaminerFault:
    """Why nothing is said."""
    with suppress(StopAsyncIteration):
        try:
            judged(place, task, bounds)
        except ExaminerFault as fault:
            assert fault.sentence.says("zh")
            return fault
    raise AssertionError("nothing went wrong")


def seen(address: str) -> list[dict[str, Any]]:
    """What the server was sent so far."""
    with urlopen(f"{address}/seen") as page:
        found: list[dict[str, Any]] = json.load(page)
    return found
