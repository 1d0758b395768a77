"""`quizapp import FILE [-o DECK.yaml]`: a deck of what another program's file holds; again, and it is updated."""

import argparse
from pathlib import Path

from quizapp.cards.formats import Foreign, Found, listed, read_file
from quizapp.cards.write import brought_up_to_date, new_text
from quizapp.cards.yaml_reader import Unreadable
from quizapp.commands import complain
from quizapp.paths import find_home


def run(args: argparse.Namespace) -> int:
    source = Path(args.file)
    deck = Path(args.output) if args.output else find_home(args.home).decks / f"{source.stem}.yaml"
    if deck.suffix.lower() not in (".yaml", ".yml"):
        complain(f"A deck's file ends in .yaml: try -o {deck}.yaml.")
        return 2
    try:
        found = read_file(source)
        done = _write(found, source, deck)
    except Foreign as error:
        complain(f"{error}.")
        return 1
    except Unreadable as error:
        place = f" line {error.line}:" if error.line else ""
        complain(f"{args.file} → {deck}:{place} {error.message}" + (f" ({error.hint})" if error.hint else ""))
        return 1
    print(done)
    for line in listed(found):
        print(f"not carried over: {line}")
    marked = _mark(found, deck, args)
    if marked:
        print(f"{marked} cards are suspended or flagged as they were")
    print(f"Next: quizapp check {deck}")
    return 0


def _write(found: Found, source: Path, deck: Path) -> str:
    """Write or update the deck and say what was done. Raises Unreadable or OSError."""
    from quizapp.study.rewrite import rewrite
    from quizapp.words import clean

    if not deck.exists():
        about = clean(f"Imported from {source.name}. 'quizapp import' of a newer {source.name} updates it.")
        text = new_text(clean(found.title), found.entries, " ".join(about.split()))
        deck.parent.mkdir(parents=True, exist_ok=True)
        with deck.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        return f"{deck}: {len(found.entries)} cards"

    def change(text: str) -> tuple[str, tuple[int, int]]:
        after, new, changed = brought_up_to_date(text, found.entries)
        return after, (new, changed)

    new, changed = rewrite(deck, change)
    return f"{deck}: {new} new, {changed} changed, {len(found.entries) - new - changed} as they were"


def _mark(found: Found, deck: Path, args: argparse.Namespace) -> int:
    """Suspend and flag what was so in the source, of cards that nothing has happened to here yet. Raises OSError."""
    if not found.marks:
        return 0
    from quizapp.cards.load import load
    from quizapp.commands import desk_for

    loaded, _ = load(deck)
    if loaded is None:
        return 0
    args.paths = [deck]
    desk, now = desk_for(args)
    untouched = {key for key in desk.library.keys if desk.progress.of(key).tip is None}
    marked = [(f"{loaded.name}/{card}", mark) for card, mark in found.marks]
    for key, mark in marked:
        if key in untouched:
            desk.progress.change(key, mark, now)
    desk.progress.close()
    return len({key for key, _ in marked} & untouched)
