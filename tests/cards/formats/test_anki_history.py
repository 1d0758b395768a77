"""Anki's review history, in packages that Anki's own library made (../data/make_anki_history.py), and there and back
with the library itself where it is installed."""

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from anki_world import DATA, changed

from quizapp.cards.formats import FileContents, id_of, read_file
from quizapp.memory.events import Reset, Reviewed
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import GRADES, Rules
from quizapp.memory.standings import open_standings
from quizapp.paths import Home
from quizapp.texts import Sentence, tell

Call = Callable[..., tuple[int, str, str]]
PACKAGES = ["anki-history.apkg", "anki-history-legacy.apkg", "anki-history.colpkg"]
Grades = list[tuple[str, int, str, float | None]]


def told(folder: Path = DATA) -> Any:
    """What Anki said of its own history."""
    return json.loads((folder / "anki-history.json").read_text())


def by_anki(folder: Path = DATA) -> Grades:
    """The reviews that count, in time, by card."""
    found: Grades = []
    for name, rows in told(folder)["revlog"].items():
        guid, nth = name.split("/")
        card = f"{id_of(guid)}:c{int(nth) + 1}" if "cloze" in guid else id_of(guid)
        for at, ease, kind, factor, took_ms in rows:
            if ease and not (kind == 3 and factor == 0):
                found.append((card, at, GRADES[ease - 1], took_ms / 1000))
            elif kind == 4 and factor == 0:
                found.append((card, at, "reset", None))
    return sorted(found, key=lambda review: (review[1], review[0]))


def read_here(found: FileContents) -> Grades:
    return [(review.card, review.at_ms, review.what, review.took_s) for review in found.reviews]


@pytest.mark.parametrize("name", PACKAGES)
def test_the_reviews_are_those_that_anki_counts(name: str) -> None:
    found = read_file(DATA / name)
    assert read_here(found) == by_anki()
    assert {what for _, _, what, _ in by_anki()} == {*GRADES, "reset"}
    marks = {(f"{id_of('guid-cloze')}:c2", "suspended"), (id_of("guid-suspended"), "suspended")}
    assert set(found.marks) == {*marks, (id_of("guid-plain"), "flagged")}
    assert found.lost[tell("formats.lost.due_by_hand")] == 1
    assert found.lost[tell("formats.lost.filtered")] == 1


@pytest.mark.parametrize("name", PACKAGES)
def test_the_history_is_in_the_journal_with_the_same_grades_times_and_suspensions(
    name: str, quizapp: Call, home: Home
) -> None:
    code, out, _ = quizapp("import", str(DATA / name))
    assert (
        code == 0
        and f"{len(by_anki())} reviews and resets came along" in out
        and "3 cards are suspended or flagged" in out
    )
    assert "  1  due days set by hand" in out
    deck = Path(name).stem
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    made: Grades = []
    for key in recorder.standings.all:
        for event in recorder.standings.history(key):
            if isinstance(event, Reviewed | Reset):
                at = round(event.at.timestamp() * 1000)
                grade, took = (event.grade, event.took_s) if isinstance(event, Reviewed) else ("reset", None)
                made.append((key.partition("/")[2], at, grade, took))
                assert event.imported == "anki"
    assert sorted(made, key=lambda review: (review[1], review[0])) == by_anki()
    suspended = {key for key, standing in recorder.standings.all.items() if standing.suspended}
    assert suspended == {f"{deck}/{id_of('guid-cloze')}:c2", f"{deck}/{id_of('guid-suspended')}"}
    assert recorder.standings.of(f"{deck}/{id_of('guid-plain')}").flagged
    assert recorder.standings.of(f"{deck}/{id_of('guid-plain')}").memory.reps == 6
    assert recorder.standings.of(f"{deck}/{id_of('guid-forgotten')}").memory.reps == 1  # it was made new after three
    before = dict(recorder.standings.all)
    code, out, _ = quizapp("import", str(DATA / name))
    assert code == 0 and f"{len(by_anki())} reviews and resets were here already" in out and "came along" not in out
    assert dict(open_standings(home.root, rules=Rules()).all) == before


def test_a_card_graded_here_since_is_left_as_it_is_and_said(quizapp: Call, home: Home, tmp_path: Path) -> None:
    deck = str(home.decks / "anki-history.yaml")
    early = changed(tmp_path, "DELETE FROM revlog WHERE id > 1700090000000")
    assert quizapp("import", str(early), "-o", deck)[0] == 0
    key = f"anki-history/{id_of('guid-plain')}"
    assert quizapp("grade", key, "easy")[0] == 0
    code, out, _ = quizapp("import", str(DATA / "anki-history-legacy.apkg"), "-o", deck)
    assert code == 0 and "not carried over: 4 reviews that are older" in out
    assert json.loads(quizapp("show", key, "--json")[1])["key"] == key
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    assert [event.grade for event in recorder.standings.history(key) if isinstance(event, Reviewed)] == [
        "good",
        "good",
        "easy",
    ]


