"""A card's side: one widget that draws cached lines; its text can be selected, its points ticked."""

from collections.abc import Collection, Sequence
from itertools import islice
from typing import ClassVar

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from quizapp.cards.card import Card
from quizapp.cards.formula_text import has_formulas
from quizapp.cards.sheet import Block
from quizapp.ui.look import code_theme
from quizapp.ui.panel import Panel
from quizapp.ui.widgets.markdown_console import markdown_console, on_pane
from quizapp.ui.widgets.panels import PROSE
from quizapp.ui.widgets.sheet_bounds import bounded
from quizapp.ui.widgets.sheet_lines import (
    HEARD,
    PICKED,
    SIGNS,
    Rendered,
    SheetLine,
    answer_top,
    follows_close,
    highlighted,
    with_mark,
)
from quizapp.ui.wrap import WrappedMarkdown, WrappedText

_INDENTS = {"point": 7, "said": 7, "heard": 9, "choice": 5, "because": 5, "item": 6, "quote": 2, "remark": 2}  # cells


class SheetView(ScrollView, Panel, can_focus=True):
    """Shows blocks of Markdown, in the middle of what is wider. Lines are rendered once per block, width and theme, and
    then only drawn. The scroll bar has its place always, and is seen where something scrolls."""

    ALLOW_SELECT = True
    is_read = True
    has_formula = False  # on the side that is shown
    DEFAULT_CSS = """
    SheetView {
        height: 1fr;
        width: 1fr;
        background: $background;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .sheet--label {
            color: $text-accent;
            text-style: bold;
        }
        & > .sheet--small {
            color: $text-muted;
        }
        & > .sheet--right {
            color: $text-success;
            text-style: bold;
        }
        & > .sheet--wrong {
            color: $text-error;
            text-style: bold;
        }
        & > .sheet--partly {
            color: $text-warning;
            text-style: bold;
        }
        & > .sheet--code {
            color: $text-accent;
            text-style: bold;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"sheet--{name}" for name in ("label", "small", "right", "wrong", "partly", "code")
    }

    class Picked(Message):
        """A choice, item, point or what one may say was clicked."""

        def __init__(self, block: Block) -> None:
            self.block = block
            super().__init__()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._front: Sequence[Block] = ()
        self._back: Sequence[Block] = ()
        self._marked: Collection[tuple[str, int]] = frozenset()
        self._lines: list[SheetLine] = []
        self._top = 0  # where the side was shown from
        self._drawn: dict[int, Strip] = {}  # of `_lines`, by number
        self._ready: tuple[object, list[SheetLine], dict[int, Strip]] = None, [], {}  # a side that was laid out ahead
        self._cache: dict[tuple[Block, int, str, bool, bool], Rendered] = {}
        self._source = False  # formulas as they are written, until another card comes
        self._pen: Console | None = None
        self._looked_at = ""  # the picture or sound that was opened last

    @property
    def media(self) -> list[str]:
        """The names of the pictures and sounds that are shown, or of those that can be heard."""
        texts = [block.text for block in _of_card((*self._front, *self._back)) if "![" in block.text]
        if not texts:
            return []
        from quizapp.cards.media import media_in

        return media_in(texts)

    def open_next(self, card: Card) -> None:
        """Open the picture or sound that comes next of those of `card` that are shown."""
        from quizapp.ui.viewer import open_media

        if names := self.media:
            at = (names.index(self._looked_at) + 1) % len(names) if self._looked_at in names else 0
            self._looked_at = names[at]
            open_media(self, card, names, at)

    def show(
        self, front: Sequence[Block], back: Sequence[Block] = (), marked: Collection[tuple[str, int]] = ()
    ) -> None:
        """Draw `front`, and below a rule `back`. `marked`: choices, items and points to mark, by kind and index. What
        an examiner says stays in view as it grows, unless one scrolls."""
        own, was = _of_card(back), _of_card(self._back)
        turned = (front[:1], own) != (self._front[:1], was)  # an item that moves turns nothing
        if len(back) > len(own):
            turned = turned or len(was) == len(self._back) or self.scroll_target_y == self._top
        self._looked_at = self._looked_at if front[:1] == self._front[:1] else ""
        self._source = self._source and front[:1] == self._front[:1]
        self._front, self._back, self._marked = front, back, frozenset(marked)
        if self.has_formula != any(has_formulas(block.text) for block in _of_card((*front, *back))):
            self.has_formula = not self.has_formula
            self.screen.refresh_bindings()
        self._layout(turned=turned)

    def turn_formulas(self) -> None:
        """Show the LaTeX of the formulas, or their drawing again."""
        self._source = not self._source
        self._layout()

    def see(self, kind: str, index: int) -> None:
        """Scroll so that a block is in view; of points all of them, where they fit."""
        alike = [(y, line.block.index) for y, line in enumerate(self._lines) if line.block and line.block.kind == kind]
        lines = [y for y, at in alike if at == index]
        if not lines:
            return
        if kind == "point" and alike[-1][0] - alike[0][0] < self.scrollable_content_region.height:
            lines = [y for y, _ in alike]
        self.scroll_to_region(Region(0, lines[0], 1, lines[-1] + 1 - lines[0]), animate=False)

    def warm(self, front: Sequence[Block], back: Sequence[Block]) -> None:
        """Lay out and draw a side now, so that showing it later only puts it on the screen."""
        if self._text_width > 0:
            lines = self._arranged(front, back, frozenset())
            style = self.rich_style
            top = answer_top(lines, self.size.height)
            below = min(len(lines), top + self.size.height)
            drawn = {y: self._drawn_line(lines[y], y, style) for y in range(top, below)}
            self._ready = (front, back, self.size, self.app.theme), lines, drawn

    def watch_theme(self) -> None:
        """The colours changed: render anew."""
        self._cache.clear()
        self._pen = None
        self._layout()

    # Layout

    def _layout(self, *, turned: bool = False) -> None:
        """Lay out the side; if it is `turned`, from where it is to be read."""
        if self._text_width <= 0:
            return
        key, lines, drawn = self._ready
        if self._marked or self._source or key != (self._front, self._back, self.size, self.app.theme):
            lines, drawn = self._arranged(self._front, self._back, self._marked), {}
        if len(self._cache) > 2000:
            self._cache.clear()
        self._lines, self._drawn = lines, drawn
        if turned:
            self._top = answer_top(lines, self.size.height) if self._back else 0
        self._grow(Size(self._text_width, max(len(lines), self._top and self._top + self.size.height)))
        if turned:
            self.scroll_to(0, self._top, animate=False)
        self.refresh()

    def _grow(self, size: Size) -> None:
        """There are so many lines now. Set without a layout of the screen, which would be a second paint of the same:
        the scroll bar always stands there, so nothing moves. Unless it is to be as high as they are."""
        if size.height != self.virtual_size.height and self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=True)
        self.set_reactive(SheetView.virtual_size, size)
        self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def _arranged(
        self, front: Sequence[Block], back: Sequence[Block], marked: Collection[tuple[str, int]]
    ) -> list[SheetLine]:
        """The lines of a side."""
        lines: list[SheetLine] = []
        blocks = bounded([*front, *back])
        for block, plain in islice(blocks, len(front)):
            lines += self._placed(block, lines, marked, plain=plain)
        if back:
            width = self._text_width
            rule = Segment("─" * width, self.get_component_rich_style("sheet--small"))
            lines += [SheetLine(Strip([], 0), "", None), SheetLine(Strip([rule], width), rule.text, None)]
            for block, plain in blocks:
                lines += self._placed(block, lines, marked, plain=plain)
        return lines

    @property
    def _text_width(self) -> int:
        return min(PROSE, self.scrollable_content_region.width - 2)

    @property
    def _margin(self) -> int:
        """Cells at the left of the text."""
        return max(1, (self.scrollable_content_region.width - self._text_width) // 2)

    def _placed(
        self, block: Block, above: Sequence[SheetLine], marked: Collection[tuple[str, int]], *, plain: bool
    ) -> list[SheetLine]:
        """The block's lines, with a blank one before them unless they belong to the block above."""
        lines = [] if follows_close(block, above) else [SheetLine(Strip([], 0), "", None)]
        is_marked, style = (block.kind, block.index) in marked, self.get_component_rich_style
        for segments in with_mark(block, self._rendered(block, plain), is_marked, self._text_width, style):
            strip = Strip(segments)
            lines.append(SheetLine(strip, strip.text, block))
        return lines

    # Rendering

    def _rendered(self, block: Block, plain: bool) -> Rendered:
        width = self._text_width - _INDENTS.get(block.kind, 0)
        source = self._source != self.app.has_class("-ascii")  # in which nothing can be drawn
        key = (block, width, self.app.theme, plain, source)
        if key not in self._cache:
            self._cache[key] = self._render_block(block, max(width, 8), plain, source)
        return self._cache[key]

    def _render_block(self, block: Block, width: int, plain: bool, source: bool) -> Rendered:
        if self._pen is None:
            self._pen = markdown_console(self.get_component_rich_style, PROSE)
        console = self._pen
        match block.kind:
            case "label":
                content: Text | WrappedMarkdown = WrappedText(block.text, self.get_component_rich_style("sheet--label"))
            case "heard" | "remark":
                style = self.get_component_rich_style("sheet--small") if block.sign in "·…" else Style()
                content = WrappedText(block.text, style)
            case "small":
                content = WrappedText(block.text.replace("  \n", "\n"), self.get_component_rich_style("sheet--small"))
            case "verdict":
                style = self.get_component_rich_style("sheet--right" if block.right else "sheet--wrong")
                sign = "≈" if block.right is None else SIGNS[block.right]
                content = WrappedText(f"{sign} {block.text}", style if block.right is not None else Style(bold=True))
            case kind if plain:
                content = WrappedText(block.text, Style(bold=kind == "question"))
            case kind:
                theme = code_theme(self.app.current_theme)
                style = Style(bold=kind == "question" or None)
                if kind == "because":
                    style = self.get_component_rich_style("sheet--small")
                content = WrappedMarkdown(block.text, width, source=source, code_theme=theme, style=style)
        return on_pane(console.render_lines(content, console.options.update_width(width), pad=False))

    # Drawing

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.size.width
        if y >= len(self._lines):
            if -1 not in self._drawn:  # the blank line below the last one
                self._drawn[-1] = Strip.blank(width, self.rich_style)
            return self._drawn[-1]
        selection = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        if span is not None:
            line = self._lines[y]
            style = self.screen.get_component_rich_style("screen--selection")
            return self._drawn_line(line._replace(strip=highlighted(line.strip, span, style)), y, self.rich_style)
        if y not in self._drawn:
            self._drawn[y] = self._drawn_line(self._lines[y], y, self.rich_style)
        return self._drawn[y]

    def _drawn_line(self, line: SheetLine, y: int, style: Style) -> Strip:
        """A line as it goes to the screen: in its place, `y` known to the selection, the pane's colours."""
        width = self.size.width
        strip = Strip.join([Strip.blank(self._margin), line.strip.apply_offsets(0, y)])
        return strip.extend_cell_length(width).apply_style(style).crop(0, width)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return selection.extract("\n".join(line.text for line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    # Events

    def on_resize(self) -> None:
        self._layout(turned=bool(self._back) and self.scroll_target_y == self._top)  # else one scrolled since

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self.watch_theme())

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        y = place.y + self.scroll_offset.y if place is not None else len(self._lines)
        block = self._lines[y].block if y < len(self._lines) else None
        if block is not None and block.kind in PICKED:
            self.post_message(self.Picked(block))


def _of_card(blocks: Sequence[Block]) -> list[Block]:
    """Those that the card's deck wrote, or its user."""
    return [block for block in blocks if block.kind not in HEARD]
