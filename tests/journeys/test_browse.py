"""Browsing: search as one types, filters, order, what can be done to a card, its history, its demo."""

from datetime import timedelta
from pathlib import Path

import pytest
from seen import on_screen, plain, the, until
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot

from quizapp import disk
from quizapp.memory.events import Given
from quizapp.memory.schedule import Grade, local_now
from quizapp.paths import Home
from quizapp.ui import base_screen
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.browse import BrowseScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.screens.quiz import QuizScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.widgets.line_list import LineList

DEMO = '''"""Add numbers up."""
from typing import Annotated

def main(n: Annotated[int, range(1, 7)] = 3) -> dict:
    print("added")
    return {"total_x": n}
'''
DECK = """
deck: d
cards:
  - {id: scale, tags: [kernels], a: {en: A step, zh: 步长},
     q: {en: "What is the [bold]scale[/bold]?", zh: 缩放系数是什么？}}
  - {id: kv, q: "What does the KV cache hold?", a: Keys and values., why: "So that a step attends.", refs: ["arXiv:1"]}
  - {id: pick, type: choice, q: Which one?, choices: [{en: the teacher, ok: true}, {en: pruning}], demo: {run: adding}}
""" + "".join(f"  - {{id: c{i}, q: Filler {i}, a: Answer}}\n" for i in range(60))


@pytest.fixture
def app(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QuizApp:
    """An app on three cards to look for and sixty others, with a demo of the user's own that may run without torch."""
    from quizapp.lab.script import read_script
    from quizapp.lab.trust import Trust

    monkeypatch.setattr(disk, "sync", lambda fd: None)
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)
    home.demos.mkdir(parents=True)
    (home.demos / "adding.py").write_text(DEMO)
    Trust(home.trust).allow(read_script(home.demos / "adding.py"))
    (tmp_path / "d.yaml").write_text(DECK)
    return QuizApp(home, [tmp_path / "d.yaml"])


async def browsing(pilot: Pilot[None], app: QuizApp, typed: str = "") -> BrowseScreen:
    await pilot.press("b")
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, BrowseScreen)
    await pilot.press(*typed)
    await until(pilot, lambda: screen.list.search.value == typed and (not typed or typed in on_screen(app)))
    return screen


def in_hand(screen: BrowseScreen) -> str | None:
    return screen.card.id if screen.card is not None else None


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (300, 80)])
async def test_search_as_one_types(app: QuizApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await browsing(pilot, app)
        assert "63 cards" in on_screen(app) and "[bold]scale[/bold]" in on_screen(app)
        await pilot.press(*"kv hold")
        await pilot.pause()
        assert "1 card · " in on_screen(app) and in_hand(screen) == "kv"
        await pilot.press(*["backspace"] * 7, *"步长")
        await pilot.pause()
        assert in_hand(screen) == "scale"
        await pilot.press(*"zz")
        await until(pilot, lambda: in_hand(screen) is None and "0 cards" in on_screen(app))
        assert in_hand(screen) is None and "0 cards" in on_screen(app)
        await pilot.press("enter", "down", "x", "at", "n", "escape")
        assert "zz" not in screen.list.search.value and "63 cards" in on_screen(app)  # first out of the search
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, BrowseScreen)


