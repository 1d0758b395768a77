"""A mock interview from the rows that choose it to its report: answered, timed, killed, resumed, marked, counted."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest
from seen import on_screen, plain, resize, the, until
from test_everywhere import coloured, faint, keys_are_true
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TextArea

from quizapp import disk
from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.study.interview_store import open_kept
from quizapp.ui.app import QuizApp
from quizapp.ui.context import context
from quizapp.ui.routes import open_screen
from quizapp.ui.screens import keeping
from quizapp.ui.screens.ask import AskScreen
from quizapp.ui.screens.help import HelpScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.interview import InterviewScreen
from quizapp.ui.screens.interview_report import ReportScreen
from quizapp.ui.screens.interview_setup import InterviewSetupScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.ui.wording import action_name

# A chain of three: only the first has the tag, so that it is the one to open with.
CHAIN = """
title: {en: A chain, zh: 一串}
cards:
  - id: top
    tags: [start]
    q: {en: What is frozen?, zh: 什么不变？}
    a: A secret teacher.
    points: [{en: the teacher stays, hit: [frozen]}, {en: the student learns, hit: [learns]}, {en: offline}]
    follow_ups: [deeper]
  - {id: deeper, q: "Why so?", a: A secret reason., points: [one, two], seconds: 1, follow_ups: [number]}
  - {id: number, type: numeric, q: "1 + 1?", answer: {value: 2, range: [2, 2]}, follow_ups: [top]}
"""
EVERY = """
cards:
  - {id: free, q: F?, a: A, points: [p]}
  - {id: fix, type: fix, a: A, points: [p], source: {book: B, says: It is so.}}
  - {id: pick, type: choice, q: Pick?, choices: [{en: yes, ok: true}, {en: no, why: Not so.}]}
  - {id: sort, type: order, q: Sort?, items: [one, two, three]}
  - {id: gaps, type: cloze, text: "Divide by the {{c1::scale}}."}
  - {id: number, type: numeric, q: "1 + 1?", answer: {value: 2, range: [2, 2]}}
"""


@asynccontextmanager
async def at_home(
    home: Home, deck: str = CHAIN, size: tuple[int, int] = (80, 24), settings: str = ""
) -> AsyncIterator[Pilot[None]]:
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(settings)
    path = home.root / "talk.yaml"
    path.write_text(deck)
    async with QuizApp(home, [path]).run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot


TO_DECKS = ("tab",) * 6  # from the number of questions, where the keys are first
TYPED = ("down", "down", "down", "right", "down", "down", "down")  # to how one answers, and on to the decks
BEGIN = ("i", *TYPED, "tab", "tab", "space", "enter")  # typed, of the tag `start`


def sat(pilot: Pilot[None]) -> InterviewScreen:
    return the(pilot.app, InterviewScreen)


class Question(TypedDict):
    """One of a kept file, as far as the tests look."""

    key: str
    typed: NotRequired[str]
    chosen: NotRequired[list[int]]
    confidence: NotRequired[int]
    took_s: NotRequired[float]
    grade: NotRequired[str]


class Interview(TypedDict):
    friend: bool
    questions: list[Question]


def kept(home: Home) -> Interview:
    (path,) = home.interviews.glob("*.json")
    found: Interview = json.loads(path.read_text())
    return found


def events_of(home: Home) -> list[dict[str, object]]:
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    return [json.loads(line) for line in lines]


def reviews(home: Home) -> dict[str, dict[str, object]]:
    return {str(event["card"]): event for event in events_of(home) if event["type"] == "reviewed"}


CHILD = f"""
import asyncio, sys
from pathlib import Path
from quizapp.paths import Home
from quizapp.ui.app import QuizApp

async def sit():
    async with QuizApp(Home(Path(sys.argv[1])), [Path(sys.argv[2])]).run_test(size=(80, 24)) as pilot:
        await pilot.press(*{BEGIN})
        await pilot.pause()
        await pilot.press(*"It is frozen", "ctrl+s", "4")
        await pilot.pause()
        await pilot.press("c", "space")
        await pilot.pause()
        await pilot.press(*"half of the seco")
        await asyncio.sleep(60)

