"""Sources are shown line by line, unbroken: an empty line too, and one that is wider is marked and scrolls."""

import pytest
from textual.app import App, ComposeResult

from quizapp.ui.demo import source_view
from quizapp.ui.demo.source_view import SourcePart, SourceView


class Reader(App[None]):
    def compose(self) -> ComposeResult:
        yield SourceView()


@pytest.mark.parametrize("coloured", [True, False])
async def test_every_line_is_there_and_a_long_one_scrolls(coloured: bool, monkeypatch: pytest.MonkeyPatch) -> None:
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
        assert isinstance(view._lines[1], str) == (not coloured)

        def rows() -> list[str]:
            return [view.render_line(y).text.rstrip() for y in range(10)]

        width, long, words = view.size.width - 2, "# " + "b" * 43, "    # one that goes on behind a word"
        wide = "# " + "蒸" * ((width - 2) // 2)
        assert rows()[:3] == ["one", "a = 1", ""] and rows()[4:7] == ["", "", "two"]
        assert rows()[3] == long[:width] + "›" and rows()[8] == words[:width] + "›"
        assert rows()[7] == wide + " " * (width - 2 - 2 * len(wide[2:])) + "›"
        view.focus()
        shown = [
            binding.binding for binding in app.active_bindings.values() if binding.enabled and binding.binding.show
        ]
        assert ("←→", "keys.sideways") in [(one.key_display, one.description) for one in shown], "the foot says so"
        await pilot.press("right", "right", "left")
        await pilot.pause()
        x = view.scroll_offset.x
        assert x and rows()[3] == long[x : x + width] + "›" and rows()[8] == words[x : x + width] + "›"
        view.scroll_to(x=view.max_scroll_x, animate=False)
        assert rows()[3].endswith("bb") and len(long) == view.scroll_offset.x + len(rows()[3]), "to its end"
