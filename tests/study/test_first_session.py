from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.cards.card import Deck
from quizapp.cards.load import load_text
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.first_session import FirstSession, first_stage, next_place, start_cards, study_cue, was_taken

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NONE_NEW = Settings(new_per_day=0, minutes_per_day=5)  # what the day has room for does not hold here


def deck(name: str, *cards: str, start: str = "") -> Deck:
    text = f"{start}\ncards:\n" + "".join(f"  - {{{card}}}\n" for card in cards)
    made, faults = load_text(text, Path(f"{name}.yaml"))
    assert made is not None and not faults
    return made


PLAIN = deck("a", "id: x, q: X, a: A")
DECK = deck("d", *(f"id: c{i}, q: Q{i}, a: A" for i in range(5)), start="start: [c3, c1, c4]")


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as made:
        yield made


def begin(recorder: Recorder, minute: float = 0) -> FirstSession:
    return FirstSession([PLAIN, DECK], recorder, NONE_NEW, NOW + timedelta(minutes=minute))


def give(session: FirstSession, grade: Grade, minute: float) -> None:
    session.reveal(NOW + timedelta(minutes=minute))
    session.grade(grade, NOW + timedelta(minutes=minute))


def asked(session: FirstSession) -> str:
    return session.card.id if session.card is not None else ""


def test_the_first_deck_that_names_cards_begins_and_of_a_text_its_first_gap() -> None:
    gaps = deck("g", "id: t, type: cloze, text: 'a {{c2::b}} {{c1::c}}'", "id: x, q: X, a: A", start="start: [x, t]")
    assert [card.key for card in start_cards([PLAIN, gaps, DECK])] == ["g/x", "g/t:c1"]
    assert start_cards([PLAIN]) == ()


def test_its_cards_come_in_their_order_then_the_first_once_more_and_what_was_graded_again_until_it_is_not(
    recorder: Recorder,
) -> None:
    session = begin(recorder)
    assert not session.begun
    for minute, id in enumerate(("c3", "c1", "c4")):
        assert asked(session) == id and not session.again
        assert (session.counts.new, session.counts.done) == (3 - minute, min(minute, 1))  # what was again is not done
        give(session, "again" if id == "c1" else "good", 2 * minute)  # it would come back after a minute
    assert session.begun and asked(session) == "c3" and session.again
    assert (session.counts.learning, session.counts.of, session.counts.done) == (2, 3, 2)
    give(session, "good", 7)
    for minute, grade in enumerate[Grade](("again", "good")):
        assert asked(session) == "c1" and (session.counts.total, session.counts.done) == (1, 2)
        give(session, grade, 8 + minute)
    assert session.card is None and (session.counts.total, session.counts.done) == (0, 3)
    session.undo(NOW + timedelta(minutes=8))
    session.undo(NOW + timedelta(minutes=8))
    assert recorder.standings.of("d/c3").memory.state == "review"  # its learning step, not a review besides
    session.undo(NOW + timedelta(minutes=8))
    assert asked(session) == "c3" and session.again


def test_what_was_easy_is_not_asked_again_but_what_is_learned(recorder: Recorder) -> None:
    session = begin(recorder)
    for minute, grade in enumerate[Grade](("easy", "good", "good")):
        give(session, grade, minute)
    assert asked(session) == "c1" and session.again


def test_broken_off_anywhere_it_goes_on(recorder: Recorder) -> None:
    session, left = begin(recorder), ["c3", "c1", "c4", "c3"]
    for minute, _ in enumerate(left):
        session = begin(recorder, minute)
        assert asked(session) == left[minute]
        give(session, "good", minute)
    assert asked(session) == ""
    assert asked(begin(recorder, 9)) == "c1"  # taken again: what is in learning


def test_what_was_again_before_it_was_broken_off_is_asked_and_not_done(recorder: Recorder) -> None:
    session = begin(recorder)
    for minute, grade in enumerate[Grade](("good", "again", "easy")):
        give(session, grade, minute)
    session = begin(recorder, 5)
    give(session, "good", 5)
    assert asked(session) == "c1" and (session.counts.done, session.counts.of) == (2, 3)
    give(session, "hard", 6)
    assert session.card is None and session.counts.done == 3


def test_what_was_put_away_is_not_asked(recorder: Recorder) -> None:
    session = begin(recorder)
    session.change("suspended", NOW)
    assert asked(session) == "c1"
    give(session, "easy", 1)
    give(session, "easy", 2)
    assert session.card is None


def test_another_day_what_is_due_is_asked(recorder: Recorder) -> None:
    session = begin(recorder)
    for minute in range(3):
        give(session, "easy", minute)
    assert session.card is None
    assert {card.id for card in begin(recorder, 60 * 24 * 30)._look(NOW + timedelta(days=30)).due} == {"c3", "c1", "c4"}


def test_who_has_studied_otherwise_is_not_offered_it(recorder: Recorder) -> None:
    decks, standings, usual = [PLAIN, DECK], recorder.standings, Settings()
    assert first_stage(decks, standings, usual) == "new"
    assert first_stage(decks, standings, Settings(tour="done")) == ""
    session = begin(recorder)
    give(session, "good", 0)
    assert first_stage(decks, standings, usual) == "begun"
    assert first_stage(decks, standings, Settings(tour="done")) == "begun"  # it was left, and is not finished
    recorder.change("d/c0", "flagged", NOW)  # a card of another sitting
    assert first_stage(decks, standings, usual) == ""


def test_what_was_undone_is_no_card_of_it(recorder: Recorder) -> None:
    decks, standings, day = [PLAIN, DECK], recorder.standings, NOW.date()
    session = begin(recorder)
    for minute in range(2):
        give(session, "good", minute)
    assert next_place(decks, standings, day) == 3
    session.undo(NOW)
    with closing(Recorder(open_standings(standings.home, rules=Rules()))) as anew:
        assert next_place(decks, anew.standings, day) == 2  # as before the restart
        assert first_stage(decks, anew.standings, Settings(tour="done")) == "begun"
    session.undo(NOW)
    assert next_place(decks, standings, day) == 1 and first_stage(decks, standings, Settings()) == "new"
    assert first_stage(decks, standings, Settings(tour="done")) == ""  # nothing was done of it
    recorder.change("d/c3", "suspended", NOW)
    assert next_place(decks, standings, day) == 2 and not next_place([PLAIN], standings, day)


def test_it_was_taken_once_all_of_its_cards_were_seen_and_it_was_left(recorder: Recorder) -> None:
    decks, standings, session = [PLAIN, DECK], recorder.standings, begin(recorder)
    done = Settings(tour="done")
    for minute in range(3):
        assert not was_taken(decks, standings, done)
        give(session, "good", minute)
    assert was_taken(decks, standings, done)
    assert not was_taken(decks, standings, Settings())  # killed: the first is to come once more
    assert not was_taken([PLAIN], standings, done)


@pytest.mark.parametrize("said", ["coffee", "after coffee", " After  coffee ", "coffee后", "coffee 之后"])
def test_the_word_for_after_is_said_once(said: str) -> None:
    assert study_cue(said) == "coffee"


def test_it_says_which_cards_come_once_more_and_how_many_were_seen(recorder: Recorder) -> None:
    session = begin(recorder)
    assert session.coming == frozenset() and session.seen == (0, 3)
    give(session, "hard", 0)
    give(session, "good", 1)
    assert [key.partition("/")[2] for key in session.coming] == [start_cards([PLAIN, DECK])[0].id]
    assert session.seen == (2, 3) and begin(recorder, 2).seen == (2, 3)
