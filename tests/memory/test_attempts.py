"""What is kept of code that was written: attempts, which change nothing, and mending, which leaves memory alone."""

import shutil
import sys
from datetime import timedelta
from functools import reduce
from operator import or_
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from memory_world import DAY, KEY, NOW, RULES, Device, from_journals, give, lived_in, opened, written
from msgspec.structs import replace

from quizapp.memory import line
from quizapp.memory.all_cards import AllCards
from quizapp.memory.events import (
    MOST_WRITTEN,
    AnyEvent,
    Attempt,
    Attempted,
    Event,
    Given,
    Known,
    Mended,
    Reviewed,
    kept_text,
)
from quizapp.memory.line import from_line, to_line
from quizapp.memory.replay import Standing
from quizapp.memory.reviews import MOST_ATTEMPTS
from quizapp.memory.schedule import GRADES, Grade
from quizapp.memory.standings import open_standings

GOLDEN = Path(__file__).with_name("golden")
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("no_waiting")


def attempt(text: str, *, passed: bool = True, card: str = KEY) -> Attempt:
    return Attempt(card=card, exercise="ab" * 32, text=text, passed=passed, failed=None if passed else "plain")


def attempted(text: str = "x", nth: int = 0) -> Attempted:
    return Attempted(nth, f"attempt-{nth}", NOW, NOW.date(), KEY, "ab" * 32, text, True)


def attempts(home: Path, key: str = KEY, **renames: str) -> list[Attempted]:
    *_, found = opened(home, **renames).standings.reading().attempts(key)
    assert found is not None
    return found


@given(st.text(max_size=400))
@example("\r\n\t\x00\x1b[31m\u2028\u202e\ufeff{}\"'\\")
@example('","crc":"00000000"}\n')
def test_any_text_is_read_back_as_it_was_written(text: str) -> None:
    event = attempted(kept_text(text))
    assert from_line(to_line(event)) == event
    assert event.text == text


@given(st.text(min_size=1, max_size=50), st.integers(MOST_WRITTEN - 60, MOST_WRITTEN + 60))
def test_of_a_long_text_its_beginning_is_kept_in_whole_characters(text: str, size: int) -> None:
    text = (text * size)[:size]
    kept = kept_text(text)
    assert text.startswith(kept)
    assert kept == text if len(text.encode()) <= MOST_WRITTEN else MOST_WRITTEN - 4 < len(kept.encode()) <= MOST_WRITTEN


def test_an_attempt_is_read_back_and_half_a_character_spoils_no_journal(folder: Path) -> None:
    recorder = opened(folder)
    event = recorder.attempt(replace(attempt("def f():\n\treturn '\ud800'\n", passed=False), took_s=12.34567), NOW)
    assert (event.text, event.took_s, event.failed) == ("def f():\n\treturn '?'\n", 12.346, "plain")
    assert attempts(folder) == [event]
    assert recorder.standings.of(KEY) == Standing() and recorder.last_undoable() is None


@given(st.lists(st.tuples(st.sampled_from(GRADES), st.integers(0, 40)), min_size=1, max_size=8), st.data())
def test_replay_with_attempts_in_any_place_equals_replay_without(
    grades: list[tuple[Grade, int]], data: st.DataObject
) -> None:
    device, now = Device("a"), NOW
    events: list[AnyEvent] = []
    for grade, days in grades:
        now += days * DAY
        events.append(device.review(grade, now))
    plain, mixed = AllCards({}), AllCards({})
    for event in events:
        plain.add(event, mine=True)
    for place in sorted(data.draw(st.lists(st.integers(0, len(events)), max_size=5)), reverse=True):
        events.insert(place, attempted(nth=place))
    for event in events:
        mixed.add(event, mine=True)
    assert (mixed.standings, mixed.days, mixed.pace) == (plain.standings, plain.days, plain.pace)
    assert not mixed.unsettled and not mixed.fits


