"""What can happen to a card, and how it is written down: one JSON object a line, sealed with a checksum.

`write` and `parse` are the two ends; `journal.py` says what the fields mean and what a reader has to do.
"""

import zlib
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, Protocol, cast

import msgspec
from msgspec.structs import astuple

from quizapp.memory.schedule import SCHEDULER, Grade, Memory, Moment, Rules, dated

FORMAT = 1
"""The format this program writes. Lines after a `journal` line that names a higher one are not read."""

Value = bool | int | float | str
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
"""A number that is counted, and that every program can hold."""

Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]

_MOST_STEPS = 100
_LONGEST_S = 1e7


class Event(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", gc=False):
    """What every line has: its number in the file, an id that no other event has, and the time it was made."""

    seq: Count
    id: str
    at: Moment


class Opened(Event, frozen=True, tag="journal", gc=False):
    """The first line of a journal: the format of the lines that follow and the device they come from."""

    format: int
    device: str


class RulesNamed(Event, frozen=True, tag="rules", gc=False):
    """The scheduler and the settings that reviews of this file call `name`; written before the first that does."""

    name: str
    scheduler: str
    rules: dict[str, Any]


class CardEvent(Event, frozen=True, gc=False):
    """A link in the history of one card: made `on` the card's last event, the `nth` (from 0), on study day `day`."""

    day: date
    card: str
    on: str | None
    nth: Count


class Reviewed(CardEvent, frozen=True, tag="reviewed", gc=False):
    """A grade: the state it led to, under which rules, and what was done on the way to it.

    `took_s` seconds from question to grade; `ticks` the points ticked, `chosen` the choices or the order, as indices
    into the card's own lists; `typed` the text; `confidence` in percent; `leech` if this lapse marked it as one;
    `imported` names the program that a review comes from if it was not made here.
    """

    grade: Grade
    state: Memory
    rules: str
    took_s: float | None = None
    ticks: tuple[Count, ...] = ()
    chosen: tuple[Count, ...] = ()
    typed: str | None = None
    confidence: Percent | None = None
    leech: bool = False
    imported: str | None = None


class Undone(CardEvent, frozen=True, tag="undone", gc=False):
    """Event `undoes` of this card counts as if it had not been. That is final: grade again instead of undoing it."""

    undoes: str


class Suspended(CardEvent, frozen=True, tag="suspended", gc=False):
    """Not asked until it is unsuspended."""


class Unsuspended(CardEvent, frozen=True, tag="unsuspended", gc=False):
    """Asked again."""


class Buried(CardEvent, frozen=True, tag="buried", gc=False):
    """Not asked for the rest of its study day."""


class Flagged(CardEvent, frozen=True, tag="flagged", gc=False):
    """Marked by the user, for whatever they use marks for."""


class Unflagged(CardEvent, frozen=True, tag="unflagged", gc=False):
    """The mark taken off."""


class Reset(CardEvent, frozen=True, tag="reset", gc=False):
    """As if never seen: its memory starts over; flag and suspension stay. `imported` as in `Reviewed`."""

    imported: str | None = None


class Predicted(Event, frozen=True, tag="predicted", gc=False):
    """A demo's outcome guessed and then measured. It is about a card, but changes nothing in its history.

    `choice` is the index of the prediction chosen, or `number` the one typed; `measured` what the run gave for
    `measure`; `right` is None if there was nothing to compare; `script` is the SHA-256 of the source that ran.
    """

    day: date
    card: str
    demo: str
    measure: str
    script: str = ""
    knobs: dict[str, Value] = {}
    choice: Count | None = None
    number: float | None = None
    measured: float | None = None
    right: bool | None = None
    confidence: Percent | None = None


class Optimized(Event, frozen=True, tag="optimized", gc=False):
    """The scheduler's weights fitted to this user's `reviews`; log-loss on reviews held out, before and after."""

    on: str | None
    weights: tuple[float, ...]
    reviews: Count
    before: float
    after: float


class Unknown(msgspec.Struct, frozen=True, gc=False):
    """An event of a newer program: kept, and ignored but for its place in the history of its card."""

    type: str
    seq: Count
    id: str
    at: Moment
    day: date | None = None
    card: str | None = None
    on: str | None = None
    nth: Count | None = None


_Known = (
    Opened
    | RulesNamed
    | Reviewed
    | Undone
    | Suspended
    | Unsuspended
    | Buried
    | Flagged
    | Unflagged
    | Reset
    | Predicted
    | Optimized
)
AnyEvent = Event | Unknown
Change = Literal["suspended", "unsuspended", "buried", "flagged", "unflagged", "reset"]
CHANGES: dict[Change, type[CardEvent]] = {
    "suspended": Suspended,
    "unsuspended": Unsuspended,
    "buried": Buried,
    "flagged": Flagged,
    "unflagged": Unflagged,
    "reset": Reset,
}


class Damaged(ValueError):
    """A line that is not what was written; says why."""


_encoder = msgspec.json.Encoder()
_known: msgspec.json.Decoder[Event] = msgspec.json.Decoder(_Known)
_unknown = msgspec.json.Decoder(Unknown)
_SEAL = b',"crc":"'


def write(event: Event) -> bytes:
    """The event's line, newline included."""
    return seal(_encoder.encode(event))


def seal(body: bytes) -> bytes:
    """A JSON object with a checksum as its last member: CRC-32, 8 hex digits, of the bytes before `,"crc":`."""
    body = body[:-1]
    return b'%s,"crc":"%08x"}\n' % (body, zlib.crc32(body))


def sealed(line: bytes) -> bool:
    """Is this line (newline or not) whole and what was written?"""
    end = len(line) - line.endswith(b"\n")
    crc = zlib.crc32(memoryview(line)[: max(0, end - 18)])  # a view: a snapshot is one line of many megabytes
    return line[end - 18 : end] == b'%s%08x"}' % (_SEAL, crc)


def parse(line: bytes) -> AnyEvent:
    """The event of a line, newline or not. Raises Damaged, with a reason, if it is not one."""
    if not sealed(line):
        raise Damaged("its checksum does not fit" if b'"crc"' in line else "it is cut short")
    event = _decoded(line)
    day = getattr(event, "day", None)
    if not dated(event.at) or (day is not None and not dated(day)):
        raise Damaged("it is of a time that no clock shows")
    return event


def _decoded(line: bytes) -> AnyEvent:
    try:
        return _known.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return _unknown.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged(f"it is not an event: {error}") from None


@lru_cache(maxsize=8)
def rules_name(rules: Rules) -> str:
    """The short name under which reviews mention these rules: a checksum of them and of the scheduler."""
    values = [[float(v) for v in value] if isinstance(value, tuple) else float(value) for value in astuple(rules)]
    return f"{zlib.crc32(_encoder.encode([SCHEDULER, *values])):08x}"


def rules_record(rules: Rules, seq: int, new_id: str, at: datetime) -> RulesNamed:
    """The event that spells `rules` out under their name."""
    return RulesNamed(seq, new_id, at, rules_name(rules), SCHEDULER, msgspec.to_builtins(rules))


def rules_of(event: RulesNamed) -> Rules | None:
    """The rules that it names; None if they are of a scheduler that this program does not have, or make no sense."""
    if event.scheduler != SCHEDULER:
        return None
    try:
        rules = msgspec.convert(event.rules, Rules)
    except msgspec.ValidationError:
        return None
    return rules if len(rules.learning_steps) + len(rules.relearning_steps) <= _MOST_STEPS else None


def took(event: Reviewed) -> float | None:
    """The seconds that a review took, if that is known and can be."""
    return event.took_s if event.took_s is not None and abs(event.took_s) <= _LONGEST_S else None


class Link(Protocol):
    """An event that has a place in the history of a card."""

    @property
    def id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def card(self) -> str: ...
    @property
    def on(self) -> str | None: ...
    @property
    def nth(self) -> int: ...


def link(event: AnyEvent) -> Link | None:
    """`event`, if it has a place in the history of a card: what makes a link is a card and an `nth`."""
    if isinstance(event, CardEvent):
        return event
    if isinstance(event, Unknown) and event.card is not None and event.nth is not None:
        return cast(Link, event)
    return None