async def test_of_the_gaps_of_a_text_one_is_studied_and_that_is_said(home: Home, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(
        "cards:\n  - {id: bits, type: cloze, text: 'Two {{c1::bits}}, {{c2::four}}.'}\n  - {id: one, q: Q, a: A}\n"
    )
    app = QuizApp(home, [tmp_path / "d.yaml"])
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await browsing(pilot, app)
        await pilot.press("down", "s")
        assert the(app, StudyScreen).session.counts.total == 2
        assert [notice.text for notice in app.context.notices] == ["2 of 3: one gap of each text at a time."]
        await pilot.press("escape", "escape", "/", *"one", "down", "s")
        assert the(app, StudyScreen).session.counts.total == 1 and len(app.context.notices) == 1


async def test_what_is_listed_can_be_crammed(app: QuizApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await browsing(pilot, app, "filler 1")
        listed = {card.id for card in screen.list.lines.cards()}
        assert "c1" in listed and 1 < len(listed) < 20
        await pilot.press("down", "z")
        await pilot.pause()
        assert {card.id for card in the(app, QuizScreen).session.cards} == listed
        await pilot.press("space", "1", "escape", "y")
        await until(pilot, lambda: "0 / 1 right" in on_screen(app))
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen and app.context.desk.standings.all == {}
        await pilot.press("slash", *"zz", "down", "z")
        await pilot.pause()
        assert app.screen is screen  # nothing is listed
        await pilot.press("slash", "ctrl+u", *"filler 1", "down", "z", "space", "1", "escape", "y")
        await until(pilot, lambda: "0 / 1 right" in on_screen(app))
        await pilot.press("enter")
        assert isinstance(app.screen, HomeScreen)


async def test_what_is_open_or_listed_is_studied_whether_it_waits_or_not(app: QuizApp, home: Home) -> None:
    home.root.mkdir(exist_ok=True)
    home.settings.write_text("new_per_day: 1\n")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await browsing(pilot, app, "Filler")
        await pilot.press("enter", "right", "s")
        await until(pilot, lambda: isinstance(app.screen, StudyScreen))
        assert "Filler 1" in on_screen(app) and "1 new" in on_screen(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen))
        await pilot.press("escape", "s")
        await until(pilot, lambda: isinstance(app.screen, StudyScreen))
        assert "Filler 0" in on_screen(app) and "60 new" in on_screen(app)


async def test_a_word_typed_into_the_list_begins_no_sitting_of_very_many_cards(
    app: QuizApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.ui.screens.browse._MANY", 20)
    monkeypatch.setattr(base_screen, "PACE_S", 60)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await browsing(pilot, app)
        await pilot.press("down")
        await until(pilot, lambda: "/ search" in on_screen(app))
        await pilot.press(*"sy")
        assert "Ask all 63 cards" in plain(app)
        monkeypatch.setattr(base_screen, "PACE_S", 0)  # later
        await pilot.press("n", "z")
        await until(pilot, lambda: "Ask all 63 cards" in plain(app) and not isinstance(app.screen, BrowseScreen))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, QuizScreen))
        assert len(the(app, QuizScreen).session.cards) == 63
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("slash", *"filler 1", "down", "s")
        await until(pilot, lambda: isinstance(app.screen, StudyScreen))


async def test_typing_costs_no_layout_and_can_be_taken_back(app: QuizApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app)
        layouts = []
        monkeypatch.setattr(screen, "_refresh_layout", lambda *_, **__: layouts.append(1))
        await pilot.press(*"kv x", "ctrl+z", "ctrl+z")
        await until(pilot, lambda: "1 card · best first" in on_screen(app))
        assert screen.list.search.value == "kv" and not layouts
        screen.list.search.value = ""
        assert len(screen.list.lines) == 63  # at once: so it is painted with what was typed, not a picture later


async def test_filters_tell_what_they_take(app: QuizApp) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app, "tag:")
        assert "kernels" in on_screen(app).splitlines()[0]
        await pilot.press(*"ker type:fr -is:due")
        await pilot.pause()
        assert [card.id for card in screen.list.lines.cards()] == ["scale"]


async def test_what_was_searched_for_is_marked_in_list_and_card_and_goes_with_the_words(app: QuizApp) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app, "scale")
        await until(pilot, lambda: underlined(screen, "browse-cards") == ["scale"])
        await pilot.press("down")
        await until(pilot, lambda: "You were not asked this yet; Space shows its answer." in plain(app))
        await pilot.press("space")
        await until(pilot, lambda: underlined(screen, "browse-sheet") == ["scale"])
        await pilot.press("slash", "end", "space", *"step")
        await until(pilot, lambda: underlined(screen, "browse-sheet") == ["scale", "step"])
        assert underlined(screen, "browse-cards") == ["scale"]
        await pilot.press(*["backspace"] * 10)
        await until(pilot, lambda: not underlined(screen, "browse-sheet") and not underlined(screen, "browse-cards"))


def underlined(screen: BrowseScreen, id: str) -> list[str]:
    """What stands underlined in a widget."""
    widget = screen.query_one(f"#{id}")
    lines = (widget.render_line(y) for y in range(widget.size.height))
    return [segment.text for line in lines for segment in line if segment.style and segment.style.underline]


