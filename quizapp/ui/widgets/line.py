"""A line to type in: Ctrl+Z takes typing back, what is pasted is harmless, a number takes no letters."""

from itertools import takewhile
from operator import eq
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from quizapp.words import pasted

_MOST_STEPS = 200  # that can be taken back


class Line(Input):
    """An Input. A letter (or ?, @, *) that cannot belong to a number does nothing with `numbers`, where one answers; in
    a form, with a `type` of numbers, it does what its key does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo_typing", "keys.undo_typing", show=False, id="line.undo"),
    ]

    def __init__(self, *, numbers: bool = False, **options: Any) -> None:
        self._steps: list[str] = []  # what stood there
        super().__init__(**options)
        self._steps.clear()  # a value that it begins with is not typed
        self.numbers = numbers

    def begin(self, value: str) -> None:
        """Let `value` stand there, as if nothing had been typed."""
        self.value = value
        self.cursor_position = len(value)
        self._steps.clear()

    def watch_value(self, was: str, now: str) -> None:
        self._steps.append(was)
        del self._steps[:-_MOST_STEPS]

    def action_undo_typing(self) -> None:
        """Back to what stood there before the last change, the cursor behind what comes back."""
        if self._steps:
            now, before = self.value, self._steps.pop()
            self.value = before
            self._steps.pop()  # of this change
            self.cursor_position = len(before) - sum(takewhile(bool, map(eq, reversed(now), reversed(before))))

    def _takes_letter(self, letter: str) -> bool:
        """In a number only an e behind a digit; where a unit may follow, any letter behind one."""
        if not self.numbers and self.type == "text":
            return True
        begun = any(char.isdigit() for char in self.value[: self.cursor_position])
        return begun and (self.type == "text" or letter in "eE")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        if self.type != "text" and not self._takes(character):
            return False
        return super().check_consume_key(key, character)

    def _takes(self, character: str | None) -> bool:
        """May it stand there?"""
        letter = character is not None and (character.isalpha() or character in "?@*")
        return not letter or self._takes_letter(character or "")

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # Textual calls Input's after it
        if not self.check_consume_key(event.key, event.character):
            event.prevent_default()
        elif not self._takes(event.character):
            event.prevent_default()
            event.stop()

    def _on_paste(self, event: events.Paste) -> None:
        event.text = pasted(event.text)
