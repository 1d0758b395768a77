"""Charts: they fit, they can be read without colour and without braille, and nothing in a result breaks them."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.draw.chart import chart
from quizapp.draw.paper import Paper
from quizapp.words import Language, clean

CURVES = {"x": [2, 3, 4, 5], "tensor": [8, 14, 20, 26], "per_channel": [13, 19, 25, 30]}


def drawn(name: str, value: Any, width: int = 60, height: int = 12, **options: Any) -> list[str]:
    ascii, language = options.pop("ascii", False), options.pop("language", "en")
    return [line.plain.rstrip() for line in chart(name, value, Paper(width, height, ascii, language), **options)]


def test_a_chart_says_in_words_what_it_shows() -> None:
    lines = drawn("sqnr_db_by_group_size", CURVES)
    assert lines[0] == "SQNR over group size, dB" and lines[-1].endswith("group size")
    assert drawn("error_pct", {"x": [1, 2], "error_pct": [3, 4]}, over="bits")[0] == "error over bits, %"
    tall, low = (drawn("sqnr_db_by_group_size", CURVES, width=22, height=height) for height in (12, 8))
    assert tall[:2] == ["SQNR over group size", "dB"] and low[0] == tall[0] and low[1] != "dB", (
        "if there is a line for it"
    )
    assert drawn("error", CURVES, over="温度", language="zh")[0] == "error 随温度的变化"
    assert drawn("by_beta", CURVES)[0] == "over beta", "each line says what it is"
    assert not any("_" in line for line in lines)


def test_lines_have_axes_and_their_names_at_their_ends() -> None:
    lines = drawn("sqnr_db_by_bits", CURVES, ascii=True)
    assert [line.partition("+")[0].strip() for line in lines[1:-2] if "+" in line[:4]] == ["30", "20", "10", "0"]
    assert lines[-1].split() == ["2", "3", "4", "5", "bits"]
    assert [line[line.index(" x ") :] for line in lines if " x " in line] == [" x per channel"]
    at = {end: next(n for n, line in enumerate(lines) if line.endswith(end)) for end in ("x per channel", "o tensor")}
    assert at["x per channel"] < at["o tensor"], "in the order in which the lines end"


def test_where_markers_of_several_lines_would_stand_is_one_that_says_so() -> None:
    value = {"x": [1, 2, 3, 4], "tensor": [0, 10, 20, 30], "channel": [0, 10, 20, 40]}
    lines = drawn("error", value, ascii=True)
    assert lines[0] == "error  = several in one place" and "".join(lines[1:]).count("=") == 3
    apart = drawn("error", {**value, "channel": [30, 40, 50, 60]}, ascii=True)
    assert apart[0] == "error" and "=" not in "".join(apart)
    assert drawn("error", value, width=20)[0] == "error", "no room to say it"


def test_a_point_that_no_line_leads_to_is_marked() -> None:
    value = {"x": [1, 2, 3, 4, 5], "n": [1, math.nan, 5, math.nan, 2]}
    assert "".join(drawn("n", value, over="bits")[1:]).count("o") == 3
    seeds = drawn("n", {"x": list(range(20)), "n": [n % 7 for n in range(20)]}, over="seed", ascii=True)
    assert "".join(seeds[1:-2]).count("o") == 20, "each, and nothing between them"
    assert drawn("n", CURVES, over="seed")[1] == "o tensor   x per channel", "not beside the last points, as one more"


def test_lines_of_one_point_are_bars() -> None:
    found = drawn("kept_by_place", {"x": [1], "apart": [0.6], "one_by_one": [0.75]})
    assert found[0] == "kept over place" and [line.split()[-1] for line in found[1:]] == ["0.600", "0.750"]
    assert found[1].startswith("apart ") and found[2].startswith("one by one ") and len(found) == 3


def test_names_stand_above_where_the_ends_have_no_room() -> None:
    lines = drawn("n", CURVES, width=28)
    assert lines[1] == "o tensor   x per channel" and not any("tensor" in line for line in lines[2:])


def test_names_of_lines_that_end_together_stand_under_each_other() -> None:
    value = {"x": [1, 2, 3], **{f"line {n}": [1, 2, 3 + n / 100] for n in range(5)}, "low": [1, 1, 1]}
    lines = drawn("n", value, height=14)
    said = [line.split()[-1] for line in lines if " line " in line]
    assert said == ["4", "3", "2", "1", "0"] and lines[11].endswith("% low") is False
    assert [line for line in lines if line.endswith("low")] == [lines[-3]]


@pytest.mark.parametrize("ascii", [True, False])
def test_the_value_in_hand_is_marked(ascii: bool) -> None:
    lines = drawn("errors", {"x": [1, 2, 3, 4], "errors": [9, 5, 3, 2]}, over="bits", mark=3, ascii=ascii)
    sign, dot, thread = ("^", "@", ":") if ascii else ("▲", "●", "┊")
    column = lines[-2].index(sign)
    assert abs(lines[-1].index("3") - column) <= 1
    under = [line[column] for line in lines[1:-2] if len(line) > column]
    assert under.count(dot) == 1 and set(under[under.index(dot) + 1 :]) == {thread} and thread not in under[:-4]


@pytest.mark.parametrize("mark", [None, "c", 9, -1, math.nan, "3"])
def test_a_mark_that_is_no_value_of_the_axis_is_none(mark: Any) -> None:
    assert drawn("errors", {"x": [1, 2], "errors": [9, 5]}, mark=mark) == drawn(
        "errors", {"x": [1, 2], "errors": [9, 5]}
    )


def test_a_label_is_marked_and_a_bar_too() -> None:
    lines = drawn("errors", {"x": ["none", "norms"], "errors": [9, 5]}, mark="norms")
    assert lines[-2].endswith("▲") and lines[-1].endswith("norms")
    assert [" ▸" in line for line in drawn("errors", {"none": 9, "norms": 5}, mark="norms")] == [False, False, True]


def test_values_that_span_decades_have_a_logarithmic_axis() -> None:
    lines = drawn("error", {"x": [2, 3, 4, 5, 6], "error": [90, 20, 4, 1, 0.2]}, height=14)
    assert [line.split()[0] for line in lines if "┤" in line] == ["100", "10", "1", "0.1"]
    asked = drawn("error", [1, 2, 3], scale="log2", height=14)
    assert [line.split()[0] for line in asked if "┤" in line] == ["4", "2", "1"]
    assert drawn("time", {"x": [1, 2, 4, 8, 16], "time": [1, 2, 3, 4, 5]})[-1].split() == ["1", "2", "4", "8", "16"]
    decibels = drawn("sqnr_db", {"x": [2, 3, 4, 5, 6], "sqnr_db": [90, 20, 4, 1, 0.2]}, height=14)
    assert [line.split()[0] for line in decibels if "┤" in line][-1] == "0", "decibels are a logarithm already"


def test_what_is_no_number_interrupts_a_line() -> None:
    holed = drawn("n", {"x": [0, 1, 2, 3, 4, 5], "a": [1, 1, math.nan, 1, math.inf, 1]})
    row = next(line for line in holed if "⠤" in line)
    assert [len(part) > 2 for part in row.split("┤")[1].split()] == [True, False, False], "a line, and two dots"
    assert row.count("⠤") < 20
    assert drawn("n", [math.nan, math.inf])[1:] == ["(no values)"]
    assert drawn("n", {"a": math.nan, "b": 2})[1].split() == ["a", "-"]


def test_a_chart_in_ascii_is_ascii() -> None:
    for value in (CURVES, [3, 1, 2], {"a": 1, "b": 2.5}, {"a": -1, "b": 2.5}):
        for mark in (None, 1, "a"):
            assert "".join(drawn("n", value, ascii=True, mark=mark)).isascii()
        assert not "".join(drawn("n", value)).isascii()


def test_bars_start_at_zero_and_have_their_values_at_the_right() -> None:
    lines = drawn("share_pct", {"teacher": 80.0, "one_student": 40.25, "loss": -40.0}, width=50, ascii=True)
    assert lines[0] == "share, %" and lines[2].startswith("one student")
    assert [line.split()[-1] for line in lines[1:]] == ["80.0%", "40.2%", "-40.0%"]
    assert len({len(line) for line in lines[1:]}) == 1
    lengths = [line.count("#") for line in lines[1:]]
    assert abs(lengths[0] - 2 * lengths[1]) <= 1 and abs(lengths[1] - lengths[2]) <= 1
    starts = [line.index("#") for line in lines[1:]]
    assert starts[0] == starts[1] == starts[2] + lengths[2]


def test_a_bar_is_drawn_to_an_eighth_and_little_is_not_nothing() -> None:
    lines = drawn("n", {"a": 800, "b": 100, "c": 0.001, "d": 0}, width=20)
    assert lines[1].count("█") >= 8
    assert "▏" in lines[3] and not set("▏▎▍▌▋▊▉█") & set(lines[4])


def test_bars_may_be_logarithmic() -> None:
    lengths = [line.count("#") for line in drawn("n", {"a": 1, "b": 10, "c": 100}, ascii=True, scale="log10")[1:]]
    assert abs(lengths[2] - lengths[1] - (lengths[1] - lengths[0])) <= 1 and lengths[0] > 0
    assert drawn("n", {"a": 0, "b": 10}, scale="log10") == drawn("n", {"a": 0, "b": 10})


def test_bars_that_do_not_fit_are_counted() -> None:
    lines = drawn("n", {str(k): k for k in range(30)}, height=10)
    assert len(lines) == 10 and lines[-1] == "and 22 more"
    assert len(drawn("n", {str(k): k for k in range(9)}, height=10)) == 10


def test_labels_in_chinese_keep_the_columns() -> None:
    lines = chart("准确率", {"教师": 93.0, "student": 88.0}, Paper(40, 10))
    assert [cell_len(line.plain.partition("█")[0]) for line in lines[1:]] == [9, 9]
    assert len({line.cell_len for line in lines[1:]}) == 1
    assert drawn("n", {"x": ["教师", "学生", "基线"], "k": [1, 2, 3]})[-1].split() == ["教师", "学生", "基线"]


@pytest.mark.parametrize("value", [[], {}, {"x": [], "a": []}, {"x": ["a"], "a": [math.nan]}])
def test_nothing_to_draw_is_said(value: Any) -> None:
    assert drawn("n", value)[1:] == ["(no values)"]
    assert drawn("n", value, language="zh")[1:] == ["（没有数值）"]


values = st.floats(width=64) | st.integers(-(10**9), 10**9)
names = st.text(max_size=30) | st.text("教师_ab ", max_size=30)
lines = st.integers(0, 40).flatmap(
    lambda n: st.fixed_dictionaries(
        {"x": st.lists(values, min_size=n, max_size=n) | st.lists(names, min_size=n, max_size=n)},
        optional={
            k: st.lists(values, min_size=n, max_size=n) for k in ("a", "b_pct", "教师", "a name that is long" * 4)
        },
    )
)
charts = lines | st.lists(values, max_size=200) | st.dictionaries(names.filter(lambda n: n != "x"), values, max_size=30)
papers = st.builds(Paper, st.integers(1, 120), st.integers(1, 40), st.booleans(), st.sampled_from(("en", "zh")))


@settings(deadline=None)
@given(names, charts, papers, values | names | st.none(), st.sampled_from([None, "linear", "log2", "log10"]))
def test_every_chart_fits_and_is_clean(name: str, value: Any, paper: Paper, mark: Any, scale: Any) -> None:
    found = chart(name, value, paper, over=name, mark=mark, scale=scale)
    assert 2 <= len(found) <= max(paper.height, 4)
    for line in found:
        assert cell_len(line.plain) <= max(paper.width, 20), line.plain
        assert clean(line.plain) == line.plain and "\n" not in line.plain


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_most_that_a_result_may_hold_is_drawn_in_time(language: Language) -> None:
    import time

    start = time.process_time()
    value = {"x": list(range(20_000)), **{f"line_{n}": [(n * k) % 977 for k in range(20_000)] for n in range(8)}}
    assert len(chart("all", value, Paper(90, 14, language=language))) <= 14
    assert time.process_time() - start < 2


def test_each_part_of_a_line_has_its_own_style() -> None:
    """What is appended to a dim label is not dim."""
    found = chart("sqnr_db_by_bits", CURVES, Paper(60, 12))
    assert all(not line.style for line in found)
    row = next(line for line in found if "x per channel" in line.plain)
    plain = row.plain
    styles = {plain[span.start : span.end].strip(): str(span.style) for span in row.spans}
    assert styles["x per channel"] == "magenta" and styles["x"] == "bold magenta"


@pytest.mark.parametrize("height", [10, 12, 14, 20])
@pytest.mark.parametrize("width", [38, 60, 90])
def test_every_line_is_named(width: int, height: int) -> None:
    """At their ends or above, however few rows the axis takes."""
    value = {"x": [1, 2, 3], **{f"line {n}": [n, -3.5 * n, 2] for n in range(8)}}
    text = "\n".join(drawn("n", value, width, height))
    assert all(f"line {n}" in text for n in range(8)) or height < 12


def test_a_name_of_fifteen_cells_stands_whole_beside_its_bar_in_a_pane() -> None:
    sizes = {"MHA": 12.3, "GQA": 3.1, "GQA and windows": 1.2}
    for width in (30, 44, 60):
        lines = [line.plain for line in chart("cache", sizes, Paper(width, 9, False, "en"))]
        assert lines[-1].startswith("GQA and windows ") and all(len(line) <= width for line in lines)
