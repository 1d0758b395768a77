"""Every screen as text, in two sizes and two languages, beside what it looked like when somebody last looked at it.

After a change that is meant, write them anew, and look at the difference before it is committed:

    QUIZAPP_SNAPSHOTS=write pytest tests/journeys/test_snapshots.py && git diff tests/journeys/snapshots
"""

import difflib
import importlib
import os
import pkgutil
import shutil
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from seen import on_screen, the, until
from textual.pilot import Pilot

import quizapp
from quizapp import disk
from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.memory.events import Given, Prediction
from quizapp.memory.schedule import GRADES
from quizapp.paths import Home
from quizapp.study.desk import open_desk
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.interview import InterviewScreen
from quizapp.ui.screens.interview_setup import InterviewSetupScreen

SNAPSHOTS = Path(__file__).parent / "snapshots"
WRITE = os.environ.get("QUIZAPP_SNAPSHOTS") == "write"
SIZES = [(80, 24), (120, 40)]
NOW = datetime(2026, 3, 11, 14, 5, tzinfo=UTC)  # a Wednesday

ROUNDING = """
deck: rounding
title: {en: Rounding numbers, zh: 数值舍入}
cards:
  - id: half-step
    level: basic
    tags: [rounding, error]
    q: {en: How far can rounding to the nearest step move a number?, zh: 舍入到最近的步长时，一个数最多会移动多少？}
    a:
      en: "By **half a step**, at most: `|x - round(x)| <= step / 2`."
      zh: "最多**半个步长**：`|x - round(x)| <= step / 2`。"
    points:
      - {en: half a step, zh: 半个步长, hit: [half, 半]}
      - {en: "at most, in both directions", zh: 两个方向都是最多这么多}
    why:
      en: Between two neighbours the middle is furthest from both. Any other rule moves some number further.
      zh: 两个相邻刻度之间，中点离两边最远。换成别的规则，总有某个数会移动得更远。
    refs: ["arXiv:1712.05877"]
    seconds: 60
    follow_ups: [one-bit-less]
    demo:
      run: steps
      with: {bits: 3}
      predict:
        ask: {en: How many steps are there with 3 bits?, zh: 3 比特时有多少级？}
        read: levels
        choices:
          - {en: fewer than eight, zh: 少于八级, range: [0, 8]}
          - {en: eight or more, zh: 八级或更多, range: [8, 100]}
  - id: one-bit-less
    level: intermediate
    after: [half-step]
    tags: [error]
    q: {en: What does one bit less do to the error?, zh: 少一个比特，误差会怎样？}
    a:
      en: "It doubles the step, and so the error.\\n\\n| bits | step |\\n|---|---|\\n| 4 | 1/15 |\\n| 3 | 1/7 |"
      zh: "步长加倍，误差也随之加倍。\\n\\n| 比特 | 步长 |\\n|---|---|\\n| 4 | 1/15 |\\n| 3 | 1/7 |"
    points: [{en: the step doubles, zh: 步长加倍}, {en: so does the error, zh: 误差也加倍}]
  - id: which-rule
    type: choice
    tags: [rounding]
    q: {en: Which rule has no bias on ties?, zh: 遇到正中间的数时，哪条规则没有偏差？}
    choices:
      - {en: to the even neighbour, zh: 舍入到偶数, ok: true, why: {en: Ups and downs cancel., zh: 上下相抵。}}
      - {en: always up, zh: 总是向上, why: {en: The mean moves up., zh: 平均值会上移。}}
      - {en: towards zero, zh: 向零舍入, why: {en: The mean shrinks., zh: 平均值会缩小。}}
  - id: how-many
    type: numeric
    tags: [error]
    q: {en: "How many levels do 5 bits have?", zh: 5 个比特有多少级？}
    answer: {value: 32, range: [32, 32]}
"""
STUDENTS = """
deck: students
title: {en: Students and teachers, zh: 学生与教师}
start: [gap, heat]
cards:
  - id: soft
    level: advanced
    tags: [distillation]
    q: {en: What does a soft label tell that a hard one does not?, zh: 软标签告诉了硬标签没有告诉的什么？}
    a: {en: How alike the teacher finds the other classes., zh: 教师认为其他类别有多相似。}
    points: [{en: the other classes, zh: 其他类别}, {en: how alike they are, zh: 它们有多相似}]
  - id: gap
    type: cloze
    tags: [distillation]
    text:
      en: "At a high {{c1::temperature}} the labels get {{c2::softer}}."
      zh: "{{c1::温度}}越高，标签越{{c2::软}}。"
  - id: heat
    level: basic
    q: {en: Who raises the temperature?, zh: 谁来调高温度？}
    a: {en: Both. The student goes back to one afterwards., zh: 双方。之后学生回到一。}
"""
DEMO = '''"""Count the levels of a few bits.

Every bit doubles them.
"""
from typing import Annotated

def main(bits: Annotated[int, range(1, 9)] = 4, signed: bool = False) -> dict:
    print(f"{bits} bits")
    return {"levels": 2**bits}
'''

