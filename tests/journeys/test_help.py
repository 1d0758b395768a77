"""Help lists every key of the screen one comes from."""

import pytest
from rich.cells import cell_len
from seen import on_screen, the, until
from textual.containers import VerticalScroll
from textual.widgets import Static

from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.study.session import Changed
from quizapp.texts import tell
from quizapp.ui.app import QuizApp
from quizapp.ui.keymap import declared
from quizapp.ui.screens.help import HelpScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.wording import action_name

FIVE_QUESTIONS = BUNDLED_DECKS / "five-questions.yaml"


def page(app: QuizApp) -> str:
    return str(app.screen.query_one("#page", Static).render())


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_key_of_a_card_with_a_demo_is_listed_under_its_place(home: Home, language: str) -> None:
    home.root.mkdir()
    home.settings.write_text(f"language: {language}\nkeys: {{study.undo: ctrl+z}}\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "r")
        await pilot.pause()
        screen, panel = app.screen, app.screen.query_one("DemoPanel")
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        text = page(app)
        for owner in (*type(screen).__mro__, type(panel)):
            if owner.__module__.startswith("quizapp."):
                for binding in declared(owner):
                    assert action_name(binding.description, app.context.language) in text
        assert "^z" in text
        places = [
            tell(f"screens.help.{place}").says(app.context.language) for place in ("on_screen", "in_pane", "everywhere")
        ]
        assert sorted(places, key=text.index) == places
        # What keys do starts in one column, whatever is in front of it.
        rows = [line for line in text.splitlines() if line.startswith("  ") and not line.startswith("   ")]
        columns = {cell_len(line) - cell_len(line[2:].split("  ", 1)[1].lstrip()) for line in rows}
        assert len(rows) > 25 and len(columns) == 1
        await pilot.press("end")
        scroll = app.screen.query_one(VerticalScroll)
        await until(pilot, lambda: scroll.scroll_y > 0)
        assert scroll.scroll_y > 0
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen


async def test_a_click_on_a_line_does_what_its_key_does_where_one_came_from(home: Home) -> None:
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        study = the(app, StudyScreen)
        card = study.card
        assert "Bury" not in on_screen(app).splitlines()[-1]
        for words, done in (("Grade", False), ("Bury this card", True)):  # there is nothing to grade yet
            await pilot.press("question_mark")
            await pilot.pause()
            page = app.screen.query_one("#page", Static)
            line = str(page.render()).splitlines().index(next(t for t in str(page.render()).splitlines() if words in t))
            app.screen.query_one(VerticalScroll).scroll_to(y=max(0, line - 5), animate=False)
            await pilot.pause()
            row = next(y for y, text in enumerate(on_screen(app).splitlines()) if words in text)
            await pilot.click(offset=(on_screen(app).splitlines()[row].index(words), row))
            await until(pilot, lambda: app.screen is study)
            await pilot.pause()
            assert (study.card is not card) is done
        (act,) = study.session.acts
        assert isinstance(act, Changed) and act.what == "buried"


async def test_help_on_help_opens_no_second_one(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(40, 12), notifications=True) as pilot:
        await pilot.press("question_mark", "question_mark", "f1")
        await pilot.pause()
        assert len(app.screen_stack) == 2
        assert "README.md" in page(app)
