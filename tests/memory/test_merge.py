"""Three devices with homes of their own: whatever they do and however their journals travel, they end equal."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_world import NOW, RULES, from_journals, give, opened

from quizapp import disk
from quizapp.memory.events import CHANGES
from quizapp.memory.recorder import CannotUndo, Recorder
from quizapp.memory.schedule import GRADES
from quizapp.memory.standings import Standings

DAY = timedelta(days=1)
WHATS = ["grade", "grade", "grade", "change", "undo", "send", "send", "restart"]
actions = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(WHATS), st.integers(0, 5), st.sampled_from([0.0, 0.02, 1.0, 20.0, -365.0])
    ),
    max_size=25,
)


@pytest.fixture(autouse=True, scope="module")
def _no_waiting() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "sync", lambda fd: None)
        yield


def send(source: Path, target: Path, share: float) -> None:
    """Copy the journals that `target` does not own; only a first part of each, perhaps cut within a line."""
    (target / "journal").mkdir(parents=True, exist_ok=True)
    own = (target / "device").read_text().split()[0] if (target / "device").exists() else ""
    for path in sorted((source / "journal").glob("*.jsonl")) if (source / "journal").exists() else ():
        there = target / "journal" / path.name
        raw = path.read_bytes()
        raw = raw[: int(len(raw) * share)]
        if path.stem != own and len(raw) > (there.stat().st_size if there.exists() else 0):
            there.write_bytes(raw)


def act(homes: list[Path], at: list[Recorder], clocks: list[int], action: tuple[int, str, int, float]) -> None:
    who, what, which, days = action
    clocks[who] += int(days * 86400)
    now, key = NOW + timedelta(seconds=clocks[who]), f"deck/{which % 3}"
    if what == "grade":
        at[who].standings.refresh()
        give(at[who], GRADES[which % 4], now, key)
    elif what == "change":
        at[who].change(key, list(CHANGES)[which], now)
    elif what == "undo":
        last = at[who].last_undoable()
        try:
            at[who].undo(last.id if last else "", now)
        except CannotUndo:
            pass
    elif what == "send":
        send(homes[who], homes[(who + 1 + which % 2) % 3], (1.0, 0.6, 0.3)[which // 2])
    else:
        at[who].close()
        at[who] = opened(homes[who])


@given(actions)
@settings(max_examples=60, deadline=None)
def test_three_devices_end_equal(quick_place: Path, history: list[tuple[int, str, int, float]]) -> None:
    with tempfile.TemporaryDirectory(dir=quick_place) as name:
        homes = [Path(name) / device for device in "abc"]
        at, clocks = [opened(home) for home in homes], [0, 0, 0]
        for action in history:
            act(homes, at, clocks, action)
        for source, target in [*permutations(homes, 2), *permutations(homes, 2)]:
            send(source, target, 1.0)
        for recorder in at:
            recorder.standings.refresh()
            assert dict(recorder.standings.all) == dict(at[0].standings.all)
        assert from_journals(homes[0]) == dict(at[0].standings.all)
        for home, recorder in zip(homes, at, strict=True):
            recorder.close()
            assert dict(opened(home).standings.all) == dict(at[0].standings.all)


@given(actions, st.permutations(range(3)))
@settings(max_examples=30, deadline=None)
def test_journals_may_arrive_in_any_order(
    quick_place: Path, history: list[tuple[int, str, int, float]], order: list[int]
) -> None:
    with tempfile.TemporaryDirectory(dir=quick_place) as name:
        homes = [Path(name) / device for device in "abc"]
        at, clocks = [opened(home) for home in homes], [0, 0, 0]
        for action in history:
            act(homes, at, clocks, action)
        reader, late = Standings(Path(name) / "reader", RULES), Path(name) / "reader" / "journal"
        late.mkdir(parents=True)
        for n in order:
            for path in (homes[n] / "journal").glob("*.jsonl") if (homes[n] / "journal").exists() else ():
                there = late / path.name
                if not there.exists() or there.stat().st_size < path.stat().st_size:
                    shutil.copy(path, there)
                    reader.read_on()
        assert reader.all == from_journals(Path(name) / "reader")
