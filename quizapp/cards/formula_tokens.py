"""What pylatexenc read of a formula, one sign or node after the other."""

from collections.abc import Sequence
from typing import Any


class FormulaTokens:
    """The nodes of a formula one by one: a sign of plain text, or a node; blanks mean nothing."""

    def __init__(self, nodes: Sequence[Any]) -> None:
        self._tokens: list[Any] = []
        for node in nodes:
            if is_node(node, "Chars"):
                self._tokens += [sign for sign in node.chars if not sign.isspace()]
            elif is_node(node, "Specials"):
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

    def take(self, sign: str) -> bool:
        """Whether this sign comes next; it is passed then."""
        comes = isinstance(token := self.peek(), str) and token == sign
        self._at += comes
        return comes

    def back(self) -> None:
        self._at -= 1


def is_node(node: Any, kind: str) -> bool:
    """Whether a node of pylatexenc is of that kind: Group, Macro, Chars, ..."""
    return type(node).__name__ == f"Latex{kind}Node"


def macro_name(token: Any) -> str | None:
    """The name of the command that a token is, without its backslash; None for any other."""
    return token.macroname if is_node(token, "Macro") else None


def parted_nodes(nodes: Sequence[Any], at: str) -> list[list[Any]]:
    """The nodes, parted at a sign or a command of that name."""
    parts: list[list[Any]] = [[]]
    for node in nodes:
        if (is_node(node, "Specials") and node.specials_chars == at) or macro_name(node) == at:
            parts.append([])
        else:
            parts[-1].append(node)
    return parts
