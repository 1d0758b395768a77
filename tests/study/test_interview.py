"""A mock interview: which questions, follow-ups, the clock, going on, ending, marking."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.card import Level
from quizapp.cards.library import Library, read_library
from quizapp.study.interview import (
    Asked,
    Interview,
    answer_to,
    answered,
    cards_by_key,
    choose,
    end_here,
    go_on,
    mark,
    mark_again,
    spend_time,
    start_interview,
    suggested,
    without_lost,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ONE = """
cards:
  - {id: top, q: Top?, a: A, points: [p, q, r], seconds: 50, follow_ups: [deeper, two/aside], was: [summit]}
  - {id: deeper, q: Deeper?, a: A, level: advanced, tags: [t], follow_ups: [deepest]}
  - {id: deepest, q: Deepest?, a: A, level: basic, follow_ups: [beyond, top]}
  - {id: beyond, q: Beyond?, a: A}
  - {id: gaps, type: cloze, text: "{{c1::one}} {{c2::two}}", follow_ups: [nowhere]}
  - {id: pick, type: choice, q: Pick?, choices: [{en: y, ok: true}, {en: n}]}
  - {id: sort, type: order, q: Sort?, items: [a, b, c]}
  - {id: number, type: numeric, q: N?, answer: {value: 2, range: [2, 2]}}
