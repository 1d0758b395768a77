"""Anki's review history: the rows of `revlog` as grades.

What its columns mean is Anki's: `id` is the time in milliseconds; `ease` the button, 1 to 4, or 0 where nobody
answered; `type` is 0 learning, 1 review, 2 relearning, 3 a filtered deck, 4 changed by hand, 5 rescheduled; `factor` is
0 for a review in a filtered deck that does not reschedule, and for a card that was made new by hand.
"""

import sqlite3
from collections.abc import Container, Iterator, Mapping
from itertools import groupby
from typing import Any, Literal

from quizapp.cards.formats import Foreign, ForeignReview, Lost
from quizapp.texts import tell

MOST_REVIEWS = 1_000_000
_GRADES: tuple[Literal["again", "hard", "good", "easy"], ...] = ("again", "hard", "good", "easy")
_LEARNING, _RELEARNING, _FILTERED, _MANUAL, _RESCHEDULED = 0, 2, 3, 4, 5
_BY_HAND, _BY_ANKI = tell("formats.lost.due_by_hand"), tell("formats.lost.due_by_anki")  # due on another day
_LATEST_MS = 4_102_444_800_000  # the year 2100


def history(
    tables: sqlite3.Connection, cards: Mapping[int, str], stand: Container[str], three_buttons: bool, lost: Lost
) -> tuple[ForeignReview, ...]:
    """The history of `cards` (their ids, by Anki's), in order of time; what has no place here is counted in `lost`. Of
    those that `stand` as they stood there, changed due days have one.

    `three_buttons`: in Anki's first scheduler a card in learning had no Hard, so that 2 meant Good there, and 3 Easy.
    Raises Foreign for too many rows, or sqlite3.Error.
    """
    reviews: list[ForeignReview] = []
    query = "SELECT id, cid, ease, factor, time, type FROM revlog ORDER BY cid, id"
    for card, rows in groupby(_rows(tables.execute(query), lost), key=lambda row: row[1]):
        if card in cards:
            own = Lost()
            reviews += _of_card(cards[card], rows, three_buttons, own)
            if cards[card] in stand:
                del own[_BY_HAND], own[_BY_ANKI]
            lost.update(own)
        elif gone := sum(ease > 0 for _, _, ease, *_ in rows):
            lost[tell("formats.lost.other_reviews")] += gone
    reviews.sort(key=lambda review: (review.at_ms, review.card))
    return tuple(reviews)


def _rows(rows: Iterator[tuple[Any, ...]], lost: Lost) -> Iterator[tuple[int, int, int, int, int, int]]:
    for count, row in enumerate(rows):
        if count >= MOST_REVIEWS:
            raise Foreign(tell("formats.many_reviews", most=MOST_REVIEWS))
        if all(type(value) is int for value in row) and 0 < row[0] < _LATEST_MS and 0 <= row[2] <= 4:
            yield row
        else:
            lost[tell("formats.lost.odd_rows")] += 1


def _of_card(
    card: str, rows: Iterator[tuple[int, int, int, int, int, int]], three_buttons: bool, lost: Lost
) -> Iterator[ForeignReview]:
    begun = learned = False
    for at, _, ease, factor, time, kind in rows:
        if kind == _MANUAL or ease == 0:
            if kind == _MANUAL and factor == 0:
                if begun:
                    yield ForeignReview(card, at, "reset")
                begun = learned = False
            elif kind == _MANUAL:
                lost[_BY_HAND] += 1
            else:
                lost[_BY_ANKI] += 1
        elif kind == _FILTERED and factor == 0:
            lost[tell("formats.lost.filtered")] += 1
        elif kind == _RESCHEDULED:
            lost[_BY_ANKI] += 1
        else:
            if kind == _LEARNING and learned:  # old versions did not write down that a card was made new
                yield ForeignReview(card, at - 1, "reset")
            begun, learned = True, learned if kind == _FILTERED else kind != _LEARNING
            if three_buttons and kind in (_LEARNING, _RELEARNING) and ease in (2, 3):
                ease += 1
            yield ForeignReview(card, at, _GRADES[ease - 1], min(max(time, 0), 3_600_000) / 1000 or None)
