"""A crash at any moment: acknowledged ⊆ recovered ⊆ attempted, and the snapshot is what the journals say."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from crashing_disk import Did, DiskLog, State, crashes, lay_out
from memory_world import NOW, from_journals, give, opened, written

from quizapp.memory import recorder as recorder_module
from quizapp.memory.events import Event, Prediction
from quizapp.memory.line import Damaged, from_line
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import GRADES

AFTER = "deck/after"
Standings = dict[str, Standing]


def a_sitting(folder: Path, log: DiskLog, first: int, events: int, stood: list[Standings]) -> None:
    """Grade, change, predict and undo; say what is saved, and note how all cards stand after each event."""
    recorder = opened(folder)
    last: Event | None = None
    event: Event
    for n in range(first, first + events):
        now, key = NOW + n * timedelta(hours=30), f"deck/{n % 5}"
        if n % 7 == 4 and last is not None:
            event = recorder.undo(last.id, now)
            last = None
        elif n % 7 == 5:
            event = recorder.change(key, "flagged" if n % 2 else "buried", now)
        elif n % 7 == 6:
            event = recorder.predict(Prediction(card=key, demo="d", measure="m", choice=n), now)
        else:
            event = last = give(recorder, GRADES[n % 4], now, key)
        log.say(event.id)
        stood.append(dict(recorder.standings.all))
    recorder.close()


def thirty_events(folder: Path, patch: pytest.MonkeyPatch) -> tuple[DiskLog, list[Standings]]:
    """Two sittings of fifteen events, with snapshots on the way; what was done, how it stood after each event."""
    log = DiskLog(folder)
    stood: list[Standings] = [{}]
    with patch.context() as patched:
        patched.setattr(recorder_module, "_SNAPSHOT_EVERY", 6)
        log.patch(patched)
        a_sitting(folder, log, 0, 15, stood)
        a_sitting(folder, log, 15, 15, stood)
    return log, stood


def said(trace: Iterable[Did]) -> list[object]:
    return [did.what for did in trace if did.kind == "said"]


def tried(trace: Iterable[Did]) -> set[str]:
    """The ids of all events that were handed to the system."""
    ids = set()
    for did in trace:
        for line in did.what.splitlines(keepends=True) if isinstance(did.what, bytes) else ():
            try:
                ids.add(from_line(line).id)
            except Damaged:
                continue
    return ids


def check_recovery(folder: Path, saved: list[object], attempted: set[str], stood: list[Standings]) -> None:
    """Open what a crash left, go on, and close: nothing saved is missing, nothing is there that was never made.

    `stood` is how the cards may stand: after all that was saved, or after one event more.
    """
    recorder = opened(folder)
    recovered = [event.id for event in written(folder)]
    assert set(saved) <= set(recovered) <= attempted
    assert len(recovered) == len(set(recovered))
    known = dict(recorder.standings.all)
    assert known == from_journals(folder)
    assert {key: known[key] for key in known if key != AFTER} in stood
    give(recorder, "good", NOW + timedelta(days=900), AFTER)
    recorder.close()
    again = opened(folder)
    assert dict(again.standings.all) == dict(recorder.standings.all)
    assert again.standings.notices == ()


def every_byte_of_some() -> Callable[[Did], bool]:
    """Every cut of the first write, the first review and the first undo; of the others only those that tell."""
    first: dict[bytes, Did] = {}

    def chosen(did: Did) -> bool:
        kind = did.what.split(b",", 1)[0] if isinstance(did.what, bytes) else b""
        whole = (b'{"type":"journal"', b'{"type":"reviewed"', b'{"type":"undone"')
        return kind in whole and first.setdefault(kind, did) is did

    return chosen


def each_once(log: DiskLog, chosen: Callable[[Did], bool]) -> Iterator[tuple[State, list[object], set[str]]]:
    """The states a crash may leave, with what was saved and what attempted by then; none twice."""
    seen: set[tuple[int, frozenset[tuple[str, bytes | None]]]] = set()
    for done, state in crashes(log, chosen):
        saved = said(log.trace[:done])
        mark = (len(saved), frozenset(state.items()))
        if mark not in seen:
            seen.add(mark)
            yield state, saved, tried(log.trace[: done + 1])


@contextmanager
def laid_out(state: State, log: DiskLog, folder: Path) -> Iterator[Path]:
    """A home in the state that a crash left, for a while."""
    place = folder / "crashed" / "home"
    place.parent.mkdir(parents=True)
    lay_out(state, Path(log.root), place)
    yield place
    shutil.rmtree(place.parent)


def test_a_crash_at_any_moment_of_thirty_events(quick: Path, monkeypatch: pytest.MonkeyPatch, no_waiting: None) -> None:
    log, stood = thirty_events(quick / "home", monkeypatch)
    states = 0
    for state, saved, attempted in each_once(log, every_byte_of_some()):
        states += 1
        with laid_out(state, log, quick) as place:
            check_recovery(place, saved, attempted, stood[len(saved) : len(saved) + 2])
    assert states > 1500


def test_a_crash_while_recovering_from_a_crash(quick: Path, monkeypatch: pytest.MonkeyPatch, no_waiting: None) -> None:
    log, stood = thirty_events(quick / "home", monkeypatch)
    broken = list(each_once(log, lambda did: False))
    states = 0
    for state, saved, attempted in broken[:: len(broken) // 30]:
        with laid_out(state, log, quick / "first") as place:
            second = DiskLog(place)
            with monkeypatch.context() as patched:
                second.patch(patched)
                recorder = opened(place)
                second.say(give(recorder, "good", NOW + timedelta(days=900), AFTER).id)
                recorder.close()
        for again, more, also in each_once(second, lambda did: False):
            states += 1
            with laid_out(again, second, quick) as place:
                check_recovery(place, saved + more, attempted | also, stood[len(saved) : len(saved) + 2])
    assert states > 300
