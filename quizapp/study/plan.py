"""What a day has room for, and what the day of the interview changes: pure, and cheap enough to ask again after every
grade. `readiness.py` says what it leads to.

With a date near, cards come back a little later than they would for good, and the last two days sweep up the weakest:
that takes fewer reviews for the same recall on the day (`benchmarks/dose.py`).
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.card import Card, Cloze, Code, Deck
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import Memory, Outcome, Rules, day_start, retrievability, study_day
from quizapp.memory.standings import Standings
from quizapp.settings import Settings, read_date
from quizapp.study.path import is_own_deck, prerequisites
from quizapp.texts import Sentence, UserError, span, tell
from quizapp.words import clean

FEWEST_SEEN = 10
"""Cards that were asked before the recall on a day to come is more than a guess."""

FREE_DAYS = 2
"""The last days before the interview, on which no card is begun and the weakest are swept up: so each card is asked a
second time before it counts."""

SWEEP, SURE = 60, 0.95
"""Reviews that each of these days has at least, as long as there are cards whose recall on the day would be lower and
`STRETCH` of the day's minutes lasts."""

STRETCH = 1.6
"""How much longer than others a day may be for the sweep."""

NEAR_DAYS, NEAR_RETENTION = 30, 0.85
"""Days ahead from which on an interview changes the desired retention, and to what."""

NEW_TAKES = 3
"""Answers that a new card takes on its day: two at least by its learning steps, and the first is read for longer."""

