"""Formulas in LaTeX, drawn in Unicode: within a line in one, standing alone in two dimensions.

pylatexenc reads them; what is not known here is not drawn, and its source stands instead.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from quizapp.cards.formula_arguments import CommandArguments, column_sides, delimiter_sign
from quizapp.cards.formula_box import (
    MOST_FORMULA_LINES,
    Box,
    Side,
    accented,
    braced,
    bracketed,
    flat_script,
    fraction,
    grid,
    root,
    row,
    scripted,
    stacked,
)  # fmt: skip
from quizapp.cards.formula_pieces import Piece, bound, broken_pieces, joined_pieces, paired, sign_piece
from quizapp.cards.formula_signs import (
    ACCENT_SIGNS,
    ALIGNED_NAMES,
    BIG_SIGNS,
    BLANK_COMMANDS,
    BOARD_LETTERS,
    DENIED_SIGNS,
    DROPPED_ARGUMENTS,
    FUNCTION_NAMES,
    LETTER_COMMANDS,
    LIMITED_NAMES,
    LIMITED_SIGNS,
    MATRIX_SIGNS,
    ONE_SIGN,
    SEE_THROUGH,
    SILENT_COMMANDS,
    WORD_COMMANDS,
    NotDrawn,
    command_sign,
)
from quizapp.cards.formula_tokens import FormulaTokens, is_node, macro_name, parted_nodes

LONGEST_FORMULA = 2000  # characters
WIDEST_FORMULA = 200  # cells of a drawing
_LAST_ENDS = re.compile(r"(?:\s|\\\\(?!\w))+\Z")


@lru_cache(maxsize=2000)
def drawn_formula(latex: str, *, alone: bool, width: int = WIDEST_FORMULA) -> tuple[str, ...] | None:
    """The lines that draw a formula: one within a line; where it stands alone several, of at most `width` cells. None
    where it cannot be drawn so."""
    if len(latex) > LONGEST_FORMULA or "\x1b" in latex:
        return None
    try:
        nodes = _nodes(_LAST_ENDS.sub("", latex))
        box = _Drawing().fitted(nodes, min(width, WIDEST_FORMULA)) if alone else _Drawing(flat=True).drawn(nodes)
    except (NotDrawn, RecursionError):
        return None
    if box.width > WIDEST_FORMULA or box.height > MOST_FORMULA_LINES:
        return None
    return tuple(line.rstrip() for line in box.lines)


def _nodes(latex: str) -> list[Any]:
    from pylatexenc.latexwalker import LatexWalker

    try:
        nodes: list[Any] = LatexWalker(latex, tolerant_parsing=False).get_latex_nodes()[0]
    except Exception as error:  # it says in many ways that it cannot read on: of a last \verb by an IndexError
        raise NotDrawn("not read") from error
    return nodes


class _Drawing:
    """One formula; `flat` keeps it in a line, `tight` leaves out blanks around signs, as in an index."""

    def __init__(self, *, flat: bool = False, tight: bool = False) -> None:
        self.flat, self.tight = flat, tight

    def fitted(self, nodes: Sequence[Any], width: int) -> Box:
        """The nodes in at most `width` cells: lines that are too wide are broken. Raises NotDrawn."""
        if (box := self.drawn(nodes)).width <= width:
            return box
        real = [node for node in nodes if not (is_node(node, "Chars") and not node.chars.strip())]
        if len(real) == 1 and is_node(real[0], "Environment") and real[0].environmentname in ALIGNED_NAMES:
            nodes = real[0].nodelist
        lines = []
        for line in parted_nodes(nodes, "\\"):
            pieces = self.pieces(FormulaTokens([node for part in parted_nodes(line, "&") for node in part]))
            lines += [[part] for part in broken_pieces(pieces, width)]
        return grid(lines, ("left",))

    def drawn(self, nodes: Sequence[Any]) -> Box:
        """The nodes beside each other."""
        lines = parted_nodes(nodes, "\\")
        if len(lines) > 1:
            boxes = [self.drawn(line) for line in lines]
            return row("; ".join(box.lines[0] for box in boxes)) if self.flat else grid([[b] for b in boxes], ("left",))
        for name in ("over", "choose", "atop"):
            if len(parts := parted_nodes(nodes, name)) == 2:
                return self._ratio(name, *map(self.drawn, parts))
        tokens = FormulaTokens(nodes)
        pieces = self.pieces(tokens)
        if tokens.more():
            raise NotDrawn("right")
        return joined_pieces(pieces, tight=self.tight)

    def pieces(self, tokens: FormulaTokens) -> list[Piece]:
        """All pieces up to the end, or to the \\right that ends them."""
        found: list[Piece] = []
        while (token := tokens.next()) is not None:
            if macro_name(token) == "right":
                tokens.back()
                return found
            if isinstance(token, str) and token in "^_":
                found = self._scripts(found, token, tokens)
            elif isinstance(token, str) and isinstance(tokens.peek(), str) and token + tokens.peek() in ONE_SIGN:
                found.append(("relation", row(ONE_SIGN[token + tokens.next()])))
            elif (piece := self._piece(token, tokens)) is not None:
                found.append(piece)
                if piece[0] == "close" and not self.flat:
                    found = paired(found)
        return found

    def _scripts(self, found: list[Piece], sign: str, tokens: FormulaTokens) -> list[Piece]:
        """The last piece with its exponent and index, which are drawn in a line."""
        scripts: dict[str, Box] = {}
        small = _Drawing(flat=True, tight=True)
        while isinstance(sign, str) and sign in "^_":
            if sign in scripts:
                raise NotDrawn("two scripts")
            scripts[sign] = small.argument(tokens)
            sign = tokens.peek()
            if isinstance(sign, str) and sign in "^_":
                tokens.next()
        *rest, (kind, body) = found or [("word", row(""))]
        up, down = scripts.get("^"), scripts.get("_")
        if self.flat:
            below = flat_script(down, up=False) if down else ""
            return [*rest, (kind, row(body.lines[0] + below + (flat_script(up, up=True) if up else "")))]
        if kind == "limit" or (kind == "big" and body.lines[0] in LIMITED_SIGNS):
            stack = stacked([*([up] if up else []), body, *([down] if down else [])], 1 if up else 0)
            return [*rest, (kind, Box(stack.lines, stack.base, (stack.base, stack.base)) if kind == "limit" else stack)]
        return [*rest, ("word" if kind == "ratio" else kind, scripted(body, up, down))]

    def argument(self, tokens: FormulaTokens) -> Box:
        """What the next token draws: a group, a command, or a sign."""
        token = tokens.next()
        if token is None:
            raise NotDrawn("no argument")
        if is_node(token, "Group"):
            return self.drawn(token.nodelist)
        piece = self._piece(token, tokens)
        return piece[1] if piece else row("")

    def _piece(self, token: Any, tokens: FormulaTokens) -> Piece | None:
        if isinstance(token, str):
            return sign_piece(token)
        if is_node(token, "Group") or is_node(token, "Math"):
            return "word", self.drawn(token.nodelist)
        if is_node(token, "Environment"):
            return "fence", self._environment(token)
        if is_node(token, "Comment"):
            return None
        name = macro_name(token)
        if name is None:
            raise NotDrawn(type(token).__name__)
        return self._command(name, CommandArguments(token, tokens, self))

    def _command(self, name: str, given: CommandArguments) -> Piece | None:
        if name in SILENT_COMMANDS:
            return None
        if name in BLANK_COMMANDS:
            return "blank", row(BLANK_COMMANDS[name])
        if name in DROPPED_ARGUMENTS:
            given.drop()
            return ("word", given.box()) if name in ("textcolor", "colorbox") else None
        if name in BIG_SIGNS:
            return "big", row(BIG_SIGNS[name])
        if name in FUNCTION_NAMES:
            return ("limit" if name in LIMITED_NAMES else "name"), row(name)
        if name == "left":
            return "fence", self._brackets(given.tokens)
        if name == "not":
            kind, box = given.piece()
            sign = box.lines[0]
            return kind, row(DENIED_SIGNS.get(sign, f"{sign}\u0338"))
        return self._built(name, given) or self._lettered(name, given) or sign_piece(command_sign(name))

    def _built(self, name: str, given: CommandArguments) -> Piece | None:
        """What a command builds of its arguments."""
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return "ratio", self._ratio("over", given.box(), given.box())
        if name in ("binom", "dbinom", "tbinom"):
            return "word", self._ratio("choose", given.box(), given.box())
        if name == "sqrt":
            index, body = given.optional(), given.box()
            return "word", self._root(body, _Drawing(flat=True, tight=True).drawn(index) if index else None)
        if name in ("overset", "underset", "stackrel"):
            return self._beside(given.box(), given.piece(), below=name == "underset")
        if name in ("underbrace", "overbrace"):
            return "word", self._braced(given.box(), given.tokens, below=name == "underbrace")
        if name in ("xrightarrow", "xleftarrow"):
            arrow = "→" if name == "xrightarrow" else "←"
            return self._beside(given.box(), ("relation", row(arrow)), below=False)
        if name == "substack":
            return "word", given.box()
        if name in ("tag", "pmod"):
            given.tokens.take("*")
            word = "mod " if name == "pmod" else ""
            return "word", row(f"  ({word}{given.box().lines[0]})")
        return ("word", given.box()) if name in SEE_THROUGH else None

    def _lettered(self, name: str, given: CommandArguments) -> Piece | None:
        """What a command writes in other letters, or with an accent."""
        if name in ("operatorname", "mathop"):
            starred = given.tokens.take("*")
            word = given.plain()
            limited = starred or name == "mathop" or word.replace(" ", "") in LIMITED_NAMES
            return ("limit" if limited else "name"), row(word)
        if name in WORD_COMMANDS:
            return "word", row(given.plain(blanks=True))
        if name in LETTER_COMMANDS:
            letters = given.box() if given.has_scripts() else row(given.plain())
            return ("limit" if letters.lines[0] in LIMITED_NAMES else "word"), letters
        if name == "textcircled":
            number = given.plain()
            return "word", row(chr(0x245F + int(number)) if number in tuple("123456789") else f"({number})")
        if name in ("mathbb", "mathcal", "mathscr", "mathfrak", "cal"):
            table = BOARD_LETTERS if name == "mathbb" else {}
            return "word", row("".join(table.get(sign, sign) for sign in given.plain()))
        return ("word", accented(given.box(), ACCENT_SIGNS[name])) if name in ACCENT_SIGNS else None

    def _ratio(self, name: str, above: Box, below: Box) -> Box:
        if self.flat:
            over = f"{bound(above)}/{bound(below, below=True)}"
            return row(over if name == "over" else f"C({above.lines[0]}, {below.lines[0]})")
        return fraction(above, below) if name == "over" else bracketed("(", stacked([above, below], 0), ")")

    def _root(self, body: Box, index: Box | None) -> Box:
        if not self.flat:
            return root(body, index)
        before = flat_script(index, up=True) if index else ""
        return row(f"{before}√{bound(body, below=True)}")

    def _beside(self, said: Box, piece: Piece, *, below: bool) -> Piece:
        """A sign or a name with something small over or under it."""
        kind, body = piece
        if self.flat:
            return kind, row(body.lines[0] + flat_script(said, up=not below))
        stack = stacked([body, said] if below else [said, body], 0 if below else 1)
        return kind, Box(stack.lines, stack.base, (stack.base, stack.base))

    def _braced(self, body: Box, tokens: FormulaTokens, *, below: bool) -> Box:
        """What has a brace along it; what is written at the brace is its index, or its exponent."""
        label = self.argument(tokens) if tokens.take("_" if below else "^") else None
        if not self.flat:
            return braced(body, label, below=below)
        return row(f"{bound(body)}{flat_script(label, up=not below)}") if label else body

    def _brackets(self, tokens: FormulaTokens) -> Box:
        left = delimiter_sign(tokens.next())
        body = joined_pieces(self.pieces(tokens), tight=self.tight)
        if macro_name(tokens.next()) != "right":
            raise NotDrawn("left")
        return bracketed(left, body, delimiter_sign(tokens.next()))

    def _environment(self, node: Any) -> Box:
        name = node.environmentname
        aligned = name in ALIGNED_NAMES
        signs = MATRIX_SIGNS.get(name, "{" if name in ("cases", "cases*", "dcases") else "")
        if not (signs or name in MATRIX_SIGNS or aligned):
            raise NotDrawn(name)
        rows = [parted_nodes(line, "&") for line in parted_nodes(node.nodelist, "\\")]
        if self.flat and aligned:  # what stands at both sides of a mark is one line
            rows = [[[part for cell in line for part in cell]] for line in rows]
        cells = [[self.drawn(cell) for cell in line] for line in rows]
        cells = [line for line in cells if any(text.strip() for cell in line for text in cell.lines)] or [[row("")]]
        if self.flat:
            between = "  " if signs == "{" else " "
            text = "; ".join(between.join(cell.lines[0] for cell in line).strip() for line in cells)
            return row(f"{signs[:1]}{text}{signs[1:]}")
        sides: tuple[Side, ...] = ("right", "left") if aligned else ("left",)
        if name in MATRIX_SIGNS:
            sides = column_sides(node) if name == "array" else ("middle",)
        return bracketed(signs[:1], grid(cells, sides, apart=1 if aligned else 2), signs[1:])
