"""Lines in braille: a field of dots, two by four to a cell."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil

Dot = tuple[int, int]  # from the left, and from below

# What a column of four dots adds to U+2800, by its bits; the lowest bit is the lowest dot.
_LEFT = [sum(dot for bit, dot in enumerate((0x40, 0x04, 0x02, 0x01)) if four >> bit & 1) for four in range(16)]
_RIGHT = [sum(dot for bit, dot in enumerate((0x80, 0x20, 0x10, 0x08)) if four >> bit & 1) for four in range(16)]


class DotField:
    """Dots that are set in a field of `columns` x `rows` cells. What lies outside it is not drawn."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._set = [0] * (2 * columns)  # a number for each column of dots, a bit for each dot
        self._all = (1 << 4 * rows) - 1

    def line(self, dots: Sequence[Dot]) -> None:
        """From dot to dot; one dot alone is set."""
        kept = thinned(dots)
        if len(kept) == 1:
            kept *= 2
        for start, end in pairwise(kept):
            self._stroke(*(start + end if start <= end else end + start))

    def cells(self) -> Iterator[tuple[int, int, str]]:
        """The cells in which a dot is set: row from above, column, character."""
        for row in range(self.rows):
            shift = 4 * (self.rows - 1 - row)
            for column in range(self.columns):
                left, right = self._set[2 * column] >> shift & 15, self._set[2 * column + 1] >> shift & 15
                if left or right:
                    yield row, column, chr(0x2800 + _LEFT[left] + _RIGHT[right])

    def _stroke(self, x0: int, y0: int, x1: int, y1: int) -> None:
        """From the left end to the right one: a dot for each step of the longer way."""
        across, up = x1 - x0, y1 - y0
        if not across:
            self._span(x0, y0, y1)
            return
        for x in range(x0, x1 + 1):
            if abs(up) <= across:
                y = y0 + round(up * (x - x0) / across)
                self._span(x, y, y)
                continue
            before, after = (y0 + up * min(max(0.0, x - x0 + half), across) / across for half in (-0.5, 0.5))
            low, high = min(before, after), max(before, after)
            highest = x == (x1 if up > 0 else x0)
            self._span(x, ceil(low), int(high) if highest else ceil(high) - 1)

    def _span(self, x: int, low: int, high: int) -> None:
        low = max(low, 0)
        if 0 <= x < len(self._set) and high >= low:
            self._set[x] |= (((1 << high - low + 1) - 1) << low) & self._all


def thinned(dots: Iterable[Dot]) -> list[Dot]:
    """Dots that draw the same line: of many in one column the first, the lowest, the highest and the last."""
    kept: list[Dot] = []
    column: list[Dot] = []
    for dot in [*dots, (-1, -1)]:
        if column and dot[0] != column[0][0]:
            kept += dict.fromkeys((column[0], min(column), max(column), column[-1]))
            column = []
        column.append(dot)
    return kept
