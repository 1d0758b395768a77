"""What recall will be on a day to come, if cards are reviewed until then: FSRS-6 run forward. Pure and without chance.

Every review branches: with the chance that FSRS gives the card is recalled and graded good, else it is graded again and
learned anew on the same day. All branches are followed, each with its share, so what comes out is the expected value
over everything that can happen, not a sample. Branches that lead to nearly the same memory are taken together, which
keeps ten thousand cards cheap.

The arithmetic is FSRS-6's own, as py-fsrs does it (github.com/open-spaced-repetition/py-fsrs, MIT), without its
objects: a simulation does it a hundred thousand times.
"""

from math import exp, log
from typing import NamedTuple

from quizapp.memory.schedule import Memory, Rules

FIRST_AGAIN = 0.24
"""The share of cards that are graded again when they are first seen: the default of FSRS's own simulators."""

_FINE = 12  # memories whose stabilities differ by less than a factor of exp(1 / _FINE) are taken together
_FINE_D = 2  # and whose difficulties differ by less than 1 / _FINE_D


class Branch(NamedTuple):
    """One way that a review can go: its share of 1, and the memory after that day. `least` is the shortest interval
    in days that the scheduler gives then: 2 when recalled in review, since hard comes before good."""

    share: float
    stability: float
    difficulty: float
    least: int


