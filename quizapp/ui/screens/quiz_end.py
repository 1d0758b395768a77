"""The page that ends a quiz: the score, and every card in a line, those missed first; the one chosen is explained."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.cards.sheet import Block
from quizapp.memory.events import Quizzed
from quizapp.memory.recorder import CannotUndo, Stale
from quizapp.memory.schedule import local_now
from quizapp.study.quiz import Quiz, explained, went_by_deck
from quizapp.texts import tell, text
from quizapp.ui.base_screen import EndScreen
from quizapp.ui.card_titles import card_title, deck_title
from quizapp.ui.context import say_error
from quizapp.ui.look import INKS
from quizapp.ui.past_quizzes import past_quizzes
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import ListPanel
from quizapp.ui.widgets.sheet_view import SheetView

_SHOWN = 4  # quizzes before this one, beside its score


class QuizEndScreen(EndScreen):
    """Up and down go from card to card, Tab to what is said of it. Enter goes home; z asks what was missed once more; c
    counts the cards as reviews; u takes that back, else the last verdict. A key pressed for a card, before one saw that
    there was none, does nothing."""

    DEFAULT_CSS = """
    QuizEndScreen {
        #quiz-cards {
            height: auto;
            max-height: 40%;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "home", "keys.home", id="quiz.home"),
        Binding("z", "retry", "keys.retry", id="quiz.retry"),
        Binding("c", "count", "keys.count", id="quiz.count"),
        Binding("u", "undo", "keys.undo", id="quiz.undo"),
        Binding("tab", "app.focus_next", "keys.switch_pane", show=False, id="quiz.next-pane"),
    ]

    def __init__(self, done: Quiz) -> None:
        super().__init__()
        self._done = done
        self._cards = sorted(done.done, key=lambda one: one.grade != "again")
        self._list = ListPanel(id="quiz-cards", markup=False)
        self._list._bindings.key_to_bindings.pop("enter", None)  # which the screen has
        self._sheet = SheetView()
        self._before: list[Quizzed] = []  # how the quizzes before it went

    def compose(self) -> ComposeResult:
        yield self._list
        yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self._keep()
        self.language_changed()
        self._look_back()

    @property
    def ended(self) -> bool:
        return self._done.card is None

    def _keep(self) -> None:
        """Write down how it went, once; what was missed and asked again says nothing of that."""
        done = self._done
        if done.again or done.kept == done.score:
            return
        try:
            self.context.desk.recorder.quizzed(done.score, local_now())
        except OSError as error:
            say_error(self, error)
        else:
            done.kept = done.score

    @work(exclusive=True, description="read the quizzes there were")
    async def _look_back(self) -> None:
        """Find how the last ones of this kind went."""
        done = self._done
        before = [one for one in await past_quizzes(self) if one.cram == done.cram and one.quiz != done.name][:_SHOWN]
        if before:
            self._before = before[::-1]
            self._show()

    # What is on the screen

    def language_changed(self) -> None:
        language, chosen = self.context.language, self._list.highlighted or 0
        *first, last = (f"{one.right} / {one.asked}" for one in self._done.scores)
        score = text("screens.quiz.right", language, score=last)
        for before in reversed(first):
            score = text("screens.quiz.then", language, before=before, score=score)
        how = text("screens.quiz.how", language)
        self._list.frame(text("screens.practise.title", language), Text(score, "bold"), how)
        lines = [Text(text("screens.quiz.in_all", language))]
        for one in self._cards:
            sign, ink = ("✗", INKS["wrong"]) if one.grade == "again" else ("✓", INKS["right"])
            line = Text(no_wrap=True, overflow="ellipsis").append(f"{sign} ", ink)
            lines.append(line.append(card_title(one.answer.card, self.context.shown)))
        with self._list.prevent(OptionList.OptionHighlighted):
            self._list.clear_options()
            self._list.add_options([Option(line) for line in lines])
            self._list.highlighted = chosen
        self._show()

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        """The card that is chosen, explained; or what holds of all of them."""
        language, at = self.context.language, self._list.highlighted or 0
        if not at:
            self._sheet.frame(text("screens.quiz.in_all", language))
            self._sheet.show([*self._in_all(), *self._decks()])
            return
        one = self._cards[at - 1]
        said = text(f"screens.quiz.was_{'missed' if one.grade == 'again' else 'right'}", language)
        self._sheet.frame(deck_title(one.card, self.context.desk.library, self.context.shown), said)
        self._sheet.show(explained(one.answer, self.context.shown))

    def _in_all(self) -> list[Block]:
        """What comes next, whether it counts, and how the quizzes before it went."""
        done, language = self._done, self.context.language
        blocks = []
        if done.missed:
            key = f"**{self.context.key('quiz.retry', 'z')}**"
            blocks.append(Block(text("screens.quiz.retry", language, n=len(done.missed), key=key)))
        blocks.append(Block(self._counts(), "small"))
        if done.again:
            blocks.append(Block(text("screens.quiz.again", language), "small"))
        elif self._before:
            share = f"{100 * done.score.right / done.score.asked:.0f}%"
            past = [
                text("screens.quiz.past", language, share=f"{100 * one.right / one.asked:.0f}", day=f"{one.at:%m-%d}")
                for one in self._before
            ]
            between = "、" if language == "zh" else ", "
            blocks.append(Block(text("screens.quiz.before", language, before=between.join(past), now=share)))
        return blocks

    def _counts(self) -> str:
        """How many answers are reviews, or may be, and by which key that is changed."""
        done, language = self._done, self.context.language
        if not done.uncounted:
            key = self.context.key("quiz.undo", "u")
            return text("screens.quiz.counted", language, n=done.counted, key=key)
        id = "screens.quiz.count_too" if done.counted else "ui.to_count"
        return text(id, language, n=done.uncounted, key=self.context.key("quiz.count", "c"))

    def _decks(self) -> list[Block]:
        """How each deck went, where several were asked, and each of more than a card or two."""
        library, shown = self.context.desk.library, self.context.shown
        decks = went_by_deck(self._done.done)
        if not 1 < len(decks) <= len(self._done.done) / 2:
            return []
        lines = [f"- {deck_title(card, library, shown)}  **{right} / {asked}**" for card, right, asked in decks]
        return [Block(text("screens.quiz.by_deck", self.context.language), "label"), Block("\n".join(lines))]

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "retry":
                return bool(self._done.missed)
            case "count":
                return self._done.uncounted > 0
        return True

    def action_undo(self) -> None:
        """It was counted last, or else judged."""
        if not self._done.events:
            self._done.undo(local_now())
            open_screen(self, "quiz", self._done, replace=True)
            return
        try:
            self._done.take_back(self.context.desk.recorder, local_now())
        except (OSError, CannotUndo) as error:
            say_error(self, error)
        else:
            language = self.context.language
            self.notify(text("ui.undone", language, what=tell("keys.count")), markup=False)
        self._show()
        self.refresh_bindings()

    def action_retry(self) -> None:
        open_screen(self, "quiz", self._done.retry(local_now()), replace=True)

    def action_count(self) -> None:
        try:
            self._done.count(self.context.desk.recorder, local_now())
        except (OSError, Stale) as error:
            say_error(self, error)
        else:
            self.notify(self._counts(), markup=False)
        self._show()
        self.refresh_bindings()
