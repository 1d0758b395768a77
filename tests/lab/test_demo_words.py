import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.draw.chart import chart
from quizapp.draw.names import Label, axis_name
from quizapp.draw.numbers import with_unit
from quizapp.draw.paper import Paper
from quizapp.lab.demo_words import MOST_LABELS, demo_words
from quizapp.lab.measured import measures
from quizapp.lab.script import read_script

SOURCE = '''"""Quantize one layer.

What a bit costs.
"""
LABELS = {"sqnr_db": "signal to rounding noise", "kept": ("weights kept", "%"), "error": "relative error"}
ZH = {
    "title": "量化一层",
    "about": "一个比特的代价。",
    "knobs": {"bits": "比特数"},
    "measures": {"sqnr_db": "信噪比", "error": "相对误差", "fast_x": "速度"},
}
open("ran", "w")

def main(bits: bool = True) -> dict:
    return {}
'''


def test_a_demo_has_words_of_its_own_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "d.py").write_text(SOURCE)
    script = read_script(tmp_path / "d.py")
    assert (script.title_in("zh"), script.about_in("zh")) == ("量化一层", "一个比特的代价。")
    assert (script.title_in("en"), script.about_in("en")) == ("Quantize one layer", "What a bit costs.")
    result = {"sqnr_db": 14.25, "kept": 50.0, "other_ms": 2.0}
    found = {
        language: [(one.words, one.shown) for one in measures(result, script.labels_in(language))]
        for language in ("en", "zh")
    }
    assert found["en"] == [("signal to rounding noise", "14.25 dB"), ("weights kept", "50%"), ("other", "2 ms")]
    assert found["zh"] == [("信噪比", "14.25 dB"), ("kept", "50"), ("other", "2 ms")]
    labels = script.labels_in("zh")
    assert (axis_name("fast_x", labels), with_unit("fast_x", 1.5, labels)) == ("速度（倍）", "1.5 倍")
    assert not Path("ran").exists()


def test_what_comes_from_a_clock_is_marked_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "d.py").write_text(SOURCE.replace("ZH =", 'TIMED = ("fast_x", "sqnr_db", 3)\nZH ='))
    script = read_script(tmp_path / "d.py")
    for language in ("en", "zh"):
        labels = script.labels_in(language)
        assert {name for name in labels if labels[name].timed} == {"fast_x", "sqnr_db"}
    assert axis_name("fast_x", script.labels_in("en")) == axis_name("fast_x") and script.labels_in("zh")["fast_x"].unit
    (tmp_path / "d.py").write_text(SOURCE.replace("ZH =", "TIMED = 3\nZH ="))
    assert not any(label.timed for label in read_script(tmp_path / "d.py").labels_in("en").values())


def test_charts_are_named_in_them_too(tmp_path: Path) -> None:
    (tmp_path / "d.py").write_text(SOURCE)
    script = read_script(tmp_path / "d.py")
    drawn = {}
    measured: dict[str, list[float]] = {"x": [2, 4, 8], "error": [4.0, 2.0, 1.0]}
    for language in ("en", "zh"):
        paper = Paper(70, 12, language=language, labels=script.labels_in(language))
        lines = chart("error_by_bits", measured, paper)
        drawn[language] = "\n".join(line.plain for line in lines)
    assert "relative error over bits" in drawn["en"]
    assert "相对误差" in drawn["zh"] and "比特数" in drawn["zh"] and "bits" not in drawn["zh"]


@pytest.mark.parametrize(
    "written",
    [
        "ZH = make()",
        "ZH = 3",
        "ZH = {'title': 3, 'knobs': [1], 'measures': {1: 'a', 'b': 2, 'c': ('x', 'y', 'z'), 'd': ''}}",
        "LABELS = {'a': ['list'], 'b': None}",
        "LABELS = ZH = {'a': 'b'}",
        "ZH: dict = {'title': 'x'}",
    ],
)
def test_what_is_written_otherwise_is_left_out(written: str) -> None:
    found = demo_words(ast.parse(written))
    assert not any(words.title or words.about or words.labels for words in found.values())


def test_words_obey_no_terminal_and_have_an_end() -> None:
    many = {f"m{i}": "x" for i in range(10_000)}
    found = demo_words(ast.parse(f"LABELS = {many!r}\nZH = {{'title': '\\x1b[31m' + 'a'}}\n"))
    assert len(found["en"].labels) == MOST_LABELS and "zh" not in found
    hostile = "ZH = {'title': '\\x1b[31mred\\nline', 'measures': {'a': ('\\u202eb', 'u' * 3)}}"
    assert "zh" not in demo_words(ast.parse(hostile))  # a product is not written out
    hostile = "ZH = {'title': '\\x1b[31mred\\nline', 'measures': {'a': ('\\u202eb', '\\x07s')}}"
    words = demo_words(ast.parse(hostile))["zh"]
    assert words.title == "red line" and words.labels == {"a": Label("b", "s")}


@given(st.text(max_size=200))
def test_no_literal_breaks_it(text: str) -> None:
    demo_words(ast.parse(f"ZH = {{'title': {text!r}, 'knobs': {{{text!r}: {text!r}}}}}\nLABELS = {text!r}"))
