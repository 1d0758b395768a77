"""One value of a mapping is set or taken out, and nothing else changes."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.mapping import is_empty, set_value
from quizapp.cards.text_file import Unreadable
from quizapp.cards.yaml_reader import read_values


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("", "a", 1, "a: 1\n"),
        ("# mine\n", "a", True, "# mine\na: true\n"),
        ("a: 1  # one\nb: 2\n", "a", 3, "a: 3  # one\nb: 2\n"),
        ("a: 1", "b", "zh-CN.x", "a: 1\nb: zh-CN.x\n"),
        ("a: 1\r\n# end\r\n", "b", "yes", 'a: 1\r\n# end\r\nb: "yes"\r\n'),
        ('"a": "x # y"  # z\n', "a", "# v", '"a": "# v"  # z\n'),
        ("a:\nb: 2\n", "a", [1.0, 10.5], "a: [1, 10.5]\nb: 2\n"),
        ("a: # first\n  - 1\n  # second\n  - 2 # third\nb: 2\n", "a", [5], None),
        ("{a: 1}\n", "b", 2, "{a: 1, b: 2}\n"),
        ('{ "a": 1 }\n', "b", "x y", '{ "a": 1, "b": x y }\n'),
        ("a: 1\n", "k.x", "g", 'a: 1\nk:\n  x: "g"\n'),
        ("k:\n  x: g # why\n\na: 1\n", "k.y", ["g", "f5"], 'k:\n  x: g # why\n  y: ["g", f5]\n\na: 1\n'),
        ("k:\n# nothing yet\na: 1\n", "k.y", "f5", "k:\n  y: f5\n# nothing yet\na: 1\n"),
        ("k: {x: g}\n", "k.y", "f5", "k: {x: g, y: f5}\n"),
        ("k: {}\n", "k.y", "f5", "k: {y: f5}\n"),
        ("k: {x: g, y: f5}\n", "k.x", None, "k: {y: f5}\n"),
        ("k: {x: g, y: f5}\n", "k.y", None, "k: {x: g}\n"),
        ("k:\n  x: g # why\n  y: f5\n", "k.x", None, "k:\n  # why\n  y: f5\n"),
        ("k:\n  x: g\n  y: f5\n", "k.x", None, "k:\n  y: f5\n"),
        ("k:\n  x: g\na: 1\n", "k.x", None, "k:\na: 1\n"),
        ("a: 1\nb: 2", "b", None, "a: 1\n"),
        ("a: 1\n", "b", None, "a: 1\n"),
    ],
)
def test_one_value_changes(before: str, path: str, value: Any, after: str | None) -> None:
    changed = set_value(before, path.split("."), value)
    if after is None:
        assert sorted(re.findall("# [a-z]+", changed)) == ["# first", "# second", "# third"]
    else:
        assert changed == after


def test_what_cannot_be_changed_alone_is_refused() -> None:
    for text in ("- 1\n", "a: [\n", "a: 1\n...\n# end\n"):
        with pytest.raises(Unreadable):
            set_value(text, ["b"], 2)
    with pytest.raises(Unreadable):
        set_value("k: 1\n", ["k", "x"], 2)
    for name in ("- x", "# x"):  # what is written then is YAML, but something else
        with pytest.raises(Unreadable, match="without changing more"):
            set_value("", [name], 1)


def test_comments_are_told_from_content_in_no_time() -> None:
    assert is_empty("# # # # \n\t#" * 1000)
    assert not is_empty("# # # # \n\t#" * 1000 + "\nx")


names = st.sampled_from(["a", "b", "keys", "answer.good", "x-y"])
texts = st.text(st.sampled_from("ab1 .#:-'\"\\[]{},&*?|>%@`~文=\t"), max_size=8)
values = st.one_of(
    st.integers(0, 99),
    st.booleans(),
    texts,
    st.sampled_from(["yes", "null", "~", "0x1", "1:30"]),
    st.lists(texts, max_size=3),
)
steps = st.lists(st.tuples(st.lists(names, min_size=1, max_size=2), st.none() | values), max_size=8)
starts = st.sampled_from(
    ["", "# top\n\n", "z: 1  # keep\n# end", "z: 1\r\n# keep\r\n", "{z: 1}\n", "z: |\n  text\n\n# keep\n"]
)


@given(starts, steps)
def test_many_changes_leave_what_they_say_and_every_comment(start: str, changes: list[tuple[list[str], Any]]) -> None:
    began: Any = read_values(start) if "z" in start else {}
    text, meant = start, dict(began)
    for path, value in changes:
        inner: Any = meant if len(path) == 1 else meant.setdefault(path[0], {})
        try:
            text = set_value(text, path, value)
        except Unreadable:
            assert not isinstance(inner, dict)  # a value stands where a mapping is wanted
            continue
        if not isinstance(inner, dict):
            assert value is None
        elif value is None:
            inner.pop(path[-1], None)
        else:
            said = [f"{item}" for item in value] if isinstance(value, list) else value
            inner[path[-1]] = (
                str(said).lower() if isinstance(said, bool) else said if isinstance(said, list) else str(said)
            )
    found: Any = read_values(text) if re.sub(r"(?m)^\s*#.*$", "", text).strip() else {}
    empty: tuple[object, ...] = ("", {})
    assert {k: v for k, v in found.items() if v not in empty} == {k: v for k, v in meant.items() if v not in empty}
    assert [c for c in ("# top", "# keep", "# end") if c in start] == [
        c for c in ("# top", "# keep", "# end") if c in text
    ]
