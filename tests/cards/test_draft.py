"""Whatever is typed into the form becomes a card that says just that, and the deck's file keeps every character."""

from pathlib import Path
from typing import Any

import pytest
from deck_texts import decks
from hypothesis import assume, given
from hypothesis import strategies as st

from quizapp.cards.card import Choice, Fix, Numeric
from quizapp.cards.draft import FORM_FIELDS, Refused, added, entry_of, misfits
from quizapp.cards.formats import tidy
from quizapp.cards.load import load_text
from quizapp.cards.text_file import Unreadable
from quizapp.cards.write import new_text
from quizapp.cards.yaml_reader import read_values
from quizapp.texts import tell
from quizapp.words import Words, same

PATH = Path("mine.yaml")
TYPED = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text("ab 量化：:#-*|>'\"\\{}[],&!%@`?\n\t", max_size=60),
    st.sampled_from(
        ["no", "~", "1:30", "a: b", "- x\n- y", "  indented\n    more", "```python\nx = [1]\n```", "# not a comment",
         "long " * 60, "{{c1::x}}", "a\r\nb", "\x1b[31mred", "* right :: because\nwrong", "2 :: doubled", "--- |-",
         "🙂"]
    ),
)  # fmt: skip
NUMBERS = st.sampled_from(["3.5", "-1", "1e3", "0"])


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, dict[str, str], bool, str]:
    kind = draw(st.sampled_from(sorted(FORM_FIELDS)))
    draft = {name: draw(TYPED) for name in FORM_FIELDS[kind]}
    draft |= {f"{name}.zh": draw(TYPED) for name in FORM_FIELDS[kind]}
    if kind == "numeric":
        draft |= {"value": draw(NUMBERS), "low": "", "high": "", "traps": draw(st.sampled_from(["", "77 :: why"]))}
    if kind == "choice":
        draft["choices"] = f"* {draw(TYPED)}\n{draw(TYPED)}\nother {draw(TYPED)}"
    if kind == "cloze":
        draft["text"] = draft["text.zh"] = (
            f"{draw(TYPED)} {{{{c1::{draw(st.sampled_from(['half', '一半', 'a: b']))}}}}}"
        )
    if draw(st.booleans()) and kind not in ("numeric", "choice"):
        draft = {name: said for name, said in draft.items() if not name.endswith(".zh")}
    return kind, draft, draw(st.booleans()), draw(st.sampled_from(["", "basic"]))


@given(drafts(), decks())
def test_the_card_says_what_was_typed_and_the_file_keeps_every_character(
    drawn: tuple[str, dict[str, str], bool, str], before: str
) -> None:
    kind, draft, both, level = drawn
    entry = entry_of(kind, draft, both=both, level=level)
    assume(not misfits(entry))
    try:
        after = added(before, entry, PATH)
    except Refused as refused:  # the same question is there already, or the same card twice
        assert "asks this already" in str(refused.misfits[0].sentence)
        return
    kept = next(i for i in range(len(before) + 1) if after[:i] == before[:i] and after.endswith(before[i:]))
    assert after[:kept] + after[len(after) - len(before) + kept :] == before
    values: Any = read_values(after)
    assert values["cards"][-1] == entry
    deck, _ = load_text(after, PATH)
    assert deck is not None
    card = next(card for card in deck.cards if card.id == entry["id"])
    assert card.pinned and card.level == (level or None)
    for name in {"a", "why", "q", "text"} & {*FORM_FIELDS[kind]}:
        said = tidy(draft[name]), tidy(draft.get(f"{name}.zh", ""))
        assert getattr(card, name) == (Words(*said) if both else same(said[0]))


@given(drafts())
def test_a_new_deck_holds_the_card(drawn: tuple[str, dict[str, str], bool, str]) -> None:
    kind, draft, both, level = drawn
    entry = entry_of(kind, draft, both=both, level=level)
    if not misfits(entry):
        assert read_values(new_text("mine", [entry], "")) == {"title": "mine", "cards": [entry]}


def card_of(kind: str, draft: dict[str, str], *, both: bool = False) -> Any:
    entry = entry_of(kind, draft, both=both)
    assert misfits(entry) == []
    deck, _ = load_text(new_text("mine", [entry], ""), PATH)
    assert deck is not None
    return deck.cards[0]


