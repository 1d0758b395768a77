"""`quizapp study [DECK]`: the app, straight in a session."""

import argparse
from typing import TYPE_CHECKING

from quizapp.commands import app, complain
from quizapp.commands.quiz import NoCards, chosen

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp


def run(args: argparse.Namespace) -> int:
    args.decks, args.level, args.tag = [args.deck] if args.deck else [], [], []
    try:
        decks = {card.deck for card in chosen(args)}
    except NoCards as error:
        complain(error.sentence)
        return 2

    def start(quizapp: "QuizApp") -> None:
        from quizapp.ui.sittings import study

        study(quizapp, [deck for deck in quizapp.context.desk.library.decks if deck.name in decks])

    return app.run(args, start)
