"""The official YAML test suite against the reader: the values of PyYAML's BaseLoader, or a clear error.

What BaseLoader loads and a deck may not hold is in `LIMITS`; `LIBYAML` are texts that PyYAML's own parser takes and
libyaml, on which the reader stands, does not. `data/yaml-test-suite.json` says where the suite is from (MIT).
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards.text_file import Unreadable
from quizapp.cards.yaml_reader import Node, read_nodes, read_values

CASES: list[tuple[str, str, bool]] = json.loads((Path(__file__).parent / "data" / "yaml-test-suite.json").read_text())[
    "cases"
]
# What our error says → how many cases of the suite BaseLoader loads, and a deck may not hold.
LIMITS = {
    "is a tag": 32,
    "start with !": 1,
    "is an anchor": 20,
    "a second document starts here": 12,
    "the file is empty": 3,
    "is a directive of YAML": 5,
}
LIBYAML = {
    "a tab cannot indent YAML": ["96NN/0", "96NN/1", "R4YG", "Y79Y/1"],
    "`:` stands where": ["4ABK"],
}


def plain(node: Node) -> Any:
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(item) for key, (_, item) in node.value.items()}
    return node.value


def loaded(text: str, loader: Any) -> list[Any] | None:
    """The documents, or None for what is not YAML."""
    try:
        return list(yaml.load_all(text, loader))
    except (yaml.YAMLError, TypeError, ValueError):  # a key that is no text
        return None


def refused(text: str) -> Unreadable | None:
    try:
        read_values(text)
    except Unreadable as error:
        return error
    return None


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 402 and sum(fails for _, _, fails in CASES) == 94


@pytest.mark.parametrize(("name", "text"), [case[:2] for case in CASES], ids=[case[0] for case in CASES])
def test_a_case_reads_as_the_base_loader_reads_it_or_is_refused_for_a_reason(name: str, text: str) -> None:
    error = refused(text)
    if error is None:
        value = read_values(text)
        assert plain(read_nodes(text)) == value
        assert loaded(text, yaml.CBaseLoader) == [value]
        assert loaded(text, yaml.BaseLoader) in ([value], None)
        return
    with pytest.raises(Unreadable) as again:
        read_nodes(text)
    assert str(again.value) == str(error)
    assert str(error) and "\n" not in str(error)
    lines = text.count("\n") + text.count("\r") + 1
    assert 0 <= error.line <= lines + 1
    if loaded(text, yaml.BaseLoader) is not None:
        known = [part for part in (*LIMITS, *LIBYAML) if part in str(error)]
        assert known and name in LIBYAML.get(known[0], [name]), str(error)


def test_the_table_of_limits_says_what_there_is() -> None:
    """Neither more nor less: a limit that a change lifts leaves the table too."""
    errors = [str(error) for _, text, _ in CASES if loaded(text, yaml.BaseLoader) and (error := refused(text))]
    errors += ["the file is empty" for _, text, _ in CASES if loaded(text, yaml.BaseLoader) == [] and refused(text)]
    assert {part: sum(part in error for error in errors) for part in LIMITS} == LIMITS


def test_what_the_suite_calls_wrong_is_refused_or_read_as_pyyaml_reads_it() -> None:
    """YAML 1.2 is stricter than PyYAML in twelve cases; we are as strict as PyYAML in every one."""
    lenient = [name for name, text, fails in CASES if fails and refused(text) is None]
    assert len(lenient) == 12


SIGNS = [*"ab0 \n:-?,[]{}#|>'\"\\~<=", "\n  ", ": ", "- ", "\r\n", "é", "中", "\u2028", "\x85", "\ufeff"]
EDITS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 3), st.sampled_from(SIGNS)), max_size=4)


@given(st.sampled_from([text for _, text, _ in CASES]), st.sampled_from([text for _, text, _ in CASES]), EDITS)
def test_a_case_that_was_changed_reads_as_the_base_loader_reads_it(first: str, second: str, edits: Any) -> None:
    """Two cases, one behind the other's first half, with signs put in and characters taken out."""
    text = first[: len(first) // 2] + second if len(edits) % 2 else first
    for share, cut, sign in edits:
        at = int(share * len(text))
        text = text[:at] + sign + text[at + cut :]
    error = refused(text)
    if error is None:
        value = read_values(text)
        assert plain(read_nodes(text)) == value
        assert loaded(text, yaml.CBaseLoader) == [value]
    elif (documents := loaded(text, yaml.CBaseLoader)) is not None:
        assert any(limit in str(error) for limit in (*LIMITS, "an alias", "twice", "`<<`", "a key has to be")), (
            documents
        )
