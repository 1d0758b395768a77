"""The quick quiz and cramming, and the page that ends them: the score, and every card missed explained."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp.cards.sheet import Block
from quizapp.memory.recorder import Stale
from quizapp.memory.schedule import local_now
from quizapp.study.quiz import Quiz, explained
from quizapp.texts import tell, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import say_error
from quizapp.ui.look import INKS
from quizapp.ui.screens.sitting import SittingScreen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.sheet_view import SheetView


class QuizScreen(SittingScreen):
    """One card after the other; no grade goes into the schedule."""

    session: Quiz

    def how_far(self) -> Text:
        quiz, language = self.session, self.context.language
        text = Text()
        if quiz.missed:
            text.append(tell("screens.quiz.missed", n=len(quiz.missed)).says(language), INKS["wrong"]).append("   ")
        return text.append(tell("screens.quiz.at", n=len(quiz.done) + 1, of=len(quiz.cards)).says(language))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.session.done) if action == "undo" else super().check_action(action, parameters)

    def finish(self) -> None:
        if self.session.done:
            self.app.switch_screen(QuizEndScreen(self.session))
        else:
            self.dismiss()


class QuizEndScreen(BaseScreen):
    """Enter goes home; c counts the cards as reviews; u takes the last grade back."""

    AUTO_FOCUS = "SheetView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back", "keys.home", id="quiz.home"),
        Binding("c", "count", "keys.count", id="quiz.count"),
        Binding("u", "undo", "keys.undo", id="quiz.undo"),
    ]

    def __init__(self, done: Quiz) -> None:
        super().__init__()
        self._done = done
        self._sheet = SheetView()

    def compose(self) -> ComposeResult:
        yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        done, language = self._done, self.context.language
        right = len(done.done) - len(done.missed)
        blocks = [Block(text("screens.quiz.right", language, right=right, asked=len(done.done)), "question")]
        said = text("ui.counted" if done.counted else "ui.to_count", language, key=self.context.key("quiz.count", "c"))
        blocks.append(Block(said, "small"))
        for missed in done.missed:
            blocks += [Block("---"), *explained(missed.answer, self.context.shown)]
        self._sheet.show(blocks)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "count":
                return self._done.counted < len(self._done.done)
            case "undo":
                return not self._done.counted
        return True

    def action_undo(self) -> None:
        self._done.undo(local_now())
        self.app.switch_screen(QuizScreen(self._done))

    def action_count(self) -> None:
        try:
            self._done.count(self.context.desk.recorder, local_now())
        except (OSError, Stale) as error:
            say_error(self, error)
        else:
            self.notify(text("ui.counted", self.context.language), markup=False)
        self.language_changed()
        self.refresh_bindings()
