"""`quizapp import FILE [-o DECK.yaml]`: a deck of what another program's file holds, or a folder of them; again, and it
is updated."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from quizapp.cards.formats import FileContents, Foreign, listed, read_file
from quizapp.cards.formats.carried import bring
from quizapp.cards.make import cleaned
from quizapp.cards.media import media_folder
from quizapp.cards.text_file import Unreadable, bytes_of, decode
from quizapp.cards.write import brought_up_to_date, new_text
from quizapp.commands import complain, said, said_by, say, say_counts, write_new
from quizapp.commands.preset import Offer, accepted, not_taken, offered, take_over
from quizapp.paths import find_home
from quizapp.texts import Sentence, tell


def run(args: argparse.Namespace) -> int:
    source = Path(args.file)
    deck = Path(args.output) if args.output else find_home(args.home).decks / f"{source.stem}.yaml"
    if deck.suffix.lower() not in (".yaml", ".yml"):
        complain(tell("commands.import.ending", path=deck))
        return 2
    try:
        found = read_file(source, asked_in=args.front, answered_in=args.back)
        if found.media and not args.dry_run:
            bring(found.media, deck)
        done = _write(found, source, deck, find_home(args.home).decks, dry=args.dry_run)
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
    say(tell("commands.import.next", deck=deck))
    return 0


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
    from datetime import UTC, datetime, timedelta

    from quizapp.cards.load import load
    from quizapp.commands import desk_for
    from quizapp.memory.foreign import ForeignEvent

    loaded, _ = load(deck)
    if loaded is None:
        return
    args.paths = [deck]
    desk, now = desk_for(args)
    if offer is not None:
        yield from take_over(offer, desk, now)
    past: list[ForeignEvent] = []
    lost = 0
    last = {review.card: review for review in found.reviews}
    for review in found.reviews:
        key, at = f"{loaded.name}/{review.card}", datetime.fromtimestamp(review.at_ms / 1000, UTC)
        if key not in desk.library.keys or at > now + timedelta(days=1):
            lost += 1
        else:
            stands = found.progress.get(review.card) if last[review.card] is review else None
            past.append(ForeignEvent(key, at.astimezone(now.tzinfo), review.what, review.took_s, stands))
    here = [(f"{loaded.name}/{card}", mark) for card, mark in found.marks]
    past += [ForeignEvent(key, now, mark) for key, mark in here if key in desk.library.keys]
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
