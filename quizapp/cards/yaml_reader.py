"""YAML text → plain values, bounded, with the place of everything.

Built on libyaml's events (PyYAML's pure parser gives the same ones where libyaml is missing), without recursion. Every
scalar stays the text that was written: `no`, `1:30`, `012` and `3.10` are typed by the field that they are for. What a
deck has no use for and a stranger could hurt with is refused: aliases and anchors, `<<`, tags, duplicate keys, a second
document, nesting past `DEEPEST`.

`read_values` is the fast way and keeps no places; `read_nodes` goes over the same events and keeps them all, for
faults and for edits.
"""

import re
from collections.abc import Callable, Container
from typing import Any, NoReturn

import yaml
from msgspec import Struct
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quizapp.cards.text_file import Unreadable, decode, refuse_utf16
from quizapp.cards.yaml_hints import explain_syntax
from quizapp.texts import tell

DEEPEST = 32
MOST_VALUES = 2_000_000  # reading them takes about two seconds; 30,000 long cards have fewer

Value = str | list[Any] | dict[str, Any]
# The mapping, its line, the characters up to what follows it, what the root holds so far.
Each = Callable[[dict[str, Any], int, int, dict[str, Any]], Any]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What is wrong with these is where they start, not where the parser gave up.
_BEGUN = ("anchor", "alias", "simple key", "unexpected document indicator")
_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class Mark(Struct, frozen=True, order=True):
    """A place in a text: line and column count from 1, in characters; `index` counts characters from 0."""

    line: int
    column: int
    index: int


class Node(Struct):
    """A value with its places. `value` is a str, a list of nodes, or a dict of (key node, value node) by key.

    `end` is just behind the last character (of a block collection: where the next thing starts). `style` is the quote
    of a scalar, `|` or `>`, or "" where it is plain; collections have "flow" or "block".
    """

    value: Any
    start: Mark
    end: Mark
    style: str


def read_values(text: str | bytes, each: Each | None = None, tidy: Callable[[str], str] = str) -> Value:
    """The value of a document; bytes are UTF-8.

    `each` makes what takes the place of every mapping in a list one level down (a deck's cards) as soon as it is read:
    that is quicker than a second round, and a large deck is never in memory as raw values. `tidy` is applied to every
    value, but not to keys, with a character beyond ASCII. Raises Unreadable.
    """
    reader = _ValueReader(text, each, tidy)
    try:
        event = reader.get()
        if type(event) is MappingStartEvent:
            whole: Value = reader.mapping(event, 0, reader.root)
        elif type(event) is SequenceStartEvent:
            whole = reader.sequence(event, 0)
        else:
            whole = _scalar(event).value
        _end(reader.get)
    except yaml.YAMLError as error:
        _refuse_syntax(text, error)
    return whole


class _ValueReader:
    """Reads a mapping or a sequence whose first event was taken; `root` is what the document's mapping holds so far.

    The two call each other no deeper than DEEPEST. A call costs less than the bookkeeping of a stack, and a scalar is
    taken wherever one may stand rather than in a function of its own: most of what reading costs is there.
    """

    def __init__(self, text: str | bytes, each: Each | None, tidy: Callable[[str], str]) -> None:
        self.text, self.each, self.tidy = text, each, tidy
        self.get = _events(text)
        self.peek: Callable[[], Any] = self.get.__self__.peek_event  # type: ignore[attr-defined]
        self.root: dict[str, Any] = {}

    def mapping(self, event: Any, depth: int, made: dict[str, Any]) -> dict[str, Any]:
        if event.anchor or event.tag or depth == DEEPEST:
            _refuse(event)
        get = self.get
        while True:
            event = get()
            if type(event) is not ScalarEvent:
                if type(event) is not MappingEndEvent:
                    _refuse_key(event)
                if "<<" in made:
                    read_nodes(self.text, ())  # which says where
                return made
            key = event.value
            if key in made or event.anchor or event.tag:
                read_nodes(self.text, ())
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor or event.tag:
                    _refuse(event)
                value = event.value
                made[key] = value if value.isascii() or value.isprintable() else self.tidy(value)
            elif kind is MappingStartEvent:
                made[key] = self.mapping(event, depth + 1, {})
            elif kind is SequenceStartEvent:
                made[key] = self.sequence(event, depth + 1)
            else:
                _refuse(event)

    def sequence(self, event: Any, depth: int) -> list[Any]:
        if event.anchor or event.tag or depth == DEEPEST:
            _refuse(event)
        get = self.get
        made: list[Any] = []
        while True:
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor or event.tag:
                    _refuse(event)
                value = event.value
                made.append(value if value.isascii() or value.isprintable() else self.tidy(value))
            elif kind is SequenceEndEvent:
                return made
            elif kind is MappingStartEvent:
                item = self.mapping(event, depth + 1, {})
                if depth != 1 or self.each is None:
                    made.append(item)
                else:
                    start = event.start_mark
                    length = self.peek().start_mark.index - start.index
                    made.append(self.each(item, start.line + 1, length, self.root))
            elif kind is SequenceStartEvent:
                made.append(self.sequence(event, depth + 1))
            else:
                _refuse(event)


