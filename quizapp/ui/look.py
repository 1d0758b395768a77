"""How it looks for those who need it otherwise: strong contrast, no colour, no characters beyond ASCII."""

from collections.abc import Sequence
from functools import cache

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from textual.color import Color
from textual.filter import LineFilter, Monochrome
from textual.keys import format_key
from textual.theme import Theme

from quizapp.words import clean

DARK, LIGHT = "quizapp-dark", "quizapp-light"
HIGH_CONTRAST, MONOCHROME = "high-contrast", "monochrome"

_OURS = (
    Theme(
        name=DARK,
        primary="#b9a3f0",
        secondary="#8d99ae",
        accent="#b9a3f0",
        warning="#e5a45c",
        error="#ee7f7f",
        success="#86c98a",
        foreground="#dcdad4",
        background="#16181d",
        surface="#1c1f26",
        panel="#22262e",
        boost="#1f232b",
        variables={
            "border": "#b9a3f0",
            "border-blurred": "#565d6b",
            "text-disabled": "#8b92a0",
            "block-cursor-background": "#3b3556",
            "block-cursor-foreground": "#f4f1fb",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": "#2b303a",
            "block-cursor-blurred-foreground": "#dcdad4",
            "input-selection-background": "#4a4266",
            "scrollbar": "#434955",
            "scrollbar-hover": "#5a6170",
            "scrollbar-background": "#16181d",
        },
    ),
    Theme(
        name=LIGHT,
        dark=False,
        primary="#6a4bb5",
        secondary="#5b6472",
        accent="#6a4bb5",
        warning="#9a5b00",
        error="#b3261e",
        success="#2b6e33",
        foreground="#24262b",
        background="#faf8f3",
        surface="#f3f0e8",
        panel="#e9e5da",
        boost="#efebe1",
        variables={
            "border": "#6a4bb5",
            "border-blurred": "#a39d8e",
            "text-disabled": "#63656d",
            "block-cursor-background": "#ddd2f6",
            "block-cursor-foreground": "#1b1430",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": "#e2ddd0",
            "block-cursor-blurred-foreground": "#24262b",
            "input-selection-background": "#d9cdf5",
            "scrollbar": "#c4bfb2",
            "scrollbar-hover": "#a8a294",
            "scrollbar-background": "#faf8f3",
        },
    ),
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
            "border": "#ffff00",
            "border-blurred": "#c0c0c0",
            "block-cursor-background": "#00006a",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-text-style": "bold underline",
            "block-cursor-blurred-background": "#303030",
            "block-cursor-blurred-foreground": "#ffffff",
            "input-cursor-background": "#ffffff",
            "input-cursor-foreground": "#000000",
            "input-selection-background": "#0048c8",
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
            "border": "#ffffff",
            "border-blurred": "#808080",
            "block-cursor-background": "#4a4a4a",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-text-style": "bold underline",
            "block-cursor-blurred-background": "#303030",
            "block-cursor-blurred-foreground": "#ffffff",
        },
    ),
)
THEMES = {theme.name: theme for theme in _OURS}
# The colours that have a meaning, the same on every screen; beside each stands a word or a mark.
INKS = {
    "new": "blue",
    "learning": "yellow",
    "due": "green",
    "again": "red",
    "hard": "yellow",
    "good": "green",
    "easy": "blue",
    "right": "green",
    "wrong": "red",
}
# What black, red, green, yellow (which is an orange), blue, magenta, cyan and white are on the screen.
_INKS_ON_DARK = ("#22262e", "#ee7f7f", "#86c98a", "#e5a45c", "#82aaf0", "#d39be0", "#72c5c9", "#dcdad4")
_INKS_ON_LIGHT = ("#24262b", "#b3261e", "#2b6e33", "#7d4a00", "#2456b0", "#8b3a9e", "#0f6c74", "#6b6e75")
# Keys that have a name, and what a person calls them; arrows stay arrows, unless all is to be in ASCII.
_KEY_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "backspace": "Backspace",
    "delete": "Delete",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
_ARROWS_IN_ASCII = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right", "↑↓": "Up/Down", "←→": "Left/Right"}
_BRIGHT = Style(dim=False)
_STRONGER = {1: "#ff8080", 4: "#80b0ff", 5: "#ff90ff"}  # red, blue, magenta; of a contrast of 7 to black, as WCAG asks


def key_shown(key: str, *, ascii: bool) -> str:
    """A key, or what is shown for several, as a person reads it: Enter, Ctrl+S, g, ↑↓."""
    *held, name = key.split("+") if len(key) > 1 else [key]
    name = _KEY_NAMES.get(name) or format_key(name)
    if ascii:
        name = _ARROWS_IN_ASCII.get(name, name)
    if (held or len(name) > 1) and name.isascii() and name.isalnum() and name.islower():
        name = name.upper() if len(name) == 1 else name.capitalize()
    return "+".join([*(part.capitalize() for part in held), name])


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
    table |= str.maketrans("▣▤▥▦▧▨▩♪−", "#-|+\\/#~-")
    table |= str.maketrans("■□▪▫▲△▴▶▷▸►▼▽▾◀◁◂◄◆◇○◯◦●•◉◎", "#.#.^^^>>>>vvv<<<<**ooo***o")
    table |= str.maketrans("✓✔✗✘×←→↑↓⏎⌫…·⎺⎻⎼⎽★☆⚠⚑⚐‹›–≈", "++xxx<>^v~<~.----*o!!!<>-~")
    return table


def _inks(background: str, foreground: str, inks: Sequence[str]) -> TerminalTheme:
    colours = [Color.parse(ink).rgb for ink in inks]
    return TerminalTheme(Color.parse(background).rgb, Color.parse(foreground).rgb, colours)


def code_theme(theme: Theme) -> str:
    """Pygments' style for code on the theme's background."""
    if theme.name == HIGH_CONTRAST:
        return "native"  # no colour of which has less than nine times the luminance of black
    return "monokai" if theme.dark else "xcode"


def coloured(code: str, lexer: str, theme: str) -> Text:
    """Code in the colours of one of Pygments' styles, on what it stands on: the style's background would be stripes."""
    from rich.syntax import Syntax

    text = Syntax("", lexer, theme=theme, background_color="default").highlight(code)
    styles = [Style.parse(span.style) if isinstance(span.style, str) else span.style for span in text.spans]
    bare = (Style(color=one.color, bold=one.bold, italic=one.italic, underline=one.underline) for one in styles)
    return Text(text.plain, spans=[span._replace(style=style) for span, style in zip(text.spans, bare, strict=True)])


def filters(theme: str, ascii: bool) -> tuple[Sequence[LineFilter], Sequence[LineFilter]]:
    """What every painted line goes through, before and after Textual's own."""
    before = [_STRONG] if theme == HIGH_CONTRAST else []
    after: list[LineFilter] = [_HARMLESS, _MONOCHROME] if theme == MONOCHROME else [_HARMLESS]
    return before, [*after, _PLAIN] if ascii else after


INKS_ON_DARK = _inks("#16181d", "#dcdad4", _INKS_ON_DARK)
INKS_ON_LIGHT = _inks("#faf8f3", "#24262b", _INKS_ON_LIGHT)
_HARMLESS, _STRONG, _MONOCHROME, _PLAIN = Harmless(), Strong(), Monochrome(), PlainCharacters()