asyncio.run(sit())
"""


async def test_a_whole_interview_killed_resumed_overrun_marked_and_counted(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.root.mkdir(parents=True)
    path = home.root / "talk.yaml"
    path.write_text(CHAIN)
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(home.root), str(path)], stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 40
        while True:
            files = list(home.interviews.glob("*.json"))
            if files and "half of the seco" in files[0].read_text():
                break
            assert child.poll() is None and time.monotonic() < end
            time.sleep(0.05)
    finally:
        os.kill(child.pid, signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    saved = open_kept(files[0]).interview
    assert [one.key for one in saved.questions] == ["talk/top", "talk/deeper", "talk/number"]
    first = saved.questions[0]
    assert (saved.at, first.typed, first.confidence, first.ticks, first.grade) == (1, "It is frozen", 95, (2,), "again")

    # An hour later: what passed meanwhile is nobody's time.
    monkeypatch.setattr(keeping, "local_now", lambda: local_now() + timedelta(hours=1))
    async with at_home(home) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "interrupted at 2 / 3" in on_screen(pilot.app)
        await pilot.press("i")
        await pilot.pause()
        assert pilot.app.screen.query_one(TextArea).text == "half of the seco"
        await until(pilot, lambda: " +0:0" in on_screen(pilot.app).splitlines()[0])
        top = on_screen(pilot.app).splitlines()[0]
        assert top.startswith("╭─ Question 2 of 3 · follow-up ─") and "of 0:01 +0:0" in top and "in all 0:" in top
        assert "secret" not in on_screen(pilot.app) and sat(pilot).interview.took_s < 1800
        assert "Ctrl+S when you are done" in on_screen(pilot.app)
        await pilot.press(*"nd", "ctrl+s")
        assert "How sure?" in on_screen(pilot.app) and "2 Unsure 50%" in on_screen(pilot.app)
        assert "You said: half of the second" in plain(pilot.app) and "Space skip" in on_screen(pilot.app)
        assert "answer holds? Its points come next." in plain(pilot.app)
        took = sat(pilot).interview.took_s
        sat(pilot).tick()
        assert sat(pilot).interview.took_s == took  # the clock stands
        await pilot.press("u")
        assert pilot.app.screen.query_one(TextArea).text == "half of the second"
        await pilot.press("escape", "2")
        await pilot.pause()
        page = on_screen(pilot.app)
        assert "Question 2 of 3 · marking" in page and "secret" not in page and "Tick what you said" in page
        assert "▸" not in page
        await pilot.press("space")  # nothing is suggested yet
        await pilot.pause()
        assert "Question 2 of 3 · marking" in on_screen(pilot.app)
        await pilot.press("a", "b")
        assert "▸2 Hard" in on_screen(pilot.app)  # all of it, and over its time
        await pilot.press("space")
        await pilot.pause()
        assert isinstance(pilot.app.focused, Input)
        await pilot.press("2", "enter", "space")  # not said how sure
        await pilot.pause()
        assert "✓ Right." in on_screen(pilot.app) and "▸3 Good" in on_screen(pilot.app)
        await pilot.press("u")  # step by step: how sure, the answer, the question before
        await pilot.pause()
        assert "How sure are you that your answer holds?" in plain(pilot.app)
        assert "points come next" not in plain(pilot.app)  # a number has none
        await pilot.press("u")
        await pilot.pause()
        assert "Question 2: Hard; Esc, then u goes back" in on_screen(pilot.app)
        await pilot.press("escape", "u")
        await pilot.pause()
        assert "Question 2 of 3 · marking" in on_screen(pilot.app) and "[x] b" in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("enter", "space")
        await pilot.pause()
        assert "✓ Right." in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()

        # What lacked something, with its answer: first what one was sure of.
        page = on_screen(pilot.app)
        assert (
            "Question 1 · looking back, 1 of 2" in page
            and "95% sure" in page
            and "It is frozen" in page
            and "A secret" in page
        )
        assert "asked again tomorrow and in a week" in page and "Nothing is asked here: read what was missing" in page
        assert "space go on" in page.lower()
        assert next(line for line in page.splitlines() if "mentioned" in line).split()[1:7] == (
            ["[", "]", "a", "the", "teacher", "stays"]
        )
        assert page.count("mentioned") == 1
        assert "[x] c" in page and "▸1 Again" in page
        await pilot.press("space")
        await pilot.pause()
        assert "half of the second" in on_screen(pilot.app) and "A secret reason" in on_screen(pilot.app)
        assert "space report" in on_screen(pilot.app).lower()  # the last
        assert reviews(home) == {}
        await pilot.press("space")
        await pilot.pause()

        assert isinstance(pilot.app.screen, ReportScreen)
        page = on_screen(pilot.app)
        assert "3 questions · 2 of them follow-ups" in page and "4/6 (67%) points" in page and "went over" in page
        assert "1 answer counts as a review" in plain(pilot.app) and "u takes that back." in plain(pilot.app)
        assert (
            "2 of 3 answers stand: the core and two thirds of the points (of two: the core), or judged right. "
            "How ready you are" in plain(pilot.app)
        )
        assert "asks you again the 2 that lacked something, first what you were sure of." in plain(pilot.app)
        assert set(reviews(home)) == {"talk/top"}
        await pilot.press("w")
        await pilot.pause()
        report = files[0].with_suffix(".md")
        assert any(one.message == f"Written: {report.name}\nin {report.parent}" for one in pilot.app._notifications)
        text = report.read_text(encoding="utf-8")
        assert text.startswith("# Mock interview") and "- [ ] the teacher stays" in text and "- [x] offline" in text
        await pilot.press("u")
        await pilot.pause()
        assert "Press c to count the answer as a review." in plain(pilot.app)
        await pilot.press("c", "i")
        await pilot.pause()
        assert "u takes that back" in plain(pilot.app) and isinstance(pilot.app.screen, ReportScreen)
        await pilot.press("s")
        await pilot.pause()
        study = the(pilot.app, StudyScreen)
        assert study.card is not None and study.card.id == "top"
        assert (study.session.counts.new, study.session.counts.learning) == (1, 1)
        await pilot.press("space", "3")
        await pilot.pause()
        assert study.card is not None and study.card.id == "deeper"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReportScreen)  # from which one came
        await pilot.press("enter", "i")
        await pilot.pause()
        pilot.app.clear_notifications()  # which lie over it
        await until(pilot, lambda: "3 questions  ██████▋░░░  67%" in on_screen(pilot.app), 5)
    events = [event for event in events_of(home) if event["type"] == "reviewed"]
    assert [(event["card"], event["grade"]) for event in events] == [
        ("talk/top", "again"),
        ("talk/top", "again"),
        ("talk/top", "good"),
    ]
    assert (events[1]["typed"], events[1]["confidence"], events[1]["ticks"]) == ("It is frozen", 95, [2])


async def test_every_type_of_card_is_answered_and_then_judged_or_marked(home: Home) -> None:
    async with at_home(home, EVERY) as pilot:
        await pilot.press("i", *TYPED, "enter")
        await pilot.pause()
        verdicts: dict[str, int] = {}
        while sat(pilot).interview.stage == "asking":
            answer = sat(pilot).answer
            assert answer is not None
            letters = {index: "abc"[answer.order.index(index)] for index in answer.order}
            match answer.card.id:
                case "free" | "fix":
                    assert isinstance(pilot.app.focused, TextArea)
                    await pilot.press(*"因为 so", "ctrl+s", "1")
                case "pick":
                    assert "a–b picks; Space when you are done" in on_screen(pilot.app)
                    await pilot.press(letters[1], "4")
                case "sort":
                    await pilot.press(*(letters[item] for item in (0, 1, 2)), "space", "space")
                case "gaps":
                    await pilot.press(*"the scale", "enter", "3")
                case _:
                    await pilot.press("3", "enter", "2")
            await pilot.pause()
            seen = on_screen(pilot.app)
            assert sat(pilot).interview.stage == "marking"
            verdicts[answer.card.id] = ("✓ Right." in seen) - ("✗ Wrong." in seen)
            if answer.card.id == "free":  # nothing is ticked yet
                for key in ("space", "4"):  # a key too many grades nothing
                    await pilot.press(key)
                    assert "First tick what you had: a, or n for none." in on_screen(pilot.app)
            await pilot.press(*(("n", "space") if answer.card.id in ("free", "fix") else ("space",)))
            await pilot.pause()
        assert verdicts == {"free": 0, "fix": 0, "pick": -1, "sort": 1, "gaps": 1, "number": -1}
        assert sat(pilot).interview.stage == "reviewing"
        again = []
        while isinstance(pilot.app.screen, InterviewScreen):
            assert pilot.app.screen.answer is not None
            again.append(pilot.app.screen.answer.card.id)
            await pilot.press("space")
            await pilot.pause()
        assert again[0] == "pick" and set(again) == {"free", "fix", "pick", "number"}  # of it one was sure
        assert isinstance(pilot.app.screen, ReportScreen) and "2/6 (33%) points" in on_screen(pilot.app)
    questions = {one["key"]: one for one in kept(home)["questions"]}
    assert questions["talk/free"]["typed"] == "因为 so" and questions["talk/free"]["confidence"] == 25
    assert questions["talk/sort"]["chosen"] == [0, 1, 2] and questions["talk/pick"]["grade"] == "again"
    assert {key: event["grade"] for key, event in reviews(home).items()} == {
        f"talk/{id}".replace("gaps", "gaps:c1"): "good" if id in ("sort", "gaps") else "again" for id in verdicts
    }


async def test_what_is_left_out_where_answers_are_written_is_said_to_be_missed(home: Home) -> None:
    deck = "cards:\n  - {id: number, type: numeric, q: '1 + 1?', answer: {value: 2, range: [2, 2]}}\n"
    async with at_home(home, deck) as pilot:
        await pilot.press("i", *TYPED, "enter")
        await pilot.pause()
        await pilot.press("enter", "enter", "space")
        await pilot.pause()
        assert sat(pilot).interview.stage == "marking" and "Left out, so missed." in on_screen(pilot.app)


async def test_what_would_be_asked_is_said_before_it_begins(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("i")
        await pilot.pause()
        seen = on_screen(pilot.app)
        assert "Begin: 3 questions " in seen and "answers take about 4 min " in seen
        assert "in words" not in seen  # what is missed is followed up, by a question of any kind
        await pilot.press(*"3", "down", *"200")  # what is no number of minutes says its limits
        await pilot.pause()
        assert "from 5 questions on" in on_screen(pilot.app) and "✗ from 5 to 120" in on_screen(pilot.app)


async def test_that_the_minutes_leave_fewer_questions_is_said_at_their_row(home: Home) -> None:
    async with at_home(home, CHAIN.replace("seconds: 1", "seconds: 200")) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert " fit into " not in on_screen(pilot.app)  # there are no more
        await pilot.press("down", *"5")
        await pilot.pause()
        rows = on_screen(pilot.app).splitlines()
        assert "Questions   8 " in rows[1] and re.search("[12] fits? into 5 minutes", rows[1])


async def test_aloud_nothing_is_written_but_what_can_be_judged(home: Home) -> None:
    async with at_home(home, EVERY) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "aloud " in on_screen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        while isinstance(pilot.app.screen, InterviewScreen):
            answer = pilot.app.screen.answer
            assert answer is not None
            line = answer.card.id in ("gaps", "number")
            assert isinstance(pilot.app.focused, Input if line else SheetView)
            said = (
                "Say it aloud; Space when"
                if answer.card.id in ("free", "fix")
                else "Enter when"
                if line
                else "Space when"
            )
            assert f"{said} you are done" in on_screen(pilot.app)
            if answer.judged:  # that there is no answer is said first, as in a quiz
                await pilot.press("enter" if line else "3")
                said = f"No answer yet: {'Enter' if line else 'Space'} once more counts it as missed."
                assert said in on_screen(pilot.app) and pilot.app.screen.answers
                assert isinstance(pilot.app.focused, Input if line else SheetView)
            await pilot.press("escape" if line else "t")
            assert not pilot.app.screen.query_one(TextArea).display
            await pilot.press("3")
            await pilot.pause()
            assert sat(pilot).interview.question.confidence == 75
            await pilot.press(*("a" if answer.card.points else ""), "4")
            await pilot.pause()
    assert [one.get("grade") for one in kept(home)["questions"]] == ["easy"] * 6


async def test_a_friend_asks_and_ticks_while_the_answer_is_given(home: Home) -> None:
    async with at_home(home, size=(120, 40)) as pilot:
        await pilot.press("i", *TYPED[:4], *TYPED[3:], "tab", "tab", "space")
        await pilot.pause()
        assert "Begin: 2 questions" in on_screen(pilot.app)  # a number is nothing to be said to a friend
        await pilot.press("enter")
        await pilot.pause()
        page = on_screen(pilot.app)
        assert "Turn the screen to your friend" in page and "frozen" not in page and "secret" not in page
        await pilot.press("space", "enter")
        await pilot.pause()
        page = on_screen(pilot.app)
        assert page.startswith("╭─ Interviewer: 1 of 2 ─") and "This screen is the interviewer's" in page
        assert "A secret teacher" in page and "[ ] a" in page and "in all 0:0" in page and "How sure" not in page
        await pilot.press("space")
        await pilot.pause()
        assert "Interviewer: 1 of 2" in on_screen(pilot.app)
        await pilot.press("a", "b", "c")
        await pilot.pause()
        assert "▸3 Good" in on_screen(pilot.app)
        sat(pilot)._since -= timedelta(seconds=5)
        sat(pilot).tick()
        assert 5 <= sat(pilot).interview.took_s < 300
        await pilot.click(GradeBar, offset=(75, 0))
        await until(pilot, lambda: "Interviewer: 2 of 2 · follow-up" in on_screen(pilot.app))
        await pilot.press("u")
        await pilot.pause()
        assert "[x] c" in on_screen(pilot.app)
        await pilot.press("3", "n", "1")
        await pilot.pause()
        assert "Turn the screen back to who answered" in on_screen(pilot.app) and "secret" not in on_screen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Question 2 · looking back, 1 of 1" in on_screen(pilot.app) and "[x] n" in on_screen(pilot.app)
        await pilot.press("space")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportScreen))
    found = kept(home)
    assert found["friend"] is True and not any("confidence" in one for one in found["questions"])
    assert {key: event["grade"] for key, event in reviews(home).items()} == {"talk/top": "good", "talk/deeper": "again"}


async def test_leaving_and_ending_ask_first_and_keep_what_was_said(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press(*"so", "escape", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AskScreen)
        below = pilot.app.screen_stack[-2]
        assert isinstance(below, InterviewScreen)
        took = below.interview.took_s
        for again in (False, True):
            await pilot.pause(0.02)
            below.tick()
            assert (below.interview.took_s > took) is again, "the clock stands still as long as this is asked"
            await pilot.press("escape") if not again else None
        assert sat(pilot).answer is not None
        await pilot.press("escape", "y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen) and plain(pilot.app).count("Go on with") == 2  # said, and there
        assert kept(home)["questions"][0]["typed"] == "so"
        await pilot.press("i", "i")
        await pilot.pause()
        await pilot.press("escape", "question_mark")
        await pilot.pause()
        below = pilot.app.screen_stack[-2]
        assert isinstance(pilot.app.screen, HelpScreen) and isinstance(below, InterviewScreen)
        took = below.interview.took_s
        await pilot.pause(0.02)
        below.tick()
        assert below.interview.took_s == took, "nor does it run during help"
        await pilot.press("escape", "full_stop")
        await pilot.pause()
        assert "Questions not answered: 2" in plain(pilot.app)
        await pilot.press("y")
        await pilot.pause()
        assert "Question 1 of 1 · marking" in on_screen(pilot.app)
        await pilot.press("a", "escape", "y")
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
        pilot.app.clear_notifications()  # which lie over it
        await until(pilot, lambda: "interrupted at 1 / 1" in on_screen(pilot.app))
        await pilot.press("i")
        await pilot.pause()
        assert "[x] a" in on_screen(pilot.app)
        assert "Space go on" in on_screen(pilot.app) and "next question" not in on_screen(pilot.app)
        await pilot.press("1", "escape")
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
        pilot.app.clear_notifications()
        await until(pilot, lambda: "to look at again from 1 / 1" in on_screen(pilot.app))


async def test_ended_before_anything_was_answered_it_leaves_nothing(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN, "escape")
        await pilot.pause()
        sat(pilot).tick(save=True)
        assert kept(home)
        await pilot.press("full_stop")
        await pilot.pause()
        assert "Nothing was answered, so no report is kept." in plain(pilot.app)
        assert "not answered" not in plain(pilot.app)
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
    assert [*home.interviews.iterdir()] == [] and reviews(home) == {}


async def test_a_file_that_stays_when_nothing_was_answered_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN, "escape", "full_stop")
        await pilot.pause()
        monkeypatch.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "Denied")))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "Permission denied" in context(pilot.app).notices[-1].text


async def test_quitting_in_the_middle_keeps_the_last_letter(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press(*"the last lette", "r", "ctrl+q")
        await pilot.pause()
    assert kept(home)["questions"][0]["typed"] == "the last letter"


async def test_a_refusal_of_the_disk_is_said_once_and_mended_by_the_next_step(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        screen = sat(pilot)
        screen.tick(save=True)
        with monkeypatch.context() as patched:
            patched.setattr(disk, "sync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
            await pilot.press("a")
            for _ in range(3):
                screen.tick(save=True)
            await pilot.pause()
            assert "No space left" in plain(pilot.app) and len(pilot.app._notifications) == 1
        screen.tick(save=True)
    assert kept(home)["questions"][0]["typed"] == "a"


@pytest.mark.parametrize("stage", ["asking", "marking"])
async def test_nobody_is_told_that_it_is_kept_while_the_disk_is_full(
    home: Home, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press("x", "escape", *("full_stop", "y") * (stage == "marking"))
        await pilot.pause()
        asked = pilot.app.screen
        monkeypatch.setattr(disk, "sync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        await pilot.press("a" if stage == "marking" else "space", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AskScreen)
        await until(pilot, lambda: "Leave all the same?" in plain(pilot.app))
        await pilot.press("n")
        await pilot.pause()
        assert pilot.app.screen is asked
        await pilot.press("escape", "y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert [message.text for message in context(pilot.app).notices if "Kept" in message.text] == []


async def test_an_interview_that_is_open_is_gone_back_to_and_not_opened_twice(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press(*"so", "escape")
        asked = sat(pilot)
        asked.tick(save=True)
        for keys in (("i",), ("tab", *TO_DECKS, "tab", "tab", "enter")):
            open_screen(pilot.app, "interview-setup")  # as the palette does
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            assert pilot.app.screen is asked and len(pilot.app.screen_stack) == 2


async def test_damaged_and_newer_files_are_named_and_stay(home: Home) -> None:
    home.interviews.mkdir(parents=True)
    damaged, newer = home.interviews / "2026-01-01-000000.json", home.interviews / "2026-01-02-000000.json"
    damaged.write_text("{")
    newer.write_text('{"format": 9}')
    async with at_home(home, size=(200, 50)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "is damaged" in plain(pilot.app) and "newer quizapp" in plain(pilot.app)
        await pilot.press(*TO_DECKS, "i", "tab", "tab", "tab", "delete")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewSetupScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewSetupScreen) and len(pilot.app._notifications) == 1
    assert damaged.read_text() == "{" and newer.read_text() == '{"format": 9}'


async def test_an_interview_is_deleted_only_if_that_is_meant(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press("escape", "escape", "y")
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
        assert "Begin: 3 questions" in on_screen(pilot.app) and "Enter begin" in on_screen(pilot.app)
        await pilot.press(*TO_DECKS, "tab", "tab", "tab")
        await pilot.pause()
        assert "Enter open" in on_screen(pilot.app) and "Enter begin" not in on_screen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewSetupScreen)
        await pilot.press("delete", "n")
        await pilot.pause()
        assert len(list(home.interviews.glob("*.json"))) == 1
        await pilot.press("delete", "y")
        await pilot.pause()
        assert list(home.interviews.glob("*.json")) == []
        assert "Every interview stays here" in on_screen(pilot.app)
        await pilot.press("shift+tab", "shift+tab", "tab", "tab")
        assert not pilot.app.screen.query_one("#past", OptionList).has_focus  # there is nothing to open


async def test_cards_that_went_away_are_not_asked_and_their_answers_stay(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press(*"so", "escape", "1", "a", "space")
        await pilot.pause()
        await pilot.press("escape", "escape", "y")
        await pilot.pause()
    left = "cards:\n  - {id: number, type: numeric, q: '1 + 1?', answer: {value: 2, range: [2, 2]}}\n"
    async with at_home(home, left) as pilot:
        await pilot.press("i", "i")
        await pilot.pause()
        assert "Question 2 of 2" in on_screen(pilot.app) and "1 + 1?" in on_screen(pilot.app)
        await pilot.press("2", "enter", "4")
        await pilot.pause()
        assert "Question 2 of 2 · marking" in on_screen(pilot.app)
        await pilot.press("1")  # what follows counts where it was missed
        await pilot.pause()
        assert "Question 2 · looking back, 2 of 2" in on_screen(pilot.app)  # the first one's card is gone
        await pilot.press("space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReportScreen)
        assert "in no deck any more" in context(pilot.app).notices[-1].text
        assert "1/1 (100%) points" in on_screen(pilot.app)
    assert set(reviews(home)) == {"talk/number"}


async def test_an_interview_of_which_no_card_is_left_ends_in_an_empty_report(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press("escape", "escape", "y")
        await pilot.pause()
    async with at_home(home, "cards:\n  - {id: other, q: Q, a: A}\n") as pilot:
        await pilot.press("i", "i")
        await pilot.pause()
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportScreen))
        assert "1 question ·" in on_screen(pilot.app) and "Press c" not in on_screen(pilot.app)
        await pilot.press("c", "enter")
        await pilot.pause()
    assert reviews(home) == {}


async def test_where_its_deck_is_not_open_an_interview_waits_and_its_report_claims_nothing(home: Home) -> None:
    other = home.root / "other.yaml"
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press(*"so", "escape", "4", "a", "space")
        await pilot.pause()
        await pilot.press("escape", "escape", "y")
        await pilot.pause()
    was = kept(home)
    other.write_text("cards:\n  - {id: other, q: Q, a: A}\n")
    async with QuizApp(home, [other]).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i", "i")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewSetupScreen) and "the deck talk, which is not open" in plain(
            pilot.app
        )
    assert kept(home) == was
    async with at_home(home) as pilot:
        await pilot.press("i", "i")
        await pilot.pause()
        assert "Question 2 of 3" in on_screen(pilot.app)
        await pilot.press("escape", "full_stop", "y")
        await pilot.pause()
        await pilot.press("space")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportScreen))
    was = kept(home)
    async with QuizApp(home, [other]).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "– of the points" in on_screen(pilot.app)
        await pilot.press(*TO_DECKS, "tab", "tab", "enter")
        await pilot.pause()
        assert "Nothing stands out" not in plain(pilot.app) and "Hard or better" not in plain(pilot.app)
        await pilot.press("end")
        await pilot.pause()
        assert "in none of the open decks" in plain(pilot.app)
        await pilot.press("c", "i")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportScreen))
    assert kept(home) == was


async def test_a_deck_that_is_removed_meanwhile_is_asked_to_the_end(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        (home.root / "talk.yaml").unlink()
        context(pilot.app).reload()
        await until(pilot, lambda: not context(pilot.app).desk.library.decks)
        await pilot.press("escape", "4", "a", "b", "c", "space")
        await pilot.pause()
        assert "Question 2 of 3" in on_screen(pilot.app) and "Why so?" in on_screen(pilot.app)


async def test_a_deck_that_changes_meanwhile_shows_at_once(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press(*"typed")
        path: Path = home.root / "talk.yaml"
        path.write_text(CHAIN.replace("What is frozen?", "What is it that stays?"))
        context(pilot.app).reload()
        await until(pilot, lambda: "What is it that stays?" in on_screen(pilot.app))
        assert pilot.app.screen.query_one(TextArea).text == "typed"
        await pilot.press("escape", "3")
        await pilot.pause()
    assert kept(home)["questions"][0]["typed"] == "typed"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_in_chinese_at_every_size_and_by_mouse(home: Home, size: tuple[int, int]) -> None:
    async with at_home(home, size=size, settings="language: zh\n") as pilot:
        await pilot.press(*BEGIN[:-1])
        await pilot.pause()
        for word in ("模拟面试", "题库", "级别", "标签", "题数", "分钟", "作答", "3 道题"):
            assert word in on_screen(pilot.app)
        await pilot.click("#begin")
        await pilot.pause()
        assert "什么不变？" in on_screen(pilot.app) and "总用时" in on_screen(pilot.app)
        await pilot.press(*"教师不变", "escape")
        await pilot.click(GradeBar, offset=(2, 0))  # the answer is given
        await pilot.pause()
        assert "有多大把握？" in on_screen(pilot.app)
        await pilot.click(GradeBar, offset=(size[0] // 2 - 8, 0))
        await pilot.pause()
        assert "第 1 / 3 题 · 评分" in on_screen(pilot.app)
        await pilot.press("n")
        await pilot.click(GradeBar, offset=(size[0] // 2 - 8, 0))
        await pilot.pause()
        assert "追问" in on_screen(pilot.app).splitlines()[0]
        await pilot.press("escape", "full_stop", "y")
        await pilot.pause()
        seen = on_screen(pilot.app)
        assert "第 1 题 · 回看 1 / 1" in seen and "把握 50%" in seen and "教师不变" in seen
        await pilot.press("space")
        await pilot.pause()
        page = on_screen(pilot.app)
        assert "模拟面试" in page.splitlines()[0] and "1 道题" in page and "逐题" in page
        await pilot.press("l", "l")
        await pilot.pause()
        assert "Question by question" in on_screen(pilot.app)


async def test_the_palette_opens_it(home: Home) -> None:
    async with at_home(home) as pilot:
        commands = {
            action_name(command.title, "en"): command for command in pilot.app.get_system_commands(pilot.app.screen)
        }
        commands["Interview"].callback()
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewSetupScreen)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Begin" in on_screen(pilot.app)


async def test_a_point_that_is_ticked_comes_into_view(home: Home) -> None:
    deck = CHAIN.replace("a: A secret teacher.", 'a: "' + "A long answer. " * 150 + '"')
    async with at_home(home, deck) as pilot:
        await pilot.press(*BEGIN)
        await pilot.pause()
        await pilot.press("x", "escape", "full_stop", "y")
        await pilot.pause()
        assert "offline" in on_screen(pilot.app) and "A long answer" not in on_screen(pilot.app)
        await pilot.press("n", "1")
        await pilot.pause()
        assert "looking back, 1 of 1" in on_screen(pilot.app) and "A long answer" in on_screen(pilot.app)
        assert "Nothing is asked here" in on_screen(pilot.app) and pilot.app.screen.query_one(SheetView).scroll_y == 0
        await pilot.press("c")
        await pilot.pause()
        assert "[x] c  offline" in on_screen(pilot.app)


ROADS = {
    "rows": ["i"],
    "question": ["i", "enter"],
    "points": ["i", "enter", "space", "4"],
    "once more": ["i", "enter", "space", "4", "n", "1", "full_stop", "y"],
    "friend": ["i", "shift+tab", "up", "right", "right", "enter", "enter"],
    "report": ["i", "enter", "space", "4", "n", "1", "full_stop", "y", "space"],
}


@pytest.mark.parametrize("theme", ["monochrome", "high-contrast"])
@pytest.mark.parametrize("place", ROADS)
async def test_every_page_at_odd_sizes_without_colour_and_with_strong_contrast(
    home: Home, place: str, theme: str
) -> None:
    async with at_home(home, EVERY, settings=f"theme: {theme}\n", size=(120, 40)) as pilot:
        app = pilot.app
        for key in ROADS[place]:
            await pilot.press(key)
            await pilot.pause()
        assert (coloured(app) if theme == "monochrome" else faint(app)) == set()
        for size in [(20, 5), (44, 12), (300, 80)]:
            await resize(pilot, *size)
            assert on_screen(app).strip()
            keys_are_true(app.screen)
