"""A card's side is laid out in time, whatever it holds."""

from pathlib import Path
from typing import Any, Literal

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.selection import SELECT_ALL
from textual.strip import Strip

from quizapp.cards.sheet import Block
from quizapp.ui import app as the_app
from quizapp.ui.widgets import sheet_bounds, sheet_view
from quizapp.ui.widgets.panels import PROSE
from quizapp.ui.widgets.sheet_lines import SheetLine, answer_top, with_mark
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.ui.wrap import WrappedMarkdown


class OneSide(App[None]):
    CSS_PATH = Path(the_app.__file__).with_name("app.tcss")

    def compose(self) -> ComposeResult:
        yield SheetView()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("A **bold** word.", False),
        ("|" + "a|" * 40 + "\n|" + "-|" * 40 + "\n" + ("|" + "b|" * 40 + "\n") * 1_500, True),
        ("|" + "a|" * 20 + "\n|" + "-|" * 20 + "\n" + ("|" + "b|" * 20 + "\n") * 25, True),
        ("```python\n" + "x = (" * 20_000 + "\n```", True),
        ("![" * 60_000, True),
        ("# a\n" * 30_000, True),
        ("word " * 20_000, False),
        (f"${'(' * 240}${'x' * 20} " * 100, True),
    ],
    ids=["little", "table", "cells", "code", "images", "headings", "prose", "formulas"],
)
async def test_only_so_much_markdown_and_so_many_lines(monkeypatch: pytest.MonkeyPatch, text: str, plain: bool) -> None:
    made: list[str] = []

    class Watched(WrappedMarkdown):
        def __init__(self, text: str, width: int, **options: Any) -> None:
            made.append(text)
            super().__init__(text, width, **options)

    monkeypatch.setattr(sheet_view, "WrappedMarkdown", Watched)
    app = OneSide()
    async with app.run_test(size=(100, 30)):
        sheet = app.query_one(SheetView)
        sheet.show([Block("Why?", "question")], [Block(text)])
        assert made == (["Why?"] if plain else ["Why?", text])
        if text.count("\n") > sheet_bounds.MOST_SIDE_LINES:
            assert sheet._lines[-1].text.startswith("… +")
        assert len(sheet._lines) < 3_000


async def test_many_blocks_are_as_much_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    app = OneSide()
    async with app.run_test(size=(100, 30)):
        sheet = app.query_one(SheetView)
        sheet.show([Block("Why?", "question")], [Block("a\n" * 600, "point", index) for index in range(100)])
        assert len(sheet._lines) < 1_500


