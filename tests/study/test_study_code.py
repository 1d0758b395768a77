"""What code suggests as a grade, when it comes back, how much of it a day has, and its lines put in order."""

import ast
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.cards.card import Code, Deck
from quizapp.cards.load import load
from quizapp.memory.events import Attempted, Given, Mended, Reviewed
from quizapp.memory.reader import Reader
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import GRADES, Grade, Memory, Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.answer import blank
from quizapp.study.code import (
    MOST_TRAP_LINES,
    Lines,
    Try,
    gave_away,
    hinted,
    outcomes_for,
    program_of,
    ran,
    scrambled,
    slipped,
    solution,
    solved,
    standing,
    suggested_for,
    to_mend,
)
from quizapp.study.interview import Terms
from quizapp.study.interview_questions import choose
from quizapp.study.plan import CODE_SECONDS
from quizapp.study.queue import Counts, counts, regraded, waiting
from quizapp.study.quiz import drawn
from quizapp.study.selection import Selection
from quizapp.study.session import Session
from quizapp.study.sitting import Changed

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SETTINGS = Settings(new_per_day=4)


def deck(tmp_path: Path, name: str, code: int, others: int) -> Deck:
    """Its code comes first."""
    path = tmp_path / f"{name}.yaml"
    lines = [f"  - {{type: code, id: c{i}, q: Write {name} {i}, code: kd_loss}}\n" for i in range(code)]
    lines += [f"  - {{id: f{i}, q: Question {name} {i}, a: Answer, follow_ups: [c0]}}\n" for i in range(others)]
    path.write_text(f"cards:\n{''.join(lines)}")
    found, faults = load(path)
    assert found is not None and not faults
    return found


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield recorder


@pytest.fixture
def card(tmp_path: Path) -> Code:
    found = deck(tmp_path, "d", 1, 0).cards[0]
    assert isinstance(found, Code)
    return found


def ids(cards: tuple[object, ...]) -> list[str]:
    return [getattr(card, "id") for card in cards]  # noqa: B009


# The grade


PASSED = ran(Try(), passed=True, seconds=60)
FAILED = ran(Try(), passed=False, seconds=60)


@pytest.mark.parametrize(
    ("one", "grade"),
    [
        (PASSED, "good"),
        (ran(Try(), passed=True, seconds=CODE_SECONDS), "good"),
        (ran(Try(), passed=True, seconds=CODE_SECONDS + 1), "hard"),
        (ran(slipped(slipped(Try())), passed=True, seconds=60), "hard"),
        (FAILED, "again"),
        (ran(FAILED, passed=True, seconds=90), "again"),  # a diff was shown
        (ran(hinted(Try()), passed=True, seconds=60), "again"),
        (ran(gave_away(Try()), passed=True, seconds=60), "again"),
        (ran(hinted(slipped(Try())), passed=True, seconds=60), "again"),
        (Try(), "again"),
        (slipped(Try()), "again"),
        (slipped(PASSED), "good"),  # who plays on has passed
        (hinted(PASSED), "good"),
        (ran(PASSED, passed=False, seconds=90), "good"),
    ],
)
def test_the_first_submission_that_ran_grades(one: Try, grade: Grade, card: Code) -> None:
    assert suggested_for(one, card) == grade
    answer = blank(card, "0")
    assert answer.suggested() is None  # before its page was opened
    answer.tried = one
    assert answer.suggested() == grade and answer.renewed(card).tried == one


def test_a_card_may_give_less_time(card: Code) -> None:
    assert suggested_for(PASSED, replace(card, seconds=59)) == "hard"


def test_what_was_tried_is_kept_with_the_review(card: Code) -> None:
    answer = blank(card, "0")
    answer.tried = ran(hinted(slipped(hinted(Try()))), passed=False, seconds=3)
    assert answer.given(9.0) == Given(took_s=9.0, attempts=2, hints=2)


# When it comes back


