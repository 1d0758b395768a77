import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from textual.content import Content

from quizapp.ui.breaks import break_at_characters, breaks
from quizapp.ui.wrap import WrappedMarkdown

CHARS = st.sampled_from("ab c，。（）温度蒸馏T²-é")


def pieces(text: str, width: int) -> list[str]:
    cuts = [0, *breaks(text, width), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(cuts)]


@given(st.text(CHARS, max_size=80), st.integers(2, 30))
def test_every_piece_fits_and_nothing_is_lost(text: str, width: int) -> None:
    found = pieces(text, width)
    assert "".join(found) == text
    assert all(cell_len(piece.rstrip(" ")) <= width for piece in found)


def test_chinese_breaks_between_characters_and_fills_the_line() -> None:
    assert pieces("用KL散度匹配教师的软分布", 10) == ["用KL散度匹", "配教师的软", "分布"]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert pieces("温度越高，分布越软", 8) == ["温度越", "高，分布", "越软"]
    assert pieces("温度是（超参数）", 8) == ["温度是", "（超参", "数）"]


def test_english_breaks_at_spaces_and_long_words_are_cut() -> None:
    assert pieces("soft targets carry more", 12) == ["soft targets ", "carry more"]
    assert pieces("abcdefgh", 3) == ["abc", "def", "gh"]


def test_what_textual_draws_breaks_so_too() -> None:
    break_at_characters()
    lines = [line.plain for line in Content("按 Enter 仍然采用，按 Esc 保持不变，或者另按一键。").wrap(20)]
    assert all(17 <= cell_len(line) <= 20 for line in lines[:-1]) and len(lines) == 3
    english = "A card that is asked again, e.g. [b]x[/b]."
    assert [line.plain for line in Content(english).wrap(20)] == ["A card that is asked", "again, e.g.", "[b]x[/b]."]


def test_markdown_keeps_every_line_within_the_width() -> None:
    text = (
        "# 标题\n\n- 第一点：学生**匹配**教师的 softmax 输出，温度越高越软。\n\n"
        "| 方法 | what |\n|---|---|\n| 蒸馏蒸馏蒸馏蒸馏 | teaches |\n"
    )
    for width in (20, 31, 60):
        out = io.StringIO()
        Console(file=out, width=width).print(WrappedMarkdown(text, width))
        assert all(cell_len(line) <= width for line in out.getvalue().splitlines())
        assert "匹配" in out.getvalue().replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("用**众数（mode）**代替", "众数（mode）"),
        ("对 teacher 的**[提示]**、标签", "[提示]"),
        ("的**（甲）**和**乙**，**（丙）**。", "（甲）乙（丙）"),
        ("x **（y）**代 **z** w", "（y）z"),
        ("2 ** 3 and **b**", "b"),
    ],
)
def test_bold_holds_between_chinese_characters_and_brackets(text: str, bold: str) -> None:
    console = Console(file=io.StringIO(), width=60, force_terminal=True)
    segments = [segment for line in console.render_lines(WrappedMarkdown(text, 60)) for segment in line]
    assert "".join(segment.text for segment in segments if segment.style and segment.style.bold) == bold
    assert "\u200b" not in "".join(segment.text for segment in segments)