KEPT = 10
"""Cards of one's own that a day begins whatever was begun of what came with it."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

CODE_SECONDS = 600
"""The time to write a solution, where its deck says none."""

FURTHEST = 2 * 366
"""Days ahead up to which an interview can be planned for."""


def days_left(settings: Settings, day: date) -> int | None:
    """Days from study day `day` to the interview: 0 on the day, negative once it is over, None without a date."""
    return None if settings.interview is None else (settings.interview - day).days


def last_days(settings: Settings, day: date) -> bool:
    """Is study day `day` one of the `FREE_DAYS` before the interview?"""
    return 0 < (days_left(settings, day) or 0) <= FREE_DAYS


def rules_near(rules: Rules, settings: Settings, day: date) -> Rules:
    """The rules that hold on study day `day`: the user's, with another retention while an interview is near. A
    retention that they set themselves (any but the default) holds all the same."""
    near = 0 < (days_left(settings, day) or 0) <= NEAR_DAYS
    return replace(rules, retention=NEAR_RETENTION) if near and rules.retention == Rules().retention else rules


def swept_by(card: Card, memory: Memory, rules: Rules, interview: date | None, now: datetime) -> Sentence | None:
    """By when a card that stands so is swept up: what falls due only once the interview is there, and is not sure by
    then, comes on one of the last days before it. None where it comes when it is due."""
    if interview is None or not _past(memory, rules, interview, now) or not _swept(card, memory, rules, interview):
        return None
    return tell("common.span.by", **_of_month(interview - timedelta(days=1)))


def _past(memory: Memory, rules: Rules, interview: date, now: datetime) -> bool:
    """Does a card that stands so fall due only once the interview is there, before which another day comes?"""
    if memory.state != "review" or memory.due is None or (interview - study_day(now, rules.rollover)).days < 2:
        return False
    return memory.due >= day_start(interview, rules.rollover, now.tzinfo)


def _swept(card: Card, memory: Memory, rules: Rules, interview: date) -> bool:
    """Is a card that falls due too late for the interview among those that the last days before it sweep up?"""
    return not isinstance(card, Code) and retrievability(memory, interview, rules) < SURE


def _of_month(day: date) -> dict[str, int | Sentence]:
    return {"day": day.day, "month": tell(f"common.month.{day.month}")}


def comes_back(card: Card, outcome: Outcome, settings: Settings, now: datetime) -> Sentence:
    """When `card` is asked again after this grade, as its button says it: no day beyond the interview. What falls due
    beyond it comes on the last days before, 11–12 d; what is sure enough by then, and code, not before it is over."""
    return _beyond(card, outcome, settings, now) or _within(card, outcome, settings, now)


def when_back(card: Card, outcome: Outcome, settings: Settings, now: datetime) -> Sentence:
    """The same behind "back": in 4 d, in 11–12 d, after 13 Dec."""
    span = _within(card, outcome, settings, now)
    return _beyond(card, outcome, settings, now) or tell("common.span.after", span=span)


def _beyond(card: Card, outcome: Outcome, settings: Settings, now: datetime) -> Sentence | None:
    interview, memory, rules = settings.interview, outcome.memory, outcome.rules
    if interview is None or not _past(memory, rules, interview, now) or _swept(card, memory, rules, interview):
        return None
    return tell("common.span.past", **_of_month(interview))


def _within(card: Card, outcome: Outcome, settings: Settings, now: datetime) -> Sentence:
    interview, rules = settings.interview, outcome.rules
    if interview is None or not _past(outcome.memory, rules, interview, now):
        return span(outcome.interval_s)
    last = (interview - study_day(now, rules.rollover)).days - 1
    first = max(1, last - FREE_DAYS + 1)
    return tell("common.span.days", n=f"{first}–{last}" if first < last else f"{last}")


def too_late(settings: Settings, day: date) -> bool:
    """Is study day `day` too near the interview to begin a card? It would not come back before."""
    left = days_left(settings, day)
    return left is not None and 0 <= left <= FREE_DAYS


def answer_s(standings: Standings, day: date) -> int:
    """The seconds to plan for an answer on study day `day`: whole ones, the same all day long."""
    return max(1, round(standings.usual_s(day)))


def seen_before(standing: Standing, day: date) -> bool:
    """Was this card seen before study day `day`? Where none was, it is never too late: a card begun on the eve of the
    interview beats none."""
    return standing.memory.day is not None and standing.first != day


class Room(Struct):
    """What a day has left for new cards: `seconds`, the `cards` and the `code` among them that there may be at most.
    An answer takes `answer_s`, but where one writes code; `begun` cards were begun before. Of the decks `own` there may
    be as many as `kept` all the same, in `theirs_s` more, which went to what came with it."""

    seconds: int
    cards: int
    code: int
    answer_s: int
    begun: int = 0
    own: frozenset[str] = frozenset()
    kept: int = 0
    theirs_s: int = 0

    def review_s(self, card: Card) -> int:
        """The seconds of a review of `card`."""
        return CODE_SECONDS if isinstance(card, Code) else self.answer_s

    def swept(self, settings: Settings, reviewed: float) -> float:
        """How many cards that are not due one of the last days sweeps up, where `reviewed` are done or due, whose time
        `seconds` is without."""
        longer_s = round((STRETCH - 1) * 60 * settings.minutes_per_day)
        return max(0, min(SWEEP - reviewed, (self.seconds + longer_s) // self.answer_s))

    def new_s(self, card: Card) -> int:
        """The seconds that beginning `card` takes."""
        return CODE_SECONDS if isinstance(card, Code) else NEW_TAKES * self.answer_s


def day_room(settings: Settings, seconds: int) -> Room:
    """What a day has room for before anything is done, where an answer takes so many seconds."""
    return Room(settings.minutes_per_day * 60, settings.new_per_day, settings.new_code_per_day, seconds)


class CodeDone(Struct):
    """Of the cards that ask for code those begun today and the reviews, and the seconds that both took: those of an
    interview are over sooner than a page written at leisure."""

    begun: int = 0
    reviewed: int = 0
    seconds: float = 0.0

    def add(self, key: str, standing: Standing, standings: Standings, day: date) -> None:
        """Take in what was done of the card `key` on study day `day`, today."""
        begun, reviewed = standing.first == day, standing.times if standing.asked == day else 0
        self.begun += begun
        self.reviewed += reviewed
        if begun or reviewed:
            took = standings.spent_s(key, day)
            self.seconds += (begun + reviewed) * CODE_SECONDS if took is None else took


def room_left(decks: Iterable[Deck], standings: Standings, settings: Settings, day: date, code: CodeDone) -> Room:
    """What study day `day`, today, has room for in `decks` after what was done, in any deck; `code` is what of it
    was."""
    seconds = answer_s(standings, day)
    begun, reviewed = standings.today(day)
    room = day_room(settings, seconds)
    room.begun = begun
    room.cards -= begun
    room.code -= code.begun
    room.seconds -= round(code.seconds) + (NEW_TAKES * (begun - code.begun) + reviewed - code.reviewed) * seconds
    mine, theirs = (
        {deck.name: standings.new_today(deck.name, day) for deck in decks if is_own_deck(deck) is own}
        for own in (True, False)
    )
    room.own, room.theirs_s = frozenset(mine), NEW_TAKES * seconds * sum(theirs.values())
    room.kept = min(KEPT - sum(mine.values()), room.cards + sum(theirs.values()))
    return room


def first_new(path: Iterable[Card], room: Room, asked: set[tuple[str, str]]) -> list[Card]:
    """Of the cards never seen, in the order of the path, those that a day begins: the first that there is room for, and
    at least one, so that the path never stands still. What needs code that was put off is put off with it; of a text
    with gaps only one that is not in `asked`. Cards of one's own keep their place."""
    taken: list[Card] = []
    put_off: set[str] = set()
    for card in path:
        kept = card.deck in room.own and len(taken) < room.kept
        if len(taken) >= room.cards and not kept:
            break
        if put_off and not put_off.isdisjoint(prerequisites(card)):
            put_off |= {card.key, f"{card.deck}/{card.id}"}
            continue
        if isinstance(card, Code) and room.code < 1:
            put_off.add(card.key)
            continue
        if isinstance(card, Cloze):
            if (card.deck, card.id) in asked:
                continue
            asked.add((card.deck, card.id))
        room.seconds -= room.new_s(card)
        if room.seconds + kept * room.theirs_s < 0 and (room.begun or taken):
            break
        room.code -= isinstance(card, Code)
        taken.append(card)
    return taken


