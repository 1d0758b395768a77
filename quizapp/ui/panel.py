"""A region of the screen: a thin border with a title at the left, a state at the right and a key below."""

import re

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_GAP = re.compile(" {3,}")
_LEAST_TITLE = 10  # cells of a title that a long state leaves


class Panel(Widget):
    """What is a panel besides what else it is: its border says whether the keys go there (`.panel` in app.tcss).

    It is a last base: Textual takes a widget's style from the first.
    """

    DEFAULT_CLASSES = "panel"  # from the start: a border that came later would move what is in it
    state = Text()  # at the right of the upper border
    is_read = False  # from its first line on, when it gets the screen

    def frame(self, title: str, state: str | Text = "", key: str = "") -> None:
        """Set what stands in the border: all of it plain text, whatever a deck says. `key` brings one there."""
        self.add_class("panel")
        self.border_title = Content(" ".join(title.split()))
        self.border_subtitle = Content(key)
        self.show_state(state)

    def show_state(self, state: str | Text) -> None:
        """Another state; nothing but the border's upper line is painted anew."""
        state = Text().append(state, "dim") if isinstance(state, str) else state
        if state != self.state or state.spans != self.state.spans:
            self.state = state
            self.refresh(Region(0, 0, self.outer_size.width, 1).translate(-self.content_offset))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual has room for one title in a border; the state is laid over its end."""
        strips = super().render_lines(crop)
        if crop.y == 0 and self.state and strips:
            width = self.outer_size.width
            border = strips[0] if crop.width == width else super().render_lines(Region(0, 0, width, 1))[0]
            strips[0] = self._with_state(border).crop(crop.x, crop.right)
        return strips

    def _with_state(self, border: Strip) -> Strip:
        """The border's upper line with the state before its corner, a blank at both sides; what is too long is cut."""
        width, title = border.cell_length, self._border_title.cell_length if self._border_title else 0
        state = self.state.copy()
        state.truncate(max(0, width - 6 - min(title, _LEAST_TITLE)), overflow="ellipsis")
        start = width - 3 - state.cell_len
        over = 3 < start < 3 + title  # corner, line and blank stand before the title
        words = Strip(Text.assemble("…" if over else "", " ", state, " ").render(self.app.console, end=""))
        behind = self.background_colors[0]  # a border stands on what is behind the panel
        words = words.apply_style(Style(color=self.rich_style.color, bgcolor=behind.rich_color))
        for line_filter in self.get_line_filters():  # which the border has gone through already
            words = words.apply_filter(line_filter, behind)
        pieces, done = [border.crop(0, start - over)], 0
        for gap in _GAP.finditer(words.text):  # the line goes on between what stands apart
            begin = cell_len(words.text[: gap.start() + (gap.start() > 0)])
            end = cell_len(words.text[: gap.end() - 1])
            line = border.crop(1, 2)  # where no title is
            pieces += [words.crop(done, begin), *[line] * (end - begin)]
            done = end
        return Strip.join([*pieces, words.crop(done), border.crop(width - 1, width)])
