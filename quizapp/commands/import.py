"""`quizapp import FILE [-o DECK.yaml]`: a deck of what another program's file holds; again, and it is updated."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from quizapp.cards.formats import FileContents, Foreign, listed, read_file
from quizapp.cards.text_file import Unreadable
from quizapp.cards.write import brought_up_to_date, new_text
from quizapp.commands import complain, counted, say, write_new
from quizapp.paths import find_home
from quizapp.words import clean


def run(args: argparse.Namespace) -> int:
    source = Path(args.file)
    deck = Path(args.output) if args.output else find_home(args.home).decks / f"{source.stem}.yaml"
    if deck.suffix.lower() not in (".yaml", ".yml"):
        complain(f"A deck's file ends in .yaml: try -o {deck}.yaml.")
        return 2
    try:
        found = read_file(source)
        done = _write(found, source, deck, find_home(args.home).decks)
    except Foreign as error:
        complain(f"{error}.")
        return 1
    except Unreadable as error:
        place = f" line {error.line}:" if error.line else ""
        complain(f"{args.file} → {deck}:{place} {error.sentence}" + (f" ({error.hint})" if error.hint else ""))
        return 1
    say(done)
    for lost in listed(found):
        say(f"not carried over: {lost}")
    if found.reviews or found.marks:
        for line in _bring(found, deck, args):
            say(line)
    say(f"Next: quizapp check {deck}")
    return 0


def _write(found: FileContents, source: Path, deck: Path, own: Path) -> str:
    """Write or update the deck and say what was done. Raises Unreadable or OSError."""
    from quizapp.study.rewrite import rewrite

    if not deck.exists():
        about = clean(f"Imported from {source.name}. 'quizapp import' of a newer {source.name} updates it.")
        text = new_text(clean(found.title), found.entries, " ".join(about.split()))
        write_new(deck, text)
        return f"{deck}: {counted(len(found.entries), 'card')}"

    def change(text: str) -> tuple[str, tuple[int, int]]:
        after, new, changed = brought_up_to_date(text, found.entries)
        return after, (new, changed)

    new, changed = rewrite(deck, change, own, [deck])
    return f"{deck}: {new} new, {changed} changed, {len(found.entries) - new - changed} as they were"


def _bring(found: FileContents, deck: Path, args: argparse.Namespace) -> Iterator[str]:
    """Bring the history of the cards along, and what was suspended or flagged; what became of it, a line each.

    Raises OSError.
    """
    from datetime import UTC, datetime, timedelta

    from quizapp.cards.load import load
    from quizapp.commands import desk_for
    from quizapp.memory.foreign import ForeignEvent

    loaded, _ = load(deck)
    if loaded is None:
        return
    args.paths = [deck]
    desk, now = desk_for(args)
    past: list[ForeignEvent] = []
    lost = 0
    for review in found.reviews:
        key, at = f"{loaded.name}/{review.card}", datetime.fromtimestamp(review.at_ms / 1000, UTC)
        if key not in desk.library.keys or at > now + timedelta(days=1):
            lost += 1
        else:
            past.append(ForeignEvent(key, at.astimezone(now.tzinfo), review.what, review.took_s))
    here = [(f"{loaded.name}/{card}", mark) for card, mark in found.marks]
    past += [ForeignEvent(key, now, mark) for key, mark in here if key in desk.library.keys]
    done = desk.recorder.import_foreign(past, "anki", now)
    desk.recorder.close()
    if done.added:
        yield f"{done.added} reviews and resets came along; what is due when is worked out anew from them"
    if done.there:
        yield f"{done.there} reviews and resets were here already"
    if done.older:
        yield f"not carried over: {done.older} reviews that are older than what happened to their cards here since"
    if lost:
        yield f"not carried over: {lost} reviews of cards that the deck lacks, or of a day that is yet to come"
    if done.marked:
        yield f"{done.marked} cards are suspended or flagged as they were"