def inside(app: App[None]) -> list[str]:
    """What stands between the border's left and right, row by row."""
    rows = ["".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()]
    return [row[1:-1] for row in rows[1:-1]]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_text_stands_in_the_middle_and_touches_no_border(width: int) -> None:
    app = OneSide()
    async with app.run_test(size=(width, 30)) as pilot:
        sheet = app.query_one(SheetView)
        sheet.frame("A deck", "0:12 of 1:00")
        await pilot.pause()
        sheet.show([Block("Why? " * 100, "question")], [Block("因为" * 200), Block("point " * 40, "point", 0, "a")])
        await pilot.pause()
        rows = inside(app)
        assert not rows[0].strip() or sheet.scroll_y  # air above too, but for a question that goes on above
        left = min(len(row) - len(row.lstrip()) for row in rows if row.strip())
        assert left == max(1, (width - 3 - PROSE) // 2)
        assert all(row[-2] == " " for row in rows)  # a cell of air before the scroll bar
        assert max(line.strip.cell_length for line in sheet._lines) <= min(PROSE, width - 5)


@pytest.mark.parametrize("theme", ["textual-dark", "nord"])
async def test_a_scroll_bar_is_seen_only_where_something_scrolls(theme: str) -> None:
    app = OneSide()
    async with app.run_test(size=(80, 12)) as pilot:
        app.theme = theme
        sheet = app.query_one(SheetView)
        sheet.frame("A deck")
        for text, seen in (("Short.", False), ("Long. " * 300, True), ("Short again.", False)):
            sheet.show([Block(text)])
            await pilot.pause()
            column = [next(iter(strip.crop(78, 79))) for strip in app.screen._compositor.render_strips()[1:-1]]
            styles = [one.style for one in column if one.style is not None]
            assert any(style.reverse for style in styles) is seen
            assert {style.bgcolor for style in styles} == {sheet.rich_style.bgcolor}
            assert sheet.scrollable_content_region.width == 77  # nothing moves


@pytest.mark.parametrize(("ascii", "first", "then"), [(False, "x₁", "x_1"), (True, "x_1", "x₁")])
async def test_formulas_are_drawn_or_in_ascii_as_they_are_written(ascii: bool, first: str, then: str) -> None:
    app = OneSide()
    async with app.run_test(size=(60, 10)):
        app.set_class(ascii, "-ascii")
        sheet = app.query_one(SheetView)
        sheet.show([Block("Is $x_1$ it?", "question")])
        for said in (first, then, first):
            assert said in sheet.get_selection(SELECT_ALL)[0]  # type: ignore[index]
            sheet.turn_formulas()
        sheet.show([Block("Is $x_1$ another?", "question")])
        assert first in sheet.get_selection(SELECT_ALL)[0]  # type: ignore[index]


Below = tuple[str, Literal["text", "label", "point"]]


def side_of(task: int, *below: Below) -> list[SheetLine]:
    """A side whose question has `task` lines, and these below the rule."""
    asked = [SheetLine(Strip([]), f"task {i}", Block("the task", "question")) for i in range(task)]
    answer = [SheetLine(Strip([]), text, Block(text, kind) if text else None) for text, kind in below]
    return [*asked, *(SheetLine(Strip([]), text, None) for text in ("", "───", "")), *answer]


def seen(side: list[SheetLine], height: int) -> list[str]:
    return [line.text for line in side[answer_top(side, height) :][:height]]


POINTED: tuple[Below, ...] = (
    ("short", "text"),
    ("", "text"),
    ("Points", "label"),
    *((f"point {i}", "point") for i in range(4)),
)


@pytest.mark.parametrize("task", [1, 4, 6, 30])
def test_the_question_stays_with_the_answer_as_far_as_there_is_room(task: int) -> None:
    shown = seen(side_of(task, *POINTED, ("Why", "label"), ("because", "text")), 14)
    assert shown[0] == f"task {max(0, task - 4)}" and "short" in shown and "point 3" in shown
    long = seen(side_of(task, *POINTED[:3], *(("point", "point"),) * 40), 14)
    assert long[0] == f"task {task - 1}"  # the points do not fit anyhow
    without = seen(side_of(task, *(("so", "text"),) * 40, ("Why", "label")), 14)
    assert without[0] == f"task {task - 1 if task > 6 else 0}"


def test_no_heading_comes_to_stand_last_with_nothing_below_it() -> None:
    side = side_of(9, *(("short", "text"),) * 7, ("Why", "label"), *(("because", "text"),) * 4)
    assert seen(side, 12)[0] == "task 7"
    assert seen(side, 12)[-1] == "short" and seen(side, 11)[-1] == "short"
    assert seen(side, 7)[0] == ""  # a pane that is low has no room for the question


async def test_all_points_stay_in_view_while_one_ticks_the_last() -> None:
    app = OneSide()
    async with app.run_test(size=(80, 14)) as pilot:
        sheet = app.query_one(SheetView)
        points = [Block(f"point {i}", "point", i, "abcdefgh"[i]) for i in range(8)]
        sheet.show(
            [Block("Why?\n\nSo?", "question")], [Block("short\n\nbut\n\nlong"), Block("Points", "label"), *points]
        )
        sheet.scroll_to(0, 0, animate=False)
        sheet.see("point", 2)
        await pilot.pause()
        assert all(any(f"point {i}" in row for row in inside(app)) for i in range(8))


def test_only_what_was_picked_wrong_is_red_and_the_other_wrong_choices_are_quiet() -> None:
    def mark(right: bool, picked: bool) -> tuple[str, str]:
        styles = {"sheet--wrong": "red", "sheet--right": "green", "sheet--small": "dim"}
        lines = with_mark(
            Block("x", "choice", 0, "a", right), [[Segment("x")]], picked, 80, lambda name: Style.parse(styles[name])
        )
        return lines[0][0].text, str(lines[0][0].style)

    assert (mark(True, True), mark(True, False)) == ((">a ✓ ", "green"), (" a ✓ ", "green"))
    assert (mark(False, True), mark(False, False)) == ((">a ✗ ", "red"), (" a   ", "dim"))


def side(*heard: Block) -> list[Block]:
    """The side of a card whose answer is long, with what an examiner said after its last point."""
    points = [Block(f"point {i}", "point", i, "abc"[i]) for i in range(3)]
    return [Block("Short."), Block("line\n" * 12, "small"), Block("Points", "label"), *points, *heard, Block("After.")]


async def test_what_an_examiner_says_is_no_markdown_and_no_picture_of_the_cards() -> None:
    app = OneSide()
    async with app.run_test(size=(60, 20)):
        sheet = app.query_one(SheetView)
        odd = "**b** $x^2$ ![p](a.png) [red]r[/] " + "word " * 12
        sheet.show([Block("Why?", "question")], side(Block(odd, "heard", 2, beside="but", sign="✗")))
        lines = [line.text for line in sheet._lines if line.block and line.block.kind == "heard"]
        assert lines[0].startswith("       ✗ **b** $x^2$ ![p](a.png) [red]r[/] ") and len(lines) > 1
        assert all(line.startswith(" " * 9) for line in lines[1:]) and lines[-1].endswith("  but")
        assert all(len(line) <= 58 for line in lines)
        assert not sheet.has_formula and sheet.media == []


async def test_what_an_examiner_says_stays_in_view_until_one_scrolls() -> None:
    app = OneSide()
    async with app.run_test(size=(60, 14)) as pilot:
        sheet = app.query_one(SheetView)
        sheet.show([Block("Why?", "question")], side())
        await pilot.pause()

        async def seen(*heard: Block) -> list[str]:
            sheet.show([Block("Why?", "question")], side(*heard))
            await pilot.pause()
            top = sheet.scroll_offset.y
            return [line.text.strip() for line in sheet._lines[top : top + sheet.size.height]]

        waits = [Block("", "heard", 2, sign="…")]
        assert (await seen(*waits))[-1] == "…"
        more = [Block(f"remark {i}", "remark", sign="→") for i in range(4)]
        assert (await seen(*waits, *more[:3]))[-1] == "→ remark 2"
        sheet.scroll_to(0, 2, animate=False, immediate=True)
        assert (await seen(*waits, *more))[-1] != "→ remark 3" and sheet.scroll_offset.y == 2
        sheet.show([Block("Why?", "question")], side())
        many = [Block(f"remark {i}", "remark", sign="→") for i in range(40)]
        assert (await seen(*many))[0] == "Points"  # no point is scrolled away for it
