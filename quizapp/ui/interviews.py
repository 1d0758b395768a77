"""How a mock interview is begun, and gone on with where it was left."""

from collections.abc import Sequence
from pathlib import Path

from quizapp.memory.schedule import local_now
from quizapp.study.interview import Asked, begin, found, without_lost
from quizapp.study.interviews import Kept, Unreadable, new, open_kept
from quizapp.ui.app import QuizApp


def begin_interview(
    app: QuizApp, questions: Sequence[Asked], *, seed: int, minutes: int, spoken: bool = False, replace: bool = False
) -> None:
    """Begin a mock interview; `replace` the screen where it was chosen."""
    interview = begin(questions, now=local_now(), seed=seed, minutes=minutes, spoken=spoken)
    open_interview(app, new(app.desk.home.interviews, interview), replace=replace)


def resume_interview(app: QuizApp, path: Path, *, replace: bool = False) -> None:
    """Open the interview kept in `path` where it was left; say so if that cannot be."""
    try:
        kept = open_kept(path)
    except Unreadable as error:
        app.notify(str(error), severity="error", timeout=10, markup=False)
        return
    kept.interview = without_lost(kept.interview, found(app.desk.library))
    open_interview(app, kept, replace=replace)


def open_interview(app: QuizApp, kept: Kept, *, replace: bool = False) -> None:
    """An interview where it stands: the questions, the review, or the report."""
    from quizapp.ui.screens.interview import InterviewScreen, MarkingScreen
    from quizapp.ui.screens.interview_report import ReportScreen

    screens = {"asking": InterviewScreen, "marking": MarkingScreen, "done": ReportScreen}
    screen = screens[kept.interview.stage](kept)
    if replace:
        app.switch_screen(screen)
    else:
        app.push_screen(screen)