def test_the_first_scheduler_had_three_buttons_in_learning(tmp_path: Path) -> None:
    old = changed(tmp_path, "UPDATE col SET conf = '{\"schedVer\": 1}'", name="collection.anki2")
    better = {"again": "again", "hard": "good", "good": "easy", "easy": "easy", "reset": "reset"}
    kinds = {row[0]: row[2] for rows in told()["revlog"].values() for row in rows}
    assert read_here(read_file(old)) == [
        (card, at, better[what] if kinds[at] in (0, 2) else what, took) for card, at, what, took in by_anki()
    ]
    second = changed(tmp_path, "UPDATE col SET conf = '{\"schedVer\": 2}'", name="collection.anki2")
    assert read_here(read_file(second)) == by_anki()


def test_a_card_that_is_learned_again_was_made_new_before(tmp_path: Path) -> None:
    """Old versions wrote no row for it."""
    path = changed(tmp_path, "DELETE FROM revlog WHERE ease = 0")
    forgotten = [(what, at) for card, at, what, _ in read_here(read_file(path)) if card == id_of("guid-forgotten")]
    assert [what for what, _ in forgotten] == ["good", "good", "again", "reset", "good"]
    assert forgotten[-2][1] == forgotten[-1][1] - 1


@pytest.mark.parametrize(
    ("statement", "lost"),
    [
        ("UPDATE revlog SET ease = 'x'", "formats.lost.odd_rows"),
        ("UPDATE revlog SET id = -id", "formats.lost.odd_rows"),
        ("UPDATE revlog SET id = id + 9000000000000000000 - 1700000000000", "formats.lost.odd_rows"),
        ("UPDATE revlog SET ease = 7", "formats.lost.odd_rows"),
        ("UPDATE revlog SET cid = 1", "formats.lost.other_reviews"),
        ("DELETE FROM revlog", "formats.lost.unknown_reviews"),
        ("UPDATE revlog SET type = 5", "formats.lost.due_by_anki"),
    ],
)
def test_rows_that_are_no_reviews_are_counted(tmp_path: Path, statement: str, lost: str) -> None:
    found = read_file(changed(tmp_path, statement))
    assert not found.reviews and found.lost[Sentence(lost)]


def test_marks_come_along_without_a_review(quizapp: Call, home: Home, tmp_path: Path) -> None:
    path = changed(tmp_path, "DELETE FROM revlog")
    code, out, _ = quizapp("import", str(path))
    assert code == 0 and "3 cards are suspended or flagged" in out
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    assert recorder.standings.of(f"anki-history/{id_of('guid-suspended')}").suspended


def test_reviews_of_the_future_stay_out(quizapp: Call, tmp_path: Path) -> None:
    path = changed(tmp_path, "UPDATE revlog SET id = id + 2000000000000")
    code, out, _ = quizapp("import", str(path))
    assert code == 0 and "came along" not in out and "a day that is yet to come" in out


needs_anki = pytest.mark.skipif(importlib.util.find_spec("anki") is None, reason="PyPI's anki is not installed")


@needs_anki
def test_what_anki_makes_today_comes_over_with_its_history(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(DATA / "make_anki_history.py"), str(tmp_path)], check=True, timeout=120)
    for name in PACKAGES:
        assert read_here(read_file(tmp_path / name)) == by_anki(tmp_path) == by_anki()


@needs_anki
def test_an_export_opens_in_anki_and_again_updates_its_notes(quizapp: Call, tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(
        "cards:\n  - {id: one, q: What?, a: '**That**.'}\n  - {id: two, type: cloze, text: '{{c1::A}} b'}\n"
    )
    assert quizapp("export", str(deck), str(tmp_path / "first.apkg"))[0] == 0
    deck.write_text(deck.read_text().replace("What?", "Which?"))
    time.sleep(1.1)  # Anki takes a note for newer by the second
    assert quizapp("export", str(deck), str(tmp_path / "second.apkg"))[0] == 0
    script = tmp_path / "in_anki.py"
    script.write_text(IN_ANKI)
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)], check=True, timeout=120, capture_output=True, text=True
    )
    first, second = json.loads(done.stdout)
    assert [guid for _, guid, _ in first] == ["deck/one", "deck/two"]
    assert [(number, guid) for number, guid, _ in first] == [(number, guid) for number, guid, _ in second]
    assert "What?" in first[0][2] and "Which?" in second[0][2] and "<strong>That</strong>" in second[0][2]


IN_ANKI = """
import json, sys
from pathlib import Path
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
folder = Path(sys.argv[1])
collection = Collection(str(folder / "collection.anki2"))
seen = []
for name in ("first", "second"):
    options = ImportAnkiPackageOptions(update_notes=0)
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(folder / f"{name}.apkg"), options=options)
    )
    notes = [collection.get_note(number) for number in sorted(collection.find_notes(""))]
    seen.append([(note.id, note.guid, " ".join(note.fields)) for note in notes])
print(json.dumps(seen))
"""
