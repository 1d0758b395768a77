"""Entries become a deck's text, and bring one up to date without touching the rest."""

from typing import Any

import pytest
from deck_texts import decks
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.formats import tidy
from quizapp.cards.text_file import Unreadable
from quizapp.cards.write import brought_up_to_date, new_text
from quizapp.cards.yaml_reader import read_values

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(tidy),
    st.sampled_from(
        ["no", "a: b", "a #b", "- x", "'", '"', "|", "a\n\n  b: [", "量化\n：是", "C++?", "\\n", "{{c1::x}}"]
    ),
).filter(bool)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"id": st.from_regex(r"x[0-9]{1,2}", fullmatch=True), "q": TEXTS, "a": TEXTS},
        optional={"tags": st.lists(TEXTS, min_size=1, max_size=3), "title": st.dictionaries(st.just("en"), TEXTS)},
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda entry: str(entry["id"]),
)


@given(ENTRIES, TEXTS)
def test_a_new_deck_reads_as_what_was_written(entries: list[dict[str, Any]], title: str) -> None:
    title = " ".join(title.split()) or "x"
    text = new_text(title, entries, "where it is from")
    assert read_values(text) == {"title": title, "cards": entries}
    assert brought_up_to_date(text, entries) == (text, 0, 0)


@given(decks(), ENTRIES)
def test_a_deck_that_is_brought_up_to_date_has_the_entries_and_keeps_the_rest(
    text: str, entries: list[dict[str, Any]]
) -> None:
    before: Any = read_values(text)
    ids = [card.get("id") for card in before["cards"]]
    if len(set(filter(None, ids))) < sum(map(bool, ids)):
        return  # twice the same id: a fault that an import does not mend
    after, new, changed = brought_up_to_date(text, entries)
    found: Any = read_values(after)
    meant = {entry["id"]: entry for entry in entries}
    assert new == len(meant.keys() - set(ids)) and changed <= len(meant) - new
    for card, old in zip(found["cards"], before["cards"], strict=False):
        assert card == old | meant.pop(card.get("id"), {})
    assert found["cards"][len(ids) :] == list(meant.values())
    assert brought_up_to_date(after, entries) == (after, 0, 0)


def test_how_it_looks() -> None:
    before = (
        "# mine\ncards:\n  - id: one      # kept\n    q: Old?       # kept too\n    why: Mine.\n"
        "    a: |\n      Two\n      lines.\n\n    tags:\n      - b\n  # between\n"
        "  - {id: two, q: Same?, a: Same.}\ndeck: x\n"
    )
    entries: list[dict[str, Any]] = [
        {"id": "one", "q": "New?", "a": "Three\n\nnow.", "tags": ["cc", "dd"]},
        {"id": "two", "q": "Same?", "a": "Same."},
        {"id": "three", "q": "What: is it?", "a": "It."},
    ]
    after, new, changed = brought_up_to_date(before, entries)
    assert (new, changed) == (1, 1)
    assert after == (
        "# mine\ncards:\n  - id: one      # kept\n    q: New?       # kept too\n    why: Mine.\n"
        "    a: |-\n      Three\n\n      now.\n\n    tags: [cc, dd]\n  # between\n"
        "  - {id: two, q: Same?, a: Same.}\n\n"
        '  - id: three\n    q: "What: is it?"\n    a: It.\ndeck: x\n'
    )


@pytest.mark.parametrize("text", ["cards: []\n", "title: x\n", "- a\n", "cards: text\n"])
def test_a_file_without_cards_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="list of cards"):
        brought_up_to_date(text, [{"id": "x", "q": "Q?", "a": "A."}])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_of_several_lines_ends_them_as_the_deck_does(end: str) -> None:
    before = end.join(["cards:", "  - id: x", "    q: Q?", "    a: A.", ""])
    after, *_ = brought_up_to_date(before, [{"id": "x", "q": "Q?", "a": "two\nlines"}])
    assert after == end.join(["cards:", "  - id: x", "    q: Q?", "    a: |-", "      two", "      lines", ""])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_does_not_become_text_and_lines_end_as_they_did(end: str) -> None:
    before = f"cards:{end}- id: x1{end}  q: Q?  # why{end}  a: A.{end}      # deep{end}{end}# far{end}"
    entries = [{"id": "x1", "q": "two\nlines", "a": "two\nlines"}, {"id": "x2", "q": "Q?", "a": "b\n\nc"}]
    after, *_ = brought_up_to_date(before, entries)
    assert after == end.join(
        ["cards:", "- id: x1", '  q: "two\\nlines"  # why', '  a: "two\\nlines"', "      # deep", "",
         "- id: x2", "  q: Q?", "  a: |-", "    b", "", "    c", "", "# far", ""]
    )  # fmt: skip