def test_code_has_rules_of_its_own_and_nothing_else_has(tmp_path: Path, recorder: Recorder) -> None:
    code, other = deck(tmp_path, "d", 1, 1).cards
    standings, looser = recorder.standings, replace(SETTINGS, code_retention=0.7)
    assert outcomes_for(other, standings, NOW, looser) == standings.preview(other.key, NOW)
    found = outcomes_for(code, standings, NOW, looser)
    assert list(found) == list(GRADES) and {one.memory.state for one in found.values()} == {"review"}
    assert [one.rules.retention for one in found.values()] == [0.7] * 4
    assert outcomes_for(code, standings, NOW, SETTINGS)["good"].interval_s < found["good"].interval_s
    recorder.review(code.key, found["good"], NOW)
    now = NOW + 9 * DAY
    for steps, due in (((300.0, 900.0), 300), ((), 600)):
        standings.use_rules(Rules(relearning_steps=steps))
        again = outcomes_for(code, standings, now, SETTINGS)["again"]
        assert (again.memory.state, again.interval_s) == ("relearning", due)
    recorder.review(code.key, again, now)
    passed = outcomes_for(code, standings, now + DAY, SETTINGS)
    assert [passed[grade].memory.state for grade in GRADES] == ["relearning", "review", "review", "review"]
    assert passed["hard"].interval_s < passed["good"].interval_s < passed["easy"].interval_s


def test_it_is_written_blank_mended_the_same_day_and_blank_again(tmp_path: Path, recorder: Recorder) -> None:
    one, now = deck(tmp_path, "d", 1, 0), NOW
    grades: tuple[Grade, ...] = ("again", "good", "again")
    for grade in grades:
        session = Session([one], recorder, SETTINGS, now)
        assert session.card is not None and not to_mend(session.card, recorder.standings.of("d/c0").memory, now.date())
        session.reveal(now)
        done = session.grade(grade, now)
        memory = done.outcome.memory
        assert memory.due is not None
        if memory.state == "review":  # of a new card: its lines follow at once, and tomorrow it is blank
            assert memory.due - now > timedelta(hours=12)
            now = memory.due
    now += 10 * MINUTE
    session = Session([one], recorder, SETTINGS, now)
    assert session.card is not None and to_mend(session.card, recorder.standings.of("d/c0").memory, now.date())
    mended = session.mend(now + MINUTE)
    assert isinstance(mended, Changed) and mended.what == "mended" and session.card is None
    assert session.undo(now + MINUTE) == mended and session.card.key == "d/c0"
    session.mend(now + 2 * MINUTE)
    assert Session([one], recorder, SETTINGS, now + 60 * MINUTE).card is None
    tomorrow = now + DAY
    session = Session([one], recorder, SETTINGS, tomorrow)
    assert session.card is not None
    assert not to_mend(session.card, recorder.standings.of("d/c0").memory, tomorrow.date())
    (path,) = (tmp_path / "home" / "journal").glob("*.jsonl")
    rules = {event.rules for event in Reader(path) if isinstance(event, Reviewed)}
    assert {recorder.standings.known.rules[name].retention for name in rules} == {0.8}
    assert sum(isinstance(event, Mended) for event in Reader(path)) == 2


def test_only_code_that_was_forgotten_today_is_mended(tmp_path: Path) -> None:
    code, other = deck(tmp_path, "d", 1, 1).cards
    today = NOW.date()
    forgotten = Memory(state="relearning", step=0, day=today)
    assert to_mend(code, forgotten, today) and not to_mend(other, forgotten, today)
    assert not to_mend(code, forgotten, today + DAY) and not to_mend(code, Memory(state="review", day=today), today)


# How much of it a day has


def test_one_new_code_card_a_day_of_a_deck_and_of_all_together(tmp_path: Path, recorder: Recorder) -> None:
    decks = [deck(tmp_path, "one", 3, 5), deck(tmp_path, "two", 2, 1), deck(tmp_path, "three", 2, 0)]
    wide = Settings(new_per_day=8, minutes_per_day=600)
    assert ids(waiting(decks[:1], recorder.standings, NOW, wide).new) == ["f0", "f1", "f2", "f3", "f4", "c0"]
    waits = waiting(decks, recorder.standings, NOW, wide)
    assert ids(waits.new) == ["f0", "f1", "f2", "f3", "f4", "c0", "f0"]
    each, total = counts(decks, recorder.standings, NOW, wide)
    assert [each[name].new for name in ("one", "two", "three")] == [6, 1, 0] and total == waits.counts()
    (code,) = (card for card in waits.new if isinstance(card, Code))
    recorder.review(code.key, outcomes_for(code, recorder.standings, NOW, wide)["good"], NOW)
    found = waiting(decks, recorder.standings, NOW, wide)
    assert not any(isinstance(card, Code) for card in found.new)
    assert regraded(waits, code, recorder.standings, NOW, wide) == found
    assert counts(decks, recorder.standings, NOW, wide)[1] == found.counts()
    assert ids(waiting(decks[2:], recorder.standings, NOW, wide).new) == ["c0"]  # studied by itself
    assert ids(waiting(decks[:1], recorder.standings, NOW + DAY, wide).new)[-1] == "c1"
    none = replace(wide, new_code_per_day=0)
    assert not any(isinstance(card, Code) for card in waiting(decks, recorder.standings, NOW, none).new)


