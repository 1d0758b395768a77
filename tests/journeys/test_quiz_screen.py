"""A quick quiz and cramming, from home to the page that ends them."""

import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from seen import on_screen, plain, the, until
from textual.pilot import Pilot
from textual.widgets import Button, OptionList, Select

from quizapp.cards.card import Card
from quizapp.memory.events import Given
from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.study.selection import Selection
from quizapp.ui import base_screen
from quizapp.ui.app import QuizApp
from quizapp.ui.context import context
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.picking import PickingScreen
from quizapp.ui.screens.practise import PractiseScreen
from quizapp.ui.screens.quiz import QuizScreen
from quizapp.ui.screens.quiz_end import QuizEndScreen
from quizapp.ui.widgets.controls import OneOf, ValueLine

ONE = """
title: {en: Judged ones, zh: 可判的}
cards:
  - {id: pick, type: choice, level: basic, tags: [t], q: Pick?, why: Because.,
     choices: [{en: y, ok: true}, {en: n, why: Not so.}]}
  - {id: number, type: numeric, level: advanced, q: "1 + 1?", answer: {value: 2, range: [2, 2]}}
  - {id: words, level: basic, q: Say it., a: It.}
"""
LONG = "title: {en: One more deck whose title is too long for one line, zh: 又一个}\ncards:\n  - {id: w, q: W?, a: A}\n"


@asynccontextmanager
async def at_home(home: Home, size: tuple[int, int] = (80, 24), settings: str = "") -> AsyncIterator[Pilot[None]]:
    home.root.mkdir(parents=True)
    home.settings.write_text(settings)
    folder = home.root / "mine"
    folder.mkdir()
    (folder / "judged.yaml").write_text(ONE)
    (folder / "long.yaml").write_text(LONG)
    async with QuizApp(home, [folder]).run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot


def chosen(pilot: Pilot[None]) -> PractiseScreen:
    return the(pilot.app, PractiseScreen)


def take(pilot: Pilot[None], row: str) -> None:
    """The keys go to the control of that row."""
    next(control for control in chosen(pilot).rows.children if control.name == row).focus()


def reviews(home: Home) -> dict[str, str]:
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    return {event["card"]: event["grade"] for event in map(json.loads, lines) if event["type"] == "reviewed"}


async def answer_all(pilot: Pilot[None], given: dict[str, tuple[str, ...]]) -> None:
    """Answer every card with the keys given for its id, and take the grade that is marked, unless they gave one."""
    for _ in range(9):
        if not isinstance(pilot.app.screen, QuizScreen):
            return
        card = pilot.app.screen.card
        assert card is not None
        await pilot.press(*given[card.id])
        await pilot.pause()
        if isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen.card is card:
            await pilot.press("enter")
            await pilot.pause()
    raise AssertionError("The quiz goes on.")


