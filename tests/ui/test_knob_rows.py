"""A demo's knobs: in words, each between the arrows that turn it, the one in hand marked, what it takes behind it."""

from itertools import product

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.widgets import Input

from quizapp.draw.names import Label
from quizapp.lab.knob import Knob, KnobValue
from quizapp.lab.script import read_demos
from quizapp.paths import BUNDLED_DEMOS
from quizapp.ui.widgets.knob_rows import KnobRows, allowed, neighbour

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
        yield Input()

    @on(KnobRows.Turned)
    def _turned(self, event: KnobRows.Turned) -> None:
        self.turned.append((event.name, event.value))


def lines(rows: KnobRows) -> list[str]:
    return [line.rstrip() for line in rows.render().plain.split("\n")]


async def test_each_has_its_place_and_the_one_in_hand_says_what_it_takes() -> None:
    app = Rows()
    async with app.run_test(size=(80, 10)) as pilot:
        rows = app.query_one(KnobRows)
        rows.show(KNOBS, VALUES, within=(76, 2))
        rows.focus()
        await pilot.pause()
        assert lines(rows) == [
            "▸ bits per weight   2 ›     gap, % ‹ 0.5 ›              bits per weight: 2–8",
            "  scale ‹ channel       seed   0 ›",
        ]
        await pilot.press("down", "down")
        assert lines(rows) == [
            "  bits per weight   2 ›     gap, % ‹ 0.5 ›",
            "▸ scale ‹ channel       seed   0 ›                   scale: tensor · channel",
        ]
        seed = lines(rows)[1].index("seed")
        await pilot.press("left", "up", "right")
        assert rows.values["scale"] == "tensor" and lines(rows)[0].startswith(
            "  bits per weight   2 ›   ▸ gap, % ‹ 1  "
        )
        assert lines(rows)[1] == "  scale   tensor ›      seed   0 ›" and lines(rows)[1].index("seed") == seed, (
            "none moves"
        )
        await pilot.press("tab")
        assert isinstance(app.focused, Input), "Tab leads to the next pane, as on every screen"
        assert app.turned == [("scale", "tensor"), ("gap_pct", 1.0)]


async def test_what_is_taken_stands_with_the_name_of_its_knob_as_much_of_it_as_there_is_room_for() -> None:
    """A range alone, beside another knob, would be read as that one's."""
    first, second = (Knob(name, "int", 30, low=20, high=60, step=1) for name in ("peak_requests_a_second", "load"))
    app = Rows()
    async with app.run_test(size=(80, 10)):
        rows = app.query_one(KnobRows)
        for width, said in (
            (80, "peak requests a second: 20–60"),
            (72, "peak requests…: 20–60"),
            (66, "peak req…: 20–60"),
            (58, "load ‹ 30 ›"),
        ):
            rows.show([first, second], {first.name: 30, second.name: 30}, within=(width, 1))
            assert len(lines(rows)) == 1 and lines(rows)[0].endswith(f" {said}") and len(lines(rows)[0]) <= width


@pytest.mark.parametrize("width", [34, 76])
async def test_of_many_those_around_the_one_in_hand_are_in_sight(width: int) -> None:
    many = tuple(Knob(f"knob_number_{n}", "int", 5, low=1, high=20, step=1) for n in range(12 if width > 50 else 6))
    app = Rows()
    async with app.run_test(size=(80, 10)) as pilot:
        rows = app.query_one(KnobRows)
        rows.show(many, {knob.name: 5 for knob in many}, within=(width, 2))
        rows.focus()
        for _ in many:
            assert len(lines(rows)) == rows.height == 2 and all(len(line) <= width for line in lines(rows))
            assert sum("▸" in line for line in lines(rows)) == 1
            await pilot.press("down")


async def test_a_click_beside_a_value_turns_it() -> None:
    app = Rows()
    async with app.run_test(size=(80, 10)) as pilot:
        rows = app.query_one(KnobRows)
        rows.show(KNOBS, VALUES)
        await pilot.pause()
        line = lines(rows)[0]
        gap = line.index("gap")
        await pilot.click(KnobRows, offset=(line.index("›", gap), 0))
        await pilot.click(KnobRows, offset=(line.index("‹", gap), 0))
        await pilot.click(KnobRows, offset=(3, 1))
        assert app.turned == [("gap_pct", 1.0), ("gap_pct", 0.5)] and rows.knob.name == "scale"
        await pilot.click(KnobRows, offset=(79, 0))
        assert rows.knob.name == "scale" and len(app.turned) == 2


async def test_shift_turns_by_ten_and_home_and_end_lead_to_the_ends() -> None:
    app = Rows()
    async with app.run_test(size=(80, 10)) as pilot:
        rows = app.query_one(KnobRows)
        rows.show([Knob("rank", "int", 8, low=1, high=128, step=1), KNOBS[3]], {"rank": 8, "seed": 3})
        rows.focus()
        await pilot.press("shift+right", "shift+left", "shift+left", "shift+left", "end", "end", "shift+right", "home")
        assert app.turned == [("rank", value) for value in (18, 8, 1, 128, 1)], "nothing is run twice at an end"
        app.turned.clear()
        await pilot.press("down", "end", "shift+right", "home", "left")
        assert app.turned == [("seed", 13), ("seed", 0)], "a seed has no last one"


def test_every_knob_of_every_demo_keeps_to_what_it_takes() -> None:
    """Turned past both ends, one by one and ten at once; true and false are no numbers."""
    knobs = [knob for script in read_demos([BUNDLED_DEMOS])[0] for knob in script.knobs]
    assert {knob.kind for knob in knobs} == {"int", "float", "choice", "bool"}
    for knob, step in product(knobs, (1, -1, 10, -10)):
        value = knob.default
        for _ in range(30 if knob.high is None and knob.kind == "int" else len(knob.values()) + 2):
            value = turned if (turned := neighbour(knob, value, step)) is not None else value
            assert type(value) is type(knob.default) and knob.parse(knob.show(value)) == value
        last = knob.values()[0 if step < 0 else -1]
        assert value == last or (step > 0 and knob.high is None and knob.kind == "int")


@pytest.mark.parametrize(("low", "high", "said"), [(2, 8, "2–8"), (-4, 4, "-4 – 4"), (0, None, "")])
def test_a_range_is_read_as_one(low: int, high: int | None, said: str) -> None:
    assert allowed(Knob("n", "int", low, low=low, high=high, step=1)) == said


async def test_a_choice_and_a_switch_stand_by_the_words_for_them() -> None:
    labels = {"scale": Label("粒度"), "channel": Label("逐通道"), "tensor": Label("整个张量"), "true": Label("是")}
    app = Rows()
    async with app.run_test(size=(80, 10)):
        rows = app.query_one(KnobRows)
        rows.show([KNOBS[2]], {"scale": "channel"}, labels)
        assert lines(rows)[0].startswith("▸ 粒度 ‹ 逐通道") and "整个张量 · 逐通道" in lines(rows)[0]
        rows.show([Knob("signed", "bool", False, choices=(False, True))], {"signed": True}, labels)
        assert lines(rows)[0].startswith("▸ signed ‹ 是") and lines(rows)[0].endswith("signed: false · 是")
