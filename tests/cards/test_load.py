"""Decks and their faults: what is read, what is refused, and where it says so."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from deck_cases import CASES, Case
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.card import Choice, Cloze, Code, Deck, Fix, Free, Numeric, Order, Point
from quizapp.cards.fault import Fault
from quizapp.cards.load import MOST_EXPLAINED, load
from quizapp.words import Words, clean, same

DATA = Path(__file__).parent / "data"


def loaded(folder: Path, text: str, name: str = "deck") -> tuple[Deck | None, tuple[Fault, ...]]:
    path = folder / f"{name}.yaml"
    path.write_bytes(text.encode())
    return load(path)


def the_deck(folder: Path, text: str, name: str = "deck") -> Deck:
    deck, faults = loaded(folder, text, name)
    assert deck is not None, faults
    assert not faults
    return deck


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_gives_its_cards_and_its_faults(case: Case, tmp_path: Path) -> None:
    deck, faults = loaded(tmp_path, case.text)
    assert (0 if deck is None else len(deck.cards)) == case.cards
    assert [(fault.line, fault.column) for fault in faults] == [fault[:2] for fault in case.faults], faults
    for fault, (_, _, where, said) in zip(faults, case.faults, strict=True):
        assert where in fault.where
        assert said in f"{fault.message} {fault.hint}"
        assert fault.file == tmp_path / "deck.yaml"


def test_every_type_of_card_is_read_with_all_its_fields() -> None:
    deck, faults = load(DATA / "every-type.yaml", bundled=True)
    assert not faults and deck is not None and deck.bundled
    assert [type(card) for card in deck.cards] == [Free, Choice, Cloze, Cloze, Numeric, Order, Fix, Code]
    free, choice, first, second, numeric, order, fix, code = deck.cards
    assert free.key == "every-type/scale-rule" and free.pinned and free.line == 6
    assert free.was == ("every-type/scale",) and free.after == ("why-smaller",) and free.seconds == 60
    assert free.points[0] == Point(Words("the largest magnitude sets it", "由最大绝对值决定"), ("max", "最大"))
    assert free.demo is not None and free.demo.with_ == {"bits": "4", "scale": "tensor"}
    assert free.demo.expect == {"sqnr_db": (10.0, 22.0)}
    assert free.demo.predict is not None and free.demo.predict.choices[0].range == (6.0, 11.0)
    assert isinstance(choice, Choice) and [item.ok for item in choice.choices] == [True, False, False]
    assert isinstance(first, Cloze) and isinstance(second, Cloze)
    assert (first.key, second.key) == ("every-type/affine-map:c1", "every-type/affine-map:c2")
    assert (first.number, second.number, first.id) == (1, 2, "affine-map")
    assert isinstance(numeric, Numeric) and numeric.answer.range == (3.55, 3.75) and numeric.traps[1].value == 7
    assert isinstance(order, Order) and len(order.items) == 4
    assert isinstance(fix, Fix) and fix.source.question == "5" and not fix.q
    assert isinstance(code, Code) and (code.code, len(code.hints), len(code.subgoals)) == ("kd_loss", 2, 3)
    assert code.cases == {"plain": Words("two kinds of targets", "两种目标")}
    assert code.traps["no_t_squared"].zh == "软目标项没有乘以 T 的平方。"


def test_a_deck_is_named_by_its_file_unless_it_names_itself(tmp_path: Path) -> None:
    text = "cards:\n  - {id: x, q: a, a: b}\n"
    assert the_deck(tmp_path, text, "my deck").cards[0].key == "my deck/x"
    assert the_deck(tmp_path, text, "--help").name == "help"
    assert the_deck(tmp_path, text, "量化").title == same("量化")
    later = the_deck(tmp_path, f"{text}deck: later\n")
    assert (later.name, later.cards[0].deck, later.cards[0].key) == ("later", "later", "later/x")


def test_earlier_ids_become_keys(tmp_path: Path) -> None:
    text = """
cards:
  - {id: x, was: [y, old/z], q: a, a: b}
  - {id: c, was: [d, 'e:c7', old/f], type: cloze, text: '{{c1::a}} {{c3::b}}'}
"""
    plain, first, third = the_deck(tmp_path, text).cards
    assert plain.was == ("deck/y", "old/z")
    assert first.was == ("deck/d:c1", "deck/e:c7", "old/f:c1")
    assert third.was == ("deck/d:c3", "deck/e:c7", "old/f:c3")


def test_the_id_of_a_card_without_one_depends_on_its_question_alone(tmp_path: Path) -> None:
    texts = [
        "cards:\n  - {q: What is a scale?, a: one}\n",
        "cards:\n  - q:   What is\n      a scale?\n    level: basic\n    a: changed\n",
        "cards:\n  - {q: {en: What is a scale?, zh: 什么是缩放系数？}, a: x}\n",
    ]
    ids = {the_deck(tmp_path, text).cards[0].id for text in texts}
    assert ids == {"what-is-a-scale-05d6"}
    assert not the_deck(tmp_path, texts[0]).cards[0].pinned


def test_chinese_questions_have_ids_of_their_own(tmp_path: Path) -> None:
    text = "cards:\n" + "".join(f"  - {{q: 第{n}个问题是什么？, a: x}}\n" for n in "一二三四五六七八九十")
    ids = [card.id for card in the_deck(tmp_path, text).cards]
    assert len(set(ids)) == 10
    assert all(card_id.startswith("card-") for card_id in ids)


def test_scalars_stay_what_was_written(tmp_path: Path) -> None:
    written = ["no", "1:30", "012", "3.10", "~", "null", "0x1F", "1_000", "2024-01-01", "Yes"]
    text = "cards:\n" + "".join(f"  - {{id: c{i}, q: {value}, a: {value}}}\n" for i, value in enumerate(written))
    assert [card.a.en for card in the_deck(tmp_path, text).cards] == written


def test_all_text_is_cleaned_however_it_is_written(tmp_path: Path) -> None:
    text = """
