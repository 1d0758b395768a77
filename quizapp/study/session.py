"""One sitting: the current card, what it reveals, the user's grade, and undo."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from quizapp.cards.card import Card, Deck
from quizapp.memory.progress import Progress
from quizapp.memory.schedule import Grade, Outcome, State
from quizapp.settings import Settings
from quizapp.study.queue import Counts, next_card, waiting


class Graded(msgspec.Struct, frozen=True):
    """A grade of this sitting, and the id of its event, by which it is undone."""

    event: str
    card: Card
    grade: Grade
    outcome: Outcome
    was: State
    took_s: float
    ticks: tuple[int, ...] = ()


class Session:
    """One sitting over `decks`. Time is passed in; only giving and undoing a grade have an effect, in the journal."""

    def __init__(self, decks: Sequence[Deck], progress: Progress, settings: Settings, now: datetime) -> None:
        self.decks = tuple(decks)
        self.progress = progress
        self.settings = settings
        self.started = now
        self.done: list[Graded] = []
        self.counts = Counts()
        self.card: Card | None = None
        self.advance(now)

    def advance(self, now: datetime, *, prefer: Card | None = None) -> None:
        """Go to the next card (or to `prefer`): unrevealed, nothing ticked. `card` is None when nothing waits."""
        waits = waiting(self.decks, self.progress, now, self.settings)
        self.counts = waits.counts()
        last = self.done[-1].card.key if self.done else None
        self.card = prefer or next_card(waits, now, self.settings, last=last)
        self.asked = now
        self.ticks: set[int] = set()
        self.outcomes: dict[Grade, Outcome] = {}

    @property
    def revealed(self) -> bool:
        return bool(self.outcomes)

    def reveal(self, now: datetime) -> None:
        """Show the answer: from here on the four outcomes stand, and one of exactly these is saved."""
        if self.card is not None:
            self.progress.refresh()
            self.outcomes = self.progress.preview(self.card.key, now)

    def tick(self, point: int) -> None:
        """Tick or untick the card's point number `point` (from 0)."""
        if self.card is not None and 0 <= point < len(self.card.points):
            self.ticks ^= {point}

    @property
    def suggested(self) -> Grade | None:
        """The grade that the ticks suggest: all points good, some of them hard; no ticks, no suggestion."""
        if self.card is None or not self.ticks:
            return None
        return "good" if len(self.ticks) == len(self.card.points) else "hard"

    def grade(self, grade: Grade, now: datetime) -> Graded:
        """Save `grade` durably and go on.

        Raises OSError, in a sentence, when it cannot be saved, and Stale when the card was graded elsewhere since
        it was revealed: the card stays, and reveal() shows what holds now.
        """
        if self.card is None or not self.revealed:
            raise ValueError("Reveal the card before grading it.")
        card, outcome = self.card, self.outcomes[grade]
        was = self.progress.of(card.key).memory.state
        took = max(0.0, (now - self.asked).total_seconds())
        ticks = tuple(sorted(self.ticks))
        event = self.progress.review(card.key, outcome, now, took_s=took, ticks=ticks)
        graded = Graded(event.id, card, grade, outcome, was, took, ticks)
        self.done.append(graded)
        self.advance(now)
        return graded

    def undo(self, now: datetime) -> Graded | None:
        """Take back the last grade of this sitting, durably; its card is asked again. None if there is none.

        Raises CannotUndo, in a sentence, when its card was graded elsewhere since, and OSError as grade() does.
        """
        if not self.done:
            return None
        last = self.done[-1]
        self.progress.undo(last.event, now)
        self.done.pop()
        self.advance(now, prefer=last.card)
        return last
