"""A bar in eighths of a cell, and a share of a whole as one."""

from typing import TYPE_CHECKING

from quizapp.draw.paper import STYLES

if TYPE_CHECKING:
    from rich.text import Text

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(cells: float, *, ascii: bool = False) -> str:
    """A bar of so many cells, to an eighth; a bar that is not nothing is seen."""
    eighths = round(cells * 8) or (1 if cells > 0 else 0)
    if ascii:
        return "#" * (round(cells) or (1 if cells > 0 else 0))
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def share_bar(
    share: float, cells: int, style: str = STYLES[0], *, mark: float | None = None, ascii: bool = False
) -> "Text":
    """A share of a whole, 0 to 1: filled so far, the rest of the `cells` cells dim, a stroke at the share `mark`."""
    from rich.text import Text

    filled = bar(max(0.0, min(1.0, share)) * cells, ascii=ascii)
    text = Text().append(filled, style).append(("." if ascii else "░") * (cells - len(filled)), "dim")
    if mark is None:
        return text
    at = max(0, min(cells - 1, round(mark * cells) - 1))
    return text[:at].append("|", "bold").append_text(text[at + 1 :])
