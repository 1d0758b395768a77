"""The first-run tour: five steps on a real card, which is graded like any other, and its demo, which is really run."""

from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from quizapp.cards.card import Card
from quizapp.lab.run import torch_hint
from quizapp.memory.schedule import Grade
from quizapp.study.session import Session
from quizapp.texts import span, tell, text
from quizapp.ui import preferences
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.widgets.panels import ProsePanel

THINK, TICK, DEMO, GRADE, END = range(1, 6)


class _Coach(Static, ProsePanel):
    """What to do next."""


class TourScreen(StudyScreen):
    """What is done moves the tour on; n does too. Esc ends it."""

    DEFAULT_CSS = """
    TourScreen {
        #coach {
            height: auto;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("N", "next", "keys.next_step", id="tour.next")]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._coach = _Coach(id="coach", markup=False)
        self._step = THINK

    def compose(self) -> ComposeResult:
        yield self._coach
        yield from super().compose()

    # What is on the screen

    def draw(self) -> None:
        if self._step < END:
            super().draw()
        else:  # the card that was graded stays, with nothing to do to it any more
            language = self.context.language
            self._view.draw(self.context.shown, language, revealed=True)
            self._bar.show(f"Enter  {text('keys.home', language)}")
            self.draw_border()
            self.refresh_bindings()
        self._draw_coach()

    def draw_border(self) -> None:
        if self._step < END:
            super().draw_border()
        else:
            self._view.sheet.frame(self.card_place(self.session.done[-1].card))

    def card_state(self, card: Card) -> Text:
        return super().card_state(card) if self._step < END else Text()

    def _draw_coach(self) -> None:
        language = self.context.language
        step = tell("screens.tour.step", step=self._step, of=END).says(language)
        self._coach.frame(tell("screens.tour.title").says(language), step)
        text = Text()
        if self._step == END and self.session.done:
            done = self.session.done[-1]
            saved = tell("screens.tour.saved", wait=span(done.outcome.interval_s)).says(language)
            text.append(saved + " ")
        text.append(tell(f"screens.tour.{self._step}").says(language))
        if self._step == DEMO and self.panel.experiment.lacks_torch:
            text.append(f" {torch_hint().says(language)}")
        text.append(f"  {tell('screens.tour.ends').says(language)}", "dim")
        self._coach.update(text)

    def _go(self, step: int) -> None:
        """On to `step`, or past it if this card has nothing for it."""
        card = self.card
        if step == TICK and card is not None and not card.points:
            step = DEMO
        if step == DEMO and (card is None or card.demo is None or self.panel.experiment.prediction is not None):
            step = GRADE
        self._step = step
        self._draw_coach()

    def show_card(self) -> None:
        if not self.session.done:
            self._step = min(self._step, GRADE)
            super().show_card()
            return
        self._step = END
        self.remove_class("-demo-open")
        self.draw()

    def finish(self) -> None:
        preferences.change(self, "tour", "done")
        self.dismiss()

    # What is done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self._step == END:
            return action in ("undo", "back")
        if action == "edit":
            return False
        return super().check_action(action, parameters)

    def action_next(self) -> None:
        """The next step without doing this one; only the grade is the user's own to give."""
        if self._step == THINK:
            self.action_reveal()
        elif self._step < GRADE:
            self._go(self._step + 1)

    def key_enter(self, event: events.Key) -> None:
        if self._step == END:
            event.stop()  # it is not for the home screen
            self.finish()

    key_space = key_enter

    def action_reveal(self) -> None:
        if self._step == END:  # a click on the bar
            self.finish()
            return
        super().action_reveal()
        if self._step == THINK:
            self._go(TICK)

    def action_pick(self, place: int) -> None:
        super().action_pick(place)
        if self._step == TICK and self.session.ticks:
            self._go(DEMO)

    def action_grade(self, grade: Grade) -> None:
        if self._step < END:
            super().action_grade(grade)

    def action_undo(self) -> None:
        ended = self._step == END
        super().action_undo()
        if ended and not self.session.done:
            self._step = GRADE
            self.action_reveal()

    @on(DemoPanel.Predicted)
    def _ran(self) -> None:
        if self._step > THINK:  # else it was predicted before the answer
            self._go(max(self._step, GRADE))

    def leave(self) -> None:
        if self._step == DEMO and self.has_class("-demo-open"):
            self._go(GRADE)
        super().leave()
