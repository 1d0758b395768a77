"""`quizapp check [PATH...]`: look for mistakes in decks. Errors exit 1; warnings alone exit 0."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import msgspec

from quizapp.cards.card import DemoLink, Fault
from quizapp.cards.check import check
from quizapp.cards.library import read_library
from quizapp.lab import script as scripts
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS, Home, find_home


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    library = read_library([Path(path) for path in args.paths], user=home.decks, bundled=BUNDLED_DECKS)
    errors, warnings = check(library, lambda demo, beside: demo_faults(demo, beside, home))
    if args.run:
        from quizapp.commands.prove import prove

        errors += prove(library, home, args.seeds)
    if args.json:
        found = {
            "errors": [_described(fault) for fault in errors],
            "warnings": [_described(fault) for fault in warnings],
        }
        print(msgspec.json.encode(found).decode())
        return 1 if errors else 0
    _print("error", errors)
    _print("warning", warnings)
    cards = sum(len(deck.cards) for deck in library.decks)
    print(f"{len(library.decks)} decks, {cards} cards: {len(errors)} errors, {len(warnings)} warnings")
    return 1 if errors else 0


def demo_faults(demo: DemoLink, beside: Path, home: Home) -> list[str]:
    """What is wrong with a card's demo: it is missing, it is broken, or a knob does not take what the card sets."""
    folders = [beside, home.demos, BUNDLED_DEMOS]
    path = scripts.find(demo.run, folders)
    if path is None:
        import difflib

        known = [script.name for script in scripts.listing(folders)[0]]
        near = difflib.get_close_matches(demo.run, known, 1)
        return [f"there is no demo {demo.run}" + (f"; did you mean {near[0]}?" if near else "")]
    try:
        scripts.read(path).typed(demo.with_)
    except (scripts.ScriptError, ValueError) as error:
        return [str(error)]
    return []


def _described(fault: Fault) -> dict[str, str | int]:
    return {**msgspec.structs.asdict(fault), "file": str(fault.file)}


def _print(word: str, faults: Sequence[Fault]) -> None:
    for fault in faults:
        print(f"{fault.file}:{fault.line}:{fault.column}: {word}: {fault.where}: {fault.message}".replace(": : ", ": "))
        if fault.hint:
            print(f"    {fault.hint}")
