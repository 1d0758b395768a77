#!/usr/bin/env python
"""Make the pictures of the pages anew, or those that are named: of the app itself, on a home that nobody owns.

    python docs/pictures/make.py [NAME...]

A name is that of a file here without its ending; zh/NAME is the same in Chinese.

The clock stands still, the home has sixteen weeks of reviews by the recorder, and all chance is by seeds: twice the
same bytes on one machine. It needs torch (`[demos]`): experiment and code really run.
"""

import asyncio
import importlib
import os
import pkgutil
import random
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace

from msgspec.structs import replace
from rich.cells import cell_len
from textual.pilot import Pilot

import quizapp
from quizapp import disk
from quizapp.cards.card import Card
from quizapp.lab import run
from quizapp.memory.events import Given
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, retrievability, study_day
from quizapp.paths import Home
from quizapp.study.chosen import ChosenSession
from quizapp.study.desk import Desk, open_desk
from quizapp.study.interview import Asked, Terms, start_interview
from quizapp.study.interview_questions import choose
from quizapp.study.interview_store import count_as_reviews, keep_in, open_kept
from quizapp.ui.app import QuizApp
from quizapp.ui.code.editor_field import CodeEditor
from quizapp.ui.routes import open_screen

HERE = Path(__file__).parent
NOW = datetime(2026, 6, 17, 9, 30, tzinfo=UTC)  # a Wednesday
SETTINGS = "language: {language}\nmotion: false\ntour: done\ninterview: 2026-07-01\n"
WEEKS, NEW_A_DAY = 16, 3
IN_A_ROW = 11  # days before today without a gap
INTERVIEWS = {21: 1, 9: 2, 3: 0, 1: 3}  # so many days ago; number 0 was left halfway
ATTEMPT = """\
def kd_loss(student, teacher, labels, T, alpha):
    log_q = F.log_softmax(student / T, dim=1)
    p = F.softmax(teacher / T, dim=1)
    soft = F.kl_div(log_q, p, reduction="batchmean")
    hard = F.cross_entropy(student, labels)
    return alpha * soft + (1 - alpha) * hard
"""

RECT = re.compile(r'<rect fill="([^"]+)" x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/>')

TEXT = re.compile(
    r'<text class="([^"]+)" x="([^"]+)" y="([^"]+)" textLength="[^"]+" clip-path="([^"]+)">([^<]*)</text>'
)
CELL = 12.2  # how wide one is drawn

Making = Callable[[QuizApp, Pilot[None]], Awaitable[None]]
PICTURES: dict[str, tuple[tuple[int, int], Making]] = {}
CHINESE = ("stage", "card", "home", "code")  # what README.zh-CN.md shows
SAID = {"with the plan": "按计划", "about": "约", "✓ right": "✓ 猜对了", " was ": "上次", "expected": "预期"}


def picture(columns: int, rows: int) -> Callable[[Making], Making]:
    """The function leads from home to what is to be seen, in a terminal of this size; the picture has its name."""

    def named(making: Making) -> Making:
        name = making.__name__
        PICTURES[name] = (columns, rows), making
        if name in CHINESE:
            PICTURES[f"zh/{name}"] = PICTURES[name]
        return making

    return named


@picture(110, 32)
async def home(app: QuizApp, pilot: Pilot[None]) -> None:
    await seen(app, pilot, "with the plan")


@picture(100, 30)
async def card(app: QuizApp, pilot: Pilot[None]) -> None:
    await asked(app, pilot, "five-questions/model-quantization")
    await pilot.press("space", "a", "b", "c")
    await seen(app, pilot, "[x]")


@picture(100, 32)
async def stage(app: QuizApp, pilot: Pilot[None]) -> None:
    await asked(app, pilot, "five-questions/model-quantization")
    await pilot.press("space", "x")
    await seen(app, pilot, "about")
    await pilot.press("b")
    await seen(app, pilot, "✓ right")
    await pilot.press("right")
    await seen(app, pilot, " was ")
    await pilot.press("f11")


@picture(120, 30)
async def code(app: QuizApp, pilot: Pilot[None]) -> None:
    await asked(app, pilot, "write-it/kd-loss")
    await pilot.pause()
    app.screen.query_one(CodeEditor).text = ATTEMPT
    await pilot.press("ctrl+s")
    await seen(app, pilot, "expected")
    await pilot.press("escape")


