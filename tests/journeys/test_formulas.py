"""The LaTeX of a card's formulas, one key away from their drawing."""

from collections.abc import Callable

from seen import on_screen, press_shown, until

from quizapp.paths import Home
from quizapp.texts import text
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.browse import BrowseScreen

DECK = r"""
deck: d
cards:
  - {id: half, q: "What is half of $x_1$?", a: "$$\n\\frac{x_1}{2}\n$$", points: ["a half of $x_1$"]}
  - {id: plain, q: No formula, a: None of $5 and $6.}
  - {id: more, q: "And $y^2$?", a: Yes.}
"""


async def test_the_latex_of_a_card_and_its_drawing_again(home: Home) -> None:
    home.root.mkdir(parents=True)
    (home.root / "mine.yaml").write_text(DECK)
    app = QuizApp(home, [home.root / "mine.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        seen: Callable[[], str] = lambda: on_screen(app)  # noqa: E731
        foot: Callable[[], str] = lambda: seen().splitlines()[-1]  # noqa: E731
        await pilot.press("enter")
        await until(pilot, lambda: "half of x₁?" in seen() and "L formulas" in foot())
        await press_shown(pilot, "L")
        assert "half of x_1?" in seen()
        await pilot.press("space")
        assert "a half of x_1" in seen() and r"\frac{x_1}{2}" in seen() and "L formulas" in foot()
        await pilot.press("L")
        assert r"\frac" not in seen() and "a half of x₁" in seen()
        await pilot.press("L", "3")
        await until(pilot, lambda: "No formula" in seen() and "formulas" not in foot())
        await pilot.press("L", "space")
        assert "$5 and $6" in seen()
        await pilot.press("3")
        await until(pilot, lambda: "And y²?" in seen())  # the next card is drawn, whatever the last one was
        await pilot.press("l", "question_mark")  # in Chinese
        await until(pilot, lambda: text("help.formulas", "zh") in seen() and "L" in seen())
        await pilot.press("escape", "escape")  # to the summary
        await until(pilot, lambda: "本次学习" in seen())
        await pilot.press("enter")
        await until(pilot, lambda: "今天" in seen())
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen) and "x₁" in seen())
        await pilot.press("enter")
        await until(pilot, lambda: "历史" in seen())
        await pilot.press("L")
        assert "y^2" in seen() or "x_1" in seen()
