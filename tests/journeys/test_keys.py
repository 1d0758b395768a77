"""Every key has an id, a description, and can be changed: in the file and in the app."""

from collections import Counter

import pytest
from seen import on_screen, the, until
from textual.widgets import OptionList

from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.settings_file import read_settings
from quizapp.ui.app import QuizApp
from quizapp.ui.keymap import clashes, declared, every_binding, key_named, owners, read_keys, unknown
from quizapp.ui.screens.keys import KeysScreen, PressScreen
from quizapp.ui.screens.study import StudyScreen

FIVE_QUESTIONS = BUNDLED_DECKS / "five-questions.yaml"


def put(home: Home, text: str) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(text)


def test_every_binding_of_every_screen_and_widget_has_an_id_of_its_own_and_says_what_it_does() -> None:
    found = [(owner.__name__, binding) for owner in owners() for binding in declared(owner)]
    assert len(owners()) > 20 and len(found) > 60
    assert [(name, binding.action) for name, binding in found if not binding.id or not binding.description] == []
    ids = Counter(binding.id for _, binding in found)
    assert [name for name, count in ids.items() if count > 1] == []
    assert all(name and name.count(".") == 1 for name in ids)


def test_keys_as_they_come_do_not_clash() -> None:
    assert clashes({}) == []
    assert unknown(dict.fromkeys(every_binding(), ("g",))) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("g", "g"),
        ("G", "G"),
        ("shift+g", "G"),
        ("?", "question_mark"),
        ("-", "minus"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        (" ", "space"),
        ("esc", "escape"),
        ("Ctrl+S", "ctrl+s"),
        ("shift+ctrl+Up", "ctrl+shift+up"),
        ("F5", "f5"),
        ("é", "é"),
        ("中", "中"),
        ("full_stop", "full_stop"),
        ("，", "comma"),
        ("fullwidth_comma", "comma"),
        ("。", "full_stop"),
        ("Ｇ", "G"),
    ],
)
def test_keys_are_written_as_people_write_them(text: str, key: str) -> None:
    assert key_named(text) == key


@pytest.mark.parametrize(("text", "says"), [("entr", "enter"), ("crtl+s", "ctrl+s"), ("foo", "ctrl+s"), ("g,h", "f5")])
def test_what_is_no_key_is_said_with_a_guess(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="there is no key") as error:
        key_named(text)
    assert says in str(error.value)
    assert read_keys({"answer.good": (text,), "answer.hard": ("g",)})[0] == {"answer.hard": ("g",)}


def test_clashes_are_found_in_one_place_only() -> None:
    assert [set(clash[1:]) for clash in clashes({"answer.good": ("E",)})] == [{"answer.good", "study.edit"}]
    assert clashes({"answer.reveal": ("g",), "answer.accept": ("g",)}) == []  # never both at once, as they come
    assert ("l", "answer.good", "app.language") in clashes({"answer.good": ("l",)})
    assert clashes({"answer.reveal": ("g",), "answer.good": ("g",), "demo.stop": ("r",)}) == []
    assert clashes({"answer.good": ("v",)}) == []  # in another pane v shows a demo's source
    assert clashes({"answer.good": ("E",), "study.edit": ("z",)}) == []


async def test_a_changed_key_works_and_every_bar_names_it(home: Home) -> None:
    put(home, "keys:\n  answer.reveal: g\n  answer.good: [g, f5]\n  study.undo: ctrl+z\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = the(app, StudyScreen)
        assert " g show the answer" in on_screen(app).splitlines()[-1]
        await pilot.press("space")
        assert not the(app, StudyScreen).revealed
        await pilot.press("g")
        assert the(app, StudyScreen).revealed
        assert "g Good" in on_screen(app)
        card = screen.card
        await pilot.press("u", "3")
        assert screen.card is card
        await pilot.press("2")  # Hard kept its key, on which another binding was changed beside it
        await pilot.pause()
        assert screen.card is not card and "Ctrl+Z undo" in on_screen(app).splitlines()[-1]
        await pilot.press("g", "f5")
        await pilot.pause()
        assert len(screen.session.done) == 2
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert len(screen.session.done) == 1
        await pilot.press("question_mark")
        await pilot.pause()
        assert "g, F5" in on_screen(app)


async def test_ctrl_z_takes_back_the_last_grade_and_never_shows_as_a_caret(home: Home) -> None:
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("enter", "space", "3")
        await pilot.pause()
        screen = the(app, StudyScreen)
        assert len(screen.session.done) == 1 and "^" not in on_screen(app).splitlines()[-1]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert not screen.session.done


async def test_a_key_of_something_that_forms_do_by_themselves_now_is_no_fault(home: Home) -> None:
    put(home, "keys: {practise.more: m, settings.less: h, answer.god: g}\n")
    app = QuizApp(home)
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: app.context.notices)
        said = "\n".join(message.text for message in app.context.notices)
        assert "Did you mean answer.good?" in said and "practise.more" not in said and "settings.less" not in said


async def test_space_keeps_what_else_it_does_when_one_of_its_bindings_moves(home: Home) -> None:
    put(home, "keys: {answer.reveal: g}\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("g", "n", "space")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        assert [done.grade for done in app.screen.session.done] == ["again"]


async def test_a_letter_given_to_a_key_can_still_be_typed(home: Home) -> None:
    put(home, "keys: {app.palette: g, app.language: h, app.log: minus}\n")
    app = QuizApp(home)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("g", "h", "minus")
        assert app.focused is not None and getattr(app.focused, "value", "") == "gh-"
        foot = on_screen(app).splitlines()[-1]
        assert "language" not in foot and "F1 more" in foot  # what would be typed is not on the foot


async def test_what_is_wrong_in_keys_is_said_and_the_rest_holds(home: Home) -> None:
    put(home, "keys:\n  answer.god: g\n  answer.hard: spac\n  answer.good: u\n  answer.easy: f9\n")
    app = QuizApp(home, [FIVE_QUESTIONS])
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: len(app.context.notices) >= 3)
        said = "\n".join(message.text for message in app.context.notices)
        assert "Did you mean answer.good?" in said
        assert "there is no key spac. Did you mean space?" in said
        assert "Key u is both answer.good and study.undo" in said
        await pilot.press("enter", "space", "f9")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        assert [done.grade for done in app.screen.session.done] == ["easy"]


async def test_a_key_is_changed_in_the_app_and_brought_back(home: Home) -> None:
    put(home, "# mine\nlanguage: en\n")
    app = QuizApp(home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("comma", "k")
        await pilot.pause()
        rows = the(app, KeysScreen).query_one(OptionList)
        rows.highlighted = rows.get_option_index("answer.good")
        await pilot.press("enter")
        await pilot.pause()
        the(app, PressScreen)
        await pilot.press("ctrl+q")  # no key does anything else here; this one would quit everywhere
        await pilot.pause()
        the(app, PressScreen)
        assert "Quit (app.quit)" in on_screen(app)
        await pilot.press("E")
        assert "Edit (study.edit)" in on_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.context.keys == {}
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        the(app, KeysScreen)
        assert app.context.keys == {"answer.good": ("g",)} == read_settings(home.settings).keys
        assert "* Good" in on_screen(app)
        await pilot.press("backspace")
        await pilot.pause()
        assert app.context.keys == {} == read_settings(home.settings).keys
        assert home.settings.read_text().startswith("# mine\nlanguage: en\n")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("E", "enter")  # all the same
        await pilot.pause()
        assert read_settings(home.settings).keys == {"answer.good": ("E",)}
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