@picture(100, 34)
async def report(app: QuizApp, pilot: Pilot[None]) -> None:
    open_screen(app, "report", open_kept(max(app.context.desk.home.interviews.glob("*.json"))))
    await seen(app, pilot, "2026-06-16 15:30")


@picture(110, 34)
async def readiness(app: QuizApp, pilot: Pilot[None]) -> None:
    await pilot.press("r")
    await seen(app, pilot, "with the plan")


# How they are made


async def asked(app: QuizApp, pilot: Pilot[None], key: str) -> None:
    """A sitting of one card."""
    desk = app.context.desk
    session = ChosenSession([desk.library.keys[key]], desk.library, desk.recorder, desk.settings, NOW)
    open_screen(app, "study", session)
    await pilot.pause()


def text_of(app: QuizApp) -> str:
    return "\n".join("".join(segment.text for segment in line) for line in app.screen._compositor.render_strips())


async def seen(app: QuizApp, pilot: Pilot[None], said: str, seconds: float = 60) -> None:
    """Wait until it is on the screen, in the app's language."""
    said = SAID.get(said, said) if app.context.language == "zh" else said
    end = time.monotonic() + seconds
    while said not in text_of(app):
        if time.monotonic() > end:
            sys.exit(f"{said!r} does not come:\n{text_of(app)}")
        await pilot.pause(0.05)


async def still(app: QuizApp, pilot: Pilot[None]) -> None:
    """Wait until nothing works any more and the screen has come to rest."""
    was = ""
    while was != (was := text_of(app)):
        await app.workers.wait_for_complete()
        await pilot.pause(0.4)


async def make(name: str, root: Path) -> None:
    size, making = PICTURES[name]
    app = QuizApp(Home(root))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await making(app, pilot)
        await still(app, pilot)
        svg = app.export_screenshot(title="quizapp", simplify=True)
    (HERE / f"{name}.svg").write_text(compact(svg, name.replace("/", "-")), encoding="utf-8")


def each_in_its_cells(svg: str) -> str:
    """Wide characters as wide as they are in a terminal: Rich counts a cell for each, and what shares a text with them
    is stretched."""

    def parted(found: re.Match[str]) -> str:
        css, x, y, clip, text = found.groups()
        if cell_len(text) == len(text):
            return found[0]
        drawn, at = "", float(x)
        for wide, alike in groupby(unescape(text), lambda char: cell_len(char) == 2):
            said = "".join(alike)
            cells = len(said) * (1 + wide)
            where = f'class="{css}" x="{at:g}" y="{y}" textLength="{cells * CELL:g}" clip-path="{clip}"'
            drawn += f"<text {where}>{escape(said)}</text>" if said.strip("\u00a0 ") else ""
            at += cells * CELL
        return drawn

    return TEXT.sub(parted, svg)


def compact(svg: str, name: str) -> str:
    """The same picture in half the bytes: short names, and one rectangle for all that touch in a line and are alike."""
    svg = re.sub(r"terminal-\d+", name, svg).replace("&#160;", "\u00a0").replace(' shape-rendering="crispEdges"', "")
    found: list[tuple[str, float, str, float, str]] = []
    for fill, x, y, width, height in RECT.findall(svg):
        last = found[-1] if found else None
        if last is not None and (last[0], last[2]) == (fill, y) and abs(last[1] + last[3] - float(x)) < 0.01:
            found[-1] = fill, last[1], y, last[3] + float(width), height
        else:
            found.append((fill, float(x), y, float(width), height))
    drawn = "".join(
        f'<rect fill="{fill}" x="{x:g}" y="{y}" width="{width:g}" height="{height}" shape-rendering="crispEdges"/>'
        for fill, x, y, width, height in found
    )
    svg = each_in_its_cells(svg)
    first = RECT.search(svg)
    assert first is not None
    svg = RECT.sub("", svg[: first.start()]) + drawn + RECT.sub("", svg[first.start() :])
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())


