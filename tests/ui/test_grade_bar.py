"""Four buttons in a line: whole, apart, and each under its own click."""

import pytest
from rich.text import Text
from textual import on
from textual.app import App, ComposeResult

from quizapp.memory.schedule import GRADES
from quizapp.texts import text
from quizapp.ui.look import INKS
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.words import Language

SURE = ("guess", "unsure", "fairly", "sure")


class OneBar(App[None]):
    CSS = "GradeBar { height: 1; } .-high GradeBar { height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[int | None] = []

    def compose(self) -> ComposeResult:
        yield GradeBar()

    @on(GradeBar.Chosen)
    def _chosen(self, event: GradeBar.Chosen) -> None:
        self.chosen.append(event.number)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_every_word_is_whole_and_every_button_is_clicked(size: tuple[int, int], language: Language) -> None:
    app = OneBar()
    async with app.run_test(size=size) as pilot:
        bar, high = app.query_one(GradeBar), size[0] >= 110
        app.screen.set_class(high, "-high")
        await pilot.pause()
        words = [text(f"ui.sure.{word}", language) for word in SURE]
        heading = text("screens.study.how_sure", language)
        bar.show(*words, heading=heading)
        above, row = ["", *str(bar.render()).splitlines()][-2:]
        assert heading in (above if high else row) and len(row) <= size[0]
        for number, word in enumerate(words):
            assert f" {number + 1} {word} " in f"{row} "
            before = row[: row.index(f"{number + 1} {word}") + 2]
            await pilot.click(GradeBar, offset=(Text(before).cell_len, high))
        assert app.chosen == [0, 1, 2, 3]


async def test_grades_have_their_inks_and_the_marked_one_more_than_that() -> None:
    app = OneBar()
    async with app.run_test(size=(80, 24)):
        bar = app.query_one(GradeBar)
        bar.show(*(Text(grade, INKS[grade]) for grade in GRADES), marked=2)
        row = bar.render()
        for grade in GRADES:
            style = row.get_style_at_offset(app.console, row.plain.index(grade))
            assert style.color is not None and style.color.name == INKS[grade]
            assert bool(style.reverse) is (grade == "good")
        assert row.plain.count("▸") == 1 and "▸3 good" in row.plain


async def test_a_word_in_passing_is_no_button() -> None:
    app = OneBar()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(GradeBar).show(heading="Saved: Good, 10m")
        assert str(app.query_one(GradeBar).render()).strip() == "Saved: Good, 10m"
        await pilot.click(GradeBar)
        app.query_one(GradeBar).show("Enter  Begin")
        await pilot.click(GradeBar)
        assert app.chosen == [None]
