"""Charts: they fit, they can be read without colour and without braille, and nothing in a result breaks them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.draw.chart import chart
from quizapp.words import clean

CURVES = {"x": [2, 3, 4, 5], "tensor": [8, 14, 20, 26], "channel": [9, 16, 22, 28]}


def drawn(name: str, value: Any, width: int = 60, height: int = 12, **options: Any) -> list[str]:
    return [line.plain.rstrip() for line in chart(name, value, width, height, **options)]


def test_lines_have_axes_a_legend_and_a_marker_each() -> None:
    lines = drawn("error_db", CURVES, ascii=True)
    assert lines[:2] == ["error_db", "o tensor   x channel"]
    assert [line.partition("+")[0].strip() for line in lines if "+" in line[:4]][:-1] == ["25", "20", "15", "10"]
    assert lines[-1].split() == ["2", "3", "4", "5"]
    body = "".join(lines[2:-2])
    assert body.count("o") > 10 and body.count("x") > 10
    assert lines[2].endswith("x"), "the highest point, at the right, is of the second line"


def test_a_chart_in_ascii_is_ascii() -> None:
    for value in (CURVES, [3, 1, 2], {"a": 1, "b": 2.5}):
        assert "".join(drawn("n", value, ascii=True)).isascii()
        assert not "".join(drawn("n", value)).isascii()


def test_bars_have_their_values_and_start_at_zero() -> None:
    lines = drawn("share_pct", {"teacher": 80.0, "student": 40.0, "loss": -40.0}, width=50, ascii=True)
    assert [line.split("#")[-1].strip() for line in lines[1:]] == ["80%", "40%", "-40%"]
    lengths = [line.count("#") for line in lines[1:]]
    assert abs(lengths[0] - 2 * lengths[1]) <= 1 and abs(lengths[1] - lengths[2]) <= 1
    starts = [line.index("#") for line in lines[1:]]
    assert starts[0] == starts[1] == starts[2] + lengths[2]


def test_bars_that_do_not_fit_are_counted() -> None:
    lines = drawn("n", {str(k): k for k in range(30)}, height=10)
    assert len(lines) == 10 and lines[-1] == "and 22 more"
    assert len(drawn("n", {str(k): k for k in range(9)}, height=10)) == 10


def test_labels_in_chinese_keep_the_columns() -> None:
    lines = chart("准确率", {"教师": 93.0, "student": 88.0}, 40, 10)
    assert [cell_len(line.plain.partition("|")[0]) for line in lines[1:]] == [8, 8]
    assert drawn("n", {"x": ["教师", "学生", "基线"], "k": [1, 2, 3]})[-1].split() == ["教师", "学生", "基线"]


@pytest.mark.parametrize("value", [[], {}, {"x": [], "a": []}])
def test_nothing_to_draw_is_said(value: Any) -> None:
    assert drawn("n", value)[1:] == ["(no values)"]
    assert drawn("n", value, language="zh")[1:] == ["（没有数值）"]


values = st.floats(allow_nan=False, allow_infinity=False, width=64) | st.integers(-(10**9), 10**9)
names = st.text(max_size=30)
lines = st.integers(0, 40).flatmap(
    lambda n: st.fixed_dictionaries(
        {"x": st.lists(values, min_size=n, max_size=n) | st.lists(names, min_size=n, max_size=n)},
        optional={k: st.lists(values, min_size=n, max_size=n) for k in ("a", "b", "教师", "a name that is long" * 4)},
    )
)


@settings(deadline=None)  # the first chart imports what draws it
@given(
    names,
    lines | st.lists(values, max_size=200) | st.dictionaries(names.filter(lambda n: n != "x"), values, max_size=30),
    st.integers(1, 120),
    st.integers(1, 40),
    st.booleans(),
)
def test_every_chart_fits_and_is_clean(name: str, value: Any, width: int, height: int, ascii: bool) -> None:
    found = chart(name, value, width, height, ascii=ascii)
    assert len(found) <= max(height, 6)
    for line in found:
        assert line.cell_len <= max(width, 20), line.plain
        assert clean(line.plain) == line.plain and "\n" not in line.plain
