"""What the tests of this room share: a fixed morning, one grade, devices that know some events and exchange them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from quizapp.memory.all_journals import journals
from quizapp.memory.events import CHANGES, AnyEvent, CardEvent, Change, Event, Flagged, Link, Reviewed, Undone
from quizapp.memory.journal import Journal
from quizapp.memory.reader import Position, Reader
from quizapp.memory.recorder import Recorder
from quizapp.memory.replay import Standing, fold, undone_by
from quizapp.memory.rules_named import rules_name
from quizapp.memory.schedule import GRADES, Grade, Rules, preview, study_day
from quizapp.memory.standings import Standings, open_standings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RULES = Rules()
NAMED = {rules_name(RULES): RULES}
KEY = "deck/card"
DAY = timedelta(days=1)
_E = TypeVar("_E", bound=CardEvent)


def opened(home: Path, **renames: str) -> Recorder:
    """What writes in `home`; renames are given as new="deck/old", since a key is no identifier."""
    return Recorder(open_standings(home, rules=RULES, renames={old: f"deck/{new}" for new, old in renames.items()}))


def give(recorder: Recorder, grade: Grade, now: datetime = NOW, key: str = KEY) -> Reviewed:
    """Preview and grade, as the app does."""
    return recorder.review(key, recorder.standings.preview(key, now)[grade], now)


def journal_of(folder: Path) -> Path:
    (path,) = (folder / "journal").glob("*.jsonl")
    return path


def lived_in(folder: Path, cards: int = 5) -> dict[str, Standing]:
    """A home after a few sittings with grades, changes and undone grades; how its cards stand."""
    for sitting in range(3):
        recorder = opened(folder)
        for n in range(cards):
            event = give(recorder, GRADES[(n + sitting) % 4], NOW + sitting * 5 * DAY, f"deck/{n}")
            if n == 2:
                recorder.undo(event.id, NOW + sitting * 5 * DAY)
        recorder.change("deck/1", ("flagged", "suspended", "buried")[sitting], NOW + sitting * 5 * DAY)
        recorder.close()
    return dict(recorder.standings.all)


def event(seq: int, card: str = "deck/card") -> Event:
    return Flagged(seq, f"id-{seq}", NOW, NOW.date(), card, None, 0)


def filled(folder: Path, count: int = 3) -> Journal:
    journal = Journal(folder)
    with journal.locked() as more:
        assert not more
        journal.append([event(n) for n in range(1, count + 1)])
    return journal


def at_most(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Lines have fewer than so many bytes."""
    for module in ("reader", "journal", "all_journals"):
        monkeypatch.setattr(f"quizapp.memory.{module}.LONGEST_LINE", size)


def read(path: Path, position: Position | None = None) -> tuple[list[str], Reader]:
    reader = Reader(path, position)
    return [event.id for event in reader], reader


def a_review() -> Reviewed:
    return Device("a").review("good", NOW)


def from_journals(home: Path) -> dict[str, Standing]:
    """How the cards stand by the journals alone."""
    standings = Standings(home, RULES)
    standings.read_on()
    return dict(standings.all)


def written(home: Path) -> list[AnyEvent]:
    """Every event of every journal in `home`."""
    return [event for path in journals(home).values() for event in Reader(path)]


class Device:
    """One card on one device, in memory alone: it knows some events, adds its own and hears of others'."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known: dict[str, Link] = {}
        self.made = 0

    @property
    def standing(self) -> Standing:
        return fold(self.known.values(), NAMED)

    def hear(self, events: Iterable[Link]) -> None:
        self.known |= {event.id: event for event in events}

    def happen(self, kind: type[_E], now: datetime, **members: object) -> _E:
        self.made += 1
        at = now + timedelta(microseconds=self.made)
        event = kind(
            seq=self.made, id=f"{self.name}-{self.made}", at=at, day=study_day(at, 4), card=KEY,
            on=self.standing.tip, nth=self.standing.events, **members,
        )  # fmt: skip
        self.known[event.id] = event
        return event

    def review(self, grade: Grade, now: datetime, confidence: int | None = None, *, core: bool = False) -> Reviewed:
        outcome = preview(self.standing.memory, KEY, now, RULES)[grade]
        more = {"rules": rules_name(RULES), "confidence": confidence, "core": core}
        return self.happen(Reviewed, now, grade=grade, state=outcome.memory, **more)

    def change(self, what: Change, now: datetime) -> CardEvent:
        return self.happen(CHANGES[what], now)

    def undo(self, now: datetime, back: int = 0) -> None:
        """Undo the event `back` places before its last one that stands, whatever came after it."""
        mine = [e for e in self.known.values() if e.id.startswith(self.name) and not isinstance(e, Undone)]
        stands = [e for e in mine if e.id not in undone_by(self.known.values())]
        if back < len(stands):
            self.happen(Undone, now, undoes=stands[-1 - back].id)
