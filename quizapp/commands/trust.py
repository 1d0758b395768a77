"""`quizapp trust PATH`: show a demo's source, ask, and allow it to run as it stands."""

import argparse
import sys
from pathlib import Path

from quizapp.commands import complain
from quizapp.lab import script as scripts
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_DEMOS, find_home


def run(args: argparse.Namespace) -> int:
    try:
        script = scripts.read(Path(args.path))
    except scripts.ScriptError as error:
        complain(str(error))
        return 2
    trust = Trust(find_home(args.home).trust)
    if trust.trusted(script, BUNDLED_DEMOS):
        print(f"{script.path} is already allowed to run.")
        return 0
    print(f"# {script.path}\n\n{script.text}")
    for path in script.beside:
        print(f"\n# It imports {path}, which is allowed with it.")
    if not args.yes:
        if not sys.stdin.isatty():
            complain(f"Nobody to ask. 'quizapp trust {args.path} --yes' allows it.")
            return 1
        print("\nThis code runs with your rights, inside the limits of the lab. A change to it asks again.")
        if input("Allow it to run? [y/N] ").strip().lower() not in ("y", "yes"):
            print("Not allowed.")
            return 1
    trust.allow(script)
    print(f"{script.path} may run (SHA-256 {script.sha256[:12]}…).")
    return 0
