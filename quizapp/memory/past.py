"""Reviews made in another program, as events of this one: each made on the one before, with our scheduler's states."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Literal, cast

from msgspec import Struct

from quizapp.memory.events import CHANGES, CardEvent, Change, Link, Reset, Reviewed, rules_name
from quizapp.memory.replay import Standing, marks_leech
from quizapp.memory.schedule import GRADES, Grade, Rules, outcomes, study_day

BATCH = 500  # events that become durable together: the lock is held for some 100 ms


class Past(Struct, frozen=True, gc=False):
    """What happened to card `key` in another program: a grade or a change, at `at` (aware, in the user's zone)."""

    key: str
    at: datetime
    what: Grade | Change
    took_s: float | None = None


class Brought(Struct, frozen=True):
    """What became of it: reviews and resets `added`, `there` already, or `older` than what happened to the card here
    since, and left out; and cards `marked`, that is suspended or flagged."""

    added: int = 0
    there: int = 0
    older: int = 0
    marked: int = 0


class Known(Struct, frozen=True):
    """What a card's history says of imports: those that came before, the time of its last review or reset, and
    whether anything else ever happened to it."""

    imported: frozenset[tuple[datetime, str]]
    last: datetime | None
    touched: bool


def known_of(history: Iterable[Link]) -> Known:
    """Of the events of one card, in any order."""
    imported: set[tuple[datetime, str]] = set()
    times: list[datetime] = []
    touched = False
    for event in history:
        if not isinstance(event, Reviewed | Reset):
            touched = True
            continue
        times.append(event.at.astimezone(UTC))
        if event.imported is None:
            touched = True
        else:
            imported.add((times[-1], event.grade if isinstance(event, Reviewed) else "reset"))
    return Known(frozenset(imported), max(times, default=None), touched)


def verdict(past: Past, standing: Standing, known: Known) -> Literal["add", "there", "older", "touched"]:
    """Whether to add it to the history of its card. A suspension or a flag is added only where nothing but imported
    reviews has happened: what the user did to the card here counts more."""
    if past.what not in (*GRADES, "reset"):
        return "touched" if known.touched else "add"
    at = past.at.astimezone(UTC)
    if (at, past.what) in known.imported:
        return "there"
    times = [then for then in (known.last, standing.memory.reviewed) if then is not None]
    return "add" if not times or at > max(times) else "older"


def event_of(past: Past, standing: Standing, seq: int, rules: Rules, program: str, new_id: str) -> CardEvent:
    """The event that adds `past` to a card that stands so. The id of a review or a reset follows from what it is, so
    that two devices that import the same file do not count it twice; the others get `new_id`."""
    day = study_day(past.at, rules.rollover)
    members: dict[str, Any] = {
        "seq": seq, "at": past.at, "day": day, "card": past.key, "on": standing.tip, "nth": standing.events
    }  # fmt: skip
    name = f"{past.key}\n{past.at.astimezone(UTC).isoformat()}\n{past.what}"
    made = f"{program}-{blake2b(name.encode(), digest_size=8).hexdigest()}"
    what = past.what
    if what == "reset":
        return Reset(id=made, imported=program, **members)
    if what not in ("again", "hard", "good", "easy"):
        return CHANGES[cast(Change, what)](id=new_id, **members)
    state = outcomes(standing.memory, past.key, past.at, day, rules)[what].memory
    return Reviewed(
        id=made,
        grade=what,
        state=state,
        rules=rules_name(rules),
        took_s=past.took_s,
        leech=marks_leech(standing.memory, state),
        imported=program,
        **members,
    )
