from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.cards.library import read_library
from quizapp.cards.load import load
from quizapp.memory.events import Prediction, Reviewed
from quizapp.memory.recorder import CannotUndo, Recorder, Stale
from quizapp.memory.schedule import Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.queue import to_grade, waiting
from quizapp.study.selection import Selection
from quizapp.study.session import Session

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DECK = "cards:\n" + "".join(f"  - {{id: c{i}, q: Q{i}, a: A, points: [one, two, three]}}\n" for i in range(4))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    (tmp_path / "d.yaml").write_text(DECK)
    deck, faults = load(tmp_path / "d.yaml")
    assert deck is not None and not faults
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield Session([deck], recorder, Settings(), NOW)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_what_a_button_shows_is_what_is_saved(session: Session) -> None:
    assert session.card is not None and session.card.id == "c0" and not session.revealed
    session.reveal(at(10))
    shown = session.outcomes["good"]
    done = session.grade("good", at(17))
    assert session.standings.of("d/c0").memory == shown.memory
    assert (done.outcome, done.was, done.took_s) == (shown, "new", 17)
    assert session.card is not None and session.card.id == "c1" and not session.revealed


def test_no_grade_before_the_answer(session: Session) -> None:
    with pytest.raises(ValueError, match="Reveal"):
        session.grade("good", NOW)


def test_ticks_suggest_the_grade(session: Session) -> None:
    session.reveal(NOW)
    assert session.suggested is None and session.default is None and session.answer is not None
    session.answer.tick(1)
    assert session.suggested == session.default == "again"
    session.answer.tick(0)
    assert session.suggested == "hard"
    session.answer.tick(2)
    assert session.suggested == "good"
    session.answer.tick(1)
    session.answer.tick(9)
    assert session.ticks == {0, 2}
    assert session.grade("hard", at(1)).answer.ticks == {0, 2}
    assert session.ticks == set()


def passed_a_month_ago(session: Session, *keys: str) -> None:
    for key in keys:
        before = NOW - timedelta(days=30)
        session.recorder.review(key, session.standings.preview(key, before)["easy"], before)
    session.advance(NOW)


def test_a_hard_with_points_missed_comes_back_no_later_and_once_more_today(session: Session) -> None:
    passed_a_month_ago(session, "d/c0")
    card, answer = session.card, session.answer
    assert card is not None and answer is not None and not session.looks_again
    memory = session.standings.of(card.key).memory
    assert memory.due is not None and memory.day is not None
    session.reveal(NOW)
    unknown = session.outcomes["hard"]
    for point in (0, 1, 2):
        answer.tick(point)
    whole = session.outcomes["hard"]
    answer.tick(2)
    held = session.outcomes["hard"]
    assert held == unknown and held.interval_s < whole.interval_s
    assert held.memory.due is not None and held.memory.due - NOW <= memory.due - (NOW - timedelta(days=30))
    assert session.suggested == "hard" and session.grade("hard", NOW).outcome == held
    assert session.counts.learning == 1 and session.standings.of(card.key).memory == held.memory
    waits = waiting(session.decks, session.standings, NOW, session.settings)
    assert [one for _, one in waits.later] == [card] and not to_grade(waits, session.standings).later
    session.reveal(at(600))
    session.grade("easy", at(601))  # another, so that it is not the last one
    assert session.card is card and session.looks_again and session.ticks == {0, 1}
    done, recalled = session.counts.done, session.standings.of(card.key).memory
    session.reveal(at(610))
    session.mend(at(615))
    assert session.standings.of(card.key).memory == recalled and session.counts.learning == 0
    assert session.counts.done == done == 2 and session.card is not card
    session.undo(at(616))
    assert session.card is card and session.looks_again and session.counts.learning == 1


def test_what_was_missed_yesterday_is_not_asked_for_today(session: Session) -> None:
    passed_a_month_ago(session, "d/c0")
    session.reveal(NOW)
    session.grade("hard", NOW)
    assert session.counts.learning == 1
    session.advance(NOW + timedelta(days=1))
    assert session.counts.learning == 0 and not session.looks_again


