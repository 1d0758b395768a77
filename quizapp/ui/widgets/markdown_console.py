"""What renders a card's Markdown in the colours of its sheet, and the lines that come of it."""

import io
from collections.abc import Callable

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.theme import Theme


def markdown_console(style: Callable[[str], Style], width: int) -> Console:
    """A console of `width` cells that prints nowhere; `style` gives the styles of the sheet's component classes."""
    code, accent, small = style("sheet--code"), style("sheet--label"), style("sheet--small")
    styles = {"markdown.code": code, "markdown.item.bullet": accent, "markdown.item.number": accent}
    styles |= {f"markdown.h{level}": accent + Style(bold=True) for level in range(1, 7)}
    styles |= {"markdown.block_quote": small, "markdown.table.border": small, "markdown.table.header": accent}
    styles |= {"markdown.link": Style(underline=True), "markdown.link_url": Style(underline=True)}
    return Console(file=io.StringIO(), color_system="truecolor", force_terminal=True, width=width, theme=Theme(styles))


def on_pane(lines: list[list[Segment]]) -> list[list[Segment]]:
    """The lines on the pane's background, without blank ones at the ends: Rich begins a table with one."""
    lines = [[Segment(segment.text, _on_pane(segment.style)) for segment in line] for line in lines]
    for end in (-1, 0):
        while lines and not "".join(segment.text for segment in lines[end]).strip():
            lines.pop(end)
    return lines


def _on_pane(style: Style | None) -> Style | None:
    """`style` without a background: the terminal's default one, which code is given, would be black there."""
    if style is None or style.bgcolor is None:
        return style
    return style.without_color + Style(color=style.color)
