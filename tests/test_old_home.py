"""A home as the version before memory was divided by role wrote it: read without a difference, and written on.

`old_home` was made by commit f4671c0: sittings of grades, answers, undone grades and changes, predictions, fitted
weights, a quiz and an interview that were counted, settings; and `expected.json`, what that version read of it.
"""

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from quizapp.memory import device
from quizapp.memory.all_journals import journals
from quizapp.memory.events import Given
from quizapp.memory.reader import Reader
from quizapp.memory.schedule import study_day
from quizapp.memory.snapshot import snapshot_path
from quizapp.paths import Home
from quizapp.study.desk import Desk, open_desk
from quizapp.study.interview import Interview
from quizapp.study.interview_store import interview_files
from quizapp.study.queue import counts
from quizapp.study.statistics import card_figures, review_figures

OLD = Path(__file__).with_name("old_home")
EXPECTED = json.loads((OLD / "expected.json").read_text("utf-8"))
assert EXPECTED["settings"].pop("follow_plan") is False  # which is gone: a date alone has a plan now
LOOK = datetime.fromisoformat(EXPECTED.pop("look"))
EXPECTED["pace"] = [took_s for took_s in EXPECTED["pace"] if took_s >= 3]  # what was passed over unread counts no more
EXPECTED["settings"]["learn_ahead_minutes"] = 2  # nobody chose it: the default is another now
EXPECTED["waiting"][1] += 1  # what one was sure of and wrong a week before


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A copy of it on the machine that wrote it."""
    home = Home(Path(shutil.copytree(OLD / "home", tmp_path / "home")))
    machine = (home.root / "device").read_text().split()[1]
    monkeypatch.setattr(device, "_machine", lambda: machine)
    return home


def opened(home: Home) -> Desk:
    desk = open_desk(home, [OLD / "decks"], LOOK)
    assert not desk.notices and not desk.library.faults
    return desk


def as_it_was(interview: Interview | None) -> dict[str, Any]:
    """What the old version knew of an interview."""
    assert interview is not None
    had = set(msgspec.structs.asdict(interview)) - {"friend", "levels", "again"}
    found = {name: value for name, value in msgspec.to_builtins(interview).items() if name in {*had, "spoken"}}
    questions = [{name: value for name, value in asked.items() if name != "given"} for asked in found["questions"]]
    return {**found, "format": 1, "questions": questions}


def seen(desk: Desk) -> dict[str, Any]:
    """All that is to be known of it, as JSON has it."""
    standings, rollover = desk.standings, desk.settings.rollover
    *_, figures = review_figures(standings.reading(), study_day(LOOK, rollover))
    assert figures is not None
    held = card_figures([card for deck in desk.library.decks for card in deck.cards], standings.all, LOOK, rollover)
    total, retention, predictions = (
        counts(desk.library.decks, standings, LOOK, desk.settings)[1], figures.retention(), figures.predictions
    )  # fmt: skip
    last = desk.recorder.last_undoable()
    found = {
        "settings": {name: getattr(desk.settings, name) for name in EXPECTED["settings"]},
        "rules": standings.rules,
        "standings": {key: replace(one, erred=None) for key, one in standings.all.items()},  # not known then
        "previews": {
            key: {grade: (one.memory, one.interval_s) for grade, one in standings.preview(key, LOOK).items()}
            for key in desk.library.keys
        },
        "histories": {key: [event.id for event in events] for key, events in standings.histories().items()},
        "figures": [
            figures.reviews, figures.seconds, retention.asked, retention.passed, predictions.asked, predictions.passed
        ],
        "states": held.states,
        "forecast": held.forecast,
        "waiting": [total.learning, total.due, total.new],
        "studied": sorted(standings.studied),
        "pace": sorted(standings.pace),
        "last": last and last.id,
        "interviews": [as_it_was(one.interview) for one in interview_files(desk.home.interviews)],
    }  # fmt: skip
    told: dict[str, Any] = json.loads(json.dumps(msgspec.to_builtins(found, str_keys=True)))
    return told


@pytest.mark.parametrize("snapshot", [True, False], ids=["by its snapshot", "by its journal"])
def test_it_is_read_without_a_difference(home: Home, snapshot: bool) -> None:
    if not snapshot:
        (home.root / "progress.json").unlink()
    desk = opened(home)
    found = seen(desk)
    assert found.keys() == EXPECTED.keys()
    for what, expected in EXPECTED.items():
        assert found[what] == expected, what
    desk.recorder.close()


def test_nothing_in_it_is_written_anew_until_something_happens(home: Home) -> None:
    """But for its snapshot, once: it was made by another law of reading journals."""
    desk = opened(home)
    desk.recorder.close()
    written = snapshot_path(home.root).read_bytes()
    for path in OLD.joinpath("home").rglob("*.*"):
        if path.name != "progress.json":
            assert (home.root / path.relative_to(OLD / "home")).read_bytes() == path.read_bytes(), path
    cards = json.loads(written)["cards"]
    erred = {key: one.pop("erred", None) for key, one in cards.items()}
    assert cards == json.loads((OLD / "home" / "progress.json").read_bytes())["cards"]
    sure = {"optimisers/order": "2026-09-17", "optimisers/decay:c1": "2026-09-03", "optimisers/adam": "2026-09-23"}
    assert {key: day for key, day in erred.items() if day} == sure
    desk = opened(home)
    assert desk.standings.unsaved == 0
    desk.recorder.close()
    assert snapshot_path(home.root).read_bytes() == written


def test_what_is_added_stands_after_what_the_old_version_wrote(home: Home) -> None:
    desk = opened(home)
    (path,) = journals(home.root).values()
    old = path.read_bytes()
    outcome = desk.standings.preview("optimisers/adam", LOOK)["good"]
    event = desk.recorder.review("optimisers/adam", outcome, LOOK, Given(took_s=4.5, chosen=(0,)))
    desk.recorder.close()
    assert path.read_bytes().startswith(old)
    assert path.read_bytes()[len(old) :].count(b"\n") == 1  # the rules that it was made by are there already
    assert [*Reader(path)][-1] == event