def test_a_lived_in_home_is_the_same_with_attempts_between_its_lines(folder: Path) -> None:
    stood = lived_in(folder)
    (path,) = (folder / "journal").glob("*.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    for place in range(len(lines), 0, -1):
        lines.insert(place, to_line(attempted("y" * 5000, nth=place)))
    path.write_bytes(b"".join(lines))
    assert from_journals(folder) == stood
    (folder / "progress.json").unlink()
    assert dict(open_standings(folder, rules=RULES).all) == stood


@given(st.lists(st.tuples(st.sampled_from(GRADES), st.integers(0, 40), st.booleans()), min_size=1, max_size=8))
def test_mending_leaves_memory_alone(turns: list[tuple[Grade, int, bool]]) -> None:
    mended, plain, now = Device("a"), Device("b"), NOW
    for grade, days, mends in turns:
        now += days * DAY
        mended.review(grade, now)
        plain.review(grade, now)
        if mends:
            mended.happen(Mended, now)
    assert mended.standing.memory == plain.standing.memory
    assert mended.standing.buried == (now.date() if turns[-1][2] else mended.standing.buried)


def test_what_is_mended_waits_for_tomorrow_and_can_be_taken_back(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "again")
    before = recorder.standings.of(KEY)
    event = recorder.mend(KEY, NOW + MINUTE, 33.33333)
    assert event.took_s == 33.333
    assert recorder.standings.of(KEY) == replace(before, buried=NOW.date(), tip=event.id, events=2)
    assert recorder.last_undoable() == event
    recorder.undo(event.id, NOW + 2 * MINUTE)
    assert recorder.standings.of(KEY).buried is None
    assert from_journals(folder) == dict(recorder.standings.all)


def test_the_last_attempts_of_a_card_are_found_the_newest_last(folder: Path, tmp_path: Path) -> None:
    there = opened(tmp_path / "there")
    theirs = there.attempt(attempt("theirs", card="deck/old"), NOW + 500 * MINUTE)
    recorder = opened(folder)
    for n in range(3 * MOST_ATTEMPTS):
        recorder.attempt(attempt(f"wrong {n}", passed=False), NOW + n * MINUTE)
    recorder.attempt(attempt("right"), NOW + DAY)
    recorder.attempt(attempt('"card":"deck/card"', card="deck/card2"), NOW + DAY)  # another's, that quotes this one
    give(recorder, "good")
    (journal,) = (tmp_path / "there" / "journal").iterdir()
    (folder / "journal" / journal.name).write_bytes(journal.read_bytes())
    (folder / "journal" / "copied.jsonl").write_bytes(to_line(theirs))
    endless = replace(theirs, id="endless", at=NOW + 2 * DAY, text="y" * 3 * MOST_WRITTEN)
    (folder / "journal" / "stranger.jsonl").write_bytes(to_line(endless))
    found = attempts(folder, card="deck/old")
    first = 2 * MOST_ATTEMPTS
    assert [one.text for one in found] == [*(f"wrong {n}" for n in range(first, 3 * MOST_ATTEMPTS)), "theirs", "right",
        "y" * MOST_WRITTEN,
    ]  # fmt: skip
    assert [one.text for one in attempts(folder)][-1] == "right" and attempts(folder, "deck/none") == []
    *_, history = recorder.standings.reading().history("deck/card2")
    assert history is not None and [(type(event), getattr(event, "text", "")) for event in history] == [(Attempted, "")]


def test_a_review_says_how_much_was_tried(folder: Path) -> None:
    recorder = opened(folder)
    shown = recorder.standings.preview(KEY, NOW)["hard"]
    recorder.review(KEY, shown, NOW, Given(attempts=3, hints=2))
    give(recorder, "good", NOW + DAY)
    found = [event for event in written(folder) if isinstance(event, Reviewed)]
    assert [(event.attempts, event.hints) for event in found] == [(3, 2), (0, 0)]
    assert b"attempts" not in to_line(found[1])


def test_a_program_that_knows_nothing_of_code_schedules_the_golden_home_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sys.path.insert(0, str(GOLDEN))
    import make

    home = Path(shutil.copytree(GOLDEN / "home", tmp_path / "home"))
    (home / "progress.json").unlink()
    with make.machine("aaaa", 3):
        now = dict(make.opened(home).standings.all)
        older = [kind for kind in get_args(Known) if kind not in (Attempted, Mended)]
        monkeypatch.setattr(line, "_known", lambda: msgspec.json.Decoder(reduce(or_, older)))
        before = dict(make.opened(home).standings.all)
    assert before["llm/code"].buried is None and now["llm/code"].buried is not None  # it asks until tomorrow
    assert {key: replace(one, buried=None) for key, one in before.items()} == {
        key: replace(one, buried=None) for key, one in now.items()
    }
    assert len({type(event) for event in written(home) if not isinstance(event, Event)}) == 1
