"""What studying and a quiz share: card after card, each asked, shown and graded, with its demo beside it."""

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp.cards.card import Card
from quizapp.cards.library import Library
from quizapp.cards.sheet import Block
from quizapp.cards.vary import redrawn
from quizapp.memory.recorder import CannotUndo, Stale
from quizapp.memory.schedule import GRADES, Grade, local_now
from quizapp.study.answer import Answer
from quizapp.study.plan import comes_back
from quizapp.study.session import Session
from quizapp.study.sitting import Changed, Sitting
from quizapp.texts import text
from quizapp.ui.card_actions import undo_said
from quizapp.ui.card_titles import deck_title
from quizapp.ui.context import say_error
from quizapp.ui.demo.experiment import Experiment
from quizapp.ui.demo.find import find_demo
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.demo.record import record_prediction
from quizapp.ui.editor import edit_card
from quizapp.ui.examining import record_overruling
from quizapp.ui.screens.answering import AnsweringScreen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import Panes

# What keys do not do to the card while they go to its demo.
_OF_THE_CARD = (
    "reveal",
    "accept",
    "grade",
    "confide",
    "pick",
    "close",
    "none",
    "examine",
    "to_points",
    "move",
    "take_back",
    "write",
    "edit",
)

_LED_BACK_BY_SPACE = ("running", "finished")  # phases of an experiment


