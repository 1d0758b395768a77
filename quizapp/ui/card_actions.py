"""What one does to a card besides grading it, the palette's commands for it, and the sentence that says so."""

from collections.abc import Callable, Iterator

from textual.app import SystemCommand
from textual.dom import DOMNode

from quizapp.memory.events import Change
from quizapp.memory.recorder import CannotUndo
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import local_now
from quizapp.ui.context import context, say_error
from quizapp.ui.labels import label
from quizapp.words import Language

_DONE: dict[Change, str] = {
    "suspended": "Suspended: not asked any more.",
    "unsuspended": "Asked again",
    "buried": "Buried: not asked until tomorrow.",
    "flagged": "Flagged",
    "unflagged": "Flag taken off",
    "reset": "Reset: as if never seen.",
}


def flag_change(standing: Standing) -> Change:
    """What the flag's key does to a card that stands so."""
    return "unflagged" if standing.flagged else "flagged"


def suspend_change(standing: Standing) -> Change:
    """What the key that suspends does to a card that stands so."""
    return "unsuspended" if standing.suspended else "suspended"


def change_said(what: Change, language: Language) -> str:
    """The sentence that says a change was made."""
    return label(_DONE[what], language)


def undo_said(what: str, language: Language) -> str:
    """The sentence that says a change, or a grade, was taken back."""
    return f"{label(what.capitalize(), language)}{label(': ', language)}{label('undone', language)}"


def card_commands(
    standing: Standing, change: Callable[[Change], object], edit: Callable[[], object]
) -> Iterator[SystemCommand]:
    """The commands for a card that stands so: `change` makes a change to it, `edit` opens it in the editor."""
    suspend = ("Suspend this card", "It is not asked any more")
    if standing.suspended:
        suspend = ("Ask this card again", "It is suspended")
    flag = "Take the flag off" if standing.flagged else "Flag this card"
    yield SystemCommand("Bury this card", "It is not asked until tomorrow", lambda: change("buried"))
    yield SystemCommand(*suspend, lambda: change(suspend_change(standing)))
    yield SystemCommand(flag, "A mark for whatever you like", lambda: change(flag_change(standing)))
    yield SystemCommand("Edit this card", "In your editor, at its line", edit)
    yield SystemCommand("Reset this card", "As if never seen; its history is kept", lambda: change("reset"))


class Changes:
    """The changes that were made on one screen, to be taken back one by one, the last one first."""

    def __init__(self, node: DOMNode) -> None:
        self._node = node
        self._made: list[tuple[Change, str]] = []  # and the id of the event

    def __bool__(self) -> bool:
        return bool(self._made)

    def make(self, key: str, what: Change) -> str:
        """Change card `key`, durably: the sentence that says so; "" if the disk refused, which is shown."""
        here = context(self._node)
        try:
            event = here.desk.recorder.change(key, what, local_now())
        except OSError as error:
            say_error(self._node, error)
            return ""
        self._made.append((what, event.id))
        return change_said(what, here.language)

    def undo(self) -> str:
        """Take the last one back: the sentence that says so; "" if that cannot be, which is shown."""
        here, (what, event) = context(self._node), self._made[-1]
        try:
            here.desk.recorder.undo(event, local_now())
        except (OSError, CannotUndo) as error:
            say_error(self._node, error)
            return ""
        self._made.pop()
        return undo_said(what, here.language)
