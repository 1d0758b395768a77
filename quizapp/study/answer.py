"""One card's answer while it is given: what is chosen, moved, typed, ticked, and what that suggests as a grade."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from quizapp.cards.card import Card, Choice, Code, Order, core_point
from quizapp.cards.judge import JUDGED, Judgement, judge, mentioned
from quizapp.cards.sheet import LETTERS, Block, back, front, order_asked, told
from quizapp.cards.verdict import said_blocks, verdict_blocks
from quizapp.memory.events import Given
from quizapp.memory.rules_named import holding
from quizapp.memory.schedule import Grade, Outcome
from quizapp.memory.standings import Standings
from quizapp.study.code import Try, suggested_for, unmet
from quizapp.texts import Sentence, tell
from quizapp.words import Shown, Words

_BRIEF, _FEW_LINES = 300, 5  # characters and lines that leave the points in sight at 80x24
CONFIDENCES = (25, 50, 75, 95)  # percent: guess, unsure, fairly sure, sure


class Answer(msgspec.Struct):
    """An answer to `card`. Choices and items stand in `order` at first, and the letters a, b, c belong to that order.

    `chosen` are the choices picked; `places` the items as they stand now, the first `laid` of them typed in a row, and
    `held` the one that arrows move; `ticks` are the points that the user says they made, `none` that they say they made
    none, or left it out; `counts` whether they say that what is close counts. Indices are those of the card's lists.
    `cued`: they saw its experiment. `tried`: what happened while code was written; None before its page was opened.
    """

    card: Card
    order: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    chosen: frozenset[int] = frozenset()
    typed: str = ""
    ticks: frozenset[int] = frozenset()
    none: bool = False
    counts: bool | None = None
    confidence: int | None = None
    held: int | None = None
    laid: int = 0
    cued: bool = False
    tried: Try | None = None

    @property
    def judged(self) -> bool:
        """Is this a type of card that can be judged?"""
        return isinstance(self.card, JUDGED)

    @property
    def left_out(self) -> bool:
        """Can it be judged, and is there nothing to judge?"""
        return self.judged and self.judgement.right is None

    @property
    def picked(self) -> tuple[int, ...]:
        """The choices, or the items in their order if any was laid: what an event keeps."""
        if isinstance(self.card, Order):
            return self.places if self.laid or self.places != self.order else ()
        return tuple(sorted(self.chosen))

    @property
    def begun(self) -> bool:
        """Are some items laid in their order, and two or more not yet?"""
        return 0 < self.laid < len(self.places) - 1

    @property
    def judgement(self) -> Judgement:
        """What is said of it; of what is close, what the user says, once they did."""
        judged = judge(self.card, self.picked, self.typed)
        return judged if judged.note != "close" or self.counts is None else Judgement(self.counts)

    @property
    def mentioned(self) -> frozenset[int]:
        """The points of which the typed answer has a word: to be marked, and never ticked for the user."""
        return mentioned(self.card.points, self.typed)

    @property
    def missed(self) -> tuple[int, ...]:
        """The points that are not ticked. An answer that was judged has none while it has no tick."""
        if not self.ticks and self.judgement.right is not None:
            return ()
        return tuple(i for i in range(len(self.card.points)) if i not in self.ticks)

    @property
    def undecided(self) -> bool:
        """Is there something to tick, or to say, before a grade is suggested?"""
        return self.suggested() is None and (self.judged or bool(self.card.points))

    def given(self, took_s: float | None) -> Given:
        """What a review keeps of it, and of the seconds from question to grade."""
        return Given(
            took_s=took_s,
            ticks=tuple(sorted(self.ticks)),
            chosen=self.picked,
            typed=None if isinstance(self.card, Code) else self.typed.strip() or None,
            confidence=self.confidence,
            core=self.confidence is not None and self.sound,
            drawn=self.card.drawn,
            cued=self.cued,
            attempts=self.tried.submissions if self.tried else 0,
            hints=self.tried.hints if self.tried else 0,
        )

    def suggested(self) -> Grade | None:
        """Of code what its try suggests; of an answer that was judged again or good, of one that is close nothing until
        the user says whether it counts.

        Else the points do, once one is ticked or it is said that none was made. All: good; the core, with two thirds of
        them or, of two, alone: hard; else again.
        """
        if isinstance(self.card, Code) and self.tried is not None:
            return suggested_for(self.tried, self.card)
        judgement, missed = self.judgement, self.missed
        if judgement.right is not None:
            good: Grade = "hard" if missed else "good"
            return good if judgement.right else None if judgement.note == "close" else "again"
        if not (self.ticks or self.none):
            return None
        if self.ticks and not missed:
            return "good"
        return "hard" if self.has_core and len(missed) <= max(1, len(self.card.points) // 3) else "again"

    @property
    def core(self) -> int:
        """The point that no answer may lack."""
        return core_point(self.card)

    @property
    def has_core(self) -> bool:
        return self.core in self.ticks

    @property
    def sound(self) -> bool:
        """Was its core said, or was it judged right? Who is sure of such an answer is not wrong, however it is
        graded."""
        right = self.judgement.right
        return self.has_core if right is None else right

    def reason(self) -> Sentence | None:
        """Why what is suggested is no better; None where that is plain, or nothing is suggested."""
        grade, n, of = self.suggested(), len(self.ticks), len(self.card.points)
        if isinstance(self.card, Code) and self.tried is not None:
            return None if grade == "good" else tell(f"study.why.{unmet(self.tried)}")
        if grade not in ("again", "hard") or not self.ticks or self.judgement.right is False:
            return None
        if grade == "hard":
            return tell("study.why.hard", n=n, of=of)
        if not self.has_core:
            return tell("study.why.core", letter=LETTERS[self.core % len(LETTERS)])
        return tell("study.why.few", n=n, of=of)

    def renewed(self, card: Card) -> "Answer":
        """The same answer to the card as it is written now; what is the same in both keeps its letter and its marks."""
        items = _moved(_items(self.card), _items(card))
        points = _moved([point.text for point in self.card.points], [point.text for point in card.points])
        added = [i for i in range(len(_items(card))) if i not in items.values()]
        return Answer(
            card,
            order=(*(items[i] for i in self.order if i in items), *added),
            places=(*(items[i] for i in self.places if i in items), *added),
            chosen=frozenset(items[i] for i in self.chosen if i in items),
            typed=self.typed,
            ticks=frozenset(points[i] for i in self.ticks if i in points),
            none=self.none,
            counts=self.counts,
            confidence=self.confidence,
            held=None if self.held is None else items.get(self.held),
            laid=self.laid if items == {i: i for i in self.order} else 0,
            cued=self.cued,
            tried=self.tried,
        )

    # What can be done

    def pick(self, place: int) -> None:
        """Letter number `place`: choose the choice, or not; lay the item behind those that were laid before it, or take
        one of these up. Arrows move it from there. The last that is left lays itself."""
        if not 0 <= place < len(self.order):
            return
        index = self.order[place]
        if isinstance(self.card, Choice):
            self.chosen ^= {index}
            return
        self.held = index
        if self.places.index(index) >= self.laid:
            self._put(self.laid)
            self.laid += 1
            if self.laid == len(self.places) - 1:
                self.laid += 1

    def move(self, step: int) -> None:
        """The held item up (-1) or down (1), among those laid."""
        if self.held is not None:
            self._put(min(self.places.index(self.held) + step, (self.laid or len(self.places)) - 1))

    def take_back(self) -> None:
        """The item laid last is laid no more, nor one that laid itself; once none is, all stand as at first."""
        if self.laid:
            self.laid -= 2 if self.laid == len(self.places) else 1
            self.held = self.places[self.laid - 1] if self.laid else None
            self.places = self.places if self.laid else self.order

    def tick(self, point: int) -> None:
        if 0 <= point < len(self.card.points):
            self.ticks ^= {point}
            self.none = False

    @property
    def close(self) -> bool:
        """Is it nearly right, so that the user says whether it counts?"""
        return judge(self.card, self.picked, self.typed).note == "close"

    def may_say(self, *, yes: bool) -> bool:
        """May one say yes, or no: to what is close, or no to all points of an answer that was not judged?"""
        return self.close or (not yes and bool(self.card.points) and not self.judged)

    def say(self, *, yes: bool) -> None:
        """What is close counts, or not. Else no: none of the points was made; said twice it is taken back."""
        if self.close:
            self.counts = yes
        elif self.may_say(yes=yes):
            self.none, self.ticks = not self.none, frozenset()

    def _put(self, place: int) -> None:
        """The held item at `place`, the others closing up."""
        assert self.held is not None
        rest = [item for item in self.places if item != self.held]
        place = max(0, min(place, len(rest)))
        self.places = (*rest[:place], self.held, *rest[place:])

    # How it looks

    def front(self, shown: Shown, *, revealed: bool = False) -> tuple[Block, ...]:
        """What is asked, with the items where they stand; once revealed, which of them stand right, and without the
        choices: they come once, with what is said of them."""
        marked, laid = revealed and bool(self.picked), 0 if revealed else self.laid
        asked = front(self.card, shown, self.order, self.places, marked=marked, laid=laid)
        if isinstance(self.card, Order) and not revealed:
            asked = (*asked[:1], Block(told(tell("cards.lay_in_order"), shown), "small"), *asked[1:])
        return asked[:1] if revealed and isinstance(self.card, Choice) else asked

    def back(self, shown: Shown) -> tuple[Block, ...]:
        """What is said of the answer, then the right one; below its points, that none of them was made. What was typed
        in one's own words stands right above the points, or, where it is long, below them."""
        typed = "" if isinstance(self.card, Code) else self.typed  # which stands on its page
        said = verdict_blocks(self.card, self.judgement, typed, shown, self.picked)
        if self.judged and not said:
            left_out = Block(told(tell("cards.left_out"), shown), "verdict", right=False)
            said = (left_out if self.none else Block(told(tell("cards.unanswered"), shown), "small"),)
        right = back(self.card, shown, self.order, self.mentioned)
        if self.close:
            said = (*said[:1], *said_blocks(("cards.counts_not", "cards.counts"), shown), *said[1:])
        if self.judged or not self.card.points:
            return (*said, *right)
        points = [i for i, block in enumerate(right) if block.kind == "point"]
        first, last = points[0] - 1, points[-1] + 1  # their heading goes with them
        brief = len(self.typed) <= _BRIEF and self.typed.count("\n") < _FEW_LINES
        above, below = (said, ()) if brief else ((), said)
        none = said_blocks(("cards.none",), shown)
        return (*right[:first], *above, *right[first:last], *none, *below, *right[last:])

    def marked(self) -> frozenset[tuple[str, int]]:
        """The blocks to mark, by kind and index: choices chosen, the item picked up, points ticked."""
        marks = [("choice", i) for i in self.chosen] + [("point", i) for i in self.ticks]
        marks += [("item", self.held)] if self.held is not None else []
        said = self.counts if self.close else False if self.none else None
        return frozenset(marks if said is None else [*marks, ("said", int(said))])


