"""One value in the text of a YAML mapping, set or taken out; all else stays as it stands: comments, order, line ends.

As in `edit`, what comes out is read again, and refused if anything but what was asked for is different.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from quizapp.cards.edit import end_of, one_line, values_of
from quizapp.cards.text_file import Unreadable
from quizapp.cards.yaml_reader import Node, read_nodes
from quizapp.texts import tell

_COMMENT = re.compile(r"(?:^|[ \t])(#[^\r\n]*)", re.MULTILINE)
_EMPTY = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")  # each character in one way, or "# # #" takes for ever


def is_empty(text: str) -> bool:
    """Whether there is nothing but comments."""
    return _EMPTY.fullmatch(text) is not None


def set_value(text: str, path: Sequence[str], value: Any) -> str:
    """The text with `value` (a text, number, boolean, date, or a list of those) at `path`, whose mappings are made if
    they are missing; with None, without what was there. Raises Unreadable.
    """
    root = None if is_empty(text) else read_nodes(text)
    meant = _meant(values_of(root) if root is not None else {}, path, value)
    key, node, parent, depth = None, root, root, 0
    while depth < len(path) and node is not None and isinstance(node.value, dict) and path[depth] in node.value:
        parent = node
        key, node = node.value[path[depth]]
        depth += 1
    if depth < len(path):
        changed = text if value is None else _inserted(text, key, node, path[depth:], value)
    elif value is None:
        changed = _removed(text, key, node, parent)
    else:
        changed = _replaced(text, key, node, value)
    after = {} if is_empty(changed) else values_of(read_nodes(changed))
    if _filled(after) != _filled(meant):
        raise Unreadable(tell("yaml.fixed_line"))
    return changed


def _written(value: Any) -> str:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_written(item) for item in value)}]"
    return str(value) if isinstance(value, date) else json.dumps(value) if isinstance(value, bool) else f"{value:.12g}"


def _meant(values: Any, path: Sequence[str], value: Any) -> Any:
    """What the mapping should hold then, every scalar as its text."""
    inner = values if isinstance(values, dict) else {}
    if len(path) > 1:
        return {**inner, path[0]: _meant(inner.get(path[0]), path[1:], value)}
    rest = {name: item for name, item in inner.items() if name != path[0]}
    if value is None:
        return rest
    texts = [_text(item) for item in value] if isinstance(value, list | tuple) else _text(value)
    return {**rest, path[0]: texts}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _written(value)


def _filled(values: Any) -> Any:
    """The mapping without what is empty: `keys:` and no `keys` are the same."""
    if not isinstance(values, dict):
        return {} if values == "" else values
    inner = {
        name: _filled(value) if value == "" or isinstance(value, dict) else value for name, value in values.items()
    }
    return {name: value for name, value in inner.items() if value != {}}


def _replaced(text: str, key: Any, node: Any, value: Any) -> str:
    """A comment inside of what goes is set behind it."""
    end = end_of(text, node)
    lines = _line_end(text)
    first, *more = [*_COMMENT.findall(text[key.end.index : end]), ""] if node.style in ("block", "") else [""]
    put = f": {_written(value)}" + (f"  {first}" if first else "")
    put += "".join(f"{lines}{' ' * (key.start.column - 1)}{comment}" for comment in more if comment)
    return text[: key.end.index] + put + text[end:]


def _removed(text: str, key: Any, node: Any, parent: Any) -> str:
    start, end = key.start.index, end_of(text, node)
    if parent.style == "flow":
        behind = re.compile(r"\s*,\s*").match(text, end)
        before = re.search(r",\s*$", text[:start])
        if behind:
            return text[:start] + text[behind.end() :]
        return text[: before.start() if before else start] + text[end:]
    rest = re.compile(r":?[ \t]*(#[^\r\n]*)?(\r?\n|\Z)").match(text, end)
    if rest is None:
        raise Unreadable(tell("yaml.fixed_line"))
    if rest[1]:
        return text[:start] + text[rest.start(1) :]
    return text[: start - (key.start.column - 1)] + text[rest.end() :]


def _inserted(text: str, key: Any, node: Node | None, path: Sequence[str], value: Any) -> str:
    """Behind the last entry of the mapping `node`; below `key` where that holds nothing yet."""
    lines = _line_end(text)
    if node is None or node.value == "":
        indent = key.start.column + 1 if key is not None else 0
        at = _next_line(text, key.end.index) if key is not None else len(text)
    elif not isinstance(node.value, dict):
        raise Unreadable(tell("yaml.other_line"))
    elif node.style == "flow":
        quote = '"' if any(first.style == '"' for first, _ in node.value.values()) else ""  # as in JSON
        put = "{".join(f"{quote}{name}{quote}: " for name in path) + _written(value) + "}" * (len(path) - 1)
        at = node.end.index - 1
        at -= len(text[:at]) - len(text[:at].rstrip(" "))
        return text[:at] + (", " if node.value else "") + put + text[at:]
    else:
        indent = node.start.column - 1
        last = list(node.value.values())[-1][1]
        at = len(text) if key is None else _next_line(text, end_of(text, last))
    put = "".join(f"{' ' * (indent + 2 * i)}{name}:{lines}" for i, name in enumerate(path[:-1]))
    put += f"{' ' * (indent + 2 * (len(path) - 1))}{path[-1]}: {_written(value)}{lines}"
    needs = at and not text[:at].endswith("\n")
    return text[:at] + (lines if needs else "") + put + text[at:]


def _next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
