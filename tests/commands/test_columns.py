"""Text in columns: a Chinese character takes two, and lines break between them, but not before punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.commands.columns import cells, padded, wrapped


def test_text_is_padded_to_columns() -> None:
    assert (padded("合计", 6), padded("total", 6), padded("12 张", 7, right=True)) == ("合计  ", "total ", "  12 张")
    assert padded("too long", 3) == "too long"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("你的文件所在的文件夹", 8, ["你的文件", "所在的文", "件夹"]),
        ("你的文件，所在的", 8, ["你的文", "件，所在", "的"]),
        ("文件（默认）", 7, ["文件", "（默", "认）"]),
        ("用 quizapp 打开", 8, ["用", "quizapp", "打开"]),
        ("", 8, []),
    ],
)
def test_lines_break_where_they_may(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@given(st.lists(st.sampled_from(["中", "字，", "（默）", "word ", "é "]), min_size=1), st.integers(8, 20))
def test_nothing_is_lost_and_no_line_is_too_long(pieces: list[str], width: int) -> None:
    text = "".join(pieces)
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)
