"""Which questions a mock interview asks: openings, follow-ups, what was missed, and few that ask what is wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from interview_world import interview_decks
from msgspec.structs import replace

from quizapp.cards.card import Card, Code, Fix, Free, Level
from quizapp.cards.library import Library, read_library
from quizapp.memory.events import Given
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Rules
from quizapp.memory.standings import open_standings
from quizapp.paths import BUNDLED_DECKS
from quizapp.study import interview_questions
from quizapp.study.interview import Asked, Interview, Terms, Way, give, start_interview, to_points
from quizapp.study.interview_marks import mark
from quizapp.study.interview_questions import budget, choose, code_drawn, follow_missed, follows_from
from quizapp.study.selection import only_seen

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return interview_decks(tmp_path_factory.mktemp("decks"))


def keys(asked: tuple[Asked, ...]) -> list[str]:
    return [one.key.partition("/")[2] for one in asked]


def asks(
    library: Library, *openings: str, count: int = 20, minutes: int = 100, seed: int = 1, levels: Sequence[Level] = ()
) -> tuple[Asked, ...]:
    cards = [library.keys[key] for key in openings] or list(library.keys.values())
    return choose(library, cards, Terms(count, minutes, seed, tuple(levels)))


# Which questions


def test_follow_ups_come_right_after_and_a_chain_ends(library: Library) -> None:
    found = {tuple(keys(asks(library, "one/top", seed=seed))) for seed in range(20)}
    assert found == {("top", "deeper", "deepest"), ("top", "aside")}
    chain = next(asks(library, "one/top", seed=s) for s in range(20) if len(asks(library, "one/top", seed=s)) == 3)
    assert [one.follows for one in chain] == [False, True, True]
    assert [one.budget_s for one in chain] == [50, 120, 120]


def test_three_questions_are_of_two_topics(library: Library, bundled: Library) -> None:
    """Also where the minutes leave three of more."""
    for seed in range(30):
        for decks in (library, bundled):
            cards = list(decks.keys.values())
            for terms in (Terms(3, 60, seed), Terms(8, 6, seed)):
                asked = choose(decks, cards, terms)
                assert len(asked) < 3 or not all(one.follows for one in asked[1:])
        first = keys(asks(library, "one/top", "one/deeper", "one/deepest", "two/w0", seed=seed, count=3))
        assert first[:2] != ["top", "deeper"] or first[2] == "w0"  # an opening that follows up is no other topic


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
    assert choose(library, [], Terms()) == ()


# Of the decks that come with it


@pytest.fixture(scope="module")
def bundled() -> Library:
    return read_library([], user=None, bundled=BUNDLED_DECKS)


@pytest.mark.parametrize("way", ["spoken", "friend"])
def test_it_opens_with_a_core_question_in_words_and_few_ask_what_is_wrong(bundled: Library, way: Way) -> None:
    cards = list(bundled.keys.values())
    for seed in range(25):
        asked = [bundled.keys[one.key] for one in choose(bundled, cards, Terms(20, 60, seed, way=way))]
        assert isinstance(asked[0], Free) and asked[0].tier == "core"
        for number in range(1, len(asked) + 1):
            assert 4 * sum(isinstance(card, Fix) for card in asked[:number]) <= number
        assert way != "friend" or all(isinstance(card, Free | Fix) for card in asked)


def test_where_there_is_nothing_else_all_ask_what_is_wrong(bundled: Library) -> None:
    fixes = [card for card in bundled.keys.values() if isinstance(card, Fix) and not card.follow_ups]
    assert len(choose(bundled, fixes, Terms(4, 60))) == 4


def test_the_last_question_may_ask_for_code_that_leaves_half_of_the_time(bundled: Library) -> None:
    cards = list(bundled.keys.values())
    codes = [card for card in cards if isinstance(card, Code)]
    drawn_of = [code_drawn(codes, Terms(seed=seed)) for seed in range(40)]
    assert all(card is not None and budget(card) <= 600 for card in drawn_of)
    assert len({card.key for card in drawn_of if card}) > 5
    assert code_drawn(codes, Terms(minutes=7)) is None and code_drawn([], Terms()) is None
    code = code_drawn(codes, Terms())
    few = (Terms(count=3), Terms(count=4, minutes=60), Terms(8, 5), Terms(way="friend"))
    for terms, asks in ((Terms(), True), (Terms(count=5), True), *((one, False) for one in few)):
        asked = choose(bundled, cards, terms, code)
        kinds = [isinstance(bundled.keys[one.key], Code) for one in asked]
        assert kinds[-1] is asks and sum(kinds) == asks and len(asked) <= terms.count
        assert sum(one.budget_s for one in asked) <= 60 * terms.minutes


def test_where_there_is_nothing_but_code_one_question_asks_for_it(bundled: Library) -> None:
    code = code_drawn([card for card in bundled.keys.values() if isinstance(card, Code)], Terms())
    assert code is not None
    for terms, asks in ((Terms(), 1), (Terms(count=1), 1), (Terms(3, 5), 0), (Terms(way="friend"), 0)):
        assert [one.key for one in choose(bundled, (), terms, code)] == [code.key] * asks


def test_what_follows_a_miss_leaves_the_code_at_the_end(bundled: Library) -> None:
    cards = list(bundled.keys.values())
    code = code_drawn([card for card in cards if isinstance(card, Code)], Terms())
    assert code is not None
    for seed in range(10):
        talk = start_interview(choose(bundled, cards, Terms(seed=seed), code), Terms(seed=seed), NOW)
        for _ in range(4):
            talk = follow_missed(graded(talk, "again"), bundled)
            assert talk.questions[-1].key == code.key and len(talk.questions) <= 8
            assert sum(one.budget_s for one in talk.questions) <= 60 * talk.minutes
    two = Terms(2, seed=0)
    talk = start_interview(choose(bundled, cards, two, code), two, NOW)
    assert len(talk.questions) == 2 and len(follow_missed(graded(talk, "again"), bundled).questions) == 2


def test_the_cards_are_gone_through_once_not_once_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    may_come = interview_questions._may_come

    def counted(card: Card, taken: Sequence[Card], terms: Terms) -> bool:
        nonlocal looked
        looked += 1
        return may_come(card, taken, terms)

    monkeypatch.setattr(interview_questions, "_may_come", counted)
    (tmp_path / "many.yaml").write_text("cards:\n" + "".join(f"  - {{id: c{n}, q: Q{n}, a: A}}\n" for n in range(300)))
    many = read_library([tmp_path], user=None, bundled=tmp_path)
    assert len(choose(many, many.keys.values(), Terms(8, 60))) == 8 and looked < 100


# What was missed

MISSED = """
cards:
  - id: top
    q: Top?
    a: A
    points: [{text: about scale, hit: [scale]}, {text: about zero, hit: [zero point]}, {text: about cost, hit: [cost]}]
    follow_ups: [scaling, zeroing]
  - {id: scaling, q: Why a scale for each channel?, a: A}
  - {id: zeroing, q: What is it for?, a: The zero point keeps nought exact at no cost.}
  - {id: alone, q: Alone?, a: A, points: [p], after: [before]}
  - {id: before, q: Before?, a: A, level: basic}
  - {id: last, q: Last?, a: A}
  - {id: end, q: End?, a: A}
