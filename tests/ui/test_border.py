"""A panel's border: its title at the left, its state at the right, whatever room there is."""

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import ScrollableContainer

from quizapp.ui.widgets.panels import TextPanel


class Desk(App[None]):
    CSS = """
    .panel { border: round white; }
    ScrollableContainer { width: 20; height: 5; }
    ScrollableContainer > TextPanel { width: 30; }
    """

    def __init__(self, title: str, state: str | Text) -> None:
        super().__init__()
        self.panel = TextPanel("words", markup=False)
        self._said = title, state

    def compose(self) -> ComposeResult:
        self.panel.frame(*self._said)
        yield self.panel


class Scrolled(Desk):
    def compose(self) -> ComposeResult:
        with ScrollableContainer():
            yield from super().compose()


def border(app: App[None]) -> str:
    return "".join(segment.text for segment in app.screen._compositor.render_strips()[0]).rstrip()


@pytest.mark.parametrize(
    ("title", "state", "shown"),
    [
        ("Decks", "new  due", "╭─ Decks ───────── new  due ╮"),
        ("Decks", "   new     due", "╭─ Decks ──────── new ─── due ╮"),
        ("题库", "   新卡     待复习", "╭─ 题库 ──── 新卡 ─── 待复习 ╮"),
        ("Decks", "", "╭─ Decks ───────────────────╮"),
        ("", "0:12", "╭──────────────────── 0:12 ╮"),
        ("[b]A [title] of a deck that is long", "0:12", "╭─ [b]A [title] of… 0:12 ╮"),
        ("量化大语言模型的题库", "第 3 题", "╭─ 量化大语言模型的… 第 3 题 ╮"),
        ("A title of a deck", "a state that is much too long", "╭─ A title o… a state that … ╮"),
        ("two\nlines\there", "x", "╭─ two lines here ───── x ╮"),
    ],
)
async def test_the_state_stands_before_the_corner_and_what_is_too_long_is_cut(
    title: str, state: str, shown: str
) -> None:
    app = Desk(title, state)
    width = 30
    async with app.run_test(size=(width, 5)):
        line = border(app)
        assert line.startswith(shown[:12]) and line.endswith(shown[-5:]), line
        assert Text(line).cell_len == width
        assert "…" in line or "…" not in shown


async def test_the_state_changes_and_goes_without_a_layout() -> None:
    app = Desk("Decks", "1")
    async with app.run_test(size=(30, 5)) as pilot:
        app.panel.show_state(Text("2 of 3", "bold"))
        await pilot.pause()
        assert border(app).endswith(" 2 of 3 ╮")
        app.panel.show_state("")
        await pilot.pause()
        assert border(app).endswith("───╮") and "2" not in border(app)


async def test_a_panel_that_is_partly_in_sight_shows_its_border_as_it_would_stand() -> None:
    app = Scrolled("Decks", "state")
    async with app.run_test(size=(40, 8)) as pilot:
        left = border(app)
        assert left.startswith("╭─ Decks ─") and "state" not in left
        app.screen.query_one(ScrollableContainer).scroll_to(x=10, animate=False)
        await pilot.pause()
        assert "state ╮" in border(app) and "Decks" not in border(app)
