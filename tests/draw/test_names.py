"""Names of a result before a person: words, and the unit apart."""

import ast
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.draw.names import axis_name, in_words, measured_over, unit_of
from quizapp.words import clean

DEMOS = Path(__file__).parents[2] / "demos"


@pytest.mark.parametrize(
    ("name", "words", "unit", "at_axis"),
    [
        ("sqnr_db", "SQNR", "dB", "SQNR, dB"),
        ("error_pct", "error", "%", "error, %"),
        ("bits_per_weight", "bits per weight", "", "bits per weight"),
        ("value_bits", "value bits", "bits", "value bits"),
        ("gain_x", "gain", "x", "gain, x"),
        ("fp32_accuracy_pct", "FP32 accuracy", "%", "FP32 accuracy, %"),
        ("kv_cache_mb", "KV cache", "MB", "KV cache, MB"),
        ("loss", "loss", "", "loss"),
        ("bits", "bits", "", "bits"),
        ("x", "x", "", "x"),
        ("_pct", "pct", "", "pct"),
        ("copied, labels only", "copied, labels only", "", "copied, labels only"),
        ("soft, times T²", "soft, times T²", "", "soft, times T²"),
        ("准确率_pct", "准确率", "%", "准确率（%）"),
        ("准确率", "准确率", "", "准确率"),
        ("two\nlines\x1b[31m_ms", "two lines", "ms", "two lines, ms"),
    ],
)
def test_a_name_is_words_and_a_unit(name: str, words: str, unit: str, at_axis: str) -> None:
    assert (in_words(name), unit_of(name), axis_name(name)) == (words, unit, at_axis)


@pytest.mark.parametrize(
    ("name", "both"),
    [
        ("accuracy_by_bits", ("accuracy", "bits")),
        ("sqnr_db_by_group_size", ("sqnr_db", "group_size")),
        ("by_beta", ("", "beta")),
        ("loss", ("loss", "")),
        ("standby_power", ("standby_power", "")),
        ("True retention by day, %", ("True retention by day, %", "")),
    ],
)
def test_by_says_over_what(name: str, both: tuple[str, str]) -> None:
    assert measured_over(name) == both


@example("_")
@example("\x1b0")
@given(st.text(max_size=40))
def test_a_name_is_clean_on_one_line_and_without_underscores(name: str) -> None:
    for shown in (in_words(name), axis_name(name)):
        assert "_" not in shown and "\n" not in shown and clean(shown) == shown
    if any(character.isalnum() for character in clean(name)):
        assert in_words(name)


def test_no_name_of_our_demos_is_shown_in_snake_case() -> None:
    for path in DEMOS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                keys = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
                assert all(in_words(key) and "_" not in axis_name(key) for key in keys), path
