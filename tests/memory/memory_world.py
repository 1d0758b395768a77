"""What the tests of this room share: a fixed morning, one grade, devices that know some events and exchange them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizapp.memory.events import CHANGES, AnyEvent, CardEvent, Change, Reviewed, Undone, rules_name
from quizapp.memory.ledger import Ledger
from quizapp.memory.progress import Progress, open_progress
from quizapp.memory.replay import Standing, fold, undone_by
from quizapp.memory.schedule import Grade, Rules, preview, study_day

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RULES = Rules()
NAMED = {rules_name(RULES): RULES}
KEY = "deck/card"


def opened(home: Path, now: datetime = NOW, **renames: str) -> Progress:
    """Progress in `home`; renames are given as new="deck/old", since a key is no identifier."""
    return open_progress(home, now=now, rules=RULES, renames={old: f"deck/{new}" for new, old in renames.items()})


def give(progress: Progress, grade: Grade, now: datetime = NOW, key: str = KEY) -> Reviewed:
    """Preview and grade, as the app does."""
    return progress.review(key, progress.preview(key, now)[grade], now)


def from_journals(home: Path) -> dict[str, Standing]:
    """How the cards stand by the journals alone."""
    ledger = Ledger(home, {})
    ledger.read_on()
    return ledger.cards


def written(home: Path) -> list[AnyEvent]:
    """Every event of every journal in `home`."""
    from quizapp.memory.journal import Reader, journals

    return [event for path in journals(home).values() for event in Reader(path)]


class Device:
    """One card on one device, in memory alone: it knows some events, adds its own and hears of others'."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known: dict[str, AnyEvent] = {}
        self.made = 0

    @property
    def standing(self) -> Standing:
        return fold(self.known.values(), NAMED)

    def hear(self, events: Iterable[AnyEvent]) -> None:
        self.known |= {event.id: event for event in events}

    def _add(self, kind: type[CardEvent], now: datetime, **members: object) -> AnyEvent:
        self.made += 1
        at = now + timedelta(microseconds=self.made)
        event = kind(
            seq=self.made, id=f"{self.name}-{self.made}", at=at, day=study_day(at, 4), card=KEY,
            on=self.standing.tip, nth=self.standing.events, **members,  # type: ignore[arg-type]
        )  # fmt: skip
        self.known[event.id] = event
        return event

    def review(self, grade: Grade, now: datetime) -> AnyEvent:
        outcome = preview(self.standing.memory, KEY, now, RULES)[grade]
        return self._add(Reviewed, now, grade=grade, state=outcome.memory, rules=rules_name(RULES))

    def change(self, what: Change, now: datetime) -> AnyEvent:
        return self._add(CHANGES[what], now)

    def undo(self, now: datetime, back: int = 0) -> None:
        """Undo the event `back` places before its last one that stands, whatever came after it."""
        mine = [e for e in self.known.values() if e.id.startswith(self.name) and not isinstance(e, Undone)]
        stands = [e for e in mine if e.id not in undone_by(self.known.values())]
        if back < len(stands):
            self._add(Undone, now, undoes=stands[-1 - back].id)
