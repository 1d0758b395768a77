from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.cards.card import Deck
from quizapp.cards.load import load
from quizapp.memory.recorder import Recorder
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import Grade, Memory, Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.queue import waiting
from quizapp.study.search import (
    Catalogue,
    Index,
    Term,
    comparable,
    hits,
    sought,
    states,
    terms,
    today,
    typing,
    unknown_filters,
)
from quizapp.words import Words

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DECK = """
deck: quantization
cards:
  - id: scale
    level: basic
    tags: [kernels, kv cache]
    q: {en: What does the **scale** do?, zh: 缩放系数有什么作用？}
    a: {en: "It sets the step\\nof the grid.", zh: 它决定步长。}
    points: [{en: a coarse grid, zh: 粗网格}]
  - id: gap
    type: cloze
    text: {en: "The scale is {{c1::max|w|}} over {{c2::qmax}}", zh: "缩放是 {{c1::最大值}} 比 {{c2::qmax}}"}
  - id: wrong
    type: fix
    level: advanced
    source: {book: A book, says: {en: Temperature makes logits larger, zh: 温度会放大 logits}}
    a: It makes them smaller.
    why: They are divided by it.
  - id: pick
    type: choice
    tags: [Ｗide]
    q: Which one?
    choices: [{en: the teacher, zh: 教师, ok: true}, {en: pruning}]
    demo: {run: quantize_layer, predict: {ask: How much?, read: sqnr_db}}
"""


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    path = tmp_path / "deck.yaml"
    path.write_text(DECK)
    found, faults = load(path)
    assert found is not None and not faults, faults
    return found


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield recorder


def found(deck: Deck, recorder: Recorder, query: str) -> list[str]:
    index = Index([deck])
    return [index.cards[i].id for i in Catalogue(index, recorder.standings.all, NOW, Settings()).find(query, "deck")]


@pytest.mark.parametrize(
    "query, ids",
    [
        ("", ["scale", "gap", "gap", "wrong", "pick"]),
        ("SCALE", ["scale", "gap", "gap"]),
        ("scale step", ["scale"]),
        ("step scale", ["scale"]),
        ("步长", ["scale"]),
        ("缩放", ["scale", "gap", "gap"]),
        ("ｓｃａｌｅ 步长", ["scale"]),
        ('"step of"', ["scale"]),
        ('"of step"', []),
        ("coarse", ["scale"]),
        ("qmax", ["gap", "gap"]),
        ("温度", ["wrong"]),
        ("divided", ["wrong"]),
        ("教师", ["pick"]),
        ("quantization/wrong", ["wrong"]),
        ("scale -step", ["gap", "gap"]),
        ("deck:quant", ["scale", "gap", "gap", "wrong", "pick"]),
        ("deck:prun", []),
        ("deck:antization", []),
        ("tag:kern", ["scale"]),
        ("tag:kern,wide", ["scale", "pick"]),
        ('tag:"kv cache"', ["scale"]),
        ("tag:wide", ["pick"]),
        ("type:cl", ["gap", "gap"]),
        ("type:gap", ["gap", "gap"]),
        ("type:填空,选择", ["gap", "gap", "pick"]),
        ('type:"find the error"', ["wrong"]),
        ("level:基础", ["scale"]),
        ("level:b", ["scale"]),
        ("-level:b -type:cloze", ["wrong", "pick"]),
        ("has:demo", ["pick"]),
        ("has:experiment", ["pick"]),
        ("has:prediction", ["pick"]),
        ("has:why", ["wrong"]),
        ("is:new teacher", ["pick"]),
        ("is:due", []),
        ("is:", ["scale", "gap", "gap", "wrong", "pick"]),
        ("http://x", []),
    ],
)
def test_what_a_query_leaves(deck: Deck, recorder: Recorder, query: str, ids: list[str]) -> None:
    assert found(deck, recorder, query) == ids


def test_what_asks_about_a_word_comes_before_what_only_mentions_it(tmp_path: Path, recorder: Recorder) -> None:
    rows = ("a, q: One?, a: Wanda", "b, q: AWanda?, a: It", "c, q: Why (wanda)?, a: It", "d, q: And Wanda two?, a: It")
    (tmp_path / "best.yaml").write_text("cards:\n" + "".join(f"  - {{id: {row}}}\n" for row in rows))
    best, _ = load(tmp_path / "best.yaml")
    assert best is not None
    assert found(best, recorder, "wanda") == ["c", "d", "b", "a"] and found(best, recorder, "-two") == ["a", "b", "c"]
    assert found(best, recorder, "wanda -two") == ["c", "b", "a"]
    by_due = Catalogue(Index([best]), recorder.standings.all, NOW, Settings()).find("wanda", "due")
    assert list(by_due) == [0, 1, 2, 3], "in another order it is that order, wherever the word stands"


