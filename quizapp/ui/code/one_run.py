"""The page of an interview's question that asks for code: no hint, and one run, which is the verdict."""

from pathlib import Path

from textual.dom import DOMNode
from textual.message import Message

from quizapp.cards.card import Code
from quizapp.lab.exercise import ExerciseError, exercise_in
from quizapp.lab.run import torch_missing
from quizapp.paths import BUNDLED_CODE
from quizapp.ui.code.page import Page
from quizapp.ui.code.panel import CodePanel
from quizapp.ui.code.said import why_failed
from quizapp.ui.context import context
from quizapp.words import Words


class OneRun(CodePanel):
    """Says once what came of the first submission that ran, or of what was there when the time was over."""

    tells_draft = False  # the interview says that it goes on
    forgives_slips = False  # there is one run

    class Judged(Message):
        """It passed, or it did not, and why."""

        def __init__(self, passed: bool, why: Words) -> None:
            self.passed, self.why = passed, why
            super().__init__()

    def watch_page(self, was: Page, now: Page) -> None:
        super().watch_page(was, now)
        if was.phase == "judging" and now.verdict is not None and now.verdict is not was.verdict:
            self.post_message(self.Judged(now.passed, why_failed(now)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("hint", "no_hint", "name", "reference", "compare", "order", "allow"):
            return False
        return super().check_action(action, parameters)

    def time_is_over(self) -> None:
        """What stands there is submitted; what does not compile has failed."""
        if self.page.phase == "writing" and self.page.verdict is None:
            self.submit()
            if self.page.phase == "writing":
                self.post_message(self.Judged(False, why_failed(self.page)))


def may_run(node: DOMNode, card: Code) -> bool:
    """Can it be judged here, and unasked: may code run, is there torch, and its exercise, which came with us or was
    allowed?"""
    folders: tuple[Path, ...] = (card.path.parent / "code", BUNDLED_CODE)
    try:
        runs = context(node).runs_code and not torch_missing()
        exercise = exercise_in(card.code, folders) if runs else None
    except ExerciseError:
        return False
    return exercise is not None and context(node).trust.trusted(exercise.script, BUNDLED_CODE)
