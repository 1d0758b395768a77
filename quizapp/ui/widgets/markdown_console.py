"""What renders a card's Markdown in the colours of its sheet."""

import io
from collections.abc import Callable

from rich.console import Console
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


def on_pane(style: Style | None) -> Style | None:
    """`style` on the pane's background: the terminal's default one, which code is given, would be black there."""
    if style is None or style.bgcolor is None:
        return style
    return style.without_color + Style(color=style.color)
