"""Help: what works now where one comes from, what the letters mean, and the rest below."""

import re

import pytest
from rich.cells import cell_len
from seen import on_screen, resize, the, torch_only, until
from textual.containers import VerticalScroll
from textual.widgets import Static

from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.study.sitting import Changed
from quizapp.texts import text
from quizapp.ui.app import QuizApp
from quizapp.ui.keymap import MEANINGS, declared
from quizapp.ui.screens.help import HelpScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.wording import key_phrase
from quizapp.words import Language

FIVE_QUESTIONS = BUNDLED_DECKS / "five-questions.yaml"
PARTS = ("now", "at_other_times", "in_others", "everywhere", "letters")


def page(app: QuizApp) -> str:
    return str(app.screen.query_one("#help-page", Static).render())


def parts(app: QuizApp) -> dict[str, str]:
    """The page by its titles, which stand in this order."""
    found, language = {}, app.context.language
    rest = page(app)
    titles = [(name, text(f"screens.help.{name}", language)) for name in PARTS]
    titles = [(name, title) for name, title in titles if f"{title}\n" in rest]
    assert [title for _, title in titles] == sorted(
        (title for _, title in titles), key=lambda one: rest.index(f"{one}\n")
    )
    for name, title in reversed(titles):
        rest, _, found[name] = rest.rpartition(f"{title}\n")
    return found


def keys(part: str) -> dict[str, str]:
    """What the lines of a part say of their keys."""
    lines = [line for line in part.splitlines() if line.startswith("  ") and not line.startswith("   ")]
    return {keys.strip(): words.strip() for keys, _, words in (line[2:].partition("  ") for line in lines)}


@torch_only  # a demo that cannot run has few keys
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_key_of_a_card_with_a_demo_is_there_with_a_phrase(home: Home, language: Language) -> None:
    home.root.mkdir()
    home.settings.write_text(f"language: {language}\nkeys: {{study.undo: f9}}\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "space", "x")
        await pilot.pause()
        screen, panel = app.screen, app.screen.query_one("DemoPanel")
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert {*parts(app)} == {"now", "at_other_times"} and "Space" in page(app).splitlines()[-1]
        await pilot.press("space")
        await pilot.pause()
        scroll = app.screen.query_one(VerticalScroll)
        await until(pilot, lambda: scroll.scroll_y > 0)  # what is new is in sight
        assert text("screens.help.in_others", language) in on_screen(app)
        await pilot.press("home")
        await until(pilot, lambda: scroll.scroll_y == 0)
        shown = parts(app)
        whole = "".join(page(app).split())
        for owner in (*type(screen).__mro__, type(panel)):
            if owner.__module__.startswith("quizapp."):
                for binding in declared(owner):
                    unset = ("answer.sure", "answer.examine")  # unless one wants to be, or has set one up
                    asked = not (binding.id or "").startswith(unset)
                    assert ("".join(key_phrase(binding, language).split()) in whole) is asked
        later = [line[2:20] for line in shown["at_other_times"].splitlines() if re.match("  [^ ]", line)]
        assert len(later) == len({*later}), "what the same keys do stands together"
        here = {**keys(shown["now"]), **keys(shown["at_other_times"])}
        assert here["F9"] == text("help.undo", language) and "u, Ctrl+Z" not in here
        assert keys(shown["everywhere"])["F11"] == text("help.full_screen", language)
        assert "a-f" not in here and any(re.fullmatch("a-[b-e]", key) for key in here), "as many as there are"
        assert "Ctrl+Z" in shown["letters"] and "^" not in page(app) and "⏎" not in page(app)
        for letter in MEANINGS:
            assert f"{letter}  {text(f'letters.{letter}', language)}" in shown["letters"]
        # What keys do starts in one column, whatever is in front of it.
        rows = [line for name in ("now", "everywhere") for line in shown[name].splitlines() if line[:3].strip()]
        rows = [line for line in rows if line.startswith("  ")]
        columns = {cell_len(line) - cell_len(line[2:].split("  ", 1)[1].lstrip()) for line in rows}
        assert len(rows) > 15 and len(columns) == 1
        await pilot.press("end")
        await until(pilot, lambda: scroll.scroll_y > 0)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen


async def test_what_works_now_comes_first_each_key_once(home: Home) -> None:
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        now = []
        for _ in range(2):
            await pilot.press("question_mark")
            await pilot.pause()
            shown = parts(app)
            now.append(keys(shown["now"]))
            assert {**now[-1], **keys(shown["at_other_times"])}["u, Ctrl+Z"] == text("help.undo", "en")
            told = [key for keys in now[-1] for key in keys.split(", ")]
            assert len(told) == len(set(told)) and list(now[-1])[-1] == "Esc"
            first = on_screen(app).splitlines()
            assert any(text("help.edit", "en") in line for line in first)
            await pilot.press("escape", "space", "a")  # something ticked
            await pilot.pause()
        assert [one["Space, Enter"] for one in now] == ["Show the answer", "Grade as marked, and go on"]
        assert "1" not in now[0] and now[1]["1"].startswith("Again")


async def test_in_a_field_the_help_tells_what_is_not_typed(home: Home) -> None:
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("d")  # into the field of the search
        await pilot.pause()
        await pilot.press("f1", "space")
        await pilot.pause()
        shown = parts(app)
        assert not {key for key in keys(shown["now"]) if len(key) == 1 and key.isascii()}
        assert "Move cursor" not in page(app)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_no_line_is_cut_and_what_goes_on_stands_below_itself(
    home: Home, language: Language, size: tuple[int, int]
) -> None:
    home.root.mkdir()
    home.settings.write_text(f"language: {language}\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter", "space", "question_mark", "space")
        await resize(pilot, *size)
        room = app.screen.query_one("#help-page", Static).content_size.width
        assert room <= 84
        assert [one for one in MEANINGS if f"{one}  {text(f'letters.{one}', language)}" not in page(app)] == []
        notes = page(app).rpartition("\n\n")[0]
        assert [line for line in notes.splitlines() if cell_len(line.rstrip()) > room] == []


async def test_a_click_on_a_line_does_what_its_key_does_where_one_came_from(home: Home) -> None:
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        study = the(app, StudyScreen)
        card = study.card
        assert "bury" not in on_screen(app).splitlines()[-1]
        for words, done in (("Grade as marked", False), ("Leave this card until", True)):  # nothing to grade yet
            await pilot.press("question_mark")
            await pilot.pause()
            line = next(i for i, one in enumerate(page(app).splitlines()) if words in one)
            app.screen.query_one(VerticalScroll).scroll_to(y=max(0, line - 5), animate=False)
            await pilot.pause()
            row = next(y for y, text in enumerate(on_screen(app).splitlines()) if words in text)
            await pilot.click(offset=(on_screen(app).splitlines()[row].index(words), row))
            await until(pilot, lambda: app.screen is study)
            await pilot.pause()
            assert (study.card is not card) is done
        (act,) = study.session.acts
        assert isinstance(act, Changed) and act.what == "buried"


async def test_help_goes_by_the_key_that_it_came_by(home: Home) -> None:
    app = QuizApp(home)
    async with app.run_test(size=(40, 12), notifications=True) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert len(app.screen_stack) == 2 and "? " not in on_screen(app).splitlines()[-1]
        assert "1-8  " in page(app) and "1, 2" not in page(app)
        await pilot.press("f1")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        await pilot.press("question_mark", "space")
        await pilot.pause()
        assert "README.md" in page(app) and "Space" not in on_screen(app).splitlines()[-1]
