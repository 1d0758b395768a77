"""Formulas in LaTeX, drawn in Unicode: within a line in one, standing alone in two dimensions.

pylatexenc reads them; what is not known here is not drawn, and its source stands instead.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

from rich.cells import cell_len

from quizapp.cards.formula_box import (
    Box,
    Side,
    bracketed,
    flat_script,
    fraction,
    grid,
    in_a_row,
    root,
    row,
    scripted,
    stacked,
)  # fmt: skip
from quizapp.cards.formula_signs import (
    ACCENT_SIGNS,
    ALIGNED_NAMES,
    BIG_SIGNS,
    BLANK_COMMANDS,
    BOARD_LETTERS,
    CLOSE_SIGNS,
    FUNCTION_NAMES,
    LIMITED_SIGNS,
    MATRIX_SIGNS,
    OPEN_SIGNS,
    OPERATOR_SIGNS,
    PLAIN_COMMANDS,
    RELATION_SIGNS,
    SCRIPT_LETTERS,
    SILENT_COMMANDS,
    SPELLED_SIGNS,
)
from quizapp.cards.formula_tokens import FormulaTokens, is_node, macro_name, parted_nodes

LONGEST_FORMULA = 2000  # characters
WIDEST, HIGHEST = 200, 30  # cells and lines of a drawing
PieceKind = Literal["word", "name", "ratio", "sign", "relation", "open", "close", "comma", "big", "blank"]
Piece = tuple[PieceKind, Box]


class _Unknown(Exception):
    """Something that is not drawn."""


@lru_cache(maxsize=2000)
def drawn_formula(latex: str, *, alone: bool) -> tuple[str, ...] | None:
    """The lines that draw a formula: one within a line, several where it stands alone; None where it cannot be."""
    if len(latex) > LONGEST_FORMULA or "\x1b" in latex:
        return None
    try:
        box = _Drawing(flat=not alone).drawn(_nodes(latex))
    except (_Unknown, RecursionError):
        return None
    except Exception as error:  # pylatexenc says in several ways that it cannot read on
        if type(error).__module__.startswith("pylatexenc"):
            return None
        raise
    if box.width > WIDEST or box.height > HIGHEST:
        return None
    return tuple(line.rstrip() for line in box.lines)


def _nodes(latex: str) -> list[Any]:
    from pylatexenc.latexwalker import LatexWalker

    nodes: list[Any] = LatexWalker(latex, tolerant_parsing=False).get_latex_nodes()[0]
    return nodes


@lru_cache(maxsize=1)
def _symbols() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()


def _symbol(name: str) -> str:
    """The sign of a command without arguments. Raises _Unknown."""
    if name in SPELLED_SIGNS:
        return SPELLED_SIGNS[name]
    spec = _symbols().get_macro_spec(name)
    sign = getattr(spec, "simplify_repl", None)
    if not isinstance(sign, str) or not sign.strip() or "%" in sign or len(sign) > 6:
        raise _Unknown(name)
    return sign.strip()


class _Drawing:
    """One formula; `flat` keeps it in a line."""

    def __init__(self, *, flat: bool) -> None:
        self.flat = flat

    def drawn(self, nodes: Sequence[Any], *, tight: bool = False) -> Box:
        """The nodes beside each other; `tight` without the blanks around signs, as in an index."""
        lines = parted_nodes(nodes, "\\")
        if len(lines) > 1 and not self.flat:
            return stacked([self.drawn(line) for line in lines], 0, "left")
        tokens = FormulaTokens(nodes)
        pieces = self.pieces(tokens)
        if tokens.more():
            raise _Unknown("right")
        return _joined(pieces, tight=tight)

    def pieces(self, tokens: FormulaTokens) -> list[Piece]:
        """All pieces up to the end, or to the \\right that ends them."""
        found: list[Piece] = []
        while (token := tokens.next()) is not None:
            if macro_name(token) == "right":
                tokens.back()
                return found
            if isinstance(token, str) and token in "^_":
                found = self._scripts(found, token, tokens)
            elif (piece := self._piece(token, tokens)) is not None:
                found.append(piece)
        return found

    def _scripts(self, found: list[Piece], sign: str, tokens: FormulaTokens) -> list[Piece]:
        """The last piece with its exponent and index."""
        scripts: dict[str, Box] = {}
        while isinstance(sign, str) and sign in "^_":
            if sign in scripts:
                raise _Unknown("two scripts")
            scripts[sign] = self._argument(tokens, tight=True)
            sign = tokens.peek()
            if isinstance(sign, str) and sign in "^_":
                tokens.next()
        *rest, (kind, body) = found or [("word", row(""))]
        up, down = scripts.get("^"), scripts.get("_")
        if self.flat or (
            kind == "name" and up is None and body.lines[0] not in ("max", "min", "argmax", "argmin", "lim")
        ):
            parts = [body, *([row(flat_script(down, up=False))] if down else [])]
            return [*rest, (kind, in_a_row([*parts, *([row(flat_script(up, up=True))] if up else [])]))]
        if (kind == "big" and body.lines[0] in LIMITED_SIGNS) or kind == "name":
            stack = [*([up] if up else []), body, *([down] if down else [])]
            return [*rest, (kind, stacked(stack, 1 if up else 0))]
        return [*rest, (kind, scripted(body, up, down))]

    def _argument(self, tokens: FormulaTokens, *, tight: bool = False) -> Box:
        """What the next token draws: a group, a command, or a sign."""
        token = tokens.next()
        if token is None:
            raise _Unknown("no argument")
        if is_node(token, "Group"):
            return self.drawn(token.nodelist, tight=tight)
        piece = self._piece(token, tokens)
        return piece[1] if piece else row("")

    def _piece(self, token: Any, tokens: FormulaTokens) -> Piece | None:
        if isinstance(token, str):
            return _sign(token)
        if is_node(token, "Group"):
            return "word", self.drawn(token.nodelist)
        if is_node(token, "Environment"):
            return "word", self._environment(token)
        if is_node(token, "Comment"):
            return None
        name = macro_name(token)
        if name is None:
            raise _Unknown(type(token).__name__)
        return self._command(name, _Arguments(token, tokens, self))

    def _command(self, name: str, given: "_Arguments") -> Piece | None:
        if name in SILENT_COMMANDS:
            return None
        if name in BLANK_COMMANDS:
            return "blank", row(BLANK_COMMANDS[name])
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return "ratio", self._fraction(given.box(), given.box())
        if name == "binom":
            above, below = given.box(), given.box()
            if self.flat:
                return "word", row(f"C({above.lines[0]}, {below.lines[0]})")
            return "word", bracketed("(", stacked([above, below], 0), ")")
        if name == "sqrt":
            index, body = given.optional(), given.box()
            return "word", self._root(body, index)
        if name in PLAIN_COMMANDS or name in ("operatorname", "operatorname*", "mathop"):
            return ("name" if name.startswith(("operator", "mathop")) else "word"), row(given.plain())
        if name in ("mathbb", "mathcal", "mathscr", "mathfrak"):
            table = BOARD_LETTERS if name == "mathbb" else SCRIPT_LETTERS if name in ("mathcal", "mathscr") else {}
            return "word", row("".join(table.get(sign, sign) for sign in given.plain()))
        if name in ACCENT_SIGNS:
            return "word", self._accented(given.box(), ACCENT_SIGNS[name])
        if name == "left":
            return "word", self._brackets(given.tokens)
        if name in BIG_SIGNS:
            return "big", row(BIG_SIGNS[name])
        if name in FUNCTION_NAMES:
            return "name", row(name)
        if name in ("underbrace", "overbrace"):
            return "word", given.box()
        return _sign(_symbol(name))

    def _fraction(self, above: Box, below: Box) -> Box:
        if not self.flat:
            return fraction(above, below)
        return row(f"{_bound(above)}/{_bound(below)}")

    def _root(self, body: Box, index: Box | None) -> Box:
        if not self.flat:
            return root(body, index)
        before = flat_script(index, up=True) if index else ""
        return row(f"{before}√{_bound(body)}")

    def _accented(self, body: Box, accent: str) -> Box:
        if body.height > 1:
            raise _Unknown("accent")
        return row("".join(sign + accent if sign != " " else sign for sign in body.lines[0]))

    def _brackets(self, tokens: FormulaTokens) -> Box:
        left = _delimiter(tokens.next())
        body = _joined(self.pieces(tokens))
        if macro_name(tokens.next()) != "right":
            raise _Unknown("left")
        return bracketed(left, body, _delimiter(tokens.next()))

    def _environment(self, node: Any) -> Box:
        name = node.environmentname
        if self.flat:
            raise _Unknown(name)
        cells = [[self.drawn(cell) for cell in parted_nodes(line, "&")] for line in parted_nodes(node.nodelist, "\\")]
        cells = [line for line in cells if any(cell.lines[0].strip() for cell in line)] or [[row("")]]
        if name in MATRIX_SIGNS:
            signs = MATRIX_SIGNS[name]
            return bracketed(signs[:1], grid(cells, ("middle",)), signs[1:])
        if name == "cases":
            return bracketed("{", grid(cells, ("left",)), "")
        if name in ALIGNED_NAMES:
            sides: tuple[Side, ...] = ("right", "left")
            return grid(cells, sides)
        raise _Unknown(name)


class _Arguments:
    """What a command was given: the nodes that were read with it, then the tokens behind it."""

    def __init__(self, node: Any, tokens: FormulaTokens, drawing: _Drawing) -> None:
        given = getattr(node.nodeargd, "argnlist", None) or ()
        self._optional = [arg for arg in given if is_node(arg, "Group") and arg.delimiters[0] == "["]
        self._given = [arg for arg in given if arg is not None and arg not in self._optional]
        self.tokens, self._drawing = tokens, drawing

    def optional(self) -> Box | None:
        return self._drawing.drawn(self._optional[0].nodelist, tight=True) if self._optional else None

    def box(self) -> Box:
        if not self._given:
            return self._drawing._argument(self.tokens)
        node = self._given.pop(0)
        return self._drawing.drawn(node.nodelist if is_node(node, "Group") else [node])

    def plain(self) -> str:
        """The words as they are written, with their blanks."""
        node = self._given.pop(0) if self._given else self.tokens.next()
        nodes = node.nodelist if is_node(node, "Group") else [node]
        words = []
        for part in nodes:
            if is_node(part, "Chars") or isinstance(part, str):
                words.append(part if isinstance(part, str) else " ".join(part.chars.split(" ")))
            else:
                words.append(self._drawing.drawn([part]).lines[0])
        return "".join(words).replace("\n", " ")


def _sign(sign: str) -> Piece:
    sign = {"-": "−", "*": "∗", "'": "′", "|": "|", "~": " "}.get(sign, sign)
    if sign in RELATION_SIGNS or sign == ":":
        return "relation", row(sign)
    if sign in OPERATOR_SIGNS:
        return "sign", row(sign)
    if sign in OPEN_SIGNS or sign in CLOSE_SIGNS:
        return ("open" if sign in OPEN_SIGNS else "close"), row(sign)
    return ("comma" if sign in ",;" else "word"), row(sign)


def _delimiter(token: Any) -> str:
    if token is None:
        raise _Unknown("no bracket")
    sign = token if isinstance(token, str) else _symbol(macro_name(token) or "")
    return {"<": "⟨", ">": "⟩"}.get(sign, sign)


def _bound(box: Box) -> str:
    """A part of a fraction or root within a line: in brackets where it is more than one thing."""
    text = box.lines[0].strip()
    whole = len(text) == 1 or text.removeprefix("√").isalnum()
    return text if whole or (text[:1] == "(" and text.find(")") == len(text) - 1) else f"({text})"


def _apart(pieces: Sequence[Piece], at: int) -> Box:
    """A fraction within a line, in brackets where it stands beside what it would be read together with."""
    _, box = pieces[at]
    beside_it = [pieces[i][0] for i in (at - 1, at + 1) if 0 <= i < len(pieces)]
    joins = any(kind in ("word", "name", "big", "ratio") for kind in beside_it)
    return row(f"({box.lines[0]})") if joins and box.height == 1 else box


def _joined(pieces: Sequence[Piece], *, tight: bool = False) -> Box:
    """The pieces with a blank where one belongs."""
    boxes: list[Box] = []
    before: PieceKind | None = None
    for i, (kind, box) in enumerate(pieces):
        if kind == "ratio":
            kind, box = "word", _apart(pieces, i)
        unary = kind == "sign" and before in (None, "open", "relation", "sign", "comma", "big")
        around = kind in ("relation", "sign") and not unary and not tight
        named = kind == "name" and before in ("word", "close", "name")
        behind = before == "name" and kind in ("word", "name", "big")
        if (around or before == "comma" or named or behind or (before == "big" and kind != "open")) and boxes:
            boxes.append(row("" if tight and not (named or behind) else " "))
        boxes.append(box)
        if around and i + 1 < len(pieces):
            boxes.append(row(" "))
        before = kind if not unary else "open"
    joined = in_a_row(boxes)
    if cell_len(joined.lines[0]) > 4 * WIDEST:
        raise _Unknown("wide")
    return joined
