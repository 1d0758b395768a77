"""What is asked of the journals: the reviews that count, the predictions, the history of one card and its code.

Reading may take seconds where there are hundreds of thousands of lines, so it goes piece by piece: whoever asks takes a
step, does something else, and takes the next. It has nothing to do with what the Standings are doing meanwhile.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from quizapp.memory.all_cards import AllCards
from quizapp.memory.all_journals import journals
from quizapp.memory.device import this_device
from quizapp.memory.events import (
    AnyEvent,
    Attempted,
    Link,
    Opened,
    Overruled,
    Predicted,
    Quizzed,
    Reviewed,
    kept_text,
    link,
    took,
)
from quizapp.memory.line import JOURNAL_FORMAT, Damaged, from_line
from quizapp.memory.reader import Reader, lines, open_plain
from quizapp.memory.replay import ordered, turns
from quizapp.memory.schedule import Grade, Memory, State

MOST_ATTEMPTS = 20
"""Of a card, that passed or did not, that are read: as many as somebody looks at."""

Happening = Link | Predicted | Attempted | Overruled
_PIECE = 200  # events read in one step: a few milliseconds
_LINES = 5000  # of which only those of one card are read
_T = TypeVar("_T")


class CountedReview(Struct, frozen=True, gc=False):
    """A review that counts. `state`, `stability` (days) and the study day of the `last` review are those of its card
    before it; `ticked` if points were ticked; `coded` if code was judged; `cued` as in `Reviewed`."""

    card: str
    at: datetime
    day: date
    grade: Grade
    state: State
    stability: float | None
    took_s: float | None
    confidence: int | None
    cued: bool = False
    last: date | None = None
    ticked: bool = False
    coded: bool = False


class Reading:
    """All that the journals in `home` tell of. `renames` leads from the former keys of cards to those they have now.

    `reviews` (card by card, those of a card in their order) and `predictions` are there once `read` has come to its
    end; reviews that were undone are left out. What cannot be read is missing.
    """

    def __init__(self, home: Path, renames: Mapping[str, str]) -> None:
        self._home = home
        self._renames = renames
        self.reviews: list[CountedReview] = []
        self.predictions: list[Predicted] = []

    def read(self) -> Iterator[None]:
        """Read the journals through, a piece at every step.

        Most cards' events simply follow each other, and are added up as they come. What was undone, or made on two
        devices at a time, is collected in a second reading and put in order first.
        """
        own, cards = this_device(self._home), AllCards(self._renames)
        found: dict[str, list[CountedReview]] = {}
        for device, event in _through(self._home, Reader, _PIECE):
            if event is None:
                yield
                continue
            before = cards.add(event, mine=device == own)
            if isinstance(event, Predicted):
                key = cards.key(event.card)
                self.predictions.append(event if key == event.card else replace(event, card=key))
            elif isinstance(event, Reviewed) and before is not None:
                key = cards.key(event.card)
                found.setdefault(key, []).append(_review(key, before.memory, event))
        histories: dict[str, list[Link]] = {key: [] for key in cards.unsettled}
        for _, event in _through(self._home, Reader, _PIECE) if histories else ():
            if event is None:
                yield
            elif (place := link(event)) is not None and (history := histories.get(cards.key(place.card))) is not None:
                history.append(place)
        for key, history in histories.items():
            found[key] = [
                _review(key, turn.before.memory, turn.event)
                for turn in turns(history, cards.rules)
                if turn.counts and isinstance(turn.event, Reviewed)
            ]
        self.reviews = [review for reviews in found.values() for review in reviews]

    def history(self, key: str) -> Generator[list[Happening] | None, None, None]:
        """What happened to card `key`, in order: None at every step until it is found, and that last. Of an attempt
        without its text."""
        links: list[Link] = []
        others: list[Predicted | Attempted | Overruled] = []
        for event in self._of(key):
            if event is None:
                yield None
            elif isinstance(event, Attempted):
                others.append(replace(event, text=""))
            elif isinstance(event, Predicted | Overruled):
                others.append(event)
            elif (place := link(event)) is not None:
                links.append(place)
        yield sorted([*ordered(links), *others], key=lambda event: event.at)

    def attempts(self, key: str) -> Generator[list[Attempted] | None, None, None]:
        """What was written for card `key`, in order of time, as `history` gives what happened: the last `MOST_ATTEMPTS`
        that passed, and as many that did not. The texts may be another device's: clean them where they show."""
        passed: list[Attempted] = []
        failed: list[Attempted] = []
        for event in self._of(key, b'{"type":"attempted"'):
            if event is None:
                yield None
            elif isinstance(event, Attempted):
                kind = passed if event.passed else failed
                kind.append(replace(event, text=kept_text(event.text)))  # another device's may be longer
                if len(kind) > 2 * MOST_ATTEMPTS:
                    kind[:] = _latest(kind)
        yield sorted([*_latest(passed), *_latest(failed)], key=lambda event: event.at)

    def quizzes(self) -> Generator[list[Quizzed] | None, None, None]:
        """How the quizzes went, in order of time, as `history` gives what happened."""
        last: dict[str, Quizzed] = {}
        for _, line in _through(self._home, _known_lines, _LINES):
            if line is None:
                yield None
            elif line.startswith(b'{"type":"quizzed"'):
                with suppress(Damaged):
                    event = from_line(line)
                    if isinstance(event, Quizzed) and (event.quiz not in last or last[event.quiz].at < event.at):
                        last[event.quiz] = event
        yield sorted(last.values(), key=lambda event: event.at)

    def _of(self, key: str, start: bytes = b"") -> Iterator[AnyEvent | None]:
        """The events of card `key` in lines that start so; and None at every step."""
        names = {key, *(old for old, now in self._renames.items() if now == key)}
        wanted = [b'"card":' + encode(name) for name in names]
        for _, line in _through(self._home, _known_lines, _LINES):
            if line is None:
                yield None
            elif line.startswith(start) and any(name in line for name in wanted):
                with suppress(Damaged):
                    event = from_line(line)
                    if getattr(event, "card", None) in names:
                        yield event


def _latest(attempts: Iterable[Attempted]) -> list[Attempted]:
    """The last of them, each once."""
    each = {event.id: event for event in attempts}
    return sorted(each.values(), key=lambda event: event.at)[-MOST_ATTEMPTS:]


def _review(key: str, before: Memory, event: Reviewed) -> CountedReview:
    return CountedReview(
        card=key,
        at=event.at,
        day=event.day,
        grade=event.grade,
        state=before.state,
        stability=before.stability,
        took_s=took(event),
        confidence=event.confidence,
        cued=event.cued,
        last=before.day,
        ticked=bool(event.ticks),
        coded=event.attempts > 0,
    )


def _known_lines(path: Path) -> Iterator[bytes]:
    with open_plain(path) as file:
        for line in lines(file):
            if line.startswith(b'{"type":"journal"'):
                with suppress(Damaged):
                    event = from_line(line)
                    if isinstance(event, Opened) and event.format > JOURNAL_FORMAT:
                        return
            yield line


def _through(home: Path, read: Callable[[Path], Iterable[_T]], piece: int) -> Iterator[tuple[str, _T | None]]:
    """What `read` finds in every journal, with its device; and None after each `piece` of it, to pause at."""
    with suppress(OSError):
        for device, path in journals(home).items():
            with suppress(OSError):
                for count, found in enumerate(read(path)):
                    if count % piece == 0:
                        yield device, None
                    yield device, found
