"""The plain panels: of words, of words that scroll, of lines to choose from."""

from textual.containers import Container, VerticalScroll
from textual.widgets import OptionList, Static

from quizapp.ui.panel import Panel

PROSE = 84  # cells; longer lines are hard to read
AROUND = 5  # cells beside a line: the border, a cell of air at both sides, the scroll bar


class Panes(Container):
    """The panels of a screen: one below the other, or beside each other where it is wide."""

    SCOPED_CSS = False  # it stands as its screen's classes say
    DEFAULT_CSS = """
    Panes {
        height: 1fr;
        layout: vertical;
    }
    .-wide Panes {
        layout: horizontal;
    }
    /* What one types in stands right under the question. */
    .-typing Panes {
        height: auto;
    }
    """


class TextPanel(Static, Panel):
    """Words in a border, as high as they are."""

    DEFAULT_CSS = """
    TextPanel {
        height: auto;
    }
    """


class ScrollPanel(VerticalScroll, Panel):
    """What scrolls in a border; what is in it keeps away from the scroll bar. Prose stands in the middle."""

    is_read = True
    DEFAULT_CSS = """
    ScrollPanel {
        align-horizontal: center;
        & > Static {
            padding: 0 1;
            height: auto;
        }
        & > .prose {
            max-width: 86;
        }
    }
    """


class ProsePanel(Panel):
    """Its text stands in the middle of what is wider than one reads. A last base, as `Panel` is."""

    def on_resize(self) -> None:
        margin = max(1, (self.outer_size.width - 3 - PROSE) // 2)  # 3: the border, and a scroll bar
        if margin != self.styles.padding.left:
            self.styles.padding = (0, margin)


class ListPanel(OptionList, Panel):
    """Lines of which one is chosen."""

    DEFAULT_CSS = """
    ListPanel {
        scrollbar-gutter: stable;
        overflow-x: hidden;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option {
            padding: 0 1;
        }
    }
    """
