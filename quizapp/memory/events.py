"""What can happen to a card: the events of a journal, and what a screen hands over to be kept as one.

`line.py` says how an event is written down, `journal.py` what the fields mean and what a reader has to do.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Protocol, cast

import msgspec

from quizapp.memory.schedule import Grade, Memory, Moment

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
"""A number that is counted, and that every program can hold."""

Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]

MOST_WRITTEN = 20_000
"""The bytes that are kept of the text of an attempt."""

_LONGEST_S = 1e7


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What was done on the way to a grade, as `Reviewed` keeps it. All of it may be unknown."""

    took_s: float | None = None
    ticks: tuple[int, ...] = ()
    chosen: tuple[int, ...] = ()
    typed: str | None = None
    confidence: int | None = None
    core: bool = False
    drawn: dict[str, str] = {}
    cued: bool = False
    attempts: int = 0
    hints: int = 0


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """A guess at what `measure` comes to when `demo`, beside the card with the key `card`, runs with `knobs`; and what
    it came to. The members are those that `Predicted` keeps."""

    card: str
    demo: str
    measure: str
    script: str = ""
    knobs: dict[str, bool | int | float | str] = {}
    choice: int | None = None
    number: float | None = None
    measured: float | None = None
    right: bool | None = None
    confidence: int | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """Code that was written for a card and judged. The members are those that `Attempted` keeps."""

    card: str
    exercise: str
    text: str
    passed: bool
    failed: str | None = None
    took_s: float | None = None


class Overruling(msgspec.Struct, frozen=True, kw_only=True):
    """A grade given against what an examiner said. The members are those that `Overruled` keeps."""

    card: str
    model: str
    ticked: tuple[int, ...] = ()
    unticked: tuple[int, ...] = ()


class QuizScore(msgspec.Struct, frozen=True, kw_only=True):
    """How a quiz went. The members are those that `Quizzed` keeps."""

    quiz: str
    asked: int
    right: int
    took_s: float | None = None
    cram: bool = False
    missed: tuple[str, ...] = ()


class Fit(msgspec.Struct, frozen=True):
    """New weights, and the log-loss of the old ones and of these on reviews that neither was fitted to."""

    weights: tuple[float, ...]
    reviews: int
    before: float
    after: float

    @property
    def better(self) -> bool:
        """Do the new weights foretell those reviews better?"""
        return self.after < self.before


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
    into the card's own lists; `typed` the text; `confidence` in percent, and, where that was said, `core` if the
    answer's core was made or it was judged right; `drawn` the values that the card was asked with, by their names;
    `cued` if something told of the answer before it was given, such as its experiment; `attempts` how often code was
    judged, and `hints` how many were told, before the grade; `leech` if this lapse marked it as one; `imported` names
    the program that a review comes from if it was not made here.
    """

    grade: Grade
    state: Memory
    rules: str
    took_s: float | None = None
    ticks: tuple[Count, ...] = ()
    chosen: tuple[Count, ...] = ()
    typed: str | None = None
    confidence: Percent | None = None
    core: bool = False
    drawn: dict[str, str] = {}
    cued: bool = False
    attempts: Count = 0
    hints: Count = 0
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


class Mended(CardEvent, frozen=True, tag="mended", gc=False):
    """The lines of its code were put in order after it was forgotten, or what was missed of it was looked at again: not
    asked for the rest of its study day. Its memory stays as it is. `took_s` as in `Reviewed`."""

    took_s: float | None = None


class Attempted(Event, frozen=True, tag="attempted", gc=False):
    """Code that was written for a card and judged. It is about a card, but changes nothing in its history.

    `exercise` is the SHA-256 of the exercise that judged it; `text` what was written, as it was written, up to
    `MOST_WRITTEN` bytes; `failed` the first case that it failed; `took_s` the seconds since the card was asked.
    """

    day: date
    card: str
    exercise: str
    text: str
    passed: bool
    failed: str | None = None
    took_s: float | None = None


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
    knobs: dict[str, bool | int | float | str] = {}
    choice: Count | None = None
    number: float | None = None
    measured: float | None = None
    right: bool | None = None
    confidence: Percent | None = None


class Overruled(Event, frozen=True, tag="overruled", gc=False):
    """A card was graded while its ticks said otherwise than an examiner. It is about a card, but changes nothing in its
    history.

    `model` is the language model that judged the answer; `ticked` are the points that it called missed and the user
    ticked, `unticked` those that it called made and the user did not tick, as indices into the card's own list.
    """

    day: date
    card: str
    model: str
    ticked: tuple[Count, ...] = ()
    unticked: tuple[Count, ...] = ()


class Quizzed(Event, frozen=True, tag="quizzed", gc=False):
    """A quiz came to its end, or to another one after its last grade was taken back: of those of one `quiz`, the last
    counts. `right` of the `asked` cards were known; `took_s` seconds for all of them; `cram`: any cards, graded by the
    user, and not only those that can be judged; `missed` are the keys of those that were not known, as far as they were
    kept."""

    day: date
    quiz: str
    asked: Count
    right: Count
    took_s: float | None = None
    cram: bool = False
    missed: tuple[str, ...] = ()


class Optimized(Event, frozen=True, tag="optimized", gc=False):
    """The scheduler's weights fitted to this user's `reviews`; log-loss on reviews held out, before and after. All of
    these are 0 for weights that another program had."""

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


Known = (
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
    | Mended
    | Attempted
    | Predicted
    | Overruled
    | Quizzed
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


def kept_text(text: str) -> str:
    """What a journal keeps of the text of an attempt: the first `MOST_WRITTEN` bytes of it in UTF-8."""
    return text.encode(errors="replace")[:MOST_WRITTEN].decode(errors="ignore")


def kept_seconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


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