def test_undo_goes_back_grade_by_grade(session: Session) -> None:
    for grade in ("good", "easy", "again"):
        session.reveal(NOW)
        session.grade(grade, at(1))
    assert len(session.done) == 3
    last = session.undo(at(2))
    assert last is not None and session.card is last.card and not session.revealed
    assert session.standings.of(last.card.key).memory.state == "new"
    assert session.undo(at(3)) is not None and session.undo(at(4)) is not None
    assert session.undo(at(5)) is None
    assert all(session.standings.of(f"d/c{i}").memory.state == "new" for i in range(4))
    assert session.card is not None and session.card.id == "c0"


def test_a_card_graded_elsewhere_meanwhile_is_stale(session: Session, tmp_path: Path) -> None:
    session.reveal(NOW)
    other = Recorder(open_standings(tmp_path / "home", rules=Rules()))
    other.review("d/c0", other.standings.preview("d/c0", NOW)["easy"], NOW)
    with pytest.raises(Stale):
        session.grade("again", at(1))
    assert session.card is not None and session.card.id == "c0" and session.done == []
    session.reveal(at(2))
    session.grade("good", at(3))
    assert session.standings.of("d/c0").memory.reps == 2


def test_a_card_graded_elsewhere_before_its_answer_shows_what_holds(session: Session, tmp_path: Path) -> None:
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as other:
        other.review("d/c0", other.standings.preview("d/c0", NOW)["easy"], NOW)
    session.reveal(at(1))
    assert session.outcomes["good"].before.reps == 1
    session.grade("good", at(2))
    assert session.standings.of("d/c0").memory.reps == 2


def test_undo_brings_back_what_was_answered(session: Session) -> None:
    assert session.answer is not None
    session.answer.typed = "two of three"
    session.reveal(NOW)
    for point in (0, 2):
        session.answer.tick(point)
    session.grade("again", at(1))
    assert session.ticks == frozenset()  # of the next card
    session.undo(at(2))
    assert session.answer.typed == "two of three" and session.ticks == {0, 2} and not session.revealed
    session.reveal(at(3))
    assert session.suggested == "hard"


def test_what_cannot_be_undone_stays_done(session: Session, tmp_path: Path) -> None:
    session.reveal(NOW)
    session.grade("easy", at(1))
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as other:
        other.review("d/c0", other.standings.preview("d/c0", at(2))["good"], at(2))
    for _ in range(2):
        with pytest.raises(CannotUndo, match="again since"):
            session.undo(at(3))
        assert [act.card.id for act in session.acts] == ["c0"] and session.card is not None and session.card.id == "c1"


def test_what_is_undone_brings_its_card_back_unless_it_is_in_hand(session: Session) -> None:
    assert session.card is not None
    session.change("flagged", at(1))
    session.reveal(at(2))
    assert session.undo(at(3)) is not None
    assert session.card.id == "c0" and session.revealed  # only its flag is gone
    session.change("flagged", at(4))
    session.reveal(at(5))
    session.grade("good", at(6))
    assert session.card.id == "c1"
    session.recorder.undo(session.acts.pop().event, at(7))  # as if the grade had been another card's
    assert session.undo(at(8)) is not None and session.card.id == "c0" and not session.revealed
    session.change("suspended", at(9))
    assert session.card.id == "c1"
    assert session.undo(at(10)) is not None and session.card.id == "c0"


def test_the_sitting_ends_when_nothing_waits(session: Session) -> None:
    while session.card is not None:
        session.reveal(NOW)
        session.grade("easy", NOW)
    assert len(session.done) == 4
    assert session.counts.total == 0


def test_undo_takes_back_whatever_was_done_last(session: Session) -> None:
    session.reveal(NOW)
    session.grade("good", at(1))
    session.change("suspended", at(2))
    assert session.card is not None and session.card.id == "c2"
    session.change("flagged", at(3))
    assert session.card.id == "c2" and len(session.done) == 1
    undone = [session.undo(at(4)) for _ in range(4)]
    assert [getattr(act, "what", getattr(act, "grade", None)) for act in undone] == [
        "flagged",
        "suspended",
        "good",
        None,
    ]
    assert session.card.id == "c0" and not session.acts
    assert not session.standings.of("d/c1").suspended and session.standings.of("d/c0").memory.state == "new"


def test_the_time_to_think_ends_with_the_answer(session: Session) -> None:
    assert session.thought(at(5)) == 5
    session.reveal(at(7))
    session.reveal(at(9))  # as after a grade given elsewhere
    assert session.thought(at(20)) == 7 and session.took(at(20)) == 20