def freeze() -> None:
    """The clock of every module stands still, seeds are none, every run took as long."""
    for found in pkgutil.walk_packages(quizapp.__path__, "quizapp."):
        if found.name.split(".")[1] in ("memory", "study", "ui"):
            importlib.import_module(found.name)
    for name, module in list(sys.modules.items()):
        if name.startswith("quizapp.") and hasattr(module, "local_now"):
            module.local_now = lambda: NOW  # type: ignore[attr-defined]
        if name.startswith("quizapp.ui.screens.") and hasattr(module, "time"):
            module.time = SimpleNamespace(time=lambda: 0)  # type: ignore[attr-defined]
    ended = run.RunEnd
    run.RunEnd = lambda said, seconds, *rest: ended(said, 0.6, *rest)  # type: ignore[assignment,misc]
    disk.sync = lambda fd: None


# A home with a history


def studied(root: Path, language: str) -> None:
    """Sixteen weeks of reviews of the bundled decks, and three interviews."""
    root.mkdir(parents=True)
    files = Home(root)
    files.settings.write_text(SETTINGS.format(language=language))
    start = NOW - timedelta(weeks=WEEKS)
    desk = open_desk(files, [], start)
    cards = sorted((card for deck in desk.library.decks for card in deck.cards), key=lambda card: card.tier != "core")
    by_chance = random.Random(1)
    for day in range(7 * WEEKS):
        if by_chance.random() < 0.8 or day >= 7 * WEEKS - IN_A_ROW:
            study(desk.recorder, cards, start + timedelta(days=day), by_chance)
        if (number := INTERVIEWS.get(7 * WEEKS - day)) is not None:
            interview(desk, start + timedelta(days=day, hours=6), number)
    desk.recorder.close()


def study(recorder: Recorder, cards: list[Card], when: datetime, by_chance: random.Random) -> None:
    """A day: what is due then, and some new cards."""
    new, rules = 0, recorder.standings.rules
    for one in cards:
        memory = recorder.standings.of(one.key).memory
        if memory.due is not None and memory.due > when + timedelta(hours=8):
            continue
        new += memory.day is None
        if memory.day is None and new > NEW_A_DAY:
            continue
        recall = retrievability(memory, study_day(when, rules.rollover), rules) if memory.day else 0.6
        grade: Grade = "good" if by_chance.random() < recall else "again"
        while True:
            outcome = recorder.standings.preview(one.key, when)[grade]
            recorder.review(one.key, outcome, when, Given(took_s=round(by_chance.uniform(15, 60), 1)))
            when += timedelta(minutes=1)
            if outcome.memory.state == "review":
                break
            grade = "good"


def interview(desk: Desk, when: datetime, number: int) -> None:
    """One that was held: from number to number a little better. It counts, as it does when one holds it."""
    cards = {card.key: card for deck in desk.library.decks for card in deck.cards if card.points}
    terms, by_chance = Terms(8, 20, number), random.Random(number)
    held = start_interview(choose(desk.library, cards.values(), terms), terms, when)
    kept = keep_in(desk.home.interviews, held)
    if number:
        asked = (answered(one, desk.library.keys[one.key], by_chance, 0.15 + 0.2 * number) for one in held.questions)
        kept.interview = replace(held, questions=tuple(asked), stage="done", at=len(held.questions))
        count_as_reviews(kept, desk.library.keys, desk.recorder, desk.settings, when)
    kept.save()


def answered(one: Asked, card: Card, by_chance: random.Random, knows: float) -> Asked:
    """The question answered and marked by somebody who makes about the share `knows` of its points."""
    ticks = tuple(i for i in range(len(card.points)) if by_chance.random() < knows)
    grade: Grade = (
        "good" if len(ticks) == len(card.points) else "hard" if 3 * len(ticks) >= 2 * len(card.points) else "again"
    )
    sure = by_chance.choice((50, 75, 75, 100))
    took = round(one.budget_s * by_chance.uniform(0.6, 1.2), 1)
    return replace(one, took_s=took, confidence=sure, ticks=ticks, grade=grade, given=True)


def main() -> None:
    names = sys.argv[1:] or list(PICTURES)
    if unknown := set(names) - set(PICTURES):
        sys.exit(f"no picture is called {', '.join(sorted(unknown))}: there are {', '.join(PICTURES)}")
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ.pop("NO_COLOR", None)
    freeze()
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            studied(Path(folder, name), "zh" if name.startswith("zh/") else "en")
            asyncio.run(make(name, Path(folder, name)))
            print(f"{HERE.name}/{name}.svg  {(HERE / f'{name}.svg').stat().st_size // 1000} kB", flush=True)


if __name__ == "__main__":
    main()
