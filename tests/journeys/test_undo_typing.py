"""Ctrl+Z in a field takes typing back and nothing else; where no field has the keys it takes back the last change."""

from pathlib import Path

import pytest
from seen import on_screen, until
from textual.widgets import Input, TextArea

from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.widgets.line import Line

DECK = """
cards:
  - {id: gap, type: cloze, text: "A {{c1::gap}}."}
  - {id: free, q: What?, a: That.}
"""
FIELDS = {  # the keys from home to a field, and what it holds there
    "the lab's search": "d",
    "the search of all cards": "b",
    "the date of the interview": "r",
    "a card that is added": "a",
    "a gap": "enter",
    "an answer in writing": "enter space 3 t",
}


@pytest.mark.parametrize("place", FIELDS)
async def test_a_field_takes_typing_back(home: Home, tmp_path: Path, place: str) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    home.root.mkdir()
    home.settings.write_text("tour: done\n")
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        for key in FIELDS[place].split():
            await pilot.press(key)
            await pilot.pause()
        for _ in range(12):  # to the first field of a form
            if isinstance(app.focused, Input | TextArea):
                break
            await pilot.press("tab")
            await pilot.pause()
        field, screen = app.focused, app.screen
        assert isinstance(field, Input | TextArea), on_screen(app)
        if isinstance(field, Input) and not isinstance(field, Line):
            pytest.skip("no Line yet")

        def holds() -> str:
            return field.value if isinstance(field, Input) else field.text

        begin, events = holds(), len(app.context.desk.standings.all)
        await pilot.press("7", "left", "8")
        await until(pilot, lambda: len(holds()) == len(begin) + 2)
        for _ in range(4):
            await pilot.press("ctrl+z")
        await until(pilot, lambda: holds() == begin)
        assert app.screen is screen and len(app.context.desk.standings.all) == events