def test_due_is_what_is_due_by_now(deck: Deck, recorder: Recorder) -> None:
    """What is in learning is due from its minute on, a review all day long."""
    grades: tuple[tuple[str, Grade, float], ...] = (
        ("scale", "good", 60.0),
        ("gap:c1", "again", 0.0),
        ("wrong", "easy", 3 * 86400.0),
    )
    for key, name, ago in grades:
        when = NOW - timedelta(seconds=ago)
        recorder.review(f"quantization/{key}", recorder.standings.preview(f"quantization/{key}", when)[name], when)
    for minutes in (0, 2, 20, 60 * 24 * 9):
        now = NOW + timedelta(minutes=minutes)
        catalogue = Catalogue(Index([deck]), recorder.standings.all, now, Settings())
        waits = waiting([deck], recorder.standings, now, Settings())
        due = len(waits.learning) + len(waits.due)
        assert len(catalogue.find("is:due", "deck")) == due, minutes
        assert due == {0: 0, 2: 1, 20: 2}.get(minutes, 3)


def test_a_tag_is_found_by_its_name_in_either_language(deck: Deck, recorder: Recorder) -> None:
    cards = tuple(replace(card, tags=("pruning", "自己的")) if card.id == "scale" else card for card in deck.cards)
    tagged = replace(deck, cards=cards)
    for query in ("tag:pruning", "tag:剪枝", "剪枝", "tag:自己的"):
        assert found(tagged, recorder, query) == ["scale"], query


def test_how_a_card_stands_is_found(deck: Deck, recorder: Recorder) -> None:
    def grade(key: str, name: Grade, when: datetime) -> None:
        recorder.review(key, recorder.standings.preview(key, when)[name], when)

    grade("quantization/scale", "easy", NOW - timedelta(days=60))
    grade("quantization/wrong", "again", NOW)
    recorder.change("quantization/gap:c1", "suspended", NOW)
    recorder.change("quantization/gap:c2", "buried", NOW)
    recorder.change("quantization/pick", "flagged", NOW)
    assert found(deck, recorder, "is:review") == found(deck, recorder, "is:due -is:learning") == ["scale"]
    assert found(deck, recorder, "is:learning") == ["wrong"]
    assert found(deck, recorder, "is:suspended") == ["gap"] == found(deck, recorder, "is:buried")
    assert found(deck, recorder, "is:flagged is:new") == ["pick"]
    assert found(deck, recorder, "is:leech") == []
    assert found(deck, recorder, "is:seen") == ["scale", "wrong"] == found(deck, recorder, "-is:new")


@pytest.mark.parametrize("away", [{"suspended": True}, {"buried": NOW.date()}])
def test_what_is_not_asked_is_not_due(away: dict[str, Any]) -> None:
    at = today(NOW, 4)
    due = Standing(memory=Memory(state="review", due=NOW - timedelta(days=1)))
    assert states(due, at) == ["review", "due"]
    assert states(msgspec.structs.replace(due, **away), at) == ["review", *(n for n in away)]


def test_orders(deck: Deck, recorder: Recorder) -> None:
    keys = [card.key for card in deck.cards]
    grades: tuple[tuple[int, str, Grade], ...] = ((50, keys[1], "easy"), (40, keys[3], "good"), (30, keys[0], "again"))
    for day, key, name in grades:
        when = NOW - timedelta(days=day)
        recorder.review(key, recorder.standings.preview(key, when)[name], when)
    index = Index([deck])
    catalogue = Catalogue(index, recorder.standings.all, NOW, Settings())
    order = {by: [index.cards[i].key for i in catalogue.find("", by)] for by in ("deck", "due", "hardest", "reviewed")}
    assert order["deck"] == keys
    assert order["due"] == [keys[1], keys[3], keys[0], keys[2], keys[4]]
    assert order["reviewed"] == [keys[0], keys[3], keys[1], keys[2], keys[4]]
    assert order["hardest"][0] == keys[0] and order["hardest"][3:] == [keys[2], keys[4]]
    assert catalogue.find("", "lapses")[0] == 0


def test_warming_comes_to_an_end_and_changes_nothing(deck: Deck) -> None:
    index = Index([deck])
    steps = 1
    while index.warm(2):
        steps += 1
    assert steps == 3
    assert list(index.texts) == list(Index([deck]).texts) and len(index.labels) == len(deck.cards)