def test_what_is_done_and_what_waits_add_up(session: Session) -> None:
    for grade in ("easy", "again"):
        session.reveal(NOW)
        session.grade(grade, at(1))
    assert (session.counts.done, session.counts.total) == (1, 3)
    session.undo(at(2))
    session.undo(at(2))
    assert (session.counts.done, session.counts.total) == (0, 4)


VARYING = """
cards:
  - id: codes
    type: numeric
    vary: {bits: [3, 4, 8]}
    q: "Codes of {=bits} bits?"
    answer: {value: 2**bits}
"""


def test_fresh_numbers_follow_from_the_history(tmp_path: Path) -> None:
    """Equal histories draw alike, each time other values; they go into the journal; undone, the same come back."""

    def asked(home: Path) -> list[dict[str, str]]:
        (tmp_path / "d.yaml").write_text(VARYING)
        deck, faults = load(tmp_path / "d.yaml")
        assert deck is not None and not faults
        drawn = []
        with closing(Recorder(open_standings(home, rules=Rules()))) as recorder:
            for turn in range(4):
                session = Session([deck], recorder, Settings(), NOW + timedelta(days=turn), first=deck.cards[0])
                assert session.card is not None and session.answer is not None
                assert session.answer.card is session.card
                drawn.append(dict(session.card.drawn))
                for _ in range(2):  # and once more after it was undone
                    session.reveal(session.asked)
                    session.grade("easy", session.asked)
                    assert session.undo(session.asked) and session.card.drawn == drawn[-1]
                session.reveal(session.asked)
                session.grade("easy", session.asked)
            history = [*recorder.standings.reading().history("d/codes")][-1] or []
        kept = [event.drawn for event in history if isinstance(event, Reviewed)]
        assert kept[2::3] == drawn
        return drawn

    drawn = asked(tmp_path / "one")
    assert drawn == asked(tmp_path / "two")
    assert sorted(values["bits"] for values in drawn[:3]) == ["3", "4", "8"] and drawn[3] == drawn[0]


FIRST = """cards:
  - {id: a, q: A?, a: A, demo: {run: one, predict: {ask: How much?, read: n, first: true}}}
  - {id: b, q: B?, a: B, demo: {run: two, predict: {ask: How much?, read: n, vary: {bits: [3, 4]}}}}
  - {id: c, q: C?, a: C, demo: {run: two, predict: {ask: How much?, read: n}}}
  - {id: d, q: D?, a: D, demo: {run: three}}
  - {id: e, q: E?, a: E}
"""


@pytest.fixture
def experiments(tmp_path: Path) -> Iterator[Session]:
    (tmp_path / "d.yaml").write_text(FIRST)
    deck, faults = load(tmp_path / "d.yaml")
    assert deck is not None and not faults
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield Session([deck], recorder, Settings(), NOW)


def to(session: Session, id: str, now: datetime) -> None:
    """Take the card `id` in hand, and show its answer."""
    deck = session.decks[0]
    session.advance(now, prefer=next(card for card in deck.cards if card.id == id))
    session.reveal(now)


def test_only_a_new_card_that_a_person_marked_is_predicted_first(experiments: Session) -> None:
    session = experiments
    assert session.card is not None and session.card.id == "a" and session.predicts_first
    for setting in ("after", "never"):
        session.settings = Settings(predict=setting)
        assert not session.predicts_first
    session.settings = Settings()
    session.reveal(NOW)
    assert not session.predicts_first
    session.grade("good", NOW)
    for id in "abcd":  # one that was learnt, and those whose prediction leads to the answer
        session.advance(NOW, prefer=session.decks[0].cards["abcd".index(id)])
        assert session.card is not None and session.card.id == id and not session.predicts_first


def test_what_was_predicted_and_measured_is_not_asked_again_at_the_next_start(experiments: Session) -> None:
    session, standings = experiments, experiments.standings
    assert session.card is not None and session.predicts_first
    session.recorder.predict(Prediction(card=session.card.key, demo="demo", measure="loss"), NOW)
    session.reveal(NOW)
    session.grade("good", NOW)
    session.undo(NOW)
    with closing(Recorder(open_standings(standings.home, rules=Rules()))) as anew:
        again = Session(session.decks, anew, Settings(), NOW)
        assert again.card is not None and again.card.id == "a" and not again.predicts_first


