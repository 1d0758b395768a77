"""`quizapp trust PATH`: show a demo's source, ask, and allow it to run as it stands."""

import argparse
import sys
from pathlib import Path

from quizapp.commands import complain, counted, say
from quizapp.lab import script as scripts
from quizapp.lab.review import HIDES, NOT_COVERED, DemoReview, review
from quizapp.lab.script import Script
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_DEMOS, find_home


def run(args: argparse.Namespace) -> int:
    try:
        script = scripts.read_script(Path(args.path))
    except scripts.ScriptError as error:
        complain(str(error))
        return 2
    trust = Trust(find_home(args.home).trust)
    if trust.trusted(script, BUNDLED_DEMOS):
        say(f"{script.path} is already allowed to run.")
        return 0
    _show(script, review(script, trust.before(script)))
    if not args.yes:
        if not sys.stdin.isatty():
            complain(f"Nobody to ask. 'quizapp trust {args.path} --yes' allows it.")
            return 1
        if not _asked():
            say("Not allowed.")
            return 1
    trust.allow(script)
    say(f"{script.path} may run (SHA-256 {script.sha256[:12]}…).")
    return 0


def _show(script: Script, found: DemoReview) -> None:
    """All that may run, file after file, then what changed: nearest to the question."""
    for name, text in found.files:
        say(f"# {script.path.parent / name} ({counted(text.count(chr(10)), 'line')})\n\n{text}")
    if found.changes:
        say(f"# Changed since you allowed it\n\n{found.changes}\n")
    say(f"{script.path}: {counted(len(found.files), 'file')}, {counted(found.lines, 'line')}.")
    say(f"{found.may} A change to any of these files asks again.")
    if found.hides:
        say(HIDES)
    say(f"{NOT_COVERED}: {', '.join(found.data)}" if found.data else NOT_COVERED)


def _asked() -> bool:
    try:
        return input("Allow it to run? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
