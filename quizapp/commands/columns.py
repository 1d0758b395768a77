"""Text in columns of a terminal, of which a Chinese character takes two."""

import re
from unicodedata import east_asian_width

# A word or one Chinese character, with the punctuation that must not begin or end a line
_UNIT = "[（“《]*(?:[!-~…]+|[^\\s（“《])[，。、；：？！）”》…]* *|."


def cells(text: str) -> int:
    """How many columns `text` takes."""
    return len(text) + sum(east_asian_width(character) in "WF" for character in text)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """`text` in `width` columns, at their left or right end."""
    room = " " * (width - cells(text))
    return room + text if right else text + room


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, if no word is longer; they break between Chinese characters too."""
    if text.isascii():
        from textwrap import wrap

        return wrap(text, width)
    lines = [""]
    for unit in re.findall(_UNIT, " ".join(text.split())):
        if lines[-1] and cells(lines[-1] + unit.rstrip()) > width:
            lines.append("")
        lines[-1] += unit
    return [line.rstrip() for line in lines]
