"""A form's controls: what is offered anew stays as it was chosen, in other words too, and only what a person does is
told."""

from types import SimpleNamespace

from textual import on
from textual.app import App, ComposeResult

from quizapp.ui.widgets.controls import OneOf, ValueLine
from quizapp.ui.widgets.form import Form, FormRows

WAYS = {"quiz": "Quick quiz", "cram": "[b]Cram[/b]"}


def on_screen(app: App[None]) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


class OneForm(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str | bool]] = []
        self.rows = FormRows()
        self.kind = OneOf("kind", WAYS, "quiz")
        self.context = SimpleNamespace(language="en")

    @property
    def number(self) -> ValueLine:
        return self.query_one(ValueLine)

    def compose(self) -> ComposeResult:
        with Form(), self.rows:
            yield self.kind
            yield ValueLine("number", "10", type="integer")

    @on(Form.Chosen)
    def _chosen(self, event: Form.Chosen) -> None:
        self.told.append((event.name, event.value))


async def test_a_choice_is_told_by_name_and_other_words_for_it_are_not() -> None:
    app = OneForm()
    async with app.run_test(size=(60, 12)) as pilot:
        app.rows.show({"kind": ("Kind", "of quiz"), "number": ("Number", "")})
        await pilot.pause()
        app.told.clear()
        await pilot.press("left", "right", "right")  # there is none before, and none behind
        await pilot.pause()
        assert app.told == [("kind", "cram")] and "[b]Cram[/b]" in on_screen(app)
        app.kind.offer({"quiz": "快测", "cram": "突击"}, "cram")
        await pilot.pause()
        assert app.kind.value == "cram" and "突击" in on_screen(app)
        app.kind.offer({"quiz": "快测", "cram": "突击"}, "quiz")
        await pilot.pause()
        assert app.told == [("kind", "cram")] and "快测" in on_screen(app)
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert app.told == [("kind", "cram")] * 2


async def test_labels_stand_in_one_column_and_the_row_in_hand_is_marked() -> None:
    app = OneForm()
    async with app.run_test(size=(60, 12)) as pilot:
        app.rows.show({"kind": ("Kind", "of quiz"), "number": ("数量", "from 1 to 9")})
        await pilot.pause()
        lines = on_screen(app).splitlines()
        assert lines[0].startswith(" ▸ Kind   Quick quiz") and lines[1].startswith("   数量   10")
        assert lines[0].index("of quiz") - lines[1].index("from 1") == 2  # the Chinese letters are wide
        await pilot.press("down")
        app.rows.say("number", "too much")
        await pilot.pause()
        lines = on_screen(app).splitlines()
        assert lines[0].startswith("   Kind") and lines[1].startswith(" ▸ 数量") and "✗ too much" in lines[1]
        app.rows.say("number", "")
        await pilot.pause()
        assert "from 1 to 9" in on_screen(app) and "✗" not in on_screen(app)


async def test_what_is_held_comes_back_only_where_it_is_another() -> None:
    app = OneForm()
    async with app.run_test(size=(60, 12)) as pilot:
        app.number.focus()
        await pilot.press("7", "x")
        assert app.number.value == "7"  # all that stood there was marked, and no letter belongs there
        await pilot.pause()
        assert "✗ Numbers only." in on_screen(app) and not app._notifications
        await pilot.press("backspace", "7")
        await pilot.pause()
        assert "✗" not in on_screen(app)
        app.rows.saved("number", "saved")
        await pilot.pause()
        assert "✓ saved" in on_screen(app)
        app.number.hold("10")
        assert app.number.value == "7"
        app.number.hold("12")
        assert app.number.value == "12"
