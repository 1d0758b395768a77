from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizapp.cards.load import load
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.session import Session
from quizapp.study.sitting_summary import sitting_summary

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DECK = "cards:\n" + "".join(f"  - {{id: c{i}, q: Q{i}, a: A}}\n" for i in range(3))


def grade(session: Session, grade: Grade, now: datetime, seconds: float) -> None:
    session.asked = now
    session.reveal(now)
    session.grade(grade, now + timedelta(seconds=seconds))


def test_a_sitting_in_figures(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    deck, _ = load(tmp_path / "d.yaml")
    assert deck is not None
    recorder = Recorder(open_standings(tmp_path / "home", rules=Rules()))
    first = Session([deck], recorder, Settings(), NOW)
    grades: tuple[tuple[Grade, float], ...] = (("easy", 10), ("hard", 20), ("easy", 60))
    for given, seconds in grades:
        grade(first, given, NOW, seconds)
    found = sitting_summary(first.done)
    assert (found.cards, found.took_s, found.asked) == (3, 90, 0)
    assert found.grades == {"again": 0, "hard": 1, "good": 0, "easy": 2}
    assert [card.card.id for card in found.hardest] == ["c1"]

    later = NOW + timedelta(days=40)
    second = Session([deck], recorder, Settings(), later)
    while second.card is not None and not found.asked:
        grade(second, "again" if second.card.id == "c0" else "good", later, 5)
        if len(second.done) == 3:
            break
    found = sitting_summary(second.done)
    assert found.recalled == found.asked - 1 > 0  # c1, in learning, is no review
    assert found.hardest[0].card.id == "c0" and found.hardest[0].again >= 1
