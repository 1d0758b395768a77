"""`quizapp study [DECK]...`: the app, straight in a session."""

import argparse
from typing import TYPE_CHECKING

from quizapp.commands import app
from quizapp.commands.selection import chosen

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp


def run(args: argparse.Namespace) -> int:
    selection, _ = chosen(args)

    def start(quizapp: "QuizApp") -> None:
        from quizapp.ui.sittings import study

        study(quizapp, quizapp.context.desk.library.decks, selection)

    return app.run(args, start)
