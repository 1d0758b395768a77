"""How it looks for those who need it otherwise: strong contrast, no colour, no characters beyond ASCII."""

from collections.abc import Sequence
from functools import cache

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter, Monochrome
from textual.theme import Theme

from quizapp.words import clean

HIGH_CONTRAST, MONOCHROME = "high-contrast", "monochrome"

THEMES = (
    Theme(
        name=HIGH_CONTRAST,
        primary="#ffff00",
        secondary="#00ffff",
        accent="#ffff00",
        warning="#ffb000",
        error="#ff8080",
        success="#60ff60",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#202020",
        boost="#181818",
        text_alpha=1.0,
        variables={
            "text-muted": "#ffffff",
            "text-disabled": "#d0d0d0",
            "foreground-muted": "#ffffff",
            "border": "#ffffff",
            "border-blurred": "#c0c0c0",
            "block-cursor-background": "#ffff00",
            "block-cursor-foreground": "#000000",
            "block-cursor-blurred-background": "#ffffff",
            "block-cursor-blurred-foreground": "#000000",
            "input-cursor-background": "#ffffff",
            "input-cursor-foreground": "#000000",
            "input-selection-background": "#0060ff",
            "scrollbar": "#ffffff",
            "scrollbar-background": "#303030",
        },
    ),
    Theme(
        name=MONOCHROME,
        primary="#d0d0d0",
        secondary="#a0a0a0",
        accent="#ffffff",
        warning="#e0e0e0",
        error="#ffffff",
        success="#e0e0e0",
        foreground="#e8e8e8",
        background="#101010",
        surface="#181818",
        panel="#303030",
        variables={
            "block-cursor-background": "#e8e8e8",
            "block-cursor-foreground": "#101010",
            "block-cursor-blurred-background": "#606060",
            "block-cursor-blurred-foreground": "#ffffff",
        },
    ),
)
KEYS_IN_ASCII = {"↑": "up", "↓": "down", "←": "left", "→": "right", "⌫": "backspace", "↑↓": "up/down"}
_BRIGHT = Style(dim=False)
_STRONGER = {1: "#ff8080", 4: "#80b0ff", 5: "#ff90ff"}  # red, blue, magenta; of a contrast of 7 to black, as WCAG asks


class Harmless(LineFilter):
    """The last wall before the terminal: whatever a widget draws, no control character, nothing that reorders or hides
    text and no half of a surrogate pair leaves the app; names of files hold such. Columns stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.text.isprintable() else Segment(_harmless(segment.text), segment.style, segment.control)
            for segment in segments
        ]


def _harmless(text: str) -> str:
    """`text` for one line of the terminal; what takes a cell and may not be shown is a question mark."""
    return "".join(
        char if char.isprintable() or (clean(char) and char not in "\t\n") else "?" * cell_len(char) for char in text
    )


class Strong(LineFilter):
    """Nothing is dim, and no colour that a terminal names is faint on black: red, blue and magenta would be."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(segment.text, _strong(segment.style), segment.control) if segment.style is not None else segment
            for segment in segments
        ]


@cache
def _strong(style: Style) -> Style:
    if style.dim:
        style += _BRIGHT
    number = style.color.number if style.color is not None else None  # of a colour with a name, below 16
    if number is None or number > 15 or number % 8 not in _STRONGER:
        return style
    return style + Style(color=_STRONGER[number % 8])


class PlainCharacters(LineFilter):
    """Borders, bars, marks and dots in ASCII, one for one, so that columns stay; letters of all languages stay too."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        table = _plain_characters()
        return [
            Segment(text if text.isascii() else text.translate(table), style, control)
            for text, style, control in segments
        ]


@cache
def _plain_characters() -> dict[int, int | str]:
    import unicodedata

    table: dict[int, int | str] = {}
    for code in range(0x2500, 0x2580):  # lines and corners
        name = unicodedata.name(chr(code))
        across = "HORIZONTAL" in name or bool({"LEFT", "RIGHT"} & set(name.split()))
        down = "VERTICAL" in name or bool({"UP", "DOWN"} & set(name.split()))
        if "DIAGONAL" in name:
            table[code] = "X" if "CROSS" in name else "/" if "UPPER RIGHT" in name else "\\"
        else:
            table[code] = "+" if across and down else "-" if across else "|"
    table |= str.maketrans("▀▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐░▒▓▔▕", "-__.-=+*#||||||||.:%-|")
    table |= dict.fromkeys(range(0x2596, 0x25A0), "#")
    for dots in range(0x2800, 0x2900):
        table[dots] = " ..::++##"[(dots - 0x2800).bit_count()]
    table |= str.maketrans("■□▪▫▲△▴▶▷▸►▼▽▾◀◁◂◄◆◇○◯◦●•◉◎", "#.#.^^^>>>>vvv<<<<**ooo***o")
    table |= str.maketrans("✓✔✗✘×←→↑↓⏎⌫…·⎺⎻⎼⎽★☆⚠⚑⚐", "++xxx<>^v~<~.----*o!!!")
    return table


def code_theme(theme: Theme) -> str:
    """Pygments' style for code on the theme's background."""
    if theme.name == HIGH_CONTRAST:
        return "native"  # no colour of which has less than nine times the luminance of black
    return "monokai" if theme.dark else "xcode"


def filters(theme: str, ascii: bool) -> tuple[Sequence[LineFilter], Sequence[LineFilter]]:
    """What every painted line goes through, before and after Textual's own."""
    before = [_STRONG] if theme == HIGH_CONTRAST else []
    after: list[LineFilter] = [_HARMLESS, _MONOCHROME] if theme == MONOCHROME else [_HARMLESS]
    return before, [*after, _PLAIN] if ascii else after


_HARMLESS, _STRONG, _MONOCHROME, _PLAIN = Harmless(), Strong(), Monochrome(), PlainCharacters()
