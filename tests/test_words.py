import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.words import Words, clean, escaped, pasted, read, same


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain\ttext\nand more", "plain\ttext\nand more"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("cut\x1b[3", "cut"),
        ("cut\x1b/", "cut"),
        ("\x1bPq#0\x1b\\sixel", "sixel"),
        ("a\r\nb\rc", "a\nbc"),
        ("nul\x00 bell\x07 csi\x9b31m", "nul bell csi31m"),
        ("\u202eevil\u202c zero\u200bwidth\ufeff", "evil zerowidth"),
        ("half \ud800 pair", "half  pair"),
        ("中文，温度 T² ≤ 8 — fine", "中文，温度 T² ≤ 8 — fine"),
        ("[/foo] x: list[int]", "[/foo] x: list[int]"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_nothing_that_reorders_text_or_is_not_seen_is_left() -> None:
    directed = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    unseen = [chr(code) for code in range(0x10000) if unicodedata.bidirectional(chr(code)) in directed]
    unseen += ["\u200e", "\u200f", "\u061c", "\u2028", "\u2029", "\ud800", "\udfff", "\U000e0001", "\U000e007f"]
    unseen += ["\ufff0", "\U0001bca0", "\U0001d173", "\U0001d17a", "\U000e0080", "\U000e0fff"]
    left = {"\u200c", "\u200d", "\x1b"}  # written words need two; an escape takes along what follows it
    assert [char for char in unseen if char not in left and clean(f"a{char}b") != "ab"] == []


@given(st.text())
def test_what_is_clean_has_nothing_a_terminal_obeys_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in cleaned)
    assert clean(cleaned) == cleaned


def test_what_a_terminal_pastes_keeps_its_lines() -> None:
    assert pasted("a\r  b\r\nc\n\x1b[31md") == "a\n  b\nc\nd"


def test_a_missing_language_falls_back_to_the_other() -> None:
    assert Words(en="only").says("zh") == "only"
    assert Words(zh="只有").says("en") == "只有"
    assert not Words()


def test_both_languages_stand_one_after_the_other_and_once_if_alike() -> None:
    assert read(Words(en="scale", zh="缩放"), "both", " / ") == "scale / 缩放"
    assert read(same("T²"), "both") == "T²"
    assert read(Words(en="only"), "both") == "only"


def test_what_is_escaped_is_the_same_text_to_a_program_and_nothing_to_a_terminal() -> None:
    text = 'a\x1b]0;x\x07 \x9b31m \u202e \ud800 \U000e0041 中 "q"'
    shown = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(shown) == text
    assert clean(shown) == shown
