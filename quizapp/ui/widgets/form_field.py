"""Where text is typed in the form for a new card: below its label, and what is wrong with it below that."""

from itertools import zip_longest

from rich.text import Text
from textual import on
from textual.events import DescendantBlur, DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from quizapp.cards.draft import TRANSLATED
from quizapp.texts import text
from quizapp.ui.widgets.form import labelled
from quizapp.ui.widgets.line import Line
from quizapp.words import Language

_SINGLE = ("value", "unit", "low", "high", "book", "question", "tags", "deck")  # fields of one line


class FormField(Widget):
    """A label, and where it is typed, in one language or two. That is made when it first shows: those of all types
    would take longer to open than anybody waits."""

    DEFAULT_CSS = """
    FormField {
        height: auto;
        width: 1fr;
        layout: vertical;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .-area, & > .wrong {
            width: 1fr;
            margin: 0 0 0 2;
        }
        & > .-area.-first {
            margin: 1 0 0 2;
        }
        & > .-area, & > .-area:focus {
            border: none;
            padding: 0 1;
            background: $panel;
        }
        & > Line {
            height: 1;
        }
        & > TextArea {
            height: auto;
            min-height: 2;
            max-height: 12;
        }
    }
    """

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field, self._label = field, ""
        self.display = False
        self.areas: list[Line | TextArea] = []
        self._said = Static(markup=False, classes="wrong")

    def _area(self, classes: str) -> Line | TextArea:
        if self.field in _SINGLE:
            return Line(classes=classes)
        return TextArea(highlight_cursor_line=False, classes=classes)

    def draw(self, language: Language, *, both: bool) -> None:
        """Show it, its name in the reader's language; two places to type with `both`."""
        both = both and self.field in TRANSLATED
        self.display = True
        while len(self.areas) < 1 + both:
            area = self._area("-area" if self.areas else "-area -first")
            self.mount(area, after=self.areas[-1] if self.areas else None)
            self.areas.append(area)
        name = text(f"screens.add_card.field.{self.field}", language)
        self._label = text("screens.add_card.in_both", language, field=name) if both else name
        for area in self.areas[1:]:
            area.display = both
        self.refresh()

    def render(self) -> Text:
        return labelled(self, self._label, here=self.has_focus_within)

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _mark(self) -> None:
        self.refresh()

    def say(self, wrong: str) -> None:
        """What is wrong with it, or ""."""
        self._said.update("\n".join(f"✗ {line}" for line in wrong.splitlines()))
        self._said.display = bool(wrong)
        if wrong and not self._said.is_attached:
            self.mount(self._said)

    @property
    def typed(self) -> dict[str, str]:
        """What stands there, by the names that a draft has for it."""
        names = (self.field, f"{self.field}.zh") if self.field in TRANSLATED else (self.field,)
        return dict(zip_longest(names, map(_content, self.areas), fillvalue=""))

    def begin(self, said: str) -> None:
        """Have `said` stand in it, as if nothing had been typed."""
        for area in self.areas:
            if isinstance(area, Input):
                area.begin(said)
            else:
                area.text = said

    def empty(self) -> None:
        self.begin("")


def _content(area: Line | TextArea) -> str:
    return area.value if isinstance(area, Input) else area.text
