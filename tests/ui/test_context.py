"""The context: which language the app speaks, which key a text names, and what is searched."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.study.desk import open_desk, with_library
from quizapp.texts import UserError, tell
from quizapp.ui.context import Context, context, say_error
from quizapp.words import Shown

DECK = "cards:\n  - {id: one, q: What is one?, a: It}\n"


@pytest.fixture
def here(home: Home, tmp_path: Path) -> Iterator[Context]:
    (tmp_path / "d.yaml").write_text(DECK)
    made = Context(open_desk(home, [tmp_path / "d.yaml"], local_now()), lambda binding: f"<{binding.key}>")
    yield made
    made.desk.recorder.close()


def node(here: Context) -> Any:
    """A widget of an app with this context, that keeps what was said."""
    app = SimpleNamespace(context=here, said=[])
    app.notify = lambda said, **how: app.said.append((said, how["severity"]))
    return SimpleNamespace(app=app)


def test_it_is_found_from_any_widget(here: Context) -> None:
    assert context(node(here)) is here


@pytest.mark.parametrize(
    ("shown", "locale", "language"),
    [("en", "zh_CN.UTF-8", "en"), ("zh", "C.UTF-8", "zh"), ("both", "zh_CN.UTF-8", "zh"), ("both", "C.UTF-8", "en")],
)
def test_with_both_shown_the_app_speaks_the_locales_language(
    here: Context, monkeypatch: pytest.MonkeyPatch, shown: Shown, locale: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    here.shown = shown
    assert here.language == language


def test_a_text_names_the_users_key(here: Context) -> None:
    assert here.key("study.undo", "u") == "u"
    here.keys = {"study.undo": ("g", "f5")}
    assert here.key("study.undo", "u") == "<g>" and here.key("study.edit", "E") == "E"


def test_the_index_is_of_the_library_that_lies_there_now(here: Context, tmp_path: Path) -> None:
    first = here.index
    assert first is here.index and [card.id for card in first.cards] == ["one"]
    deck = replace(here.desk.library.decks[0], cards=())
    here.desk = with_library(here.desk, replace(here.desk.library, decks=(deck,)))
    assert here.index is not first and not here.index.cards


def test_reading_again_wakes_the_watcher_if_there_is_one(here: Context) -> None:
    woken: list[bool] = []
    here.reload()
    here.watcher = SimpleNamespace(wake=lambda: woken.append(True))  # type: ignore[assignment]
    here.reload()
    assert woken == [True]


def test_an_error_is_said_in_the_readers_language_if_it_can_be(here: Context) -> None:
    screen = node(here)
    here.shown = "zh"
    error = UserError(tell("common.refused", why="x"))
    for one in (error, OSError(28, "No space left on device")):
        say_error(screen, one)
    assert screen.app.said == [
        (error.sentence.says("zh"), "error"),
        ("磁盘已满。", "error"),
    ]
    assert error.sentence.says("zh") != str(error)
