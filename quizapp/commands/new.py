"""`quizapp new PATH`: a starter deck, or with --demo a starter demo. Nothing is ever overwritten."""

import argparse
import re
import sys
from pathlib import Path

from quizapp.commands import complain, said, say, user_language, write_new
from quizapp.paths import SCHEMA
from quizapp.texts import Sentence, tell


def run(args: argparse.Namespace) -> int:
    path = Path(args.path)
    if wrong := _wrong_name(path, args.demo):
        complain(wrong)
        return 2
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


def _wrong_name(path: Path, demo: bool) -> Sentence | None:
    """What is wrong with the name of a new file, and what to do."""
    if demo and not re.fullmatch(r"[a-z][a-z0-9_]{0,79}\.py", path.name):
        return tell("commands.new.no_demo", path=path)
    if demo and path.stem in {*sys.stdlib_module_names, "torch", "numpy"}:
        return tell("commands.new.module", path=path, module=path.stem)
    if not demo and path.suffix == ".py":
        return tell("commands.new.deck_for_demo", path=path)
    if not demo and path.suffix.lower() not in (".yaml", ".yml"):
        return tell("commands.new.ending", path=path)
    return None


def _next(path: Path, demo: bool) -> list[tuple[str, Sentence]]:
    import shlex

    named = shlex.quote(f"./{path}" if str(path).startswith("-") else str(path))
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
