"""A line to type in: Ctrl+Z takes typing back, what is pasted is harmless, a number says that it takes no letters."""

from itertools import takewhile
from operator import eq
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.words import pasted

_MOST_STEPS = 200  # that can be taken back


class Line(Input):
    """An Input. With a `type` of numbers a letter (or ?, @, *) that belongs to none does what its key does; where it
    does nothing, that is said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo_typing", "keys.undo_typing", show=False, id="line.undo"),
    ]

    def __init__(self, **options: Any) -> None:
        self._steps: list[str] = []  # what stood there
        self._told = False  # that no letter goes there
        super().__init__(**options)
        self._steps.clear()  # a value that it begins with is not typed

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

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return self._takes(character) and super().check_consume_key(key, character)

    def _takes(self, character: str | None) -> bool:
        """May it stand there? In a number of all letters only an e behind a digit."""
        if self.type == "text" or character is None or not (character.isalpha() or character in "?@*"):
            return True
        begun = any(char.isdigit() for char in self.value[: self.cursor_position])
        return self.type == "number" and begun and character in "eE"

    async def _on_key(self, event: events.Key) -> None:  # Textual calls Input's after it
        if self.check_consume_key(event.key, event.character):
            return
        event.prevent_default()
        if not self._takes(event.character):
            self._refuse(event.key)
        elif await self._obeyed(event.key):
            event.stop()

    async def _obeyed(self, key: str) -> bool:
        """Whether it moved or deleted, which is done at once: the app does it after letters that were typed behind it.
        Keys that users may change are left to it."""
        own = [binding for binding in self._bindings.key_to_bindings.get(key, ()) if binding.id is None]
        return any([await self.app.run_action(binding.action, self) for binding in own[:1]])

    def _refuse(self, key: str) -> None:
        """A letter is no number: said once, unless it is a key of what is around."""
        bound = self.screen.active_bindings.get(key)
        if not self._told and (bound is None or not bound.enabled):
            self._told = True
            said = text("ui.only_number", context(self).language)
            if (form := getattr(self.parent, "say", None)) is not None:  # beside it; a message would lie over the help
                form(self.name, said)
            else:
                self.notify(said, severity="warning", markup=False)

    def _on_paste(self, event: events.Paste) -> None:
        event.text = pasted(event.text)
