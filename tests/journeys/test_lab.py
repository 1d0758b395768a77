"""Playing in the lab: knobs, sweeps, runs side by side, a changed script."""

import stat
import threading
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from seen import on_screen, the, until
from textual.pilot import Pilot

from quizapp.draw.paper import Paper
from quizapp.lab.measured import Ran
from quizapp.lab.script import read_script
from quizapp.lab.sweep import SweepPoint
from quizapp.lab.trust import Trust
from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.experiment import CHARS_KEPT, LINES_KEPT
from quizapp.ui.demo.outcome import Drawn, draw_run, runs_table
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.lab import LabScreen
from quizapp.ui.widgets.knob_rows import KnobRows

DEMO = '''"""Add numbers up.

A demo of the test, about sums.
"""
import time
from typing import Annotated, Literal

def main(n: Annotated[int, range(1, 7)] = 3, how: Literal["sum", "product"] = "sum", loud: bool = False) -> dict:
    time.sleep(0.4 if n == 2 else 0)
    print("HELLO" if loud else "hello", n)
    return {"total_x": n * (n + 1) // 2 if how == "sum" else n * n, "parts": list(range(1, n + 1)), "count": n}
'''


@pytest.fixture
def lab(home: Home, monkeypatch: pytest.MonkeyPatch) -> Callable[[], QuizApp]:
    """An app with one demo of the user's own, allowed to run, as it is without torch."""
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no warm process: this demo needs no torch
    monkeypatch.setattr("quizapp.ui.demo.experiment.lacks_torch", lambda script: False)
    home.demos.mkdir(parents=True)
    (home.demos / "adding.py").write_text(DEMO)
    Trust(home.trust).allow(read_script(home.demos / "adding.py"))
    return lambda: QuizApp(home)


async def settled(pilot: Pilot[None], panel: DemoPanel) -> None:
    await until(pilot, lambda: panel.experiment.phase == "finished")  # a demo is read in a thread first
    await pilot.pause(0.05)  # its end is drawn


async def test_what_is_wrong_with_a_demo_is_said_in_chinese(lab: Callable[[], QuizApp], home: Home) -> None:
    home.settings.write_text("language: zh\n")
    (home.demos / "broken.py").write_text("def main(x=1:\n")
    app = lab()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: any("不是合法的 Python" in notice.text for notice in app.context.notices))


async def into_the_demo(pilot: Pilot[None], app: QuizApp) -> DemoPanel:
    await pilot.press("d")
    await pilot.pause()
    assert isinstance(app.screen, LabScreen)
    await pilot.press(*"adding")
    await pilot.press("enter")
    panel = app.screen.query_one(DemoPanel)
    await until(pilot, lambda: panel.has_focus_within and panel.experiment.phase != "reading")
    if panel.experiment.phase == "ready":  # what it is about was not in sight yet
        await pilot.press("enter")
    await settled(pilot, panel)
    return panel


def points(panel: DemoPanel) -> tuple[SweepPoint, ...]:
    assert panel.experiment.sweep is not None
    return panel.experiment.sweep.points


async def test_in_chinese_a_demo_says_its_own_words(lab: Callable[[], QuizApp], home: Home) -> None:
    words = (
        'ZH = {"title": "加数：把数加起来", "knobs": {"n": "项数"}, "measures": {"total_x": "总和", "count": "个数"}}'
    )
    (home.demos / "adding.py").write_text(f"{DEMO}\n{words}\n")
    Trust(home.trust).allow(read_script(home.demos / "adding.py"))
    home.settings.write_text("language: zh\n")
    app = lab()
    async with app.run_test(size=(120, 40)) as pilot:
        panel = await into_the_demo(pilot, app)
        seen = on_screen(app)
        assert "把数加起来" in seen and "项数" in seen and "总和" in seen and "total" not in seen
        assert "loud   否 ›" in seen, "a switch too has words"
        assert "加数" in seen and seen.count("adding") == 1  # in the search: no English name heads the line of the list
        await pilot.press("right")
        await until(pilot, lambda: len(panel.experiment.runs) == 2)
        await settled(pilot, panel)
        assert "个数" in on_screen(app)


