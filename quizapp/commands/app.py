"""`quizapp [PATH...]`: the app on every deck, or on those named."""

import argparse
from pathlib import Path

from quizapp.commands import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.ui.app import QuizApp


def run(args: argparse.Namespace, start: "Callable[[QuizApp], None] | None" = None) -> int:
    """Open the app; `start` is called with it once home is mounted."""
    import gc
    import sys

    missing = [path for path in args.paths if not Path(path).exists()]
    if missing:
        from difflib import get_close_matches

        if near := get_close_matches(missing[0], args.commands, 1):
            hint = f"Did you mean 'quizapp {near[0]}'?"
        elif missing[0].lower().endswith((".yaml", ".yml")):
            hint = f"'quizapp new {missing[0]}' begins a deck."
        else:
            hint = f"By the name of a deck: 'quizapp study {missing[0]}'."
        complain(f"There is no file or folder {missing[0]}. {hint}")
        return 2
    if not sys.stdout.isatty():
        complain("The app needs a terminal. 'quizapp due', 'next', 'show' and 'grade' work without one.")
        return 2
    gc.disable()  # the imports leave nothing to collect; the app enables it after the first paint
    from quizapp.paths import find_home
    from quizapp.ui.app import QuizApp

    app = QuizApp(find_home(args.home), [Path(path) for path in args.paths], start=start)
    app.run()
    return app.return_code or 0
