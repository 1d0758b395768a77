"""The demo's panel: its border says how things are, F11 gives it the screen, and nothing in it hides."""

from collections.abc import Callable
from pathlib import Path

import pytest
from seen import on_screen, resize, the, until
from textual.pilot import Pilot
from textual.widgets import OptionList

from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.paths import Home
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.panel import Panel
from quizapp.ui.screens.browse import BrowseScreen
from quizapp.ui.screens.lab import LabScreen
from quizapp.ui.widgets.knob_rows import KnobRows
from quizapp.ui.widgets.line import Line

DEMO = '''"""Add numbers up."""
from typing import Annotated

def main(top_value: Annotated[int, range(1, 7)] = 3) -> dict:
    return {"sum": top_value, "sum_by_top_value": {n: n * n for n in range(1, 7)}}
'''
LONG = "a value that takes a few words more than a line of a narrow panel has room for, and so it goes on, to its end"
CHOICES = f"""
    demo:
      run: add
      predict:
        ask: The sum?
        read: sum
        choices:
          - {{en: "{LONG} A", range: [0, 10]}}
          - {{en: "{LONG} B", range: [10, 20]}}
          - {{en: "{LONG} C", range: [20, 99]}}
"""
NUMBER = "\n    demo: {run: add, predict: {ask: The sum?, read: sum}}\n"


@pytest.fixture
def studying(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], QuizApp]:
    """An app that studies one card with a demo, which is allowed."""
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no warm process
    (tmp_path / "add.py").write_text(DEMO)
    Trust(home.trust).allow(read_script(tmp_path / "add.py"))

    def begin(demo: str) -> QuizApp:
        (tmp_path / "d.yaml").write_text(f"cards:\n  - id: one\n    q: What comes out?\n    a: A.{demo}")
        return QuizApp(
            home, [tmp_path / "d.yaml"], start=lambda app: sittings.study(app, app.context.desk.library.decks)
        )

    return begin


async def asked(pilot: Pilot[None], app: QuizApp) -> DemoPanel:
    await pilot.press("space", "x")
    panel = app.screen.query_one(DemoPanel)
    await until(pilot, lambda: panel.experiment.phase == "asking" and panel.has_focus_within)
    return panel


def in_hand(screen: BrowseScreen) -> str | None:
    return screen.card.id if screen.card is not None else None


def border(panel: Panel) -> str:
    """The upper border, as it is on the screen."""
    x, y, width, _ = panel.region
    return on_screen(panel.app).splitlines()[y][x : x + width]


def fills(app: QuizApp, panel: DemoPanel) -> bool:
    """Whether there is nothing but the panel and the bars below it."""
    width, height = app.size
    below = sum(bar.outer_size.height for bar in app.screen.query("GradeBar, KeyBar"))
    rows = on_screen(app).splitlines()[: height - below]
    frame = rows[0][0] + rows[0][-1] + rows[-1][0] + rows[-1][-1]
    return panel.region.size == (width, height - below) and frame == "╭╮╰╯" and not set("╱╲") & set("".join(rows))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_f11_gives_it_the_screen_and_takes_it_back(
    studying: Callable[[str], QuizApp], size: tuple[int, int]
) -> None:
    app = studying(NUMBER)
    async with app.run_test(size=size, notifications=True) as pilot:
        panel = await asked(pilot, app)
        usual = panel.region.size
        assert ("F11" in on_screen(app)) == (size[0] > 100)  # of two rows more nobody has anything
        await pilot.press("f11")
        await until(pilot, lambda: fills(app, panel) and app.screen.maximized is panel)
        assert "What comes out?" not in on_screen(app)
        await pilot.press("3", "enter")
        await until(pilot, lambda: "off by" in on_screen(app))
        assert fills(app, panel) and panel.stage.chart.size.width <= 112
        await pilot.press("f11")
        await until(pilot, lambda: app.screen.maximized is None and panel.region.size == usual)
        assert ("What comes out?" in on_screen(app)) == (size[0] > 100), "in a narrow window there is room for one"
        await until(pilot, lambda: (drawn := panel.stage._drawn) and drawn.paper == panel.stage.chart_paper)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_f11_in_the_lab_and_esc_leads_back_to_the_list(
    studying: Callable[[str], QuizApp], home: Home, size: tuple[int, int]
) -> None:
    home.demos.mkdir(parents=True)
    (home.demos / "adding.py").write_text(DEMO)
    Trust(home.trust).allow(read_script(home.demos / "adding.py"))
    app = QuizApp(home)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("d", *"adding", "enter")
        panel = the(app, LabScreen).query_one(DemoPanel)
        await until(pilot, lambda: panel.has_focus_within and panel.experiment.phase != "reading")
        await pilot.press("enter")
        await until(pilot, lambda: panel.experiment.last is not None)
        assert ("F11" in on_screen(app)) == (size[0] > 100)  # where it would gain nothing it is not offered
        await pilot.press("f11")
        await until(pilot, lambda: fills(app, panel))
        if size[0] > 100:
            await pilot.press("escape")
        await until(pilot, lambda: app.screen.maximized is None)
        assert ("adding" in on_screen(app)) == (size[0] > 100), "in a narrow window there is room for one"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, OptionList))
        assert "adding" in on_screen(app)


