"""Parts of a page of Markdown: a table, and lines that stand as they are."""

import re
from collections.abc import Sequence


def markdown_table(rows: Sequence[Sequence[str]], sides: str) -> str:
    """Rows of cells, the first their headings; each column stands at the left (l) or at the right (r)."""
    under = ["---:" if side == "r" else "---" for side in sides]
    cells = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in (rows[0], under, *rows[1:]))
    return "\n".join(f"| {row} |" for row in cells)


def fenced(text: str, lexer: str) -> str:
    """Lines that stand as they are, whatever they hold, coloured as `lexer` says."""
    fence = "`" * max(4, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{lexer}\n{text}\n{fence}"
