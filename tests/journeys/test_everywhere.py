"""What holds on every screen: it opens at any size and in both languages, Esc leads home, and keys do what they say."""

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.ui.app import QuizApp
from quizapp.ui.commands import Commands
from quizapp.ui.keys import declared, owners
from quizapp.ui.labels import label
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.widgets.key_bar import KeyBar

DECKS = [BUNDLED_DECKS / "five-questions.yaml", BUNDLED_DECKS / "quantization.yaml"]
SIZES = {"en": [(300, 80), (20, 5), (80, 24)], "zh": [(44, 12), (120, 40)]}

# The keys that lead to each place, from home.
ROADS = {
    "home": [],
    "study": ["enter"],
    "answer": ["enter", "space"],
    "demo": ["enter", "space", "r"],
    "summary": ["enter", "space", "3", "escape"],
    "quiz": ["z"],
    "in a quiz": ["z", "enter", "space"],
    "end of a quiz": ["z", "enter", "space", "3", "escape"],
    "lab": ["d"],
    "in the lab": ["d", "enter"],
    "browse": ["b"],
    "a card in browse": ["b", "enter"],
    "statistics": ["t"],
    "readiness": ["r"],
    "interview": ["i"],
    "a new card": ["a"],
    "tour": ["T"],
    "settings": ["comma"],
    "keys": ["comma", "k"],
    "press": ["comma", "k", "enter"],
    "help": ["question_mark"],
    "messages": ["f12"],
    "palette": ["ctrl+p"],
}


def on_screen(app: App[None]) -> str:
    return "\n".join("".join(segment.text for segment in line) for line in app.screen._compositor.render_strips())


async def go(app: QuizApp, pilot: Pilot[None], keys: list[str]) -> bool:
    """Whether there is such a road."""
    if keys and keys[0] not in app.screen.active_bindings and keys[0] != "enter":
        return False
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    return True


async def go_home(app: QuizApp, pilot: Pilot[None]) -> None:
    for _ in range(6):
        if isinstance(app.screen, HomeScreen):
            return
        await pilot.press("escape")
        await pilot.pause()
    assert isinstance(app.screen, HomeScreen), f"Esc does not lead home from {app.screen}"


def keys_are_true(screen: Screen[object]) -> None:
    """What the key bar shows exists, and can be done."""
    for node, binding, enabled, _ in screen.active_bindings.values():
        target, name, _ = screen.app._parse_action(binding.action, node)
        if binding.show and enabled:
            assert hasattr(target, f"action_{name}") or hasattr(target, f"_action_{name}"), binding


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", ROADS)
async def test_every_place_at_every_size(home: Home, place: str, language: str) -> None:
    home.root.mkdir()
    home.settings.write_text(f"language: {language}\ntour: done\nascii: {str(language == 'zh').lower()}\n")
    app = QuizApp(home, DECKS)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        if not await go(app, pilot, ROADS[place]):
            pytest.skip("no such screen yet")
        assert isinstance(app.screen, HomeScreen) == (place == "home")
        for size in SIZES[language]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            shown = on_screen(app).splitlines()
            assert len(shown) == size[1]
            assert any(line.strip() for line in shown)
            keys_are_true(app.screen)
            if app.screen.query(KeyBar) and size[0] >= 44:
                bar = str(app.screen.query_one(KeyBar).render())
                assert label("Help", app.spoken) in bar or app.screen.is_modal
        await go_home(app, pilot)


def test_every_key_says_what_it_does_in_chinese_too() -> None:
    said = {binding.description for owner in owners() for binding in declared(owner)}
    assert sorted(words for words in said if label(words, "zh") == words) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", ["home", "answer", "demo", "lab", "browse"])
async def test_every_command_of_the_palette_has_a_title_of_its_own(home: Home, place: str, language: str) -> None:
    home.root.mkdir()
    home.settings.write_text(f"language: {language}\ntour: done\n")
    app = QuizApp(home, DECKS)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(app, pilot, ROADS[place])
        found = list(Commands(app.screen)._commands())
        titles = [command.title for command in found]
        assert len(titles) == len(set(titles)) > 8
        assert all(title.strip() for title in titles)
        if language == "zh":
            assert [title for title in titles if title.isascii()] == []
        actions = {
            label(binding.description, app.spoken)
            for _, binding, enabled, _ in app.screen.active_bindings.values()
            if enabled and binding.id
        }
        assert [words for words in actions if not any(title.startswith(words) for title in titles)] == []


async def test_a_command_of_the_screen_works_from_the_palette(home: Home) -> None:
    home.root.mkdir()
    home.settings.write_text("tour: done\n")
    app = QuizApp(home, DECKS)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        await pilot.press("ctrl+p", *"show the answer")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert app.screen is screen and screen.revealed  # type: ignore[attr-defined]


async def test_a_title_that_looks_like_markup_does_not_break_the_palette(home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "odd.yaml").write_text('title: "[/foo] [bold]x[A]"\ncards:\n  - q: What?\n    a: That.\n')
    app = QuizApp(home, [home.decks / "odd.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("ctrl+p", *"study")
        await pilot.pause(0.5)
        assert "[/foo] [bold]x[A]" in on_screen(app)


async def test_reduced_motion_and_no_colour(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    home.root.mkdir()
    home.settings.write_text("motion: false\ntour: done\n")
    app = QuizApp(home, DECKS)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "space")
        await pilot.pause()
        assert app.animation_level == "none"
        assert coloured(app) == set()
        await pilot.press("escape", "escape", "d")
        await pilot.pause()
        assert app.focused is not None and not app.focused.cursor_blink  # type: ignore[attr-defined]


@pytest.mark.parametrize("theme", ["monochrome", "high-contrast"])
@pytest.mark.parametrize("place", ["home", "answer", "demo", "readiness", "statistics", "browse"])
async def test_no_colour_in_monochrome_and_strong_contrast_in_the_other(home: Home, theme: str, place: str) -> None:
    home.root.mkdir()
    home.settings.write_text(f"theme: {theme}\ntour: done\n")
    app = QuizApp(home, DECKS)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        await go(app, pilot, ROADS[place])
        if theme == "monochrome":
            assert coloured(app) == set()
        else:
            assert faint(app) == set()


def painted(app: App[None]) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    found = []
    for line in app.screen._compositor.render_strips():
        for text, style, _ in line:
            if text.strip() and style is not None and style.color and style.bgcolor:
                ends = [tuple(colour.get_truecolor()) for colour in (style.color, style.bgcolor)]
                found.append((text, *(reversed(ends) if style.reverse else ends)))
    return found  # type: ignore[return-value]


def coloured(app: App[None]) -> set[str]:
    return {text for text, *ends in painted(app) if any(max(end) - min(end) > 8 for end in ends)}


def faint(app: App[None]) -> set[str]:
    """What has less than the contrast of 7 that WCAG asks of text that everybody can read; lines and bars may be 3."""
    return {
        f"{text[:30]} {fore} {back}"
        for text, fore, back in painted(app)
        if any(char.isalnum() for char in text) and contrast(fore, back) < 7
    }


def contrast(one: tuple[int, ...], two: tuple[int, ...]) -> float:
    def luminance(rgb: tuple[int, ...]) -> float:
        parts = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)
