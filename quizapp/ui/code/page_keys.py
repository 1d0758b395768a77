"""The keys of a page on which code is written, and what they do to it without a run."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import var
from textual.widget import Widget

from quizapp.texts import text
from quizapp.ui.code.page import Page
from quizapp.ui.code.stage import CodeStage
from quizapp.ui.context import context
from quizapp.ui.widgets.sheet_view import SheetView


class PageKeys(Vertical):
    """A page and where it is drawn. Whoever is one submits it."""

    BINDINGS: ClassVar[list[BindingType]] = [  # the screen has the letters too, for when the card has the keys
        Binding("enter", "write", "keys.write_code", id="code.write"),
        Binding("M", "name", "keys.name_mistake", id="code.name"),
        Binding("H", "hint", "keys.hint", id="code.hint"),
        Binding("H", "no_hint", "keys.hint", show=False, id="code.no-hint"),
        Binding("C", "compare", "keys.compare", id="code.compare"),
        Binding("space", "reference", "keys.reference", key_display="space", id="code.reference"),
        Binding("ctrl+s,ctrl+enter,ctrl+j", "submit", "keys.submit", id="code.submit"),  # ^J: what terminals make of it
        Binding("y", "allow", "keys.allow", id="code.allow"),
        Binding("space,enter", "order", "keys.to_lines", key_display="space", id="code.order"),
        Binding("tab", "app.focus_previous", "keys.switch_pane", show=False, id="code.next-pane"),
        Binding("up", "scroll(-1)", "keys.scroll", key_display="↑↓", id="code.up"),
        Binding("down", "scroll(1)", "keys.scroll", show=False, id="code.down"),
        Binding("pageup", "page(-1)", "keys.page_up", show=False, id="code.page-up"),
        Binding("pagedown", "page(1)", "keys.page_down", show=False, id="code.page-down"),
    ]

    page: var[Page] = var(Page, init=False)

    def __init__(self) -> None:
        super().__init__()
        self.stage = CodeStage()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.page.may(action)

    def action_hint(self) -> None:
        self.page = self.page.hint()

    def action_no_hint(self) -> None:
        """There is none, or none more."""
        said = "code.no_more_hints" if self.page.tried.hints else "code.no_hint"
        self.notify(text(said, context(self).language), timeout=3, markup=False)

    def action_name(self) -> None:
        self.page = self.page.name()

    async def action_reference(self) -> None:
        """As on the card: its answer."""
        await self.run_action("screen.reveal")

    def action_compare(self) -> None:
        self.page = self.page.compare()

    @property
    def _scrolls(self) -> Widget:
        """What came of the code, where it is longer than its room; else the task."""
        inside = self.stage.in_sight
        return inside if inside.display and inside.max_scroll_y else self.screen.query_one(SheetView)

    def action_scroll(self, step: int) -> None:
        self._scrolls.scroll_relative(y=step, animate=False)

    def action_page(self, step: int) -> None:
        self.action_scroll(step * max(1, self._scrolls.scrollable_content_region.height - 1))
