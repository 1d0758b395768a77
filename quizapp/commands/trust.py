"""`quizapp trust PATH`: show the source of a demo or an exercise, ask, and allow it to run as it stands."""

import argparse
import sys
from pathlib import Path

from quizapp.commands import complain, said, say
from quizapp.lab import script as scripts
from quizapp.lab.exercise import read_exercise
from quizapp.lab.review import HIDES, NOT_COVERED, DemoReview, review
from quizapp.lab.script import Script
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_CODE, BUNDLED_DEMOS, find_home
from quizapp.texts import UserError, tell


def run(args: argparse.Namespace) -> int:
    try:
        script = _read(Path(args.path))
    except UserError as error:
        complain(error.sentence)
        return 2
    trust = Trust(find_home(args.home).trust)
    if trust.trusted(script, BUNDLED_DEMOS) or trust.trusted(script, BUNDLED_CODE):
        say(tell("commands.trust.already", path=script.path))
        return 0
    _show(script, review(script, trust.before(script)))
    if not args.yes:
        if not sys.stdin.isatty():
            complain(tell("commands.trust.nobody", path=args.path))
            return 1
        if not _asked():
            say(tell("commands.trust.not_allowed"))
            return 1
    trust.allow(script)
    say(tell("commands.trust.allowed", path=script.path, sha=script.sha256[:12]))
    return 0


def _read(path: Path) -> Script:
    """A demo, or an exercise as what asks before it runs. Raises UserError for what is neither."""
    try:
        return scripts.read_script(path)
    except scripts.NoMainError:
        if path.parent.name != "code":
            raise
        return read_exercise(path).script


def _show(script: Script, found: DemoReview) -> None:
    """All that may run, file after file, then what changed: nearest to the question."""
    for name, text in found.files:
        lines = tell("commands.lines", n=text.count("\n"))
        say(f"{said(tell('commands.trust.file', path=script.path.parent / name, lines=lines))}\n\n{text}")
    if found.changes:
        say(f"{said(tell('commands.trust.changes'))}\n\n{found.changes}\n")
    files, lines = tell("commands.files", n=len(found.files)), tell("commands.lines", n=found.lines)
    say(tell("commands.trust.size", path=script.path, files=files, lines=lines))
    say(tell("commands.trust.may", may=found.may))
    if found.hides:
        say(HIDES)
    say(
        tell("commands.trust.data", what=NOT_COVERED, names=", ".join(found.data))
        if found.data
        else tell("commands.stop", what=NOT_COVERED)
    )


def _asked() -> bool:
    try:
        return input(said(tell("commands.trust.ask"))).strip().lower() in ("y", "yes")
    except EOFError:
        return False
