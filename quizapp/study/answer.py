"""One card's answer while it is given: what is chosen, moved, typed, ticked, and what that suggests as a grade."""

from typing import TypedDict

import msgspec

from quizapp.cards.card import Card, Choice, Order
from quizapp.cards.judge import JUDGED, Judgement, judge, mentioned
from quizapp.cards.sheet import Block, back, front, shuffled
from quizapp.cards.verdict import verdict
from quizapp.memory.schedule import Grade
from quizapp.words import Shown

CONFIDENCES = (25, 50, 75, 95)  # percent: guess, unsure, fairly sure, sure


class Kept(TypedDict):
    """What a review's event keeps of an answer, as `Progress.review` takes it."""

    ticks: tuple[int, ...]
    chosen: tuple[int, ...]
    typed: str | None
    confidence: int | None


class Answer(msgspec.Struct):
    """An answer to `card`. Choices and items stand in `order` at first, and the letters a, b, c belong to that order.

    `chosen` are the choices picked; `places` the items as they stand now; `held` is the item picked up; `ticks` are the
    points that the user says they made. Indices are those of the card's own lists.
    """

    card: Card
    order: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    chosen: frozenset[int] = frozenset()
    typed: str = ""
    ticks: frozenset[int] = frozenset()
    confidence: int | None = None
    held: int | None = None

    @property
    def judged(self) -> bool:
        """Is this a type of card that can be judged?"""
        return isinstance(self.card, JUDGED)

    @property
    def picked(self) -> tuple[int, ...]:
        """The choices, or the items in their order if any was moved: what an event keeps."""
        if isinstance(self.card, Order):
            return self.places if self.places != self.order else ()
        return tuple(sorted(self.chosen))

    @property
    def judgement(self) -> Judgement:
        return judge(self.card, self.picked, self.typed)

    def kept(self) -> Kept:
        """What the event of a review keeps of it."""
        return {
            "ticks": tuple(sorted(self.ticks)),
            "chosen": self.picked,
            "typed": self.typed.strip() or None,
            "confidence": self.confidence,
        }

    def suggested(self) -> Grade | None:
        """Wrong: again (one slip away: hard). Else all points ticked: good, some of them: hard. Right: good."""
        judgement = self.judgement
        if judgement.right is False:
            return "hard" if judgement.note == "close" else "again"
        if self.ticks:
            return "good" if len(self.ticks) == len(self.card.points) else "hard"
        return "good" if judgement.right else None

    # What can be done

    def pick(self, place: int) -> None:
        """Letter number `place`: choose the choice, or not; pick the item up, or put the held one there."""
        if not 0 <= place < len(self.order):
            return
        index = self.order[place]
        if isinstance(self.card, Choice):
            self.chosen ^= {index}
        elif self.held is None:
            self.held = index
        else:
            self._put(self.places.index(index))
            self.held = None

    def move(self, step: int) -> None:
        """The held item up (-1) or down (1)."""
        if self.held is not None:
            self._put(self.places.index(self.held) + step)

    def drop(self) -> None:
        self.held = None

    def tick(self, point: int) -> None:
        if 0 <= point < len(self.card.points):
            self.ticks ^= {point}

    def _put(self, place: int) -> None:
        """The held item at `place`, the others closing up."""
        assert self.held is not None
        rest = [item for item in self.places if item != self.held]
        place = max(0, min(place, len(rest)))
        self.places = (*rest[:place], self.held, *rest[place:])

    # How it looks

    def front(self, shown: Shown, *, revealed: bool = False) -> tuple[Block, ...]:
        """What is asked, with the items where they stand; once revealed, which of them stand right."""
        return front(self.card, shown, self.order, self.places, marked=revealed and bool(self.picked))

    def back(self, shown: Shown) -> tuple[Block, ...]:
        """What is said of the answer, then the right one."""
        said = verdict(self.card, self.judgement, self.typed, shown, self.picked)
        return (*said, *back(self.card, shown, self.order, mentioned(self.card.points, self.typed)))

    def marked(self) -> frozenset[tuple[str, int]]:
        """The blocks to mark, by kind and index: choices chosen, the item picked up, points ticked."""
        marks = [("choice", i) for i in self.chosen] + [("point", i) for i in self.ticks]
        return frozenset(marks if self.held is None else [*marks, ("item", self.held)])


def blank(card: Card, seed: str) -> Answer:
    """No answer yet; `seed` decides how choices and items are shuffled."""
    count = len(card.choices) if isinstance(card, Choice) else len(card.items) if isinstance(card, Order) else 0
    order = shuffled(count, f"{card.key}:{seed}")
    return Answer(card, order, order)
