"""Journals that somebody else wrote into a home: whatever they say, all goes on, and the user's grades are whole.

The cases that once broke something lie in `cases/journal`, a file each; more are made from numbers. With
QUIZAPP_FUZZ_S=60 they are made for so many seconds more.
"""

import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import journal_lines
import pytest

from quizapp import disk
from quizapp.cards.card import Deck
from quizapp.cards.load import load
from quizapp.cli import main
from quizapp.memory import device
from quizapp.memory.events import link
from quizapp.memory.fit import log_loss, samples
from quizapp.memory.line import from_line
from quizapp.memory.recorder import Recorder
from quizapp.memory.replay import LEECH
from quizapp.memory.schedule import GRADES, Rules, retrievability
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.course import outset
from quizapp.study.day import minutes, streak
from quizapp.study.queue import next_card, waiting
from quizapp.study.readiness import readiness
from quizapp.study.statistics import card_figures, review_figures

CASES = sorted((Path(__file__).parent / "cases" / "journal").glob("*.jsonl"))
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
RULES = Rules()


@pytest.fixture(autouse=True)
def as_on_that_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "sync", lambda fd: None)
    monkeypatch.setattr(device, "_machine", lambda: "0000aaaa")


@pytest.fixture(scope="session")
def decks(tmp_path_factory: pytest.TempPathFactory) -> list[Deck]:
    folder = tmp_path_factory.mktemp("decks")
    found = []
    for name in ("llm", "anki"):
        ids = [key.partition("/")[2] for key in journal_lines.CARDS if key.startswith(f"{name}/")]
        text = "".join(f"  - {{id: '{card}', q: Q{card}?, a: a, why: w}}\n" for card in [*ids, "unseen"])
        (folder / f"{name}.yaml").write_text(f"deck: {name}\ncards:\n{text}")
        deck, faults = load(folder / f"{name}.yaml")
        assert deck is not None and not faults
        found.append(deck)
    return found


def a_home(folder: Path, data: bytes) -> Path:
    (folder / "journal").mkdir(parents=True)
    shutil.copy(journal_lines.GOLDEN / f"{journal_lines.MINE}.jsonl", folder / "journal")
    shutil.copy(journal_lines.GOLDEN.parent / "device", folder)
    (folder / "journal" / "evil.jsonl").write_bytes(data)
    return folder


def opened(home: Path) -> Recorder:
    recorder = Recorder(open_standings(home, rules=RULES))
    assert recorder.standings.read_only is None
    return recorder


def looked_at(recorder: Recorder, decks: list[Deck]) -> None:
    """All that screens and commands ask of it."""
    settings, day = Settings(), NOW.date()
    for key, standing in recorder.standings.all.items():
        assert list(recorder.standings.preview(key, NOW)) == list(GRADES)
        assert 0 <= retrievability(standing.memory, day, recorder.standings.rules) <= 1
        assert standing.leech == (standing.memory.lapses >= LEECH)
        if standing.memory.due is not None:
            standing.memory.due.astimezone(NOW.tzinfo)
    next_card(waiting(decks, recorder.standings, NOW, settings), NOW, settings)
    minutes(waiting(decks, recorder.standings, NOW, settings), recorder.standings)
    streak(recorder.standings.studied, day)
    *_, figures = review_figures(recorder.standings.reading(), day)
    assert figures is not None and figures.seconds >= 0
    card_figures([card for deck in decks for card in deck.cards], recorder.standings.all, NOW, 4)
    start = outset(decks, recorder.standings, settings, NOW)
    readiness(start, day + timedelta(days=9), NOW, recorder.standings.rules, settings)
    log_loss(samples(recorder.standings), recorder.standings.rules, 0)
    *_, history = recorder.standings.reading().history("llm/3")
    assert history is not None
    recorder.last_undoable()


def survives(home: Path, decks: list[Deck]) -> None:
    """Everything works, what the user does is kept, and what they did before is as they left it."""
    own = home / "journal" / f"{journal_lines.MINE}.jsonl"
    before = own.read_bytes()
    recorder = opened(home)
    looked_at(recorder, decks)
    kept = [
        recorder.review(key, recorder.standings.preview(key, NOW)["good"], NOW).id
        for key in [*journal_lines.CARDS, "llm/z"]
    ]
    kept.append(recorder.undo(kept[0], NOW).id)
    kept.append(recorder.change("llm/1", "flagged", NOW).id)
    recorder.close()
    again = opened(home)
    assert dict(again.standings.all) == dict(recorder.standings.all)
    looked_at(again, decks)
    after = own.read_bytes()
    assert after.startswith(before)
    events = [from_line(line) for line in after[len(before) :].splitlines()]
    assert kept == [event.id for event in events if event.id in kept]
    (home / "progress.json").unlink()
    anew = opened(home)
    histories = anew.standings.histories()
    for place in map(link, map(from_line, after.splitlines())):
        if place is not None:
            assert place in histories[place.card]


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_journal_that_once_broke_something(tmp_path: Path, path: Path, decks: list[Deck]) -> None:
    survives(a_home(tmp_path / "home", path.read_bytes()), decks)


def test_every_command_works_beside_all_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = a_home(tmp_path / "home", b"")
    for number, path in enumerate(CASES):
        shutil.copy(path, home / "journal" / f"evil{number}.jsonl")
    key = "five-questions/distillation-improvements"
    for argv in ("next", "due", f"grade {key} good", "stats --json", "plan --json", f"show {key}", "doctor --mend"):
        assert main(["--home", str(home), *argv.split()]) in (0, 1), argv
        assert "Traceback" not in "".join(capsys.readouterr())
    assert main(["--home", str(home), "undo"]) == 0


def test_journals_made_from_numbers(tmp_path: Path, decks: list[Deck]) -> None:
    until, seed = time.monotonic() + int(os.environ.get("QUIZAPP_FUZZ_S", "0")), 0
    while seed < 12 or time.monotonic() < until:
        home = a_home(tmp_path / "home", journal_lines.journal(seed))
        try:
            survives(home, decks)
        except BaseException as error:
            error.add_note(f"journal_lines.journal({seed}), in {home}")
            raise
        shutil.rmtree(home)
        seed += 1
