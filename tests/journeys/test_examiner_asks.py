"""In a typed interview an examiner asks about the answer: killed while one replies, resumed, marked, in the report."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator

import pytest
from seen import on_screen, plain, the, until
from test_interview_screen import BEGIN, at_home
from textual.widgets import TextArea

from quizapp.examiner.ask import Asking
from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.study.interview_store import open_kept
from quizapp.ui import preferences
from quizapp.ui.context import context
from quizapp.ui.screens.ask import AskScreen
from quizapp.ui.screens.asked_back import AskedBackScreen
from quizapp.ui.screens.help import HelpScreen
from quizapp.ui.screens.interview import InterviewScreen
from quizapp.ui.screens.interview_report import ReportScreen

DECK = """
title: {en: A chain, zh: 一串}
cards:
  - id: top
    tags: [start]
    q: What is frozen?
    a: A.
    points: [the teacher stays frozen, students learn]
    seconds: 60
    follow_ups: [more]
  - {id: more, q: What else?, a: B., points: [one, two], seconds: 60}
"""
SAID = "It is frozen. I know"
CHILD = f"""
import asyncio, sys
from pathlib import Path
from quizapp.paths import Home
from quizapp.ui import base_screen
from quizapp.ui.app import QuizApp

base_screen.PACE_S = 0

async def sit():
    async with QuizApp(Home(Path(sys.argv[1])), [Path(sys.argv[2])]).run_test(size=(80, 24)) as pilot:
        await pilot.press(*{BEGIN}, "y")
        await pilot.pause()
        await pilot.press(*{SAID!r}, "ctrl+s", "3")
        while not pilot.app.screen.answers:
            await pilot.pause(0.02)
        await pilot.press(*"half of a rep")
        await asyncio.sleep(60)

