"""A card in hand: how it is answered, whether its answer is shown, how long it takes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from quizapp.cards.card import Card
from quizapp.cards.library import Library
from quizapp.cards.vary import fresh
from quizapp.memory.events import Change
from quizapp.memory.schedule import Grade, Outcome
from quizapp.study.answer import Answer, blank


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A card that was graded."""

    card: Card
    grade: Grade
    took_s: float


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A card that was put away, flagged, reset or mended, and the id of its event, by which it is undone."""

    card: Card
    what: Change | Literal["mended"]
    event: str


class Sitting:
    """What sessions and quizzes share: the card in hand, its answer, its time."""

    card: Card | None = None
    answer: Answer | None = None
    revealed = False
    _turn = 0  # how often the card was asked before

    @property
    def outcomes(self) -> Mapping[Grade, Outcome]:
        """Of each grade, where one changes the schedule."""
        return {}

    def _take(self, card: Card | None, turn: int, now: datetime) -> None:
        """Take `card` in hand for the time number `turn`: fresh numbers, unrevealed, nothing answered."""
        self.card, self._turn = fresh(card, turn) if card else None, turn
        self.answer = None if self.card is None else blank(self.card, str(turn))
        self.asked = now
        self.thought_s: float | None = None
        self.revealed = False

    def renew(self, library: Library, was: Library, now: datetime) -> None:
        """The decks were read again: go on with what they say now. The card in hand keeps its answer; if it is gone or
        has another type, it stays as it is."""
        if self.card is None or self.answer is None or (card := library.now(self.card, was)) is None:
            return
        known, card = card.key == self.card.key, fresh(card, self._turn)
        self.card, self.answer = card, self.answer.renewed(card)
        if self.revealed and not known:
            self.reveal(now)

    @property
    def ticks(self) -> frozenset[int]:
        return self.answer.ticks if self.answer else frozenset()

    @property
    def suggested(self) -> Grade | None:
        """The grade that the answer and the ticks suggest, if any."""
        return self.answer.suggested() if self.answer else None

    @property
    def default(self) -> Grade | None:
        """The grade that is marked, for space to give; None while there is something to tick or to say before it. Where
        there is nothing of that kind, good."""
        if self.answer is None or self.answer.undecided:
            return None
        return self.suggested or "good"

    def took(self, now: datetime) -> float:
        """Seconds since the card was asked."""
        return max(0.0, (now - self.asked).total_seconds())

    def thought(self, now: datetime) -> float:
        """Seconds from the question to the answer, or until now while the answer does not show."""
        return self.took(now) if self.thought_s is None else self.thought_s

    def leave_out(self, seconds: float) -> None:
        """So much of the time did not go into the answer: a run was waited for."""
        self.asked += timedelta(seconds=seconds)
        if self.thought_s is not None:
            self.thought_s = max(0.0, self.thought_s - seconds)

    def reveal(self, now: datetime) -> None:
        """Show the answer."""
        self.thought_s = self.thought(now)
        self.revealed = self.card is not None

    def conceal(self) -> None:
        """Take back that the answer shows: its card is asked, as it was answered."""
        self.revealed, self.thought_s = False, None
        if self.answer is not None:
            self.answer.counts, self.answer.none = None, False

    def grade(self, grade: Grade, now: datetime) -> Done:
        """Grade the card and go on to the next."""
        raise NotImplementedError

    def undo(self, now: datetime) -> "Done | Changed | None":
        """Take back what was done last; its card is asked again. None if there is nothing."""
        raise NotImplementedError