"""


@pytest.fixture
def missed(tmp_path: Path) -> Library:
    (tmp_path / "m.yaml").write_text(MISSED)
    return read_library([tmp_path], user=None, bundled=tmp_path)


def talk_of(*keys: str, levels: tuple[Level, ...] = (), minutes: int = 60) -> Interview:
    questions = [Asked(f"m/{key.strip('+')}", 60, follows=key.startswith("+")) for key in keys]
    return start_interview(questions, Terms(minutes=minutes, levels=levels), NOW)


def graded(talk: Interview, grade: Grade, *ticks: int) -> Interview:
    talk = to_points(talk)
    place = talk.place
    asked = replace(talk.questions[place], ticks=ticks)
    return mark(
        replace(talk, questions=(*talk.questions[:place], asked, *talk.questions[place + 1 :])), None, grade, {}
    )


def names(talk: Interview) -> list[str]:
    return [f"{'+' * one.follows}{one.key.partition('/')[2]}" for one in talk.questions]


def test_what_was_missed_is_followed_up(missed: Library) -> None:
    scale = graded(talk_of("top", "+zeroing", "last"), "hard", 1, 2)
    assert names(follow_missed(scale, missed)) == ["top", "+scaling", "last"]
    zero = graded(talk_of("top", "+scaling", "last"), "again", 0)
    assert names(follow_missed(zero, missed)) == ["top", "+zeroing", "last"]
    known = graded(talk_of("top", "+scaling", "last"), "good", 0, 1, 2)
    assert follow_missed(known, missed) is known


def test_without_a_follow_up_a_related_card_takes_the_place_of_the_last_question(missed: Library) -> None:
    talk = graded(talk_of("alone", "last", "end"), "again")
    assert names(follow_missed(talk, missed)) == ["alone", "+before", "last"]
    known = graded(talk_of("alone", "last", "end"), "good", 0)
    assert follow_missed(known, missed) is known
    strict = graded(talk_of("alone", "last", "end", levels=("advanced",)), "again")
    assert follow_missed(strict, missed) is strict
    last = graded(graded(talk_of("end", "alone"), "good"), "again")
    assert follow_missed(last, missed) is last and len(last.questions) == 2


def test_who_knew_nothing_is_asked_what_leads_up_to_it(tmp_path: Path) -> None:
    deck = MISSED.replace("follow_ups: [scaling, zeroing]", "follow_ups: [scaling, zeroing]\n    after: [before]")
    (tmp_path / "m.yaml").write_text(deck)
    library = read_library([tmp_path], user=None, bundled=tmp_path)
    nothing = graded(talk_of("top", "+scaling", "last"), "again")
    assert names(follow_missed(nothing, library)) == ["top", "+before", "last"]
    something = graded(talk_of("top", "+zeroing", "last"), "again", 1, 2)
    assert names(follow_missed(something, library)) == ["top", "+scaling", "last"]


def test_a_miss_is_followed_by_no_card_of_another_deck_that_is_about_all_of_the_field(bundled: Library) -> None:
    ranking, broad = "compression-in-practice/cross-encoder-to-bi-encoder", "five-questions/offline-distillation"
    others = [key for key in bundled.keys if key.startswith("quantization/")][:2]
    talk = start_interview([Asked(key, 60) for key in (ranking, *others)], Terms(), NOW)
    assert broad not in [one.key for one in follow_missed(graded(talk, "again"), bundled).questions]


def test_what_follows_a_miss_fits_the_minutes_and_comes_once(missed: Library) -> None:
    short = graded(talk_of("alone", "last", "end", minutes=4), "again")
    assert names(follow_missed(short, missed)) == ["alone", "+before", "last"]
    once = graded(talk_of("alone", "last", "before", "end"), "again")
    assert names(follow_missed(once, missed)) == ["alone", "+before", "last", "end"]
    answered = graded(talk_of("alone", "last", "end"), "again")
    begun = give(answered)
    assert follow_missed(begun, missed) is begun


def test_what_was_missed_is_followed_up_as_long_as_another_topic_is_left(missed: Library) -> None:
    second = graded(graded(talk_of("end", "+alone", "last"), "good"), "again")
    assert follow_missed(second, missed) is second
    more = graded(graded(talk_of("end", "+alone", "last", "top"), "good"), "again")
    assert names(follow_missed(more, missed)) == ["end", "+alone", "+before", "last"]
    two = graded(talk_of("alone", "last"), "again")
    assert names(follow_missed(two, missed)) == ["alone", "+before"]


def test_two_misses_are_followed_and_no_third(missed: Library) -> None:
    talk = graded(talk_of("last", "+end", "+alone", "top"), "good")
    talk = graded(graded(talk, "good"), "again")
    assert follow_missed(talk, missed) is talk


def test_an_interview_of_what_was_seen_follows_up_with_what_was_seen(missed: Library, tmp_path: Path) -> None:
    now = NOW.astimezone()
    standings = open_standings(tmp_path, rules=Rules())
    recorder = Recorder(standings)
    for name in ("top", "scaling", "alone"):
        recorder.review(f"m/{name}", standings.preview(f"m/{name}", now)["good"], now, Given(took_s=1))
    recorder.close()
    seen = follows_from(talk_of("top", "alone"), missed, standings)
    assert sorted(seen.keys) == ["m/alone", "m/scaling", "m/top"]
    assert [deck.name for deck in only_seen(missed, standings).decks] == ["m"]
    assert follows_from(talk_of("top", "last"), missed, standings) is missed
    talk = follow_missed(graded(talk_of("top", "alone"), "again", 0), seen)  # of the zero point: never seen
    assert names(talk)[1] == "+scaling"
