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

from quizapp.cards.card import Card, Code, Deck, DemoLink
from quizapp.cards.check import check
from quizapp.cards.fault import Amiss, Fault
from quizapp.cards.library import Library, deck_files, read_library
from quizapp.commands import say, say_json
from quizapp.lab import script as scripts
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS, Home, find_home
from quizapp.texts import Sentence, UserError, tell
from quizapp.words import clean


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    paths = [Path(path) for path in args.paths]
    library = read_library(paths, user=home.decks, bundled=BUNDLED_DECKS)
    written: list[Sentence] = []
    if args.fix:
        written = [done for deck in library.decks if not deck.bundled and (done := _write_ids(deck, home.decks, paths))]
        library = read_library(paths, user=home.decks, bundled=BUNDLED_DECKS)
    errors, warnings = check(library, lambda card: amiss_in_lab(card, home))
    warnings += stray_demos(library, home)
    if args.run:
        from quizapp.commands.prove import prove
        from quizapp.commands.prove_code import prove_code

        refuted, telling = prove(library, home, args.seeds)
        broken, lacking = prove_code(library, home, args.seeds)
        errors, warnings = errors + refuted + broken, warnings + telling + lacking
    if args.json:
        described = {
            "errors": [_described(fault) for fault in errors],
            "warnings": [_described(fault) for fault in warnings],
        }
        say_json(described)
        return 1 if errors else 0
    for done in written:
        say(done)
    _print("check.error", errors)
    _print("check.warning", warnings, most_alike=5)
    say(_summary(library, errors, warnings))
    return 1 if errors else 0


def _summary(library: Library, errors: Sequence[Fault], warnings: Sequence[Fault]) -> Sentence:
    return tell(
        "check.summary",
        decks=tell("check.decks", n=len(library.decks)),
        cards=tell("common.cards", n=sum(len(deck.cards) for deck in library.decks)),
        errors=tell("check.errors", n=len(errors)),
        warnings=tell("check.warnings", n=len(warnings)),
    )


def amiss_in_lab(card: Card, home: Home) -> list[Amiss]:
    """What is amiss with a card's demo and with its exercise."""
    amiss = [] if card.demo is None else amiss_with_demo(card.demo, card.path.parent, home)
    if isinstance(card, Code):
        from quizapp.commands.exercises import amiss_with_exercise

        amiss += amiss_with_exercise(card)
    return amiss


def amiss_with_demo(demo: DemoLink, beside: Path, home: Home) -> list[Amiss]:
    """What is amiss with a card's demo: it is missing, it is broken, or a knob does not take what the card sets."""
    folders = [beside, home.demos, BUNDLED_DEMOS]
    path = scripts.find(demo.run, folders)
    if path is None:
        near = _near(demo.run, tuple(folders))
        missing = tell("check.no_demo", name=demo.run)
        return [Amiss(("demo", "run"), tell("check.no_demo_but", name=demo.run, near=near) if near else missing)]
    try:
        script = scripts.read_script(path)
    except scripts.ScriptError as error:
        return [Amiss(("demo", "run"), _sentence(error))]
    amiss: list[Amiss] = []
    for name, text in demo.with_.items():
        try:
            script.typed({name: text})
        except ValueError as error:
            amiss.append(Amiss(("demo", "with", name), _sentence(error)))
    return amiss


def _sentence(error: Exception) -> Sentence:
    return error.sentence if isinstance(error, UserError) else tell("common.one", it=str(error))


def stray_demos(library: Library, home: Home) -> list[Fault]:
    """Demos beside decks that none of their cards runs. Only where every deck of a folder was read."""
    strays: list[Fault] = []
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
                scripts.read_script(path)
                hint = tell("check.stray_demo.do", name=path.stem)
                strays.append(Fault(path, 1, 1, tell("check.stray_demo"), hint))
    return strays


@lru_cache(maxsize=1000)
def _near(name: str, folders: tuple[Path, ...]) -> str:
    """The demo that `name` is a slip of, or ""."""
    import difflib

    return next(iter(difflib.get_close_matches(name, _names(folders), 1)), "")


@lru_cache(maxsize=16)
def _names(folders: tuple[Path, ...]) -> tuple[str, ...]:
    return tuple(script.name for script in scripts.read_demos(folders)[0])


def _write_ids(deck: Deck, own: Path, named: Sequence[Path]) -> Sentence | None:
    """Write the ids that a deck's cards lack, and say so; None if none does. Raises OSError."""
    from quizapp.cards.edit import pin
    from quizapp.cards.text_file import Unreadable
    from quizapp.commands import complain
    from quizapp.study.rewrite import rewrite

    if all(card.pinned for card in deck.cards):
        return None
    try:
        count = rewrite(deck.path, pin, own, named)
    except Unreadable as error:
        message = tell("check.not_fixed", file=deck.path, message=error.sentence)
        if error.hint:
            message = tell("check.not_fixed_but", file=deck.path, message=error.sentence, hint=error.hint)
        complain(message)
        return None
    return tell("check.ids_written", file=deck.path, n=count)


def _described(fault: Fault) -> dict[str, str | int]:
    return {
        "file": str(fault.file),
        "line": fault.line,
        "column": fault.column,
        "where": fault.where,
        "message": str(fault.message),
        "hint": str(fault.hint or ""),
    }


def _print(line_id: str, faults: Sequence[Fault], most_alike: int = 1000) -> None:
    """Every fault with its place, as the sentence `line_id`; of those in one file that say the same `most_alike`, and
    how many more there are."""
    for file, of_file in groupby(faults, key=lambda fault: fault.file):
        lines, alike = _lines(file), Counter[Sentence]()
        for fault in of_file:
            alike[fault.message] += 1
            if alike[fault.message] > most_alike:
                continue
            message = tell("check.where", where=fault.where, message=fault.message) if fault.where else fault.message
            say(tell(line_id, file=file, at=fault.at, message=message))
            for line in (*snippet(lines, fault.line, fault.column), *filter(None, [fault.hint])):
                say("   ", line)
        for message, count in alike.items():
            if count > most_alike:
                more = tell("check.more_alike", n=count - most_alike, message=message)
                say(tell(line_id, file=file, at="", message=more))


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

    from quizapp.cards.text_file import Unreadable, bytes_of

    try:
        return re.split("\r\n|[\n\r\x85\u2028\u2029]", bytes_of(path).decode(errors="replace"))
    except Unreadable:
        return []