def test_code_given_up_after_a_minute_takes_that_minute_of_the_day_after_a_restart_too(tmp_path: Path) -> None:
    """As in an interview; else its ten are gone, and with them new cards that the day had room for."""
    decks = [deck(tmp_path, "one", 1, 30)]
    settings, left = Settings(new_per_day=99), []
    for took_s in (None, 60.0):
        home = tmp_path / f"home-{took_s}"
        with closing(Recorder(open_standings(home, rules=Rules()))) as recorder:
            before = waiting(decks, recorder.standings, NOW, settings)
            (code,) = (card for card in decks[0].cards if isinstance(card, Code))
            outcome = outcomes_for(code, recorder.standings, NOW, settings)["good"]
            recorder.review(code.key, outcome, NOW, Given(took_s=took_s))
            found = waiting(decks, recorder.standings, NOW, settings)
            assert regraded(before, code, recorder.standings, NOW, settings) in (None, found)
        again = open_standings(home, rules=Rules())  # from the snapshot
        assert waiting(decks, again, NOW, settings) == found
        left.append(len(found.new))
    assert left == [6, 10]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=4),
    st.integers(0, 6),
    st.integers(0, 3),
    st.integers(0, 5),
    st.booleans(),
)
def test_what_is_counted_is_what_waits(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[tuple[int, int]], new: int, code: int, begun: int, near: bool
) -> None:
    folder = tmp_path_factory.mktemp("counts")
    decks = [deck(folder, f"d{i}", *size) for i, size in enumerate(sizes) if sum(size)]
    standings = open_standings(folder / "home", rules=Rules())
    settings = Settings(new_per_day=new, new_code_per_day=code, interview=date(2026, 11, 24 if near else 28))
    seen = [card.key for deck in decks for card in deck.cards][::2][:begun]
    for key in seen:
        memory = Memory("review", None, 5.0, 5.0, NOW + 5 * DAY, NOW, NOW.date(), 1)
        standings.known.put(key, replace(standings.of(key), memory=memory, first=NOW.date()))
    each, total = counts(decks, standings, NOW, settings)
    assert sum(each.values(), Counts()) == total == waiting(decks, standings, NOW, settings).counts()


def test_a_switch_leaves_code_out_of_a_sitting_and_practice_never_has_it(tmp_path: Path, recorder: Recorder) -> None:
    one = deck(tmp_path, "one", 3, 2)
    off = replace(SETTINGS, code_cards=False)
    assert ids(waiting([one], recorder.standings, NOW, off).new) == ["f0", "f1"]
    assert counts([one], recorder.standings, NOW, off)[1].new == 2
    recorder.review("one/c0", recorder.standings.preview("one/c0", NOW)["again"], NOW)
    assert waiting([one], recorder.standings, NOW + 5 * MINUTE, off).learning == ()
    assert ids(tuple(drawn(one.cards, 7))) == ids(tuple(drawn(Selection().practised([one]), 7)))
    assert {*ids(tuple(drawn(one.cards, 7)))} == {"f0", "f1"}
    from quizapp.cards.library import Library

    asked = choose(Library((one,)), one.cards, Terms(9, 60, 7))
    assert {question.key for question in asked} == {"one/f0", "one/f1"}


# Its lines

SOURCE = '''"""The loss."""
import torch.nn.functional as F


def kd_loss(student, teacher, labels, T, alpha):
    """Soft and hard."""
    # both are softened
    soft = F.kl_div(
        F.log_softmax(student / T, 1),  # the student's
        F.softmax(teacher / T, 1),
        reduction="batchmean",
    )

    hard = F.cross_entropy(student, labels); hard = hard
    return alpha * T * T * soft + (1 - alpha) * hard
'''
OWN = [
    "import torch.nn.functional as F",
    "def kd_loss(student, teacher, labels, T, alpha):",
    "    soft = F.kl_div(\n        F.log_softmax(student / T, 1),  # the student's\n"
    '        F.softmax(teacher / T, 1),\n        reduction="batchmean",\n    )',
    "    hard = F.cross_entropy(student, labels); hard = hard",
    "    return alpha * T * T * soft + (1 - alpha) * hard",
]
TRAPS = {
    "no_t_squared": SOURCE.replace("alpha * T * T *", "alpha *"),
    "elsewhere": f"{OWN[1]}\n    return torch.nowhere(student)\n",
    "hard_at_t": SOURCE.replace("F.cross_entropy(student,", "F.cross_entropy(student / T,"),
}