async def test_several_decks_and_levels_are_ticked(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z", "shift+tab", "right")  # from the number up to the kind: cram
        await pilot.pause()
        assert "Cram" in on_screen(pilot.app) and "Begin: 4 of 4 cards" in on_screen(pilot.app)
        assert on_screen(pilot.app).count(" all ") >= 3  # of decks, levels, tags: none is ticked
        assert "none ticked: all" in on_screen(pilot.app) and not pilot.app.screen.query_one("#past").can_focus
        await pilot.press(*["down"] * 4, "space")
        await pilot.pause()
        assert "Begin: 3 of 3 cards" in on_screen(pilot.app) and " 1 of 2 " in on_screen(pilot.app)
        assert "[x] Judged ones" in on_screen(pilot.app) and "none ticked" not in on_screen(pilot.app)
        await pilot.press("down", "space")
        await pilot.pause()
        assert "[x] One more deck" in on_screen(pilot.app) and "Begin: 4 of 4 cards" in on_screen(pilot.app)
        await pilot.press("tab", "space", "end", "space")
        await pilot.pause()
        assert "[x] basic" in on_screen(pilot.app) and "Begin: 3 of 3 cards" in on_screen(pilot.app)
        assert chosen(pilot).selection() == Selection(("judged", "long"), ("basic", "advanced"))
        await pilot.press("shift+tab", "space", "home", "space")
        await pilot.pause()
        assert chosen(pilot).selection() == Selection((), ("basic", "advanced"))
        await pilot.press("tab", "space", "home", "space")
        await pilot.pause()
        assert chosen(pilot).selection() == Selection() and "[x]" not in on_screen(pilot.app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_every_row_shows_however_long_what_it_takes(home: Home, size: tuple[int, int]) -> None:
    async with at_home(home, size) as pilot:
        await pilot.press("z")
        await pilot.pause()
        for row in ("Kind", "Cards", "Decks", "Levels", "Tags", "[ ] basic", "[ ] One more", "none ticked: all"):
            assert f" {row}" in on_screen(pilot.app)
        assert "Begin: 2 of 2 cards" in on_screen(pilot.app)
        assert chosen(pilot).form.max_scroll_y == 0


async def test_a_number_has_limits_and_a_letter_in_it_is_a_key(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z")
        await pilot.pause()
        await pilot.press("1")  # the form opens at the number
        await pilot.pause()
        assert "Begin: 1 of 2 cards" in on_screen(pilot.app)
        await pilot.press("0", "1")
        await pilot.pause()
        assert "✗ from 1 to 100" in on_screen(pilot.app) and "Begin: 2 of 2 cards" in on_screen(pilot.app)
        take(pilot, "begin")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.focused, ValueLine) and chosen(pilot)
        await pilot.press("l", "5")
        await pilot.pause()
        assert "✗" not in on_screen(pilot.app) and "数量" in on_screen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QuizScreen)


EVIL = ["[red]x[/]", "[@click=app.quit]y[/]", "[/nothing]"]


async def test_titles_and_tags_in_markup_are_shown_as_they_stand_and_do_nothing(home: Home) -> None:
    folder = home.decks
    folder.mkdir(parents=True)
    for number, evil in enumerate(EVIL):
        card = f"{{q: 'Q{number}', a: A, tags: ['{evil}']}}"
        (folder / f"{number}.yaml").write_text(f"title: '{evil}'\ncards:\n  - {card}\n")
        os.utime(folder / f"{number}.yaml", (number, number))
    async with QuizApp(home, [folder]).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for key in ("z", "i"):
            await pilot.press(key)
            await pilot.pause()
            assert all(on_screen(pilot.app).count(evil) == 2 for evil in EVIL)
            await pilot.click("#deck", offset=(9, 2))
            await pilot.pause()
            assert pilot.app.is_running and f"[x] {EVIL[1]}" in on_screen(pilot.app)
            await pilot.press("escape")
            await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        deck = pilot.app.screen.query(OneOf).last()
        await until(pilot, lambda: EVIL[2] in on_screen(pilot.app))  # that was written last
        deck.focus()
        await pilot.press("left")
        await pilot.pause()
        assert EVIL[1] in on_screen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert all(evil in on_screen(pilot.app) for evil in EVIL)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert pilot.app.is_running and EVIL[2] in on_screen(pilot.app)


@pytest.mark.parametrize("counts", [True, False])
async def test_a_quiz_is_scored_explained_and_counted_only_if_asked(home: Home, counts: bool) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QuizScreen) and "Question 1 of 2 " in on_screen(pilot.app)
        while pilot.app.screen.card is not None and pilot.app.screen.card.id != "pick":
            await pilot.press("2", "enter", "enter")
            await pilot.pause()
        answer = pilot.app.screen.answer
        assert answer is not None
        wrong = "ab"[answer.order.index(1)]
        await pilot.press(wrong, "space")
        page = on_screen(pilot.app)
        assert "✗ Wrong." in page and "Space next" in page and "Again" not in page
        await pilot.press("3")  # there is nothing to grade, which is said
        assert "judged for you: Space goes on" in on_screen(pilot.app)
        assert isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen.revealed
        await pilot.press("space")
        await pilot.pause()
        await answer_all(pilot, {"number": ("2", "enter")})
        assert isinstance(pilot.app.screen, QuizEndScreen)
        page = on_screen(pilot.app)
        assert "1 / 2 right" in page and "The schedule is as it was." in page
        assert page.index("✗ Pick?") < page.index("✓ 1 + 1?") and "Not so." not in page
        await pilot.press("down")
        await pilot.pause()
        page = on_screen(pilot.app)
        assert "Not so." in page and "your answer" in page and "Because." in page
        await pilot.press("down")
        await pilot.pause()
        assert "✓ Right" in on_screen(pilot.app) and "Not so." not in on_screen(pilot.app)
        await pilot.press("home")
        await pilot.pause()
        assert reviews(home) == {}
        if counts:
            said = "2 answers count as reviews; u takes that back."
            assert "Press c to count all 2 answers as reviews." in plain(pilot.app)
            await pilot.press("c", "c")
            await pilot.pause()
            assert said in on_screen(pilot.app)
            assert [message.text for message in context(pilot.app).notices] == [said]
            assert reviews(home) == {"judged/pick": "again", "judged/number": "good"}
            await pilot.press("u")
            await pilot.pause()
            assert isinstance(pilot.app.screen, QuizEndScreen)
            assert context(pilot.app).notices[-1].text == "Count as reviews: undone"
            assert "The schedule is as it was." in on_screen(pilot.app)
            assert not any(context(pilot.app).desk.standings.of(key).memory.reps for key in reviews(home))
            await pilot.press("c")
            await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
    assert len(reviews(home)) == (2 if counts else 0)


