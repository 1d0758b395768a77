"""An attempt that was judged, kept."""

from textual.dom import DOMNode

from quizapp.lab.code_verdict import CodeVerdict
from quizapp.lab.exercise import Exercise
from quizapp.memory.events import Attempt
from quizapp.memory.schedule import local_now
from quizapp.ui.code.page import Page
from quizapp.ui.context import context, say_error


def record_attempt(node: DOMNode, page: Page, exercise: Exercise, verdict: CodeVerdict, took_s: float) -> None:
    """Write down what came of the text submitted, durably. If the disk refuses, that is said, and the text is still in
    its file."""
    if page.task is None:
        return
    attempt = Attempt(
        card=page.task.card.key,
        exercise=exercise.sha256,
        text=page.text,
        passed=verdict.passed,
        failed=verdict.failed.name if verdict.failed is not None else None,
        took_s=took_s,
    )
    try:
        context(node).desk.recorder.attempt(attempt, local_now())
    except OSError as error:
        say_error(node, error)
