"""`quizapp quiz`: the app, straight in a quick quiz, or with --cram in any cards; the schedule is not touched."""

import argparse
import time
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from quizapp.cards.card import Card
from quizapp.cards.judge import JUDGED
from quizapp.cards.library import read_library
from quizapp.commands import app, complain
from quizapp.paths import BUNDLED_DECKS, find_home
from quizapp.study.quiz import Selection, drawn
from quizapp.texts import UserError, tell

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp


class NoCards(UserError):
    """Why no card is left."""


def run(args: argparse.Namespace) -> int:
    try:
        cards = [card for card in chosen(args) if args.cram or isinstance(card, JUDGED)]
    except NoCards as error:
        complain(error.sentence)
        return 2
    if not cards:
        complain(tell("commands.quiz.none_judged"))
        return 2
    seed = int(time.time()) if args.seed is None else args.seed

    def start(quizapp: "QuizApp") -> None:
        from quizapp.ui.sittings import begin_quiz

        begin_quiz(quizapp, drawn(cards, seed)[: args.n], seed, cram=args.cram)

    return app.run(args, start)


def chosen(args: argparse.Namespace) -> list[Card]:
    """The cards that --decks (names or files), --level and --tag leave; sets `paths` to the files. Raises NoCards."""
    args.paths = [name for name in args.decks if Path(name).exists()]
    home = find_home(args.home)
    library = read_library(
        [Path(path) for path in args.paths], user=home.decks, bundled=BUNDLED_DECKS, cache=home.root / "cache"
    )
    names = tuple(name for name in args.decks if name not in args.paths)
    try:
        _known("deck", names, [deck.name for deck in library.decks])
        _known("tag", args.tag, sorted({tag for deck in library.decks for card in deck.cards for tag in card.tags}))
        cards = Selection(names, tuple(args.level), tuple(args.tag)).of(library.decks)
        if not cards:
            raise NoCards(tell("commands.quiz.none_left"))
    except NoCards:
        for fault in library.faults:  # that may be why
            complain(fault)
        raise
    return cards


def _known(what: Literal["deck", "tag"], names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            there_are = tell("commands.quiz.there_are", known=", ".join(known))
            hint = tell("commands.did_you_mean", near=near[0]) if near else there_are
            raise NoCards(tell(f"commands.quiz.no_{what}", name=name, hint=hint))