asyncio.run(sit())
"""


def settings(address: str, model: str) -> str:
    return f"examiner_address: {address}\nexaminer_model: {model}\ninterview: 2027-01-01\n"


def asked_of(address: str) -> int:
    """How many requests the server had so far."""
    with urllib.request.urlopen(f"{address}/seen") as page:
        return len(json.load(page))


async def test_asked_back_killed_resumed_marked_and_reported(home: Home, examiner_server: str) -> None:
    home.root.mkdir(parents=True)
    path = home.root / "talk.yaml"
    path.write_text(DECK)
    home.settings.write_text(settings(examiner_server, "good"))
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(home.root), str(path)], stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 40
        while not any("half of a rep" in file.read_text() for file in home.interviews.glob("*.json")):
            assert child.poll() is None and time.monotonic() < end
            time.sleep(0.05)
    finally:
        os.kill(child.pid, signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    (file,) = home.interviews.glob("*.json")
    saved = open_kept(file).interview
    assert saved.stage == "asked_back" and saved.question.typed == SAID and saved.question.confidence == 75
    assert [(one.question, one.answer) for one in saved.question.asked_back] == [
        ("You said: It is frozen. Why is that so?", "half of a rep")
    ]

    async with at_home(home, DECK, settings=settings(examiner_server, "good")) as pilot:
        await pilot.press("i", "i")
        await pilot.pause()
        page = on_screen(pilot.app)
        assert "Question 1 of 2 · the examiner asks" in page and "? You said: It is frozen." in page
        assert pilot.app.screen.query_one(TextArea).text == "half of a rep"
        await pilot.press(*"ly", "escape")
        await until(pilot, lambda: "Space done" in on_screen(pilot.app).splitlines()[-1])
        await pilot.press("space")
        await until(pilot, lambda: "? You said: I know. Why is that so?" in plain(pilot.app))
        await until(pilot, lambda: the(pilot.app, AskedBackScreen).answers)
        await pilot.press("escape", "space")
        await pilot.pause()
        await until(pilot, lambda: "Question 1 of 2 · marking" in plain(pilot.app))
        talk = the(pilot.app, InterviewScreen).interview
        assert talk.stage == "marking" and talk.question.took_s + talk.question.back_s < 1800
        page = plain(pilot.app)
        assert "The examiner asked: You said: It is frozen" in page
        assert "half of a reply" in page and "(no answer)" in page
        await pilot.press("b", "X")  # the second point was not said
        await until(pilot, lambda: "said good at" in plain(pilot.app))
        page = plain(pilot.app)
        assert "missed but you ticked it" in page and "partly: “It is frozen”" in page
        await pilot.press("1")
        await pilot.pause()
        await pilot.press(*"so", "escape", "full_stop", "y", "n", "1")
        await pilot.pause()
        await until(pilot, lambda: the(pilot.app, InterviewScreen).interview.stage == "reviewing")
        assert "It is frozen" in plain(pilot.app) and "X" not in on_screen(pilot.app).splitlines()[-1]
        while not isinstance(pilot.app.screen, ReportScreen):
            await pilot.press("space")
            await pilot.pause()
        assert "The examiner asked back 2 times" in plain(pilot.app) and "732 tokens" in plain(pilot.app)
        await pilot.press("w")
        await pilot.pause()
    report = file.with_suffix(".md").read_text()
    assert "The examiner asked: You said: It is frozen. Why is that so?\n\n> half of a reply" in report
    assert "\n\n> (no answer)\n" in report
    events = [
        json.loads(line) for one in (home.root / "journal").glob("*.jsonl") for line in one.read_text().splitlines()
    ]
    review = next(event for event in events if event["type"] == "reviewed" and event["card"] == "talk/top")
    assert review["cued"] is True and any(event["type"] == "overruled" for event in events)


async def test_without_consent_with_a_fault_and_stopped_the_interview_goes_on(
    home: Home, examiner_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asked_of(examiner_server)
    async with at_home(home, DECK, settings=settings(examiner_server, "silent")) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "examiner silent at 127.0.0.1" in plain(pilot.app) and "only where you type" in plain(pilot.app)
        await pilot.press(*BEGIN[1:-1])
        await pilot.pause()
        assert "asks back ─╯" in on_screen(pilot.app) and "only where" not in plain(pilot.app)
        await pilot.press(BEGIN[-1])
        await pilot.pause()
        assert isinstance(pilot.app.screen, AskScreen) and "and after each answer that you type" in plain(pilot.app)
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("a", "ctrl+s", "1")
        await pilot.pause()
        assert the(pilot.app, InterviewScreen).interview.stage == "marking" and asked_of(examiner_server) == before

        here = context(pilot.app)
        here.examined.agree(examiner_server, local_now())
        await pilot.press("n", "1")
        await pilot.pause()
        await pilot.press("a", "ctrl+s", "1")
        await until(pilot, lambda: asked_of(examiner_server) == before + 1)
        asking = the(pilot.app, AskedBackScreen)
        assert "silent reads your answer" in plain(pilot.app) and not asking.query_one(TextArea).display
        asking.tick()
        assert asking.interview.question.back_s == 0
        await pilot.press("escape")
        await pilot.pause()
        talk = the(pilot.app, InterviewScreen).interview
        assert talk.stage == "marking" and talk.question.typed == "a" and talk.question.asked_back == ()

        await pilot.press("escape", "y")  # and with a server that only breaks
        await pilot.pause()
        preferences.change(pilot.app, "examiner_model", "broken")
        here.picked.clear()
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press("a", "ctrl+s", "1")
        await until(pilot, lambda: "500" in plain(pilot.app) and "Question 1 of 2 · marking" in plain(pilot.app))

        helped = asyncio.Event()

        async def astray(*_: object) -> AsyncIterator[Asking]:
            await helped.wait()
            yield Asking("Why")
            raise RuntimeError("astray")

        monkeypatch.setattr("quizapp.examiner.ask.follow_ups", astray)  # nobody foresaw that
        pilot.app.clear_notifications()
        await pilot.press("n", "1")
        await pilot.pause()
        await pilot.press("a", "ctrl+s", "1", "question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        helped.set()
        await until(pilot, lambda: "astray" in plain(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "Question 2 of 2 · marking" in plain(pilot.app) and "astray" in plain(pilot.app))
        assert [type(screen).__name__ for screen in pilot.app.screen_stack] == ["HomeScreen", "InterviewScreen"]
