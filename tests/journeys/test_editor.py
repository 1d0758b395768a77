"""E opens the card in the user's editor, at its line; what is saved shows at once, and the card keeps its state."""

import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from seen import on_screen, plain, the, until

from quizapp.cards.card import Card
from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.screens.ask import AskScreen
from quizapp.ui.screens.study import StudyScreen

DECK = """# mine
cards:
  - q: What is one?
    a: The first.
    points: [p1, p2]
  - id: two
    q: What is two?
    a: The second.
"""


Editor = Callable[..., Path]


class Lent:
    """A terminal that can be lent, which the tests' cannot."""

    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """editor(SHELL) makes an editor that does this; its arguments go to the file `called`."""

    def make(shell: str, name: str = "vi") -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/called\nfor file; do :; done\n{shell}\n')
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("EDITOR", f"{path} -x 'an argument'")
        monkeypatch.delenv("VISUAL", raising=False)
        return tmp_path / "called"

    monkeypatch.setattr(QuizApp, "suspend", lambda app: Lent())
    return make


def in_hand(screen: StudyScreen) -> Card:
    assert screen.card is not None
    return screen.card


@contextmanager
def studying(home: Home, *paths: Path) -> Iterator[QuizApp]:
    yield QuizApp(home, paths, start=lambda app: sittings.study(app, app.context.desk.library.decks))


async def test_the_card_is_edited_at_its_line_and_keeps_its_state(home: Home, tmp_path: Path, editor: Editor) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    called = editor("sed -i -e 's/one?/ONE, by the way?/' -e 's/p1/p0, p1/' \"$file\"")
    with studying(home, tmp_path / "d.yaml") as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pilot.pause()
            screen = the(app, StudyScreen)
            await pilot.press("space", "a")
            key = in_hand(screen).key
            await pilot.press("E")
            await until(pilot, lambda: "ONE, by the way?" in on_screen(app) and "p0" in on_screen(app))
            assert called.read_text().splitlines() == ["-x", "an argument", "+3", str(tmp_path / "d.yaml")]
            assert "ONE, by the way?" in on_screen(app) and "p0" in on_screen(app)
            assert screen.session.revealed and in_hand(screen).key == key  # its id was written before it was edited
            assert screen.session.ticks == {1}
            await pilot.press("4")
            await pilot.pause()
            assert app.context.desk.standings.of(key).memory.reps == 1
            assert "What is two?" in on_screen(app)


@pytest.mark.parametrize("set_to", ["", "/no/such/editor", "'"])
async def test_an_editor_that_is_none_is_a_sentence(
    home: Home, tmp_path: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch, set_to: str
) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    editor("exit 0")
    monkeypatch.setenv("EDITOR", set_to)
    monkeypatch.setenv("PATH", str(tmp_path))  # where there is none
    with studying(home, tmp_path / "d.yaml") as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pilot.pause()
            await pilot.press("E")
            await pilot.pause()
            shown = on_screen(app)
            assert "EDITOR" in shown and "What is one?" in shown


async def test_without_an_editor_no_bundled_deck_is_copied(
    home: Home, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy would hide what comes with quizapp, for nothing."""
    editor("exit 0")
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    app = QuizApp(home, start=lambda app: sittings.study(app, app.context.desk.library.decks[:1]))
    app.context.shown = "zh"
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("escape", "E")
        await pilot.pause()
        assert "找不到编辑器" in on_screen(app) and not isinstance(app.screen, AskScreen)
    assert not list(home.root.glob("decks/*"))


async def test_who_has_set_no_editor_gets_one_that_is_there(
    home: Home, tmp_path: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    called = editor("exit 0", "nano")
    monkeypatch.setenv("EDITOR", " ")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with studying(home, tmp_path / "d.yaml") as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pilot.pause()
            await pilot.press("E")
            await until(pilot, called.exists)
    assert called.read_text().splitlines() == ["+3", str(tmp_path / "d.yaml")]


async def test_an_editor_that_fails_and_a_terminal_that_is_not_lent_say_so(
    home: Home, tmp_path: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "d.yaml").write_text(DECK)
    editor("exit 3")
    with studying(home, tmp_path / "d.yaml") as app:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pilot.pause()
            await pilot.press("E")
            await until(pilot, lambda: "ended with code 3" in plain(app))
            monkeypatch.undo()
            monkeypatch.setenv("EDITOR", "vi")
            await pilot.press("E")
            await until(pilot, lambda: "cannot be lent" in plain(app))


async def test_a_bundled_deck_is_copied_first_if_the_user_agrees(home: Home, editor: Editor) -> None:
    called = editor("sed -i 's/Distillation core/Mine now/' \"$file\"")
    before = {path: path.read_bytes() for path in BUNDLED_DECKS.glob("*.yaml")}

    def start(app: QuizApp) -> None:
        sittings.study(app, [deck for deck in app.context.desk.library.decks if deck.name == "distillation"])

    app = QuizApp(home, start=start)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        screen = the(app, StudyScreen)
        card = in_hand(screen)
        await pilot.press("E")
        await pilot.pause()
        assert isinstance(app.screen, AskScreen)
        await pilot.press("n")
        await pilot.pause()
        assert not called.exists() and not list(home.root.glob("decks/*"))
        await pilot.press("E")
        await pilot.pause()
        await pilot.press("y")
        copy = home.decks / card.path.name
        await until(pilot, lambda: "Mine now" in on_screen(app))
        assert called.read_text().splitlines()[-2:] == [f"+{card.line}", str(copy)]
        assert in_hand(screen).key == card.key and in_hand(screen).path == copy
        assert [deck.path for deck in screen.session.decks] == [copy]
    assert before == {path: path.read_bytes() for path in BUNDLED_DECKS.glob("*.yaml")}


async def test_the_copy_of_a_bundled_deck_is_not_written_where_a_link_lies(
    home: Home, tmp_path: Path, editor: Editor
) -> None:
    called = editor("exit 0")
    app = QuizApp(home, start=lambda app: sittings.study(app, app.context.desk.library.decks[:1]))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        home.decks.mkdir(parents=True)
        link = home.decks / in_hand(the(app, StudyScreen)).path.name
        link.symlink_to(tmp_path / "start-up")
        await pilot.press("escape", "E", "y")
        await until(pilot, lambda: "is another deck" in plain(app))
        assert not called.exists() and not (tmp_path / "start-up").exists() and link.is_symlink()


async def test_a_deck_that_is_broken_keeps_its_cards_until_it_is_mended(
    home: Home, tmp_path: Path, editor: Editor
) -> None:
    home.decks.mkdir(parents=True)
    shutil.copy(BUNDLED_DECKS / "quantization.yaml", home.decks)
    (home.decks / "d.yaml").write_text(DECK)
    editor("echo '  : [' >> \"$file\"")
    app = QuizApp(home)
    app._start = lambda app: sittings.study(app, [deck for deck in app.context.desk.library.decks if deck.name == "d"])
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        order = [deck.name for deck in app.context.desk.library.decks]
        await pilot.press("E")
        await until(pilot, lambda: "d.yaml:10:" in on_screen(app).replace("\n", ""))
        assert "What is one?" in on_screen(app)
        assert [deck.name for deck in app.context.desk.library.decks] == order
        assert [fault.file.name for fault in app.context.desk.library.faults] == ["d.yaml"]
        editor("sed -i '$d' \"$file\"")
        await pilot.press("E")
        await until(pilot, lambda: not app.context.desk.library.faults)
