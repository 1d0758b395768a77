"""Pieces of a drawn formula: blocks of text that stand beside and above each other, aligned at their baselines."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from rich.cells import cell_len

from quizapp.cards.formula_signs import NotDrawn

Side = Literal["left", "middle", "right"]

MOST_FORMULA_LINES = (
    30  # lines of a drawing: a stranger's would be hundreds high, and take as long, before it was left out
)

# Small letters, but those that usual fonts do not have.
_UP = dict(zip("0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβθφχ⊤′*∗⋆",
               "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᶿᵠᵡᵀ′***", strict=True))  # fmt: skip
_DOWN = dict(zip("0123456789+-−=()aehijklmnoprstuvxρχ",
                 "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵨᵪ", strict=True))  # fmt: skip
SMALL_SIGNS = frozenset(_UP.values()) | frozenset(_DOWN.values())
# Top, filling, middle and bottom of a bracket that is higher than a line.
_TALL = {
    "(": "⎛⎜⎜⎝", ")": "⎞⎟⎟⎠", "[": "⎡⎢⎢⎣", "]": "⎤⎥⎥⎦", "{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭", "|": "││││", "‖": "║║║║",
    "⌊": "⎢⎢⎢⎣", "⌋": "⎥⎥⎥⎦", "⌈": "⎡⎢⎢⎢", "⌉": "⎤⎥⎥⎥", "⟨": "⎧⎪⟨⎩", "⟩": "⎫⎪⟩⎭",
}  # fmt: skip


class Box(Struct, frozen=True):
    """Lines of the same width in cells; number `base` of them, from 0, is the one that stands on the baseline. `core`
    is the first and the last line that brackets around it embrace: all, if it is None. Indices hang out of it."""

    lines: tuple[str, ...]
    base: int = 0
    core: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        return cell_len(self.lines[0])

    @property
    def height(self) -> int:
        return len(self.lines)

    @property
    def reach(self) -> tuple[int, int]:
        """How many lines of the core stand above the baseline, and below it."""
        first, last = self.core or (0, self.height - 1)
        return self.base - first, last - self.base


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
    up, down = (max(sides) for sides in zip(*(box.reach for box in boxes), strict=True))
    return Box(tuple("".join(parts) for parts in zip(*padded, strict=True)), above, (above - up, above + down))


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
    """An exponent and an index behind the body: small letters where there are such, else raised, lowered; beside what
    is higher than a line they stand at its first and its last."""
    up, down = body.reach
    small_up, small_down = (small(box, of) if box else "" for box, of in ((above, _UP), (below, _DOWN)))
    rows: dict[int, str] = {}
    if not (up or down):
        rows[0] = small_down + small_up
        above, below = (None if small_up else above), (None if small_down else below)
    raised = (small_up,) if small_up else above.lines if above else ()
    lowered = (small_down,) if small_down else below.lines if below else ()
    if above:
        rows |= {
            at - up - (len(raised) if not (up or down) else len(raised) - 1): line for at, line in enumerate(raised)
        }
    if below:
        rows |= {at + down + (0 if up or down else 1): line for at, line in enumerate(lowered)}
    first, last = min(0, *rows), max(0, *rows)
    width = max(map(cell_len, rows.values()))
    lines = (_padded(rows.get(at, ""), width, "left") for at in range(first, last + 1))
    return in_a_row([body, Box(tuple(lines), -first, (-first, -first))])


def accented(body: Box, accent: str) -> Box:
    """The letters on the baseline with an accent, not what hangs on them."""
    on = [sign + accent if sign.isalpha() and sign not in SMALL_SIGNS else sign for sign in body.lines[body.base]]
    return Box((*body.lines[: body.base], "".join(on), *body.lines[body.base + 1 :]), body.base, body.core)


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
    up, down = body.reach
    height = up + 1 + down
    if sign in ("", "."):
        return row("")
    if height == 1:
        return row(sign)
    if sign not in _TALL:
        return Box(tuple(sign if i == up else " " for i in range(height)), up)
    tall = _TALL[sign]
    signs = [tall[0], *[tall[1]] * (height - 2), tall[3]]
    if sign in "{}⟨⟩" and height > 2:
        signs[height // 2] = tall[2]
    return Box(tuple(signs), up)


def braced(body: Box, label: Box | None, *, below: bool) -> Box:
    """With a brace along it, and what is written at the brace."""
    width = max(body.width, 3)
    brace = row(("╰" if below else "╭") + "─" * (width - 2) + ("╯" if below else "╮"))
    parts = [body, brace, *([label] if label else [])]
    return stacked(parts, 0) if below else stacked(parts[::-1], len(parts) - 1)


def root(body: Box, index: Box | None) -> Box:
    """Under a root, with a small index before it."""
    before = small(index, _UP) if index else ""
    if body.height == 1 and body.width == 1:
        return row(f"{before}√{body.lines[0]}")
    if body.base == 0 and body.reach == (0, 0):
        blank = " " * (cell_len(before) + 1)
        below = [blank + line for line in body.lines[1:]]
        return Box((blank + "_" * body.width, f"{before}√{body.lines[0]}", *below), 1, (0, 1))
    lines = ["_" * body.width, *body.lines]
    sign = [" " * (body.height - i) + "╱" + " " * i for i in range(body.height)]
    sign = [" " * (body.height + 1), *sign]
    sign[-1] = (before or "√") + sign[-1][max(1, cell_len(before)) :]
    width = max(map(cell_len, sign))
    parts = (f"{_padded(mark, width, 'right')}{line}" for mark, line in zip(sign, lines, strict=True))
    return Box(tuple(parts), body.base + 1)


def grid(rows: Sequence[Sequence[Box]], sides: Sequence[Side], *, apart: int = 2) -> Box:
    """Cells in rows and columns, so many blanks `apart`; `sides` says, in turn, where a column's cells stand. Rows that
    would touch have a blank line between them. The baseline is the middle. Raises NotDrawn for too many rows."""
    if len(rows) > MOST_FORMULA_LINES:
        raise NotDrawn("high")
    columns = max(map(len, rows))
    full = [[*cells, *[row("")] * (columns - len(cells))] for cells in rows]
    widths = [max(cells[i].width for cells in full) for i in range(columns)]
    lines: list[str] = []
    if len(full) == 1:
        return in_a_row([part for i, cell in enumerate(full[0]) for part in ([row(" " * apart)] if i else []) + [cell]])
    hangs = False  # does the row above reach below its baseline?
    for cells in full:
        padded = [
            Box(tuple(_padded(line, widths[i], sides[i % len(sides)]) for line in cell.lines), cell.base)
            for i, cell in enumerate(cells)
        ]
        line = in_a_row([part for i, cell in enumerate(padded) for part in ([row(" " * apart)] if i else []) + [cell]])
        lines += [" " * line.width] * (hangs and line.base > 0) + [*line.lines]
        hangs = line.height - line.base > 1
    return Box(tuple(lines), len(lines) // 2 if len(lines) % 2 else len(lines) // 2 - 1)