def test_choices_traps_and_sources() -> None:
    choice = card_of("choice", {"q": "Q?", "choices": "* **a** is it :: since x\n\nb :: no\n*c* c"})
    assert isinstance(choice, Choice)
    assert [(item.text.en, item.ok, item.why.en) for item in choice.choices] == [
        ("**a** is it", True, "since x"), ("b", False, "no"), ("*c* c", False, "")
    ]  # fmt: skip
    both = card_of("choice", {"q": "Q?", "choices": "* a :: x\nb", "choices.zh": "甲 :: 因为\n乙"}, both=True)
    assert [(item.text, item.ok, item.why) for item in both.choices] == [
        (Words("a", "甲"), True, Words("x", "因为")), (Words("b", "乙"), False, Words())
    ]  # fmt: skip
    number = card_of("numeric", {"q": "Q?", "value": "3.5", "low": "3", "unit": "GB", "traps": "7 :: doubled"})
    assert isinstance(number, Numeric)
    assert number.answer.range == (3.0, 3.5) and number.answer.unit == "GB" and number.traps[0].value == 7.0
    fix = card_of("fix", {"says": "It is.", "book": "A book", "question": "5", "a": "It is not.", "tags": "a，b, c"})
    assert isinstance(fix, Fix)
    assert (fix.source.book, fix.source.question, fix.tags) == (same("A book"), "5", ("a", "b", "c"))


def test_how_it_looks() -> None:
    before = "# mine\ncards:\n- q: One?   # kept\n  a: x\n# the end\ndeck: last\n"
    draft = {"q": "What: is it?", "a": "It is\n\n- this", "points": "one\ntwo", "why": "Because.", "tags": "kv"}
    assert added(before, entry_of("free", draft, level="basic"), PATH) == (
        "# mine\ncards:\n- q: One?   # kept\n  a: x\n\n- id: what-is-it-533f\n  level: basic\n  tags: [kv]\n"
        '  q: "What: is it?"\n  a: |-\n    It is\n\n    - this\n  points: [one, two]\n  why: Because.\n'
        "# the end\ndeck: last\n"
    )


@pytest.mark.parametrize(
    ("kind", "draft", "field", "said"),
    [
        ("free", {}, "q", "this is needed"),
        ("free", {"a": "x"}, "q", "this is needed"),
        ("free", {"q": "x"}, "a", "write the answer"),
        ("choice", {"q": "x", "choices": "a\nb"}, "choices", "put * before"),
        ("cloze", {"text": "nothing hidden"}, "text", "nothing is hidden"),
        ("numeric", {"q": "x", "value": "many"}, "value", "number"),
        ("numeric", {"q": "x", "value": "1", "low": "2", "high": "3"}, "low", "not within"),
        ("numeric", {"q": "x", "value": "1", "traps": "1 :: y"}, "traps", "counts as right"),
        ("numeric", {"q": "x", "value": "1", "traps": "2"}, "traps", "why each is wrong"),
        ("choice", {"q": "x", "choices": "* a"}, "choices", "from 2 to 10"),
        ("choice", {"q": "x", "choices": "* a\na"}, "choices", "are the same"),
        ("choice", {}, "q", "this is needed"),
        ("cloze", {}, "text", "this is needed"),
        ("order", {"q": "x", "items": "a"}, "items", "two items"),
        ("fix", {"says": "x"}, "a", "write the answer"),
        ("fix", {"a": "x"}, "says", "this is needed"),
    ],
)
def test_what_is_wrong_stands_at_its_field(kind: str, draft: dict[str, str], field: str, said: str) -> None:
    found = misfits(entry_of(kind, draft))
    assert found[0].field == field and said in str(found[0].sentence)
    assert "`" not in str(found[0].sentence)  # a form has no YAML


@pytest.mark.parametrize(
    "typed", ["it is empty", "nothing to reveal", "a.b: the text hides nothing", "this has the id", "asks the same"]
)
def test_a_sentence_of_the_loader_typed_as_an_answer_is_an_answer(typed: str) -> None:
    (misfit,) = misfits(entry_of("numeric", {"q": "Q?", "value": typed}))
    assert (misfit.field, misfit.sentence) == ("value", tell("cards.form.number"))
    assert misfits(entry_of("free", {"q": typed, "a": typed})) == []


def test_whatever_a_form_says_it_says_without_yaml_in_both_languages() -> None:
    for draft in ({"q": "Q?", "a": "x" * 200_000}, {"q": "Q?", "points": "x\n" * 200}):
        (misfit,) = misfits(entry_of("free", draft))
        assert "split" in str(misfit.sentence) and "请拆" in misfit.sentence.says("zh")


def test_a_deck_in_json_gets_its_card_in_json() -> None:
    entry = entry_of("numeric", {"q": "Q?", "value": "3.5"})
    after = added('{"cards": [{"q": "a", "a": "b"}]}\n', entry, PATH)
    assert after.startswith('{"cards": [{"q": "a", "a": "b"}, {"id": ') and after.endswith('"value": "3.5"}}]}\n')


def test_a_question_that_is_asked_already_and_a_file_that_takes_no_card_are_refused() -> None:
    entry = entry_of("free", {"q": "Same?", "a": "x"})
    for card in ("{q: Same?, a: y}", f"{{id: {entry['id']}, q: Other?, a: y}}"):
        with pytest.raises(Refused) as refused:
            added(f"cards:\n  - {card}\n", entry, PATH)
        assert refused.value.misfits[0].field == "q"
    with pytest.raises(Unreadable):
        added("cards: [\n", entry, PATH)
    with pytest.raises(Unreadable):
        added("title: none\n", entry, PATH)
