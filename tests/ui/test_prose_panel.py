"""A panel of prose: lines that one can read, in the middle of what is wider."""

import pytest
from textual.app import App, ComposeResult

from quizapp.ui.widgets.panels import PROSE, ProsePanel, TextPanel


class Prose(TextPanel, ProsePanel):
    pass


class OnePanel(App[None]):
    CSS = "Screen { overflow: hidden; } .panel { border: round white; padding: 0 1; }"

    def compose(self) -> ComposeResult:
        yield Prose("word " * 60, markup=False)


def rows(app: App[None]) -> list[str]:
    return ["".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_prose_is_no_wider_than_one_reads_and_stands_in_the_middle(width: int) -> None:
    app = OnePanel()
    async with app.run_test(size=(width, 30)) as pilot:
        app.query_one(Prose).frame("A title")
        await pilot.pause()
        inner = [row[1:-1] for row in rows(app)[1:] if row.startswith("│")]
        left = min(len(row) - len(row.lstrip()) for row in inner)
        wide = max(len(row.rstrip()) for row in inner) - left
        assert wide <= PROSE and all(row[0] == row[-1] == " " for row in inner)
        assert left == max(1, (width - 3 - PROSE) // 2)


async def test_between_parts_of_a_state_stands_the_border_not_the_title_below_it() -> None:
    app = OnePanel()
    async with app.run_test(size=(60, 30)) as pilot:
        app.query_one(Prose).frame("A title that is much longer than its state leaves", "0:04 of 2:00   in all 0:04")
        await pilot.pause()
        assert rows(app)[0].endswith("… 0:04 of 2:00 ─ in all 0:04 ╮")