def test_a_query_is_read_as_it_is_meant() -> None:
    assert terms('  -is:new  "two words" tag:"kv c ａ:b') == [
        Term("is", "new", False),
        Term("", "two words"),
        Term("tag", "kv c a:b"),
    ]
    assert terms("foo:bar") == [Term("", "foo:bar")]
    assert terms("- deck:") == []
    assert (typing("a is:"), typing("-tag:x"), typing("is:new "), typing("foo:"), typing("a")) == (
        "is",
        "tag",
        "",
        "",
        "",
    )


@given(st.text())
def test_any_query_is_read(query: str) -> None:
    assert all(term.text for term in terms(query))


@pytest.mark.parametrize(
    "query", ["deck:小数", "deck：小数字", 'deck:"small n"', "deck:quant", "小数字", "-deck：大数", "deck：大数，小"]
)
def test_a_deck_is_found_by_its_title_in_either_language(deck: Deck, recorder: Recorder, query: str) -> None:
    titled = replace(deck, title=Words("Small numbers", "小数字"))
    assert len(found(titled, recorder, query)) == 5 and not found(titled, recorder, "deck:数字")
    assert typing("tag：") == "tag" and unknown_filters("dek：小") == [] == unknown_filters("deck：小")


def test_the_values_of_a_filter_are_known(deck: Deck) -> None:
    index = Index([deck])
    assert index.known("deck", "en") == index.known("deck", "zh") == ["quantization"]
    assert "kernels" in index.known("tag", "en") and "due" in index.known("is", "zh") and index.known("no", "en") == ()
    assert index.known("type", "en")[:3] == ["open", "choice", "gap"] and "cloze" not in index.known("type", "en")
    assert index.known("tier", "en") == ["essential"] and index.known("tier", "zh") == ["必问", "core"]
    index = Index([replace(deck, title=Words("Small numbers", "小数字"))])
    assert index.known("deck", "zh") == ["小数字", "quantization"]


def test_chinese_values_come_as_in_a_dictionary(deck: Deck) -> None:
    """By what is shown, in the order in which it is read (jiǎn, liàng, zhēng), not by its English names."""
    cards = [replace(deck.cards[0], tags=(tag,)) for tag in ("quantization", "pruning", "distillation", "own")]
    called = Index([replace(deck, cards=tuple(cards))]).known("tag", "zh")
    assert called[:4] == ["own", "剪枝", "量化", "蒸馏"], called
    decks = [replace(deck, name=name, title=Words(name, zh)) for name, zh in (("a", "蒸馏"), ("b", "剪枝"))]
    decks = [replace(one, cards=(replace(one.cards[0], deck=one.name),)) for one in decks]
    assert Index(decks).known("deck", "zh") == ["剪枝", "蒸馏", "a", "b"]


@pytest.mark.parametrize(
    "query, text, marked",
    [
        ("scale", "A SCALE, rescaled", ["SCALE", "scale"]),
        ("步长", "网格的步长，和步长", ["步长", "步长"]),
        ("ＫＶ cache", "the KV-Cache", ["KV", "Cache"]),
        ("strasse", "Die Straße", ["Straße"]),
        ("café", "a cafe\u0301 here", ["cafe\u0301"]),
        ('"of the grid" -the tag:x', "of the\n   grid, the grid of the grid", ["of the\n   grid", "of the grid"]),
        ("温度越高", "标签的温\n度越高", ["温\n度越高"]),
        ("[b]", "[b]bold[/b]", ["[b]"]),
        ("ab bc", "abc", ["ab", "bc"]),
        ("is:due -scale", "scale is due", []),
        ("", "anything", []),
    ],
)
def test_what_was_searched_for_is_found_in_what_is_shown(query: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in hits(text, sought(query))] == marked


LETTERS = st.sampled_from(["a", "A", "á", "a\u0301", "ß", "步", " ", "\n", "Ｋ", "k"])


@given(st.lists(LETTERS, max_size=12).map("".join), st.text("aáß步Ｋk", min_size=1, max_size=3))
def test_a_word_is_marked_wherever_it_is_found_by(text: str, word: str) -> None:
    marked = hits(text, sought(f'"{word}"'))
    if comparable(word) in comparable(text):
        assert marked
    for start, end in marked:
        assert 0 <= start < end <= len(text)
        assert comparable(word) in comparable(text[start:end].replace("\n", "").replace(" ", ""))


def test_what_looks_like_a_filter_and_is_none() -> None:
    assert unknown_filters("foo: scale -dek:x deck:d http://x") == ["foo", "dek"]
    assert unknown_filters("deck:d 12:30 is:") == []
