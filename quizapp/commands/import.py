"""`quizapp import FILE [-o DECK.yaml]`: a deck of what another program's file holds, or a folder of them; again, and it
is updated."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from quizapp.cards.formats import FileContents, Foreign, listed, read_file
from quizapp.cards.formats.carried import bring
from quizapp.cards.library import read_library
from quizapp.cards.make import cleaned
from quizapp.cards.media import media_folder
from quizapp.cards.text_file import Unreadable, bytes_of, decode
from quizapp.cards.write import brought_up_to_date, new_text
from quizapp.commands import complain, said, said_by, say, say_counts, write_new
from quizapp.commands.preset import Offer, accepted, not_taken, offered, take_over
from quizapp.commands.selection import all_called, called, deck_words
from quizapp.paths import BUNDLED_DECKS, find_home
from quizapp.texts import Sentence, tell

if TYPE_CHECKING:
    from quizapp.memory.foreign import ForeignEvent
    from quizapp.study.desk import Desk


def run(args: argparse.Namespace) -> int:
    deck = _target(args)
    if deck is None:
        return 2
    try:
        found, done = _taken_in(args, deck)
    except Foreign as error:
        complain(tell("commands.stop", what=said_by(error)))
        return 1
    except Unreadable as error:
        what = tell("commands.with_hint", what=said_by(error), hint=error.hint) if error.hint else said_by(error)
        if error.line:
            complain(tell("commands.import.unreadable_line", file=args.file, deck=deck, line=error.line, what=what))
        else:
            complain(tell("commands.import.unreadable", file=args.file, deck=deck, what=what))
        return 1
    say(done)
    if found.media:
        say(tell("commands.import.media", n=len(found.media), folder=media_folder(deck)))
    offer = offered(found.preset, find_home(args.home))
    taken = accepted(offer, args)
    say_counts(tell("commands.import.lost"), listed(found) + not_taken(offer, taken=taken))
    if args.dry_run:
        say(tell("commands.import.dry"))
        return 0
    if found.reviews or found.marks or taken:
        for became in _bring(found, deck, args, offer if taken else None):
            say(became)
    if not args.history:
        say(tell("commands.import.next", deck=deck))
    return 0


def _target(args: argparse.Namespace) -> Path | None:
    """The deck to write, or for --history the one that is there. None, which was said then, if there is none."""
    source, own = Path(args.file), find_home(args.home).decks
    deck = Path(args.output) if args.output else own / f"{source.stem}.yaml"
    if args.history and not deck.is_file():
        library = read_library([], user=own, bundled=BUNDLED_DECKS)
        known, named = deck_words(library), args.output or source.stem
        names = called(named, known)
        if not names:
            complain(tell("commands.import.no_deck", deck=named, known=all_called(known)))
            return None
        return next(deck.path for deck in library.decks if deck.name == names[0])
    if deck.suffix.lower() not in (".yaml", ".yml"):
        complain(tell("commands.import.ending", path=deck))
        return None
    return deck


def _taken_in(args: argparse.Namespace, deck: Path) -> tuple[FileContents, Sentence]:
    """What the file holds, and what became of the deck. Raises Foreign, Unreadable or OSError."""
    source = Path(args.file)
    found = read_file(source, asked_in=args.front, answered_in=args.back, deck=deck)
    if args.history:
        return replace(found, media=()), tell("commands.import.only_history", deck=deck)
    if found.media and not args.dry_run:
        bring(found.media, deck)
    return found, _write(found, source, deck, find_home(args.home).decks, dry=args.dry_run)


def _write(found: FileContents, source: Path, deck: Path, own: Path, *, dry: bool) -> Sentence:
    """Write or update the deck, unless it is a `dry` run, and say what was done. Raises Unreadable or OSError."""
    from quizapp.study.rewrite import rewrite

    if not deck.exists():
        about = said(tell("commands.import.about", file=source.name))
        text = new_text(cleaned(found.title), found.entries, " ".join(about.split()), found.start)
        if not dry:
            write_new(deck, text)
        return tell("commands.import.made", deck=deck, cards=tell("common.cards", n=len(found.entries)))

    def change(text: str) -> tuple[str, tuple[int, int]]:
        after, new, changed = brought_up_to_date(text, found.entries)
        return after, (new, changed)

    new, changed = change(decode(bytes_of(deck)))[1] if dry else rewrite(deck, change, own, [deck])
    same = len(found.entries) - new - changed
    return tell("commands.import.updated", deck=deck, new=new, changed=changed, same=same)


def _bring(found: FileContents, deck: Path, args: argparse.Namespace, offer: Offer | None) -> Iterator[Sentence]:
    """Take the `offer` over, bring the history of the cards along, and what was suspended or flagged; what became of
    it, a line each.

    Raises OSError, or SettingsError.
    """
    from quizapp.cards.load import load
    from quizapp.commands import desk_for

    loaded, _ = load(deck)
    if loaded is None:
        return
    args.paths = [deck]
    desk, now = desk_for(args)
    if offer is not None:
        yield from take_over(offer, desk, now)
    past, lost = _past(found, loaded.name, desk, now)
    done = desk.recorder.import_foreign(past, "anki", now)
    desk.recorder.close()
    if done.added:
        yield tell("commands.import.added", n=done.added)
    if done.there:
        yield tell("commands.import.there", n=done.there)
    if done.older:
        yield tell("commands.import.older", n=done.older)
    if lost:
        yield tell("commands.import.no_place", n=lost)
    if done.marked:
        yield tell("commands.import.marked", n=done.marked)


def _past(found: FileContents, deck: str, desk: "Desk", now: datetime) -> "tuple[list[ForeignEvent], int]":
    """What happened to the cards of `deck`, and how many reviews are of none of them, or of days to come."""
    from quizapp.memory.foreign import ForeignEvent

    past: list[ForeignEvent] = []
    lost = 0
    last = {review.card: review for review in found.reviews}
    for review in found.reviews:
        key, at = f"{deck}/{review.card}", datetime.fromtimestamp(review.at_ms / 1000, UTC)
        if key not in desk.library.keys or at > now + timedelta(days=1):
            lost += 1
        else:
            stands = found.progress.get(review.card) if last[review.card] is review else None
            past.append(ForeignEvent(key, at.astimezone(now.tzinfo), review.what, review.took_s, stands))
    here = [(f"{deck}/{card}", mark) for card, mark in found.marks]
    return [*past, *(ForeignEvent(key, now, mark) for key, mark in here if key in desk.library.keys)], lost
