"""The lint: each rule finds what it is for, and says nothing about a good deck."""

from pathlib import Path

import pytest

from quizapp.cards.check import check
from quizapp.cards.fault import Fault
from quizapp.cards.library import read_library

HERE = Path(__file__).parent


def linted(folder: Path, text: str) -> list[Fault]:
    path = folder / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    errors, warnings = check(read_library([path], user=None, bundled=folder), lambda card: [])
    assert not errors
    return warnings


WARNED = {
    "no why": ("- {id: x, q: x, a: y}", (2, 3, "cards[0] x", "no `why`")),
    "many points": ("- {id: x, why: w, q: x, points: [a, b, c, d, e]}", (2, 33, "points", "5 points")),
    "a list": (
        "- id: x\n  why: w\n  q: x\n  a: |\n    - a\n    - b\n    * c\n    1. d\n    2) e\n",
        (5, 6, "cards[0] x: a", "a list of 5"),
    ),
    "a language": (
        "- {id: x, why: {en: w, zh: 因}, q: {en: x}, a: same}",
        (2, 35, "cards[0] x: q", "`zh` is missing"),
    ),
    "a picture": (
        "- {id: x, why: w, q: x, a: 'see ![](heap.png) `![](b.png)`'}",
        (2, 28, "cards[0] x: a", "heap.png is not beside the deck"),
    ),
    "a dead link": ("- {id: abc, why: w, q: x, a: y, after: [abd]}", (2, 41, "after[0]", "no card `abd`")),
    "a link to itself": (
        "- {id: x, why: w, q: x, a: y, follow_ups: [x]}",
        (2, 44, "follow_ups[0]", "this card itself"),
    ),
    "a link to a deck": ("- {id: x, why: w, q: x, a: y, after: [other/x]}", (2, 39, "after[0]", "no card `other/x`")),
    "a living name": (
        "- {id: x, why: w, q: x, a: y}\n- {id: y, was: [x], why: w, q: z, a: y}",
        (3, 17, "was[0]", "a card of its own"),
    ),
    "a name of two": (
        "- {id: x, was: [o], why: w, q: x, a: y}\n- {id: y, was: [o], why: w, q: z, a: y}",
        (3, 17, "was[0]", "line 2 was `deck/o` already"),
    ),
    "a question twice": (
        "- {id: x, why: w, q: What  is it?, a: y}\n- {id: y, why: w, q: what is it?, a: z}",
        (3, 3, "cards[1] y", "asks the same as `x`"),
    ),
    "a choice that tells": (
        "- {id: x, why: w, type: choice, q: x, choices: [{en: no, why: w},"
        " {en: because of every single one of the reasons given, ok: true}]}",
        (2, 48, "choices", "by far the longest"),
    ),
    "a choice without why": (
        "- {id: x, why: w, type: choice, q: x, choices: [{en: a, ok: true}, b]}",
        (2, 68, "choices[1]", "does not say why"),
    ),
    "a gap": (
        "- id: x\n  why: w\n  q: x\n  a: y\n  demo:\n    run: d\n    predict:\n      ask: a\n      read: m\n"
        "      choices: [{en: high, range: [2, 3]}, {en: low, range: [0, 1]}]",
        (11, 16, "demo.predict.choices", "from 1 to 2"),
    ),
    "a hit that is asked": (
        "- {id: x, why: w, q: What is a scale?, points: [{text: p, hit: [scale]}]}",
        (2, 65, "points[0].hit[0]", "stands in the question"),
    ),
    "a hit of one sign": ("- {id: x, why: w, q: x, points: [{text: p, hit: [大]}]}", (2, 50, "hit[0]", "many words")),
    "a hit with a space": (
        "- {id: x, why: w, q: x, points: [{text: p, hit: [int8 量化]}]}",
        (2, 50, "hit[0]", "where that space is typed"),
    ),
    "a long gap": (
        "- {id: x, why: w, type: cloze, text: 'It is {{c1::one of those things}}.'}",
        (2, 38, "text", "more than three words"),
    ),
    "a line broken beside a full-width sign": (
        "- id: x\n  why: w\n  q: 一行，\n    两行\n  a: y",
        (4, 6, "cards[0] x: q", "“一行， 两行”"),
    ),
    "a space before a quotation mark": (
        "- {id: x, why: w, q: x, a: {en: y, zh: 回答 “yes” 即可}}",
        (2, 40, "a", "“回答 “yes” 即”"),
    ),
    "a space before one": ("- {id: x, why: w, q: x, a: {en: y, zh: 有 int8 。}}", (2, 40, "a", "“有 int8 。”")),
    "no id": ("- {why: w, q: x, a: y}\n- {why: w, q: z, a: y}", (2, 3, "cards[0]", "2 cards have no `id`")),
    "text lost in a comment": ("- id: x\n  why: w\n  q: use F # minor\n  a: y", (4, 6, "cards[0] x: q", "`# minor`")),
}


