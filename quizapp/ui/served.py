"""The app in a browser: a process that `quizapp serve` starts, which draws to a pipe and ends when that breaks."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

from textual import events, messages
from textual.app import App, SystemCommand
from textual.color import Color, ColorParseError
from textual.drivers.web_driver import WebDriver
from textual.screen import Screen
from textual.theme import Theme

from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.context import Served


class ServedDriver(WebDriver):
    """Textual's begins as if nobody looked, goes on when nobody does, and may write a part of what it draws."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._write = partial(self._write_all)

    def start_application_mode(self) -> None:
        super().start_application_mode()
        self._app.call_later(self._app.post_message, events.AppFocus())

    def _write_all(self, data: bytes) -> int:
        rest = data
        with suppress(BrokenPipeError):
            while rest:
                rest = rest[os.write(self.fileno, rest) :]
        return len(data)

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if not self.exit_event.is_set():  # who served it is gone, or the tab
            self._app.post_message(messages.ExitApp())


class ServedApp(QuizApp):
    """Tells the tab how much is due, and the colour around what is drawn."""

    def __init__(self, home: Home, paths: Sequence[Path], served: Served) -> None:
        super().__init__(home, paths, served=served)
        self.driver_class = ServedDriver

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._dress)
        self._dress(self.current_theme)

    def watch_title(self) -> None:
        self._dress(self.current_theme)

    def _dress(self, theme: Theme) -> None:
        if self._driver is None or not self._driver.is_web:
            return
        background = "#000000"
        with suppress(ColorParseError):  # a theme of the terminal's own colours
            background = Color.parse(theme.background or background).hex6
        cast(WebDriver, self._driver).write_meta({"type": "page", "title": self.title, "background": background})

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Without Textual's picture of the screen, a file."""
        return (command for command in super().get_system_commands(screen) if command.title != "Screenshot")
