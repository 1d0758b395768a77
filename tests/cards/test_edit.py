"""Ids are put into a deck, and nothing else in it changes."""

import re
from pathlib import Path
from typing import Any

import pytest
from deck_cases import CASES, Case
from deck_texts import decks
from hypothesis import given

from quizapp.cards.card import Deck
from quizapp.cards.edit import pin
from quizapp.cards.load import load
from quizapp.cards.slug import made_id
from quizapp.cards.text_file import Unreadable, bytes_of, decode
from quizapp.cards.yaml_reader import read_values


def all_but_ids(text: str) -> tuple[Any, list[Any]]:
    root: Any = read_values(text)
    cards = [{name: value for name, value in card.items() if name != "id"} for card in root["cards"]]
    return {**root, "cards": cards}, [card.get("id") for card in root["cards"]]


@given(decks())
def test_only_ids_are_put_in_and_only_once(text: str) -> None:
    values, ids = all_but_ids(text)
    changed, count = pin(text)
    after, pinned = all_but_ids(changed)
    assert after == values
    assert [new for new, old in zip(pinned, ids, strict=True) if old is not None] == [old for old in ids if old]
    assert sum(new != old for new, old in zip(pinned, ids, strict=True)) == count
    assert pin(changed) == (changed, 0)
    # All that was written stands there still, in its order; comments too.
    written = iter(changed)
    assert all(letter in written for letter in text)
    assert re.findall("#.*", changed) == re.findall("#.*", text)
    assert ("\r\n" in text) == ("\r\n" in changed) and ("\r\n" not in text or not re.search("(?<!\r)\n", changed))


def keys(deck: Deck | None) -> list[str] | None:
    return None if deck is None else [card.key for card in deck.cards]


@given(decks())
def test_what_is_put_in_is_the_id_that_the_card_had(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "deck.yaml"
    path.write_bytes(text.encode())
    deck, _ = load(path)
    path.write_bytes(pin(text)[0].encode())
    pinned, _ = load(path)
    assert keys(deck) == keys(pinned)
    assert pinned is None or all(card.pinned for card in pinned.cards)


@pytest.mark.parametrize("case", [case for case in CASES if len(case.text) < 5000], ids=lambda case: case.name)
def test_every_case_of_the_corpus_keeps_its_cards_and_faults(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(case.text.encode("utf-8", "surrogateescape"))
    before, faults = load(path)
    try:
        text = decode(bytes_of(path))
        path.write_bytes(pin(text)[0].encode())
    except Unreadable:
        return
    after, still = load(path)
    assert keys(before) == keys(after)
    assert [fault.message for fault in faults] == [fault.message for fault in still] or "line" in str(faults)


def test_how_it_looks() -> None:
    before = (
        "# mine\ncards:\n  - q: One? # first\n    a: x\n\n  -   # alone\n    q: Two?\n    a: y\n"
        '  - {q: Three?, a: z}\n  - {"q": "Four?", "a": "z"}\n  - {id: five, q: Five?, a: z}\n  - q: No answer?\n'
    )
    after, count = pin(before)
    assert count == 4
    ids = {name: made_id(f"{name.capitalize()}?") for name in ("one", "two", "three", "four")}
    assert after == (
        f"# mine\ncards:\n  - id: {ids['one']}\n    q: One? # first\n    a: x\n\n  -   # alone\n    id: {ids['two']}\n"
        f"    q: Two?\n    a: y\n  - {{id: {ids['three']}, q: Three?, a: z}}\n"
        f'  - {{"id": "{ids["four"]}", "q": "Four?", "a": "z"}}\n'
        "  - {id: five, q: Five?, a: z}\n  - q: No answer?\n"
    )


def test_of_two_cards_that_ask_the_same_only_the_first_gets_an_id() -> None:
    changed, count = pin("cards:\n  - {q: Same?, a: x}\n  - {q: Same?, a: y}\n")
    assert count == 1 and changed.endswith("  - {q: Same?, a: y}\n")
