"""The path: nothing before its prerequisites, the core before the rest, one deck after the other."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.cards.card import Card, Cloze, Code, Deck, Free
from quizapp.cards.library import read_library
from quizapp.memory.schedule import Memory, Rules, retrievability
from quizapp.memory.standings import Standings
from quizapp.paths import BUNDLED_DECKS
from quizapp.settings import Settings
from quizapp.study.course import Course, outset
from quizapp.study.path import LEADS, in_core, in_order, progress
from quizapp.study.queue import Counts, counts, waiting
from quizapp.words import Words, same

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
Drawn = tuple[bool, list[int], list[int], bool]  # of a card: is it core, what it needs, its follow-ups, is it two gaps


def made(decks: list[list[Drawn]]) -> tuple[Deck, ...]:
    """Decks d0, d1, ... of cards that name each other by their places among all of them."""
    places = [(d, c) for d, cards in enumerate(decks) for c in range(len(cards))]

    def name(number: int) -> str:
        deck, card = places[number % len(places)]
        return f"d{deck}/c{card}"

    def cards(d: int, drawn: list[Drawn]) -> Iterable[Card]:
        for c, (core, needs, follow_ups, gaps) in enumerate(drawn):
            card = Free(
                id=f"c{c}",
                tier="core" if core else None,
                q=same("Q"),
                after=tuple(map(name, needs)),
                follow_ups=tuple(map(name, follow_ups)),
                pinned=True,
                deck=f"d{d}",
                path=Path("d.yaml"),
                line=c,
                key=f"d{d}/c{c}",
            )
            if not gaps:
                yield card
                continue
            for number in (1, 2):
                yield Cloze(
                    id=card.id,
                    tier=card.tier,
                    text=same("T"),
                    number=number,
                    after=card.after,
                    pinned=True,
                    deck=card.deck,
                    path=card.path,
                    line=c,
                    key=f"{card.key}:c{number}",
                )

    return tuple(Deck(f"d{d}", Words(), Path("d.yaml"), tuple(cards(d, drawn))) for d, drawn in enumerate(decks))


numbers = st.lists(st.integers(0, 40), max_size=3)
some_decks = st.lists(
    st.lists(st.tuples(st.booleans(), numbers, numbers, st.booleans()), min_size=1, max_size=7), min_size=1, max_size=4
)


def forward(decks: list[list[Drawn]]) -> list[list[Drawn]]:
    """The same, where a card needs only what was written before it: no circles."""
    at, found = 0, list[list[Drawn]]()
    for cards in decks:
        found.append([])
        for core, needs, follow_ups, gaps in cards:
            found[-1].append((core, [need % at for need in needs] if at else [], follow_ups, gaps))
            at += 1
    return found


def needs_of(card: Card, decks: Iterable[Deck]) -> set[str]:
    return {one.key for deck in decks for one in deck.cards if {one.key, f"{one.deck}/{one.id}"} & {*card.after}}


@given(some_decks)
def test_every_card_is_on_it_once_whatever_circles_there_are(drawn: list[list[Drawn]]) -> None:
    decks = made(drawn)
    first = next(in_order(decks), None)  # someone looked no further
    path = list(in_order(decks))
    assert len(path) == len({card.key for card in path}) == sum(len(deck.cards) for deck in decks)
    assert path[:1] == ([first] if first else [])
    assert all(one is other for one, other in zip(path, in_order(list(decks)), strict=True))


@given(some_decks, st.booleans())
def test_nothing_comes_before_what_it_needs_and_the_core_before_the_rest(
    drawn: list[list[Drawn]], bundled: bool
) -> None:
    decks = [replace(deck, bundled=bundled) for deck in made(forward(drawn))]
    path = list(in_order(decks))
    place = {card.key: i for i, card in enumerate(path)}
    for card in path:
        assert all(place[need] < place[card.key] for need in needs_of(card, decks))
    core = frozenset[str]().union(*(in_core(deck) for deck in decks))
    wanted: set[str] = set()  # what core cards need
    open_ = [card for card in path if card.key in core]
    while open_:
        needed = needs_of(open_.pop(), decks) - wanted
        wanted |= needed
        open_ += [card for card in path if card.key in needed]
    first_rest = next((place[card.key] for card in path if card.key not in core | wanted), len(path))
    assert all(place[key] < first_rest for key in core)


@given(some_decks)
def test_of_cards_that_need_nothing_a_deck_is_done_before_the_next(drawn: list[list[Drawn]]) -> None:
    decks = made([[(core, [], follow_ups, gaps) for core, _, follow_ups, gaps in cards] for cards in drawn])
    core = frozenset[str]().union(*(in_core(deck) for deck in decks))
    groups = [(card.key not in core, card.deck) for card in in_order(decks)]
    assert sum(a != b for a, b in pairwise(groups)) == len(set(groups)) - 1


def test_a_card_draws_its_follow_ups_along() -> None:
    decks = made([[(True, [], [3], False), (True, [], [], False), (False, [], [], False), (True, [], [], False)]])
    assert [card.id for card in in_order(decks)] == ["c0", "c3", "c1", "c2"]


def test_a_deck_in_which_none_is_marked_is_all_core() -> None:
    marked, plain = made([[(True, [], [], False), (False, [], [], False)], [(False, [], [], False)] * 2])
    assert in_core(marked) == {"d0/c0"} and in_core(plain) == {"d1/c0", "d1/c1"}
    assert [card.key for card in in_order((plain, marked))] == ["d0/c0", "d1/c0", "d1/c1", "d0/c1"]


def test_a_long_chain_and_many_names_are_quick() -> None:
    """No recursion, and no card looked at again and again: 3,000 that each need the next, one that needs all."""
    chain: list[Drawn] = [(False, [i + 1], [], False) for i in range(3000)]
    decks = made([[*chain, (False, [], [], False), (True, list(range(3000)), list(range(3000)), False)]])
    assert [card.id for card in in_order(decks)][:2] == ["c3000", "c2999"]


def test_the_bundled_decks_begin_with_the_five_questions() -> None:
    decks = read_library([], user=None, bundled=BUNDLED_DECKS).decks
    path, core = list(in_order(decks)), in_core(next(deck for deck in decks if deck.name == "five-questions"))
    first = [card for card in path if card.deck == "five-questions"][: len(core) + 1]
    assert {card.key for card in path[:30]} < core | {card.key for card in first}
    assert all(card.tier == "core" for card in path[:20])


def test_two_weeks_leave_no_subject_blank_and_one_leaves_those_that_it_names() -> None:
    """At 25 minutes a day, the usual: it was six subjects of eleven at 0 %."""
    decks, settings = read_library([], user=None, bundled=BUNDLED_DECKS).decks, Settings()
    start = outset(decks, Standings(Path("nowhere"), Rules()), settings, NOW)
    begun = []
    for days in (14, 7):
        course = Course(start, replace(settings, interview=NOW.date() + days * DAY), Rules(), NOW)
        left = {card.key for card in course.path}
        begun.append([sum(key not in left for key in in_core(deck)) for deck in decks])
    assert min(begun[0]) >= LEADS and min(begun[1]) == 0


def test_code_is_written_at_the_end_of_the_last_deck_that_it_needs() -> None:
    decks = read_library([], user=None, bundled=BUNDLED_DECKS).decks
    path = list(in_order(decks))
    place = {card.key: n for n, card in enumerate(path)}
    codes = [card for card in path if isinstance(card, Code) and card.tier == "core"]
    assert 25 < place[codes[0].key] < 40, "the third day, at 25 minutes"
    assert place["write-it/stable-softmax"] < place["write-it/multi-head-attention"] < place["write-it/fake-quantize"]
    attention = [place[card.key] for card in path if card.deck == "attention-and-memory" and card.tier == "core"]
    assert place["distillation/soft-gradient-by-hand"] < place["write-it/cross-entropy"] < median(attention)


memories = st.one_of(
    st.none(),
    st.builds(
        lambda ago, stability, ahead: Memory(
            "review", None, stability, 5.0, NOW + ahead * DAY, NOW - ago * DAY, (NOW - ago * DAY).date(), 1
        ),
        st.integers(0, 9),
        st.floats(0.5, 50),
        st.integers(-3, 9),
    ),
)


@given(some_decks, st.lists(memories, max_size=20), st.integers(5, 60), st.integers(0, 9), st.integers(0, 8))
def test_the_numbers_of_the_decks_add_up(
    drawn: list[list[Drawn]], stand: list[Memory | None], minutes: int, new: int, reviews: int
) -> None:
    decks, standings = made(drawn), Standings(Path("nowhere"), Rules())
    cards = [card for deck in decks for card in deck.cards]
    for card, memory in zip(cards, stand, strict=False):
        if memory is not None:
            assert memory.day is not None
            standing = replace(standings.of(card.key), memory=memory, first=memory.day, asked=memory.day, times=1)
            standings.known.put(card.key, standing)
    settings = Settings(minutes_per_day=minutes, new_per_day=new, reviews_per_day=reviews)
    each, total = counts(decks, standings, NOW, settings)
    waits = waiting(decks, standings, NOW, settings)
    assert sum(each.values(), Counts()) == total == waits.counts()
    begun, reviewed = standings.today(NOW.date())
    assert total.new <= max(0, new - begun) and total.due <= max(0, reviews - reviewed)
    fresh = [card.key for card in in_order(decks) if card.key not in standings.all]
    texts = [key.partition(":")[0] for key in fresh]
    expected = [key for i, key in enumerate(fresh) if texts[i] not in texts[:i]]
    asked = {card.id for card in cards if isinstance(card, Cloze)}
    if not any(standings.of(card.key).memory.day for card in cards if card.id in asked):
        assert [card.key for card in waits.new] == expected[: total.new]


@given(st.lists(memories, max_size=7))
def test_progress_counts_what_was_seen_and_how_well_it_is_known(stand: list[Memory | None]) -> None:
    (deck,), standings = made([[(False, [], [], False)] * 7]), Standings(Path("nowhere"), Rules())
    for card, memory in zip(deck.cards, stand, strict=False):
        if memory is not None:
            standings.known.put(card.key, replace(standings.of(card.key), memory=memory))
    seen = [memory for memory in stand if memory is not None]
    found = progress(deck.cards, standings, NOW.date())
    assert (found.seen, found.cards) == (len(seen), 7)
    if seen:
        recalls = [retrievability(memory, NOW.date(), Rules()) for memory in seen]
        assert found.recall == pytest.approx(sum(recalls) / len(recalls))
    else:
        assert found.recall is None


def test_what_was_begun_today_only_has_no_recall_yet() -> None:
    (deck,), standings = made([[(False, [], [], False)] * 2]), Standings(Path("nowhere"), Rules())
    known = Memory("review", None, 9.0, 5.0, NOW + timedelta(days=9), NOW, NOW.date(), 1)
    standings.known.put(deck.cards[0].key, replace(standings.of(deck.cards[0].key), memory=known, first=NOW.date()))
    assert progress(deck.cards, standings, NOW.date()).recall is None
    assert progress(deck.cards, standings, NOW.date() + timedelta(days=1)).recall is not None


def test_what_one_wrote_oneself_is_begun_before_what_came_with_it_but_for_copies_of_it(tmp_path: Path) -> None:
    for folder, name, tier in (("came", "a", "core"), ("came", "b", "core"), ("own", "mine", ""), ("own", "b", "core")):
        (tmp_path / folder).mkdir(exist_ok=True)
        said = f", tier: {tier}" if tier else ""
        (tmp_path / folder / f"{name}.yaml").write_text(
            f"cards: [{{id: c, q: Q, a: A{said}}}, {{id: d, q: Q, a: A}}]\n"
        )
    library = read_library([], user=tmp_path / "own", bundled=tmp_path / "came")
    found = [card.key for card in in_order(library.decks)]
    assert found == ["mine/c", "mine/d", "a/c", "b/c", "a/d", "b/d"]
