"""The end of a sitting, and the question that is asked before something happens."""

from pathlib import Path

import pytest
from seen import on_screen, plain, resize, the, until

from quizapp.paths import Home
from quizapp.ui import base_screen, sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.ask import AskScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.summary import SummaryScreen

DECK = "cards:\n" + "".join(f"  - {{q: {{en: What of number {i}?, zh: 第 {i} 个是什么？}}, a: A}}\n" for i in range(12))


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "Done for now. 12 cards come once more (from "), ("zh", "暂时学完了。还有 12 张要再答（")],
)
async def test_the_hard_cards_scroll_and_what_comes_stays_in_sight(
    home: Home, tmp_path: Path, language: str, says: str
) -> None:
    (tmp_path / "d.yaml").write_text(DECK, encoding="utf-8")
    home.root.mkdir()
    home.settings.write_text(f"language: {language}\ntour: done\nminutes_per_day: 60\n")
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("enter", "space", "1", *["space", "2"] * 11, "space", "3")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        hard = the(app, SummaryScreen).query_one("#hard")
        for size in ((60, 20), (80, 24), (200, 50)):
            await resize(pilot, *size)
            assert says in on_screen(app) and hard.has_focus
            assert ("12 cards · " if language == "en" else "12 张 · ") in on_screen(app).splitlines()[0]
            assert "11  █" in on_screen(app)
            await until(pilot, lambda: ("↑↓" in on_screen(app)) == (hard.max_scroll_y > 0))
            if size == (80, 24):
                assert on_screen(app).count("Hard 1" if language == "en" else "困难 1") >= 4  # a line each
        assert not hard.show_vertical_scrollbar and hard.region.height < 30  # no higher than they are
        await resize(pilot, 60, 20)
        assert "… 2" not in on_screen(app)
        await pilot.press("end")
        await until(pilot, lambda: "… 2" in on_screen(app))  # ten are named


async def test_that_nothing_waits_is_said_and_one_key_studies_on(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("cards: [{q: What?, a: That.}, {q: Who?, a: They.}]\n")
    home.root.mkdir()
    home.settings.write_text("new_per_day: 1\n")
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("enter", "space", "3")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        assert "Done for now. 1 card comes once more (at " in on_screen(app)
        assert "s asks without waiting. Today's limit was 1 new card (Settings)." in plain(app)
        await pilot.press("space", "a")  # which were pressed for a card
        assert isinstance(app.screen, SummaryScreen)
        await pilot.press("s")
        await until(pilot, lambda: "What?" in on_screen(app) and "1 of 1 done, 1 once more" in on_screen(app))
        await pilot.press("space", "4")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        await until(pilot, lambda: "Tomorrow, in all decks: " in on_screen(app))
        assert not the(app, SummaryScreen).query_one("#hard").display
        assert "Today's limit was 1 new card (Settings). s begins 1 more, about " in plain(app)
        await pilot.press("s")
        await until(pilot, lambda: "Who?" in on_screen(app) and "1 new" in on_screen(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Nothing waits today. Enter begins 1 more." in on_screen(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Who?" in on_screen(app) and "1 new" in on_screen(app))
        await pilot.press("space", "4")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen))
        await pilot.press("s")  # each was asked today
        assert isinstance(app.screen, SummaryScreen) and "s studies on" not in on_screen(app)


