"""The events of one card → how it stands. Pure; the same result whatever order the events arrived in, save that
of several with one id the first counts.

The law: an event comes after the event it was made `on`; those that no chain orders sort by time, then id. A review's
recorded state is adopted when its author saw the very history that stands before it here; else the review is done
again, under its own rules, on what does stand before it. An event that was undone keeps its place and does nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from quizapp.memory.events import (
    Buried,
    Flagged,
    Link,
    Mended,
    Reset,
    Reviewed,
    Suspended,
    Undone,
    Unflagged,
    Unsuspended,
)
from quizapp.memory.schedule import Memory, Rules, dated, outcomes, sound

LEECH = 8
CONFIDENT = 75
"""Percent from which on one was sure of an answer."""

ASKED_AGAIN = (1, 7)
"""Days after which it is asked again what somebody was sure of and wrong: such errors come back."""

_MOST_EVENTS = 10**9  # of a card, that somebody may claim to have known of
_NEW = Memory()
_DEFAULT = Rules()
_C = TypeVar("_C", bound="Chained")


class Standing(Struct, frozen=True, omit_defaults=True, gc=False):
    """How a card stands. `Standing()` is a card to which nothing has happened.

    `tip` is the id of its last event and `events` their number. `buried` is the study day on which it is not asked:
    only on that very day, so that a wrong clock cannot hide it for longer. `first` is the study day on which it was
    first reviewed; `asked` the last one on which it was reviewed while in review, `times` how often on that day;
    `missed` the one on which it passed with points missed, which are asked again on that day; `erred` the last one on
    which one was sure of an answer that was wrong.
    """

    memory: Memory = _NEW
    tip: str | None = None
    events: int = 0
    suspended: bool = False
    buried: date | None = None
    flagged: bool = False
    first: date | None = None
    asked: date | None = None
    times: int = 0
    missed: date | None = None
    erred: date | None = None

    @property
    def begun(self) -> bool:
        """Does anything hold that happened to the card? Not where all of it was undone."""
        return self.memory != _NEW or self.suspended or self.buried is not None or self.flagged

    @property
    def leech(self) -> bool:
        """Was it forgotten so often that it should be rewritten rather than repeated?"""
        return self.memory.lapses >= LEECH


UNTOUCHED = Standing()


def asked_again(standing: Standing, day: date) -> bool:
    """Is the card asked on study day `day`, whenever it is due, since one was sure of an answer that was wrong? Once
    from each of the days `ASKED_AGAIN` on."""
    erred, last = standing.erred, standing.memory.day
    if erred is None or last is None or standing.memory.state != "review":
        return False
    return any(last < erred + timedelta(days=days) <= day for days in ASKED_AGAIN)


def marks_leech(before: Memory, after: Memory) -> bool:
    """Is this the lapse at which the user should hear of it: the 8th, and every 4th after that?"""
    return after.lapses > before.lapses >= LEECH - 1 and after.lapses % (LEECH // 2) == 0


def follows(standing: Standing, event: Link) -> bool:
    """Was `event` made on exactly this standing?"""
    return event.on == standing.tip and event.nth == standing.events


def step(
    standing: Standing, event: Link, rules: Mapping[str, Rules], *, lost: bool = False, undone: bool = False
) -> Standing:
    """The standing after `event`. `rules` are all those that reviews name.

    `lost`: the event that this one was made on is not there (a damaged line, a journal not yet synced), so its author
    may have known more than we do. `undone`: another event takes this one back.
    """
    events = standing.events
    if lost and event.nth > events:
        events = min(event.nth, _MOST_EVENTS)
    if not undone:
        standing = _changed(standing, event, rules, knows_more=events > standing.events)
    return replace(standing, tip=event.id, events=events + 1)


def _changed(standing: Standing, event: Link, rules: Mapping[str, Rules], *, knows_more: bool) -> Standing:
    match event:
        case Reviewed():
            return _reviewed(standing, event, rules, knows_more=knows_more)
        case Suspended() | Unsuspended():
            return replace(standing, suspended=isinstance(event, Suspended))
        case Flagged() | Unflagged():
            return replace(standing, flagged=isinstance(event, Flagged))
        case Mended() if standing.missed is not None:
            return replace(standing, missed=None)
        case Buried() | Mended():
            return replace(standing, buried=event.day)
        case Reset():
            return replace(standing, memory=_NEW, first=None, missed=None, erred=None)
    return standing


def _reviewed(standing: Standing, event: Reviewed, rules: Mapping[str, Rules], *, knows_more: bool) -> Standing:
    memory = standing.memory
    saw_it = knows_more or (follows(standing, event) and event.state.reps == memory.reps + 1)
    if saw_it and sound(event.state):
        after = event.state
    else:
        after = _again(memory, event, rules)
    asked, times = standing.asked, standing.times
    if memory.state == "review":
        asked, times = event.day, (times + 1 if asked == event.day else 1)
    first, missed = standing.first or event.day, event.day if _missed(event, after, rules) else None
    wrong = event.grade == "again" and not event.core
    erred = event.day if wrong and (event.confidence or 0) >= CONFIDENT else standing.erred
    return replace(standing, memory=after, first=first, asked=asked, times=times, missed=missed, erred=erred)


def _missed(event: Reviewed, after: Memory, rules: Mapping[str, Rules]) -> bool:
    """Did the card pass though points were missed? In learning it comes back on the same day anyway."""
    if event.grade != "hard" or after.state != "review":
        return False
    named = rules.get(event.rules)
    return named is not None and bool(named.hard_holds)


def _again(memory: Memory, event: Reviewed, rules: Mapping[str, Rules]) -> Memory:
    """The review done again on another memory. In the zone of its time, which is the best that every device has."""
    reviewed = event.state.reviewed
    moment = event.at if reviewed is None or not dated(reviewed) else reviewed.astimezone(event.at.tzinfo)
    return outcomes(memory, event.card, moment, event.day, rules.get(event.rules, _DEFAULT))[event.grade].memory


class Chained(Protocol):
    """What can be brought in order: something made at a time, on something else or on nothing."""

    @property
    def id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def on(self) -> str | None: ...


def ordered(events: Iterable[_C]) -> list[_C]:
    """The events of one card, each once, in the order of the law. Those that wait for each other come last.

    Of those that share an id the first given counts: what comes later, from a journal that somebody else writes, takes
    no event's place.
    """
    by_id: dict[str, _C] = {}
    for event in events:
        by_id.setdefault(event.id, event)
    children: dict[str, list[_C]] = {}
    ready: list[tuple[datetime, str]] = []
    for event in by_id.values():
        if event.on is not None and event.on in by_id:
            children.setdefault(event.on, []).append(event)
        else:
            heappush(ready, (event.at, event.id))
    result: list[_C] = []
    while ready:
        event = by_id.pop(heappop(ready)[1])
        result.append(event)
        for child in children.get(event.id, ()):
            heappush(ready, (child.at, child.id))
    result.extend(sorted(by_id.values(), key=lambda event: (event.at, event.id)))
    return result


class Turn(NamedTuple):
    """An event in the history of a card, and how the card stood before and after it. It `counts` unless another event
    takes it back."""

    event: Link
    before: Standing
    after: Standing
    counts: bool


def turns(events: Iterable[Link], rules: Mapping[str, Rules]) -> Iterator[Turn]:
    """The history of the card to which these events happened, in order, in whatever order they are given."""
    line = ordered(events)
    ids, undone, standing = {event.id for event in line}, undone_by(line), UNTOUCHED
    for event in line:
        lost = event.on is not None and event.on not in ids
        before, counts = standing, event.id not in undone
        standing = step(before, event, rules, lost=lost, undone=not counts)
        yield Turn(event, before, standing, counts)


def fold(events: Iterable[Link], rules: Mapping[str, Rules]) -> Standing:
    """How the card stands to which these events happened, in whatever order they are given."""
    standing = UNTOUCHED
    for turn in turns(events, rules):
        standing = turn.after
    return standing


def undone_by(events: Iterable[Link]) -> set[str]:
    """The ids of those among `events` that others of them undo; what undoes is final."""
    undoing = [event for event in events if isinstance(event, Undone)]
    return {event.undoes for event in undoing} - {event.id for event in undoing}
