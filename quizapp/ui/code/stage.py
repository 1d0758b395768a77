"""What is seen of a page: the editor and what came of it, lines to put in order, solutions beside each other, and what
is to be read before a yes."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from quizapp.texts import text
from quizapp.ui.code.compare import compared, solutions
from quizapp.ui.code.editor_field import CodeEditor
from quizapp.ui.code.line_order import LineOrder
from quizapp.ui.code.page import Page
from quizapp.ui.code.said import order_text, result_text
from quizapp.ui.context import context
from quizapp.ui.demo.consent import consent_text, source_parts
from quizapp.ui.demo.source_view import SourceView
from quizapp.ui.look import code_theme

_KEYS = {
    "submit": ("code.submit", "Ctrl+S"),
    "hint": ("code.hint", "H"),
    "name": ("code.name", "M"),
    "reveal": ("answer.reveal", "Space"),
    "take": ("code.take", "Space"),
    "end": ("list.end", "End"),
    "again": ("answer.again", "1"),
}


class CodeStage(Vertical):
    """Shows one state after another; of each only what is new."""

    DEFAULT_CSS = """
    CodeStage {
        height: 1fr;
        & > VerticalScroll {
            scrollbar-size: 0 1;
            scrollbar-background: $background;
            scrollbar-background-hover: $background;
            scrollbar-background-active: $background;
            & > Static {
                height: auto;
            }
        }
        & > #code-result {
            height: auto;
            max-height: 50%;
            border-top: solid $border-blurred;
        }
        & > #code-shown {
            height: 1fr;
            scrollbar-gutter: stable;
        }
        &.-untrusted > #code-shown {
            height: auto;
            max-height: 50%;
        }
        & > SourceView {
            height: 1fr;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.editor, self.order, self.source = CodeEditor(), LineOrder(), SourceView()
        self._said, self._compared = Static(markup=False), Static(markup=False)
        self._result = VerticalScroll(self._said, id="code-result", can_focus=False)
        self._shown = VerticalScroll(self._compared, id="code-shown", can_focus=False)
        self._now, self._text = Page(), Text()

    def compose(self) -> ComposeResult:
        yield self._shown
        yield self.editor
        yield self.order
        yield self.source
        yield self._result

    def in_hand(self, page: Page) -> Widget | None:
        """What the keys go into on this page; None where they are the card's."""
        known = {"writing": self.editor, "judging": self.editor, "ordering": self.order, "untrusted": self.source}
        return known.get(page.phase)

    @property
    def in_sight(self) -> VerticalScroll:
        """What scrolls by the keys of the card."""
        return self._shown if self._now.phase == "done" else self._result

    def show(self, now: Page) -> None:
        """Draw a page."""
        was, self._now = self._now, now
        self.editor.display = now.phase in ("writing", "judging")
        self.order.display = now.phase == "ordering"
        self.source.display = now.phase == "untrusted"
        self._shown.display = now.phase in ("done", "untrusted")
        self.set_class(now.phase == "untrusted", "-untrusted")
        self.set_class(now.phase == "ordering", "-ordering")
        if now.puzzle is not None and now.puzzle is not was.puzzle:
            self.order.lay(now.puzzle)
        here = context(self)
        said = result_text(now, here.shown, here.language, self.key_said)
        if now.phase == "ordering":
            said = order_text(now, here.language, self.key_said)
            self.call_after_refresh(self._say_where_the_bar_is)
        self._result.display = bool(said) and now.phase in ("absent", "writing", "judging", "ordering")
        if said != self._text or said.spans != self._text.spans:
            self._said.update(said, layout=said.plain != self._text.plain)
            self._text = said
        if (was.verdict, was.tried.hints, was.named) != (now.verdict, now.tried.hints, now.named):
            self._result.scroll_home(animate=False)
        self._draw_shown()

    def _say_where_the_bar_is(self) -> None:
        """On the line that the list ends with, where the bar is further down."""
        seen = self._now.phase != "ordering" or self.order.bar_in_sight
        self._result.border_title = None if seen else f" {text('code.bar_below', context(self).language)} "

    def on_mount(self) -> None:
        self.show(self._now)

    def on_resize(self) -> None:
        self._draw_shown()

    def _draw_shown(self) -> None:
        here, theme, now = context(self), code_theme(self.app.current_theme), self._now
        if now.phase == "done":
            columns = solutions(now, here.shown, here.language)
            self._compared.update(compared(columns, max(20, self.size.width - 2), theme))
        elif now.phase == "untrusted" and now.exercise is not None:
            key = here.key("code.allow", "y")
            asked = Text(text("code.reads_solution", here.language), "bold").append("\n")
            said = consent_text(now.exercise.script, now.review, key, here.language)
            self._compared.update(asked.append_text(said))
            self.source.show(source_parts(now.review, here.language) if now.review else [], theme)

    def key_said(self, action: str) -> str:
        """The key of an action, behind Esc where it would be typed."""
        id, usual = _KEYS[action]
        key = context(self).key(id, usual)
        hand = self.in_hand(self._now)
        typed = hand is self.editor and hand.has_focus and (len(key) == 1 or action == "reveal")
        return f"Esc {key}" if typed else key
