"""Screens by name. Each is imported when it is opened, so that no screen need know another."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from textual.dom import DOMNode

# What is opened by which name: a module of quizapp.ui.screens, and its class.
SCREENS = {
    "add-card": "add_card.AddCardScreen",
    "ask": "ask.AskScreen",
    "asked-back": "asked_back.AskedBackScreen",
    "browse": "browse.BrowseScreen",
    "first-form": "first_form.FirstFormScreen",
    "first-session": "first_session.FirstSessionScreen",
    "hand-over": "hand_over.HandOverScreen",
    "help": "help.HelpScreen",
    "interview": "interview.InterviewScreen",
    "interview-setup": "interview_setup.InterviewSetupScreen",
    "keys": "keys.KeysScreen",
    "lab": "lab.LabScreen",
    "log": "log.LogScreen",
    "practise": "practise.PractiseScreen",
    "quiz": "quiz.QuizScreen",
    "quiz-end": "quiz_end.QuizEndScreen",
    "readiness": "readiness.ReadinessScreen",
    "related": "related.RelatedScreen",
    "report": "interview_report.ReportScreen",
    "settings": "settings.SettingsScreen",
    "stats": "stats.StatsScreen",
    "study": "study.StudyScreen",
    "summary": "summary.SummaryScreen",
}


def screen_class(name: str) -> Any:
    """The class of a screen. Raises KeyError for a name that is not in SCREENS."""
    module, _, kind = SCREENS[name].partition(".")
    return getattr(import_module(f"quizapp.ui.screens.{module}"), kind)


def open_screen(
    node: DOMNode,
    name: str,
    *arguments: Any,
    replace: bool = False,
    then: Callable[[Any], None] | None = None,
    **options: Any,
) -> None:
    """Open the screen called `name` from any screen or widget; `replace` the one on top, or call `then` with its result
    once it is closed. One that is not opened over itself (`once`) is asked to show `arguments` instead."""
    app, kind = node.app, screen_class(name)
    if isinstance(app.screen, kind) and kind.once:
        app.screen.opened_again(*arguments)
    elif replace:
        app.switch_screen(kind(*arguments, **options))
    else:
        app.push_screen(kind(*arguments, **options), then)


def modules() -> Iterator[str]:
    """The names of the modules in which keys are bound: the app, what screens share, screens, code, demo, widgets."""
    from pkgutil import iter_modules

    yield from ("quizapp.ui.app", "quizapp.ui.base_screen")
    for package in ("quizapp.ui.screens", "quizapp.ui.code", "quizapp.ui.demo", "quizapp.ui.widgets"):
        for module in iter_modules(import_module(package).__path__):
            yield f"{package}.{module.name}"
