"""Between the two at one screen: whose it is now, before anything shows that the other is not to see."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp.cards.sheet import Block
from quizapp.study.interview_store import KeptInterview
from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.sittings import open_interview
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.sheet_view import SheetView


class HandOverScreen(BaseScreen):
    """Enter once the screen is turned: the friend's, who asks, or theirs who answered, to look back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "keys.go_on", id="interview.take"),  # no space, with which one grades
    ]

    def __init__(self, kept: KeptInterview) -> None:
        super().__init__()
        self.kept = kept
        self._sheet = SheetView()

    def compose(self) -> ComposeResult:
        yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        language, key = self.context.language, self.context.key("interview.take", "Enter")
        word = "from_friend" if self.kept.interview.stage == "reviewing" else "to_friend"
        self._sheet.frame(text("screens.setup.title", language))
        self._sheet.show([Block(text(f"screens.interview.{word}", language, key=f"**{key}**"))])

    def action_take(self) -> None:
        open_interview(self, self.kept, replace=True, turned=True)

    def action_back(self) -> None:
        self.dismiss()
