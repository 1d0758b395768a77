"""How a mock interview is begun, and gone on with where it was left."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.screen import Screen

from quizapp.memory.schedule import local_now
from quizapp.study.interview import Asked, begin, found, not_open, without_lost
from quizapp.study.interviews import Kept, Unreadable, new, open_kept
from quizapp.ui.app import QuizApp
from quizapp.ui.labels import label


def begin_interview(
    app: QuizApp, questions: Sequence[Asked], *, seed: int, minutes: int, spoken: bool = False, replace: bool = False
) -> None:
    """Begin a mock interview; `replace` the screen where it was chosen."""
    interview = begin(questions, now=local_now(), seed=seed, minutes=minutes, spoken=spoken)
    open_interview(app, new(app.desk.home.interviews, interview), replace=replace)


def resume_interview(app: QuizApp, path: Path, *, replace: bool = False) -> None:
    """Open the interview kept in `path` where it was left, or go back to it; say so if that cannot be."""
    if any(_shows(screen, path) for screen in app.screen_stack):
        while not _shows(app.screen, path):
            app.pop_screen()
        return
    try:
        kept = open_kept(path)
    except Unreadable as error:
        app.notify(str(error), severity="error", timeout=10, markup=False)
        return
    away = not_open(kept.interview, app.desk.library) if kept.interview.stage != "done" else []
    if away:  # to go on without it would lose its questions
        said = label("It asks of the deck {}, which is not open or cannot be read. Go on where it is open.", app.spoken)
        app.notify(said.format(", ".join(away)), severity="error", timeout=10, markup=False)
        return
    kept.interview = without_lost(kept.interview, found(app.desk.library))
    open_interview(app, kept, replace=replace)


def _shows(screen: Screen[Any], path: Path) -> bool:
    """Does `screen` show the interview kept in `path`?"""
    return isinstance(kept := getattr(screen, "kept", None), Kept) and kept.path == path


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
