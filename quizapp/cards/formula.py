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

LONGEST_FORMULA = 2000  # characters
WIDEST, HIGHEST = 200, 30  # cells and lines of a drawing
PieceKind = Literal["word", "name", "ratio", "sign", "relation", "open", "close", "comma", "big", "blank"]
Piece = tuple[PieceKind, Box]

_RELATIONS = frozenset("=<>≤≥≈≠∼≃≅≡∝∈∉⊂⊆⊃→←↦⇒⇐⇔≪≫≔≜∣⟶⟹⊢")
_SIGNS = frozenset("+−×·∗±∓⋅∘⊙⊗⊕∧∨∩∪÷∖")
_BLANKS = {",": " ", ":": " ", ";": " ", " ": " ", "!": "", "quad": "  ", "qquad": "    ", "~": " ", "thinspace": " "}
_NOTHING = frozenset(
    """
    displaystyle textstyle scriptstyle limits nolimits bigl bigr Bigl Bigr big Big bigg Bigg biggl biggr Biggl Biggr
    middle nonumber notag hline label
    """.split()  # noqa: SIM905
)
_NAMES = frozenset(
    """
    log ln exp sin cos tan tanh sinh cosh max min sup inf lim arg det dim ker Pr gcd deg argmax argmin softmax relu
    sigmoid diag tr rank sign round clip KL
    """.split()  # noqa: SIM905
)
_BIG = {"sum": "∑", "prod": "∏", "int": "∫", "bigcup": "⋃", "bigcap": "⋂", "oint": "∮", "iint": "∬", "coprod": "∐"}
_LIMITED = frozenset("∑∏⋃⋂∐")
_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "vec": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "overline": "\u0305", "underline": "\u0332", "check": "\u030c",
}  # fmt: skip
_PLAIN = frozenset(
    """
    text mathrm mathit mathsf mathtt mathbf boldsymbol bm textbf textit texttt textrm rm bf
    """.split()  # noqa: SIM905
)
_SPELLED = {
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "vert": "|", "Vert": "‖", "|": "‖", "{": "{", "}": "}",
    "lbrace": "{", "rbrace": "}", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨",
    "rangle": "⟩", "mid": "∣", "top": "⊤", "intercal": "⊤", "coloneqq": "≔", "triangleq": "≜", "implies": "⟹",
    "iff": "⇔", "dots": "…", "ldots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "colon": ":", "backslash": "\\",
    "%": "%", "$": "$", "#": "#", "_": "_", "&": "&", "prime": "′", "ne": "≠", "neq": "≠", "le": "≤", "ge": "≥",
    "argmax": "argmax", "argmin": "argmin", "dagger": "†", "hslash": "ℏ", "lbrack": "[", "rbrack": "]",
}  # fmt: skip
_BOARD = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_SCRIPT = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
_OPEN, _CLOSE = frozenset("([{⌊⌈⟨"), frozenset(")]}⌋⌉⟩")
_MATRICES = {"matrix": "", "smallmatrix": "", "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||",
             "Vmatrix": "‖‖", "array": ""}  # fmt: skip
_ALIGNED = frozenset(("align", "align*", "aligned", "split", "gather", "gather*", "gathered", "equation", "equation*"))


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
    if name in _SPELLED:
        return _SPELLED[name]
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
        lines = _parted(nodes, "\\")
        if len(lines) > 1 and not self.flat:
            return stacked([self.drawn(line) for line in lines], 0, "left")
        tokens = _Tokens(nodes)
        pieces = self.pieces(tokens)
        if tokens.more():
            raise _Unknown("right")
        return _joined(pieces, tight=tight)

    def pieces(self, tokens: "_Tokens") -> list[Piece]:
        """All pieces up to the end, or to the \\right that ends them."""
        found: list[Piece] = []
        while (token := tokens.next()) is not None:
            if _macro(token) == "right":
                tokens.back()
                return found
            if isinstance(token, str) and token in "^_":
                found = self._scripts(found, token, tokens)
            elif (piece := self._piece(token, tokens)) is not None:
                found.append(piece)
        return found

    def _scripts(self, found: list[Piece], sign: str, tokens: "_Tokens") -> list[Piece]:
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
        if (kind == "big" and body.lines[0] in _LIMITED) or kind == "name":
            stack = [*([up] if up else []), body, *([down] if down else [])]
            return [*rest, (kind, stacked(stack, 1 if up else 0))]
        return [*rest, (kind, scripted(body, up, down))]

    def _argument(self, tokens: "_Tokens", *, tight: bool = False) -> Box:
        """What the next token draws: a group, a command, or a sign."""
        token = tokens.next()
        if token is None:
            raise _Unknown("no argument")
        if _is(token, "Group"):
            return self.drawn(token.nodelist, tight=tight)
        piece = self._piece(token, tokens)
        return piece[1] if piece else row("")

    def _piece(self, token: Any, tokens: "_Tokens") -> Piece | None:
        if isinstance(token, str):
            return _sign(token)
        if _is(token, "Group"):
            return "word", self.drawn(token.nodelist)
        if _is(token, "Environment"):
            return "word", self._environment(token)
        if _is(token, "Comment"):
            return None
        name = _macro(token)
        if name is None:
            raise _Unknown(type(token).__name__)
        return self._command(name, _Arguments(token, tokens, self))

    def _command(self, name: str, given: "_Arguments") -> Piece | None:
        if name in _NOTHING:
            return None
        if name in _BLANKS:
            return "blank", row(_BLANKS[name])
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
        if name in _PLAIN or name in ("operatorname", "operatorname*", "mathop"):
            return ("name" if name.startswith(("operator", "mathop")) else "word"), row(given.plain())
        if name in ("mathbb", "mathcal", "mathscr", "mathfrak"):
            table = _BOARD if name == "mathbb" else _SCRIPT if name in ("mathcal", "mathscr") else {}
            return "word", row("".join(table.get(sign, sign) for sign in given.plain()))
        if name in _ACCENTS:
            return "word", self._accented(given.box(), _ACCENTS[name])
        if name == "left":
            return "word", self._brackets(given.tokens)
        if name in _BIG:
            return "big", row(_BIG[name])
        if name in _NAMES:
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

    def _brackets(self, tokens: "_Tokens") -> Box:
        left = _delimiter(tokens.next())
        body = _joined(self.pieces(tokens))
        if _macro(tokens.next()) != "right":
            raise _Unknown("left")
        return bracketed(left, body, _delimiter(tokens.next()))

    def _environment(self, node: Any) -> Box:
        name = node.environmentname
        if self.flat:
            raise _Unknown(name)
        cells = [[self.drawn(cell) for cell in _parted(line, "&")] for line in _parted(node.nodelist, "\\")]
        cells = [line for line in cells if any(cell.lines[0].strip() for cell in line)] or [[row("")]]
        if name in _MATRICES:
            signs = _MATRICES[name]
            return bracketed(signs[:1], grid(cells, ("middle",)), signs[1:])
        if name == "cases":
            return bracketed("{", grid(cells, ("left",)), "")
        if name in _ALIGNED:
            sides: tuple[Side, ...] = ("right", "left")
            return grid(cells, sides)
        raise _Unknown(name)


