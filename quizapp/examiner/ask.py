"""The examiner asked: a verdict on an answer, or a question about it, as it streams."""

from collections.abc import AsyncIterator
from pathlib import Path

from msgspec import Struct

from quizapp.examiner.place import Place
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import Cost, Verdict


class Judging(Struct, frozen=True):
    """The verdict as far as it is; `cost` comes with the last one, which is whole."""

    verdict: Verdict
    cost: Cost | None = None


class Asking(Struct, frozen=True):
    """The follow-up question as far as it is; `cost` comes with the last one. Empty at the end: nothing to ask."""

    question: str
    cost: Cost | None = None


def verdicts(place: Place, task: Task, prompts: Path) -> AsyncIterator[Judging]:
    """The verdict on `task`, each time that more of it is there. Cancelling ends the request at once.

    `prompts`: the user's folder, whose files are read in place of ours. Raises ExaminerFault for all that can go wrong.
    """
    raise NotImplementedError


def follow_ups(place: Place, task: Task, prompts: Path) -> AsyncIterator[Asking]:
    """One question about what the answer of `task` says, none that `task.follow_ups` has. As `verdicts`."""
    raise NotImplementedError
