"""What one does to a card besides grading it, the palette's commands for it, and the sentence that says so."""

from collections.abc import Callable, Iterator

from textual.app import SystemCommand
from textual.dom import DOMNode

from quizapp.cards.card import Card
from quizapp.draw.paper import shortened
from quizapp.memory.events import Change
from quizapp.memory.recorder import CannotUndo
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import GRADES, local_now
from quizapp.texts import tell, text
from quizapp.ui.card_titles import card_title
from quizapp.ui.context import Context, context, say_error
from quizapp.words import Language

_ASKS = 48  # cells of what a card asks, in a message


def flag_change(standing: Standing) -> Change:
    """What the flag's key does to a card that stands so."""
    return "unflagged" if standing.flagged else "flagged"


def suspend_change(standing: Standing) -> Change:
    """What the key that suspends does to a card that stands so."""
    return "unsuspended" if standing.suspended else "suspended"


def change_said(what: Change, language: Language) -> str:
    """The sentence that says a change was made."""
    return text(f"ui.done.{what}", language)


def undo_said(what: str, language: Language, *, ticked: bool = False) -> str:
    """The sentence that says a change, or a grade, was taken back; `ticked`: the ticks of its answer stand again."""
    done = tell(f"common.grade.{what}") if what in GRADES else tell(f"ui.event.{what}")
    return text("ui.undone_ticked" if ticked else "ui.undone", language, what=done)


def card_commands(
    standing: Standing, change: Callable[[Change], object], edit: Callable[[], object]
) -> Iterator[SystemCommand]:
    """The commands for a card that stands so: `change` makes a change to it, `edit` opens it in the editor."""
    suspend = ("keys.suspend_card", "ui.palette.suspend")
    if standing.suspended:
        suspend = ("keys.unsuspend_card", "ui.palette.unsuspend")
    flag = "keys.unflag_card" if standing.flagged else "keys.flag_card"
    yield SystemCommand("keys.bury_card", "ui.palette.bury", lambda: change("buried"))
    yield SystemCommand(*suspend, lambda: change(suspend_change(standing)))
    yield SystemCommand(flag, "ui.palette.flag", lambda: change(flag_change(standing)))
    yield SystemCommand("keys.edit_card", "ui.palette.edit", edit)
    yield SystemCommand("keys.reset_card", "ui.palette.reset", lambda: change("reset"))


class Changes:
    """The changes that were made on one screen, to be taken back one by one, the last one first."""

    def __init__(self, node: DOMNode) -> None:
        self._node = node
        self._made: list[tuple[Card, Change, str]] = []  # and the id of the event

    def __bool__(self) -> bool:
        return bool(self._made)

    def make(self, card: Card, what: Change) -> str:
        """Change `card`, durably: the sentence that says so; "" if the disk refused, which is shown."""
        here = context(self._node)
        try:
            event = here.desk.recorder.change(card.key, what, local_now())
        except OSError as error:
            say_error(self._node, error)
            return ""
        self._made.append((card, what, event.id))
        return _of(card, change_said(what, here.language), here)

    def undo(self) -> str:
        """Take the last one back: the sentence that says so; "" if that cannot be, which is shown."""
        here, (card, what, event) = context(self._node), self._made[-1]
        try:
            here.desk.recorder.undo(event, local_now())
        except (OSError, CannotUndo) as error:
            say_error(self._node, error)
            return ""
        self._made.pop()
        return _of(card, undo_said(what, here.language), here)


def _of(card: Card, said: str, here: Context) -> str:
    """What is said of a card, below what it asks: one reads it among the messages too."""
    return f"{shortened(card_title(card, here.shown), _ASKS, '…')}\n{said}"
