"""The plain panels: of words, of words that scroll, of lines to choose from."""

from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from quizapp.ui.panel import Panel


class TextPanel(Static, Panel):
    """Words in a border, as high as they are."""

    DEFAULT_CSS = """
    TextPanel {
        height: auto;
    }
    """


class ScrollPanel(VerticalScroll, Panel):
    """What scrolls in a border; what is in it keeps away from the scroll bar. Prose stands in the middle."""

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