"""
TWO = "cards:\n  - {id: aside, q: Aside?, a: A, level: basic}\n" + "".join(
    f"  - {{id: w{i}, q: Q{i}, a: A}}\n" for i in range(8)
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("decks")
    (folder / "one.yaml").write_text(ONE)
    (folder / "two.yaml").write_text(TWO)
    library = read_library([folder], user=None, bundled=folder)
    assert not library.faults
    return library


def keys(asked: tuple[Asked, ...]) -> list[str]:
    return [one.key.partition("/")[2] for one in asked]


def asks(
    library: Library, *openings: str, count: int = 20, minutes: int = 100, seed: int = 1, levels: Sequence[Level] = ()
) -> tuple[Asked, ...]:
    cards = [library.keys[key] for key in openings] or list(library.keys.values())
    return choose(library, cards, count=count, minutes=minutes, seed=seed, levels=levels)


# Which questions


def test_follow_ups_come_right_after_and_a_chain_ends(library: Library) -> None:
    found = {tuple(keys(asks(library, "one/top", seed=seed))) for seed in range(20)}
    assert found == {("top", "deeper", "deepest"), ("top", "aside")}
    chain = next(asks(library, "one/top", seed=s) for s in range(20) if len(asks(library, "one/top", seed=s)) == 3)
    assert [one.follows for one in chain] == [False, True, True]
    assert [one.budget_s for one in chain] == [50, 120, 120]


def test_follow_ups_count_and_none_is_asked_twice(library: Library) -> None:
    for seed in range(30):
        asked = asks(library, seed=seed)
        texts = [name.partition(":")[0] for name in keys(asked)]
        assert len(texts) == len(set(texts)) == 17 and asked == asks(library, seed=seed)
        assert len(asks(library, seed=seed, count=3)) == 3
        assert not asked[0].follows
    assert len({tuple(keys(asks(library, seed=seed))) for seed in range(30)}) == 30


def test_follow_ups_keep_to_the_levels(library: Library) -> None:
    assert {tuple(keys(asks(library, "one/top", seed=s, levels=("basic",)))) for s in range(9)} == {("top", "aside")}
    assert keys(asks(library, "one/top", levels=("advanced",))) == ["top", "deeper"]


def test_most_openings_are_answered_in_words(library: Library) -> None:
    openings = [key for key in library.keys if key.startswith("two/w")] + ["one/pick", "one/sort", "one/number"]
    for seed in range(10):
        asked = keys(asks(library, *openings, seed=seed, count=8))
        assert [name[0] != "w" for name in asked] == [False, False, False, True] * 2
    assert len(asks(library, "one/pick", "one/sort")) == 2
    assert len(asks(library, *openings)) == 11


def test_the_budgets_fit_the_minutes_but_one_question_always_comes(library: Library) -> None:
    for minutes in (1, 3, 5):
        asked = asks(library, minutes=minutes)
        assert len(asked) == 1 or sum(one.budget_s for one in asked) <= 60 * minutes
    assert len(asks(library, minutes=1)) == 1
    assert asks(library, "one/pick", minutes=1)[0].budget_s == 45
    assert choose(library, [], count=3, minutes=9, seed=0) == ()


# How it goes


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def interview(library: Library, *openings: str) -> Interview:
    questions = tuple(Asked(key, 60) for key in openings)
    return start_interview(questions, now=NOW, seed=3, minutes=2)


def test_only_time_in_front_of_the_question_counts(library: Library) -> None:
    talk = interview(library, "one/top", "two/w0")
    talk = spend_time(talk, at(0), at(4))
    talk = spend_time(talk, at(4), at(3600))  # the machine slept
    talk = spend_time(talk, at(3600), at(3590))  # the clock was set back
    talk = go_on(spend_time(talk, at(3600), at(3603)))
    talk = spend_time(talk, at(3603), at(3605))
    assert [one.took_s for one in talk.questions] == [7, 2] and talk.took_s == 9
    talk = go_on(talk)
    assert talk.stage == "marking" and spend_time(talk, at(1), at(2)) is talk


def test_an_overrun_is_counted_not_cut_off(library: Library) -> None:
    talk = interview(library, "one/top", "two/w0")
    for second in range(0, 130, 10):
        talk = spend_time(talk, at(second), at(second + 10))
    assert talk.question.over_s == 70 and talk.over_s == 10 and talk.stage == "asking"


def test_answers_of_every_kind_come_back(library: Library) -> None:
    for key, keep in (
        ("one/top", {"typed": "One\x1b[31m two", "confidence": 75}),
        ("one/pick", {"chosen": frozenset({1})}),
        ("one/sort", {"places": (2, 0, 1)}),
        ("one/number", {"typed": "2"}),
        ("one/gaps:c2", {"typed": "two"}),
    ):
        talk = interview(library, key)
        answer = answer_to(talk.question, library.keys[key], talk.seed)
        for name, value in keep.items():
            setattr(answer, name, value)
        again = answer_to(answered(talk, answer).question, library.keys[key], talk.seed)
        for name, value in keep.items():
            assert getattr(again, name) == ("One two" if name == "typed" and key == "one/top" else value)
        assert again.order == answer.order


def test_what_a_card_no_longer_has_is_left_out(library: Library) -> None:
    asked = Asked("one/top", 60, chosen=(0, 2, 9), ticks=(1, 3, 7))
    assert answer_to(asked, library.keys["one/top"], 0).ticks == {1}
    assert answer_to(asked, library.keys["one/pick"], 0).chosen == {0}
    assert sorted(answer_to(asked, library.keys["one/sort"], 0).places) == [0, 1, 2]


def test_ending_early_keeps_the_question_in_hand(library: Library) -> None:
    talk = end_here(go_on(interview(library, "one/top", "two/w0", "two/w1", "two/w2")))
    assert [one.key for one in talk.questions] == ["one/top", "two/w0"] and (talk.stage, talk.at) == ("marking", 0)


def test_marking_goes_to_the_end_and_back(library: Library) -> None:
    talk = go_on(go_on(interview(library, "one/top", "two/w0")))
    answer = answer_to(talk.question, library.keys["one/top"], talk.seed)
    assert suggested(answer) == "again"
    answer.tick(0)
    answer.tick(1)
    assert suggested(answer) == "hard"
    talk = mark(talk, answer, "hard")
    assert talk.at == 1 and talk.questions[0].ticks == (0, 1)
    plain = answer_to(talk.question, library.keys["two/w0"], talk.seed)
    assert suggested(plain) == "good"
    talk = mark(talk, plain, "easy")
    assert (talk.stage, [one.grade for one in talk.questions]) == ("done", ["hard", "easy"])
    assert talk.question.key == "two/w0"
    talk = mark_again(talk)
    assert (talk.stage, talk.at) == ("marking", 1)
    assert mark_again(mark_again(talk)).at == 0


def test_what_could_be_judged_and_was_left_out_suggests_again(library: Library) -> None:
    talk = interview(library, "one/number")
    answer = answer_to(talk.question, library.keys["one/number"], 0)
    assert suggested(answer) == "again"
    answer.typed = "2"
    assert suggested(answer) == "good"


def test_questions_whose_cards_are_gone_are_not_asked(library: Library) -> None:
    cards = cards_by_key(library)
    assert cards["one/summit"] is cards["one/top"]
    talk = interview(library, "one/lost", "one/top", "one/gone", "two/w0")
    assert [one.key for one in without_lost(talk, cards).questions] == ["one/top", "two/w0"]
    later = without_lost(go_on(talk), cards)
    assert [one.key for one in later.questions] == ["one/lost", "one/top", "two/w0"] and later.question.key == "one/top"
    last = without_lost(go_on(go_on(interview(library, "one/top", "two/w0", "one/gone"))), cards)
    assert (last.stage, last.at, len(last.questions)) == ("marking", 0, 2)
    nothing = interview(library, "one/lost")
    assert without_lost(nothing, cards) is nothing


STEPS = st.lists(st.sampled_from(["spend", "next", "end", "mark", "back"]), max_size=25)


@given(STEPS, st.integers(1, 4))
def test_no_step_loses_a_question_or_its_time(steps: list[str], count: int) -> None:
    """And whatever was done, it is written and read back as it was."""
    folder = Path(__file__).parents[1] / "cards" / "data"
    cards = list(read_library([folder / "every-type.yaml"], user=None, bundled=folder).keys.values())[:count]
    talk = start_interview([Asked(card.key, 60) for card in cards], now=NOW, seed=1, minutes=5)
    spent = 0.0
    for step in steps:
        card = next(card for card in cards if card.key == talk.question.key)
        answer = answer_to(talk.question, card, talk.seed)
        match step:
            case "spend":
                spent += talk.stage == "asking"
                talk = spend_time(talk, at(0), at(1))
            case "next" if talk.stage == "asking":
                talk = go_on(answered(talk, answer))
            case "end" if talk.stage == "asking":
                talk = end_here(talk)
            case "mark" if talk.stage == "marking":
                talk = mark(talk, answer, suggested(answer))
            case "back" if talk.stage != "asking":
                talk = mark_again(talk)
        assert talk.took_s == spent
        assert 0 <= talk.at <= len(talk.questions) - (talk.stage != "done")
        assert msgspec.json.decode(msgspec.json.encode(talk), type=Interview) == talk
    assert talk.stage != "done" or all(one.grade for one in talk.questions)
