"""`quizapp export DECK FILE`: a deck for another program; the ending of the file names the format."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from quizapp.cards.card import Deck
from quizapp.cards.formats import Foreign, write_file
from quizapp.cards.formats.sides import notes_of
from quizapp.cards.library import read_library
from quizapp.cards.progress import DeckProgress
from quizapp.cards.text_file import Unreadable
from quizapp.commands import complain, said_by, say, say_counts
from quizapp.commands.exercises import with_exercise
from quizapp.commands.selection import all_called, called, deck_words
from quizapp.memory.schedule import local_now
from quizapp.paths import BUNDLED_DECKS, Home, find_home
from quizapp.settings_file import usable_settings
from quizapp.texts import tell


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    library = read_library([], user=home.decks, bundled=BUNDLED_DECKS)
    names = called(args.deck, deck_words(library))
    found = [deck for deck in library.decks if deck.name in names]
    if not found and Path(args.deck).exists():
        library = read_library([Path(args.deck)], user=None, bundled=BUNDLED_DECKS)
        found = [*library.decks[:1]]
    if not found:
        complain(tell("commands.export.no_deck", deck=args.deck, known=all_called(deck_words(library))))
        return 2
    deck = found[0]
    target = Path(args.file)
    if target.exists() or target.is_symlink():
        complain(tell("commands.export.there", path=target))
        return 1
    shown = usable_settings(home.settings).shown
    try:
        cards = tuple(with_exercise(card, shown) for card in deck.cards)
        progress = _progress(home, library.renames(), deck) if args.history else None
        dropped = write_file(replace(deck, cards=cards), target, shown, progress)
        if progress is not None and progress.fuller:
            dropped.append((progress.fuller, tell("formats.dropped.given")))
    except (Foreign, Unreadable) as error:
        complain(tell("commands.stop", what=said_by(error)))
        return 1
    say(tell("commands.export.done", path=target, cards=tell("common.cards", n=len(notes_of(deck)))))
    faulty = len({fault.card for fault in library.faults if fault.file == deck.path and fault.card})
    say_counts(tell("commands.export.dropped"), [(faulty, tell("commands.export.faulty"))] * bool(faulty) + dropped)
    if progress is not None:
        learned = tell("common.cards", n=len(progress.cards))
        say(tell("commands.export.history", cards=learned, n=len(progress.log)))
        say(tell("commands.export.in_anki", deck=deck.name))
    return 0


def _progress(home: Home, renames: Mapping[str, str], deck: Deck) -> DeckProgress:
    """How the cards of the deck stand. What the user should know of the journals goes to standard error."""
    from quizapp.memory.outgoing import deck_progress
    from quizapp.memory.standings import open_standings
    from quizapp.study.desk import rules_of

    standings = open_standings(home.root, rules=rules_of(usable_settings(home.settings)), renames=renames)
    for notice in standings.notices:
        complain(notice)
    return deck_progress(standings, [card.key for card in deck.cards], local_now().tzinfo)
