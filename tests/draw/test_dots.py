"""The rasteriser: lines of dots without gaps, no thicker than they must be."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizapp.draw.dots import DotField, thinned

COLUMNS, ROWS = 9, 5
dots = st.tuples(st.integers(0, 2 * COLUMNS - 1), st.integers(0, 4 * ROWS - 1))
BITS = {(0, 3): 0x01, (0, 2): 0x02, (0, 1): 0x04, (0, 0): 0x40, (1, 3): 0x08, (1, 2): 0x10, (1, 1): 0x20, (1, 0): 0x80}


def drawn(*line: tuple[int, int]) -> set[tuple[int, int]]:
    """The dots that are set, read back from the characters."""
    field = DotField(COLUMNS, ROWS)
    field.line(line)
    found = set()
    for row, column, character in field.cells():
        for (x, y), bit in BITS.items():
            if ord(character) - 0x2800 & bit:
                found.add((2 * column + x, 4 * (ROWS - 1 - row) + y))
    return found


@given(dots, dots)
def test_a_stroke_is_a_dot_for_each_step_of_the_longer_way(start: tuple[int, int], end: tuple[int, int]) -> None:
    found = drawn(start, end)
    across, up = abs(end[0] - start[0]), abs(end[1] - start[1])
    assert {start, end} <= found and len(found) == max(across, up) + 1
    assert found == drawn(end, start)
    longer = 0 if across >= up else 1
    ordered = sorted(found, key=lambda dot: dot[longer])
    for a, b in pairwise(ordered):
        assert abs(a[0] - b[0]) <= 1 and abs(a[1] - b[1]) <= 1, "no gap"


@given(st.lists(dots, min_size=1, max_size=30))
def test_what_is_thinned_draws_the_same_columns(line: list[tuple[int, int]]) -> None:
    field = DotField(COLUMNS, ROWS)
    field.line(line)
    assert {dot[0] for dot in thinned(line)} == {dot[0] for dot in line}
    assert set(line) <= drawn(*line) or len(thinned(line)) < len(line)
    assert next(field.cells(), None) is not None


def test_what_lies_outside_is_left_out() -> None:
    assert drawn((-5, 3), (40, 3)) == {(x, 3) for x in range(2 * COLUMNS)}
    assert drawn((3, -9), (3, 90)) == {(3, y) for y in range(4 * ROWS)}
    assert drawn((-1, 0)) == drawn((0, 99)) == drawn() == set()
