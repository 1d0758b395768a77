"""Expected recall on the day of the interview, by topic, and the plan that leads to it. Pure; `now` is passed in.

Two futures are compared: nothing more is reviewed; or the plan is followed (`course.py`); `readiness_words.py` says it
in words, with what is assumed. It speaks of the cards alone: it is never a chance to pass.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.card import Card, Code
from quizapp.memory.schedule import Memory, Rules, retrievability, study_day
from quizapp.settings import Settings
from quizapp.study.course import Course, Load, Outset
from quizapp.study.plan import check_day
from quizapp.texts import tag_name
from quizapp.words import Words

_MOST_MINUTES = 600  # that one may set
_FEW = 5  # a tag on fewer cards is no topic of its own


class Topic(Struct, frozen=True):
    """Mean expected recall, 0 to 1, over the `cards` of a topic, if one stops now and if one follows the plan; the
    `unseen` among them count as 0 unless they are begun, which `left` of them are not before the day. `name` is a
    deck's or a tag."""

    name: str
    title: Words
    cards: int
    unseen: int
    left: int
    stop: float
    plan: float


class Short(Struct, frozen=True):
    """A card seen before whose expected recall on the day, if one stops now, lies below the desired retention."""

    card: Card
    stop: float
    plan: float


class Readiness(Struct, frozen=True):
    """Expected recall on `interview`, `days` from study day `day`, and the way there.

    `short` has the weakest first; `load` one entry for each day before the interview; `below` counts the cards
    seen or begun that stay below the desired retention with the plan: `retention`, that of code for code. `core` and
    `rest` are the cards that everyone is asked and the others; `left` those that the plan does not begin before the
    day, in the order in which they would come next; `limit` new cards a day, if it is that which keeps them out on most
    days; `enough` minutes a day would begin as much of the core in time as any, all but `never` cards; None if the
    `minutes` a day that one has do: at the pace that the day began with where that leaves any out, so that the advice
    stays while one studies. All else is reckoned with `answer_s` seconds an answer: the pace of so many `answers`.
    """

    day: date
    interview: date
    days: int
    retention: float
    all: Topic
    core: Topic
    rest: Topic
    decks: tuple[Topic, ...]
    tags: tuple[Topic, ...]
    suspended: int
    short: tuple[Short, ...]
    below: int
    left: tuple[Card, ...]
    limit: int | None
    load: tuple[Load, ...]
    minutes: int
    enough: int | None
    never: int
    answer_s: int
    answers: int

    @property
    def seen(self) -> int:
        """How many cards were asked; what is expected by fewer than `FEWEST_SEEN` is a guess."""
        return self.all.cards - self.all.unseen

    @property
    def new_a_day(self) -> int:
        """The most new cards that a day has: the day's number while one follows the plan."""
        return max((load.new for load in self.load), default=0)

    @property
    def new_until(self) -> date | None:
        """The last day with new cards; None if none are left."""
        return max((load.day for load in self.load if load.new), default=None)

    @property
    def reviews_a_day(self) -> float:
        """The mean of the expected reviews a day."""
        return sum(load.reviews for load in self.load) / len(self.load) if self.load else 0.0

    @property
    def minutes_a_day(self) -> float:
        """The mean of the minutes a day."""
        return sum(load.minutes for load in self.load) / len(self.load) if self.load else 0.0

    @property
    def busiest(self) -> Load | None:
        """The day with the most cards to review."""
        return max(self.load, key=lambda load: load.reviews, default=None)


class _Outlook(Struct, frozen=True):
    """One card, its expected recall in either future, and what is desired of it."""

    card: Card
    seen: bool
    begun: bool
    stop: float
    plan: float
    goal: float


