"""`quizapp quiz`: the app, straight in a quick quiz, or with --cram in any cards; the schedule is not touched."""

import argparse
import time
from typing import TYPE_CHECKING

from quizapp.cards.judge import JUDGED
from quizapp.commands import app
from quizapp.commands.selection import NoCards, chosen
from quizapp.study.quiz import drawn
from quizapp.texts import tell

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp


def run(args: argparse.Namespace) -> int:
    selection, library = chosen(args)
    cards = selection.practised(library.decks)
    if not args.cram and not (cards := [card for card in cards if isinstance(card, JUDGED)]):
        raise NoCards(tell("commands.quiz.none_judged"))
    seed = int(time.time()) if args.seed is None else args.seed

    def start(quizapp: "QuizApp") -> None:
        from quizapp.ui.sittings import begin_quiz

        begin_quiz(quizapp, drawn(cards, seed)[: args.n], seed, cram=args.cram)

    return app.run(args, start)