async def test_enter_opens_the_card_with_its_state_and_history(app: QuizApp) -> None:
    recorder, now = app.context.desk.recorder, local_now()
    past: list[tuple[int, Grade]] = [(20, "good"), (19, "good"), (2, "again")]
    for ago, grade in past:
        when = now - timedelta(days=ago)
        outcome = recorder.standings.preview("d/kv", when)[grade]
        recorder.review("d/kv", outcome, when, Given(took_s=7.0, typed="keys \x1b]0;x"))
    async with app.run_test(size=(80, 50), notifications=True) as pilot:
        await browsing(pilot, app, "kv")
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await until(pilot, lambda: "repetitions 3" in on_screen(app) and "7 s" in on_screen(app))
        seen = on_screen(app)
        assert "Keys and values." in seen and "So that a step attends." in seen and "arXiv:1" in seen
        assert "learning" in seen and "repetitions 3 · forgotten once when due" in plain(app) and "stability" in seen
        assert seen.count("7 s") == 3 and seen.index("Again") < seen.index("Good") and "“keys”" in seen
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BrowseScreen) and isinstance(app.focused, LineList)


async def test_the_next_card_opens_with_its_own_history(app: QuizApp) -> None:
    recorder, now = app.context.desk.recorder, local_now()
    recorder.review("d/kv", recorder.standings.preview("d/kv", now)["easy"], now, Given(took_s=7.0))
    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await browsing(pilot, app, "What")
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing happened to it yet." in on_screen(app))
        await pilot.press("right")
        await until(pilot, lambda: "7 s" in on_screen(app))
        await pilot.press("left")
        await until(pilot, lambda: "Nothing happened to it yet." in on_screen(app))


async def test_the_keys_suspend_flag_bury_and_reset_and_take_back(app: QuizApp) -> None:
    recorder = app.context.desk.recorder
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await browsing(pilot, app, "kv")
        await pilot.press("down", "at")
        await pilot.pause()
        assert recorder.standings.of("d/kv").suspended and "suspended" in on_screen(app)
        assert "Suspended: not asked any more. u: undo" in plain(app)
        await pilot.press("at", "asterisk", "minus")
        await pilot.pause()
        standing = recorder.standings.of("d/kv")
        assert not standing.suspended and standing.flagged and standing.buried is not None
        assert any("* What does the KV" in line for line in on_screen(app).splitlines())
        await pilot.press("asterisk")
        await pilot.pause()
        assert not recorder.standings.of("d/kv").flagged
        assert not any("* What does the KV" in line for line in on_screen(app).splitlines())
        now = local_now()
        recorder.review("d/kv", recorder.standings.preview("d/kv", now)["easy"], now)
        await pilot.press("0", "n")
        await pilot.pause()
        assert recorder.standings.of("d/kv").memory.state == "review"
        await pilot.press("0", "y")
        await pilot.pause()
        assert recorder.standings.of("d/kv").memory.state == "new"


async def test_yes_resets_the_card_that_was_asked_about_though_the_cursor_has_moved(app: QuizApp) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app, "What")
        await pilot.press("down", "0")
        await until(pilot, lambda: "never seen" in on_screen(app))  # and nothing is asked
        await pilot.press("asterisk", "0")
        await until(pilot, lambda: "Reset this card" in on_screen(app))
        screen.query_one(LineList).go(1)  # as the list does when its decks change
        assert screen.card is not None and screen.card.id == "kv"
        await pilot.press("y")
        await until(pilot, lambda: app.screen is screen)
        journal = "".join(path.read_text() for path in (app.context.desk.home.root / "journal").glob("*.jsonl"))
        assert '"reset"' in journal and '"d/scale"' in journal and '"d/kv"' not in journal


