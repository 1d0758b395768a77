"""Every screen is made of panels, and in each a cell of air stands between the text and its border or scroll bar."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from seen import resize
from test_snapshots import (  # noqa: F401  # its home, its clock and the ways to its screens
    SCREENS,
    SIZES,
    Clock,
    _here,
    clock,
    open_screen,
    studied,
)
from textual.geometry import Region
from textual.widget import Widget

from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.panel import Panel

WAYS = {
    **{name: keys for name, keys in SCREENS.items() if name != "palette"},  # which is Textual's own
    "study-source": "down enter space 3 later space x v",
    "readiness-date": "r wait D",
    "log-empty": "f12",
}

Cells = list[list[str]]  # what stands in each cell of each line; nothing in the second one of a wide character


def cells(app: QuizApp) -> Cells:
    lines = []
    for strip in app.screen._compositor.render_strips():
        line: list[str] = []
        for char in strip.text:
            line += [char, *[""] * (cell_len(char) - 1)] if cell_len(char) else []
        lines.append(line)
    return lines


def bars_of(panel: Widget) -> list[Region]:
    """The scroll bars that stand in a panel, its own and those of what is in it."""
    within = [panel, *panel.query("*")]
    return [one.vertical_scrollbar.region for one in within if one.display and one.show_vertical_scrollbar]


def without_air(app: QuizApp) -> Iterator[str]:
    """What touches a border or a scroll bar: the panel, the line of the screen, and how it looks."""
    seen, panels = cells(app), 0
    for panel, (region, clip) in app.screen._compositor.visible_widgets.items():
        if not isinstance(panel, Panel) or not panel.has_class("panel"):
            continue
        panels += 1
        bars = [bar for bar in bars_of(panel) if bar.intersection(clip)]
        if len({bar.x for bar in bars}) > 1:
            yield f"{panel}: scroll bars in the columns {sorted({bar.x for bar in bars})}"
        inside = region.shrink(panel.styles.border.spacing).intersection(clip)
        for y in range(inside.y, inside.bottom):
            here = {bar.x for bar in bars if bar.y <= y < bar.bottom}
            airy = (
                {inside.x, inside.right - 1} - here | {x - 1 for x in here} | {x + 1 for x in here} & inside_of(inside)
            )
            touched = sorted(x for x in airy if seen[y][x].strip() or not seen[y][x])
            if touched:
                shown = "".join(seen[y][region.x : region.right])
                yield f"{panel}: line {y}, column {touched[0]}: {shown}"
    if not panels:
        yield "there is no panel on this screen"


def inside_of(region: Region) -> set[int]:
    return set(range(region.x, region.right))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", WAYS)
async def test_no_text_touches_a_border_or_a_scroll_bar(name: str, language: str, clock: Clock) -> None:  # noqa: F811
    home = Home(Path("home"))
    home.settings.write_text(f"language: {language}\nmotion: false\ntour: done\ninterview: 2026-04-01\n")
    app = QuizApp(home, [home.decks])
    wrong: list[str] = []
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.pause()
        await open_screen(app, pilot, clock, WAYS[name])
        await app.workers.wait_for_complete()
        for columns, rows in SIZES:
            await resize(pilot, columns, rows)
            wrong += [f"{type(app.screen).__name__} at {columns}x{rows}: {what}" for what in without_air(app)]
    assert not wrong, "\n".join(["without a cell of air:", *wrong])
