"""A deck as Markdown and back: nothing of any card is lost, whatever its texts look like."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.cards.card import NO_CARDS, Card, Deck
from quizapp.cards.formats import read_file, write_file
from quizapp.cards.load import load
from quizapp.cards.vary import pack, variants
from quizapp.cards.write import new_text
from quizapp.paths import BUNDLED_DECKS
from quizapp.texts import tell

DATA = Path(__file__).parents[1] / "data"
BITS = (
    *("## an-id", "### Answer", "### Why (zh)", "\\### Why", "\\\\## x", "### Data", "---", "```", "```yaml", "- a"),
    *("- [x] b", "1. c", "> d", ">", "    e", "# f", "A: g", "<!-- h -->", "词", "$x^2$", "a: b", "{=n}", "-->"),
)
LINES = st.one_of(st.sampled_from(BITS), st.text("ab -#>`\\\n: 词", max_size=8))
TEXT = st.lists(LINES, min_size=1, max_size=4).map(lambda lines: "\n".join(lines).rstrip("\n") or "x")
SAID = TEXT.filter(lambda text: bool(text.strip()))
WORDS = st.one_of(SAID, st.fixed_dictionaries({"en": SAID, "zh": SAID}), st.fixed_dictionaries({"en": SAID}))
NAMES = st.lists(st.sampled_from(["a b", "x::y", "4", "true", "-1", "词"]), unique=True, max_size=3)
RANGE = st.sampled_from([["1", "2"], ["-.5", "1e3"]])
DEMO = st.fixed_dictionaries(
    {"run": st.just("huffman"), "predict": st.fixed_dictionaries({"ask": WORDS, "read": TEXT})},
    optional={"with": st.just({"bits": "4"}), "expect": st.dictionaries(st.sampled_from(["a: b", "4"]), RANGE)},
)
COMMON: dict[str, Any] = {
    "why": WORDS,
    "level": st.sampled_from(["basic", "advanced"]),
    "tier": st.just("core"),
    "tags": NAMES,
    "refs": NAMES,
    "after": NAMES,
    "follow_ups": NAMES,
    "seconds": st.just("60"),
    "demo": DEMO,
    "points": st.lists(
        st.one_of(WORDS, st.fixed_dictionaries({"text": WORDS}, optional={"hit": NAMES, "core": st.just("false")})),
        min_size=1,
        max_size=3,
    ),
}


def items(words: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(words, min_size=2, max_size=4)


def cards(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(kind), "q": WORDS, **fields}, optional=COMMON)


CHOICE = st.fixed_dictionaries({"text": WORDS, "ok": st.just("true")}, optional={"why": WORDS})
ANSWER = {"value": "{=n}", "unit": "GB", "range": {"4": ["3", "5"], "8": ["2**n - 249", "9"]}}
ENTRY = st.one_of(
    cards("free", a=WORDS),
    cards("choice", choices=items(CHOICE)),
    cards("cloze", text=SAID.map(lambda text: f"{text} {{{{c1::gap::hint}}}} {{{{c2::{{b}}}}}}")),
    cards(
        "numeric",
        answer=st.just(ANSWER | {"value": "n"}),
        vary=st.just({"n": ["4", "8"]}),
        traps=st.lists(st.fixed_dictionaries({"value": st.just("n * 100"), "why": WORDS}), max_size=2),
    ),
    cards("order", items=items(WORDS)),
    cards("fix", a=WORDS, source=st.fixed_dictionaries({"says": WORDS}, optional={"book": TEXT})),
    cards(
        "code",
        a=WORDS,
        code=st.just("kd_loss"),
        hints=items(WORDS),
        cases=st.dictionaries(st.sampled_from(["one", "a b"]), WORDS),
        traps=st.dictionaries(st.sampled_from(["one", "on"]), WORDS),
        subgoals=st.lists(WORDS, min_size=3, max_size=4),
    ),
)


def bare(deck: Deck) -> list[Card]:
    """The cards without where they stand, and without line ends behind their texts."""

    def moved(card: Card) -> Card:
        packed = pack([moved(one) for one in variants(card)]) if card.packed != NO_CARDS else NO_CARDS
        return replace(card, path=Path(), line=0, pinned=True, packed=packed, a=_ended(card.a))

    return [moved(card) for card in deck.cards]


def _ended(words: Any) -> Any:
    return replace(words, en=words.en.rstrip("\n"), zh=words.zh.rstrip("\n"))


def there_and_back(deck: Deck, folder: Path) -> Deck:
    """The deck out as Markdown and in again."""
    file, back = folder / "out.md", folder / f"{deck.name}.yaml"
    write_file(deck, file, "en")
    found = read_file(file)
    assert not found.lost
    back.write_text(new_text(found.title, found.entries, "", found.start), encoding="utf-8")
    again, faults = load(back)
    assert again is not None and not faults
    return again


@example([{"type": "choice", "q": "Q", "choices": ["a", {"text": {"en": "b"}, "why": "c", "ok": "true"}]}])
@settings(
    max_examples=1000 if "QUIZAPP_SEEDS" in os.environ else 40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(entries=st.lists(ENTRY, min_size=1, max_size=3))
def test_any_card_of_every_type_comes_back_equal(tmp_path: Path, entries: list[dict[str, Any]]) -> None:
    source = tmp_path / "source" / "d.yaml"
    source.parent.mkdir(exist_ok=True)
    source.write_text(new_text("D", [{"id": f"c{i}"} | entry for i, entry in enumerate(entries)], ""), encoding="utf-8")
    deck, _ = load(source)
    if deck is not None:  # of some no card can be asked: two of their choices are the same
        assert bare(there_and_back(deck, tmp_path)) == bare(deck)


@pytest.mark.parametrize(
    "path", [DATA / "every-type.yaml", *sorted(BUNDLED_DECKS.glob("*.yaml"))], ids=lambda p: p.stem
)
def test_a_whole_deck_comes_back_equal(tmp_path: Path, path: Path) -> None:
    deck, _ = load(path)
    assert deck is not None
    again = there_and_back(deck, tmp_path)
    assert bare(again) == bare(deck) and (again.title, again.start) == (deck.title, deck.start)


def test_what_a_person_writes_and_changes_in_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(
        "---\nquizapp: 1\ntitle: Mine\nstart: [two, gone]\n---\n# Not a card\n\n"
        "## one\nWhat?\n### Answer\n\nThis.  \n\n### Answer (zh)\n这个。\n### Points\n- a\n- b\n  more\n\n"
        "## two\n\nWhich?\n\n### Choices\n- [X] right\n- [ ]  no\n  > Since.\n\n"
        "### Data\n```yaml\ntype: choice\n```\n\n"
        "## one\nAgain?\n\n## odd\nNo answer.\n\n## bad\nx\n### Data\n```yaml\na: [\n```\n\n"
        "## hidden\n### Data\n```yaml\n{q: x, a: y, '\\x7fdeck': z}\n```\n"
    )
    found = read_file(path)
    assert found.title == "Mine" and found.start == ("two",)
    assert found.entries == (
        {"id": "one", "q": "What?", "a": {"en": "This.", "zh": "这个。"}, "points": ["a", "b\nmore"]},
        {
            "id": "two",
            "type": "choice",
            "q": "Which?",
            "choices": [{"text": "right", "ok": "true"}, {"text": "no", "why": "Since."}],
        },
    )
    assert found.lost == {tell("formats.lost.card_twice"): 1, tell("formats.lost.amiss"): 3}
    assert found.lost.begins[tell("formats.lost.amiss")] == ["odd", "bad", "hidden"]


@pytest.mark.parametrize(
    "head", ["title: {ene: x}", "title: [x]", "title: {en: [x]}", "start: x", "start: {a: b}", "- x"]
)
def test_an_odd_head_is_passed_over(tmp_path: Path, head: str) -> None:
    (tmp_path / "d.md").write_text(f"---\n{head}\nquizapp: 1\n---\n## a\nQ?\n### Answer\nA.\n")
    found = read_file(tmp_path / "d.md")
    assert (found.title, found.start, len(found.entries)) == ("d", (), 1)
