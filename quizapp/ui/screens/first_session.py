"""The first session: real cards, graded like all others, and a line of advice where something new is met."""

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from quizapp.cards.card import Card, Choice, Cloze, Code, Numeric, Order
from quizapp.cards.sheet import Block
from quizapp.lab.run import torch_hint
from quizapp.memory.schedule import GRADES
from quizapp.study.first_session import FirstSession
from quizapp.study.queue import was_recalled
from quizapp.study.session import Graded
from quizapp.texts import Sentence, tell, text
from quizapp.ui import preferences, sittings
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.widgets.panels import PROSE

_ASKS = {Choice: "pick", Cloze: "type", Numeric: "type", Order: "order", Code: "code"}


class FirstSessionScreen(StudyScreen):
    """A study screen with a coach above the card, who says each thing once."""

    session: FirstSession
    DEFAULT_CSS = """
    FirstSessionScreen {
        #coach {
            display: none;
            height: auto;
            color: $accent;
        }
    }
    """

    def __init__(self, session: FirstSession) -> None:
        super().__init__(session)
        self._coach = Static(id="coach", markup=False)
        self._told: dict[str, str] = {}  # what the coach said, and at which card

    def compose(self) -> ComposeResult:
        yield self._coach
        yield from super().compose()

    def on_mount(self) -> None:
        self.watch(self.panel, "experiment", self._advise, init=False)  # whether it can run is known once it is read

    def back(self, last: Graded) -> Sentence:
        """Its time is not waited for where it comes once more in this session."""
        return tell("first.at_the_end") if last.card.key in self.session.coming else super().back(last)

    def below(self, card: Card, *, revealed: bool) -> tuple[Block, ...]:
        """Why a card comes once more before its time."""
        above = super().below(card, revealed=revealed)
        session = self.session
        if revealed or not session.again or card.key not in session.coming:
            return above
        day, rules = session.today(session.asked), session.standings.rules
        recalled = was_recalled(session.standings.of(card.key), day, rules)
        why = text("first.ends_with" if recalled else "first.was_again", self.context.language)
        return (Block(why, "small"), *above)

    def on_resize(self) -> None:
        self._advise()

    def draw(self) -> None:
        super().draw()
        self._advise()

    def _advise(self) -> None:
        card = self.card
        new = self._new(card) if card is not None else ""
        said = ""
        if card is not None and new and self._told.setdefault(new, card.key) == card.key:
            said = f"▸ {self._advice(new)}"
        margin = 2 if self.panel.has_class("-beside") else max(2, (self.size.width - PROSE) // 2 - 1)
        if self._coach.styles.padding.left != margin:  # it begins where the card's text does
            self._coach.styles.padding = (0, 2, 0, margin)
        if str(self._coach.content) != said:  # no layout per key
            self._coach.display = bool(said)
            self._coach.update(Text(said))

    def _new(self, card: Card) -> str:
        """What is new for the user here."""
        inside, predicted = self.panel.has_focus_within, self.panel.experiment.prediction is not None
        if self.revealed:
            judged = "unmarked" if self.session.default is None else "grade"
            return "" if inside else "tick" if card.points else judged
        if inside:
            return ""
        if self._cued and predicted and type(card) not in _ASKS:
            return "predicted"
        if self._view.writing_lines:
            return "typing"
        if self._cued and predicted and type(card) not in _ASKS:
            return "predicted"
        if self.session.predicts_first:
            return "torch" if self.panel.experiment.lacks_torch else "predict"
        return "again" if self.session.again else _ASKS.get(type(card), "think")

    def _advice(self, new: str) -> str:
        language = self.context.language
        if new == "torch":
            return torch_hint().says(language)
        keys = {
            "predict": ("study.first", "p"),
            "tick": ("answer.accept", "Space"),
            "grade": ("answer.accept", "Space"),
            "typing": ("answer.done", "Ctrl+S"),
        }
        of = keys.get(new, ("answer.reveal", "Space"))
        key = self.key_said(*of) if new == "predict" else self.context.key(*of)  # which a line would take as typed
        letters, none = self.letters_said, self.context.key("answer.no", "n")
        if new == "unmarked":
            letters = "–".join(self.grade_keys[:: len(GRADES) - 1])
        return text(f"first.{new}", language, key=key, letters=letters, none=none)

    @on(DemoPanel.Predicted)
    def _met(self) -> None:
        self._advise()

    def finish(self) -> None:
        preferences.change(self, "tour", "done")
        super().finish()

    def leave(self) -> None:
        """Out of the demo, then home."""
        if self.panel.has_focus_within:
            self.leave_demo()
        else:
            if not self.revealed:
                self._view.keep()
            sittings.leave_first(self, self.session)
