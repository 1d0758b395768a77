"""`quizapp export DECK FILE`: a deck for another program; the ending of the file names the format."""

import argparse
from pathlib import Path

from msgspec.structs import replace

from quizapp.cards.card import Deck
from quizapp.cards.formats import Foreign, notes_of, write_file
from quizapp.cards.library import read_library
from quizapp.commands import complain, said_by, say, say_counts
from quizapp.commands.exercises import with_exercise
from quizapp.paths import BUNDLED_DECKS, find_home
from quizapp.settings import Settings
from quizapp.settings_file import SettingsError, read_settings
from quizapp.texts import tell


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    decks = {deck.name: deck for deck in read_library([], user=home.decks, bundled=BUNDLED_DECKS).decks}
    deck = decks.get(args.deck) or _at(Path(args.deck))
    if deck is None:
        complain(tell("commands.export.no_deck", deck=args.deck, known=", ".join(decks)))
        return 2
    target = Path(args.file)
    if target.exists() or target.is_symlink():
        complain(tell("commands.export.there", path=target))
        return 1
    try:
        shown = read_settings(home.settings).shown
    except SettingsError:
        shown = Settings().shown
    try:
        cards = tuple(with_exercise(card, shown) for card in deck.cards)
        dropped = write_file(replace(deck, cards=cards), target, shown)
    except Foreign as error:
        complain(tell("commands.stop", what=said_by(error)))
        return 1
    say(tell("commands.export.done", path=target, cards=tell("common.cards", n=len(notes_of(deck)))))
    say_counts(tell("commands.export.dropped"), dropped)
    return 0


def _at(path: Path) -> Deck | None:
    return next(iter(read_library([path], user=None, bundled=BUNDLED_DECKS).decks), None) if path.exists() else None