cards:
  - {q: "\\e[31mred\\a", a: "\\u202Edcba", tags: ["\\x9b1mx", plain\u200btag], why: 看\u200b见}
"""
    card = the_deck(tmp_path, text).cards[0]
    assert (card.q.en, card.a.en, card.tags, card.why.en) == ("red", "dcba", ("1mx", "plaintag"), "看见")


def test_faults_are_cleaned_too(tmp_path: Path) -> None:
    _, faults = loaded(tmp_path, 'cards:\n  - {"\\e[31mq": x, a: "y", level: "\\e]0;title\\a"}\n')
    assert faults
    assert all(clean(str(fault)) == str(fault) for fault in faults)


@pytest.mark.parametrize("escape", [*"0abefvrNLP", "x1b", "x9b", "u202e", "ufeff", "U0000001b", "U0001b000\\U000e0041"])
def test_an_escape_makes_nothing_that_is_not_seen(escape: str, tmp_path: Path) -> None:
    (card,) = the_deck(tmp_path, f'cards:\n  - {{q: "a\\{escape}[b", a: y, tags: ["c\\{escape}[d"]}}\n').cards
    assert [card.q.en, *card.tags] == [clean(text) for text in (card.q.en, *card.tags)]


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\u200b", "\xad"])
def test_what_is_not_seen_is_taken_out_of_texts_and_of_lists(char: str, tmp_path: Path) -> None:
    text = f"cards:\n  - q: a{char}b\n    a: y\n    tags: [c{char}d, 'e{char}f']\n    refs:\n      - g{char}h\n"
    (card,) = the_deck(tmp_path, text).cards
    assert (card.q.en, card.tags, card.refs) == ("ab", ("cd", "ef"), ("gh",))


def test_a_crowd_of_bad_cards_is_summed_up(tmp_path: Path) -> None:
    text = "cards:\n" + "  - {q: x}\n" * (MOST_EXPLAINED + 50) + "  - {q: fine, a: x}\n"
    deck, faults = loaded(tmp_path, text)
    assert deck is not None and len(deck.cards) == 1
    assert len(faults) == MOST_EXPLAINED + 1
    assert "50 more cards" in str(faults[-1].message)


def test_bytes_that_are_not_utf8_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes("cards:\n  - q: 量化".encode() + b"\xe9t\xe9\n")
    _, (fault,) = load(path)
    assert (fault.line, fault.column) == (2, 10)
    assert "0xe9" in str(fault.message) and "UTF-8" in str(fault.hint)


@pytest.mark.parametrize(
    "content", ["cards: []".encode("utf-16"), bytes(range(256)) * 10, b"\0" * 1000, b"\x89PNG\r\n"]
)
def test_binary_files_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(content)
    deck, faults = load(path)
    assert deck is None and len(faults) == 1


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    deck, faults = load(path)
    assert deck is not None or faults


FIELDS = [
    *(
        "id",
        "was",
        "type",
        "level",
        "tags",
        "q",
        "a",
        "points",
        "why",
        "refs",
        "seconds",
        "follow_ups",
        "after",
        "demo",
    ),
    *("choices", "text", "answer", "traps", "items", "source", "en", "zh", "hit", "ok", "run", "with", "predict", "x"),
    *("ask", "read", "range", "expect", "value", "unit", "book", "says", "key", "deck", "line", "\x7fkey"),
]
VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["", "x", "free", "choice", "cloze", "{{c1::x}}", "1", ".5", "nan", "true", "a/b", "\u202e"]),
        st.text(st.characters(max_codepoint=0xD7FF), max_size=4),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6), min_size=1, max_size=3))
def test_every_entry_is_asked_or_explained(tmp_path_factory: pytest.TempPathFactory, entries: list[object]) -> None:
    path = tmp_path_factory.getbasetemp() / "entries.yaml"
    path.write_text(json.dumps({"cards": entries}), encoding="utf-8")
    deck, faults = load(path)
    asked = {(card.line, card.id) for card in deck.cards} if deck else set()
    explained = {fault.where.partition(" ")[0].rstrip(":") for fault in faults}
    assert len(asked) + len(explained) == len(entries)
    assert all(fault.message.id != "deck.card_unreadable" for fault in faults), faults


GOOD = """
import sys
from pathlib import Path
from quizapp.cards.library import read_library
library = read_library([Path(sys.argv[1])], user=None, bundled=Path("."))
assert library.decks and not library.faults
print(*sorted(name for name in sys.modules if name.startswith("quizapp.texts.") or name.startswith("quizapp.cards.e")))
"""


def test_a_good_deck_costs_no_sentence_and_no_explanation() -> None:
    done = subprocess.run(
        [sys.executable, "-c", GOOD, str(DATA / "every-type.yaml")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