async def test_an_open_card_that_was_studied_stands_as_it_is_now(app: QuizApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await browsing(pilot, app, "kv")
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing happened to it yet" in on_screen(app))
        await pilot.press("s", "space", "3")
        await until(pilot, lambda: not isinstance(app.screen, BrowseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen) and "Good" in on_screen(app))
        assert "Nothing happened to it yet" not in on_screen(app)


async def test_up_into_the_search_closes_card_and_demo(app: QuizApp) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app, "which")
        await pilot.press("enter", "x")
        await until(pilot, lambda: (panels := screen.query(DemoPanel)) and panels.first().display)
        screen.query_one(LineList).focus()
        await pilot.press("up")
        await until(pilot, lambda: app.focused is screen.list.search)
        await until(pilot, lambda: not screen.query_one(DemoPanel).display and "the teacher" in on_screen(app))


async def test_u_takes_back_what_was_done_here(app: QuizApp) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app, "kv")
        stands = app.context.desk.standings.of
        await pilot.press("down", "u", "minus", "asterisk", "down")
        assert screen.card is not None and stands("d/kv").buried and stands("d/kv").flagged
        await pilot.press("u")
        await pilot.pause()
        assert not stands("d/kv").flagged and stands("d/kv").buried and "Flagged: undone" in on_screen(app)
        await pilot.press("u", "u")
        await pilot.pause()
        assert not stands("d/kv").buried and "u undo" not in on_screen(app).splitlines()[-1]
        await until(pilot, lambda: "Nothing was changed here" in on_screen(app))
        await pilot.press("asterisk")
        screen.list.ask("is:flagged")
        assert len(screen.list.lines) == 1
        await pilot.press("u")
        await pilot.pause()
        assert len(screen.list.lines) == 0 and screen.card is None


async def test_a_card_that_cannot_be_read_after_a_change_stays_and_says_why(app: QuizApp) -> None:
    def said() -> str:
        return " ".join(on_screen(app).replace("│", "").split())

    async with app.run_test(size=(80, 24)) as pilot:
        screen = await browsing(pilot, app, "kv")
        await pilot.press("enter")
        assert screen.card is not None and screen.opened
        deck, text = screen.card.path, screen.card.path.read_text()
        for wrong in ("level: wizard, ", "level: wizard, ["):  # the card, and the whole file
            deck.write_text(text.replace("id: kv, ", f"id: kv, {wrong}"))
            app.context.reload()
            names_it = wrong == "level: wizard, "
            await until(pilot, lambda: "read last" in said() and ("wizard" in said()) is names_it)  # noqa: B023
            assert "What does the KV" in said() and f"{deck.name}:" in said() and "E: open the editor there" in said()
        deck.write_text(text)
        app.context.reload()
        await until(pilot, lambda: "as it was read last" not in on_screen(app) and "What does the KV" in on_screen(app))


async def test_a_change_that_cannot_be_saved_is_said(app: QuizApp, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("The disk is [full].")

    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await browsing(pilot, app, "kv")
        monkeypatch.setattr(app.context.desk.recorder, "change", full)
        await pilot.press("down", "at")
        await pilot.pause()
        assert "The disk is [full]." in on_screen(app)


async def test_orders_turn_with_a_key_and_keep_the_card(app: QuizApp) -> None:
    recorder, now = app.context.desk.recorder, local_now()
    recorder.review("d/c7", recorder.standings.preview("d/c7", now)["hard"], now)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app)
        await pilot.press("down", "down", "o")
        await pilot.pause()
        first = screen.list.lines.card(0)
        assert first.id == "c7" and screen.card is not None and screen.card.id == "kv" and "by due" in on_screen(app)
        await pilot.press("home", *"ooooo")
        await pilot.pause()
        assert "by due" in on_screen(app) and screen.card is first, "at the top one sees what comes first now"
        await pilot.click(LineList, offset=(40, 0))
        await pilot.pause()
        assert "by hardest" in on_screen(app)


