"""Before a card is answered its demo shows its prediction and what that asked for, and nothing else."""

from pathlib import Path

import pytest
from seen import on_screen, plain, until
from textual.app import ComposeResult

from quizapp.cards.card import Predict, PredictChoice
from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.demo.find import Demo
from quizapp.ui.demo.panel import DemoPanel
from quizapp.words import same

DEMO = '''"""The title tells it.

The description tells it too.
"""
def main(seed: int = 0, told_knob: bool = False) -> dict:
    print("told in a line")
    return {"count": 3, "sum": 10 + seed, "sum_by_seed": {"x": [0, 1, 2], "curve": [10, 11, 12]}, "other": [1, 2]}
'''
TOLD = ("tells it", "told", "count", "other", "The takeaway", "def main", "‹")
CHOICES = (PredictChoice(same("small"), (0, 10)), PredictChoice(same("large"), (10, 99)))
ASK = Predict(ask=same("How large is the sum?"), read="sum", choices=CHOICES, so=same("The takeaway."))


class Beside(BaseScreen):
    """A screen with nothing but the demo."""

    DEFAULT_CSS = "Beside DemoPanel { display: block; height: 1fr; }"

    def __init__(self, demo: Demo) -> None:
        super().__init__()
        self.demo, self.panel = demo, DemoPanel()

    def compose(self) -> ComposeResult:
        yield self.panel

    def on_mount(self) -> None:
        self.panel.look_up(lambda: self.demo, veiled=True)
        self.panel.ask_first()


@pytest.fixture
def beside(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Beside:
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no warm process
    (tmp_path / "add.py").write_text(DEMO)
    script = read_script(tmp_path / "add.py")
    Trust(home.trust).allow(script)
    return Beside(Demo(script, knobs=script.defaults(), ask=ASK, card_key="deck/one"))


async def test_the_prediction_and_its_outcome_and_nothing_else(home: Home, beside: Beside) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.push_screen(beside)
        await until(pilot, lambda: "How large is the sum?" in plain(app) and "b large" in plain(app))
        assert beside.panel.has_focus_within and not any(told in on_screen(app) for told in TOLD)
        assert on_screen(app).splitlines()[0].startswith("╭─ Experiment ──")
        await pilot.press("x", "g", "v", "E", "b")  # only the prediction may be made
        await until(pilot, lambda: "✓ right" in plain(app) and "sum over seed" in plain(app))
        assert not any(told in on_screen(app) for told in TOLD) and "sum 10" in on_screen(app)
        await pilot.press("x", "g", "v")
        assert beside.panel.experiment.phase == "finished" and len(beside.panel.experiment.runs) == 1
        beside.panel.unveil()
        await until(pilot, lambda: "The title tells it" in plain(app) and "told knob" in plain(app))
        assert "The takeaway." in plain(app) and "sum 10" in plain(app) and "count 3" in plain(app)
        await pilot.press("right")
        await until(pilot, lambda: "sum 11 was 10" in plain(app))
        assert "✓ right" in plain(app) and "The takeaway." not in plain(app), "it is about the run that was asked for"
        await pilot.press("left")
        await until(pilot, lambda: "sum 10 was 11" in plain(app) and "The takeaway." in plain(app))


async def test_the_next_card_is_veiled_only_if_it_is_asked_for_so(home: Home, beside: Beside) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.push_screen(beside)
        await until(pilot, lambda: beside.panel.experiment.phase == "asking")
        beside.panel.look_up(lambda: beside.demo, renew=True)
        await until(pilot, lambda: beside.panel.experiment.phase == "asking")
        assert beside.panel.experiment.veiled
        beside.panel.look_up(lambda: beside.demo)
        await until(pilot, lambda: "The title tells it" in plain(app))


async def test_what_is_not_allowed_yet_is_read_first(home: Home, beside: Beside, tmp_path: Path) -> None:
    (tmp_path / "add.py").write_text(DEMO + "# not allowed\n")
    script = read_script(tmp_path / "add.py")
    beside.demo = Demo(script, knobs=script.defaults(), ask=ASK, card_key="deck/one")
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.push_screen(beside)
        await until(pilot, lambda: beside.panel.experiment.may("allow"))
        assert "def main" in on_screen(app) and "How large" not in on_screen(app)
        await pilot.press("y")
        await until(pilot, lambda: "How large is the sum?" in plain(app))
        assert not any(told in on_screen(app) for told in TOLD)
