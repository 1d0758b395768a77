"""The line above a card: what waits and how far one is on the left, the flag and the clock on the right."""

from rich.text import Text
from textual.widget import Widget


class TopLine(Widget):
    """One widget of one line, so that the clock repaints nothing else."""

    def __init__(self) -> None:
        super().__init__(id="top")
        self._left, self._right = Text(), Text()

    def show(self, left: Text, right: Text | None = None) -> None:
        """Draw `left`, cut off where `right` begins."""
        self._left, self._right = left, right or Text()
        self.refresh()

    def render(self) -> Text:
        left = self._left.copy()
        left.truncate(max(0, self.content_size.width - self._right.cell_len - 2), overflow="ellipsis", pad=False)
        gap = max(1, self.content_size.width - left.cell_len - self._right.cell_len)
        return Text.assemble(left, " " * gap, self._right, no_wrap=True)


def done_bar(done: int, learning: int, total: int, cells: int = 10) -> Text:
    """How far one is, as a line of `cells` cells (done for today, being learned, not begun) and in figures."""
    full, begun = (cells * part // total if total else 0 for part in (done, done + learning))
    line = Text().append("━" * full, "green").append("─" * (begun - full), "yellow")
    return line.append("·" * (cells - begun), "dim").append(f" {done}/{total}", "dim")


def thinking_time(seconds: float, budget: int | None) -> Text:
    """Minutes and seconds, beside those that the card gives, if it gives any; what is over is marked."""
    over = budget is not None and seconds > budget
    text = Text().append(_minutes(seconds), "bold yellow" if over else "dim")
    return text if budget is None else text.append(f" / {_minutes(budget)}", "dim")


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
