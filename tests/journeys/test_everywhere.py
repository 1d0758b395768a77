"""What holds on every screen: it opens at any size and in both languages, Esc leads home, and keys do what they say."""

import re
from datetime import date, timedelta

import pytest
from rich.text import Text
from seen import on_screen, resize, the, until
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static, TextArea

from quizapp.lab.exercise import read_exercise
from quizapp.paths import BUNDLED_CODE, Home
from quizapp.texts import text
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.keymap import declared, owners
from quizapp.ui.palette import Commands
from quizapp.ui.screens.ask import AskScreen
from quizapp.ui.screens.help import HelpScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.interview import InterviewScreen
from quizapp.ui.screens.keys import place_of
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.sittings import study_these
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.wording import action_name

DECK = """
title: {en: A deck, zh: 一个题库}
start: [first, third]
cards:
  - id: first
    q: {en: How large is the error at three bits?, zh: 三比特时误差有多大？}
    a: {en: "Half of a **step**, at most.\\n\\n| bits | step |\\n|---|---|\\n| 3 | 1/7 |", zh: 最多半个步长。}
    points: [{en: half a step, zh: 半个步长}, {en: at most, zh: 最多}]
    why: {en: "Rounding goes to the nearest: `round(x)`.", zh: 四舍五入到最近的值。}
    demo:
      run: quantize_layer
      predict:
        ask: {en: How many dB?, zh: 多少 dB？}
        read: sqnr_db
        choices: [{text: few, range: [0, 20]}, {text: many, range: [20, 90]}]
  - {id: second, after: [first], q: {en: And at four?, zh: 四比特呢？}, a: {en: Half of that., zh: 再减半。}}
  - {id: third, type: choice, q: {en: Which?, zh: 哪个？}, choices: [{en: this, zh: 这, ok: true}, {en: that, zh: 那}]}
  - {id: fourth, type: choice, q: {en: Now?, zh: 现在？}, choices: [{en: one, zh: 一, ok: true}, {en: two, zh: 二}]}
"""
SIZES = {
    "en": [(20, 5), (60, 20)],
    "zh": [(44, 12), (80, 24), (120, 40), (300, 80)],
}

# Where the screens are: their class, and the keys that lead there from home.
ROADS = {
    "home": ("HomeScreen", ""),
    "study": ("StudyScreen", "enter"),
    "answer": ("StudyScreen", "enter space"),
    "demo": ("StudyScreen", "enter space x"),
    "source of a demo": ("StudyScreen", "enter space x v"),
    "summary": ("SummaryScreen", "enter space 3 leave"),
    "related": ("RelatedScreen", "enter space j"),
    "quiz": ("PractiseScreen", "z"),
    "in a quiz": ("QuizScreen", "z enter space"),
    "end of a quiz": ("QuizEndScreen", "z enter space space leave y"),
    "lab": ("LabScreen", "d"),
    "in the lab": ("LabScreen", "d enter"),
    "browse": ("BrowseScreen", "b"),
    "a card in browse": ("BrowseScreen", "b enter"),
    "statistics": ("StatsScreen", "h"),
    "readiness": ("ReadinessScreen", "r"),
    "interview": ("InterviewSetupScreen", "i"),
    "handing over": ("HandOverScreen", "i shift+tab up up up right right down down enter"),
    "in an interview": ("InterviewScreen", "i enter"),
    "asked whether to leave it": ("AskScreen", "i enter leave"),
    "how sure in an interview": ("InterviewScreen", "i enter space"),
    "points of an interview": ("InterviewScreen", "i enter space 4"),
    "an interview once more": ("InterviewScreen", "i enter space 4 n 1 end y"),
    "report of an interview": ("ReportScreen", "i enter space 3 end y a b 3"),
    "a new card": ("AddCardScreen", "a"),
    "first questions": ("FirstFormScreen", "T"),
    "first session": ("FirstSessionScreen", "T enter enter enter enter"),
    "settings": ("SettingsScreen", "comma"),
    "keys": ("KeysScreen", "comma k"),
    "press": ("PressScreen", "comma k enter"),
    "help": ("HelpScreen", "question_mark"),
    "messages": ("LogScreen", "f12"),
    "palette": ("Palette", "ctrl+p"),
}

