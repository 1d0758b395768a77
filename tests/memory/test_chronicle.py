"""What the journals tell of reviews, set against the law of replay; and that a card's history is found in lines."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from memory_world import NOW, RULES, give, opened
from msgspec.structs import replace

from quizapp.memory.chronicle import Chronicle
from quizapp.memory.events import FORMAT, Opened, Predicted, Reviewed, Undone, parse, write
from quizapp.memory.progress import open_progress
from quizapp.memory.replay import undone_by

pytestmark = pytest.mark.usefixtures("no_waiting")


def read(home: Path, **renames: str) -> Chronicle:
    chronicle = Chronicle(home, {old: f"deck/{new}" for new, old in renames.items()})
    for _ in chronicle.read():
        pass
    return chronicle


def test_each_review_says_how_its_card_stood_before(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "easy")
    later = NOW + timedelta(days=10)
    before = progress.of("deck/card").memory
    give(progress, "again", later)
    progress.review(
        "deck/card",
        progress.preview("deck/card", later)["good"],
        later + timedelta(minutes=10),
        took_s=3.0,
        confidence=75,
    )
    found = read(folder).reviews
    assert [(r.state, r.grade) for r in found] == [("new", "easy"), ("review", "again"), ("relearning", "good")]
    assert found[0].stability is None and found[1].stability == before.stability
    assert (found[2].took_s, found[2].confidence, found[2].card) == (3.0, 75, "deck/card")


def test_what_was_undone_does_not_count_and_a_reset_card_is_new(folder: Path) -> None:
    progress = opened(folder)
    give(progress, "good")
    progress.undo(give(progress, "again", NOW + timedelta(minutes=1)).id, NOW + timedelta(minutes=2))
    give(progress, "easy", NOW + timedelta(minutes=3))
    progress.change("deck/card", "reset", NOW + timedelta(minutes=4))
    give(progress, "hard", NOW + timedelta(minutes=5))
    assert [(r.grade, r.state) for r in read(folder).reviews] == [
        ("good", "new"),
        ("easy", "learning"),
        ("hard", "new"),
    ]


def test_all_reviews_of_many_cards_are_those_that_stand(folder: Path) -> None:
    """Against the slow way: every card's history from Progress, without what is undone."""
    chance = random.Random(7)
    progress, now, mine = opened(folder), NOW, []
    for _ in range(150):
        now += timedelta(hours=chance.randint(1, 30))
        key = f"deck/{chance.randint(0, 9)}"
        kind = chance.random()
        if kind < 0.75:
            mine.append(give(progress, chance.choice(["again", "hard", "good", "easy"]), now, key).id)  # type: ignore[arg-type]
        elif kind < 0.9 and mine:
            progress.undo(mine.pop(), now)
        else:
            progress.change(key, chance.choice(["suspended", "unsuspended", "flagged", "reset"]), now)  # type: ignore[arg-type]
    wanted = []
    for key in progress.standings:
        history = progress.history(key)
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
    chronicle = read(folder, now="deck/old")
    assert [r.card for r in chronicle.reviews] == ["deck/now"]
    *_, history = chronicle.history("deck/now")
    assert history is not None and [type(event) for event in history] == [Reviewed]


def test_a_cards_history_has_its_predictions_and_what_was_undone(folder: Path) -> None:
    progress = opened(folder)
    progress.undo(give(progress, "good").id, NOW + timedelta(minutes=1))
    progress.predicted("deck/card", NOW + timedelta(minutes=2), demo="d", measure="m", measured=1.0, right=True)
    give(progress, "good", key="deck/card2")
    *steps, history = Chronicle(folder, {}).history("deck/card")
    assert set(steps) <= {None} and history is not None
    assert [type(event) for event in history] == [Reviewed, Undone, Predicted]
    chronicle = read(folder)
    assert [p.right for p in chronicle.predictions] == [True]


def test_damage_and_newer_formats_are_passed_over(folder: Path) -> None:
    give(opened(folder), "good")
    (journal,) = (folder / "journal").iterdir()
    whole = journal.read_bytes()
    newer = write(Opened(seq=1, id="n", at=NOW, format=FORMAT + 1, device="newer"))
    unread = replace(parse(whole.splitlines()[-1]), id="u")  # type: ignore[arg-type]
    (folder / "journal" / "newer.jsonl").write_bytes(newer + write(unread))  # type: ignore[arg-type]
    journal.write_bytes(whole + b"{}\n" + whole.splitlines()[-1][:40])
    hostile = replace(parse(whole.splitlines()[-1]), id="h", took_s=1e308, on="gone")  # type: ignore[arg-type]
    (folder / "journal" / "other.jsonl").write_bytes(write(hostile))  # type: ignore[arg-type]
    assert [review.took_s for review in read(folder).reviews] == [None, None]
    (folder / "journal" / "other.jsonl").unlink()
    assert len(read(folder).reviews) == 1
    *_, history = Chronicle(folder, {}).history("deck/card")
    assert history is not None and len(history) == 1
    assert read(folder.parent / "nowhere").reviews == []


def test_progress_hands_out_its_chronicle(folder: Path) -> None:
    progress = open_progress(folder, now=NOW, rules=RULES, renames={"deck/old": "deck/card"})
    give(progress, "good", key="deck/old")
    chronicle = progress.chronicle()
    for _ in chronicle.read():
        pass
    assert [r.card for r in chronicle.reviews] == ["deck/card"]
