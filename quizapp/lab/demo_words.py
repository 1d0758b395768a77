"""What a demo says of itself in words, read with `ast`: nothing of it runs.

    LABELS = {"sqnr_db": "signal to rounding noise", "kept": ("weights kept", "%")}
    ZH = {"title": "...", "about": "...", "knobs": {"bits": "比特数"}, "measures": {"sqnr_db": "信噪比"}}

    TIMED = ("speed_x",)

`LABELS` are English words for measures and lines, with a unit where the name does not end in one; `TIMED` are those
that come from a clock.
"""

import ast
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from quizapp.draw.names import Label, in_words, on_one_line, unit_of
from quizapp.words import Language, clean

MOST_LABELS = 200
_LONGEST, _LONGEST_ABOUT = 200, 4_000  # characters


class DemoWords(Struct, frozen=True):
    """What it says in one language; "" and names that are missing are as in the source. `labels` are those of its
    knobs, measures and lines."""

    title: str = ""
    about: str = ""
    labels: dict[str, Label] = {}


def demo_words(tree: ast.Module) -> dict[Language, DemoWords]:
    """The words that stand in a script, by language; what is not written as above is left out."""
    found: dict[Language, DemoWords] = {}
    timed = _literal(tree, "TIMED")
    names = [name for name in timed if isinstance(name, str)][:MOST_LABELS] if isinstance(timed, tuple) else []
    if english := _timed(names, _labels(_literal(tree, "LABELS"))):
        found["en"] = DemoWords(labels=english)
    chinese = _literal(tree, "ZH")
    if isinstance(chinese, dict) and chinese:
        title, about = chinese.get("title"), chinese.get("about")
        found["zh"] = DemoWords(
            on_one_line(title)[:_LONGEST] if isinstance(title, str) else "",
            clean(about)[:_LONGEST_ABOUT] if isinstance(about, str) else "",
            _timed(names, _in_chinese({**_labels(chinese.get("knobs")), **_labels(chinese.get("measures"))})),
        )
    return found


def _timed(names: list[str], labels: dict[str, Label]) -> dict[str, Label]:
    """The labels, also of what has no other words, with which of them are timed."""
    found = {name: labels.get(name) or Label(on_one_line(in_words(name))[:_LONGEST]) for name in names}
    return labels | {name: replace(one, timed=True) for name, one in found.items() if one.words}


def _in_chinese(labels: dict[str, Label]) -> dict[str, Label]:
    """So many times is written 倍."""
    return {name: replace(one, unit="倍") if unit_of(name, labels) == "x" else one for name, one in labels.items()}


def _literal(tree: ast.Module, name: str) -> object:
    """What is assigned to `name`, if it is written out."""
    for node in reversed(tree.body):
        if isinstance(node, ast.Assign) and [ast.Name] == [type(target) for target in node.targets]:
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == name:
                try:
                    return ast.literal_eval(node.value)
                except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                    return None
    return None


def _labels(written: object) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    if isinstance(written, Mapping):
        for name, value in list(written.items())[:MOST_LABELS]:
            words, unit = value if isinstance(value, tuple) and len(value) == 2 else (value, None)
            if isinstance(name, str) and isinstance(words, str) and words and isinstance(unit, str | None):
                labels[name] = Label(on_one_line(words)[:_LONGEST], None if unit is None else on_one_line(unit)[:20])
    return labels
