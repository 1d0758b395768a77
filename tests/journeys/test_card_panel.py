"""The card as a panel: what stands in its border, what is typed below it, and the keys that the foot shows."""

import json
import re

import pytest
from seen import on_screen, until
from test_answering import asked, in_hand, screen
from textual.geometry import Region
from textual.widgets import Input, TextArea

from quizapp.paths import Home
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.sheet_view import SheetView

SIZES = [(60, 20), (80, 24), (120, 40), (200, 50)]


def kinds(home: Home) -> list[str]:
    lines = [line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines()]
    return [event["type"] for event in map(json.loads, lines) if event["type"] in ("reviewed", "undone")]


@pytest.mark.parametrize("kind", ["cloze", "numeric", "free"])
async def test_ctrl_z_in_a_field_takes_typing_back_and_never_a_grade(home: Home, kind: str) -> None:
    async with asked(home, f"choice {kind}") as pilot:
        await pilot.press("space", "4")
        await pilot.pause()
        await pilot.press(*["t"] * (kind == "free"))
        field = pilot.app.focused
        assert isinstance(field, Input | TextArea)
        await pilot.press(*"12")
        assert in_hand(pilot).card.id == kind
        await pilot.press(*["ctrl+z"] * 5)
        assert (field.value if isinstance(field, Input) else field.text) == ""
        assert in_hand(pilot).card.id == kind and kinds(home) == ["reviewed"]
        await pilot.press("escape", "ctrl+z")  # elsewhere on the card it does
        await pilot.pause()
        assert in_hand(pilot).card.id == "choice" and kinds(home) == ["reviewed", "undone"]


@pytest.mark.parametrize("kind", ["cloze", "numeric"])
async def test_before_anything_is_typed_ctrl_z_takes_the_last_grade_back(home: Home, kind: str) -> None:
    async with asked(home, f"choice {kind}") as pilot:
        await pilot.press("space", "4")
        await pilot.pause()
        assert isinstance(pilot.app.focused, Input)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert in_hand(pilot).card.id == "choice" and kinds(home) == ["reviewed", "undone"]


async def test_u_takes_back_that_the_answer_shows_before_the_grade_of_the_card_before(home: Home) -> None:
    async with asked(home, "free fix") as pilot:
        await pilot.press("space", "a", "3")
        await pilot.pause()
        await pilot.press("space")  # by mistake
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert in_hand(pilot).card.id == "fix" and not screen(pilot).revealed and kinds(home) == ["reviewed"]
        assert in_hand(pilot).cued  # it was seen
        await pilot.press("u")
        await pilot.pause()
        assert in_hand(pilot).card.id == "free" and kinds(home) == ["reviewed", "undone"]
        assert "Good: undone. Your ticks are kept." in on_screen(pilot.app)
        await pilot.press("space", "asterisk", "u")  # a flag, which was set later
        await pilot.pause()
        assert screen(pilot).revealed and in_hand(pilot).ticks == {0}
        await pilot.press("u")
        await pilot.pause()
        assert not screen(pilot).revealed and "undone" not in on_screen(pilot.app)


async def test_what_one_typed_into_the_last_card_does_not_come_back(home: Home) -> None:
    async with asked(home, "free fix") as pilot:
        await pilot.press("t", *"mine", "ctrl+s", "3")
        await pilot.pause()
        await pilot.press("t", "ctrl+z", "ctrl+z")
        assert in_hand(pilot).card.id == "fix" and screen(pilot).query_one(TextArea).text == ""


async def test_letters_for_a_number_are_typed_and_ctrl_z_is_undo(home: Home) -> None:
    async with asked(home, "choice numeric") as pilot:
        await pilot.press("space", "4")
        await pilot.pause()
        line = pilot.app.focused
        assert isinstance(line, Input) and "Ctrl+Z undo" in str(screen(pilot).query_one(KeyBar).render())
        await pilot.press(*"tw?", "enter")
        assert line.value == "tw?" and "Not one number" in on_screen(pilot.app) and screen(pilot).session.acts
        await pilot.press(*["ctrl+z"] * 3)
        await pilot.press(*"3 GB")
        assert line.value == "3 GB"
        await pilot.press(*["ctrl+z"] * 4)  # the typing first
        assert line.value == "" and in_hand(pilot).card.id == "numeric"
        await pilot.press("escape", "u")
        await pilot.pause()
        assert in_hand(pilot).card.id == "choice"


