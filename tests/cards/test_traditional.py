"""The table of traditional characters."""

from quizapp.cards.card import Cloze
from quizapp.cards.gaps import gap_answers
from quizapp.cards.judge import hits_in
from quizapp.cards.library import read_library
from quizapp.cards.traditional import SIMPLIFIED
from quizapp.paths import BUNDLED_DECKS


def written_in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def test_each_pair_is_a_traditional_character_and_a_simplified_one() -> None:
    ours = {chr(code): simple for code, simple in SIMPLIFIED.items()}
    assert [one for one, simple in ours.items() if simple in ours or not written_in(simple, "gb2312")] == []
    assert {one for one in ours if written_in(one, "gb2312")} == {*"乾著於後摺徵麽"}  # a few are both


def test_it_has_what_our_answers_are_written_with() -> None:
    """A simplified character is one that Big5, the code of traditional ones, lacks."""
    looked_for = set[str]()
    for deck in read_library([], user=None, bundled=BUNDLED_DECKS).decks:
        for card in deck.cards:
            looked_for.update(*(hit for point in card.points for hit in point.hit))
            if isinstance(card, Cloze):
                looked_for.update(*gap_answers(card.text.zh, card.number))
    simple = {one for one in looked_for if "\u4e00" <= one <= "\u9fff" and not written_in(one, "big5")}
    assert len(simple) > 100 and simple - set(SIMPLIFIED.values()) == set()


def test_either_finds_the_other() -> None:
    assert hits_in("離線蒸餾：教師凍結，後面", ["凍結", "冻结", "蒸馏", "后面"]) == ["凍結", "冻结", "蒸馏", "后面"]
    assert hits_in("离线蒸馏", ["蒸餾"]) == ["蒸餾"]