def test_its_lines_are_logical_ones_with_lines_of_traps_in_its_own_words() -> None:
    lines = scrambled(SOURCE, TRAPS, "d/kd", 3)
    assert [lines.texts[i] for i in lines.right] == OWN
    assert {*lines.texts} - {*OWN} == {
        "    return alpha * soft + (1 - alpha) * hard",
        "    hard = F.cross_entropy(student / T, labels); hard = hard",
    }
    assert lines == scrambled(SOURCE, dict(reversed(TRAPS.items())), "d/kd", 3)
    assert len({scrambled(SOURCE, TRAPS, key, turn).texts for key in ("d/kd", "d/b") for turn in range(3)}) == 6
    many = {f"t{i}": f"alpha = {i}\n" for i in range(9)}
    assert len(scrambled(SOURCE, many, "d/kd", 0).texts) == len(OWN) + MOST_TRAP_LINES


def test_an_order_is_judged_line_by_line() -> None:
    lines = scrambled(SOURCE, TRAPS, "d/kd", 0)
    assert solved(lines, lines.right) and standing(lines, lines.right) == (True,) * len(OWN)
    assert ast.dump(ast.parse(program_of(lines, lines.right))) != ""
    wrong = next(i for i in range(len(lines.texts)) if i not in lines.right)
    assert not solved(lines, (*lines.right, wrong)) and not solved(lines, lines.right[:-1]) and not solved(lines, ())
    swapped = (lines.right[1], lines.right[0], *lines.right[2:])
    assert standing(lines, swapped) == (False, True, True, True, True) and not solved(lines, swapped)
    assert standing(lines, (wrong, *lines.right)) == (False, *(True,) * len(OWN))  # it makes no other wrong


@given(st.permutations(range(6)), st.integers(0, 6))
def test_no_more_lines_are_wrong_than_have_to_be_moved(order: list[int], used: int) -> None:
    lines = Lines(("a", "b", "trap", "c", "b", "other"), (0, 1, 3, 4))
    stays = standing(lines, order[:used])
    here, right = [lines.texts[i] for i in order[:used]], "abcb"
    kept = "".join(text for text, stay in zip(here, stays, strict=True) if stay)
    orders = ["".join(text) for n in range(5) for text in combinations(right, n)]
    assert kept in orders
    most = max(n for n in range(len(here) + 1) if any("".join(one) in orders for one in combinations(here, n)))
    assert len(kept) == most


def test_equal_lines_are_the_same() -> None:
    lines = Lines(("b", "a", "a"), (1, 0, 2))
    assert solved(lines, (2, 0, 1)) and solved(lines, (1, 0, 2)) and not solved(lines, (1, 2, 0))


@given(st.text("ab:=()[]'\"\\\n \t#", max_size=80), st.text("ab:=()'\n ", max_size=60), st.integers(0, 9))
def test_any_text_can_be_laid_out(source: str, trap: str, turn: int) -> None:
    lines = scrambled(source, {"t": trap}, "d/x", turn)
    assert solved(lines, lines.right)
    assert len({*lines.right}) == len(lines.right) <= len(lines.texts) <= len(lines.right) + MOST_TRAP_LINES
    alone = [sorted(scrambled(source, {}, "d/x", one).texts) for one in (turn, turn + 1)]
    assert alone[0] == alone[1] == sorted(lines.texts[i] for i in lines.right)


def test_lines_are_cleaned() -> None:
    lines = scrambled("x = 1\u202e\n\tif\x1b[31m x:\n\t\tpass", {}, "d/x", 0)
    assert not any(set("\u202e\x1b\t") & set(text) for text in lines.texts)


def test_ones_own_last_passing_text_is_put_in_order_else_the_reference() -> None:
    def attempt(nth: int, text: str, *, passed: bool, exercise: str = "now") -> Attempted:
        return Attempted(nth, f"a{nth}", NOW, NOW.date(), "d/x", exercise, text, passed)

    tries = [attempt(1, "first = 1", passed=True), attempt(2, "second = 2", passed=True)]
    assert solution(tries, "now", "reference") == "second = 2"
    assert solution([*tries, attempt(3, "broken", passed=False)], "now", "reference") == "second = 2"
    assert solution(tries, "another", "reference") == solution([], "now", "reference") == "reference"
    assert solution([attempt(4, "x = 1\n" * 500, passed=True)], "now", "reference") == "reference"