async def test_a_deck_whose_new_cards_are_for_another_day_begins_them_also_after_a_part(
    home: Home, tmp_path: Path
) -> None:
    (tmp_path / "d.yaml").write_text("cards: [{q: What?, a: That.}, {q: Who?, a: They.}, {q: Where?, a: Here.}]\n")
    (tmp_path / "e.yaml").write_text("cards: [{id: e, q: When?, a: Now.}]\n")
    home.root.mkdir()
    home.settings.write_text("new_per_day: 1\n")
    app = QuizApp(home, [tmp_path / "d.yaml", tmp_path / "e.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "enter", "space", "3")
        await until(pilot, lambda: "In this deck: Done for now. 1 card comes once more (at " in plain(app))
        await until(pilot, lambda: "Tomorrow, in all decks: " in plain(app))
        assert "s asks without waiting. Today's limit was 1 new card (Settings)." in plain(app)
        await pilot.press("space", "a")  # which were pressed for a card
        assert isinstance(app.screen, SummaryScreen)
        await pilot.press("enter")
        await until(pilot, lambda: "1 card comes once more (at " in on_screen(app))
        assert "· new on another day; Enter begins once nothing waits" in on_screen(app)
        await pilot.press("enter")  # it does what it says
        await until(pilot, lambda: "Who?" in on_screen(app) and "2 new" in on_screen(app))
        await pilot.press("space", "4", "escape")
        await until(pilot, lambda: "Of these cards: 1 card to go. s studies on." in plain(app))
        await pilot.press("s")
        await until(pilot, lambda: "Where?" in on_screen(app) and "1 new   1 of 2 done" in on_screen(app))


async def test_keys_pressed_at_pace_for_a_card_do_nothing_at_the_end(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base_screen, "PACE_S", 60)
    (tmp_path / "d.yaml").write_text("cards: [{q: What?, a: That.}]\n")
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "space", "3", "enter", "u", "s")
        assert isinstance(app.screen, SummaryScreen)
        monkeypatch.setattr(base_screen, "PACE_S", 0)  # later
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_what_was_typed_of_a_card_stands_there_when_one_comes_back(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text('cards: [{id: g, type: cloze, text: "A {{c1::gap}}."}]\n')
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", *"half", "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "half" in on_screen(app))


async def test_what_waits_elsewhere_is_said_and_no_place_of_the_day_twice(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("cards: [{q: What?, a: That.}, {q: Who?, a: They.}]\n")
    (tmp_path / "e.yaml").write_text("cards: [{q: When?, a: Now.}, {q: Where?, a: Here.}]\n")
    app = QuizApp(home, [tmp_path / "d.yaml", tmp_path / "e.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "enter", "space", "4", "escape")
        await until(pilot, lambda: "In this deck: 1 card to go. s studies on. Tomorrow, in all" in plain(app))
        await pilot.press("s", "space", "4")
        await until(pilot, lambda: "2 other cards to go today." in plain(app))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Of these cards: 10 cards to go, 1 comes once more (at "),
        ("zh", "这些卡片还要学 10 张，另有 1 张要再答（"),
    ],
)
async def test_of_chosen_cards_those_of_their_decks_are_not_counted(
    home: Home, tmp_path: Path, language: str, says: str
) -> None:
    (tmp_path / "d.yaml").write_text(DECK + "".join(f"  - {{q: Other {i}?, a: A}}\n" for i in range(3)), "utf-8")
    home.root.mkdir()
    home.settings.write_text(f"language: {language}\n")
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        sittings.study_these(app.screen, app.context.desk.library.decks[0].cards[:12])
        await pilot.pause()
        await pilot.press("space", "3", "space", "4", "escape")
        await until(pilot, lambda: says in plain(app))


async def test_who_leaves_early_is_told_what_waits_still(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(DECK, encoding="utf-8")
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "space", "3", "escape")
        await until(pilot, lambda: "10 cards to go, 1 comes once more (at " in on_screen(app))


async def test_a_question_has_its_keys_below_it_the_users_own_too(home: Home) -> None:
    home.root.mkdir()
    home.settings.write_text("keys:\n  ask.yes: f5\n")
    app = QuizApp(home)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.pause()
        answers: list[object] = []
        open_screen(app.screen, "ask", "[b]what[/b]? " + "long " * 200, then=answers.append)
        await until(pilot, lambda: "[b]what[/b]?" in plain(app))
        assert the(app, AskScreen).query_one("#ask").has_focus
        line = next(line for line in on_screen(app).splitlines() if "╯" in line)
        assert "5 yes  n no " in line
        await pilot.press("y")
        assert answers == []
        await pilot.press("f5")
        await until(pilot, lambda: answers == [True])