async def test_the_list_answers_to_keys_and_mouse(app: QuizApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await browsing(pilot, app)
        await pilot.press("down", "end")
        assert "Enter open" in on_screen(app).splitlines()[-1]
        assert in_hand(screen) == "c59"
        await pilot.press("home", "pagedown", "up", "pageup", "down", "down")
        assert in_hand(screen) == "pick"
        await pilot.click(LineList, offset=(5, 1))
        assert in_hand(screen) == "scale"
        await pilot.click(LineList, offset=(5, 1))
        await pilot.press("space")
        await until(pilot, lambda: "A step" in on_screen(app))
        await pilot.press("right")
        await until(pilot, lambda: "You were not asked this yet" in on_screen(app))
        assert "Keys and values." not in on_screen(app)  # no answer of a card never asked, unless one asks for it
        await pilot.press("space")
        await until(pilot, lambda: "Keys and values." in on_screen(app))
        assert "Keys and values." in on_screen(app) and "2 / 63" in on_screen(app)  # the list is not seen here
        await pilot.press("escape", "up", "up")
        await pilot.pause()
        assert app.focused is screen.list.search


async def test_the_demo_runs_beside_the_card(app: QuizApp) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app, "which")
        await pilot.press("enter", "x")
        await pilot.pause()
        panel = screen.query_one(DemoPanel)
        await until(pilot, lambda: panel.experiment.phase == "finished" and "total " in on_screen(app))
        assert "added" in on_screen(app) and "total " in on_screen(app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: panel.outer_size.height == 23)  # where there is room for one it has all of it
        await pilot.press("escape")
        await pilot.pause()
        assert not panel.display and "the teacher" in on_screen(app)
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, BrowseScreen)


async def test_who_leaves_the_demo_ends_its_run(app: QuizApp, home: Home) -> None:
    from quizapp.lab.script import read_script

    (home.demos / "adding.py").write_text(f"import time\n{DEMO}".replace("print", "time.sleep(600); print"))
    app.context.trust.allow(read_script(home.demos / "adding.py"))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app, "which")
        await pilot.press("enter", "x")
        await until(pilot, lambda: (panels := screen.query(DemoPanel)) and panels.first().experiment.phase == "running")
        await pilot.press("escape")
        await until(pilot, lambda: not screen.query_one(DemoPanel)._tasks)


async def test_the_palette_finds_a_card_and_opens_it(app: QuizApp) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        for typed, wanted in (("scale", "scale"), ("步长", "scale"), ("teacher which", "pick")):
            await pilot.press("ctrl+p")
            await pilot.pause()
            assert isinstance(app.screen, CommandPalette)
            await pilot.press(*typed)
            found = app.screen.query_one(CommandList)
            await until(pilot, lambda: found.options and f"/{wanted}" in str(found.options[0].prompt))  # noqa: B023
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, BrowseScreen) and app.screen.has_class("-open"))
            assert isinstance(app.screen, BrowseScreen) and app.screen.card is not None
            assert app.screen.card.id == wanted and app.screen.has_class("-open")
        assert sum(isinstance(screen, BrowseScreen) for screen in app.screen_stack) == 1


async def test_languages_and_a_deck_that_changes(app: QuizApp, tmp_path: Path) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await browsing(pilot, app, "scale")
        await pilot.press("down", "l")
        await until(pilot, lambda: "缩放系数是什么？" in on_screen(app))
        assert "缩放系数是什么？" in on_screen(app) and "最相关的在前" in on_screen(app)
        (tmp_path / "d.yaml").write_text(DECK.replace("缩放系数是什么？", "缩放系数变了"))
        app.context.reload()
        await until(pilot, lambda: "缩放系数变了" in on_screen(app))
        assert "缩放系数变了" in on_screen(app) and screen.card is not None and screen.card.id == "scale"
        (tmp_path / "d.yaml").write_text("cards: [{q: a, a: b}]")
        app.context.reload()
        await until(pilot, lambda: screen.card is None)
        assert screen.card is None


async def test_an_order_card_begins_with_its_question_and_says_the_order_once_and_not_before(home: Home) -> None:
    app = QuizApp(home, [Path(__file__).parents[1] / "cards" / "data" / "every-type.yaml"])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("b", *"type:order", "enter", "enter")
        await until(pilot, lambda: "Space shows its answer" in on_screen(app))
        steps = [on_screen(app).index(step) for step in ("collect", "form the", "round one", "correct the")]
        assert steps != sorted(steps)
        await pilot.press("space")
        await until(
            pilot, lambda: "Put the steps of GPTQ" in on_screen(app).split("\n", 2)[-1] and "Why" in on_screen(app)
        )
        assert on_screen(app).count("round one column") == 1