# The keys that lead there from home. `later` is twelve seconds later; `wait` waits for what works behind the screen.
SCREENS = {
    "home": "",
    "study-question": "down enter",
    "study-answer": "down enter later space a",
    "study-demo": "down enter space 3 later space x",
    "summary": "enter later space 3 later space 1 later space 2 escape",
    "related": "down enter space j",
    "quiz-setup": "z",
    "quiz": "z enter a space",
    "quiz-end": "z enter a space space escape escape",
    "interview-setup": "i",
    "interview": "i space typed enter h a l f",
    "interview-marking": "i space typed enter h a l f ctrl+s 2 a",
    "interview-report": "i space typed enter h a l f ctrl+s 2 a space end y space",
    "browse": "b wait",
    "browse-card": "b wait enter wait",
    "statistics": "h wait",
    "readiness": "r wait",
    "lab": "d",
    "settings": "comma",
    "keys": "comma k",
    "press": "comma k enter r",
    "ask": "b down enter 0",
    "help": "enter question_mark",
    "log": "said f12",
    "first-form": "T",
    "first-session": "T enter enter enter enter",
    "add-card": "a",
}


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two decks, a demo, six weeks of reviews, and an interview date."""
    home = Home(tmp_path_factory.mktemp("studied"))
    home.decks.mkdir(parents=True)
    home.demos.mkdir()
    (home.decks / "rounding.yaml").write_text(ROUNDING, encoding="utf-8")
    (home.decks / "students.yaml").write_text(STUDENTS, encoding="utf-8")
    (home.demos / "steps.py").write_text(DEMO)
    desk = open_desk(home, [home.decks], NOW)
    assert not desk.library.faults
    recorder = desk.recorder
    for ago in range(40, 0, -1):
        when = NOW - timedelta(days=ago, hours=ago % 7)
        for place, key in enumerate(["rounding/half-step", "rounding/one-bit-less", "students/soft", "students/heat"]):
            memory = recorder.standings.of(key).memory
            if ago % (place + 1) or (memory.due is not None and memory.due > when) or (place == 0 and ago < 18):
                continue
            grade = GRADES[(ago * (place + 1)) % 4] if place else "good"
            outcome = recorder.standings.preview(key, when)[grade]
            recorder.review(
                key, outcome, when, Given(took_s=20.0 + 9 * place + ago, confidence=(25, 50, 75, 100)[ago % 4])
            )
    recorder.predict(
        Prediction(card="rounding/half-step", demo="steps", measure="levels", right=True), NOW - timedelta(days=3)
    )
    recorder.change("students/heat", "flagged", NOW - timedelta(days=1))
    recorder.close()
    return home.root


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of every module stands still. They are all imported first, so that none keeps this clock for ever."""
    for room in ("memory", "study", "ui"):
        for found in pkgutil.walk_packages([str(Path(quizapp.__path__[0]) / room)], f"quizapp.{room}."):
            importlib.import_module(found.name)
    clock = Clock()
    seeds = SimpleNamespace(time=lambda: 0)  # of quizzes and interviews
    for name, module in list(sys.modules.items()):
        if name.startswith("quizapp.") and hasattr(module, "local_now"):
            monkeypatch.setattr(module, "local_now", clock)
        if name.startswith("quizapp.ui.screens.") and hasattr(module, "time"):
            monkeypatch.setattr(module, "time", seeds)
    monkeypatch.setattr(disk, "sync", lambda fd: None)
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no process that loads it
    return clock


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, studied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths on the screen are the same everywhere."""
    shutil.copytree(studied, tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("quizapp.ui.screens.lab.BUNDLED_DEMOS", tmp_path / "none")
    Trust(Home(Path("home")).trust).allow(read_script(Path("home/demos/steps.py")))


async def open_screen(app: QuizApp, pilot: Pilot[None], clock: Clock, keys: str) -> None:
    for key in keys.split():
        match key:
            case "wait":
                await app.workers.wait_for_complete()
            case "later":
                clock.now += timedelta(seconds=12)
            case "said":
                app.notify("Nothing to undo in this sitting.", markup=False)
                app.notify("The disk is full: free some space, then grade again.", severity="error", markup=False)
            case "typed":  # not aloud
                the(app, InterviewSetupScreen).set_to["answers"] = "typed"
            case "end":  # whose key is a letter, in a field
                the(app, InterviewScreen).action_end()
            case _:
                await pilot.press(key)
        await pilot.pause()


def as_kept(app: QuizApp) -> str:
    return "".join(f"{line.rstrip()}\n" for line in on_screen(app).splitlines())


async def looks(pilot: Pilot[None], app: QuizApp, was: str) -> None:
    await until(pilot, lambda: as_kept(app) == was)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_looks_as_it_did(name: str, language: str, clock: Clock) -> None:
    home = Home(Path("home"))
    home.settings.write_text(f"language: {language}\nmotion: false\ninterview: 2026-04-01\n")
    app = QuizApp(home, [home.decks])
    wrong: list[str] = []
    async with app.run_test(size=SIZES[0], notifications=True) as pilot:
        await pilot.pause()
        await open_screen(app, pilot, clock, SCREENS[name])
        for columns, rows in SIZES:
            await pilot.resize_terminal(columns, rows)
            path = SNAPSHOTS / f"{name}.{columns}x{rows}.{language}.txt"
            if WRITE:
                await pilot.pause(1)
                SNAPSHOTS.mkdir(exist_ok=True)
                path.write_text(as_kept(app), encoding="utf-8")
            was = path.read_text(encoding="utf-8") if path.exists() else ""
            with suppress(AssertionError):  # a machine that is busy may not have painted yet
                await looks(pilot, app, was)
            lines = was.splitlines(), as_kept(app).splitlines()
            wrong += difflib.unified_diff(*lines, f"{path.name}, as kept", "now", n=1, lineterm="")
    said = "If this is meant, write it anew: QUIZAPP_SNAPSHOTS=write pytest tests/journeys/test_snapshots.py"
    assert not wrong, "\n".join(["it looks different", *wrong, said])


def test_no_snapshot_is_of_a_screen_that_is_gone() -> None:
    meant = {f"{name}.{c}x{r}.{lang}.txt" for name in SCREENS for c, r in SIZES for lang in ("en", "zh")}
    assert {path.name for path in SNAPSHOTS.glob("*")} == meant
