"""`quizapp [PATH...]`: the app on every deck, or on those named."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.commands import complain
from quizapp.texts import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.ui.app import QuizApp


SERVED = "QUIZAPP_SERVED"
"""Set by `quizapp serve` for the app that it starts, which draws to a pipe: "code" where code may be run."""


def run(args: argparse.Namespace, start: "Callable[[QuizApp], None] | None" = None) -> int:
    """Open the app; `start` is called with it once home is mounted."""
    import gc
    import os
    import sys

    missing = [path for path in args.paths if not Path(path).exists()]
    if missing:
        from difflib import get_close_matches

        if near := get_close_matches(missing[0], args.commands, 1):
            hint = tell("commands.app.mean_command", near=near[0])
        elif missing[0].lower().endswith((".yaml", ".yml")):
            hint = tell("commands.app.new", path=missing[0])
        else:
            hint = tell("commands.app.study", path=missing[0])
        complain(tell("commands.app.no_path", path=missing[0], hint=hint))
        return 2
    served = os.environ.get(SERVED)
    if not served and (not sys.stdout.isatty() or os.environ.get("TERM") == "dumb"):
        complain(tell("commands.app.terminal"))
        return 2
    sys.setswitchinterval(0.0005)  # what waits for the interpreter: the thread that writes to the terminal, the keys
    gc.disable()  # the imports leave nothing to collect; the app enables it after the first paint
    from quizapp.paths import find_home
    from quizapp.ui.app import QuizApp

    home, paths = find_home(args.home), [Path(path) for path in args.paths]
    if served:
        from quizapp.ui.context import Served
        from quizapp.ui.served import ServedApp

        app: QuizApp = ServedApp(home, paths, Served(code=served == "code"))
    else:
        app = QuizApp(home, paths, start=start)
    app.run()
    return app.return_code or 0
