"""Decks, good and bad, each with the faults that it should have: the corpus that the loader and the schema share."""

import re
from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """`faults` are (line, column, a part of `where`, a part of the message or hint); `cards` counts the good cards.

    `schema` says whether the JSON Schema takes the deck.
    """

    name: str
    text: str
    faults: tuple[tuple[int, int, str, str], ...]
    cards: int
    schema: bool


def read_cases(path: Path) -> list[Case]:
    """The cases of a file that explains its own form."""
    cases = []
    for part in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, *lines = part.split("\n")
        faults = []
        cards, schema = None, False
        while lines and lines[0][:2] in ("! ", "+ ", "~ "):
            line = lines.pop(0)
            if fault := re.fullmatch(r"! (\d+):(\d+) (.*?) ?\| (.*)", line):
                faults.append((int(fault[1]), int(fault[2]), fault[3], fault[4]))
            elif line.startswith("+ "):
                cards = int(line[2:])
            else:
                schema = True
        count = cards if cards is not None else 0 if faults else 1
        cases.append(Case(name, "\n".join(lines).rstrip("\n") + "\n", tuple(faults), count, schema or not faults))
    return cases


def unwritable(name: str, text: str, *fault: tuple[int, int, str], cards: int = 0) -> Case:
    return Case(name, text, tuple((line, column, "", said) for line, column, said in fault), cards, not fault)


CASES = [
    *read_cases(Path(__file__).parent / "data" / "decks.txt"),
    unwritable("crlf", "cards:\r\n  - q: x\r\n    a: y\r\n", cards=1),
    unwritable("byte-order mark", "\ufeffcards:\n  - {q: x, a: y}\n", cards=1),
    unwritable("empty", "", (0, 0, "empty")),
    unwritable("brackets", "[" * 500, (1, 33, "nested too deep")),
    unwritable("braces", "{a: " * 100_000, (1, 129, "nested too deep")),
    unwritable("dashes", "- " * 100_000, (1, 65, "nested too deep")),
    unwritable("nul", "cards:\n  - q: \0\n", (2, 8, "NUL")),
    unwritable("bell", "cards:\n  - q: a\x07b\n", (2, 9, "U+0007")),
]