async def test_what_a_run_says_and_draws_does_not_hold_up_the_keys(
    lab: Callable[[], QuizApp], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long its lines, only so much of them is painted; its charts are drawn in a thread, anew when wider."""
    source = DEMO.replace('print("HELLO"', 'print(*["x " * 900] * 100, sep="\\n")\n    print("HELLO"')
    (home.demos / "adding.py").write_text(source)
    Trust(home.trust).allow(read_script(home.demos / "adding.py"))
    main = threading.current_thread()
    threads = set[threading.Thread]()

    def watched(of: Ran, asked: str, veiled: bool, paper: Paper, before: Ran | None) -> Drawn:
        threads.add(threading.current_thread())
        return draw_run(of, asked, veiled, paper, before)

    monkeypatch.setattr("quizapp.ui.demo.stage.draw_run", watched)
    app = lab()
    async with app.run_test(size=(140, 80), notifications=True) as pilot:
        panel = await into_the_demo(pilot, app)
        assert panel.experiment.output.endswith("x \nhello 3\n")
        assert len(panel.experiment.output) <= CHARS_KEPT
        await until(pilot, lambda: "parts" in on_screen(app))
        wide = panel.stage.paper.width
        await pilot.resize_terminal(70, 80)
        await until(pilot, lambda: panel.stage.paper.width != wide)
        panel.redraw()
        await until(pilot, lambda: (drawn := panel.stage._drawn) and drawn.paper == panel.stage.chart_paper)
        assert threads and main not in threads


async def test_search_run_turn_and_compare(lab: Callable[[], QuizApp]) -> None:
    app = lab()
    async with app.run_test(size=(140, 50), notifications=True) as pilot:
        panel = await into_the_demo(pilot, app)
        assert "hello 3" in on_screen(app) and "total " in on_screen(app) and "6x" in on_screen(app)
        await pilot.press("right")
        await settled(pilot, panel)
        assert "hello 4" in on_screen(app)
        await pilot.press("down", "right")
        await settled(pilot, panel)
        await pilot.press("down", "right")
        await settled(pilot, panel)
        assert "HELLO 4" in on_screen(app)
        assert [run.knobs["n"] for run in panel.experiment.runs] == [3, 4, 4, 4]
        assert "total 16x" in on_screen(app) and "as before" in on_screen(app)
        table = runs_table(panel.experiment.runs, "", Paper(90)).plain
        assert "how" in table and "product" in table and "16x" in table
        await pilot.press("escape")
        await pilot.press("escape")
        await until(pilot, lambda: the(app, LabScreen)._search.value == "")  # first out of the search
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, LabScreen)


async def test_what_was_measured_stays_dim_until_something_else_is(lab: Callable[[], QuizApp], home: Home) -> None:
    (home.demos / "adding.py").write_text(DEMO.replace("    print(", "    assert n != 4, 'not four'\n    print("))
    Trust(home.trust).allow(read_script(home.demos / "adding.py"))
    app = lab()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        panel = await into_the_demo(pilot, app)
        before = on_screen(app).splitlines()

        def dim() -> int:
            return len(panel.query(".-dim"))

        assert not dim() and "total 6x" in on_screen(app) and "parts" in on_screen(app)
        await pilot.press("right")
        await settled(pilot, panel)
        await until(pilot, lambda: "not four" in on_screen(app))
        assert dim() == 3 and "total 6x" in on_screen(app) and "parts" in on_screen(app)
        await pilot.press("left", "left")  # n = 2 takes its time
        await until(pilot, lambda: panel.experiment.knobs["n"] == 2 and panel.experiment.phase == "running")
        assert dim() == 3 and "total 6x" in on_screen(app)
        await settled(pilot, panel)
        await until(pilot, lambda: "total 3x  was 6" in on_screen(app))
        after = on_screen(app).splitlines()
        assert not dim() and "not four" not in on_screen(app)
        rows = [next(n for n, row in enumerate(shown) if "─────" in row[2:-2]) for shown in (before[1:], after[1:])]
        assert rows[0] == rows[1], "nothing has moved"


async def test_a_key_that_turns_a_knob_lays_nothing_out(
    lab: Callable[[], QuizApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = lab()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        panel = await into_the_demo(pilot, app)
        layouts: list[object] = []
        monkeypatch.setattr(app.screen, "_refresh_layout", lambda *_, **__: layouts.append(1))
        monkeypatch.setattr(panel, "_begin", lambda now, _: setattr(panel, "experiment", now))
        await pilot.press("right")
        await pilot.pause()
        assert panel.experiment.knobs["n"] == 4 and panel.experiment.phase == "running" and not layouts


async def test_the_list_is_in_words_counts_and_says_its_keys(lab: Callable[[], QuizApp], home: Home) -> None:
    (home.demos / "zzz_of_gptq.py").write_text(DEMO)
    app = lab()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await pilot.press(*"zzz_of")
        await until(pilot, lambda: "zzz of GPTQ" in on_screen(app) and " 1 ╮" in on_screen(app))
        foot = on_screen(app).splitlines()[-1]
        assert "Enter open" in foot and "↓ list" in foot and "zzz_of_gptq" not in on_screen(app)
        await pilot.press("down")
        await until(pilot, lambda: "↓ list" not in on_screen(app).splitlines()[-1])
        assert "Enter open" in on_screen(app).splitlines()[-1]
        await pilot.press("slash", *"zz", "enter")
        await until(pilot, lambda: "No experiment was found." in on_screen(app) and " 0 ╮" in on_screen(app))


async def test_what_is_called_so_comes_before_what_only_mentions_it(lab: Callable[[], QuizApp]) -> None:
    app = lab()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "slash", *"compress")  # which the field has the keys for already
        await until(pilot, lambda: "compress layer" in on_screen(app))
        screen = the(app, LabScreen)
        names = [option.id for option in screen._list._options]
        assert names[0] == "compress_layer" and "born_again" in names, "alphabetic among those that mention it"


async def test_what_it_is_about_and_the_cards_that_ask_about_it_come_before_the_first_run(
    lab: Callable[[], QuizApp], home: Home
) -> None:
    home.decks.mkdir(parents=True, exist_ok=True)
    card = "  - {id: %s, q: How much is the sum of all the numbers %s?, a: much, demo: {run: adding}}\n"
    (home.decks / "sums.yaml").write_text("deck: Sums\ncards:\n" + card % ("a", "a") + card % ("b", "b"))
    app = lab()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", *"adding")
        await until(pilot, lambda: "Add numbers up" in on_screen(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Enter runs it" in on_screen(app))
        assert "A demo of the test, about sums." in on_screen(
            app
        ) and "· How much is the sum of all the numbers b?" in on_screen(app)
        panel = app.screen.query_one(DemoPanel)
        assert panel.experiment.phase == "ready" and "hello" not in on_screen(app), "Enter has run nothing"
        await pilot.press("enter")
        await settled(pilot, panel)
        assert "hello 3" in on_screen(app)
        await pilot.press("b")
        await until(pilot, lambda: "demo:adding" in on_screen(app) and "all the numbers a?" in on_screen(app))


async def test_a_sweep_draws_a_measure_over_the_knob_and_m_draws_the_next(lab: Callable[[], QuizApp]) -> None:
    app = lab()
    async with app.run_test(size=(140, 50), notifications=True) as pilot:
        panel = await into_the_demo(pilot, app)
        await pilot.press("g")
        await settled(pilot, panel)
        assert [point.value for point in points(panel)] == [1, 2, 3, 4, 5, 6]
        assert "total over n" in on_screen(app) and "over n over" not in on_screen(app)
        await pilot.press("m")
        await pilot.pause()
        assert "count over n" in on_screen(app)
        await pilot.press("right")
        await settled(pilot, panel)
        await until(pilot, lambda: "count over n" not in on_screen(app) and "was 6" in on_screen(app))


async def test_of_much_output_the_last_lines_are_kept(lab: Callable[[], QuizApp], home: Home) -> None:
    path = home.demos / "adding.py"
    path.write_text("def main(seed: int = 0):\n    for k in range(500): print('line', k)\n    return {'a': 1}\n")
    Trust(home.trust).allow(read_script(path))
    app = lab()
    async with app.run_test(size=(100, 40)) as pilot:
        panel = await into_the_demo(pilot, app)
        lines = panel.experiment.output.splitlines()
        assert (len(lines), lines[0], lines[-1]) == (LINES_KEPT, f"line {500 - LINES_KEPT}", "line 499")


async def test_an_error_stands_before_what_was_printed(lab: Callable[[], QuizApp], home: Home) -> None:
    path = home.demos / "adding.py"
    path.write_text("def main(seed: int = 0):\n    for k in range(90): print('line', k)\n    return {'a': 1 / seed}\n")
    Trust(home.trust).allow(read_script(path))
    app = lab()
    async with app.run_test(size=(80, 24)) as pilot:
        panel = await into_the_demo(pilot, app)
        await until(pilot, lambda: "ZeroDivisionError" in on_screen(app) and "line 0 " in on_screen(app))
        await pilot.press("right")
        await settled(pilot, panel)
        await until(pilot, lambda: "ZeroDivision" not in on_screen(app) and "a 1" in on_screen(app))


async def test_a_sweep_can_be_stopped(lab: Callable[[], QuizApp], home: Home) -> None:
    app = lab()
    async with app.run_test(size=(140, 50), notifications=True) as pilot:
        panel = await into_the_demo(pilot, app)
        await pilot.press("g")
        await until(pilot, lambda: "1 of 6, . stops it" in on_screen(app))  # n = 2 takes its time
        await pilot.press("full_stop")
        await settled(pilot, panel)
        await pilot.pause(0.5)
        assert len(points(panel)) == 1 and "total over n" in on_screen(app), "it keeps what it has"


async def test_no_knob_is_turned_while_a_sweep_is_on(lab: Callable[[], QuizApp]) -> None:
    app = lab()
    async with app.run_test(size=(140, 50)) as pilot:
        panel = await into_the_demo(pilot, app)
        assert "←→ turn" in on_screen(app)
        await pilot.press("g")
        await until(pilot, lambda: "1 of 6, . stops it" in on_screen(app))  # n = 2 takes its time
        assert "←→ turn" not in on_screen(app)
        await pilot.press("left", "end")
        panel.stage.knobs.post_message(KnobRows.Turned("n", 2))  # turned before `g` was pressed, and heard after
        await settled(pilot, panel)
        assert [point.value for point in points(panel)] == [1, 2, 3, 4, 5, 6] and panel.experiment.knobs["n"] == 3
        assert "←→ turn" in on_screen(app)


async def test_a_changed_copy_runs_is_marked_and_can_be_kept_or_dropped(
    lab: Callable[[], QuizApp], home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/hello/changed/' \"$1\"\n")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    app = lab()
    async with app.run_test(size=(140, 50), notifications=True) as pilot:
        panel = await into_the_demo(pilot, app)

        class Lent:
            def __enter__(self) -> None: ...
            def __exit__(self, *_: object) -> None: ...

        monkeypatch.setattr(app, "suspend", Lent)
        await pilot.press("E")
        await settled(pilot, panel)
        assert "changed 3" in on_screen(app) and "changed by you" in on_screen(app)
        assert "hello" in (home.demos / "adding.py").read_text()
        await pilot.press("backspace")
        await pilot.pause()
        assert "changed by you" not in on_screen(app)
        await pilot.press("E")
        await settled(pilot, panel)
        await pilot.press("w")
        await pilot.pause()
        assert "changed" in (home.demos / "my_adding.py").read_text()
        await pilot.press("x")
        await settled(pilot, panel)
        assert "changed 3" in on_screen(app)
    assert "hello" in (home.demos / "adding.py").read_text()


@pytest.mark.usefixtures("home")
async def test_a_slip_while_editing_loses_nothing(
    lab: Callable[[], QuizApp], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("""#!/bin/sh
if grep -q '^def main(:' "$1"; then sed -i 's/^def main(:/#/; s/hello/mended/' "$1"; else echo 'def main(:' >> "$1"; fi
""")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    app = lab()
    async with app.run_test(size=(140, 50), notifications=True) as pilot:
        panel = await into_the_demo(pilot, app)
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("E")
        await until(pilot, lambda: "E opens it again" in on_screen(app))
        assert "Your copy, adding.py:" in on_screen(app) and "your draft" in on_screen(app)
        await pilot.press("E")
        await settled(pilot, panel)
        assert "mended 3" in on_screen(app) and "changed by you" in on_screen(app)
