"""A field of the form for a new card: its name, where it is typed, and what is wrong with it."""

from itertools import zip_longest

from rich.text import Text
from textual.containers import Vertical
from textual.widgets import Input, Static, TextArea

from quizapp.cards.draft import TRANSLATED
from quizapp.texts import text
from quizapp.words import Language

_SINGLE = ("value", "unit", "low", "high", "book", "question", "tags")  # fields of one line


class FormField(Vertical):
    """A field of the form: its name, where it is typed (in one language or two), and what is wrong with it. They are
    made when it first shows: those of all types would take longer to open than anybody waits."""

    DEFAULT_CSS = """
    FormField {
        height: auto;
        margin: 1 1 0 0;
        width: 1fr;
        & .head {
            color: $text-muted;
        }
        & TextArea, & Input {
            height: auto;
            min-height: 1;
            max-height: 12;
            background: $surface;
        }
        & TextArea {
            min-height: 2;
        }
        & .second {
            margin: 1 0 0 0;
        }
    }
    """

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field
        self._head, self.wrong = Static(markup=False, classes="head"), Static(markup=False, classes="wrong")
        self.display = self.wrong.display = False
        self.areas: list[Input | TextArea] = []

    def _area(self) -> Input | TextArea:
        single = self.field in (*_SINGLE, "deck")
        return Input(compact=True) if single else TextArea(compact=True, highlight_cursor_line=False)

    def draw(self, language: Language, *, both: bool) -> None:
        """Show it, its name in the reader's language; two places to type with `both`."""
        both = both and self.field in TRANSLATED
        self.display = True
        if not self.areas:
            self.areas.append(self._area())
            self.mount(self._head, *self.areas, self.wrong)
        if both and len(self.areas) == 1:
            self.areas.append(self._area())
            self.mount(self.areas[1].add_class("second"), before=self.wrong)
        name = text(f"screens.add_card.field.{self.field}", language)
        self._head.update(text("screens.add_card.in_both", language, field=name) if both else name)
        for area in self.areas[1:]:
            area.display = both

    def say(self, wrong: str) -> None:
        """What is wrong with it, or ""."""
        self.wrong.update(Text(wrong))
        self.wrong.display = bool(wrong)

    @property
    def typed(self) -> dict[str, str]:
        """What stands there, by the names that a draft has for it."""
        names = (self.field, f"{self.field}.zh") if self.field in TRANSLATED else (self.field,)
        return dict(zip_longest(names, map(_content, self.areas), fillvalue=""))

    def empty(self) -> None:
        for area in self.areas:
            if isinstance(area, Input):
                area.value = ""
            else:
                area.text = ""


def _content(area: Input | TextArea) -> str:
    return area.value if isinstance(area, Input) else area.text
