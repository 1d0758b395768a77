"""`quizapp completion SHELL`: the script by which a shell completes our commands; `--names` lists what it asks for."""

import argparse
import re
from collections.abc import Iterator
from typing import cast

from quizapp.commands import complain, desk_for, say
from quizapp.commands.code import exercise_folders
from quizapp.lab.exercise import find_exercises
from quizapp.lab.script import Script, read_demos
from quizapp.paths import BUNDLED_DEMOS, find_home
from quizapp.texts import tell

_NAMED = {"DECK": "decks", "KEY": "cards", "TAG": "tags", "KNOB": "knobs"}  # by what the help calls an argument
_FILES = ("FILE", "PATH", "DECK.yaml")
_PLAIN = re.compile(r"[\w./+@-]+")


def run(args: argparse.Namespace) -> int:
    if args.names:
        for name in sorted(set(filter(_PLAIN.fullmatch, _names(args.names, args)))):  # bash would obey the others
            say(name)
        return 0
    if args.shell is None:
        complain(tell("commands.completion.shell"))
        return 2
    import shtab

    say(shtab.complete(_completed(args), args.shell))
    return 0


def _completed(args: argparse.Namespace) -> argparse.ArgumentParser:
    """The parser of every command at once, its arguments with what completes them. A demo's knobs are those of every
    demo there is."""
    parser, commands = args.whole()
    for name, command in commands.items():
        if name == "demo":
            for knob in sorted({knob.name for script in _demos(args) for knob in script.knobs}):
                command.add_argument(f"--{knob}", metavar="VALUE", help="cli.completion.knob")
        for action in command._actions:
            _complete(name, action)
    return cast(argparse.ArgumentParser, parser)


def _complete(command: str, action: argparse.Action) -> None:
    import shtab

    called = action.metavar if isinstance(action.metavar, str) else ""
    kind = {"demo": "demos", "code": "exercises"}.get(command) if called == "NAME" else _NAMED.get(called)
    found: object = None
    if kind is not None and action.dest != "measure":
        found = shtab.cmd(f"quizapp completion --names {kind} 2>/dev/null")
    elif called in _FILES:
        found = shtab.FILE
    elif called == "DIR":
        found = shtab.DIRECTORY
    if found:
        action.complete = found  # type: ignore[attr-defined]  # where shtab looks for it


def _names(kind: str, args: argparse.Namespace) -> Iterator[str]:
    """What there is of a kind, by name."""
    if kind == "demos":
        yield from (script.name for script in _demos(args))
    elif kind == "knobs":
        yield from (knob.name for script in _demos(args) for knob in script.knobs)
    elif kind == "exercises":
        yield from (path.stem for path in find_exercises(exercise_folders(find_home(args.home))))
    else:
        library = desk_for(args)[0].library
        for deck in library.decks:
            if kind == "decks":
                yield deck.name
            else:
                yield from (name for card in deck.cards for name in ((card.key,) if kind == "cards" else card.tags))


def _demos(args: argparse.Namespace) -> tuple[Script, ...]:
    home = find_home(args.home)
    return read_demos([home.demos, BUNDLED_DEMOS])[0]
