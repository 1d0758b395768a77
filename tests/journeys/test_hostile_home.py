"""A home in which every name and text is an attack: nothing of it reaches the terminal, and no screen gives way."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from seen import on_screen, until

from quizapp.paths import Home
from quizapp.ui import preferences
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.words import clean

EVIL = "[@click=app.evil]y[/] [link=file:///evil]z[/link] \\e]52;c;ZXZpbA==\\a\\e[31mw\\u202e \\x9b31m &#x202e;&#12;"
DECK = f"""title: "TITLE {EVIL}"
cards:
  - {{id: a, tags: ["{EVIL}"], q: "{EVIL}", a: "{EVIL}", points: ["{EVIL}"], why: "{EVIL}", demo: {{run: DEMO}}}}
  - {{id: b, type: choice, q: "1 {EVIL}", choices: [{{text: "{EVIL}", ok: true}}, {{text: b, why: "{EVIL}"}}]}}
"""
NAMES = (  # as the disk has them: bytes, which need not be UTF-8
    b"[@click=app.evil]x",
    b"\x1b[31mred\x1b]0;evil\x07",
    b"\x1b]8;;evil\x1b\\link",
    "c1\x9b31m \u202egnp\u200b".encode(),
    b"not \xff\xfe utf-8",
    b"\nfirst\nlines\ttab",
    b"n" * 240,
)
DEMO = 'ABOUT = "An evil one."\ndef main(n: int = 1):\n    return {"n": n}\n'


def named(folder: Path, name: bytes) -> Path:
    return Path(os.fsdecode(os.fsencode(folder) + b"/" + name))


@pytest.fixture
def evil(home: Home) -> Home:
    for folder in (home.decks, home.demos, home.interviews, home.root / "journals"):
        folder.mkdir(parents=True)
    for i, name in enumerate(NAMES):
        named(home.decks, name + b".yaml").write_text(DECK.replace("DEMO", f"d{i}").replace("TITLE", str(i)))
        named(home.decks, name + b"-bad.yaml").write_text(f"cards: [{{q: [}}] # {EVIL}")
        named(home.demos, name + b".py").write_text(DEMO)
        named(home.demos, name + b"-bad.py").write_text("def main(:")
        named(home.interviews, name + b".json").write_text("{")
    home.settings.write_text('theme: "evil \\e[31m [@click=app.evil]"\ntour: done\n')
    return home


def faults(app: QuizApp) -> Iterator[str]:
    """Whatever of the home would reach the terminal as more than text."""
    for line in app.screen._compositor.render_strips():
        for segment in line:
            if clean(segment.text) != segment.text or "\n" in segment.text or "\t" in segment.text:
                yield repr(segment.text)
            style = segment.style
            if style is not None and (style.link or "evil" in str(style.meta)):
                yield f"{segment.text!r}: {style.link} {style.meta}"
            segment.text.encode()


WALKS = {
    "home": ("down", "down", "up", "up"),
    "study": (
        "down",
        "enter",
        "x",
        "space",
        "x",
        "y",
        "escape",
        "a",
        "3",
        "u",
        "asterisk",
        "j",
        "escape",
        "minus",
        "u",
    ),
    "add a card": ("a", "up", "right", "left", "x", "ctrl+s", "escape"),
    "quiz": ("z", "space", "down", "space", "tab", "tab", "space", "space", "enter", "a", "space", "3", "enter"),
    "interviews": ("i", "down", "space", "tab", "tab", "tab", "down", "enter"),
    "interview": ("i", "enter", "escape", "full_stop", "y", "a", "3", "w"),
    "browse": (
        *("b", "[", "x", "backspace", "backspace", "down", "enter", "x", "y", "escape"),
        *("0", "n", "at", "right", "u"),
    ),
    "search": ("b", *"tag:", "[", "backspace", "backspace", "enter"),
    "statistics": ("h", "down"),
    "readiness": ("r", *"x]", "enter"),
    "lab": ("d", "down", "down", "down", "enter", "y"),
    "settings": ("comma", "k"),
    "log": ("f12",),
    "help": ("b", "question_mark"),
    "palette": ("ctrl+p", *"evil", "down", "down"),
}


def is_read(panel: DemoPanel) -> bool:
    """Both a demo and what there is to read before a yes are found in threads."""
    now = panel.experiment
    return now.phase != "reading" and (now.phase != "untrusted" or now.review is not None)


async def test_no_screen_lets_it_through_in_either_language(evil: Home) -> None:
    app = QuizApp(evil, [evil.decks])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        assert " first lines tab-bad.yaml:1:14: " in on_screen(app)
        for where, keys in WALKS.items():
            for key in keys:
                if key == "y":
                    await until(pilot, lambda: all(map(is_read, app.screen.query(DemoPanel))))
                await pilot.press(key)
                assert app.is_running and (where, key, [*faults(app)]) == (where, key, [])
            preferences.show_language(app, "zh")
            await pilot.pause()
            assert (where, [*faults(app)]) == (where, [])
            preferences.show_language(app, "en")
            while len(app.screen_stack) > 1:
                app.pop_screen()
            await pilot.pause()


async def test_what_is_copied_is_clean(evil: Home) -> None:
    app = QuizApp(evil, [evil.decks])
    async with app.run_test() as pilot:
        app.copy_to_clipboard("a\x1b[31m\udcff\u202eb\n")
        assert app.clipboard == "ab\n" and pilot.app.is_running
