"""The yes: what is shown before it, what changes ask again, and that reading a demo holds up no key."""

import stat
import threading
from pathlib import Path

import pytest
from seen import on_screen, plain, until
from textual.pilot import Pilot

from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.paths import Home
from quizapp.ui import sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel

DEMO = '''"""Add numbers up."""
from typing import Annotated
import helper

def main(n: Annotated[int, range(1, 7)] = 3) -> dict:
    return {"total": helper.total(n)}
'''
HELPER = "def total(n):\n    return n * (n + 1) // 2\n"
CARD = "cards:\n  - {id: x, q: Q?, a: A., demo: {run: mine}}\n"
ASKING = "      predict: {ask: How much?, read: total, choices: [{en: a, range: [0, 6]}, {en: b, range: [6, 99]}]}\n"


@pytest.fixture
def app(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QuizApp:
    """Studies a stranger's deck, whose demo has a helper, without torch."""
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)
    (tmp_path / "mine.py").write_text(DEMO)
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "d.yaml").write_text(CARD)
    return QuizApp(home, [tmp_path / "d.yaml"], start=lambda app: sittings.study(app, app.context.desk.library.decks))


async def asked(pilot: Pilot[None], app: QuizApp) -> DemoPanel:
    await pilot.pause()
    panel = app.screen.query_one(DemoPanel)
    await until(pilot, lambda: panel.experiment.review is not None)
    await pilot.press("space", "x")
    await pilot.pause()
    return panel


async def measured(pilot: Pilot[None], panel: DemoPanel) -> object:
    """What the run that is under way comes to."""
    await until(pilot, lambda: panel.experiment.last is not None)
    last = panel.experiment.last
    assert last is not None
    return last.result


def rows(panel: DemoPanel) -> str:
    return "\n".join(str(line) for line in panel.stage.source._lines)


async def test_every_file_is_shown_in_a_small_window_and_then_what_changed(app: QuizApp, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "n.npz").touch()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        panel = await asked(pilot, app)
        assert "Files: 2, lines: 8." in plain(app) and "data/n.npz" in plain(app)
        await pilot.press("end")
        await pilot.pause()
        assert "helper.py" in on_screen(app) and "return n * (n + 1) // 2" in on_screen(app)
        await pilot.press("y")
        assert await measured(pilot, panel) == {"total": 6}
        (tmp_path / "helper.py").write_text(HELPER.replace("// 2", "// 3"))
        await until(pilot, lambda: panel.experiment.review is not None)
        await until(pilot, lambda: "has changed comes first" in plain(app))
        assert not panel.experiment.allowed
        assert "-    return n * (n + 1) // 2\n+    return n * (n + 1) // 3" in rows(panel)
        assert rows(panel).index("@@") < rows(panel).index("mine.py")