async def test_cramming_asks_every_type_of_the_deck_chosen(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z")
        await pilot.pause()
        take(pilot, "kind")
        await pilot.press("right")
        chosen(pilot).ticks["deck"].focus()
        await pilot.press("space")
        await pilot.pause()
        assert "Begin: 3 of 3 cards" in on_screen(pilot.app)
        await pilot.press("tab", "space")
        await pilot.pause()
        assert {card.id for card in chosen(pilot).cards()} == {"pick", "words"}
        await pilot.press("enter")
        await pilot.pause()
        await answer_all(pilot, {"pick": ("space", "space", "2"), "words": ("space",)})  # said aloud
        assert "2 / 2 right" in on_screen(pilot.app)


async def test_a_quiz_and_an_interview_keep_to_what_was_seen_where_one_says_so(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z", "down", "space")
        await pilot.pause()
        assert "what you were asked before" in on_screen(pilot.app)
        assert "You studied none of these yet." in on_screen(pilot.app) and "Begin: " not in on_screen(pilot.app)
        desk = context(pilot.app).desk
        for key in ("judged/number", "judged/words"):
            outcome = desk.standings.preview(key, local_now())["good"]
            desk.recorder.review(key, outcome, local_now(), Given(took_s=1))
        await pilot.press("left", "right")
        await pilot.pause()
        assert "Begin: 1 of 1 card" in on_screen(pilot.app)
        await pilot.press("down", "enter")
        await pilot.pause()
        screen = the(pilot.app, QuizScreen)
        assert [card.id for card in screen.session.cards] == ["number"]
        await pilot.press("escape", "escape")
        await pilot.press("z")
        await pilot.pause()
        assert "Begin: 1 of 1 card" in on_screen(pilot.app)  # it stands as one left it
        await pilot.press("escape", "i")
        await pilot.pause()
        assert "Begin: 4 questions" in on_screen(pilot.app)
        await pilot.press(*["down"] * 4, "right")
        await pilot.pause()
        assert "Begin: 2 questions" in on_screen(pilot.app)


async def test_by_mouse(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.click("KeyBar", offset=(on_screen(pilot.app).splitlines()[-1].index(" quiz"), 0))
        await pilot.pause()
        await pilot.click(OneOf)
        await pilot.pause()
        assert the(pilot.app, PractiseScreen).query_one(Select).expanded
        lines = on_screen(pilot.app).splitlines()
        y = next(y for y, line in enumerate(lines) if "Cram" in line)
        await pilot.click(offset=(lines[y].index("Cram"), y))
        await pilot.pause()
        assert "Begin: 4 of 4 cards" in on_screen(pilot.app)
        await pilot.click("#deck", offset=(10, 2))
        await pilot.pause()
        assert chosen(pilot).selection() == Selection(("long",)) and "Begin: 1 of 1 card" in on_screen(pilot.app)
        await pilot.click(ValueLine)
        await pilot.pause()
        assert isinstance(pilot.app.focused, ValueLine) and "Enter begin" in on_screen(pilot.app)
        await pilot.press("down", "down", "down", "home", "up")  # and back from the decks
        await pilot.pause()
        assert isinstance(pilot.app.focused, Button)
        await pilot.press("up", "up")
        assert isinstance(pilot.app.focused, ValueLine)
        await pilot.click("#begin")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QuizScreen)


async def test_nothing_to_ask_is_said(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z", "tab", "tab", "tab", "down", "space")
        await pilot.pause()
        assert "No card is like that." in on_screen(pilot.app) and "Begin: " not in on_screen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PractiseScreen)
        assert [message.text for message in context(pilot.app).notices] == ["No card is like that."]
        await pilot.press("space")
        await pilot.pause()
        assert "Begin: 2 of 2 cards" in on_screen(pilot.app) and "No card" not in plain(pilot.app).split("Decks")[0]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_that_code_is_studied_and_not_asked_here_is_said(home: Home, tmp_path: Path) -> None:
    (tmp_path / "code.yaml").write_text("cards: [{type: code, q: Write it., code: it}]\n")
    app = QuizApp(home, [tmp_path / "code.yaml"])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("z", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PractiseScreen) and "Only code" in on_screen(app)
        assert "Code is studied, not asked here" in context(app).notices[-1].text


async def test_all_gaps_of_a_text_are_one_card_of_a_quiz(home: Home, tmp_path: Path) -> None:
    cards = "[{q: Q, a: A}, {type: code, q: Write it., code: it}, {type: cloze, text: '{{c1::a}} {{c2::b}} {{c3::c}}'}]"
    (tmp_path / "mixed.yaml").write_text(f"cards: {cards}\n")
    app = QuizApp(home, [tmp_path / "mixed.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("z")
        await until(pilot, lambda: "1 of 1 card" in on_screen(app))
        await pilot.press("up", "right")
        await until(pilot, lambda: "2 of 2 cards" in on_screen(app))
        assert "any card but code" in on_screen(app)


async def test_every_card_is_looked_at_once_a_draw(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many thousand each look is time in which nothing shows."""
    looks, cards = [], PickingScreen.cards

    def looked(screen: PickingScreen) -> list[Card]:
        looks.append(screen)
        return cards(screen)

    monkeypatch.setattr(PickingScreen, "cards", looked)
    async with at_home(home) as pilot:
        for key in "zi":
            await pilot.press(key)
            await pilot.pause()
            assert len(looks) == 1 and looks.pop() is pilot.app.screen
            await pilot.press("escape")


async def test_leaving_early_shows_the_score_so_far_and_u_goes_back(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z", "enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, QuizScreen) and screen.card is not None
        first = screen.card
        await pilot.press("enter")
        await pilot.pause()
        assert not screen.revealed and "No answer yet: " in on_screen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        page = on_screen(pilot.app)
        assert "✗ Left out, so missed." in page and page.count("issed") == 1
        await pilot.press("space")
        await pilot.pause()
        await pilot.press(*(["escape"] if screen.card.id == "number" else []), "escape")  # out of its line first
        await pilot.pause()
        await pilot.press("n")
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await pilot.pause()
        assert "Answered so far: 1 of 2." in on_screen(pilot.app)
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QuizEndScreen) and "0 / 1 right" in on_screen(pilot.app)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen.card is first
        assert " 1 of 2 " in on_screen(pilot.app)
        pilot.app.screen.finish()  # nothing is done: straight home
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.screen.query_one(OptionList).option_count == 3


UNSURE = """
cards:
  - {id: gap, type: cloze, text: "A {{c1::scale}} a channel."}
  - {id: number, type: numeric, q: How many?, answer: {value: 3.88, range: [3.8, 3.9]}}
"""


async def test_what_is_close_is_asked_no_number_asks_again_and_a_verdict_shown_counts_when_one_leaves(
    home: Home, tmp_path: Path
) -> None:
    (tmp_path / "unsure.yaml").write_text(UNSURE)
    async with QuizApp(home, [tmp_path / "unsure.yaml"]).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("z", "enter")
        await pilot.pause()
        quiz = the(pilot.app, QuizScreen).session
        for card in quiz.cards:
            if card.id != "number":
                await pilot.press(*"scalee", "enter")
                await pilot.pause()
                assert on_screen(pilot.app).count("it does not") == 1
                await pilot.press("space")
                assert quiz.revealed and quiz.card is card and "≈ Close" in on_screen(pilot.app)
                await pilot.press("y")
            else:
                await pilot.press("3", "minus", "4", "enter")
                await pilot.pause()
                assert not quiz.revealed and "Not one number: write one, such as 3.88" in on_screen(pilot.app)
                await pilot.press(*["backspace"] * 2, "comma", "8", "8", "enter")
            await pilot.pause()
            assert quiz.revealed
            if card is not quiz.cards[-1]:
                await pilot.press("space")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QuizEndScreen) and "2 / 2 right" in on_screen(pilot.app)


async def test_in_chinese_and_the_language_turns_on_every_page(home: Home) -> None:
    async with at_home(home, settings="language: zh\n") as pilot:
        await pilot.press("z")
        await pilot.pause()
        assert "快速测验" in on_screen(pilot.app) and "开始：2 张卡片中抽 2 张" in on_screen(pilot.app)
        await pilot.press("tab", "tab", "tab", "space")
        await pilot.pause()
        assert "[x] 可判的" in on_screen(pilot.app)
        await pilot.press("l", "l")  # both, then English: what was ticked stays ticked
        await pilot.pause()
        assert "[x] Judged ones" in on_screen(pilot.app) and "Quick quiz" in on_screen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        await answer_all(pilot, {"pick": ("space", "space"), "number": ("enter", "enter")})
        assert "0 / 2 right" in on_screen(pilot.app)
        await pilot.press("l")
        await pilot.pause()
        assert "答对 0 / 2" in on_screen(pilot.app) and "按 c" in on_screen(pilot.app)


async def test_misses_are_retried_until_none_is_left_and_each_quiz_stands_in_the_history(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z")
        await pilot.pause()
        assert "How each quiz went will stand here." in on_screen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        await answer_all(pilot, {"pick": ("space", "space"), "number": ("2", "enter")})
        page = on_screen(pilot.app)
        assert "1 / 2 right" in page and "z retry the misses" in page and "now" not in page
        assert "Next: z asks you again the one that you missed." in page
        await pilot.press("u")
        await pilot.pause()
        await answer_all(pilot, {"pick": ("space", "space"), "number": ("3", "enter")})
        await pilot.press("z")
        await pilot.pause()
        await answer_all(pilot, {"pick": ("space", "space"), "number": ("2", "enter")})
        await pilot.press("z")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert " then " in on_screen(pilot.app) and isinstance(pilot.app.screen, QuizEndScreen)  # as it was left
        await pilot.press("z")
        await pilot.pause()
        card = the(pilot.app, QuizScreen).card
        assert card is not None and card.id == "pick" and " 1 of 1 " in on_screen(pilot.app)
        answer = the(pilot.app, QuizScreen).answer
        assert answer is not None
        await answer_all(pilot, {"pick": ("ab"[answer.order.index(0)], "enter")})
        page = on_screen(pilot.app)
        assert re.search(r"\d / 2, then \d / \d, then 1 / 1 right", page) and "retry" not in page
        await pilot.press("enter", "z", "enter")
        await pilot.pause()
        await answer_all(pilot, {"pick": ("space", "space"), "number": ("2", "enter")})
        await until(pilot, lambda: "This one: 50%" in on_screen(pilot.app))
        await pilot.press("escape", "z")
        await until(pilot, lambda: "1 / 2" in on_screen(pilot.app))
        lines = [line for line in on_screen(pilot.app).splitlines() if "Quick quiz" in line and "%" in line]
        assert len(lines) == 2 and "50%" in lines[0] and "1 / 2 right" in lines[0]
    assert reviews(home) == {}


async def test_the_misses_of_a_past_quiz_are_asked_again(home: Home) -> None:
    async with at_home(home) as pilot:
        for typed in ("3", "2"):  # the second one has no miss
            await pilot.press("z", "down", "down", "down")
            chosen(pilot).ticks["level"].focus()
            await pilot.press("end", "space", "enter")  # the number alone
            await pilot.pause()
            await answer_all(pilot, {"number": (typed, "enter")})
            await pilot.press("enter")
            await pilot.pause()
        await pilot.press("z")
        await until(pilot, lambda: "0 / 1" in on_screen(pilot.app))
        page = on_screen(pilot.app)
        assert page.index("1 / 1") < page.index("0 / 1") and "Enter on one asks its misses again" in page
        await pilot.press("up", "up")
        await pilot.pause()
        assert "Enter retry the misses" in on_screen(pilot.app) and "Enter begin" not in on_screen(pilot.app)
        await pilot.press("up", "enter")  # above it is none that left something to ask
        await pilot.pause()
        assert [card.key for card in the(pilot.app, QuizScreen).session.cards] == ["judged/number"]
        await answer_all(pilot, {"number": ("2", "enter")})
        assert "1 / 1 right" in on_screen(pilot.app) and "among the past quizzes" in plain(pilot.app)
        await pilot.press("enter", "z")
        await until(pilot, lambda: "0 / 1" in on_screen(pilot.app))
        assert on_screen(pilot.app).count(" / 1 right") == 2
        (home.root / "mine" / "judged.yaml").write_text(LONG)
        context(pilot.app).reload()
        await until(pilot, lambda: "its misses" not in on_screen(pilot.app))  # its card is gone
        assert "0 / 1" in on_screen(pilot.app) and not pilot.app.screen.query_one("#past").can_focus
    assert reviews(home) == {}


async def test_what_cannot_be_judged_was_missed_or_right_in_one_key(home: Home) -> None:
    async with at_home(home) as pilot:
        await pilot.press("z")
        await pilot.pause()
        take(pilot, "kind")
        await pilot.press("right")
        chosen(pilot).ticks["deck"].focus()
        await pilot.press("down", "space", "enter")
        await pilot.pause()
        await pilot.press("space")
        assert "1 Missed" in on_screen(pilot.app) and "2 Right" in on_screen(pilot.app)
        await pilot.press("1")
        await pilot.pause()
        assert "0 / 1 right" in on_screen(pilot.app)
        await pilot.press("c", "z", "space")
        await pilot.click("GradeBar", offset=(60, 0))
        await pilot.pause()
        page = on_screen(pilot.app)
        assert "1 / 1 right" in page and "reviews now. Press c to count this one too." in page
        await pilot.press("c")
        await pilot.pause()
    assert reviews(home) == {"long/w": "good"}


async def test_a_verdict_is_taken_back_with_what_was_typed_and_keys_at_pace_end_on_the_list(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base_screen, "PACE_S", 60)
    (tmp_path / "two.yaml").write_text(
        "cards: [{id: g, type: cloze, text: 'A {{c1::gap}}.'}, {q: Say it., a: It., points: [one, two, three]}]\n"
    )
    app = QuizApp(home, [tmp_path / "two.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("z", "shift+tab", "right", "down", "enter")
        await pilot.pause()
        screen = the(app, QuizScreen)
        for card in screen.session.cards:
            if card.id == "g":
                await pilot.press(*"hole", "enter", "u")
                await pilot.pause()
                assert screen.session.card is card and not screen.revealed and "hole" in on_screen(app)
                await pilot.press("enter", "space")
            else:
                await pilot.press("space", "b")
                assert "Missed: the core point, a, is not ticked" in on_screen(app)
                await pilot.press("question_mark")
                await pilot.pause()
                page = on_screen(app)
                assert "Missed: not its core" in page and "Right: the core and two thirds" in page
                assert "Easy" not in page and "Hard" not in page
                await pilot.press("escape", "space")
        await pilot.press("enter", "z", "u")
        assert isinstance(app.screen, QuizEndScreen)
        monkeypatch.setattr(base_screen, "PACE_S", 0)  # later
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
