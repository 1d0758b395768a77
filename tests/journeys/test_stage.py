"""The stage of every demo, as one sees it right after a run and after a knob was turned: without scrolling there stand
the question, the verdict, the asked measure with what it was, the knob in hand and enough of the chart.

Here the demos of the five questions with one knob turned; all of them with every knob where QUIZAPP_SEEDS is set.
"""

import asyncio
import os
import re
from functools import partial

import pytest
from seen import on_screen, resize, until
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from quizapp.cards.card import Card
from quizapp.cards.library import read_library
from quizapp.draw.names import axis_name
from quizapp.lab.measured import measures
from quizapp.lab.script import read_script
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS, Home
from quizapp.ui.app import QuizApp
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import context
from quizapp.ui.demo.find import Demo, find_demo
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.widgets.key_bar import KeyBar

ALL = "QUIZAPP_SEEDS" in os.environ
FIVE = ("compress_layer", "fitnets", "offline_distillation", "quantize_layer", "temperature")
NAMES = sorted(path.stem for path in BUNDLED_DEMOS.glob("*.py") if "def main(" in path.read_text(encoding="utf-8"))
PLOTTED = 6
AXIS = re.compile(r"^[│ ]*[^│┤ ]* ?[┤│]")


class Beside(BaseScreen):
    """The demo, and as many rows below it as a card has for its grades."""

    DEFAULT_CSS = "Beside DemoPanel { display: block; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.panel = DemoPanel()

    def compose(self) -> ComposeResult:
        yield self.panel
        yield Static("\n")
        yield KeyBar()


async def test_what_stands_on_the_stage(home: Home) -> None:
    pytest.importorskip("torch")
    app, screen = QuizApp(home), Beside()
    decks = read_library([], user=None, bundled=BUNDLED_DECKS).decks
    cards = {name: next((one for deck in decks for one in deck.cards if asks(one, name)), None) for name in NAMES}
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: app.context.warm is not None and app.context.warm.ready())
        for name in NAMES if ALL else FIVE:
            await go_through(pilot, screen.panel, name, cards[name])


async def go_through(pilot: Pilot[None], panel: DemoPanel, name: str, card: Card | None) -> None:
    """Predict, run and turn."""
    script = read_script(BUNDLED_DEMOS / f"{name}.py")
    desk = context(panel).desk
    panel.look_up(partial(find_demo, desk, card) if card else lambda: Demo(script, knobs=script.defaults()))
    panel.begin()
    if card is not None:
        await until(pilot, lambda: panel.experiment.phase == "asking" and panel.experiment.script == script)
        ask = panel.experiment.demo.ask
        await pilot.press(*(["a"] if ask is not None and ask.choices else ["1", "enter"]))
        assert not re.search("running for [0-9]{3}", on_screen(pilot.app)), "since it began, not since the machine did"
    await measured(pilot, panel, 1)
    await all_in_sight(pilot, panel)
    for number, knob in enumerate(script.knobs if ALL else script.knobs[:1], 2):
        panel.stage.knobs.chosen = number - 2
        last = panel.experiment.knobs[knob.name] == knob.values()[-1]
        await pilot.press("left" if last else "right")
        await measured(pilot, panel, number)
        await all_in_sight(pilot, panel)


def asks(card: Card, demo: str) -> bool:
    return card.demo is not None and card.demo.run == demo and card.demo.predict is not None


async def measured(pilot: Pilot[None], panel: DemoPanel, runs: int) -> None:
    """Wait until so many different runs have measured something, and the last is drawn."""

    def done() -> bool:
        last = panel.experiment.last
        assert last is None or last.error is None, on_screen(pilot.app)
        return panel.experiment.phase == "finished" and len(panel.experiment.runs) == runs

    for _ in range(300):
        if done():
            break
        await asyncio.sleep(0.2)  # a run takes a while, and the tests' own pause works all the time
    await until(pilot, lambda: (drawn := panel.stage._drawn) and drawn.of == panel.experiment.runs[-1])


async def all_in_sight(pilot: Pilot[None], panel: DemoPanel) -> None:
    for size in ((80, 24), (120, 40)) if ALL else ((80, 24),):
        if size != pilot.app.size:
            await resize(pilot, *size)
            await until(pilot, lambda: (drawn := panel.stage._drawn) and drawn.paper == panel.stage.chart_paper)
            await pilot.pause()
        look(panel, on_screen(pilot.app))
    if ALL:
        await resize(pilot, 80, 24)
        await until(pilot, lambda: (drawn := panel.stage._drawn) and drawn.paper == panel.stage.chart_paper)


def look(panel: DemoPanel, screen: str) -> None:
    """What one has to see of the experiment is on the screen."""
    now, knobs = panel.experiment, panel.stage.knobs
    rows = [row.strip("│ ▁▂▃▄▅▆▇█") for row in screen.splitlines()]
    rule = next(place for place, row in enumerate(rows) if row.startswith("─────") and row.endswith("─────"))
    bands, below = rows[1:rule], screen.splitlines()[rule + 1 :]
    if now.demo.ask is not None:
        question = " ".join(now.demo.ask.ask.en.split())
        rows = bands[: next(place for place, row in enumerate(bands) if row.startswith("you: "))]
        begins, cut, ends = " ".join(rows).partition(" … ")
        assert question == begins or (cut and question.startswith(begins) and question.endswith(ends)), screen
        assert len(begins) > 20 and (not cut or len(ends) > 20), screen
        assert any(re.search("✓ right|✗ wrong|off by", row) for row in bands), screen
    labels = now.script.labels_in("en") if now.script else {}
    in_hand = next(row for row in bands if "▸" in row).partition("▸ ")[2]
    name, shown = axis_name(knobs.knob.name, labels), knobs.knob.show(now.knobs[knobs.knob.name])
    value = {"true": "yes", "false": "no"}.get(shown, shown)
    assert in_hand.startswith(name[:5]) and f" {value} " in f"{in_hand} ", screen
    lead = next(one for one in measures(now.runs[-1].result, labels) if one.name == now.asked(now.runs[-1].result))
    line = next((row for row in bands if row.startswith(f"{lead.words} {lead.shown}")), "")
    assert line, screen
    assert len(now.runs) == 1 or re.search(r"was \S+ \([+-]|as before", line), screen
    plotted = [row for row in below if AXIS.match(row[1:])]
    bars = [row for row in below if re.search("[▏▎▍▌▋▊▉█]", row[2:-3])]
    whole = [row.plain.rstrip() for row in panel.stage.chart.rows]
    assert len(plotted) >= PLOTTED or (bars and all(any(one in row for row in below) for one in whole[:8])), screen
    assert panel.stage.below.scroll_y == 0
    assert ("↓ more: PgDn" in screen) == (panel.stage.below.max_scroll_y > 0), "what goes on says so"
