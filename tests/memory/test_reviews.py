"""What the journals tell of reviews, set against the law of replay; and that a card's history is found in lines."""

import random
from datetime import timedelta
from functools import reduce
from operator import or_
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from memory_world import KEY, NOW, RULES, give, opened
from msgspec.structs import replace

from quizapp.memory import line
from quizapp.memory.events import (
    Given,
    Known,
    Opened,
    Overruled,
    Overruling,
    Predicted,
    Prediction,
    QuizScore,
    Quizzed,
    Reviewed,
    Undone,
)
from quizapp.memory.line import JOURNAL_FORMAT, from_line, to_line
from quizapp.memory.recorder import Recorder
from quizapp.memory.replay import undone_by
from quizapp.memory.reviews import Reading
from quizapp.memory.standings import open_standings

pytestmark = pytest.mark.usefixtures("no_waiting")


def read(home: Path, **renames: str) -> Reading:
    reading = Reading(home, {old: f"deck/{new}" for new, old in renames.items()})
    for _ in reading.read():
        pass
    return reading


def test_each_review_says_how_its_card_stood_before(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "easy")
    later = NOW + timedelta(days=10)
    before = recorder.standings.of("deck/card").memory
    give(recorder, "again", later)
    recorder.review(
        "deck/card",
        recorder.standings.preview("deck/card", later)["good"],
        later + timedelta(minutes=10),
        Given(took_s=3.0, confidence=75),
    )
    found = read(folder).reviews
    assert [(r.state, r.grade) for r in found] == [("new", "easy"), ("review", "again"), ("relearning", "good")]
    assert found[0].stability is None and found[1].stability == before.stability
    assert (found[2].took_s, found[2].confidence, found[2].card) == (3.0, 75, "deck/card")


def test_what_was_undone_does_not_count_and_a_reset_card_is_new(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "good")
    recorder.undo(give(recorder, "again", NOW + timedelta(minutes=1)).id, NOW + timedelta(minutes=2))
    give(recorder, "easy", NOW + timedelta(minutes=3))
    recorder.change("deck/card", "reset", NOW + timedelta(minutes=4))
    give(recorder, "hard", NOW + timedelta(minutes=5))
    assert [(r.grade, r.state) for r in read(folder).reviews] == [
        ("good", "new"),
        ("easy", "learning"),
        ("hard", "new"),
    ]


def test_all_reviews_of_many_cards_are_those_that_stand(folder: Path) -> None:
    """Against the slow way: every card's history from Recorder, without what is undone."""
    chance = random.Random(7)
    recorder, now, mine = opened(folder), NOW, []
    for _ in range(150):
        now += timedelta(hours=chance.randint(1, 30))
        key = f"deck/{chance.randint(0, 9)}"
        kind = chance.random()
        if kind < 0.75:
            mine.append(give(recorder, chance.choice(["again", "hard", "good", "easy"]), now, key).id)
        elif kind < 0.9 and mine:
            recorder.undo(mine.pop(), now)
        else:
            recorder.change(key, chance.choice(["suspended", "unsuspended", "flagged", "reset"]), now)
    wanted = []
    for key in recorder.standings.all:
        history = recorder.standings.history(key)
        undone = undone_by(history)
        wanted += [(key, e.at, e.grade) for e in history if isinstance(e, Reviewed) and e.id not in undone]
    assert sorted((r.card, r.at, r.grade) for r in read(folder).reviews) == sorted(wanted)
    assert len({r.state for r in read(folder).reviews}) == 4


def test_two_devices_are_brought_in_order(folder: Path, tmp_path: Path) -> None:
    here, there = opened(folder), opened(tmp_path / "there")
    give(here, "easy", NOW)
    give(there, "good", NOW + timedelta(days=1))
    (journal,) = (tmp_path / "there" / "journal").iterdir()
    (folder / "journal" / "other.jsonl").write_bytes(journal.read_bytes())
    assert [(r.grade, r.state) for r in read(folder).reviews] == [("easy", "new"), ("good", "review")]


def test_a_renamed_card_keeps_what_happened_to_it(folder: Path) -> None:
    give(opened(folder), "good", key="deck/old")
    reading = read(folder, now="deck/old")
    assert [r.card for r in reading.reviews] == ["deck/now"]
    *_, history = reading.history("deck/now")
    assert history is not None and [type(event) for event in history] == [Reviewed]


