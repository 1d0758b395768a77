"""What is drawn on: so many cells, in ASCII or not, for a reader of one language; and lines of text on it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from quizapp.draw.names import NO_LABELS, Labels
from quizapp.words import Language

if TYPE_CHECKING:
    from rich.text import Text

STYLES = ("cyan", "magenta", "green", "yellow", "blue", "red", "bright_cyan", "bright_magenta")
LEAST_WIDTH, LEAST_HEIGHT = 20, 4


class Paper(Struct, frozen=True):
    """At most `height` lines of at most `width` cells. On less than 20 x 4 it is drawn as on 20 x 4."""

    width: int
    height: int = LEAST_HEIGHT
    ascii: bool = False
    language: Language = "en"
    labels: Labels = NO_LABELS  # what names are called on it
    signs: Mapping[str, int] = {}  # which marker and colour a line has, by its words; else they are given in order

    def enough(self) -> "Paper":
        """This paper, no smaller than anything can be drawn on."""
        return replace(self, width=max(self.width, LEAST_WIDTH), height=max(self.height, LEAST_HEIGHT))

    def sign(self, unicode: str, ascii: str) -> str:
        """A sign, as it is on this paper."""
        return ascii if self.ascii else unicode

    def line(self, text: str = "", style: str = "") -> "Text":
        """A line of text, cut to the width; what is appended to it has its own style."""
        from rich.text import Text

        return Text(no_wrap=True).append(shortened(text, self.width), style)


def shortened(text: str, cells: int, end: str = "~") -> str:
    """`text` in at most `cells` cells; what is cut ends in `end`, a character that is a cell wide."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + end if cells > 0 else ""


def fitted(text: str, cells: int, end: str = "~") -> str:
    """Exactly `cells` cells: `text`, cut or with blanks after it."""
    from rich.cells import set_cell_size

    return set_cell_size(shortened(text, cells, end), cells)


def at_right_of(text: str, cells: int) -> str:
    """`text` at the right of `cells` cells, cut if it is longer."""
    from rich.cells import cell_len

    text = shortened(text, cells)
    return " " * (cells - cell_len(text)) + text
