"""How much of the screen each panel of home gets: what matters first has its room, the rest what is left."""

from msgspec import Struct

FOOT = 1
BORDER = 2
WIDE = 110  # columns from which on two panels stand side by side
_TODAY, _INTERVIEW, _BESIDE, _NO_DECK = 4, 3, 5, 6  # rows
_DAYS = 8 + BORDER
_LEAST_DECKS, _FEW_DECKS = 3 + BORDER, 13 + BORDER
MOST_WAITING = 6  # lines of what waits, unless there is room that nothing else needs


class Rooms(Struct, frozen=True):
    """The rows of each panel, its border among them; 0: it is not shown. Where the screen is `wide`, `today` and
    `interview` stand side by side, and so do `days` and `waits`."""

    today: int
    interview: int
    decks: int
    days: int
    waits: int
    wide: bool

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the grid, from above."""
        beside = (max(self.today, self.interview), self.decks, max(self.days, self.waits))
        below = (self.today, self.interview, self.decks, self.days, self.waits)
        return tuple(rows for rows in (beside if self.wide else below) if rows)


def rooms(width: int, height: int, decks: int, waits: int) -> Rooms:
    """The rooms on a screen of `width` x `height` for `decks` lines of decks and `waits` lines of what waits.

    Today and the decks come first, then what waits, then the interview; the days once the decks have theirs, and with
    them, since it teaches what else there is, the panel of what waits although nothing does.
    """
    wide, left = width >= WIDE, max(0, height - FOOT)
    whole = decks + BORDER if decks else 0
    roomy = wide and left > _BESIDE + _LEAST_DECKS + BORDER  # else what waits would have no line
    today = min((_BESIDE if roomy else _TODAY) if decks else _NO_DECK, left)
    least = min(whole, _LEAST_DECKS)
    left -= today
    asked = min(waits, MOST_WAITING) + BORDER if waits else 0
    got = min(asked, left - least) if left - least > BORDER else 0
    interview = 0
    if wide:
        interview = today
    elif left - least - got >= _INTERVIEW:
        interview = _INTERVIEW
    left -= interview * (not wide) + got
    if wide and left + got - _DAYS >= min(whole, _FEW_DECKS):  # in one row with what waits
        listed = min(whole, left + got - _DAYS)
        return Rooms(today, interview, listed, _DAYS, _DAYS, wide)
    listed = min(whole, left)
    left -= listed
    days = _DAYS if not wide and left >= _DAYS else 0
    if not waits and days and left - days > BORDER:
        got = 1 + BORDER
    return Rooms(today, interview, listed, days, got, wide)