# The Latin words that a reader of Chinese meets: keys, names and units, what one types, the words of the deck above.
LATIN = {
    *(
        "Enter",
        "Esc",
        "Space",
        "Tab",
        "Ctrl",
        "Shift",
        "PgUp",
        "PgDn",
        "Up",
        "Down",
        "Left",
        "Right",
        "Backspace",
        "a-b",
    ),
    *("quizapp", "quizapp-dark", "ASCII", "Markdown", "README", "COMMAND", "dB", "bit", "SVG"),
    *("deck", "tag", "is", "has", "type", "level", "tier", "demo", "language", "help", "first", "few", "many"),
}
NAMED = ("source of a demo", "lab", "in the lab", "keys", "press", "palette")  # where names of files and keys stand


async def go(app: QuizApp, pilot: Pilot[None], place: str) -> None:
    name, keys = ROADS[place]
    for key in keys.split():
        screen = app.screen
        if key == "v":  # which shows a source once it is read
            await until(pilot, lambda: app.screen.query_one(DemoPanel).experiment.may("source"))
        if key == "end":  # its key, but not into a field
            the(app, InterviewScreen).action_end()
        else:
            await pilot.press("escape" if key == "leave" else key)
        await pilot.pause(0.2 if key == "leave" else None)
        if key == "leave" and app.screen is screen:  # out of a field first
            await pilot.press("escape")
            await pilot.pause()
    await until(pilot, lambda: type(app.screen).__name__ == name)


async def go_home(app: QuizApp, pilot: Pilot[None]) -> None:
    for _ in range(6):
        if isinstance(app.screen, HomeScreen):
            return
        await pilot.press("y" if isinstance(app.screen, AskScreen) else "escape")
        await pilot.pause()
    assert isinstance(app.screen, HomeScreen), f"Esc does not lead home from {app.screen}"


def keys_are_true(screen: Screen[object]) -> None:
    """What the key bar shows exists, and can be done."""
    for node, binding, enabled, _ in screen.active_bindings.values():
        target, name, _ = screen.app._parse_action(binding.action, node)
        if binding.show and enabled:
            assert hasattr(target, f"action_{name}") or hasattr(target, f"_action_{name}"), binding


def foot_is_whole(app: QuizApp, line: str) -> None:
    """The foot names keys that work, none cut and none twice, the way out and `? more` always; five others at most in
    80 columns."""
    bar, more = app.screen.query_one(KeyBar), text("keys.more_keys", app.context.language).lower()
    shown = {action: key.plain for action, key in bar._fitting(bar._keys()).items()}
    foot = " " + "  ".join(shown.values())
    assert line.startswith(foot) and not line[len(foot) :].strip("▄▅▆▇█* "), line  # a low screen's scroll bar
    words = [key.partition(" ")[2] for key in shown.values()]
    assert len(set(words)) == len(words) and not any(word[0].isupper() for word in words), line
    assert foot.endswith((f"? {more}", f"F1 {more}")) or app.screen.is_modal or isinstance(app.screen, HelpScreen)
    assert "back" in shown or "back" not in bar._keys()
    assert app.size.width >= 100 or len(shown.keys() - {"back", "help"}) <= 5


def test_a_road_leads_to_every_screen() -> None:
    made_of = {
        "BaseScreen",
        "AnsweringScreen",
        "SittingScreen",
        "CodingScreen",
        "PickingScreen",
        "KeepingScreen",
        "EndScreen",
    }
    screens = {owner.__name__ for owner in owners() if issubclass(owner, Screen)} - made_of
    only_an_examiner_leads_to = {"AskedBackScreen"}  # test_examiner_asks goes there
    assert screens - only_an_examiner_leads_to == {name for name, _ in ROADS.values()} - {"Palette"}


def in_language(home: Home, language: str) -> QuizApp:
    """The app with the deck above."""
    home.root.mkdir()
    (home.root / "deck.yaml").write_text(DECK, encoding="utf-8")
    home.settings.write_text(f"language: {language}\ntour: done\n")
    return QuizApp(home, [home.root / "deck.yaml"])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", ROADS)
