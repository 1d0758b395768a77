"""`quizapp new PATH`: a starter deck, with --demo a starter demo, with --code NAME a card that asks for code and its
exercise. Nothing is ever overwritten."""

import argparse
import keyword
import re
import shlex
import sys
from pathlib import Path

from quizapp.commands import complain, said, say, user_language, write_new
from quizapp.paths import SCHEMA, find_home
from quizapp.texts import Sentence, tell


def run(args: argparse.Namespace) -> int:
    path = Path(args.path)
    if wrong := _wrong_name(path, args.demo, args.code):
        complain(wrong)
        return 2
    if args.code is not None:
        return _new_code(path, args.code, find_home(args.home).decks)
    starter = tell("starter.demo") if args.demo else tell("starter.deck", schema=SCHEMA.as_uri())
    try:
        write_new(path, starter.says(user_language()))
    except FileExistsError:
        if not (path.exists() or path.is_symlink()):  # a part of its folder is a file
            raise
        complain(tell("commands.new.there", path=path))
        return 1
    say(tell("commands.new.written", path=path))
    for command, about in _next(path, args.demo):
        say(f"  {command}\n      {said(about)}")
    return 0


def _new_code(path: Path, name: str, own: Path) -> int:
    """The exercise, and its card in the deck at `path`: as its last one if the deck is there, else in a new one."""
    from quizapp.cards.draft import Refused
    from quizapp.cards.edit import Written, values_of
    from quizapp.cards.slug import slug
    from quizapp.cards.text_file import Unreadable
    from quizapp.cards.yaml_reader import read_nodes
    from quizapp.study.add import add

    exercise = path.parent / "code" / f"{name}.py"
    deck = tell("starter.code_deck", schema=SCHEMA.as_uri(), name=name, id=slug(name)).says(user_language())
    if exercise.exists() or exercise.is_symlink():
        complain(tell("commands.new.there", path=exercise))
        return 1
    try:
        if path.exists() or path.is_symlink():
            (entry,) = values_of(read_nodes(deck))["cards"]
            add(path, {**entry, "seconds": Written(entry["seconds"])}, own, [path])
        else:
            write_new(path, deck)
    except (Refused, Unreadable) as error:
        complain(tell("commands.new.not_added", path=path, why=error.sentence))
        return 1
    write_new(exercise, tell("starter.exercise", name=name).says(user_language()))
    say(tell("commands.new.written", path=exercise))
    named = _named(path)
    for command, about in (
        (f"quizapp check {named}", tell("commands.new.check")),
        (f"quizapp trust {_named(exercise)}", tell("commands.new.trust")),
        (f"quizapp check --run {named}", tell("commands.new.prove")),
        (f"quizapp {named}", tell("commands.new.study")),
    ):
        say(f"  {command}\n      {said(about)}")
    return 0


def _wrong_name(path: Path, demo: bool, code: str | None) -> Sentence | None:
    """What is wrong with the name of a new file, and what to do."""
    if demo and not re.fullmatch(r"[a-z][a-z0-9_]{0,79}\.py", path.name):
        return tell("commands.new.no_demo", path=path)
    if code is not None and not (re.fullmatch(_OF_EXERCISE, code) and not keyword.iskeyword(code)):
        return tell("commands.new.no_code", name=code)
    if code in _MODULES:
        return tell("commands.new.module", path=f"code/{code}.py", module=code)
    if demo and path.stem in _MODULES:
        return tell("commands.new.module", path=path, module=path.stem)
    if not demo and path.suffix == ".py":
        return tell("commands.new.deck_for_demo", path=path)
    if not demo and path.suffix.lower() not in (".yaml", ".yml"):
        return tell("commands.new.ending", path=path)
    return None


_OF_EXERCISE = r"(?!(?:cases|use)$|trap_|also_|check_)[a-z][a-z0-9_]{0,79}"
_MODULES = frozenset({*sys.stdlib_module_names, "torch", "numpy"})


def _named(path: Path) -> str:
    """The path as a shell takes it."""
    return shlex.quote(f"./{path}" if str(path).startswith("-") else str(path))


def _next(path: Path, demo: bool) -> list[tuple[str, Sentence]]:
    named = _named(path)
    if demo:
        here = named if "/" in named else f"./{named}"
        return [
            (f"quizapp trust {named}", tell("commands.new.trust")),
            (f"quizapp demo {here} --bits 3", tell("commands.new.run")),
            (f"demo: {{run: {path.stem}}}", tell("commands.new.in_card")),
        ]
    return [
        (f"quizapp {named}", tell("commands.new.study")),
        (f"quizapp check {named}", tell("commands.new.check")),
        (f"quizapp new --demo {shlex.quote(str(path.with_name('my_demo.py')))}", tell("commands.new.demo")),
    ]
