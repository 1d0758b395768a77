"""What happened, read from the journals: the reviews that count, the predictions, and the history of one card.

Reading may take seconds where there are hundreds of thousands of lines, so it goes piece by piece: whoever asks takes a
step, does something else, and takes the next. It has nothing to do with what a `Progress` is doing meanwhile.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.json import encode

from quizapp.memory.events import (
    FORMAT,
    AnyEvent,
    Damaged,
    Link,
    Opened,
    Predicted,
    Reviewed,
    RulesNamed,
    Undone,
    link,
    parse,
    rules_of,
    took,
)
from quizapp.memory.journal import Reader, journals, lines, open_plain
from quizapp.memory.replay import Standing, follows, ordered, step, undone_by
from quizapp.memory.schedule import Grade, Memory, Rules, State

_PIECE = 200  # events read in one step: a few milliseconds
_LINES = 5000  # of which only those of one card are read
_UNTOUCHED = Standing()
_T = TypeVar("_T")


class Review(Struct, frozen=True, gc=False):
    """A review that counts. `state` and `stability` (days) are those of its card before it."""

    card: str
    at: datetime
    day: date
    grade: Grade
    state: State
    stability: float | None
    took_s: float | None
    confidence: int | None


class Chronicle:
    """All that the journals in `home` tell of. `renames` leads from the former keys of cards to those they have now.

    `reviews` (in no order) and `predictions` are there once `read` has come to its end; reviews that were undone, and
    predictions of them, are left out. What cannot be read is missing.
    """

    def __init__(self, home: Path, renames: Mapping[str, str]) -> None:
        self._home = home
        self._renames = renames
        self._rules: dict[str, Rules] = {}
        self.reviews: list[Review] = []
        self.predictions: list[Predicted] = []

    def read(self) -> Iterator[None]:
        """Read the journals through, a piece at every step.

        Most cards' events simply follow each other, and are added up as they come. What was undone, or made on two
        devices at a time, is collected in a second reading and put in order first.
        """
        standings: dict[str, Standing] = {}
        found: dict[str, list[Review]] = {}
        unsettled: dict[str, list[Link]] = {}
        for event in _through(self._home, Reader, _PIECE):
            if event is None:
                yield
                continue
            place = link(event)
            if place is None:
                self._note(event)
                continue
            key = self._renames.get(place.card, place.card)
            if key in unsettled:
                continue
            standing = standings.get(key, _UNTOUCHED)
            if isinstance(event, Undone) or not follows(standing, place):
                unsettled[key] = []
                continue
            if isinstance(event, Reviewed):
                found.setdefault(key, []).append(_review(key, standing.memory, event))
            standings[key] = step(standing, place, self._rules)
        for event in _through(self._home, Reader, _PIECE) if unsettled else ():
            if event is None:
                yield
            elif (place := link(event)) is not None:
                history = unsettled.get(self._renames.get(place.card, place.card))
                if history is not None:
                    history.append(place)
        found |= {key: self._settled(key, history) for key, history in unsettled.items()}
        self.reviews = [review for reviews in found.values() for review in reviews]

    def history(self, key: str) -> Generator[list[Link | Predicted] | None, None, None]:
        """What happened to card `key`, in order: None at every step until it is found, and that last."""
        names = {key, *(old for old, now in self._renames.items() if now == key)}
        wanted = [b'"card":' + encode(name) for name in names]
        links: list[Link] = []
        predictions: list[Predicted] = []
        for line in _through(self._home, _known_lines, _LINES):
            if line is None:
                yield None
            elif any(name in line for name in wanted):
                with suppress(Damaged):
                    event = parse(line)
                    if isinstance(event, Predicted):
                        predictions.append(event)
                    elif (place := link(event)) is not None:
                        links.append(place)
        yield sorted([*ordered(links), *predictions], key=lambda event: event.at)

    def _note(self, event: AnyEvent) -> None:
        if isinstance(event, RulesNamed) and (rules := rules_of(event)) is not None:
            self._rules.setdefault(event.name, rules)
        elif isinstance(event, Predicted):
            self.predictions.append(event)

    def _settled(self, key: str, events: list[Link]) -> list[Review]:
        """The reviews that count among the events of a card, whatever order they are given in."""
        line = ordered(events)
        ids, undone, standing = {event.id for event in line}, undone_by(line), _UNTOUCHED
        found = []
        for event in line:
            if isinstance(event, Reviewed) and event.id not in undone:
                found.append(_review(key, standing.memory, event))
            lost = event.on is not None and event.on not in ids
            standing = step(standing, event, self._rules, lost=lost, undone=event.id in undone)
        return found


def _review(key: str, before: Memory, event: Reviewed) -> Review:
    took_s, sure = took(event), event.confidence
    return Review(key, event.at, event.day, event.grade, before.state, before.stability, took_s, sure)


def _known_lines(path: Path) -> Iterator[bytes]:
    with open_plain(path) as file:
        for line in lines(file):
            if line.startswith(b'{"type":"journal"'):
                with suppress(Damaged):
                    event = parse(line)
                    if isinstance(event, Opened) and event.format > FORMAT:
                        return
            yield line


def _through(home: Path, read: Callable[[Path], Iterable[_T]], piece: int) -> Iterator[_T | None]:
    """What `read` finds in every journal, and None after each `piece` of it, to pause at."""
    with suppress(OSError):
        for path in journals(home).values():
            with suppress(OSError):
                for count, found in enumerate(read(path)):
                    if count % piece == 0:
                        yield None
                    yield found
