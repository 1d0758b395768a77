"""A card and what is answered to it: the sheet, and a line or a few to type in."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Static, TextArea

from quizapp.cards.card import Cloze, Numeric
from quizapp.cards.sheet import Block
from quizapp.examiner.said import with_hearing
from quizapp.study.answer import Answer
from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.ui.examining import Examination
from quizapp.ui.widgets.line import Line
from quizapp.ui.widgets.panels import ProsePanel
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.words import Language, Shown, pasted


class _AnswerLine(Line, ProsePanel):
    """No answer starts with a space: while nothing is typed, space does there what it does on other cards. Nor can
    typing be undone before anything was typed: Ctrl+Z is left to the card."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "keys.done", id="answer.enter")]

    _typed_in = False

    def begin(self, value: str) -> None:
        super().begin(value)
        self._typed_in = False

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return (key != "space" or bool(self.value)) and super().check_consume_key(key, character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "undo_typing" or self._typed_in

    def watch_value(self, was: str, now: str) -> None:
        super().watch_value(was, now)
        self._typed_in = True
        if self.is_attached and bool(was) != bool(now):
            self.screen.refresh_bindings()


class _AnswerText(TextArea, ProsePanel):
    """A few lines; what is pasted into them holds nothing that a terminal would obey."""

    def on_resize(self) -> None:
        super().on_resize()  # before Textual breaks its lines, which takes the margins as they stand

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = pasted(event.text)


class AnswerView:
    """Gaps and numbers are typed in a line that has the focus; other answers in a few lines that `write` opens.

    The widgets stand in no other: one more to paint would slow every reveal. `changed` is called when an examiner said
    more of the answer.
    """

    def __init__(self, changed: Callable[[], object]) -> None:
        self.sheet = SheetView(classes="panel")
        self.examination = Examination(self.sheet, changed)
        self._line = _AnswerLine(id="answer-line", classes="panel", select_on_focus=False)
        self._text = _AnswerText(id="answer-text", classes="panel", soft_wrap=True, show_line_numbers=False)
        self._line.display = self._text.display = False
        self._below = Static(id="below-line")  # what the line leaves of the room
        self.fields = (self._line, self._text, self._below)
        self._answer: Answer | None = None

    def begin(self, answer: Answer) -> None:
        """Another card: what was typed before it goes away, what `answer` has typed shows."""
        self._answer = answer
        self.examination.forget()
        line = isinstance(answer.card, Cloze | Numeric)
        self._line.begin(answer.typed if line else "")
        self._line.display = line
        self._text.text = "" if line else answer.typed
        self._text.move_cursor(self._text.document.end)
        self._text.display = not line and bool(answer.typed)
        self._settle()
        self.focus()

    def focus(self) -> None:
        """To the card: to its line, where one answers in a line."""
        self.sheet.screen.set_focus(self._line if self._line.display else self.sheet)

    def renew(self, answer: Answer) -> None:
        """The card was written anew while it is answered: go on with `answer`, the cursor where it is."""
        self._answer = answer
        self.examination.renew(answer)

    def draw(
        self,
        shown: Shown,
        language: Language,
        *,
        revealed: bool,
        below: Sequence[Block] = (),
        more: Sequence[Block] = (),
    ) -> None:
        """Show the card as it stands, `below` under its question; once revealed the answer, and below that `more`."""
        answer = self._answer
        if answer is None:
            return
        if revealed:
            self.hide()
        else:
            title = text("screens.study.your_answer", language)
            self._line.frame(title)
            self._text.frame(title)
            self._line.placeholder = text("screens.study.type_here", language)
            self._settle()
        front = (*answer.front(shown, revealed=revealed), *below)
        marked = {(kind, i) for kind, i in answer.marked() if kind != "item" or not revealed}
        back = answer.back(shown) if revealed else ()
        if revealed and self.examination.hearing is not None:
            key = context(self.sheet).key("answer.examine", "X")
            back = with_hearing(back, self.examination.hearing, answer.ticks, language, key)
        self.sheet.show(front, (*back, *more) if revealed else (), marked)
        if not revealed and answer.held is not None:
            self.sheet.see("item", answer.held)

    def write(self) -> None:
        """To the place where an answer is typed."""
        if not self._line.display:
            self._text.display = True
            self._settle()
        self.sheet.screen.set_focus(self._line if self._line.display else self._text)

    def hide(self) -> None:
        """Nothing is typed, or no more."""
        self.leave()
        self._line.display = self._text.display = False
        self._settle()

    def _settle(self) -> None:
        """What one types in stands right under the question, unless its experiment stands beside it."""
        beside = self._answer is not None and self._answer.cued
        self.sheet.screen.set_class((self._line.display or self._text.display) and not beside, "-typing")
        self._below.display = self._line.display and not beside

    def keep(self) -> None:
        """Take what stands typed into the answer."""
        if self._answer is not None:
            self._answer.typed = self._line.value if self._line.display else self._text.text

    @property
    def writing(self) -> bool:
        return self.sheet.screen.focused in self.fields

    @property
    def writing_lines(self) -> bool:
        """Enter begins another line."""
        return self.sheet.screen.focused is self._text

    def leave(self) -> None:
        """Out of what is typed in, if one is there."""
        if self.writing:
            self.sheet.screen.set_focus(self.sheet)