async def test_the_border_says_how_things_are(
    studying: Callable[[str], QuizApp], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "add.py").write_text(
        DEMO.replace("    return", "    import time; time.sleep(top_value - 3)\n    return")
    )
    app = studying("\n    demo: {run: add}\n")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        panel = app.screen.query_one(DemoPanel)
        await until(pilot, lambda: panel.experiment.review is not None)
        await pilot.press("space")
        await until(pilot, lambda: "Space grade" in on_screen(app))
        assert not panel.display  # a key opens it: until then the answer stands where the question stood
        await pilot.press("x")
        await until(pilot, lambda: "Add numbers up" in border(panel) and "not allowed yet" in border(panel))
        await pilot.press("y")
        await until(pilot, lambda: " s · " in border(panel))
        assert on_screen(app).count("Add numbers up") == 1 and on_screen(app).count(" s · ") == 1
        await pilot.press("right", "right", "right")
        await until(pilot, lambda: "running, . stops it" in border(panel))
        await pilot.press("full_stop")
        await until(pilot, lambda: "running" not in border(panel))
        copy = read_script(tmp_path / "add.py", (DEMO + "# mine\n").encode())
        panel.experiment = panel.experiment.change(copy, panel._trusts, seen=True)
        await until(pilot, lambda: "changed by you" in border(panel))


async def test_no_choice_hides_after_a_resize(studying: Callable[[str], QuizApp]) -> None:
    app = studying(CHOICES)
    async with app.run_test(size=(200, 60), notifications=True) as pilot:
        panel = await asked(pilot, app)
        await resize(pilot, 120, 40)
        await until(pilot, lambda: panel.region.width == 54)
        choices = panel.query_one(OptionList)
        assert not choices.show_vertical_scrollbar and choices.size.height == choices.virtual_size.height >= 9
        rows = [row[66:] for row in on_screen(app).splitlines()]
        assert all(any(row.lstrip("│ ").startswith(f"{letter}  a value") for row in rows) for letter in "abc")
        assert sum("its end" in row or row.rstrip("│ ").endswith(" C") for row in rows) >= 1


async def test_in_a_small_window_the_panel_scrolls_to_the_choice(studying: Callable[[str], QuizApp]) -> None:
    app = studying(CHOICES)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        panel = await asked(pilot, app)
        for key, letter in (("down", "a"), ("down", "b"), ("down", "c"), ("up", "b"), ("up", "a")):
            await pilot.press(key)
            await until(pilot, lambda: f"{letter}  a value" in on_screen(app))  # noqa: B023
        assert panel.query_one(OptionList).highlighted == 0


async def test_letters_do_what_they_do_where_a_number_is_asked(studying: Callable[[str], QuizApp]) -> None:
    app = studying(NUMBER)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        panel = await asked(pilot, app)
        field = panel.query_one(Line)
        await pilot.press("v")
        await until(pilot, lambda: "def main" in on_screen(app))
        await pilot.press("1", "2", "v")
        await until(pilot, lambda: "def main" not in on_screen(app))
        assert app.focused is field and field.value == "12"
        await pilot.press("v")
        await until(pilot, lambda: "def main" in on_screen(app))
        assert "Esc back" in on_screen(app).splitlines()[-1]
        await pilot.press("escape")  # out of the source, not of the experiment
        await until(pilot, lambda: "def main" not in on_screen(app))
        assert app.focused is field
        await pilot.press("ctrl+z")
        await until(pilot, lambda: field.value == "1")
        await pilot.press("t", "w")
        await until(pilot, lambda: "Numbers only." in on_screen(app))
        assert len(app.screen.query("Toast")) == 1 and field.value == "1"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
@pytest.mark.parametrize("place", ["demo", "source", "lab", "browse"])
async def test_text_stays_a_cell_away_from_borders_and_scroll_bars(
    studying: Callable[[str], QuizApp], size: tuple[int, int], place: str
) -> None:
    app = studying(CHOICES)
    async with app.run_test(size=size, notifications=True) as pilot:
        if place in ("demo", "source"):
            panel = await asked(pilot, app)
            await pilot.press("v" if place == "source" else "a")
            await until(pilot, lambda: panel.experiment.last or panel.experiment.source_shown)
        else:
            await pilot.press("escape", "escape", "d" if place == "lab" else "b")
            await until(pilot, lambda: type(app.screen).__name__ == f"{place.title()}Screen")
            await pilot.press("down", "enter")
        await pilot.pause(0.2)
        rows = on_screen(app).splitlines()
        found = [widget for widget in app.screen.query(".panel") if widget.region]
        assert found
        for widget in found:
            x, y, width, height = widget.region
            scrolls = any(one.show_vertical_scrollbar for one in (widget, *widget.query("#below, SourceView")))
            for row in rows[y + 1 : y + height - 1]:
                assert row[x + 1] == " " and " " in row[x + width - 2 - scrolls : x + width - 1], (type(widget), row)


async def test_left_and_right_turn_a_knob_in_the_demo_and_cards_beside_it(
    studying: Callable[[str], QuizApp], tmp_path: Path
) -> None:
    app = studying("\n    demo: {run: add}\n  - {id: two, q: Second?, a: B.}\n")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("escape", "escape", "b")
        screen = the(app, BrowseScreen)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "→ next" in on_screen(app).splitlines()[-1])
        await pilot.press("right")
        assert in_hand(screen) == "two"
        await pilot.press("left", "x")
        await until(pilot, lambda: (panels := screen.query(DemoPanel)) and panels.first().experiment.last)
        panel = screen.query_one(DemoPanel)
        assert isinstance(app.focused, KnobRows)
        await pilot.press("right")
        await until(pilot, lambda: panel.experiment.knobs == {"top_value": 4})
        assert in_hand(screen) == "one"
        await pilot.press("escape")
        screen.list.search.focus()
        await pilot.press("right")
        await pilot.pause()
        assert in_hand(screen) == "one"