async def test_nothing_is_allowed_before_it_is_shown(app: QuizApp, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = threading.Event()
    monkeypatch.setattr("quizapp.lab.trust.Trust.before", lambda *_: shown.wait(20) and None)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        panel = app.screen.query_one(DemoPanel)
        await until(pilot, lambda: panel.experiment.script is not None)
        await pilot.press("space", "x", "y")
        await pilot.pause()
        panel.action_allow()  # whatever called it
        await pilot.pause()
        assert "Reading the experiment" in on_screen(app) and not panel.experiment.allowed
        shown.set()
        await until(pilot, lambda: "Files: 2" in on_screen(app))
        await pilot.press("y")
        await until(pilot, lambda: panel.experiment.allowed)


async def test_keys_are_heard_while_a_demo_is_read_and_it_begins_when_it_is(
    app: QuizApp, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Trust(home.trust).allow(read_script(tmp_path / "mine.py"))
    done = threading.Event()

    def slow(path: Path) -> object:
        if path.name == "mine.py":
            assert threading.current_thread() is not threading.main_thread()
            done.wait(20)
        return read_script(path)

    monkeypatch.setattr("quizapp.lab.script.read_script", slow)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("space", "x")
        await pilot.pause()
        panel = app.screen.query_one(DemoPanel)
        assert "Reading the experiment" in on_screen(app) and panel.experiment.script is None
        await pilot.press("escape")
        await pilot.pause()
        assert "A." in on_screen(app)
        done.set()
        assert await measured(pilot, panel) == {"total": 6}


async def test_a_changed_copy_asks_for_a_helper_that_nobody_has_seen(
    app: QuizApp, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lent:
        def __enter__(self) -> None: ...
        def __exit__(self, *_: object) -> None: ...

    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/import helper/import helper, unseen/' \"$1\"\n")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    (tmp_path / "unseen.py").write_text("print('UNSEEN')\n")
    monkeypatch.setattr(app, "suspend", Lent)
    async with app.run_test(size=(120, 60), notifications=True) as pilot:
        panel = await asked(pilot, app)
        await pilot.press("y")
        await until(pilot, lambda: panel.experiment.last is not None)
        await pilot.press("E")
        await until(pilot, lambda: panel.experiment.review is not None)
        assert (panel.experiment.changed, panel.experiment.allowed, panel.experiment.last) == (True, False, None)
        assert "print('UNSEEN')" in on_screen(app)
        await pilot.press("backspace")
        await pilot.pause()
        assert (panel.experiment.changed, panel.experiment.allowed) == (False, True)
        await pilot.press("E")
        await until(pilot, lambda: panel.experiment.review is not None)
        await pilot.press("y")
        await until(pilot, lambda: panel.experiment.last is not None)
        assert "UNSEEN" in panel.experiment.output
        assert app.context.trust.trusted(read_script(tmp_path / "mine.py"), tmp_path / "none"), (
            "the original still may run"
        )


async def test_what_was_read_of_a_copy_is_forgotten_once_it_is_dropped(
    app: QuizApp, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Trust(home.trust).allow(read_script(tmp_path / "mine.py"))
    looking, shown = threading.Event(), threading.Event()

    def slow(*_: object) -> None:
        looking.set()
        assert shown.wait(20)

    monkeypatch.setattr("quizapp.lab.trust.Trust.before", slow)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        panel = app.screen.query_one(DemoPanel)
        await until(pilot, lambda: panel.experiment.script is not None)
        copy = read_script(tmp_path / "mine.py", (DEMO + "# mine\n").encode())
        panel.experiment = panel.experiment.change(copy, panel._trusts, seen=False)
        await until(pilot, looking.is_set)
        panel.action_drop()
        shown.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert panel.experiment.allowed and panel.experiment.review is None


async def test_a_copy_kept_beside_another_helper_asks(app: QuizApp, home: Home, tmp_path: Path) -> None:
    home.demos.mkdir(parents=True)
    (home.demos / "helper.py").write_text("print('OTHER')\n" + HELPER)
    async with app.run_test(size=(120, 60), notifications=True) as pilot:
        panel = await asked(pilot, app)
        await pilot.press("y")
        await until(pilot, lambda: panel.experiment.last is not None)
        copy = read_script(tmp_path / "mine.py", (DEMO + "# mine\n").encode())
        panel.experiment = panel.experiment.change(copy, panel._trusts, seen=True)
        await pilot.press("w")
        await until(pilot, lambda: panel.experiment.review is not None)
        assert "print('OTHER')" in on_screen(app) and not panel.experiment.allowed
        assert not panel.experiment.changed and "changed by you" not in on_screen(app)


async def test_a_knob_runs_nothing_before_the_prediction_is_made(home: Home, tmp_path: Path, app: QuizApp) -> None:
    from quizapp.ui.widgets.knob_rows import KnobRows

    text = f"cards:\n  - id: x\n    q: Q?\n    a: A.\n    demo:\n      run: mine\n{ASKING}"
    (tmp_path / "d.yaml").write_text(text)
    app = QuizApp(home, [tmp_path / "d.yaml"], start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        panel = await asked(pilot, app)
        await pilot.press("y")
        await until(pilot, lambda: "Predict first" in on_screen(app))
        panel.query_one(KnobRows).focus()
        await pilot.press("right")
        await pilot.pause()
        assert panel.experiment.knobs == {"n": 4} and panel._under_way is None
        await pilot.press("b")
        assert await measured(pilot, panel) == {"total": 10}
