"""What stands in the way of a run: what is to be read before a yes, or the prediction that is asked, and its field."""

from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer, Vertical
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from quizapp.cards.card import Predict
from quizapp.cards.sheet import LETTERS
from quizapp.lab.run import torch_hint
from quizapp.texts import tell, text
from quizapp.ui.context import context
from quizapp.ui.demo.consent import consent_text
from quizapp.ui.demo.experiment import Experiment
from quizapp.ui.widgets.line import Line
from quizapp.words import Language, Shown, read


class Choices(OptionList):
    """As high as they are: where not all are in view, what is around them scrolls."""

    DEFAULT_CSS = """
    Choices > .option-list--option {
        padding: 0 1;
    }
    """

    def scroll_to_region(self, region: Region, **options: Any) -> Offset:
        around = self.query_ancestor(ScrollableContainer)
        place = self.content_region.offset - around.scrollable_content_region.offset + around.scroll_offset
        return around.scroll_to_region(region.translate(place), **options)


class NumberLine(Line):
    """Where one types the number that one predicts."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "keys.predict", id="demo.predict-number")]


class Question(Vertical):
    """The sentence, and the choices or the line for a number while a prediction is asked."""

    DEFAULT_CSS = """
    Question {
        & > Static {
            height: auto;
        }
        & > Choices {
            margin: 1 0 0 0;
            max-height: 200;  /* all of it */
            padding: 0;
            background: $background;
            &, &:focus {
                border: none;
                background-tint: transparent;
            }
        }
        & > NumberLine {
            margin: 1 0 0 0;
            width: 24;
            padding: 0 1;
            background: $background;
            border: round $border-blurred;
            &:focus {
                border: round $border;
                background-tint: transparent;
            }
        }
    }
    """

    class Guessed(Message):
        """A prediction was made for `ask`: a choice's index, or a number."""

        def __init__(self, ask: Predict, guess: float) -> None:
            self.ask, self.guess = ask, guess
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._line, self._said = Static(markup=False), Text()
        self._choices = Choices(markup=False)
        self._number = NumberLine(type="number", placeholder="0.0")
        self._ask: Predict | None = None  # that the fields are for
        self._listed: tuple[Any, ...] = ()  # what the choices show

    def compose(self) -> ComposeResult:
        yield self._line
        yield self._choices
        yield self._number

    def show(self, now: Experiment) -> None:
        """Say what holds, and open the field that is due."""
        of = context(self)
        line = question_text(now, of.key("demo.allow", "y"), of.language, of.shown)
        if line != self._said:  # else nothing need be laid out anew
            self._said = line
            self._line.update(line)
        self.display = bool(line)
        self._ask = now.demo.ask if now.phase == "asking" else None
        choices = self._ask.choices if self._ask else ()
        if choices and (choices, of.shown) != self._listed:
            self._listed = choices, of.shown
            lines = (f"{letter}  {read(c.text, of.shown, ' / ')}" for letter, c in zip(LETTERS, choices, strict=False))
            self._choices.set_options(Text(line) for line in lines)
        self._choices.display = bool(choices)
        self._number.display = self._ask is not None and not choices
        if not self._number.display:
            self._number.begin("")

    def focus_field(self) -> None:
        """Let the user choose, or type."""
        (self._choices if self._choices.display else self._number).focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._guess(event.option_index)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._guess(float(event.value))
        except ValueError:
            said = text("demo.ask.no_number", context(self).language)
            self.app.notify(said, severity="warning", markup=False)

    def _guess(self, guess: float) -> None:
        if self._ask is not None:
            self.post_message(self.Guessed(self._ask, guess))


def question_text(now: Experiment, key: str, language: Language, shown: Shown) -> Text:
    """What stands in the way of a run: reading it (`key` allows it), the lack of torch, the question; else nothing."""
    text, ask = Text(), now.demo.ask
    if now.phase == "untrusted" and now.script is not None:
        return consent_text(now.script, now.review, key, language)
    if now.lacks_torch:
        return text.append(torch_hint().says(language))
    if ask is None or now.phase != "asking":
        return text
    how = "demo.ask.choose" if ask.choices else "demo.ask.number"
    return text.append(read(ask.ask, shown), "bold").append("\n" + tell(how).says(language), "dim")
