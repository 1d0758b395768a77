"""`quizapp browse [DECK]...`: the app, straight in the list of cards."""

import argparse
from typing import TYPE_CHECKING

from quizapp.commands import app
from quizapp.commands.selection import chosen

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp


def run(args: argparse.Namespace) -> int:
    selection, _ = chosen(args)
    filters = zip(("deck", "level", "tag"), (selection.decks, selection.levels, selection.tags), strict=True)
    query = " ".join(f'{field}:"{",".join(names)}"' for field, names in filters if names)

    def start(quizapp: "QuizApp") -> None:
        from quizapp.ui.routes import open_screen

        open_screen(quizapp, "browse", query=query)

    return app.run(args, start)