class _Tokens:
    """The nodes of a formula one by one: a sign of plain text, or a node; blanks mean nothing."""

    def __init__(self, nodes: Sequence[Any]) -> None:
        self._tokens: list[Any] = []
        for node in nodes:
            if _is(node, "Chars"):
                self._tokens += [sign for sign in node.chars if not sign.isspace()]
            elif _is(node, "Specials"):
                self._tokens += [*node.specials_chars]
            elif node is not None:
                self._tokens.append(node)
        self._at = 0

    def more(self) -> bool:
        return self._at < len(self._tokens)

    def peek(self) -> Any:
        return self._tokens[self._at] if self.more() else None

    def next(self) -> Any:
        token = self.peek()
        self._at += 1
        return token

    def back(self) -> None:
        self._at -= 1


class _Arguments:
    """What a command was given: the nodes that were read with it, then the tokens behind it."""

    def __init__(self, node: Any, tokens: _Tokens, drawing: _Drawing) -> None:
        given = getattr(node.nodeargd, "argnlist", None) or ()
        self._optional = [arg for arg in given if _is(arg, "Group") and arg.delimiters[0] == "["]
        self._given = [arg for arg in given if arg is not None and arg not in self._optional]
        self.tokens, self._drawing = tokens, drawing

    def optional(self) -> Box | None:
        return self._drawing.drawn(self._optional[0].nodelist, tight=True) if self._optional else None

    def box(self) -> Box:
        if not self._given:
            return self._drawing._argument(self.tokens)
        node = self._given.pop(0)
        return self._drawing.drawn(node.nodelist if _is(node, "Group") else [node])

    def plain(self) -> str:
        """The words as they are written, with their blanks."""
        node = self._given.pop(0) if self._given else self.tokens.next()
        nodes = node.nodelist if _is(node, "Group") else [node]
        words = []
        for part in nodes:
            if _is(part, "Chars") or isinstance(part, str):
                words.append(part if isinstance(part, str) else " ".join(part.chars.split(" ")))
            else:
                words.append(self._drawing.drawn([part]).lines[0])
        return "".join(words).replace("\n", " ")


def _is(node: Any, kind: str) -> bool:
    return type(node).__name__ == f"Latex{kind}Node"


def _macro(token: Any) -> str | None:
    return token.macroname if _is(token, "Macro") else None


def _parted(nodes: Sequence[Any], at: str) -> list[list[Any]]:
    """The nodes, parted at & or at a line's end."""
    parts: list[list[Any]] = [[]]
    for node in nodes:
        if (_is(node, "Specials") and node.specials_chars == at) or _macro(node) == at:
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _sign(sign: str) -> Piece:
    sign = {"-": "−", "*": "∗", "'": "′", "|": "|", "~": " "}.get(sign, sign)
    if sign in _RELATIONS or sign == ":":
        return "relation", row(sign)
    if sign in _SIGNS:
        return "sign", row(sign)
    if sign in _OPEN or sign in _CLOSE:
        return ("open" if sign in _OPEN else "close"), row(sign)
    return ("comma" if sign in ",;" else "word"), row(sign)


def _delimiter(token: Any) -> str:
    if token is None:
        raise _Unknown("no bracket")
    sign = token if isinstance(token, str) else _symbol(_macro(token) or "")
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
