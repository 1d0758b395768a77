"""`quizapp check [PATH...]`: look for mistakes in decks, and with --fix write missing ids.

Errors exit 1; warnings alone exit 0.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import msgspec

from quizapp.cards.card import Deck, DemoLink, Fault
from quizapp.cards.check import Problem, check
from quizapp.cards.library import Library, deck_files, read_library
from quizapp.commands import counted, say, say_json
from quizapp.lab import script as scripts
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS, Home, find_home
from quizapp.words import clean


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    paths = [Path(path) for path in args.paths]
    library = read_library(paths, user=home.decks, bundled=BUNDLED_DECKS)
    written: list[str] = []
    if args.fix:
        written = [done for deck in library.decks if not deck.bundled and (done := _write_ids(deck, home.decks, paths))]
        library = read_library(paths, user=home.decks, bundled=BUNDLED_DECKS)
    errors, warnings = check(library, lambda demo, beside: demo_faults(demo, beside, home))
    warnings += stray_demos(library, home)
    if args.run:
        from quizapp.commands.prove import prove

        errors += prove(library, home, args.seeds)
    if args.json:
        found = {
            "errors": [_described(fault) for fault in errors],
            "warnings": [_described(fault) for fault in warnings],
        }
        say_json(found)
        return 1 if errors else 0
    for done in written:
        say(done)
    _print("error", errors)
    _print("warning", warnings, most_alike=5)
    cards = sum(len(deck.cards) for deck in library.decks)
    read = f"{counted(len(library.decks), 'deck')}, {counted(cards, 'card')}"
    say(f"{read}: {counted(len(errors), 'error')}, {counted(len(warnings), 'warning')}")
    return 1 if errors else 0


def demo_faults(demo: DemoLink, beside: Path, home: Home) -> list[Problem]:
    """What is wrong with a card's demo: it is missing, it is broken, or a knob does not take what the card sets."""
    folders = [beside, home.demos, BUNDLED_DEMOS]
    path = scripts.find(demo.run, folders)
    if path is None:
        near = _near(demo.run, tuple(folders))
        return [(("run",), f"there is no demo {demo.run}" + (f"; did you mean {near}?" if near else ""))]
    try:
        script = scripts.read(path)
    except scripts.ScriptError as error:
        return [(("run",), str(error))]
    found: list[Problem] = []
    for name, text in demo.with_.items():
        try:
            script.typed({name: text})
        except ValueError as error:
            found.append((("with", name), str(error)))
    return found


def stray_demos(library: Library, home: Home) -> list[Fault]:
    """Demos beside decks that none of their cards runs. Only where every deck of a folder was read."""
    found: list[Fault] = []
    read = {deck.path.absolute() for deck in library.decks}
    for folder in dict.fromkeys(path.parent for path in read):
        beside = [path for path in deck_files([folder], [], needed=False) if path.absolute().parent == folder]
        if folder == home.demos or not {path.absolute() for path in beside} <= read:
            continue
        run = {card.demo.run for deck in library.decks if deck.path.absolute().parent == folder
               for card in deck.cards if card.demo is not None}  # fmt: skip
        others = sorted(path for path in folder.glob("*.py") if path.stem not in run and scripts.is_name(path.stem))
        for path in others[:_MOST_STRAY]:
            with suppress(scripts.ScriptError):  # a helper, or what is no demo at all
                scripts.read(path)
                message = "no card of the decks beside it runs this demo"
                found.append(Fault(path, 1, 1, "", message, f"give a card `demo: {{run: {path.stem}}}`, or move it"))
    return found


@lru_cache(maxsize=1000)
def _near(name: str, folders: tuple[Path, ...]) -> str:
    """The demo that `name` is a slip of, or ""."""
    import difflib

    return next(iter(difflib.get_close_matches(name, _names(folders), 1)), "")


@lru_cache(maxsize=16)
def _names(folders: tuple[Path, ...]) -> tuple[str, ...]:
    return tuple(script.name for script in scripts.listing(folders)[0])


def _write_ids(deck: Deck, own: Path, named: Sequence[Path]) -> str:
    """Write the ids that a deck's cards lack, and say so; "" if none does. Raises OSError."""
    from quizapp.cards.edit import pin
    from quizapp.cards.yaml_reader import Unreadable
    from quizapp.commands import complain
    from quizapp.study.rewrite import rewrite

    if all(card.pinned for card in deck.cards):
        return ""
    try:
        count = rewrite(deck.path, pin, own, named)
    except Unreadable as error:
        complain(f"{deck.path}: {error.message} ({error.hint}). It stays as it was.")
        return ""
    return f"{deck.path}: {count} {'id is' if count == 1 else 'ids are'} written"


def _described(fault: Fault) -> dict[str, str | int]:
    return {**msgspec.structs.asdict(fault), "file": str(fault.file)}


def _print(word: str, faults: Sequence[Fault], most_alike: int = 1000) -> None:
    """Every fault with its place; of those in one file that say the same `most_alike`, and how many more there are."""
    for file, found in groupby(faults, key=lambda fault: fault.file):
        lines, alike = _lines(file), Counter[str]()
        for fault in found:
            alike[fault.message] += 1
            if alike[fault.message] > most_alike:
                continue
            say(f"{file}{fault.at}: {word}: {fault.where}: {fault.message}".replace(": : ", ": "))
            for line in (*snippet(lines, fault.line, fault.column), *filter(None, [fault.hint])):
                say(f"    {line}")
        for message, count in alike.items():
            if count > most_alike:
                say(f"{file}: {word}: {count - most_alike} more (--json lists them): {message}")


def snippet(lines: Sequence[str], line: int, column: int) -> list[str]:
    """A line, cut to what is around a column (both from 1), and below it a caret; nothing for an empty line."""
    if not (1 <= line <= len(lines) and column and lines[line - 1].strip()):
        return []
    from rich.cells import cell_len

    text, at = lines[line - 1], column - 1
    cut = max(0, at - _BEFORE)
    before = ("…" if cut else "") + clean(text[cut:at]).replace("\t", " ")
    after = clean(text[at : at + _AFTER]).replace("\t", " ") + ("…" if len(text) > at + _AFTER else "")
    return [before + after, " " * cell_len(before) + "^"]


_MOST_STRAY = 100
_BEFORE, _AFTER = 60, 50  # characters of a line that are shown around a fault


def _lines(path: Path) -> list[str]:
    """The lines as YAML counts them; none if the file cannot be read."""
    import re

    from quizapp.cards.yaml_reader import Unreadable, read_bytes

    try:
        return re.split("\r\n|[\n\r\x85\u2028\u2029]", read_bytes(path).decode(errors="replace"))
    except Unreadable:
        return []
