"""JSON as models write it is read; valid JSON is read as JSON says."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.examiner.loose_json import Loose, read_loosely

VALUES = st.recursive(
    st.text() | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc é"), inner, max_size=4),
    max_leaves=12,
)


def plain(loose: Loose) -> Any:
    """What was read, without what says how far."""
    if isinstance(loose.value, dict):
        return {name: plain(inner) for name, inner in loose.value.items()}
    if isinstance(loose.value, list):
        return [plain(inner) for inner in loose.value]
    return loose.value


def as_texts(value: Any) -> Any:
    """What it should have read: no half of a pair, names as they are compared, all that is no text as it is written."""
    if isinstance(value, dict):
        return {name.strip().lower(): as_texts(inner) for name, inner in reversed(value.items())}
    if isinstance(value, list):
        return list(map(as_texts, value))
    return value if isinstance(value, str) else json.dumps(value)


@given(st.lists(VALUES, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_valid_json_is_read_whole(value: list[Any], ascii: bool, indent: int | None) -> None:
    read = read_loosely(json.dumps(value, ensure_ascii=ascii, indent=indent))
    assert read.whole and plain(read) == as_texts(value)


@given(st.text("{}[]\"'\\,: u0aé\n") | st.text())
def test_it_reads_whatever_stands_there(text: str) -> None:
    assert isinstance(read_loosely(text), Loose)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{points: [1, 2,], better: 'do it',}", {"points": ["1", "2"], "better": "do it"}),
        ('{"a": "he said "yes" to it", "b": "c"}', {"a": 'he said "yes" to it', "b": "c"}),
        ('[{"a": "b", {"a": "c"}]', [{"a": "b"}]),
        ('[{"a": "b"  ]', [{"a": "b"}]),
        ('{"a": "b" "c": "d"}', {"a": "b", "c": "d"}),
        ("{'a': 'don't', 'b': True}", {"a": "don't", "b": "True"}),
        (r'["\alpha \u00e9 \ud83d\ude00 \"x\""]', [r"\alpha é 😀 " + '"x"']),
        ('{"a": "two\nlines"}', {"a": "two\nlines"}),
    ],
)
def test_what_small_models_write(text: str, value: object) -> None:
    assert plain(read_loosely(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [('["one", "tw', ["one", "tw"]), ('["one", "tw\\', ["one", "tw"]), (r'["\u4e', [""]), ('{"a": {"b', {"a": {}})],
)
def test_what_is_only_begun_is_read_as_far(text: str, value: object) -> None:
    read = read_loosely(text)
    assert not read.whole and plain(read) == value


def test_deep_and_long_text_takes_no_longer_than_it_is() -> None:
    began = time.process_time()
    for text in (
        "[" * 64_000,
        '{"a":' * 12_000,
        '"' * 64_000,
        " " * 64_000,
        '" ' * 32_000,
        "\\" * 64_000,
        "['" * 32_000,
    ):
        read_loosely(text)
        read_loosely("[" + text)
    assert time.process_time() - began < 5