class Formulas:
    """FSRS-6 under `rules`: stabilities and intervals in days, difficulties from 1 to 10, recall from 0 to 1."""

    def __init__(self, rules: Rules) -> None:
        self._w = w = rules.weights
        self._decay = -w[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._stretch = float((rules.retention ** (1 / self._decay) - 1) / self._factor)
        self._most = rules.maximum_interval
        self._growth, self._short = exp(w[8]), exp(w[17] * w[18])
        self._easy = w[4] - exp(w[5] * 3) + 1
        self._steps, self._resteps = len(rules.learning_steps), len(rules.relearning_steps)

    def recall(self, elapsed: int, stability: float) -> float:
        """The chance of recall `elapsed` days after the last review."""
        return float((1 + self._factor * elapsed / stability) ** self._decay)

    def interval(self, stability: float, least: int = 1) -> int:
        """Days until the card is due."""
        return min(max(round(stability * self._stretch), least), self._most)

    def recalled(self, stability: float, difficulty: float, recall: float) -> tuple[float, float]:
        """Stability and difficulty after good, a day or more after the last review."""
        w = self._w
        gain = self._growth * (11 - difficulty) * stability ** -w[9] * (exp((1 - recall) * w[10]) - 1)
        return max(stability * (1 + gain), 0.001), self._harder(difficulty, 0.0)

    def forgotten(self, stability: float, difficulty: float, recall: float) -> tuple[float, float]:
        """Stability and difficulty after again, a day or more after the last review."""
        w = self._w
        after = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * exp((1 - recall) * w[14])
        return max(min(after, stability / self._short), 0.001), self._harder(difficulty, 2 * w[6])

    def same_day(self, stability: float, difficulty: float, times: int) -> tuple[float, float]:
        """Stability and difficulty after good, `times` times more on the day of the last review."""
        for _ in range(times):
            stability = max(stability * max(self._short * stability ** -self._w[19], 1.0), 0.001)
            difficulty = self._harder(difficulty, 0.0)
        return stability, difficulty

    def review(self, memory: Memory, elapsed: int) -> list[Branch]:
        """How a review of this card, `elapsed` days after its last one (of a new card: its first), can go; every
        learning step that follows is taken on the same day and graded good."""
        s, d, steps = memory.stability, memory.difficulty, self._steps
        if s is None or d is None:
            again, good = (max(s, 0.001) for s in (self._w[0], self._w[2]))
            return [
                Branch(FIRST_AGAIN, *self.same_day(again, self._first(0), steps), 1),
                Branch(1 - FIRST_AGAIN, *self.same_day(good, self._first(2), max(0, steps - 1)), 1),
            ]
        if memory.state == "review":
            goods, least, steps = 1, 2, self._resteps
        else:
            steps = self._resteps if memory.state == "relearning" else steps
            goods, least = max(1, steps - (memory.step or 0)), 1
        if elapsed < 1:
            return [Branch(1.0, *self.same_day(s, d, goods), least)]
        recall = self.recall(elapsed, s)
        return [
            Branch(recall, *self.same_day(*self.recalled(s, d, recall), goods - 1), least),
            Branch(1 - recall, *self.same_day(*self.forgotten(s, d, recall), steps), 1),
        ]

    def _first(self, grade: int) -> float:
        """The difficulty after the first grade: 0 again, 2 good."""
        return min(max(self._w[4] - exp(self._w[5] * grade) + 1, 1.0), 10.0)

    def _harder(self, difficulty: float, by: float) -> float:
        back = self._w[7]
        return min(max(back * self._easy + (1 - back) * (difficulty + (10 - difficulty) * by / 9), 1.0), 10.0)


Leaf = tuple[int, float]
"""A place in a forecast, and its share: what becomes of a card."""

Rest = tuple[int, int]
"""How many days before the end a card was reviewed last, and its place."""


class Forecast:
    """What becomes of many cards in `days` days. `add` every card, `pass_day` day by day, from today on, `conclude`,
    then ask. A card may be added until its day has passed: how many new ones a day has can depend on its reviews.

    `reviews` is the number of cards expected to be reviewed on each of the days, the first of which is today; that of
    a day is known once the days before have passed.
    """

    def __init__(self, rules: Rules, days: int) -> None:
        self.formulas = Formulas(rules)
        self.days = days
        self.reviews = [0.0] * days
        self._places: dict[tuple[int, int, int], int] = {}
        self._stability: list[float] = []
        self._difficulty: list[float] = []
        self._interval: list[int] = []
        self._next: list[tuple[float, int, int] | None] = []  # of a place: recall when due, where good and again lead
        self._here: list[dict[int, float]] = [{} for _ in range(days + 1)]  # days left → place → cards reviewed then
        self._recall: list[dict[int, float]] = []  # the same → expected recall at the end
        self._resting: dict[Rest, float] = {}  # → cards that do not fall due before the end
        self._swept: dict[Rest, list[tuple[float, int, tuple[float, int, int]]]] = {}

    def add(self, memory: Memory, elapsed: int, day: int, cards: float = 1.0) -> list[Leaf]:
        """Review `cards` cards that stand like this on day number `day` (0 is today), `elapsed` days after their last
        review, and go on as they fall due. What is returned gives their recall, once it was run."""
        left = self.days - day
        self.reviews[day] += cards if memory.state != "new" else 0
        leaves, here = [], self._here[left]
        for share, stability, difficulty, least in self.formulas.review(memory, elapsed):
            place = self._place(stability, difficulty, least)
            here[place] = here.get(place, 0.0) + share * cards
            leaves.append((place, share))
        return leaves

    def rest(self, memory: Memory, elapsed: int) -> Rest:
        """A card in review that does not fall due before the end, last reviewed `elapsed` days ago: only `sweep` asks
        it. What is returned gives its recall."""
        place = self._place(memory.stability or 0.001, memory.difficulty or 1.0, 1)
        rest = self.days + elapsed, place
        self._resting[rest] = self._resting.get(rest, 0.0) + 1
        return rest

    def sweep(self, day: int, cards: float, below: float) -> None:
        """On day number `day`, before it passes, review so many of the cards that would not fall due before the end and
        would then be recalled with a chance below `below`: the lowest first."""
        left = self.days - day
        found = [(self.formulas.recall(rest[0], self._stability[rest[1]]), rest) for rest in self._resting]
        for _, rest in sorted(one for one in found if one[0] < below and one[1][0] > left):
            taken = min(self._resting[rest], cards)
            if taken <= 0:
                continue
            cards -= taken
            share = taken / self._resting[rest]
            self._resting[rest] -= taken
            recall, good, again = onward = self._reviewed(rest[1], rest[0] - left)
            self._swept.setdefault(rest, []).append((share, left, onward))
            self.reviews[day] += taken
            here = self._here[left]
            here[good] = here.get(good, 0.0) + taken * recall
            here[again] = here.get(again, 0.0) + taken * (1 - recall)

    def pass_day(self, day: int) -> None:
        """The cards reviewed on day number `day` go on to when they fall due."""
        left, onward, here = self.days - day, self._next, self._here
        for place, cards in here[left].items():
            then = left - self._interval[place]
            if then > 0:
                recall, good, again = onward[place] or self._review(place)
                self.reviews[self.days - then] += cards
                there = here[then]
                there[good] = there.get(good, 0.0) + cards * recall
                there[again] = there.get(again, 0.0) + cards * (1 - recall)
            else:
                self._resting[left, place] = self._resting.get((left, place), 0.0) + cards

    def conclude(self) -> None:
        """All days have passed: collect what each memory leads to."""
        onward, interval = self._next, self._interval
        known = self._recall = [{}]
        for left in range(1, self.days + 1):
            found: dict[int, float] = {}
            for place in self._here[left]:
                then, review = left - interval[place], onward[place]
                if then > 0 and review is not None:
                    recall, good, again = review
                    after = known[then]
                    found[place] = recall * after[good] + (1 - recall) * after[again]
                else:
                    stop = self.formulas.recall(left, self._stability[place])
                    found[place] = self.rested((left, place), stop)
            known.append(found)

    def recall(self, leaves: list[Leaf], day: int) -> float:
        """Expected recall, at the end, of a card that was added on this day with these leaves."""
        known = self._recall[self.days - day]
        return sum(share * known[place] for place, share in leaves)

    def rested(self, rest: Rest, stop: float) -> float:
        """Expected recall, at the end, of a card that rests: `stop` if it is not swept."""
        found = stop
        for share, left, (recall, good, again) in reversed(self._swept.get(rest, ())):
            after = self._recall[left]
            found = share * (recall * after[good] + (1 - recall) * after[again]) + (1 - share) * found
        return found

    def _place(self, stability: float, difficulty: float, least: int) -> int:
        key = (round(log(stability) * _FINE), round(difficulty * _FINE_D), least)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self._stability)
            self._stability.append(middle := exp(key[0] / _FINE))
            self._difficulty.append(key[1] / _FINE_D)
            self._interval.append(self.formulas.interval(middle, least))
            self._next.append(None)
        return place

    def _review(self, place: int) -> tuple[float, int, int]:
        """The review at which the card of this place is due."""
        onward = self._next[place] = self._reviewed(place, self._interval[place])
        return onward

    def _reviewed(self, place: int, elapsed: int) -> tuple[float, int, int]:
        """A review so many days after the one that led to this place: the recall, and where good and again lead."""
        memory = Memory("review", None, self._stability[place], self._difficulty[place])
        good, again = self.formulas.review(memory, elapsed)
        return good.share, self._place(*good[1:]), self._place(*again[1:])