def blank(card: Card, seed: str) -> Answer:
    """No answer yet; `seed` decides how choices and items are shuffled."""
    order = order_asked(card, seed)
    return Answer(card, order, order)


def with_missed(
    outcomes: Mapping[Grade, Outcome], card: Card, standings: Standings, now: datetime
) -> Mapping[Grade, Outcome]:
    """The outcomes of an answer with points missed: its hard makes no interval longer than the last, and brings what
    was missed back on the same day."""
    return {**outcomes, "hard": standings.preview(card.key, now, holding(outcomes["hard"].rules))["hard"]}


def _items(card: Card) -> Sequence[Words]:
    """What a letter picks: the texts of the choices, or the items."""
    if isinstance(card, Choice):
        return [choice.text for choice in card.choices]
    return card.items if isinstance(card, Order) else ()


def _moved(old: Sequence[Words], new: Sequence[Words]) -> dict[int, int]:
    """Where each old text stands among the new ones; one that is changed is taken for the one that is new, in turn, if
    there are as many."""
    found: dict[int, int] = {}
    for i, text in enumerate(old):
        same = next((j for j, other in enumerate(new) if other == text and j not in found.values()), None)
        if same is not None:
            found[i] = same
    if len(old) == len(new):
        changed = (i for i in range(len(old)) if i not in found)
        found |= dict(zip(changed, [j for j in range(len(new)) if j not in found.values()], strict=True))
    return found
