"""A sitting of exactly these cards."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizapp.cards.card import Deck
from quizapp.cards.library import Library, read_library
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.chosen import AHEAD, ChosenSession, ahead, days_limit
from quizapp.study.queue import Waiting

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name in ("one", "two"):
        cards = "".join(f"  - {{id: c{i}, q: Q{i}, a: A}}\n" for i in range(4))
        (tmp_path / f"{name}.yaml").write_text(f"cards:\n{cards}")
    return read_library([tmp_path], user=None, bundled=tmp_path)


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield recorder


def test_each_is_asked_in_order_whether_it_waits_or_not_and_no_other(library: Library, recorder: Recorder) -> None:
    recorder.review("one/c1", recorder.standings.preview("one/c1", NOW)["easy"], NOW)  # far away
    recorder.review("two/c2", recorder.standings.preview("two/c2", NOW)["again"], NOW)  # in a minute
    cards = [library.keys[key] for key in ("two/c2", "one/c1", "one/c0")]
    session = ChosenSession(cards, library, recorder, Settings(new_per_day=0), NOW)
    asked, counts = [], []
    now = NOW
    for grade in ("good", "again", "easy", "easy", "good"):
        assert session.card is not None
        asked.append(session.card.key)
        counts.append((session.counts.new, session.counts.learning, session.counts.due, session.counts.done))
        session.reveal(now)
        session.grade(grade, now)
        now += 12 * MINUTE
    assert asked == ["two/c2", "one/c1", "one/c0", "two/c2", "one/c1"]
    assert counts == [(1, 2, 0, 0), (1, 2, 0, 1), (1, 2, 0, 1), (0, 2, 0, 2), (0, 1, 0, 2)], "none is due"
    assert session.card is None
    assert session.undo(now) is not None and session.card is not None and session.card.key == "one/c1"


def test_decks_read_anew_bring_no_other_card(library: Library, recorder: Recorder) -> None:
    cards = [library.keys["one/c0"], library.keys["two/c0"]]
    session = ChosenSession(cards, library, recorder, Settings(), NOW)
    deck = library.decks[0]
    changed = replace(deck, cards=(replace(deck.cards[0], a=replace(deck.cards[0].a, en="B")), *deck.cards[1:]))
    now = Library((changed, *library.decks[1:]))
    session.renew(now, library, NOW)
    assert session.card is not None and session.card.a.en == "B" and session.counts.new == 2
    for _ in range(2):
        session.reveal(NOW)
        session.grade("easy", NOW)
    assert session.card is None


def test_ahead_of_the_day_come_the_next_of_the_path_then_the_likeliest_forgotten(
    tmp_path: Path, library: Library, recorder: Recorder
) -> None:
    (tmp_path / "code.yaml").write_text(
        "cards:\n" + "".join(f"  - {{id: w{i}, type: code, q: Q{i}, code: e{i}}}\n" for i in range(3))
    )
    code = read_library([tmp_path / "code.yaml"], user=None, bundled=tmp_path).decks
    settings = Settings(new_per_day=0, new_code_per_day=0)
    assert [card.id for card in ahead(code, recorder.standings, NOW, settings)] == ["w0"]  # one takes ten minutes
    assert ahead(code, recorder.standings, NOW, Settings(code_cards=False)) == []
    decks = library.decks
    assert [card.key for card in ahead(decks, recorder.standings, NOW, settings)] == [
        *(f"one/c{i}" for i in range(4)),
        "two/c0",
    ]
    recorder.change("one/c3", "suspended", NOW)
    for place, card in enumerate(card for deck in decks for card in deck.cards if card.key != "one/c3"):
        then = NOW - timedelta(days=20 - place)
        recorder.review(card.key, recorder.standings.preview(card.key, then)["easy"], then)
    weakest = ahead(decks, recorder.standings, NOW, settings)
    assert [card.key for card in weakest] == ["one/c0", "one/c1", "one/c2", "two/c0", "two/c1"]
    assert len(weakest) == AHEAD
    recorder.review("one/c0", recorder.standings.preview("one/c0", NOW)["good"], NOW)
    assert ahead(decks, recorder.standings, NOW, settings)[0].key == "one/c1"  # not what was asked today


def test_which_limit_the_day_had_and_what_takes_its_minutes(
    tmp_path: Path, library: Library, recorder: Recorder
) -> None:
    def says(decks: Sequence[Deck] = library.decks, due: int = 0, new: int = 0, **given: object) -> str:
        waits = Waiting(NOW.date(), due=library.decks[0].cards[:due], new=library.decks[1].cards[:new])
        own = Settings(**given)  # type: ignore[arg-type]
        return days_limit([*library.decks, *code], waits, recorder.standings, own, decks).says("en")

    (tmp_path / "code.yaml").write_text("cards:\n  - {id: w0, type: code, q: Q, code: e0}\n")
    code = read_library([tmp_path / "code.yaml"], user=None, bundled=tmp_path).decks
    assert says(due=2) == "Today's 25 min are full: 2 reviews."
    recorder.review("one/c0", recorder.standings.preview("one/c0", NOW)["good"], NOW)
    assert says(new_per_day=1, minutes_per_day=65) == "Today's limit was 1 new card (Settings)."
    assert says(new=4) == "Today's 25 min are full: 5 new cards.", "those that are still to be begun too"
    assert says(code, new_code_per_day=0) == "Today's limit was 0 code cards (Settings).", "of a deck of code"
    for i in range(4):
        recorder.review(f"two/c{i}", recorder.standings.preview(f"two/c{i}", NOW)["good"], NOW)
    assert says(new_per_day=5, minutes_per_day=65) == "Today's limit was 5 new cards (Settings)."
    assert says(due=2, new_per_day=5, minutes_per_day=5) == "Today's 5 min are full: 2 reviews, 5 new cards."
    eve = (NOW + timedelta(days=1)).date()
    assert says(new_per_day=1, interview=eve) == "Today's limit was 1 new card (Settings).", "some were begun on it"
    before = NOW - timedelta(days=1)
    recorder.review("one/c1", recorder.standings.preview("one/c1", before)["good"], before)
    assert "So near the interview" in says(new_per_day=1, interview=eve)


def test_of_the_gaps_of_one_text_the_first_is_asked_since_its_answer_shows_the_others(
    tmp_path: Path, recorder: Recorder
) -> None:
    text = 'cards:\n  - {id: gaps, type: cloze, text: "{{c1::one}} {{c2::two}}"}\n  - {id: c, q: Q, a: A}\n'
    (tmp_path / "three.yaml").write_text(text)
    library = read_library([tmp_path / "three.yaml"], user=None, bundled=tmp_path)
    session = ChosenSession(library.decks[0].cards, library, recorder, Settings(), NOW)
    asked = []
    while session.card is not None:
        asked.append(session.card.key)
        session.reveal(NOW)
        session.grade("easy", NOW)
    assert asked == ["three/gaps:c1", "three/c"]
    later = NOW + timedelta(days=90)
    recorder.review("three/gaps:c2", recorder.standings.preview("three/gaps:c2", NOW)["easy"], NOW)
    assert len(ahead(library.decks, recorder.standings, later, Settings())) == 2