@pytest.mark.parametrize("sure", [False, True])
async def test_ctrl_s_hands_in_a_free_text(home: Home, sure: bool) -> None:
    async with asked(home, "free", f"confidence: {str(sure).lower()}\n") as pilot:
        await pilot.press("t", *"It is", "enter")
        assert "Ctrl+S done" in on_screen(pilot.app) and "t type" not in on_screen(pilot.app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen(pilot).revealed is not sure and ("How sure?" in on_screen(pilot.app)) is sure
        await pilot.press(*["2"] * sure)
        assert screen(pilot).revealed and in_hand(pilot).typed == "It is\n"


async def test_the_foot_shows_what_works_now(home: Home) -> None:
    async with asked(home, "free choice", size=(120, 40)) as pilot:
        foot = screen(pilot).query_one(KeyBar)
        assert str(foot.render()).startswith(" Space show the answer  t type  E edit")
        await pilot.press("a", "u")  # nothing is picked, nor taken back
        assert in_hand(pilot).ticks == frozenset() and not screen(pilot).session.acts
        await pilot.press("space")
        assert str(foot.render()).startswith(" a-b pick  n none of them  u undo  E edit")
        await pilot.press("n")
        assert str(foot.render()).startswith(" Space grade  a-b pick  n none of them  u undo  E edit")
        await pilot.press("3")
        await pilot.pause()
        assert str(foot.render()).startswith(" Space show the answer  a-")


async def test_the_last_grade_is_said_below_the_next_card(home: Home) -> None:
    async with asked(home, "free fix choice") as pilot:
        await pilot.press("space", "1")
        await pilot.pause()
        assert "Last card: Again, back in 1 min" in on_screen(pilot.app)
        await pilot.press("space")
        assert "Saved" not in on_screen(pilot.app)
        await pilot.press("3")
        await pilot.pause()
        assert "Last card: Good, back in 10 min" in on_screen(pilot.app)
        await pilot.press("u", "u")
        await pilot.pause()
        assert "Again: undone" in on_screen(pilot.app) and not pilot.app.screen.query("Toast")


@pytest.mark.parametrize("size", SIZES)
async def test_the_border_says_which_deck_how_long_and_how_far(home: Home, size: tuple[int, int]) -> None:
    async with asked(home, "free fix", size=size) as pilot:
        rows = on_screen(pilot.app).splitlines()
        assert re.match(r"╭─ mine ─+ 0:0\d ╮$", rows[0])
        (below,) = (row for row in rows if " done " in row)
        assert re.match(r"╰─+ 2 new   0 of 2 done ─╯$", below) and sum("2 new" in row for row in rows) == 1
        await pilot.press("asterisk")
        assert re.match(r"╭─ mine ─+ ⚑ 0:0\d ╮$", on_screen(pilot.app).splitlines()[0])


async def test_a_second_paints_the_upper_border_and_nothing_else(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[tuple[tuple[Region, ...], dict[str, bool]]] = []
    refresh = SheetView.refresh

    def spy(sheet: SheetView, *regions: Region, **options: bool) -> SheetView:
        painted.append((regions, options))
        return refresh(sheet, *regions, **options)

    async with asked(home, "free") as pilot:
        sheet = screen(pilot).query_one(SheetView)
        monkeypatch.setattr(SheetView, "refresh", spy)
        await until(pilot, lambda: painted)
        regions, options = painted[0]
        assert [(region.y + sheet.content_offset.y, region.height) for region in regions] == [(0, 1)] and not options


@pytest.mark.parametrize("kind", ["cloze", "free"])
@pytest.mark.parametrize("size", SIZES)
async def test_what_is_typed_stands_below_what_is_asked(home: Home, kind: str, size: tuple[int, int]) -> None:
    async with asked(home, kind, size=size) as pilot:
        await pilot.press(*["t"] * (kind == "free"), *"zzzz")
        await pilot.pause()
        rows = on_screen(pilot.app).splitlines()
        typed = next(row for row in rows if "zzzz" in row)
        question = next(row for row in rows if "Fill the gap" in row or "What is frozen" in row)
        assert len(typed) - len(typed[1:].lstrip()) == len(question) - len(question[1:].lstrip())
        assert typed[1] == " " and any(row.startswith("╭─ Your answer ─") for row in rows)


async def test_full_screen_keeps_the_grades_in_sight(home: Home) -> None:
    async with asked(home, "free fix") as pilot:
        await pilot.press("f11", "space", "a", "b")
        await pilot.pause()
        assert screen(pilot).maximized is screen(pilot).query_one(SheetView) and "▸3 Good" in on_screen(pilot.app)
        await pilot.press("3", "f11")
        await pilot.pause()
        assert screen(pilot).maximized is None and in_hand(pilot).card.id == "fix"
