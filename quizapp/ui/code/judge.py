"""The judge as the page needs it: what is right is found out while one types, so that a verdict takes one run."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode

from quizapp.lab.code_verdict import CodeVerdict
from quizapp.lab.exercise import Exercise
from quizapp.lab.judging import AnswerKey, answer_key, judge_attempt
from quizapp.lab.run import torch_missing
from quizapp.lab.start import Launcher
from quizapp.lab.warm import until_ready
from quizapp.ui.context import context

_PATIENCE = 20  # times a tenth of a second until the app has begun to load torch


class Judge:
    """For the cards of one screen, one after the other. Whether an exercise may run is for its user to see to."""

    def __init__(self, node: DOMNode, fail: Callable[[BaseException], object]) -> None:
        self._node, self._fail = node, fail
        self._under_way: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()  # that, and those that were stopped just now
        self._key: asyncio.Task[AnswerKey] | None = None

    def prepare(self, exercise: Exercise) -> None:
        """Find out what is right, beside the keys."""
        self.forget()
        if not torch_missing():
            self._key = asyncio.create_task(self._made(exercise))

    def forget(self) -> None:
        """The card is done."""
        if self._key is not None:
            self._key.cancel()
            self._tasks.add(self._key)
            self._key.add_done_callback(self._tasks.discard)
            self._key = None

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work`, in place of what is under way. It is no worker: one that is cancelled before its first step says
        nothing."""
        self.stop()
        self._under_way = task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def stop(self) -> None:
        """End what is under way."""
        if self._under_way is not None:
            self._under_way.cancel()
            self._under_way = None

    async def settle(self) -> None:
        """Wait for what was stopped: no run outlives the screen."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=3)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._fail(fault)

    async def verdict(self, exercise: Exercise, text: str) -> tuple[CodeVerdict, bool]:
        """What is said of `text`, and whether that is about it: not where the exercise itself is broken."""
        if self._key is None:
            self.prepare(exercise)
        key = None
        if self._key is not None:
            key = await asyncio.shield(self._key)
            if key.error is not None:
                self._key = None  # it may be mended, or have had no room
        warm, language = context(self._node).warm, context(self._node).language
        found = await judge_attempt(exercise, text, warm=warm, key=key, language=language)
        return found, key is not None and key.error is None and not _not_started(found)

    async def _made(self, exercise: Exercise) -> AnswerKey:
        return await answer_key(exercise, warm=await self._warm())

    async def _warm(self) -> Launcher | None:
        for _ in range(_PATIENCE):
            if (warm := context(self._node).warm) is not None:
                await until_ready(warm)
                return warm
            await asyncio.sleep(0.1)
        return None


def _not_started(verdict: CodeVerdict) -> bool:
    return verdict.error is not None and verdict.error.id == "judging.not_started"