def readiness(start: Outset, interview: date, now: datetime, rules: Rules, settings: Settings) -> Readiness:
    """Expected recall on `interview`, whatever date `settings` have, by the user's `rules`. `now` is aware, in the
    user's zone.

    Raises NoDay for a date that is past or too far away.
    """
    day = study_day(now, rules.rollover)
    check_day(interview, day)
    settings = replace(settings, interview=interview)
    course = Course(start, settings, rules, now)
    looks = {
        deck.name: [_outlook(card, memory, course, settings.code_retention) for card, memory in deck.cards]
        for deck in start.decks
    }
    every = [look for found in looks.values() for look in found]
    core = frozenset[str]().union(*(deck.core for deck in start.decks))
    pace_s = start.room.answer_s
    enough, never = None, 0
    if _left(course, core) and any(load.new for load in course.load):
        steady = _enough(replace(start, later_s=pace_s), settings, rules, now, core)
        enough, never = steady if any(steady) else _enough(start, settings, rules, now, core)
    full = [load.new >= settings.new_per_day for load in course.load if load.new]
    short = sorted((look for look in every if look.seen and look.stop < look.goal), key=lambda look: look.stop)
    return Readiness(
        day=day,
        interview=interview,
        days=course.days,
        retention=rules.retention,
        all=_topic("", Words(), every),
        core=_topic("", Words(), [look for look in every if look.card.key in core]),
        rest=_topic("", Words(), [look for look in every if look.card.key not in core]),
        decks=tuple(_topic(deck.name, deck.title, looks[deck.name]) for deck in start.decks),
        tags=_tags(every),
        suspended=sum(deck.suspended for deck in start.decks),
        short=tuple(Short(look.card, look.stop, look.plan) for look in short),
        below=sum(look.plan < look.goal for look in every if look.seen or look.begun),
        left=course.path,
        limit=settings.new_per_day if 2 * sum(full) > len(full) or not settings.new_per_day else None,
        load=tuple(course.load),
        minutes=settings.minutes_per_day,
        enough=enough,
        never=never,
        answer_s=start.later_s,
        answers=start.answers,
    )


def _left(course: Course, core: frozenset[str]) -> int:
    """How many of these the plan leaves out."""
    return sum(card.key in core for card in course.path)


def _enough(
    start: Outset, settings: Settings, rules: Rules, now: datetime, core: frozenset[str]
) -> tuple[int | None, int]:
    """The fewest minutes a day, in steps of five, that leave out as few of the `core` as any, None where those that one
    has do; and how many these are."""

    def left(minutes: int) -> int:
        room = replace(start.room, seconds=start.room.seconds + 60 * (minutes - settings.minutes_per_day))
        return _left(Course(replace(start, room=room), replace(settings, minutes_per_day=minutes), rules, now), core)

    steps = range(settings.minutes_per_day, _MOST_MINUTES + 1, 5)
    now_left = left(settings.minutes_per_day)
    fewest = left(steps[-1]) if now_left and steps else now_left
    if now_left <= fewest:
        return None, now_left
    return steps[bisect_left(steps, True, key=lambda minutes: left(minutes) <= fewest)], fewest


def _outlook(card: Card, memory: Memory, course: Course, code_goal: float) -> _Outlook:
    stop = retrievability(memory, course.interview, course.rules)
    goal = code_goal if isinstance(card, Code) else course.rules.retention
    plan = course.recall(card, stop)
    return _Outlook(card, memory.day is not None, card.key in course.leaves, stop, plan, goal)


def _topic(name: str, title: Words, looks: Sequence[_Outlook]) -> Topic:
    count = max(1, len(looks))
    return Topic(
        name=name,
        title=title,
        cards=len(looks),
        unseen=sum(not look.seen for look in looks),
        left=sum(not look.seen and not look.begun for look in looks),
        stop=sum(look.stop for look in looks) / count,
        plan=sum(look.plan for look in looks) / count,
    )


def _tags(looks: Sequence[_Outlook]) -> tuple[Topic, ...]:
    """A topic for every tag of `_FEW` cards or more, those with the most cards first."""
    tagged: dict[str, list[_Outlook]] = {}
    for look in looks:
        for tag in dict.fromkeys(look.card.tags):
            tagged.setdefault(tag, []).append(look)
    topics = [_topic(tag, tag_name(tag), found) for tag, found in tagged.items() if len(found) >= _FEW]
    return tuple(sorted(topics, key=lambda topic: (-topic.cards, topic.name)))
