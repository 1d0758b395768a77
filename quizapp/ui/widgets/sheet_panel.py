"""A page of Markdown in a border."""

from quizapp.ui.panel import Panel
from quizapp.ui.widgets.sheet_view import SheetView


class SheetPanel(SheetView, Panel):
    """A sheet to read: what it is stands at the left of the border, how it is with it at the right."""
