"""What a command of a formula is given, an array, and \\left and \\right."""

import re
from collections.abc import Sequence
from typing import Any, Protocol

from quizapp.cards.formula_box import Box, Side
from quizapp.cards.formula_pieces import Piece, joined_pieces, sign_piece
from quizapp.cards.formula_signs import NotDrawn, command_sign
from quizapp.cards.formula_tokens import FormulaTokens, is_node, macro_name


class DrawsFormulas(Protocol):
    def drawn(self, nodes: Sequence[Any]) -> Box:
        """The nodes beside each other."""

    def pieces(self, tokens: FormulaTokens) -> list[Piece]:
        """What the tokens draw, one by one."""

    def argument(self, tokens: FormulaTokens) -> Box:
        """What the next token draws."""


class CommandArguments:
    """What a command was given: the nodes that were read with it, then the tokens behind it."""

    def __init__(self, node: Any, tokens: FormulaTokens, drawing: DrawsFormulas) -> None:
        given = getattr(node.nodeargd, "argnlist", None) or ()
        self._optional = [arg for arg in given if is_node(arg, "Group") and arg.delimiters[0] == "["]
        self._given = [arg for arg in given if arg is not None and arg not in self._optional]
        self.tokens, self._drawing = tokens, drawing

    def optional(self) -> Sequence[Any] | None:
        """The nodes of the argument in [brackets]."""
        return self._optional[0].nodelist if self._optional else None

    def box(self) -> Box:
        if not self._given:
            return self._drawing.argument(self.tokens)
        return self._drawing.drawn(_inside(self._given.pop(0)))

    def drop(self) -> None:
        """The next argument is not drawn."""
        if self._given:
            self._given = self._given[1 + is_node(self._given[0], "Chars") :]  # with a star before it
        else:
            self.tokens.next()

    def piece(self) -> Piece:
        """An argument that is one thing as that, any other as a word."""
        node = self._next()
        if isinstance(node, str):
            return sign_piece(node)
        pieces = self._drawing.pieces(FormulaTokens(_inside(node)))
        return pieces[0] if len(pieces) == 1 else ("word", joined_pieces(pieces))

    def has_scripts(self) -> bool:
        """Whether an index or an exponent stands in the next argument."""
        return bool(self._given) and any(sign in self._given[0].latex_verbatim() for sign in "_^")

    def plain(self, *, blanks: bool = False) -> str:
        """The words as they are written; in some commands with their blanks."""
        words = []
        for part in _inside(self._next()):
            if is_node(part, "Chars") or isinstance(part, str):
                word = part if isinstance(part, str) else part.chars
                words.append(" ".join(re.split(r"\s", word)) if blanks else "".join(word.split()))
            else:
                words.append(self._drawing.drawn([part]).lines[0])
        return "".join(words)

    def _next(self) -> Any:
        return self._given.pop(0) if self._given else self.tokens.next()


def _inside(node: Any) -> list[Any]:
    return list(node.nodelist) if is_node(node, "Group") else [node]


def column_sides(node: Any) -> tuple[Side, ...]:
    """Where the cells of an array stand, as its letters say."""
    said = node.nodeargd.argnlist if node.nodeargd else ()
    letters = said[-1].latex_verbatim() if said and said[-1] is not None else ""
    places: dict[str, Side] = {"l": "left", "c": "middle", "r": "right"}
    return tuple(places[letter] for letter in letters if letter in places) or ("middle",)


def delimiter_sign(token: Any) -> str:
    """The sign of what \\left or \\right is given. Raises NotDrawn."""
    if token is None:
        raise NotDrawn("no bracket")
    sign = token if isinstance(token, str) else command_sign(macro_name(token) or "")
    return {"<": "⟨", ">": "⟩"}.get(sign, sign)