def test_the_time_of_a_run_is_left_out_and_what_was_seen_stays_seen(experiments: Session) -> None:
    session = experiments
    assert session.answer is not None
    session.answer.cued = True
    session.leave_out(30)
    session.reveal(at(40))
    assert session.thought(at(99)) == 10
    session.leave_out(5)  # the run went on while the answer showed
    assert session.thought(at(99)) == 5
    graded = session.grade("good", at(60))
    assert (graded.answer.cued, graded.took_s) == (True, 25)
    event = session.recorder.standings.history("d/a")[0]
    assert isinstance(event, Reviewed) and event.cued and event.took_s == 25
    session.undo(at(61))
    assert session.card is not None and session.card.id == "a" and session.answer is not None and session.answer.cued
    session.reveal(at(62))
    assert session.grade("good", at(63)).answer.cued
    assert session.answer is not None and not session.answer.cued


def test_the_experiment_of_the_card_before_is_offered_where_values_are_drawn_or_it_lapsed(experiments: Session) -> None:
    session = experiments
    to(session, "a", NOW)
    session.grade("easy", NOW)  # from here on in review
    assert session.offered is None
    later = NOW + timedelta(days=30)
    to(session, "a", later)
    session.grade("again", later)
    session.advance(later, prefer=session.decks[0].cards[4])
    assert session.offered is not None and session.offered.id == "a"
    session.advance(later, prefer=session.decks[0].cards[0])
    assert session.offered is None, "what is asked has an experiment of its own"
    to(session, "b", later)
    session.grade("good", later)
    for place, offered in ((2, False), (1, False), (3, False), (4, True)):
        session.advance(later, prefer=session.decks[0].cards[place])
        assert (session.offered is not None) is offered
    assert session.offered is not None and session.offered.drawn
    session.settings = Settings(predict="never")
    assert session.offered is None
    session.settings = Settings(predict="after")
    assert session.offered is not None
    session.predictions.append(Prediction(card="d/b", demo="two", measure="n"))
    assert session.offered is None, "it was predicted"
    session.predictions.clear()
    session.undo(later)
    session.advance(later, prefer=session.decks[0].cards[4])
    assert session.offered is not None and session.offered.id == "a", "the act before it is the last again"


def test_a_sitting_of_some_cards_stays_one_when_decks_are_read_again(tmp_path: Path, session: Session) -> None:
    path = tmp_path / "d.yaml"
    cards = "".join(f"  - {{id: c{i}, q: Q{i}?, a: A, tags: [t{i % 2}]}}\n" for i in range(4))
    path.write_text(f"cards:\n{cards}")
    was = read_library([path], user=tmp_path, bundled=tmp_path)
    session = Session(was.decks, session.recorder, Settings(), NOW, selection=Selection(tags=("t1",)))
    assert [card.id for deck in session.decks for card in deck.cards] == ["c1", "c3"]
    path.write_text(f"cards:\n{cards}  - {{id: more, q: More?, a: A, tags: [t1]}}\n")
    session.renew(read_library([path], user=tmp_path, bundled=tmp_path), was, NOW)
    assert [card.id for deck in session.decks for card in deck.cards] == ["c1", "c3", "more"]


def test_what_comes_back_later_than_this_sitting_asks_is_told_apart(session: Session) -> None:
    for grade in ("again", "good", "good", "again"):
        session.reveal(NOW)
        session.grade(grade, NOW)
    assert session.counts.to_go == 2 and session.first_times(NOW) == (None, at(600))
    assert session.card is not None and session.card.id == "c0"
    for _ in range(2):
        session.reveal(NOW)
        session.grade("good", NOW)
    assert session.card is None and session.counts.to_go == 0 and session.first_times(NOW) == (None, at(600))
    assert session.undo(NOW) is not None and session.card.id == "c3"
    session.reveal(NOW)
    session.grade("again", NOW)  # "back in 1 min": asked in this sitting, though nothing stands between
    assert session.card is not None and session.card.id == "c3" and session.counts.to_go == 1
    assert session.first_times(NOW) == (None, at(600))