async def test_every_place_at_every_size(home: Home, place: str, language: str) -> None:
    home.root.mkdir()
    (home.root / "deck.yaml").write_text(DECK, encoding="utf-8")
    home.settings.write_text(f"language: {language}\ntour: done\nascii: {str(language == 'zh').lower()}\n")
    app = QuizApp(home, [home.root / "deck.yaml"])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await go(app, pilot, place)
        for size in SIZES[language]:
            await resize(pilot, *size)
            shown = on_screen(app).splitlines()
            assert any(line.strip() for line in shown)
            keys_are_true(app.screen)
            if language == "zh" and size == (80, 24) and place not in NAMED:
                assert latin_words(shown) - LATIN == set()
            if app.screen.query(KeyBar) and size[0] >= 44 and size[1] >= 20:  # on a lower screen lists lie under it
                foot_is_whole(app, shown[-1])
        await go_home(app, pilot)


def latin_words(shown: list[str]) -> set[str]:
    """But those of a path."""
    return set(re.findall(r"[A-Za-z][A-Za-z'-]+", re.sub(r"/\S+", "", "\n".join(shown))))


STRANGE = '''"""Strange."""
def main(n: bool = True) -> dict:
    return {"n": n}
'''
STRANGE_DECK = """
title: 生题
cards:
  - {id: code, type: code, code: kd_loss, q: 写出来。, a: 写好了。, hints: [先除以 T。]}
  - {id: own, q: 是什么？, a: 是它。, demo: {run: strange}}
  - {id: bad, q: 坏的, level: hard}
"""


async def test_code_a_strangers_experiment_and_a_fault_in_chinese(home: Home) -> None:
    for path, said in ((home.decks / "strange.yaml", STRANGE_DECK), (home.demos / "strange.py", STRANGE)):
        path.parent.mkdir(parents=True)
        path.write_text(said, encoding="utf-8")
    home.settings.write_text("language: zh\ntour: done\n")
    exercise = read_exercise(BUNDLED_CODE / "kd_loss.py")
    own = set(re.findall("[A-Za-z][A-Za-z'-]+", f"{exercise.starter.zh} {STRANGE} {STRANGE_DECK}"))
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "strange.yaml:6:29：" in on_screen(app))
        assert latin_words(on_screen(app).splitlines()) - LATIN - own <= {"Transformer", "yaml"}
        for card, keys, says in (
            ("code", "", "labels：类别编号"),
            ("code", "escape H", "提示 1/1"),
            ("own", "space x", "尚未允许"),
        ):
            study_these(app.screen, [app.context.desk.library.keys[f"strange/{card}"]])
            await until(pilot, lambda: isinstance(app.screen, StudyScreen))
            if card == "code":
                await until(pilot, lambda: isinstance(app.focused, TextArea))  # else Esc leads home
            await pilot.pause()
            await pilot.press(*keys.split())
            await until(pilot, lambda says=says: says in on_screen(app))  # type: ignore[misc]
            found = latin_words(on_screen(app).splitlines()) - LATIN - own
            wrapped = {word for word in found if word in str(home.root)}  # a path may be parted anywhere
            assert found - wrapped <= {"Python", "py"}, on_screen(app)
            await go_home(app, pilot)


def test_every_key_says_what_it_does_in_chinese_too() -> None:
    bindings = [binding for owner in owners() for binding in declared(owner)]
    said = {id for binding in bindings for id in (binding.description, place_of(binding.id or "app"))}
    assert sorted(id for id in said if text(id, "zh") == text(id, "en")) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", ["home", "answer", "demo", "lab", "browse"])
async def test_every_command_of_the_palette_has_a_title_of_its_own(home: Home, place: str, language: str) -> None:
    app = in_language(home, language)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(app, pilot, place)
        found = list(Commands(app.screen)._commands())
        titles = [command.title for command in found]
        assert len(titles) == len(set(titles)) > 8
        keys = {command.names[-1]: command.key for command in found}
        assert not {"Maximize", "Minimize", "Every command"} & set(keys)
        assert (keys["Full screen"], keys["Help"], keys["Messages"]) == ("F11", "?", "F12")
        assert not {"Add", "Edit", "Lab"} & set(titles)  # which would do what another one does
        assert all(title.strip() for title in titles)
        if language == "zh":
            assert [title for title in titles if title.isascii()] == []
        actions = {
            action_name(binding.description, app.context.language)
            for _, binding, enabled, _ in app.screen.active_bindings.values()
            if enabled and binding.id and binding.id != "app.palette"
        }
        assert [words for words in actions if not any(title.startswith(words) for title in titles)] == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", ["home", "answer", "demo", "browse"])
