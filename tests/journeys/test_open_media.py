"""O opens the pictures and sounds of a card that are seen, one after the other, in the system's viewer."""

import stat
from pathlib import Path

import pytest
from seen import on_screen, the, until

from quizapp.paths import Home
from quizapp.ui import sittings, viewer
from quizapp.ui.app import QuizApp
from quizapp.ui.context import Served
from quizapp.ui.screens.study import StudyScreen

PNG = b"\x89PNG\r\n\x1a\n"
DECK = """cards:
  - id: one
    q: "Which order? ![the array](heap.png)"
    a: "A heap: ![](tree.png) ![](page.png) ![](../secret.png)"
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "-rf decks; $(touch x)" / "heap.media"
    folder.mkdir(parents=True)
    for name, data in {"heap.png": PNG, "tree.png": PNG, "page.png": b"<html>", "../secret.png": PNG}.items():
        (folder / name).write_bytes(data)
    (folder.parent / "heap.yaml").write_text(DECK)
    return folder.parent / "heap.yaml"


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A viewer that writes down what it is to open."""
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$@" >> {tmp_path}/called\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(viewer, "_OPEN", [])
    return tmp_path / "called"


async def test_what_is_seen_is_opened_and_nothing_else(home: Home, deck: Path, opener: Path) -> None:
    folder = deck.with_suffix(".media")
    app = QuizApp(home, (deck,), start=lambda app: sittings.study(app, app.context.desk.library.decks))

    def called(*names: str) -> bool:
        return opener.exists() and opener.read_text() == "".join(f"1|{folder}/{name}|" for name in names)

    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        assert "Which order? ▣ heap.png (the array)" in on_screen(app) and "O open the file" in on_screen(app)
        await pilot.press("O")
        await until(pilot, lambda: called("heap.png"))
        await pilot.press("O")  # of the answer nothing is opened before it shows
        await until(pilot, lambda: called("heap.png", "heap.png"))
        await pilot.press("space")
        assert the(app, StudyScreen).session.revealed and "A heap: ▣ tree.png ▣ page.png" in on_screen(app)
        await pilot.press("O")
        await until(pilot, lambda: called("heap.png", "heap.png", "tree.png"))
        await pilot.press("O")
        await until(pilot, lambda: "page.png is not in" in app.context.notices[-1].text)
    for process in viewer._OPEN:
        process.wait(5)
    assert called("heap.png", "heap.png", "tree.png") and not list(deck.parent.glob("x"))


async def test_where_it_cannot_be_opened_it_is_said_where_the_file_is(
    home: Home, deck: Path, opener: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    app = QuizApp(home, (deck,), start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=(200, 30), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("O")
        await until(pilot, lambda: "Nothing here can show it" in on_screen(app))
        assert "heap.media/heap.png" in "".join(on_screen(app).split()) and not opener.exists()
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        (opener.parent / "bin" / "xdg-open").write_text("#!/bin/sh\nexit 3\n")
        await pilot.press("O")
        await until(pilot, lambda: "ended with 3" in app.context.notices[-1].text)


async def test_in_a_browser_nothing_opens_where_it_is_served(home: Home, deck: Path, opener: Path) -> None:
    start = lambda app: sittings.study(app, app.context.desk.library.decks)  # noqa: E731
    app = QuizApp(home, (deck,), start=start, served=Served())
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("O")
        await until(pilot, lambda: app.context.notices)
        assert "in a terminal only" in app.context.notices[-1].text and not viewer._OPEN
    assert not opener.exists()