def test_a_cards_history_has_its_predictions_and_what_was_undone(folder: Path) -> None:
    recorder = opened(folder)
    recorder.undo(give(recorder, "good").id, NOW + timedelta(minutes=1))
    recorder.predict(
        Prediction(card="deck/card", demo="d", measure="m", measured=1.0, right=True), NOW + timedelta(minutes=2)
    )
    give(recorder, "good", key="deck/card2")
    *steps, history = Reading(folder, {}).history("deck/card")
    assert set(steps) <= {None} and history is not None
    assert [type(event) for event in history] == [Reviewed, Undone, Predicted]
    reading = read(folder)
    assert [p.right for p in reading.predictions] == [True]


def test_damage_and_newer_formats_are_passed_over(folder: Path) -> None:
    give(opened(folder), "good")
    (journal,) = (folder / "journal").iterdir()
    whole = journal.read_bytes()
    newer = to_line(Opened(seq=1, id="n", at=NOW, format=JOURNAL_FORMAT + 1, device="newer"))
    last = from_line(whole.splitlines()[-1])
    assert isinstance(last, Reviewed)
    unread = replace(last, id="u")
    (folder / "journal" / "newer.jsonl").write_bytes(newer + to_line(unread))
    journal.write_bytes(whole + b"{}\n" + whole.splitlines()[-1][:40])
    hostile = replace(last, id="h", took_s=1e308, on="gone")
    (folder / "journal" / "other.jsonl").write_bytes(to_line(hostile))
    assert [review.took_s for review in read(folder).reviews] == [None, None]
    (folder / "journal" / "other.jsonl").unlink()
    assert len(read(folder).reviews) == 1
    *_, history = Reading(folder, {}).history("deck/card")
    assert history is not None and len(history) == 1
    assert read(folder.parent / "nowhere").reviews == []


def test_standings_hand_out_a_reading(folder: Path) -> None:
    recorder = Recorder(open_standings(folder, rules=RULES, renames={"deck/old": "deck/card"}))
    give(recorder, "good", key="deck/old")
    reading = recorder.standings.reading()
    for _ in reading.read():
        pass
    assert [r.card for r in reading.reviews] == ["deck/card"]


def test_quizzes_are_read_in_order_each_as_it_ended_last(folder: Path) -> None:
    recorder = opened(folder)
    for quiz, asked, right, minutes, missed in (("b", 5, 2, 0, ("x/1",)), ("a", 4, 4, 1, ()), ("b", 6, 3, 2, ("y/2",))):
        score = QuizScore(quiz=quiz, asked=asked, right=right, took_s=1.23456, missed=missed)
        recorder.quizzed(score, NOW + timedelta(minutes=minutes))
    give(recorder, "good")
    before = recorder.standings.all
    *steps, found = Reading(folder, {}).quizzes()
    assert set(steps) <= {None} and found is not None
    assert [(one.quiz, one.asked, one.right, one.took_s) for one in found] == [("a", 4, 4, 1.235), ("b", 6, 3, 1.235)]
    assert [one.missed for one in found] == [(), ("y/2",)]  # nothing of it in a line as it was before that was kept
    (journal,) = (folder / "journal").glob("*.jsonl")
    assert [b'"missed"' in line for line in journal.read_bytes().splitlines() if b'"quizzed"' in line] == [1, 0, 1]
    assert before == opened(folder).standings.all  # and change nothing that is remembered


def test_a_cards_history_has_what_was_said_against_an_examiner(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "good")
    recorder.overrule(Overruling(card=KEY, model="m", ticked=(0,)), NOW + timedelta(minutes=1))
    *_, history = Reading(folder, {}).history(KEY)
    assert history is not None and [type(event) for event in history] == [Reviewed, Overruled]


def test_a_program_that_knows_no_quizzes_and_no_examiner_reads_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = opened(folder)
    recorder.quizzed(QuizScore(quiz="a", asked=4, right=4), NOW)
    recorder.overrule(Overruling(card=KEY, model="m", ticked=(0,)), NOW)
    give(recorder, "good")
    (folder / "progress.json").unlink(missing_ok=True)
    older = [kind for kind in get_args(Known) if kind not in (Quizzed, Overruled)]
    monkeypatch.setattr(line, "_known", lambda: msgspec.json.Decoder(reduce(or_, older)))
    assert [review.grade for review in read(folder).reviews] == ["good"]
    assert opened(folder).standings.all == recorder.standings.all and not opened(folder).standings.notices