async def test_a_name_typed_in_either_language_comes_first(home: Home, place: str, language: str) -> None:
    app = in_language(home, language)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(app, pilot, place)
        commands = Commands(app.screen)
        for command in commands._commands():
            for name in command.names:
                hits = [hit async for hit in commands.search(f" {name.upper()}")]
                assert max(hits, key=lambda hit: hit.score).text == command.title
                assert all(name.lower() in str(hit.text).lower() for hit in hits if hit.score > 0.9)


async def test_the_palette_shows_keys_where_they_work_and_at_home(home: Home) -> None:
    home.root.mkdir()
    (home.root / "deck.yaml").write_text(DECK, encoding="utf-8")
    home.settings.write_text("language: en\ntour: done\nkeys: {home.stats: f9}\n")
    app = QuizApp(home, [home.root / "deck.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        keys = {command.title: command.key for command in Commands(app.screen)._commands()}
        assert (keys["Statistics"], keys["Browse"], keys["Help"], keys["Messages"]) == ("F9", "b", "?", "F12")
        await go(app, pilot, "answer")
        await pilot.press("asterisk")
        await pilot.pause()
        commands = {command.title: command for command in Commands(app.screen)._commands()}
        keys = {title: command.key for title, command in commands.items()}
        assert (keys["Statistics"], keys["Browse"]) == ("F9 at home", "b at home")
        assert (keys["Bury this card"], keys["Edit this card"], keys["Undo"]) == ("-", "E", "u")
        assert commands["Undo"].about == "Take back the last step"
        await pilot.press("ctrl+p", *"flag")
        await until(pilot, lambda: "Take the flag off   *" in on_screen(app))


async def test_a_card_comes_behind_a_command_unless_it_is_called_what_was_typed(home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "gptq.yaml").write_text(
        "deck: d\ntitle: Great pruning techniques, quickly\n"
        "cards:\n  - {id: browse-it, q: What does GPTQ keep?, a: Browse it.}\n  - {id: two, q: Browse, a: GPTQ.}\n"
    )
    app = QuizApp(home, [home.decks / "gptq.yaml"])
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        for query, first in (
            ("experiment", "Experiments"),
            ("lab", "Experiments"),  # which is their room, as its description says
            ("gptq", "Card: What does GPTQ keep?"),  # though g, p, t, q begin the words of a deck's title
            ("browse", "Browse"),
            ("brow", "Browse"),
            ("browse-it", "Card: What does GPTQ keep?"),
            ("d/two", "Card: Browse"),
            ("great pr", "Study: Great pruning techniques, quickly"),
            ("techniques pruning", "Study: Great pruning techniques, quickly"),
            ("sgpt", "Study: Great pruning techniques, quickly"),
        ):
            await pilot.press("ctrl+p", *query)
            rows = app.screen.query_one("CommandList", OptionList)

            def best(rows: OptionList = rows) -> str:
                return str(rows.get_option_at_index(0).prompt) if rows.option_count else ""

            await until(pilot, lambda best=best, first=first: best().startswith(first))  # type: ignore[misc]
            await pilot.press("escape")
            await pilot.pause()


async def test_a_command_of_the_screen_works_from_the_palette(home: Home) -> None:
    home.root.mkdir()
    (home.root / "deck.yaml").write_text(DECK, encoding="utf-8")
    home.settings.write_text("tour: done\n")
    app = QuizApp(home, [home.root / "deck.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = the(app, StudyScreen)
        await pilot.press("ctrl+p", *"show the answer")
        await until(pilot, lambda: "Show the answer   Space" in on_screen(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and screen.revealed)
        assert app.screen is screen and screen.revealed


async def test_the_palette_says_in_chinese_that_nothing_is_found(home: Home) -> None:
    home.root.mkdir()
    (home.root / "deck.yaml").write_text(DECK, encoding="utf-8")
    home.settings.write_text("language: zh\ntour: done\n")
    app = QuizApp(home, [home.root / "deck.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"qzqzq")
        await until(pilot, lambda: "没有匹配的命令或卡片" in on_screen(app))
        assert "No matches" not in on_screen(app)


async def test_a_title_that_looks_like_markup_does_not_break_the_palette(home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "odd.yaml").write_text('title: "[/foo] [bold]x[A]"\ncards:\n  - q: What?\n    a: That.\n')
    app = QuizApp(home, [home.decks / "odd.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("ctrl+p", *"study")
        await until(pilot, lambda: "[/foo] [bold]x[A]" in on_screen(app))
        assert "[/foo] [bold]x[A]" in on_screen(app)


async def test_reduced_motion_and_no_colour(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    home.root.mkdir()
    (home.root / "deck.yaml").write_text(DECK, encoding="utf-8")
    home.settings.write_text("motion: false\ntour: done\n")
    app = QuizApp(home, [home.root / "deck.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "space")
        await pilot.pause()
        assert app.animation_level == "none"
        assert coloured(app) == set()
        await pilot.press("escape", "escape", "d")
        await pilot.pause()
        assert isinstance(app.focused, Input) and not app.focused.cursor_blink


async def test_the_app_begins_with_its_own_inks_and_parses_styles_once(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[bool] = []
    monkeypatch.setattr(QuizApp, "refresh_css", lambda self, animate=True: again.append(animate))
    app = QuizApp(home)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.screen.mount(Static(Text(" ").join([Text("ink", "bold red")])), before=0)
        await until(pilot, lambda: "ink" in on_screen(app))
        assert (app.theme, app.has_class("-dark-mode"), again) == ("quizapp-dark", True, [])
        assert ("ink", (0xEE, 0x7F, 0x7F), (0x16, 0x18, 0x1D)) in painted(app)


@pytest.mark.parametrize("theme", ["monochrome", "high-contrast"])
@pytest.mark.parametrize("place", ["home", "answer", "source of a demo", "readiness", "statistics", "browse"])
async def test_no_colour_in_monochrome_and_strong_contrast_in_the_other(home: Home, theme: str, place: str) -> None:
    home.root.mkdir()
    (home.root / "deck.yaml").write_text(DECK, encoding="utf-8")
    home.settings.write_text(f"theme: {theme}\ntour: done\n")
    app = QuizApp(home, [home.root / "deck.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        await go(app, pilot, place)
        if theme == "monochrome":
            assert coloured(app) == set()
        else:
            assert faint(app) == set()


async def test_words_in_every_colour_are_strong_in_strong_contrast(home: Home) -> None:
    home.root.mkdir()
    home.settings.write_text("theme: high-contrast\ntour: done\n")
    app = QuizApp(home)
    async with app.run_test(size=(120, 40)) as pilot:
        names = ("red", "blue", "magenta", "green", "yellow", "cyan")
        await app.screen.mount(Static(Text(" ").join([Text(name, f"bold {name}") for name in names])), before=0)
        await until(pilot, lambda: "magenta" in on_screen(app))
        assert faint(app) == set()


def painted(app: App[None]) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    found = []
    for line in app.screen._compositor.render_strips():
        for part, style, _ in line:
            if part.strip() and style is not None and style.color and style.bgcolor:
                ends = [tuple(colour.get_truecolor()) for colour in (style.color, style.bgcolor)]
                found.append((part, *(reversed(ends) if style.reverse else ends)))
    return found


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


async def test_of_a_date_too_far_for_a_plan_home_says_why_in_the_users_words(home: Home) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(f"language: zh\ninterview: {date.today() + timedelta(days=900)}\n")
    app = QuizApp(home)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: "距离面试日期" in on_screen(app))
        assert "Sentence" not in on_screen(app)


async def test_what_goes_wrong_beside_the_screen_is_said_and_ends_nothing(home: Home) -> None:
    async def broken() -> None:
        raise ValueError("[bold]boom")

    app = QuizApp(home)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        app.screen.run_worker(broken())
        await until(pilot, lambda: "could not be worked out" in on_screen(app))
        assert "[bold]boom" in on_screen(app)
        await pilot.press("h")
        await until(pilot, lambda: type(app.screen).__name__ == "StatsScreen")
