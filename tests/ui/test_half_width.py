"""What a Chinese input method sends does what the key does."""

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.ui.app import QuizApp
from quizapp.ui.half_width import half_width, half_width_key
from quizapp.ui.keymap import declared, owners
from quizapp.ui.screens.help import HelpScreen
from quizapp.ui.screens.settings import SettingsScreen


@pytest.mark.parametrize(
    ("typed", "meant"), list(zip("，？．／＊＠－＋０９ａＺ。、　：；！", ",?./*@-+09aZ./ :;!", strict=True))
)
def test_a_full_width_sign_is_its_twin(typed: str, meant: str) -> None:
    assert half_width(typed) == meant


@pytest.mark.parametrize("typed", ["a", "?", "é", "中", "“", "escape", ""])
def test_what_has_no_twin_stays(typed: str) -> None:
    assert half_width(typed) == typed


def test_a_key_that_types_nothing_stays() -> None:
    for key in (Key("escape", "\x1b"), Key("f1", None), Key("question_mark", "?")):
        assert half_width_key(key) is key
    full = half_width_key(Key("fullwidth_question_mark", "？"))
    assert (full.key, full.character) == ("question_mark", "?")


def test_every_sign_that_a_screen_binds_can_be_sent() -> None:
    full = {half_width_key(Key("", chr(code))).key for code in (*range(0xFF01, 0xFF5F), 0x3000)}
    signs = {key for owner in owners() for one in declared(owner) for key in one.key.split(",") if "_" in key}
    assert {"question_mark", "full_stop"} <= signs and {key for key in signs if "+" not in key} <= full


async def type_keys(pilot: Pilot[None], characters: str) -> None:
    """As a terminal sends them; what Pilot presses types nothing where its name has two words."""
    for character in characters:
        pilot.app.post_message(Key(_character_to_key(character), character))
        await pilot.pause()


async def test_full_width_keys_lead_where_the_others_do_and_a_field_keeps_them(home: Home) -> None:
    app = QuizApp(home, [BUNDLED_DECKS / "write-it.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await type_keys(pilot, "？")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await type_keys(pilot, "，")
        assert isinstance(app.screen, SettingsScreen)
        await pilot.press("escape")
        await type_keys(pilot, "ｂ？，１")
        assert app.screen.query_one(Input).value == "？，１"
