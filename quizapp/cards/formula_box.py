"""Pieces of a drawn formula: blocks of text that stand beside and above each other, aligned at their baselines."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from rich.cells import cell_len

Side = Literal["left", "middle", "right"]

_UP = dict(zip("0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ⊤′*",
               "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡᵀ′*", strict=True))  # fmt: skip
_DOWN = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ",
                 "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))  # fmt: skip
# Top, filling, middle and bottom of a bracket that is higher than a line.
_TALL = {
    "(": "⎛⎜⎜⎝", ")": "⎞⎟⎟⎠", "[": "⎡⎢⎢⎣", "]": "⎤⎥⎥⎦", "{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭", "|": "││││", "‖": "║║║║",
    "⌊": "⎢⎢⎢⎣", "⌋": "⎥⎥⎥⎦", "⌈": "⎡⎢⎢⎢", "⌉": "⎤⎥⎥⎥", "⟨": "⎧⎪⟨⎩", "⟩": "⎫⎪⟩⎭",
}  # fmt: skip


class Box(Struct, frozen=True):
    """Lines of the same width in cells; number `base` of them, from 0, is the one that stands on the baseline."""

    lines: tuple[str, ...]
    base: int = 0

    @property
    def width(self) -> int:
        return cell_len(self.lines[0])

    @property
    def height(self) -> int:
        return len(self.lines)


def row(text: str) -> Box:
    """One line."""
    return Box((text,))


def in_a_row(boxes: Sequence[Box]) -> Box:
    """From left to right, their baselines in one line."""
    if not boxes:
        return row("")
    above = max(box.base for box in boxes)
    below = max(box.height - box.base for box in boxes)
    padded = [_at_height(box, above - box.base, below - (box.height - box.base)) for box in boxes]
    return Box(tuple("".join(parts) for parts in zip(*padded, strict=True)), above)


def _at_height(box: Box, above: int, below: int) -> list[str]:
    blank = " " * box.width
    return [blank] * above + list(box.lines) + [blank] * below


def stacked(boxes: Sequence[Box], base: int, side: Side = "middle") -> Box:
    """From top to bottom; the baseline is that of box number `base`."""
    width = max(box.width for box in boxes)
    lines = [_padded(line, width, side) for box in boxes for line in box.lines]
    return Box(tuple(lines), sum(box.height for box in boxes[:base]) + boxes[base].base)


def _padded(line: str, width: int, side: Side) -> str:
    room = width - cell_len(line)
    left = {"left": 0, "middle": room // 2, "right": room}[side]
    return " " * left + line + " " * (room - left)


def fraction(above: Box, below: Box) -> Box:
    """One over the other, parted by a line, which is the baseline."""
    bar = row("─" * (max(above.width, below.width) + 2))
    return stacked([above, bar, below], 1)


def scripted(body: Box, above: Box | None, below: Box | None) -> Box:
    """An exponent and an index behind the body: small letters where there are such, else raised, lowered."""
    small_up = above and small(above, _UP)
    small_down = below and small(below, _DOWN)
    if body.height == 1 and (not above or small_up) and (not below or small_down):
        return in_a_row([body, row((small_down or "") + (small_up or ""))])
    parts: list[Box] = []
    if above:
        parts.append(above)
    parts.append(row(" ") if body.height == 1 else Box((" ",) * body.height, body.base))
    if below:
        parts.append(below)
    return in_a_row([body, stacked(parts, 1 if above else 0, "left")])


def small(box: Box, letters: dict[str, str]) -> str:
    """The line in small letters; "" where one of them has none."""
    text = box.lines[0].replace(" ", "") if box.height == 1 else ""
    return "".join(letters[sign] for sign in text) if text and all(sign in letters for sign in text) else ""


def flat_script(box: Box, *, up: bool) -> str:
    """An exponent or an index within a line."""
    text = box.lines[0].strip()
    found = small(box, _UP if up else _DOWN)
    if found or not text:
        return found
    return ("^" if up else "_") + (text if len(text) == 1 or text.isalnum() else f"({text})")


def bracketed(left: str, body: Box, right: str) -> Box:
    """In brackets as high as the body; "" or "." is none."""
    return in_a_row([_bracket(left, body), body, _bracket(right, body)])


def _bracket(sign: str, body: Box) -> Box:
    if sign in ("", "."):
        return row("")
    if body.height == 1:
        return row(sign)
    if sign not in _TALL:
        return Box(tuple(sign if i == body.base else " " for i in range(body.height)), body.base)
    tall = _TALL[sign]
    signs = [tall[0], *[tall[1]] * (body.height - 2), tall[3]]
    if sign in "{}⟨⟩" and body.height > 2:
        signs[body.height // 2] = tall[2]
    return Box(tuple(signs), body.base)


def root(body: Box, index: Box | None) -> Box:
    """Under a root, with a small index before it."""
    before = small(index, _UP) if index else ""
    if body.height == 1 and body.width == 1:
        return row(f"{before}√{body.lines[0]}")
    if body.height == 1:
        before = before or ""
        return Box((" " * (cell_len(before) + 1) + "_" * body.width, f"{before}√{body.lines[0]}"), 1)
    lines = ["_" * body.width, *body.lines]
    sign = [" " * (body.height - i) + "╱" + " " * i for i in range(body.height)]
    sign = [" " * (body.height + 1), *sign]
    sign[-1] = (before or "√") + sign[-1][max(1, cell_len(before)) :]
    width = max(map(cell_len, sign))
    parts = (f"{_padded(mark, width, 'right')}{line}" for mark, line in zip(sign, lines, strict=True))
    return Box(tuple(parts), body.base + 1)


def grid(rows: Sequence[Sequence[Box]], sides: Sequence[Side]) -> Box:
    """Cells in rows and columns; `sides` says, in turn, where a column's cells stand. The baseline is the middle."""
    columns = max(map(len, rows))
    full = [[*cells, *[row("")] * (columns - len(cells))] for cells in rows]
    widths = [max(cells[i].width for cells in full) for i in range(columns)]
    lines: list[str] = []
    for cells in full:
        gap = " " if len(sides) > 1 else "  "
        padded = [
            Box(tuple(_padded(line, widths[i], sides[i % len(sides)]) for line in cell.lines), cell.base)
            for i, cell in enumerate(cells)
        ]
        parted = [part for i, cell in enumerate(padded) for part in ([row(gap)] if i and gap else []) + [cell]]
        lines += in_a_row(parted).lines
    return Box(tuple(lines), len(lines) // 2 if len(lines) % 2 else len(lines) // 2 - 1)
