"""Sources are shown line by line: an empty line too, and a long one on as many rows as it takes."""

import pytest
from textual.app import App, ComposeResult

from quizapp.ui.demo import source_view
from quizapp.ui.demo.source_view import SourcePart, SourceView


class Reader(App[None]):
    def compose(self) -> ComposeResult:
        yield SourceView()


@pytest.mark.parametrize("coloured", [True, False])
async def test_every_line_is_there_and_a_long_one_goes_on(coloured: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_view, "MAX_COLOURED", 40_000 if coloured else 0)
    app = Reader()
    async with app.run_test(size=(20, 30)) as pilot:
        view = app.query_one(SourceView)
        view.show(
            [
                SourcePart("one", "a = 1\n\n# " + "b" * 43 + "\n\n", "python"),
                SourcePart("two", "# " + "蒸" * 12 + "\n    # one that goes on behind a word", "python"),
            ],
            "monokai",
        )
        await pilot.pause()
        rows = [view.render_line(y).text.rstrip() for y in range(view.size.height)]
        long, words = ["#", "b" * 20, "b" * 20, "bbb"], ["    # one that goes", "on behind a word"]
        assert isinstance(view._lines[1], str) == (not coloured)
        assert rows == ["one", "a = 1", "", *long, "", "", "two", "# " + "蒸" * 9, "蒸" * 3, *words, ""]