class NoDay(UserError):
    """Why there is no plan for a date."""


def read_day(text: str, day: date) -> date:
    """The date that the user wrote, as in 2026-12-20, or the next 12-20, 20 Dec or Dec 20 from study day `day` on, or
    +27 days. Raises NoDay for what is no date, and as `check_day` does."""
    found = read_date(text) or _next_date(text.strip().lower(), day)
    if found is None:
        example = day + timedelta(days=30)
        written = clean(text.strip())
        told = tell("study.plan.no_date", text=written, example=example)
        raise NoDay(told if written else tell("study.plan.empty", example=example))
    check_day(found, day)
    return found


def _next_date(text: str, day: date) -> date | None:
    """What is written without a year, or as days from `day`; None if that is no date."""
    if found := re.fullmatch(r"\+([0-9]{1,4})", text):
        return day + timedelta(days=int(found[1]))
    if found := re.fullmatch("([0-9]{1,2})(?:[-/]|月)([0-9]{1,2})日?", text):
        month, of_month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"([0-9]{1,2})[. ]*([a-z]{3,9})|([a-z]{3,9})\.? *([0-9]{1,2})", text):
        name, of_month = (found[2] or found[3])[:3], int(found[1] or found[4])
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
    else:
        return None
    try:
        this = date(day.year, month, of_month)
        return this if this >= day else this.replace(year=day.year + 1)
    except ValueError:
        return None


def check_day(interview: date, day: date) -> None:
    """Raises NoDay unless `interview` is one of the `FURTHEST` days from study day `day` on."""
    days = (interview - day).days
    if days == -1:
        raise NoDay(tell("study.plan.yesterday", day=interview))
    if days < 0:
        raise NoDay(tell("study.plan.over", day=interview, days=-days))
    if days > FURTHEST:
        raise NoDay(tell("study.plan.far", day=interview, days=days, furthest=FURTHEST))
