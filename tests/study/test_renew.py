"""An answer, and a session, go over to the cards as they are written now."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from quizapp.cards.card import Card
from quizapp.cards.library import Library, read_library
from quizapp.cards.load import load
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.answer import blank
from quizapp.study.session import Session

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def card(tmp_path: Path, fields: str) -> Card:
    (tmp_path / "d.yaml").write_text(f"cards:\n  - {{id: x, q: Q?, {fields}}}\n")
    deck, faults = load(tmp_path / "d.yaml")
    assert deck is not None, faults
    return deck.cards[0]


def test_choices_keep_their_letters_and_marks(tmp_path: Path) -> None:
    answer = blank(card(tmp_path, "type: choice, choices: [{text: a, ok: true}, {text: b}, {text: c}]"), "1")
    first, second, third = answer.order
    answer.pick(1)
    turned = answer.renewed(card(tmp_path, "type: choice, choices: [{text: c}, {text: B}, {text: a, ok: true}]"))
    assert turned.order == tuple({0: 2, 1: 1, 2: 0}[i] for i in (first, second, third))
    assert turned.chosen == {turned.order[1]}
    more = answer.renewed(
        card(tmp_path, "type: choice, choices: [{text: d}, {text: a, ok: true}, {text: b}, {text: c}]")
    )
    assert more.order == (first + 1, second + 1, third + 1, 0) and more.chosen == {second + 1}
    fewer = answer.renewed(card(tmp_path, "type: choice, choices: [{text: z, ok: true}, {text: y}]"))
    assert sorted(fewer.order) == [0, 1] and not fewer.chosen


def test_items_stay_where_they_were_put_and_one_in_hand_stays_there(tmp_path: Path) -> None:
    answer = blank(card(tmp_path, "type: order, items: [a, b, c]"), "1")
    answer.pick(0)
    answer.move(1)
    held = answer.held
    same = answer.renewed(card(tmp_path, "type: order, items: [a, bb, c]"))
    assert same.places == answer.places and same.held == held
    gone = answer.renewed(card(tmp_path, "type: order, items: [x, y]"))
    assert sorted(gone.places) == [0, 1] and gone.held is None


def test_ticks_follow_their_points(tmp_path: Path) -> None:
    answer = blank(card(tmp_path, "a: A, points: [one, two]"), "1")
    answer.tick(1)
    answer.typed = "mine"
    answer.confidence = 50
    renewed = answer.renewed(card(tmp_path, "a: B, points: [zero, one, two]"))
    assert renewed.ticks == {2} and renewed.typed == "mine" and renewed.confidence == 50
    assert renewed.card.a.en == "B"


def test_a_session_goes_on_over_its_decks_as_they_are_now(tmp_path: Path) -> None:
    def read(**decks: str) -> Library:
        folder = tmp_path / "decks"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, q in decks.items():
            (folder / f"{name}.yaml").write_text(f"cards:\n  - {{id: x, q: {q}, a: A}}\n")
        return read_library([folder], user=None, bundled=folder)

    was = read(a="one?", b="two?")
    recorder = Recorder(open_standings(tmp_path / "home", rules=Rules()))
    of_one = Session([was.decks[0]], recorder, Settings(), NOW)
    of_all = Session(was.decks, recorder, Settings(), NOW)
    of_all.reveal(NOW)
    outcomes = of_all.outcomes
    now = read(a="ONE?", b="two?", c="three?")
    for session in (of_one, of_all):
        session.renew(now, was, NOW)
        assert session.card is not None and session.card.q.en == "ONE?"
    assert [deck.name for deck in of_one.decks] == ["a"] and of_one.counts.new == 1
    assert [deck.name for deck in of_all.decks] == ["a", "b", "c"] and of_all.counts.new == 3
    assert of_all.revealed and of_all.outcomes is outcomes
    of_all.renew(read(b="two?"), now, NOW)
    assert of_all.card is not None and of_all.card.q.en == "ONE?"  # in hand until it is graded
    of_all.grade("good", NOW)
    assert of_all.card is not None and of_all.card.deck == "b"
    of_all.undo(NOW)
    assert of_all.card is not None and of_all.card.deck == "a"


def test_a_card_without_an_id_that_is_asked_otherwise_shows_its_own_outcomes(tmp_path: Path) -> None:
    def read(q: str) -> Library:
        (tmp_path / "d.yaml").write_text(f"cards:\n  - {{q: {q}, a: A}}\n")
        return read_library([tmp_path / "d.yaml"], user=None, bundled=tmp_path)

    was = read("one?")
    session = Session(was.decks, Recorder(open_standings(tmp_path / "home", rules=Rules())), Settings(), NOW)
    session.reveal(NOW)
    session.renew(read("ONE or two?"), was, NOW)
    assert session.card is not None and session.card.q.en == "ONE or two?"
    key = session.card.key
    session.grade("easy", NOW)
    assert session.standings.of(key).memory.reps == 1