def read_nodes(text: str | bytes, only: Container[int] | None = None) -> Node:
    """The document with all its places. With `only`, mappings two levels down are kept if the line on which they start
    is in it, and else left empty: the faults of one card of ten thousand need not hold them all.

    Raises Unreadable.
    """
    get = _events(text)

    def node(event: Any, depth: int) -> Node:
        if type(event) not in (MappingStartEvent, SequenceStartEvent):
            return _scalar(event)
        if event.anchor or event.tag or depth == DEEPEST:
            _refuse(event)
        values: Any = [] if type(event) is SequenceStartEvent else {}
        made = Node(values, _mark(event.start_mark), _mark(event.end_mark), "flow" if event.flow_style else "block")
        while not isinstance(event := get(), SequenceEndEvent | MappingEndEvent):
            if isinstance(values, list):
                values.append(node(event, depth + 1))
            else:
                key = _key(event, values)
                values[key.value] = (key, node(get(), depth + 1))
        made.end = _mark(event.end_mark)
        if only is not None and depth == 2 and isinstance(values, dict) and made.start.line not in only:
            made.value = {}
        return made

    try:
        root = node(get(), 0)
        _end(get)
    except yaml.YAMLError as error:
        _refuse_syntax(text, error)
    return root


def _events(text: str | bytes) -> Callable[[], Any]:
    """The events of the first document, after its start. Raises Unreadable when there is none."""
    if len(text) > MOST_VALUES and _crowded(text.encode(errors="replace") if isinstance(text, str) else text):
        raise Unreadable(tell("yaml.many_values", most=MOST_VALUES), tell("yaml.split_deck"))
    if isinstance(text, bytes):
        refuse_utf16(text)  # libyaml would read it, and what looks for escapes in the bytes would miss them
    try:
        get: Callable[[], Any] = _Loader(text).get_event
        get()
        if type(get()) is StreamEndEvent:
            raise Unreadable(tell("yaml.empty"), tell("yaml.empty.do"))
    except yaml.YAMLError as error:
        _refuse_syntax(text, error)
    return get


def _crowded(data: bytes) -> bool:
    """Whether there may be more than MOST_VALUES values: each needs a character to set it off from the one before.

    That keeps 16 MB of `[a,a,a,...` from becoming gigabytes, and costs a fiftieth of reading.
    """
    signs = 0
    for start in range(0, len(data), 1 << 20):
        part = data[start : start + (1 << 20)]
        signs += len(part) - len(part.translate(None, b"\n,[{-:?"))
        if signs > MOST_VALUES:
            return True
    return False


def _end(get: Callable[[], Any]) -> None:
    """Read to the end of the stream. Raises Unreadable when a second document starts."""
    get()
    event = get()
    if type(event) is not StreamEndEvent:
        mark = _mark(event.start_mark)
        raise Unreadable(tell("yaml.second_document"), tell("yaml.second_document.do"), mark.line, mark.column)


def _scalar(event: Any) -> Node:
    if type(event) is not ScalarEvent or event.anchor or event.tag:
        _refuse(event)
    return Node(event.value, _mark(event.start_mark), _mark(event.end_mark), event.style or "")


def _key(event: Any, mapping: dict[str, tuple[Node, Node]]) -> Node:
    """The next key of a mapping. Raises Unreadable when it cannot be one."""
    if type(event) in (MappingStartEvent, SequenceStartEvent):
        _refuse_key(event)
    node = _scalar(event)
    if node.value == "<<":
        raise Unreadable(tell("yaml.merge"), tell("yaml.merge.do"), node.start.line, node.start.column)
    if node.value in mapping:
        first = mapping[node.value][0].start.line
        message = tell("yaml.twice", key=node.value, line=first)
        raise Unreadable(message, tell("yaml.twice.do"), node.start.line, node.start.column)
    return node


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1, mark.index)


def _refuse_key(event: Any) -> NoReturn:
    if type(event) is AliasEvent or event.anchor or event.tag:
        _refuse(event)
    mark = _mark(event.start_mark)
    raise Unreadable(tell("yaml.odd_key"), tell("yaml.odd_key.do"), mark.line, mark.column)


def _refuse(event: Any) -> NoReturn:
    """Say why what an event starts has no place in a deck."""
    mark = _mark(event.start_mark)
    message, hint = tell("yaml.deep"), tell("yaml.in_quotes")
    if type(event) is AliasEvent:
        message, hint = tell("yaml.alias", name=event.anchor), tell("yaml.alias.do", name=event.anchor)
    elif event.anchor:
        message, hint = tell("yaml.anchor", name=event.anchor), tell("yaml.anchor.do", name=event.anchor)
    elif event.tag:
        message = tell("yaml.tag", tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        hint = tell("yaml.tag.do")
    raise Unreadable(message, hint, mark.line, mark.column)


def _refuse_syntax(text: str | bytes, error: yaml.YAMLError) -> NoReturn:
    """Say a parser's error in a sentence, at its place."""
    text = text if isinstance(text, str) else decode(text)
    if bad := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - text.rfind("\n", 0, bad.start())
        message, hint = tell("yaml.control", code=ord(bad[0])), tell("yaml.control.do")
        if bad[0] == "\0":
            message, hint = tell("yaml.nul"), tell("yaml.binary.do")
        raise Unreadable(message, hint, line, column) from None
    context = str(getattr(error, "context", ""))
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "not valid YAML")
    begun = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or begun
    if mark is None:
        raise Unreadable(tell("yaml.parser", problem=problem)) from None
    at_end = not text[mark.index :].strip()  # what is open there may have been so for a thousand lines
    if begun is not None and (at_end or any(part in context + problem for part in _BEGUN)):
        mark = begun
    message, advice = explain_syntax(problem, context, text, mark.line, mark.column, (begun or mark).line)
    raise Unreadable(message, advice, mark.line + 1, mark.column + 1) from None
