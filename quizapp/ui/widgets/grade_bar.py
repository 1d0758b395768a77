"""The four grades, each with when the card would come back; before the answer is shown, the one thing to do."""

from collections.abc import Mapping

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from quizapp.memory.schedule import GRADES, Grade, Outcome
from quizapp.ui.labels import label
from quizapp.words import Language, span


class GradeBar(Widget):
    """Four buttons, drawn as one widget; the one that space presses is marked."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """A grade was clicked; None: the answer was asked for."""

        def __init__(self, grade: Grade | None) -> None:
            self.grade = grade
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._outcomes: Mapping[Grade, Outcome] = {}
        self._marked: Grade | None = None

    def show(self, outcomes: Mapping[Grade, Outcome], marked: Grade) -> None:
        """Draw the buttons of `outcomes` (none: the one that reveals); space presses the one `marked`."""
        self._outcomes, self._marked = outcomes, marked
        self.refresh()

    def render(self) -> Text:
        language: Language = getattr(self.app, "spoken", "en")
        middle = self.size.height // 2
        text = Text("\n" * middle, no_wrap=True)
        if not self._outcomes:
            text.append(_centred(f"Space  {label('Show the answer', language)}", self.size.width), "bold")
            return text
        for number, grade in enumerate(GRADES, 1):
            outcome = self._outcomes[grade]
            mark = "*" if grade == self._marked else " "
            words = f"{mark}{number} {label(grade.capitalize(), language)}  {span(outcome.interval_s)} "
            style = "bold reverse" if grade == self._marked else "bold"
            start, end = self._columns(number - 1)
            text.append(_centred(words, end - start - 1), style).append(" ")
        return text

    def _columns(self, index: int) -> tuple[int, int]:
        return index * self.size.width // 4, (index + 1) * self.size.width // 4

    def on_click(self, event: events.Click) -> None:
        if not self._outcomes:
            self.post_message(self.Chosen(None))
            return
        index = next((i for i in range(4) if event.x < self._columns(i)[1]), 3)
        self.post_message(self.Chosen(GRADES[index]))


def _centred(text: str, width: int) -> str:
    left = max(0, width - cell_len(text)) // 2
    return " " * left + text + " " * max(0, width - cell_len(text) - left)
