"""Output: the same text whatever pieces it comes in, clean, bounded, with overwritten lines overwritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.lab.output import Output, joined
from quizapp.words import clean


def shown(*pieces: bytes, most: int = 10_000, take: bool = True) -> str:
    """All that a panel shows after these pieces, a batch after each."""
    output, text = Output(most), ""
    for piece in pieces:
        output.feed(piece)
        if take:
            text = joined(text, output.take())
    return joined(text, output.end())


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("one\ntwo", "one\ntwo"),
        ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("10%\r20%\r30%", "30%"),
        ("10%\r20%\ndone", "20%\ndone"),
        ("10%\r", "10%"),
        ("\r10%\r20%", "20%"),
        ("long line\rx\n", "x\n"),
        ("a\n10%\r20%", "a\n20%"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07x\x00y", "red xy"),
        ("a\x1b[2K\rb", "b"),
        ("a\x1b", "a"),
        ("a\r\r\nb", "a\nb"),
        ("蒸馏 é", "蒸馏 é"),
        ("", ""),
        ("\n\n", "\n\n"),
    ],
)
def test_what_is_printed_is_seen_whole_or_byte_by_byte(printed: str, seen: str) -> None:
    data = printed.encode()
    assert shown(data) == seen
    assert shown(*(data[k : k + 1] for k in range(len(data)))) == seen


@given(
    st.lists(
        st.sampled_from(["a", "bc", "\r", "\n", "\r\n", "\x1b[31m", "\x1b]0;t\x07", "\x1b", "[", "é", "馏", "\0"])
    ),
    st.lists(st.integers(1, 5), min_size=1),
    st.booleans(),
)
def test_the_pieces_do_not_matter(parts: list[str], sizes: list[int], take: bool) -> None:
    data = "".join(parts).encode()
    pieces, at, turn = [], 0, 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        pieces.append(data[at : at + size])
        at, turn = at + size, turn + 1
    seen = shown(*pieces, take=take)
    assert seen == shown(data)
    assert clean(seen) == seen and "\r" not in seen


def test_bytes_that_are_no_utf8_are_replaced() -> None:
    assert shown(b"a\xffb\xe2\x82") == "a�b�"


def test_what_is_past_the_limit_is_counted_and_said() -> None:
    output = Output(5)
    output.feed(b"12345678")
    output.feed(b"90")
    assert output.dropped == 5
    assert output.end() == "12345\n… 5 more bytes were printed and are not shown\n"


def test_a_character_cut_by_the_limit_is_replaced() -> None:
    assert shown("é".encode(), most=1).startswith("�\n… 1 more bytes")


def test_a_long_line_is_cut_and_what_is_left_out_counted() -> None:
    for pieces in (1, 7, 1_999, 100_000):
        text = "short\n" + "y" * 2_000 + "\n" + "z" * 5_000 + "\nw\n" + "v" * 2_001
        data = text.encode()
        seen = shown(*(data[at : at + pieces] for at in range(0, len(data), pieces)), most=20_000, take=pieces > 1)
        assert seen.split("\n") == [
            *("short", "y" * 2_000, "z" * 2_000 + "… 3,000 more characters", "w"),
            "v" * 2_000 + "… 1 more characters",
        ]


def test_of_a_line_that_is_overwritten_nothing_is_counted() -> None:
    assert shown(b"y" * 2_001, b"\rx\nz\n") == "x\nz\n"
    assert shown(b"a" * 3_000 + b"\rb") == "b"
    assert shown(b"a\rb" + b"c" * 2_000) == "b" + "c" * 1_999 + "… 1 more characters"


def test_what_is_not_shown_is_told_in_the_language_of_the_user() -> None:
    output = Output(2_001, "zh")
    output.feed(b"y" * 2_001 + b"more")
    assert output.end() == "y" * 2_000 + "…… 还有 1 个字符\n…… 还有 4 字节的输出没有显示\n"


def test_an_overwritten_line_is_given_again_and_other_text_once() -> None:
    output = Output(1000)
    output.feed(b"start\n10%")
    assert (output.waiting, output.take(), output.waiting) == (True, "start\n10%", False)
    output.feed(b"\r20%\nnext")
    assert output.take() == "\r20%\nnext"
    output.feed(b" word")
    assert output.take() == " word"


def test_an_unfinished_escape_does_not_hold_the_rest_for_ever() -> None:
    output = Output(1_000_000)
    output.feed(b"\x1b]" + b"x" * 10_000)
    output.feed(b"\nfree\n")
    assert "free" in output.take()


@pytest.mark.parametrize("unit", [b"\r", b"\x1b]", b"\x1b[", b"y\n", b"y"])
def test_a_flood_of_anything_is_taken_in_linear_time(unit: bytes) -> None:
    flood = unit * 250_000  # in quadratic time this would take minutes
    output = Output(len(flood))
    for at in range(0, len(flood), 65_536):
        output.feed(flood[at : at + 65_536])
        output.take()
    output.end()
