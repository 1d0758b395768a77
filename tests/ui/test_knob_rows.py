"""A demo's knobs: in words, each between the arrows that turn it, what it takes behind, the chosen one marked."""

import pytest
from textual import on
from textual.app import App, ComposeResult

from quizapp.lab.knob import Knob, KnobValue
from quizapp.ui.widgets.knob_rows import KnobRows, allowed

KNOBS = (
    Knob("bits_per_weight", "int", 2, low=2, high=8, step=1),
    Knob("gap_pct", "float", 0.5, low=0.0, high=1.0, step=0.5),
    Knob("scale", "choice", "channel", choices=("tensor", "channel")),
    Knob("seed", "int", 0, low=0, step=1),
)
VALUES: dict[str, KnobValue] = {"bits_per_weight": 2, "gap_pct": 0.5, "scale": "channel", "seed": 0}


class Rows(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.turned: list[tuple[str, KnobValue]] = []

    def compose(self) -> ComposeResult:
        yield KnobRows()

    @on(KnobRows.Turned)
    def _turned(self, event: KnobRows.Turned) -> None:
        self.turned.append((event.name, event.value))


async def test_a_row_says_what_it_is_where_it_can_go_and_what_it_takes() -> None:
    app = Rows()
    async with app.run_test(size=(60, 10)) as pilot:
        rows = app.query_one(KnobRows)
        rows.show(KNOBS, VALUES)
        rows.focus()
        await pilot.press("down", "down")
        assert [line.rstrip() for line in rows.render().plain.split("\n")] == [
            "  bits per weight     2 ›         2–8",
            "  gap, %            ‹ 0.5 ›       0–1",
            "▸ scale             ‹ channel     tensor · channel",
            "  seed                0 ›",
        ]
        assert {line.cell_len for line in rows.render().split("\n")} >= {60}  # the band of the chosen one


async def test_a_click_beside_a_value_turns_it() -> None:
    app = Rows()
    async with app.run_test(size=(60, 10)) as pilot:
        rows = app.query_one(KnobRows)
        rows.show(KNOBS, VALUES)
        await pilot.pause()
        line = rows.render().plain.split("\n")[1]
        await pilot.click(KnobRows, offset=(line.index("›"), 1))
        await pilot.click(KnobRows, offset=(line.index("‹"), 1))
        await pilot.click(KnobRows, offset=(3, 2))
        assert app.turned == [("gap_pct", 1.0), ("gap_pct", 0.5)] and rows.knob.name == "scale"


@pytest.mark.parametrize(("low", "high", "said"), [(2, 8, "2–8"), (-4, 4, "-4 – 4"), (0, None, "")])
def test_a_range_is_read_as_one(low: int, high: int | None, said: str) -> None:
    assert allowed(Knob("n", "int", low, low=low, high=high, step=1)) == said
