"""Pieces of a formula side by side: which of them has a blank before it, and where a line of them may break."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from quizapp.cards.formula_box import MOST_FORMULA_LINES, SMALL_SIGNS, Box, bracketed, in_a_row, row
from quizapp.cards.formula_signs import CLOSE_SIGNS, OPEN_SIGNS, OPERATOR_SIGNS, RELATION_SIGNS, NotDrawn

PieceKind = Literal[
    "word", "name", "limit", "ratio", "fence", "sign", "relation", "open", "close", "comma", "big", "blank"
]
Piece = tuple[PieceKind, Box]
_NAMES = ("name", "limit")
_INDENT = 4  # cells before a line that goes on with the one above
_FARTHEST = 150  # pieces between two brackets that are looked at: a stranger may open hundreds
_WIDEST_OF_ALL = 1000  # cells, before it is broken
_HANGING = r"(?:[_^](?:\w+|\([^()]*\)))*"  # indices and exponents that are not small
_PRODUCT = re.compile(rf"[√∂∇]*\w*{_HANGING}")
_FACTOR = re.compile(rf"[√∂∇d]*(?:[\d.]+|[^\W\d_]|[a-z]{{3,}}){_HANGING}")
_CALL = re.compile(r"[√∂∇]*(\w*)(?:\([^()]*\)|\|[^|]*\||‖[^‖]*‖|\{[^{}]*\}|⟨[^⟨⟩]*⟩|[⌊⌈][^⌋⌉]*[⌋⌉])")


def sign_piece(sign: str) -> Piece:
    """One sign and what it is to those beside it."""
    sign = {"-": "−", "*": "∗", "'": "′", "~": " "}.get(sign, sign)
    if sign in RELATION_SIGNS or sign in (":", "==", "=:"):
        return "relation", row(sign)
    if sign in OPERATOR_SIGNS or sign == "mod":
        return "sign", row(sign)
    if sign in OPEN_SIGNS or sign in CLOSE_SIGNS:
        return ("open" if sign in OPEN_SIGNS else "close"), row(sign)
    return ("comma" if sign in ",;" else "word"), row(sign)


def joined_pieces(pieces: Sequence[Piece], *, tight: bool = False) -> Box:
    """The pieces with a blank where one belongs; `tight`, as in an index, without those around signs."""
    boxes: list[Box] = []
    before: PieceKind | None = None
    for i, (kind, box) in enumerate(pieces):
        if kind == "ratio" and box.height == 1:
            kind, box = "word", _apart(pieces, i)
        unary = kind == "sign" and before in (None, "open", "relation", "sign", "comma", "big")
        around = kind in ("relation", "sign") and not unary and not tight
        named = kind in _NAMES and before in ("word", "close", "fence", "ratio", *_NAMES)
        behind = before in _NAMES and kind in ("word", "ratio", "big")
        behind |= kind == "big" and box.lines[box.base][:1] != " " and before in ("word", "close", "fence")
        loose = around or before == "comma" or (before == "big" and kind != "open")
        if boxes and (named or behind or (loose and not tight) or _would_merge(boxes, before, kind, box)):
            boxes.append(row(" "))
        boxes.append(box)
        if around and i + 1 < len(pieces):
            boxes.append(row(" "))
        before = "open" if unary else kind
    found = in_a_row(boxes)
    if found.width > _WIDEST_OF_ALL or found.height > MOST_FORMULA_LINES:
        raise NotDrawn("large")
    return found


def _would_merge(boxes: Sequence[Box], before: PieceKind | None, kind: PieceKind, box: Box) -> bool:
    """Whether two things would be read as one: fractions by their lines, an index that is not small and a letter."""
    last = boxes[-1].lines[boxes[-1].base] if boxes else ""
    if kind == "ratio":
        return before == "ratio" or last[-1:] == "−"
    _, mark, index = last.rpartition("_" if last.rfind("_") > last.rfind("^") else "^")
    return bool(mark and index) and index.isalnum() and box.lines[box.base][:1].isalnum()


def _apart(pieces: Sequence[Piece], at: int) -> Box:
    """A fraction within a line, in brackets where it stands beside what it would be read together with."""
    _, box = pieces[at]
    beside_it = [pieces[i] for i in (at - 1, at + 1) if 0 <= i < len(pieces)]
    joins = any(kind in ("word", "big", "ratio", "fence", *_NAMES) and one.lines != (".",) for kind, one in beside_it)
    return row(f"({box.lines[0]})") if joins else box


def paired(pieces: list[Piece]) -> list[Piece]:
    """The pieces, the last of which closes a bracket: with what it closes one piece, in brackets of its height, where
    that is higher than a line."""
    depth = 0
    for start in range(len(pieces) - 2, max(-1, len(pieces) - _FARTHEST), -1):
        kind, box = pieces[start]
        if kind == "open" and depth == 0:
            inside = pieces[start + 1 : -1]
            if all(one.reach == (0, 0) for _, one in inside):
                return pieces
            fence = bracketed(box.lines[0], joined_pieces(inside), pieces[-1][1].lines[0])
            return [*pieces[:start], ("fence", fence)]
        depth += (kind == "close") - (kind == "open")
    return pieces


def broken_pieces(pieces: Sequence[Piece], width: int) -> list[Box]:
    """The pieces in lines of at most so many cells: broken at wide blanks, else before a relation, else before
    a sign. Raises NotDrawn."""
    whole = joined_pieces(pieces)
    if whole.width <= width:
        return [whole]
    gaps: tuple[PieceKind, ...] = ("blank",)
    for kinds in (gaps, (*gaps, "relation"), (*gaps, "relation", "sign")):
        parts = _parted(pieces, kinds)
        lines: list[list[Piece]] = []
        for part in parts:
            if lines and joined_pieces([*lines[-1], *part]).width <= width:
                lines[-1] += part
            else:
                part = part[1:] if lines and part[0][0] == "blank" else part
                lines.append([("word", row(" " * (_INDENT - 1))), *part] if lines else part)
        boxes = [joined_pieces(line) for line in lines]
        if all(box.width <= width for box in boxes):
            return boxes
    raise NotDrawn("wide")


def _parted(pieces: Sequence[Piece], kinds: tuple[PieceKind, ...]) -> list[list[Piece]]:
    """The pieces, parted before those of such kinds that stand in no brackets and between two things."""
    parts: list[list[Piece]] = [[]]
    depth = 0
    for piece in pieces:
        kind = piece[0]
        between = parts[-1] and parts[-1][-1][0] not in ("relation", "sign", "open")
        if kind in kinds and depth <= 0 and between and (kind != "blank" or piece[1].width > 1):
            parts.append([])
        depth += (kind == "open") - (kind == "close")
        parts[-1].append(piece)
    return parts


def bound(box: Box, *, below: bool = False) -> str:
    """A part of a fraction or a root within a line: in brackets where it would be read as ending too early; `below` the
    fraction's line also where it is more than one factor."""
    text = box.lines[0].strip()
    plain = "".join(sign for sign in text if sign not in SMALL_SIGNS and not unicodedata.combining(sign))
    if call := _CALL.fullmatch(plain):
        fits = not below or len(call[1]) != 1 or not re.search(" [+−] ", plain)
    else:
        fits = len(text) == 1 or (_FACTOR if below else _PRODUCT).fullmatch(plain) is not None
    return text if fits else f"({text})"