class SittingScreen(AnsweringScreen):
    """Space shows the answer, letters tick, 1 to 4 grade, x opens the experiment, u goes a step back.

    Before its answer no more is seen of a card's experiment than that there is one. A key opens it (`-demo-open`), on
    screens of any size; from then on it stands beside the card where there is room (`-beside`).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "demo", "keys.experiment", id="study.demo"),
        Binding("x", "too_early", "keys.experiment", show=False, id="study.too-early"),
        Binding("p", "first", "keys.predict", id="study.first"),
        Binding("u,ctrl+z", "undo", "keys.undo", key_display="u", id="study.undo"),
        Binding("u", "no_undo", "keys.undo", show=False, id="study.no-undo"),
        Binding("E", "edit", "keys.edit", id="study.edit"),
    ]

    def __init__(self, session: Sitting) -> None:
        super().__init__()
        self.session = session
        self.panel = DemoPanel()
        self._undone = ""  # what u took back, while its card is asked again

    def compose(self) -> ComposeResult:
        with Panes():
            yield self._view.sheet
            yield self.panel
        yield from self._view.fields
        yield self._bar
        yield KeyBar()

    def on_mount(self) -> None:
        self.confides = self.context.desk.settings.confidence
        self.watch(self.panel, "experiment", self._went_on, init=False)
        self.begin()

    # What each kind of sitting has of its own

    def how_far(self) -> Text:
        """How far one is in the sitting: it stands in the card's lower border."""
        raise NotImplementedError

    def card_state(self, card: Card) -> Text:
        """What stands in the card's border, at the right."""
        return Text()

    def passing(self) -> str:
        """What is said below a card that is asked."""
        return self._undone

    def first_key(self) -> str:
        """The key by which the card's experiment is predicted before its answer, where it may be."""
        return ""

    def more(self, card: Card) -> tuple[Block, ...]:
        """What the answer ends with."""
        return ()

    def begin(self) -> None:
        """The first card."""
        self.show_card()

    def finish(self) -> None:
        """Nothing is left, or the user goes."""
        raise NotImplementedError

    # What is on the screen

    @property
    def card(self) -> Card | None:
        return self.session.card

    @property
    def answer(self) -> Answer | None:
        return self.session.answer

    @property
    def revealed(self) -> bool:
        return self.session.revealed

    def language_changed(self) -> None:
        self.draw()
        self.panel.redraw()

    def settings_changed(self) -> None:
        self.confides = self.context.desk.settings.confidence
        if isinstance(self.session, Session):
            self.session.settings = self.context.desk.settings
        self.language_changed()

    def library_changed(self, was: Library) -> None:
        """The card as it is written now, with its state."""
        sheet, scrolled = self._view.sheet, self._view.sheet.scroll_y
        self._view.keep()
        self.session.renew(self.context.desk.library, was, local_now())
        card, answer = self.card, self.answer
        if card is None or answer is None:
            return
        self._view.renew(answer)
        self.renew_demo(card)
        self.draw()
        sheet.scroll_to(y=scrolled, animate=False)

    def show_card(self) -> None:
        """Show the sitting's card, or its end."""
        card, answer = self.card, self.answer
        if card is None or answer is None:
            self.finish()
            return
        self.show_demo(card)
        self._said = self._undone = ""
        self._view.begin(answer)
        self.draw()
        self.call_after_refresh(self._warm, answer)

    def _warm(self, answer: Answer) -> None:
        """Render the answer, and let the scheduler load, while the question is read."""
        if answer is self.answer:
            shown = self.context.shown
            front = (*answer.front(shown, revealed=True), *self.below(answer.card, revealed=True))
            self._view.sheet.warm(front, (*answer.back(shown), *self.more(answer.card)))
            self.context.desk.standings.preview(answer.card.key, local_now())

    def draw(self) -> None:
        card, session, language = self.card, self.session, self.context.language
        if card is None:
            return
        revealed, inside = session.revealed, self.panel.has_focus_within
        more = self.more(card) if revealed else ()
        below = self.below(card, revealed=revealed)
        self._view.draw(self.context.shown, language, revealed=revealed, below=below, more=more)
        key = self.context.key("answer.to-card", "Space")
        back = self._way_back(self.panel.experiment) if inside else ""
        said = text(back, language, key=key) if back else "" if inside else self._said
        if said and (inside or not revealed):  # what grades the card does not from its experiment
            self._bar.show(heading=said)
        else:
            now, desk = local_now(), self.context.desk
            waits = {
                grade: comes_back(card, outcome, desk.settings, now) for grade, outcome in session.outcomes.items()
            }
            self.draw_bar(waits, session.default, said or self.passing())
        self.draw_border()
        self.refresh_bindings()

    def below(self, card: Card, *, revealed: bool) -> tuple[Block, ...]:
        """Under the question, until the answer needs the room: that its numbers are others each time, and an experiment
        that may be predicted first."""
        if revealed:
            return ()
        key, language = self.first_key() if card.demo is not None else "", self.context.language
        said = [text("screens.study.fresh", language)] if redrawn(card) else []
        said += [text("screens.study.experiment_first", language, key=key)] if key else []
        return tuple(Block(one, "small") for one in said)

    def draw_border(self) -> None:
        if self.card is not None:
            sheet = self._view.sheet
            sheet.frame(self.card_place(self.card), self.card_state(self.card))
            sheet.border_subtitle = self.how_far()

    def card_place(self, card: Card) -> str:
        """The title of the card's deck, and the card's level, if it has one and no experiment takes its room."""
        parts = [deck_title(card, self.context.desk.library, self.context.shown)]
        beside = self.has_class("-wide") and self.panel.has_class("-beside")
        parts += [text(f"ui.level.{card.level}", self.context.language)] if card.level and not beside else []
        return " · ".join(parts)

    # Bindings

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        inside, has_demo = self.panel.has_focus_within, self.card is not None and self.card.demo is not None
        if inside and action in _OF_THE_CARD:
            return False
        match action:
            case "demo":
                return has_demo and self.revealed and not inside
            case "too_early":
                return has_demo and not self.revealed and not inside
            case "to_card":
                return inside and self.panel.experiment.phase in _LED_BACK_BY_SPACE
            case "first":
                return False  # but in a session
            case "accept":
                return self.revealed and self.session.default is not None
            case "to_points":
                return self.revealed and self.session.default is None
        return super().check_action(action, parameters)

    def action_reveal(self) -> None:
        if self.asks_again():
            return
        self.session.reveal(local_now())
        self._unveil()
        self.draw()

    def on_key(self, event: events.Key) -> None:
        """A grade before the answer, which nothing else takes: the answer comes first."""
        ids = {f"answer.{grade}": (str(i),) for i, grade in enumerate(GRADES, 1)}
        keys = [key for id, usual in ids.items() for key in self.context.keys.get(id, usual)]
        if event.key in keys and self.answer is not None and not (self.revealed or self.panel.has_focus_within):
            first, last = self.grade_keys[0], self.grade_keys[-1]
            self._said = text("screens.study.answer_first", self.context.language, first=first, last=last)
            self.draw()

    def action_accept(self) -> None:
        if (grade := self.session.default) is not None:
            self.action_grade(grade)

    def action_grade(self, grade: Grade) -> None:
        against = self._view.examination.overruling(self.answer) if self.answer is not None else None
        try:
            self.session.grade(grade, local_now())
        except Stale:
            self.session.reveal(local_now())
            self.draw()
            said = "screens.study.graded_elsewhere"
            self.notify(text(said, self.context.language), markup=False)
        except OSError as error:
            say_error(self, error)
        else:
            record_overruling(self, against)
            self.show_card()

    def action_edit(self) -> None:
        """The card in the user's editor."""
        if self.card is not None:
            edit_card(self, self.card)

    def action_no_undo(self) -> None:
        self.notify(text("screens.study.no_undo", self.context.language), markup=False)

    def action_undo(self) -> None:
        answer = self.answer
        try:
            undone = self.session.undo(local_now())
        except (OSError, CannotUndo) as error:
            say_error(self, error)
            return
        if undone is None:
            return
        if self.answer is not answer:
            self.show_card()
        what = undone.what if isinstance(undone, Changed) else undone.grade
        said = undo_said(what, self.context.language, ticked=bool(self.session.ticks) and not self.revealed)
        if self.revealed:  # the grades stand below
            self.notify(said, timeout=3, markup=False)
        self._undone = said
        self.draw()

    # The demo

    def show_demo(self, card: Card) -> None:
        """Read the demo of a card that is asked; it is not seen yet."""
        self.panel.remove_class("-beside")
        self.remove_class("-demo-open")
        if card.demo is None:
            self.panel.stop()
        else:
            self.panel.look_up(partial(find_demo, self.context.desk, card))

    def renew_demo(self, card: Card) -> None:
        """The card was written anew while it is in hand."""
        if card.demo is None:
            self.show_demo(card)
        else:
            self.panel.look_up(partial(find_demo, self.context.desk, card), renew=True)
            self._unveil()

    def _unveil(self) -> None:
        """Once the card is answered all of its demo may be seen, where it was opened."""
        if self.revealed and self.card is not None and self.card.demo is not None and self.panel.experiment.veiled:
            self.panel.unveil()

    def action_demo(self) -> None:
        """Open the demo, and begin: predict, else run. Where there is room it stays beside the card."""
        self.panel.add_class("-beside")
        self.add_class("-demo-open")
        self.panel.begin()

    def action_too_early(self) -> None:
        key, language = self.first_key(), self.context.language
        first = text("screens.study.predict_first", language, key=key)
        self._said = first if key else text("screens.study.too_early", language)
        self.draw()

    def leave(self) -> None:
        """Out of the demo, then out of the sitting."""
        self.leave_demo() if self.panel.has_focus_within else self.finish()

    def _way_back(self, now: Experiment) -> str:
        """What is said of the keys that lead back from it; "" where it says so itself."""
        if now.phase not in _LED_BACK_BY_SPACE:
            return "screens.study.leads_back"
        told = not self.revealed and now.phase == "finished" and now.runs
        return "" if told else "screens.study.both_lead_back"

    def _went_on(self, was: Experiment, now: Experiment) -> None:
        """From its first run on another key leads back too."""
        if self.panel.has_focus_within and self._way_back(was) != self._way_back(now):
            self.draw()

    def action_to_card(self) -> None:
        """It runs, or was measured: back to what the card wants."""
        self.leave_demo()

    def leave_demo(self) -> None:
        """Back to the card."""
        self.remove_class("-demo-open")
        self._view.focus()

    @on(DemoPanel.Predicted)
    def _predicted(self, event: DemoPanel.Predicted) -> None:
        record_prediction(self, event.prediction)
