"""ASCII only, contrast and no colour: what the painter makes of a line."""

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual._ansi_theme import MONOKAI
from textual.color import Color
from textual.filter import ANSIToTruecolor

from quizapp.ui.look import HIGH_CONTRAST, MONOCHROME, Harmless, PlainCharacters, Strong, coloured, filters, key_shown

BLACK = Color(0, 0, 0)


def plain(text: str) -> str:
    return "".join(segment.text for segment in PlainCharacters().apply([Segment(text, None)], BLACK))


@pytest.mark.parametrize(("first", "last"), [(0x2500, 0x257F), (0x2580, 0x259F), (0x2800, 0x28FF)])
def test_every_line_block_and_dot_becomes_one_ascii_character(first: int, last: int) -> None:
    text = "".join(map(chr, range(first, last + 1)))
    assert plain(text).isascii()
    assert len(plain(text)) == cell_len(plain(text)) == last + 1 - first


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("┌─┬╴│└", "+-+-|+"),
        ("━┃┏╋╌┊", "-|++-|"),
        ("▁▂▃▄▅▆▇█", "__.-=+*#"),
        ("✓ right ✗ wrong", "+ right x wrong"),
        ("⠀⣀⡇⣿", " .:#"),
        ("▸ bits ‹ 5 › 2–8", "> bits < 5 > 2-8"),
        ("量化 “scale” é 3 µs", "量化 “scale” é 3 µs"),
    ],
)
def test_shapes_stay_alike_and_letters_stay(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_no_control_character_passes_and_columns_stay() -> None:
    text = "a\x1b[31m\x07\x9b\t\n\r\u202eb\u200b\u2066\udcff\ud83d 全角\u3000é 👩\u200d💻\x7f"
    (shown,) = Harmless().apply([Segment(text, Style(bold=True))], BLACK)
    assert shown.text == "a[31mb?? 全角\u3000é 👩\u200d💻" and shown.style == Style(bold=True)
    assert cell_len(shown.text) == cell_len(text)
    assert any(isinstance(last, Harmless) for last in filters("", ascii=False)[1])


def test_nothing_is_dim_in_high_contrast() -> None:
    segments = [Segment("a", Style(dim=True, bold=True)), Segment("b", Style(color="green")), Segment("c", None)]
    after = Strong().apply(segments, BLACK)
    assert [segment.text for segment in after] == ["a", "b", "c"]
    assert after[0].style == Style(dim=False, bold=True) and after[1:] == segments[1:]


@pytest.mark.parametrize("bright", ["", "bright_"])
@pytest.mark.parametrize("name", ["red", "green", "yellow", "blue", "magenta", "cyan", "white"])
def test_no_colour_is_faint_in_high_contrast(name: str, bright: str) -> None:
    to_truecolor = ANSIToTruecolor(MONOKAI)  # as Textual does it after us
    style = Style.parse(f"bold {bright}{name}")
    [segment] = to_truecolor.apply(Strong().apply([Segment("a", style)], BLACK), BLACK)
    assert segment.style is not None and segment.style.bold and segment.style.color is not None
    parts = [((part / 255 + 0.055) / 1.055) ** 2.4 for part in segment.style.color.get_truecolor()]
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    assert (luminance + 0.05) / 0.05 >= 7  # WCAG's contrast to black


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("enter", "Enter"),
        ("escape", "Esc"),
        ("space", "Space"),
        ("tab", "Tab"),
        ("shift+tab", "Shift+Tab"),
        ("backspace", "Backspace"),
        ("delete", "Delete"),
        ("home", "Home"),
        ("pageup", "PgUp"),
        ("pagedown", "PgDn"),
        ("f5", "F5"),
        ("ctrl+z", "Ctrl+Z"),
        ("ctrl+shift+s", "Ctrl+Shift+S"),
        ("ctrl+enter", "Ctrl+Enter"),
        ("ctrl+plus", "Ctrl++"),
        ("g", "g"),
        ("G", "G"),
        ("question_mark", "?"),
        ("full_stop", "."),
        ("comma", ","),
        ("at", "@"),
        ("minus", "-"),
        ("asterisk", "*"),
        ("plus", "+"),
        ("+", "+"),
        ("é", "é"),
        ("中", "中"),
        ("a-f", "a-f"),
        ("↑↓", "↑↓"),
        ("left", "←"),
        ("shift+up", "Shift+↑"),
    ],
)
def test_a_key_is_shown_as_people_name_it(key: str, shown: str) -> None:
    assert key_shown(key, ascii=False) == shown
    plain = {"↑↓": "Up/Down", "←": "Left", "Shift+↑": "Shift+Up"}
    assert key_shown(key, ascii=True) == plain.get(shown, shown)


def test_filters_are_there_only_when_asked_for() -> None:
    assert [len(part) for part in filters("nord", False)] == [0, 1]  # the last wall
    assert [len(part) for part in filters(HIGH_CONTRAST, True)] == [1, 2]
    assert [len(part) for part in filters(MONOCHROME, True)] == [0, 3]


@pytest.mark.parametrize("theme", ["monokai", "xcode", "native"])
def test_code_is_coloured_on_what_it_stands_on(theme: str) -> None:
    text = coloured("def f():\n    return 'a'\n", "python", theme)
    assert text.plain == "def f():\n    return 'a'\n" and len({str(span.style) for span in text.spans}) > 1
    assert all(isinstance(span.style, Style) and span.style.bgcolor is None for span in text.spans)
