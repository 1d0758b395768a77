"""`quizapp study [DECK]`: the app, straight in a session."""

import argparse

from quizapp.commands import app, complain
from quizapp.commands.quiz import NoCards, chosen


def run(args: argparse.Namespace) -> int:
    args.decks, args.level, args.tag = [args.deck] if args.deck else [], [], []
    try:
        decks = {card.deck for card in chosen(args)}
    except NoCards as error:
        complain(str(error))
        return 2
    return app.run(args, lambda quizapp: quizapp.study([d for d in quizapp.desk.library.decks if d.name in decks]))
