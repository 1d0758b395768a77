"""Do we teach? Recall about a week later by how a card was learnt, and on the day of the interview.

About a week later is the first review without a cue that comes 4 to 14 days after the one before it: a week within a
factor of two. So near a week most cards come back once, whatever retention is desired. These are figures of a person
who chose what to predict and to tick, not of an experiment.
"""

from collections.abc import Generator, Iterable
from datetime import date
from itertools import groupby

from msgspec import Struct, field

from quizapp.cards.card import Card
from quizapp.memory.reviews import CountedReview, Reading
from quizapp.memory.schedule import Memory, Rules, retrievability
from quizapp.study.statistics import Share

WEEK = (4, 14)
"""The days since the review before, first and last, that are about a week."""

LAST_DAYS = 3
"""Study days up to the interview's, that one included, of which recall is set against what readiness says."""

_PIECE = 500  # cards


class OnTheDay(Struct):
    """Recall in the `LAST_DAYS` that end with the day of the `interview`. `said` is the sum of the recall, 0 to 1, that
    readiness gave to each of the cards in `recalled` for the day on which it was asked."""

    interview: date
    recalled: Share = field(default_factory=Share)
    said: float = 0.0

    @property
    def expected(self) -> float | None:
        """The mean of what was said; None if nothing was asked."""
        return self.said / self.recalled.asked if self.recalled.asked else None


class Teaching(Struct):
    """Recall about a week later: of `all` cards; of those with something to predict, by whether it was predicted before
    the first answer, later, or not; of those with points, by whether points were ticked at an answer before. Every card
    counts once, until it is reset. `day` is None while there is no interview that has come."""

    all: Share = field(default_factory=Share)
    predicted_first: Share = field(default_factory=Share)
    predicted_later: Share = field(default_factory=Share)
    not_predicted: Share = field(default_factory=Share)
    ticked: Share = field(default_factory=Share)
    not_ticked: Share = field(default_factory=Share)
    day: OnTheDay | None = None

    @property
    def shares(self) -> dict[str, Share]:
        """Recall about a week later, by the name of each share."""
        return {name: getattr(self, name) for name in self.__struct_fields__ if name != "day"}


def teaching(
    reading: Reading, cards: Iterable[Card], today: date, interview: date | None, rules: Rules
) -> Generator[Teaching | None, None, None]:
    """What `reading`, which was read, tells of `cards`; like `review_figures`, None at every step and the figures last.
    `interview` is the day of the settings; recall on it is reckoned by `rules`."""
    found = Teaching(day=OnTheDay(interview) if interview is not None and interview <= today else None)
    known = {card.key: card for card in cards}
    predicted: dict[str, date] = {}
    for prediction in reading.predictions:
        before = predicted.get(prediction.card, prediction.day)
        predicted[prediction.card] = min(before, prediction.day)
    for count, (key, reviews) in enumerate(groupby(reading.reviews, lambda review: review.card)):
        if count % _PIECE == 0:
            yield None
        if key in known:
            _count_card(found, known[key], list(reviews), predicted.get(key), rules)
    yield found


def _count_card(
    found: Teaching, card: Card, reviews: list[CountedReview], predicted: date | None, rules: Rules
) -> None:
    """Take in all reviews of a card, which are in order. `predicted` is the day of its first prediction."""
    counted = ticked = first = False
    for review in reviews:
        if review.state == "new":
            counted, ticked, first = False, False, review.cued and predicted == review.day
        elif review.state == "review" and not review.cued and review.last is not None:
            passed = review.grade != "again"
            if not counted and WEEK[0] <= (review.day - review.last).days <= WEEK[1]:
                counted = True
                for share in _shares(found, card, ticked=ticked, first=first, later=_before(predicted, review.day)):
                    share.count(passed)
            if found.day is not None and 0 <= (found.day.interview - review.day).days < LAST_DAYS:
                memory = Memory("review", None, review.stability, day=review.last)
                found.day.recalled.count(passed)
                found.day.said += retrievability(memory, review.day, rules)
        ticked = ticked or review.ticked


def _shares(found: Teaching, card: Card, *, ticked: bool, first: bool, later: bool) -> Iterable[Share]:
    """The shares that a review of the card about a week later belongs to."""
    yield found.all
    if card.demo is not None and card.demo.predict is not None:
        yield found.predicted_first if first else found.predicted_later if later else found.not_predicted
    if card.points:
        yield found.ticked if ticked else found.not_ticked


def _before(predicted: date | None, day: date) -> bool:
    return predicted is not None and predicted < day
