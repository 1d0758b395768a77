"""A card's side is laid out in time, whatever it holds."""

import pytest
from textual.app import App, ComposeResult

from quizapp.cards.sheet import Block
from quizapp.ui.widgets import sheet_bounds, sheet_view
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.ui.wrap import WrappedMarkdown


class OneSide(App[None]):
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
    ],
    ids=["little", "table", "cells", "code", "images", "headings", "prose"],
)
async def test_only_so_much_markdown_and_so_many_lines(monkeypatch: pytest.MonkeyPatch, text: str, plain: bool) -> None:
    made: list[str] = []

    class Watched(WrappedMarkdown):
        def __init__(self, text: str, *, code_theme: str, style: str) -> None:
            made.append(text)
            super().__init__(text, code_theme=code_theme, style=style)

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
