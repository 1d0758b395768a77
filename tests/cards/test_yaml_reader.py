"""YAML within our limits reads as PyYAML's BaseLoader reads it, with true places; everything else is refused."""

import contextlib
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import yaml_reader
from quizapp.cards.text_file import Unreadable
from quizapp.cards.yaml_reader import Node, read_nodes, read_values

SCALARS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["", " ", "no", "1:30", "012", "~", "a: b", "a #b", "- x", "'", '"', "\\", "|", "[", "{", "a\nb\n"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(SCALARS.filter(lambda k: k != "<<"), inner, max_size=4)
    ),
    max_leaves=15,
)
STYLES: Any = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, False, True]),
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([20, 80]),
        "indent": st.sampled_from([2, 4]),
    }
)
INDICATORS = st.lists(
    st.sampled_from([*"abc0 \n\t:-?,[]{}#|>'\"%@`!&*\\~<=.", "\n  ", ": ", "- ", "\r\n", "é", "中", "\u2028", "\x85"]),
    max_size=30,
).map("".join)


class NoTags(yaml.SafeDumper):
    """Writes strings as they are asked for, without a tag that our reader would refuse."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def plain(node: Node) -> Any:
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(item) for key, (_, item) in node.value.items()}
    return node.value


@given(VALUES, STYLES)
def test_what_is_dumped_is_read_as_the_base_loader_reads_it(value: Any, styles: dict[str, Any]) -> None:
    text = yaml.dump(value, Dumper=NoTags, **styles)
    expected = yaml.load(text, yaml.BaseLoader)
    try:
        read = read_values(text)
    except Unreadable as error:
        assert error.sentence.id in ("yaml.tag", "yaml.empty", "yaml.twice"), (text, error.sentence)
        return
    assert read == expected
    assert plain(read_nodes(text)) == expected


OUR_LIMITS = (
    "is a tag",
    "is an anchor",
    "is an alias",
    "is empty",
    "written twice",
    "`<<`",
    "a key has to be",
    "start with !",
)


@given(INDICATORS)
def test_any_text_reads_as_the_base_loader_reads_it_or_is_refused(text: str) -> None:
    def outcome(read: Any) -> Any:
        try:
            return read(text)
        except Unreadable as error:
            return (str(error), error.line, error.column)

    ours = outcome(read_values)
    assert outcome(lambda text: plain(read_nodes(text))) == ours
    if isinstance(ours, tuple):
        with contextlib.suppress(yaml.YAMLError):
            yaml.load(text, yaml.BaseLoader)
            assert any(limit in ours[0] for limit in OUR_LIMITS)
    else:
        assert yaml.load(text, yaml.CBaseLoader) == ours
        with contextlib.suppress(yaml.YAMLError):
            assert yaml.load(text, yaml.BaseLoader) == ours


@given(INDICATORS)
def test_the_pure_parser_refuses_and_reads_the_same_way(text: str) -> None:
    """Where libyaml is missing PyYAML's own parser takes its place: it must fail as gently."""
    libyaml = yaml_reader._Loader
    try:
        yaml_reader._Loader = yaml.SafeLoader
        read_nodes(text)
    except Unreadable as error:
        assert str(error)
    finally:
        yaml_reader._Loader = libyaml


def test_every_node_knows_where_it_stands() -> None:
    text = "a: plain text\n中文: 'it''s'\nlist:\n  - one  # comment\n  - {x: 1}\n"
    root = read_nodes(text)
    key, value = root.value["中文"]
    assert (key.start.line, key.start.column) == (2, 1)
    assert text[value.start.index : value.end.index] == "'it''s'"
    assert (value.value, value.style) == ("it's", "'")
    one, mapping = root.value["list"][1].value
    assert text[one.start.index : one.end.index] == "one"
    assert (one.start.line, one.start.column, one.style) == (4, 5, "")
    assert text[mapping.start.index : mapping.end.index] == "{x: 1}"
    assert (mapping.style, root.style) == ("flow", "block")


def test_only_the_wanted_entries_keep_their_nodes() -> None:
    root = read_nodes("cards:\n  - a: 1\n  - a: 2\n  - a: 3\n", {3})
    assert [plain(entry) for entry in root.value["cards"][1].value] == [{}, {"a": "2"}, {}]


def test_entries_are_made_while_they_are_read() -> None:
    seen: list[tuple[dict[str, Any], int, dict[str, Any]]] = []
    lengths = []

    def each(raw: dict[str, Any], line: int, length: int, root: dict[str, Any]) -> str:
        seen.append((raw, line, dict(root)))
        lengths.append(length)
        return "made"

    text = "deck: x\ntitle: {en: T}\ncards:\n  - a: {b: [{c: d}]}\n\n  - e: f\n  - g\n"
    assert read_values(text, each) == {"deck": "x", "title": {"en": "T"}, "cards": ["made", "made", "g"]}
    assert [line for _, line, _ in seen] == [4, 6]
    assert lengths == [len("a: {b: [{c: d}]}\n\n  - "), len("e: f\n  - ")]
    assert seen[0][0] == {"a": {"b": [{"c": "d"}]}}
    assert seen[0][2] == {"deck": "x", "title": {"en": "T"}}


def test_thirty_two_levels_are_read_and_one_more_is_not() -> None:
    assert read_values("[" * 32 + "]" * 32) is not None
    for read in (read_values, read_nodes):
        with pytest.raises(Unreadable, match="nested too deep"):
            read("[" * 33 + "]" * 33)


@pytest.mark.parametrize("text", ["[" + "a," * 2_000_001 + "]", "a: b\n" * 1_000_001], ids=["list", "mapping"])
def test_a_crowd_of_values_is_refused_before_it_is_read(text: str) -> None:
    for read in (read_values, read_nodes):
        with pytest.raises(Unreadable, match="may have more than"):
            read(text)
