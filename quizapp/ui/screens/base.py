"""What every screen shares: the key bar's words in the reader's language, and Esc to go back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

if TYPE_CHECKING:
    from quizapp.cards.library import Library
    from quizapp.ui.app import QuizApp


class BaseScreen(Screen[None]):
    """A screen of the app."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", id="back")]

    @property
    def quiz(self) -> "QuizApp":
        return cast("QuizApp", self.app)

    def action_back(self) -> None:
        self.dismiss()

    def language_changed(self) -> None:
        """Draw anew what depends on the language shown."""

    def library_changed(self, was: "Library") -> None:
        """The decks or demos were read again, since a file changed: show what they say now. `was` is what they said."""

    def commands(self) -> Iterable[SystemCommand]:
        """What the palette offers on this screen besides what it offers everywhere."""
        return ()
