"""Rows that turn say what they were turned to by our names, whatever the language that they are shown in."""

from textual import on
from textual.app import App, ComposeResult

from quizapp.ui.widgets.choice_rows import ChoiceRow, ChoiceRows, level_row


class Rows(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.turned: list[tuple[str, str | int]] = []

    def compose(self) -> ComposeResult:
        yield ChoiceRows()

    @on(ChoiceRows.Set)
    def _set(self, event: ChoiceRows.Set) -> None:
        self.turned.append((event.name, event.value))


async def test_a_turn_is_told_by_name_and_value_and_the_chosen_row_stays() -> None:
    app = Rows()
    async with app.run_test(size=(60, 10)) as pilot:
        rows = app.query_one(ChoiceRows)
        kinds = ChoiceRow("kind", ("quiz", "cram"), ("快测", "突击"))
        shown = [kinds, level_row("全部", "zh"), ChoiceRow("cards", low=1, high=100)]
        rows.show_rows(shown, {"kind": "quiz", "level": "", "cards": 10}, "zh")
        rows.focus()
        await pilot.press("right", "down", "right", "down", "left")
        assert app.turned == [("kind", "cram"), ("level", "basic"), ("cards", 9)]
        rows.show_rows(shown, {"kind": "cram", "level": "basic", "cards": 9}, "zh")
        assert rows.chosen == 2


def test_a_value_is_read_as_it_is_shown() -> None:
    row = ChoiceRow("deck", ("", "a"), ("Everything", "A deck"))
    assert row.show("a") == "A deck" and row.read("A deck") == "a" and row.read("Everything") == ""
    assert ChoiceRow("cards", low=1, high=5).read(3) == 3
