"""How home shares out the screen: nothing beyond it, what matters first first."""

from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.ui.home_rooms import BORDER, FOOT, WIDE, rooms


@given(st.integers(20, 300), st.integers(1, 120), st.integers(0, 60), st.integers(0, 20))
@example(110, 13, 3, 1)
def test_no_panel_is_cut_and_the_decks_are_never_gone(width: int, height: int, decks: int, waits: int) -> None:
    found = rooms(width, height, decks, waits)
    assert sum(found.rows) <= height - FOOT
    assert all(rows == 0 or rows > BORDER for rows in found.rows) or height < 12
    assert found.decks <= decks + BORDER
    if decks and height >= 10:
        assert found.decks > BORDER and found.today > BORDER
    if waits and height >= 13:
        assert found.waits > BORDER  # an error is to be seen
    if found.days and width < WIDE:
        assert found.decks == decks + BORDER or not decks  # the days have only what the decks leave


@given(st.integers(20, 300), st.integers(12, 120), st.integers(1, 60), st.integers(0, 20))
def test_a_higher_screen_shows_no_less(width: int, height: int, decks: int, waits: int) -> None:
    low, high = rooms(width, height, decks, waits), rooms(width, height + 1, decks, waits)
    for less, more in zip((low.interview, low.days, low.waits), (high.interview, high.days, high.waits), strict=True):
        assert bool(less) <= bool(more)


def test_the_sizes_that_it_is_made_for() -> None:
    """With the ten decks that come with it, and the line for all of them."""
    small = rooms(80, 24, 11, 0)
    assert (small.today, small.interview, small.decks, small.days, small.waits) == (4, 3, 13, 0, 0)
    assert rooms(80, 24, 11, 1).waits == 3 and rooms(80, 24, 11, 1).decks == 13
    large = rooms(120, 40, 11, 0)
    assert large.wide and large.rows == (5, 13, 10) and large.days and large.waits
    assert rooms(120, 40, 31, 0).rows == (5, 24, 10)  # and with three times as many
    usable = rooms(60, 20, 11, 0)
    assert usable.interview and usable.decks == 12
