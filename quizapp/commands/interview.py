"""`quizapp interview`: the app, straight in a mock interview. It is kept in the home, and resumed from the app."""

import argparse
import time
from typing import TYPE_CHECKING

from quizapp.cards.card import Code
from quizapp.commands import app
from quizapp.commands.selection import chosen
from quizapp.texts import text

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp


def run(args: argparse.Namespace) -> int:
    selection, found = chosen(args)
    keys = [card.key for card in selection.practised(found.decks)]
    code_keys = [card.key for card in selection.code_of(found.decks)]
    seed = int(time.time()) if args.seed is None else args.seed

    def start(quizapp: "QuizApp") -> None:
        from quizapp.study.interview import Terms
        from quizapp.study.interview_questions import choose
        from quizapp.ui.sittings import begin_interview, code_question

        desk = quizapp.context.desk
        library = desk.library
        terms = Terms(args.n, args.minutes, seed, tuple(args.level), args.way)
        cards = [library.keys[key] for key in keys]
        codes = [card for key in code_keys if isinstance(card := library.keys[key], Code)]
        code = code_question(quizapp, codes if desk.settings.code_cards else [], terms)
        if asked := choose(library, cards, terms, code):
            begin_interview(quizapp, asked, terms)
        else:  # nothing but code, and it cannot be judged here
            quizapp.notify(text("ui.no_such_card", quizapp.context.language), markup=False)

    return app.run(args, start)