@pytest.mark.parametrize("name", WARNED)
def test_each_rule_finds_what_it_is_for(name: str, tmp_path: Path) -> None:
    cards, (line, column, where, said) = WARNED[name]
    (warning,) = linted(tmp_path, f"cards:\n{cards}\n")
    assert (warning.line, warning.column) == (line, column)
    assert where in warning.where
    assert said in str(warning.message)


QUIET = {
    "a comment on purpose": "- id: x\n  level: basic # easy\n  why: w\n  q: use F  # minor\n  a: y",
    "a link to a cloze": (
        "- {id: x, why: w, type: cloze, text: '{{c1::a}} {{c2::b}}'}\n- {id: y, why: w, q: x, a: y, after: [x, deck/x]}"
    ),
    "one language": "- {id: x, why: {en: w}, q: {en: x}, a: {en: y}}",
    "a text for both languages": "- {id: x, why: {en: w, zh: 因}, q: x, a: {en: y, zh: 答}}",
    "even choices": "- {id: x, why: w, type: choice, q: x, choices: [{en: abcdef, ok: true}, {en: abc, why: w}]}",
    "as many points as one recalls": "- {id: x, why: w, q: x, points: [a, b, c, d]}",
    "a list with points": "- id: x\n  why: w\n  q: x\n  points: [p]\n  a: |\n" + "    - a\n" * 5,
    "a hash in quotes": "- id: x\n  why: w\n  q: 'use F # minor'\n  a: y",
    "ranges that meet": (
        "- id: x\n  why: w\n  q: x\n  a: y\n  demo:\n    run: d\n    predict:\n      ask: a\n      read: m\n"
        "      choices: [{en: high, range: [1, 3]}, {en: low, range: [0, 1]}]"
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_what_is_right_is_not_warned_about(name: str, tmp_path: Path) -> None:
    assert not linted(tmp_path, f"cards:\n{QUIET[name]}\n")


def test_the_example_of_every_type_is_clean() -> None:
    library = read_library([HERE / "data" / "every-type.yaml"], user=None, bundled=HERE)
    assert check(library, lambda card: []) == ([], [])


def lint_of(folder: Path, **decks: str) -> list[tuple[str, int, str]]:
    for name, cards in decks.items():
        (folder / f"{name}.yaml").write_text(f"cards:\n{cards}\n", encoding="utf-8")
    errors, warnings = check(read_library([folder], user=None, bundled=folder), lambda card: [])
    assert not errors
    return [(fault.file.stem, fault.line, str(fault.message)) for fault in warnings]


def test_a_question_of_another_deck_is_found(tmp_path: Path) -> None:
    same = "  - {id: x, why: w, q: What is it?, a: y}\n  - {id: y, why: w, type: cloze, text: '{{c1::a}} {{c2::b}}'}"
    assert lint_of(tmp_path, one=same, two=same.replace("What is it?", "what  is IT?").replace("id: y", "id: z")) == [
        ("two", 2, "asks the same as `one/x`"), ("two", 3, "asks the same as `one/y`")
    ]  # fmt: skip


def card_after(name: str, *after: str) -> str:
    return f"  - {{id: {name}, why: w, q: {name}, a: y, after: [{', '.join(after)}]}}"


def test_cards_that_wait_for_each_other_are_found(tmp_path: Path) -> None:
    one = "\n".join([card_after("a", "b", "d"), card_after("b", "two/c"), card_after("d")])
    assert lint_of(tmp_path, one=one, two=card_after("c", "one/a", "one/d")) == [
        ("two", 2, "comes after itself: a → b → c → a")
    ]


def test_a_diamond_is_no_ring_and_a_long_ring_is_said_briefly(tmp_path: Path) -> None:
    diamond = [card_after("a", "b", "c"), card_after("b", "d"), card_after("c", "d"), card_after("d")]
    long = [card_after(f"r{n}", f"r{(n + 1) % 3000}") for n in range(3000)]
    ((_, line, message),) = lint_of(tmp_path, one="\n".join([*diamond, *long]))
    assert (line, message) == (3005, "comes after itself: r0 → r1 → r2 → r3 → r2999 → r0")


def test_what_is_said_of_every_card_is_said_a_number_of_times(tmp_path: Path) -> None:
    found = lint_of(tmp_path, one="\n".join(f"  - {{id: c{n}, q: q{n}, a: y}}" for n in range(500)))
    assert len(found) == 201 and "and so on" in found[-1][2]
