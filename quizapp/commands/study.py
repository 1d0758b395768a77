"""`quizapp study [DECK]`: the app, straight in a session."""

import argparse
from pathlib import Path

from quizapp.commands import app, complain


def run(args: argparse.Namespace) -> int:
    args.paths = []
    if args.deck is None:
        return app.run(args, study="")
    if Path(args.deck).exists():
        args.paths = [args.deck]
        return app.run(args, study="")
    from quizapp.cards.library import read_library
    from quizapp.paths import BUNDLED_DECKS, find_home

    names = [deck.name for deck in read_library([], user=find_home(args.home).decks, bundled=BUNDLED_DECKS).decks]
    if args.deck not in names:
        complain(f"There is no deck {args.deck}. There are {', '.join(names)}.")
        return 2
    return app.run(args, study=args.deck)
