"""What is put off until home is painted, and done while nobody waits: collecting garbage, loading what comes next."""

import gc
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from textual.app import App
from textual.timer import Timer

from quizapp.cards.card import Code
from quizapp.paths import BUNDLED_DEMOS
from quizapp.ui import preferences, routes
from quizapp.ui.context import Context

_PAUSE_S = 0.7  # since the last key, before the next piece: who presses one will soon press another


class Ahead:
    """Makes screens of `app` open at once, in pieces so small that no key waits for one."""

    def __init__(self, app: App[Any], context: Context) -> None:
        self._app, self._context = app, context
        self._tidying: Timer | None = None
        self._next = 0.0  # no piece before this time

    def pressed(self) -> None:
        """A key came: no piece may stand before what it asks for, nor before the next."""
        self._next = monotonic() + _PAUSE_S

    def painted(self) -> None:
        """After the first paint: collect garbage again, and begin."""
        gc.freeze()
        gc.set_threshold(10_000, 4, 200)  # screens leave much garbage: look for it neither all the time nor for long
        gc.enable()
        self._app.set_timer(0.3, self._begin)

    def tidy(self) -> None:
        """Collect all that closed screens left once none has been closed for a while: amid an opening it would show."""
        if self._tidying is not None:
            self._tidying.stop()
        self._tidying = self._app.set_timer(0.7, gc.collect)

    def _begin(self) -> None:
        if not self._app.is_running:  # a timer may fire once more while the app closes
            return
        routes.screen_class("study")
        desk = self._context.desk
        if desk.settings.keys:
            preferences.examine_keys(self._app)
        if any(card.demo is not None or isinstance(card, Code) for deck in desk.library.decks for card in deck.cards):
            from quizapp.lab.warm import warm

            self._context.warm = warm()
            self._context.warm.start()
        self._go_on(self._chores())

    def _go_on(self, chores: Iterator[None]) -> None:
        """One piece at a time, while nothing else is to be done."""
        wait = self._next - monotonic()
        if wait > 0 or next(chores, chores) is not chores:
            self._app.set_timer(max(wait, 0.015), partial(self._go_on, chores))

    def _chores(self) -> Iterator[None]:
        """The modules of the screens, the texts to search, the demos."""
        for name in routes.SCREENS:
            routes.screen_class(name)
            yield
        while self._context.index.warm(250):
            yield
        from quizapp.lab.script import ScriptError, read_script

        for demo in sorted(BUNDLED_DEMOS.glob("*.py")):
            with suppress(ScriptError):
                read_script(demo)
            yield
        gc.freeze()  # all this stays: looking through it for garbage would halt a screen that is being opened
