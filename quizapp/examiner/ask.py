"""The examiner asked: a verdict on an answer, or a question about it, as it streams."""

import time
from collections.abc import AsyncGenerator
from pathlib import Path

from msgspec import Struct

from quizapp.examiner.client import aside
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.parse import question_in, verdict_in
from quizapp.examiner.place import Key, Place, read_address, read_key
from quizapp.examiner.prompt import SCHEMAS, Purpose, prompt_text, task_text
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import Cost, PointVerdict, Verdict
from quizapp.examiner.wire import BOUNDS, Bounds, Request, SoFar, Talk
from quizapp.texts import tell


class Judging(Struct, frozen=True):
    """The verdict as far as it is; `cost` comes with the last one, which is whole."""

    verdict: Verdict
    cost: Cost | None = None


class Asking(Struct, frozen=True):
    """The follow-up question as far as it is; `cost` comes with the last one. Empty at the end: nothing to ask."""

    question: str
    cost: Cost | None = None


async def verdicts(place: Place, task: Task, prompts: Path, bounds: Bounds = BOUNDS) -> AsyncGenerator[Judging, None]:
    """The verdict on `task`, each time that more of it is there. Cancelling ends the request at once.

    `prompts`: the user's folder, whose files are read in place of ours. Raises ExaminerFault for all that can go wrong.
    """
    began, shown = time.monotonic(), Verdict((PointVerdict(),) * len(task.points))
    request, key = await aside(lambda: _prepared("judge", place, task, prompts))
    async with Talk(request, key, bounds) as talk:
        while so_far := await talk.more():
            found = verdict_in(so_far.text, task, key.hide, ended=so_far.ended and so_far.finish != "length")
            if so_far.ended:
                if (task.points and not found.said) or not found.closed:
                    raise _unread(place, so_far, begun=found.said > 0)
                yield Judging(found.verdict, _cost(so_far, began))
            elif found.verdict != shown:
                shown = found.verdict
                yield Judging(shown)


async def follow_ups(place: Place, task: Task, prompts: Path, bounds: Bounds = BOUNDS) -> AsyncGenerator[Asking, None]:
    """One question about what the answer of `task` says, none that `task.follow_ups` has. As `verdicts`."""
    began, shown = time.monotonic(), ""
    request, key = await aside(lambda: _prepared("follow_up", place, task, prompts))
    async with Talk(request, key, bounds) as talk:
        while so_far := await talk.more():
            question, whole = question_in(so_far.text, key.hide, ended=so_far.ended)
            if so_far.ended:
                if question is None or not whole:
                    raise _unread(place, so_far, begun=bool(question))
                before = {" ".join(follow.question.casefold().split()) for follow in task.follow_ups}
                new = "" if " ".join(question.casefold().split()) in before else question
                yield Asking(new, _cost(so_far, began))
            elif question and question != shown:
                shown = question
                yield Asking(question)


def _prepared(asked: Purpose, place: Place, task: Task, prompts: Path) -> tuple[Request, Key]:
    read_address(place.address)  # before a keyring asks for its password
    told = prompt_text(asked, prompts, task.language)
    return Request(place, told, task_text(asked, task), asked, SCHEMAS[asked]), read_key(place.key)


def _unread(place: Place, so_far: SoFar, *, begun: bool) -> ExaminerFault:
    """Why the words of a model that came to their end are no answer."""
    if so_far.finish == "length":
        return ExaminerFault(tell("examiner.cut", model=place.model))
    if not so_far.text.strip():
        return ExaminerFault(tell("examiner.nothing", model=place.model))
    return ExaminerFault(tell("examiner.unfinished" if begun else "examiner.unread", model=place.model))


def _cost(so_far: SoFar, began: float) -> Cost:
    return Cost(so_far.tokens_in, so_far.tokens_out, time.monotonic() - began)
