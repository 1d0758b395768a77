"""The decks read again while the app runs: what a file says now shows at once, on every screen."""

from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.app import App

from quizapp.cards.library import Library
from quizapp.cards.watch import Watch
from quizapp.study.desk import read_decks_again, with_library
from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import context
from quizapp.ui.watcher import Watcher
from quizapp.ui.wording import worded


def watch_decks(app: App[Any], watch: Watch) -> Watcher:
    """Have the decks of `app` read again when what `watch` looks at changes, until the watcher is stopped."""
    here = context(app)
    desk = here.desk
    read = partial(read_decks_again, desk.home, desk.paths, lambda: here.desk.library)
    fail = partial(
        app.call_later,
        lambda what: app.notify(worded(what, here.language), severity="error", timeout=10, markup=False),
    )
    watcher = Watcher(watch, read, partial(app.call_later, take_library, app), fail)
    watcher.start(desk.library)
    return watcher


def take_library(app: App[Any], library: Library) -> None:
    """Go on with `library`, on every screen."""
    if not app.is_running:  # it is closing, and its screens are being taken apart
        return
    if not all(screen.is_mounted for screen in app.screen_stack):  # one is just being opened
        app.call_later(take_library, app, library)
        return
    here = context(app)
    was, here.desk = here.desk.library, with_library(here.desk, library)
    for screen in app.screen_stack:
        if isinstance(screen, BaseScreen):
            screen.library_changed(was)
    faults = [fault for fault in library.faults if fault not in was.faults]
    if faults and not getattr(app.screen, "shows_faults", False):
        said = replace(faults[0], file=Path(faults[0].file.name)).says(here.language)
        if len(faults) > 1:
            more = text("ui.more_faults", here.language, n=len(faults) - 1)
            said += f"\n{more}"
        app.notify(said, severity="warning", timeout=10, markup=False)
    for note in library.notes:
        if note not in was.notes:
            app.notify(note.says(here.language), markup=False)
