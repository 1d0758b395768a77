"""Reviews made in another program, as events of this one: each made on the one before, with our scheduler's states."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.progress import CardProgress
from quizapp.memory.events import CHANGES, CardEvent, Change, Link, Reset, Reviewed
from quizapp.memory.replay import Standing, marks_leech
from quizapp.memory.rules_named import rules_name
from quizapp.memory.schedule import Grade, Memory, Rules, day_start, outcomes, sound, study_day

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BATCH = 500  # events that become durable together: the lock is held for some 100 ms


class ForeignEvent(Struct, frozen=True, gc=False):
    """What happened to card `key` in another program: a grade or a change, at `at` (aware, in the user's zone), after
    which it `stands` there so, where that is known."""

    key: str
    at: datetime
    what: Grade | Change
    took_s: float | None = None
    stands: CardProgress | None = None


class Imported(Struct, frozen=True):
    """What became of an import: reviews and resets `added`, `there` already, or `older` than what happened to the card
    here since, and left out; and cards `marked`, that is suspended or flagged."""

    added: int = 0
    there: int = 0
    older: int = 0
    marked: int = 0


class Imports(Struct, frozen=True):
    """What a card's history says of imports: the time (`milliseconds`) and the kind of each review or reset `before`,
    made here or imported; the time of the last of them, and whether anything but imports ever happened to it."""

    before: frozenset[tuple[int, str]]
    last: datetime | None
    touched: bool


def milliseconds(at: datetime) -> int:
    """The whole milliseconds since 1970: the time of a review as other programs keep it, so that it is known again when
    it comes back."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def imports_in(history: Iterable[Link]) -> Imports:
    """What the events of one card say of imports; their order does not matter."""
    before: set[tuple[int, str]] = set()
    times: list[datetime] = []
    touched = False
    for event in history:
        if not isinstance(event, Reviewed | Reset):
            touched = True
            continue
        times.append(event.at.astimezone(UTC))
        touched |= event.imported is None
        before.add((milliseconds(event.at), event.grade if isinstance(event, Reviewed) else "reset"))
    return Imports(frozenset(before), max(times, default=None), touched)


def decide(
    event: ForeignEvent, standing: Standing, imports: Imports
) -> Literal["add", "mark", "there", "older", "touched"]:
    """Whether the event is added to the history of its card ("add", "mark"), and if not, why.

    A suspension or a flag marks a card only where nothing but imported reviews has happened: what the user did to the
    card here counts more.
    """
    if event.what not in ("again", "hard", "good", "easy", "reset"):
        return "touched" if imports.touched else "mark"
    at = event.at.astimezone(UTC)
    if (milliseconds(at), event.what) in imports.before:
        return "there"
    times = [then for then in (imports.last, standing.memory.reviewed) if then is not None]
    return "add" if not times or at > max(times) else "older"


def event_of(foreign: ForeignEvent, standing: Standing, seq: int, rules: Rules, program: str, new_id: str) -> CardEvent:
    """The event that adds `foreign` to a card that stands so. The id of a review or a reset follows from what it is, so
    that two devices that import the same file do not count it twice; the others get `new_id`."""
    key, at, what, day = foreign.key, foreign.at, foreign.what, study_day(foreign.at, rules.rollover)
    made = blake2b(f"{key}\n{at.astimezone(UTC).isoformat()}\n{what}".encode(), digest_size=8).hexdigest()
    same = f"{program}-{made}"
    if what == "reset":
        return Reset(seq, same, at, day, key, standing.tip, standing.events, imported=program)
    if what not in ("again", "hard", "good", "easy"):
        return CHANGES[cast(Change, what)](seq, new_id, at, day, key, standing.tip, standing.events)
    state = outcomes(standing.memory, key, at, day, rules)[what].memory
    if foreign.stands is not None:
        state = _as_there(state, foreign.stands, rules, at.tzinfo)
    return Reviewed(
        seq, same, at, day, key, standing.tip, standing.events,
        grade=what,
        state=state,
        rules=rules_name(rules),
        took_s=foreign.took_s,
        leech=marks_leech(standing.memory, state),
        imported=program,
    )  # fmt: skip


def _as_there(made: Memory, stands: CardProgress, rules: Rules, zone: tzinfo | None) -> Memory:
    """The memory that our scheduler `made` of the last review, as the other program has it; if that makes sense."""
    steps = rules.learning_steps if stands.stage == "learning" else rules.relearning_steps
    due = stands.due
    there = replace(
        made,
        state=stands.stage,
        step=None if stands.stage == "review" else max(0, len(steps) - stands.steps),
        stability=stands.stability,
        difficulty=stands.difficulty,
        due=day_start(due, rules.rollover, zone) if isinstance(due, date) else datetime.fromtimestamp(due, UTC),
        lapses=min(stands.lapses, made.reps),
    )
    waits = (there.due or _EPOCH) - (made.reviewed or _EPOCH)
    sane = timedelta(days=-1) <= waits <= timedelta(days=rules.maximum_interval + 1)
    return there if sane and sound(there) and 1 <= stands.difficulty <= 10 else made
