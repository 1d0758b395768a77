"""After a grade, what waits is found without a look at every card: the same as with one."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizapp import disk
from quizapp.cards.card import Card, Deck
from quizapp.cards.load import load
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import GRADES, Rules
from quizapp.memory.standings import Standings, open_standings
from quizapp.settings import Settings
from quizapp.study import session as sessions
from quizapp.study.queue import Waiting, regraded, waiting
from quizapp.study.session import Session

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def deck(tmp_path: Path, name: str, cards: int) -> Deck:
    path = tmp_path / f"{name}.yaml"
    path.write_text(
        "cards:\n"
        + "".join(f"  - {{id: c{i}, q: Question {i}, a: Answer, points: [p, q]}}\n" for i in range(cards))
        + '  - {id: gaps, type: cloze, text: "{{c1::a}} {{c2::b}} {{c3::c}}"}\n'
    )
    found, faults = load(path)
    assert found is not None and not faults
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("planned", [None, 10, 2, 1])
def test_it_is_what_a_look_at_every_card_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, planned: int | None
) -> None:
    monkeypatch.setattr(disk, "sync", lambda fd: None)
    chance = random.Random(seed)
    home = tmp_path / "home"
    recorder = Recorder(open_standings(home, rules=Rules()))
    other = Recorder(open_standings(home, rules=Rules()))
    bundled = chance.choice(["one", "two", ""])
    decks = [
        msgspec.structs.replace(deck(tmp_path, name, cards), bundled=name == bundled)
        for name, cards in (("one", 30), ("two", 20))
    ]
    for i in range(25):
        when = NOW - timedelta(days=60, minutes=i)
        recorder.review(f"one/c{i}", recorder.standings.preview(f"one/c{i}", when)["easy"], when)
    for key in ("one/gaps:c2", "one/gaps:c3"):
        when = NOW - timedelta(days=70)
        recorder.review(key, recorder.standings.preview(key, when)["easy"], when)
    settings = Settings(new_per_day=6, reviews_per_day=11, minutes_per_day=chance.choice([5, 12, 25]))
    if planned is not None:
        settings = msgspec.structs.replace(settings, interview=NOW.date() + timedelta(days=planned))
    quick, looked = [], 0

    def counted(waits: Waiting, card: Card, standings: Standings, now: datetime, settings: Settings) -> Waiting | None:
        found = regraded(waits, card, standings, now, settings)
        quick.append(found is not None)
        return found

    monkeypatch.setattr(sessions, "regraded", counted)
    session, now = Session(decks, recorder, settings, NOW), NOW
    for turn in range(70):
        now += timedelta(seconds=chance.choice([2, 20, 90, 400]))
        if turn == 50:
            now += timedelta(hours=17)  # the next study day
            session.advance(now)
        if session.card is None:
            now += timedelta(minutes=11)
            session.advance(now)
            if session.card is None:
                break
        session.reveal(now)
        if chance.random() < 0.1:
            key = f"two/c{chance.randint(0, 19)}"
            other.standings.refresh()
            other.review(key, other.standings.preview(key, now)["easy"], now)
            recorder.standings.refresh()
            session.reveal(now)
        if session.looks_again:
            looked += 1
            session.mend(now)
        else:
            session.grade(chance.choice((*GRADES, "hard", "hard")), now)
        assert session._waits == waiting(decks, recorder.standings, now, settings)
        if chance.random() < 0.1:
            session.undo(now)
            assert session._waits == waiting(decks, recorder.standings, now, settings)
    assert looked
    assert sum(quick) > 5 and sum(quick) > len(quick) / 2


def test_a_card_that_did_not_wait_needs_a_look_at_all(tmp_path: Path) -> None:
    decks = [deck(tmp_path, "one", 3)]
    recorder, settings = Recorder(open_standings(tmp_path / "home", rules=Rules())), Settings(new_per_day=1)
    waits = waiting(decks, recorder.standings, NOW, settings)
    recorder.review("one/c2", recorder.standings.preview("one/c2", NOW)["good"], NOW)
    assert regraded(waits, decks[0].cards[2], recorder.standings, NOW, settings) is None
