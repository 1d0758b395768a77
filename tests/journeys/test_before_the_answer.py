"""What a card's experiment is before its answer, while it is answered, and after the grade."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from seen import on_screen, plain, resize, the, until
from textual.pilot import Pilot

from quizapp.cards.card import Card
from quizapp.cards.sheet import front
from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.memory.schedule import local_now
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS, Home
from quizapp.study.desk import open_desk
from quizapp.ui import preferences, sittings
from quizapp.ui.app import QuizApp
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.screens.quiz import QuizScreen
from quizapp.ui.screens.study import StudyScreen
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.words import LANGUAGES, Language, read

DEMO = '''"""The title tells it."""
import time
from typing import Annotated

def main(n: Annotated[int, range(1, 9)] = 3, slow: bool = False) -> dict:
    time.sleep(60 if slow else 0.2)
    return {"sum": n * (n + 1) // 2, "told_by_n": {1: 1, 2: 3, 3: 6}}
'''
ASK = "ask: How large is it?, read: sum, choices: [{en: small, range: [0, 8]}, {en: large, range: [8, 99]}]"
DECK = f"""cards:
  - {{id: new, q: First?, a: A., points: [one], demo: {{run: add, with: {{n: 4}}, predict: {{first: true, {ASK}}}}}}}
  - {{id: drawn, q: Second?, a: B., demo: {{run: add, predict: {{vary: {{n: [4, 5]}}, {ASK}}}}}}}
  - {{id: gap, type: cloze, text: "An apple is {{{{c1::red}}}}."}}
  - {{id: plain, q: Third?, a: C., demo: {{run: other, predict: {{{ASK}}}}}}}
"""
TOLD = ("The title tells it", "How large is it", "small", "large", "told", "‹")
SIZES = [(60, 20), (80, 24), (120, 40), (200, 50)]


@pytest.fixture
def deck(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deck whose experiments are allowed."""
    monkeypatch.setattr("quizapp.lab.run.torch_missing", lambda: True)  # no warm process
    for name in ("add", "other"):
        (tmp_path / f"{name}.py").write_text(DEMO)
        Trust(home.trust).allow(read_script(tmp_path / f"{name}.py"))
    (tmp_path / "d.yaml").write_text(DECK)
    return tmp_path / "d.yaml"


def studying(home: Home, deck: Path) -> QuizApp:
    return QuizApp(home, [deck], start=lambda app: sittings.study(app, app.context.desk.library.decks))


def written(home: Home, kind: str) -> list[dict[str, object]]:
    lines = (line for path in (home.root / "journal").glob("*.jsonl") for line in path.read_text().splitlines())
    return [event for event in map(json.loads, lines) if event["type"] == kind]


def panel_of(app: QuizApp) -> DemoPanel:
    return app.screen.query_one(DemoPanel)


async def found(pilot: Pilot[None], panel: DemoPanel, phase: str = "asking") -> None:
    await until(pilot, lambda: panel.experiment.phase == phase)


def told(app: QuizApp) -> list[str]:
    return [word for word in TOLD if word in on_screen(app)]


async def predict_first(pilot: Pilot[None], app: QuizApp) -> DemoPanel:
    panel = panel_of(app)
    await found(pilot, panel)
    await pilot.press("p")
    await until(pilot, lambda: "How large is it?" in plain(app))
    await pilot.press("b")
    await until(pilot, lambda: written(app.context.desk.home, "predicted"))
    return panel


# Every card


def tells(card: Card, language: Language) -> Iterator[str]:
    """What its experiment says that the card itself does not ask."""
    assert card.demo is not None
    asked = " ".join(block.text for block in front(card, language))
    yield read_script(BUNDLED_DEMOS / f"{card.demo.run}.py").title_in(language)
    for words in (card.demo.predict.ask, *(c.text for c in card.demo.predict.choices)) if card.demo.predict else ():
        if len(read(words, language)) > 2 and read(words, language) not in asked:  # a digit tells nothing
            yield read(words, language)


async def test_of_no_experiment_more_is_seen_than_that_there_is_one(home: Home) -> None:
    """Every card of every deck as the screen lays it out, a few of them to the last cell of the screen."""
    app = QuizApp(home, start=lambda app: sittings.study(app, app.context.desk.library.decks))
    async with app.run_test(size=(200, 50), notifications=True) as pilot:
        screen, seen = the(app, StudyScreen), 0
        for deck in app.context.desk.library.decks:
            for number, card in enumerate(card for card in deck.cards if card.demo is not None):
                language = LANGUAGES[number % 2]
                app.context.shown = language
                screen.session.advance(local_now(), prefer=card)
                screen.show_card()
                assert not screen.has_class("-demo") and not screen.has_class("-demo-open")
                shown = "\n".join(line.text for line in screen._view.sheet._lines)
                if number % 24 == 0:
                    await resize(pilot, *SIZES[number // 24 % 4])
                    shown = on_screen(app)
                said = "▶ experiment: predict it first" if language == "en" else "▶ 实验：先预测"
                assert (said in shown) is screen.session.predicts_first, card.key  # a key that works, or nothing
                folded = " ".join(shown.split())
                assert [said for said in tells(card, language) if " ".join(said.split()) in folded] == [], card.key
                seen += 1
        assert seen > 100


# Before the answer


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_card_is_predicted_then_answered(home: Home, deck: Path, size: tuple[int, int]) -> None:
    app = studying(home, deck)
    async with app.run_test(size=size, notifications=True) as pilot:
        panel = panel_of(app)
        await found(pilot, panel)
        assert "▶ experiment: predict it first p" in plain(app) and not panel.display and not told(app)
        await pilot.press("x")
        assert "comes after the answer; p predicts it before" in plain(app) and not panel.display
        await pilot.press("3")
        assert "1 to 4 grade once the answer shows" in plain(app)
        await pilot.press("p")
        await until(pilot, lambda: "How large is it?" in plain(app) and "b large" in plain(app))
        assert "The title" not in on_screen(app) and "‹" not in on_screen(app)
        await pilot.press("space", "4", "t")
        assert not the(app, StudyScreen).revealed and "Esc leads back to the card" in plain(app)
        await pilot.press("b")
        await until(pilot, lambda: "✓ right" in plain(app))
        assert "The title" not in on_screen(app) and "‹" not in on_screen(app) and "told" not in on_screen(app)
        await until(pilot, lambda: the(app, StudyScreen).session.predictions)
        await until(pilot, lambda: "Space goes on to the card" in plain(app) and "Space to the card" in plain(app))
        await pilot.press("space")
        await pilot.pause()
        assert (
            panel.display is (size[0] >= 110)
            and not the(app, StudyScreen).revealed
            and "predict it first" not in plain(app)
            and "Predict" not in on_screen(app).splitlines()[-1]
        )
        await pilot.press("x")
        assert panel.has_focus_within and panel.experiment.veiled  # back to what was predicted
        await pilot.press("space")
        await pilot.press("space")
        await until(pilot, lambda: "A." in on_screen(app))
        assert not panel.experiment.veiled and panel.display is (size[0] >= 110)
        await pilot.press("x")
        await until(pilot, lambda: "The title tells it" in on_screen(app) and "‹" in on_screen(app))


async def test_the_verdict_the_review_and_the_time_are_of_the_prediction(home: Home, deck: Path) -> None:
    """Five knobs after the answer, and a grade while a run is on."""
    app = studying(home, deck)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = the(app, StudyScreen)
        panel = await predict_first(pilot, app)
        card = screen.card
        assert card is not None
        shown = screen.card_state(card).plain
        await asyncio.sleep(1.2)
        assert screen.card_state(card).plain == shown, "its clock stands"
        await pilot.press("escape")
        await until(pilot, lambda: screen.session.asked > screen.session.started)
        left_out = (screen.session.asked - screen.session.started).total_seconds()
        assert 1.4 <= left_out < 20, "the experiment is left out of the time"
        await pilot.press("space", "x")
        await until(pilot, lambda: "‹" in on_screen(app))
        for turned in range(5, 9):
            await pilot.press("right")
            await until(pilot, lambda: len(panel.experiment.runs) == turned - 3)  # noqa: B023
            assert "✓ right" in plain(app) and panel.experiment.prediction is not None
            assert panel.experiment.prediction.measured == 10
        await pilot.press("down", "right")
        await found(pilot, panel, "running")
        await pilot.press("3")
        assert screen.card is not None and screen.card.id == "new", "the keys go to the experiment"
        await pilot.press("escape", "3")
        assert screen.card is not None and screen.card.id == "drawn"
        done = screen.session.done[0]
    (predicted,), (review,) = written(home, "predicted"), written(home, "reviewed")
    assert (predicted["card"], predicted["measured"], predicted["right"]) == ("d/new", 10, True)
    assert (review["card"], review["cued"]) == ("d/new", True)
    assert review["took_s"] == round(done.took_s, 3)


async def test_what_was_predicted_first_stays_cued_when_its_grade_is_taken_back(home: Home, deck: Path) -> None:
    app = studying(home, deck)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = the(app, StudyScreen)
        await predict_first(pilot, app)
        await pilot.press("escape", "space", "3", "u")
        assert screen.card is not None and screen.card.id == "new"
        assert app.context.desk.standings.of("d/new").memory.state == "new"
        await found(pilot, panel_of(app))
        assert not panel_of(app).display and "predict it first" not in plain(app)
        await pilot.press("p", "space", "4", "space", "3")
        assert [event.get("cued", False) for event in written(home, "reviewed")] == [True, True, False]
    assert len(written(home, "predicted")) == 1


@pytest.mark.parametrize("setting", ["after", "never"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_may_come_after_the_answer_or_by_its_key_alone(
    home: Home, deck: Path, setting: str, size: tuple[int, int]
) -> None:
    home.root.mkdir(exist_ok=True)
    home.settings.write_text(f"predict: {setting}\n")
    app = studying(home, deck)
    async with app.run_test(size=size, notifications=True) as pilot:
        panel = panel_of(app)
        await found(pilot, panel)
        await pilot.press("p", "x")
        assert "▶" not in plain(app) and "predict" not in plain(app) and not panel.display
        assert "The experiment comes after the answer." in plain(app)
        await pilot.press("space")
        await pilot.pause()
        assert not panel.display
        await pilot.press("x")
        await until(pilot, lambda: "How large is it?" in plain(app))
        await pilot.press("escape")
        await pilot.pause()
        assert panel.display is (size[0] >= 110)  # there it stays beside the answer
        await pilot.press("3", "space", "3", "escape")  # the values of the second are drawn
        assert ("x: experiment" in plain(app)) is (setting == "after")
    assert [event.get("cued", False) for event in written(home, "reviewed")] == [False, False]


async def test_a_review_shows_no_cue_and_a_quiz_is_a_test(home: Home, deck: Path) -> None:
    app = studying(home, deck)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await found(pilot, panel_of(app))
        await pilot.press("space", "1")
        screen = the(app, StudyScreen)
        screen.session.advance(local_now(), prefer=app.context.desk.library.card("d/new"))
        screen.show_card()
        await found(pilot, panel_of(app))
        await pilot.press("p", "x")
        assert "The experiment comes after the answer." in plain(app) and not told(app)
        await pilot.press("space", "3")
        sittings.begin_quiz(app, [card for deck in app.context.desk.library.decks for card in deck.cards], 1)
        await pilot.pause()
        quiz, seen = the(app, QuizScreen), 0
        while app.screen is quiz and quiz.card is not None:
            await pilot.press("escape", "p", "x") if quiz.card.id == "gap" else await pilot.press("p", "x")
            assert "▶" not in plain(app)
            assert ("comes after the answer" in plain(app)) is (quiz.card.demo is not None)
            assert not told(app) and not panel_of(app).display
            judged = quiz.answer is not None and quiz.answer.judged
            await pilot.press("space", *["space"] * judged)  # of no answer it is said first that it is missed
            await pilot.pause()
            assert quiz.revealed and not panel_of(app).display  # no answer opens it: x does
            await pilot.press("space" if judged else "2")
            await pilot.pause()
            assert "x: experiment" not in plain(app)
            seen += 1
        assert seen == 4
    assert not any(event.get("cued") for event in written(home, "reviewed"))


# Keys, grades and the focus


@pytest.mark.parametrize("size", SIZES)
async def test_keys_grade_only_where_the_card_has_the_focus(home: Home, deck: Path, size: tuple[int, int]) -> None:
    app = studying(home, deck)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = the(app, StudyScreen)
        await found(pilot, panel_of(app))
        await pilot.press("space", "a")
        assert "▸3 Good" in on_screen(app)
        await pilot.press("x")
        for full in (False, True):
            if full:
                await pilot.press("f11")
            await pilot.pause()
            await until(pilot, lambda: "Esc leads back to the card" in plain(app))
            assert "3 Good" not in on_screen(app)
            await pilot.press("3", "space", "1", "enter" if panel_of(app).experiment.last else "4")
            assert screen.card is not None and screen.card.id == "new" and screen.revealed
        await pilot.press("f11", "escape")
        await pilot.pause()
        assert "▸3 Good" in on_screen(app)
        await pilot.press("space")
        assert screen.card is not None and screen.card.id == "drawn"
    assert len(written(home, "reviewed")) == 1


async def test_space_leads_back_from_an_experiment_that_is_done(home: Home, deck: Path) -> None:
    """Opened after the answer as before it; until it is done, and in a quiz."""
    app = studying(home, deck)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen, panel = the(app, StudyScreen), panel_of(app)
        await found(pilot, panel)
        await pilot.press("space", "a", "x", "space")
        assert panel.has_focus_within and "Space too, once it has run" in plain(app)
        await pilot.press("b")
        await found(pilot, panel, "finished")
        await until(pilot, lambda: "Esc or Space leads back" in plain(app))
        await pilot.press("1", "space")
        assert not panel.has_focus_within and not screen.has_class("-demo-open")
        await until(pilot, lambda: "▸3 Good" in on_screen(app))
        sittings.begin_quiz(app, [app.context.desk.library.decks[0].cards[0]], 1)
        await pilot.pause()
        await found(pilot, panel_of(app))
        await pilot.press("space", "x", "b")
        await found(pilot, panel_of(app), "finished")
        await pilot.press("space")
        assert not panel_of(app).has_focus_within and the(app, QuizScreen).revealed
    assert not written(home, "reviewed")


@pytest.mark.parametrize("keys", [["p"], ["space", "a", "x"]])
async def test_space_leads_back_also_while_it_runs_which_goes_on(home: Home, deck: Path, keys: list[str]) -> None:
    deck.write_text(DECK.replace("{n: 4}", "{n: 4, slow: true}"))
    app = studying(home, deck)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        panel = panel_of(app)
        await found(pilot, panel)
        await pilot.press(*keys, "b")
        await until(pilot, lambda: "Esc or Space leads back to the card" in plain(app))
        assert panel.experiment.phase == "running" and "Space to the card" in plain(app)
        await pilot.press("space")
        assert not panel.has_focus_within and not the(app, StudyScreen).has_class("-demo-open")
        await until(pilot, lambda: "leads back" not in plain(app))
        assert panel.experiment.phase == "running"
        await pilot.press("x", "space")
        assert not panel.has_focus_within


async def test_the_screen_is_filled_from_the_first_line_on(home: Home) -> None:
    app = QuizApp(home, [BUNDLED_DECKS / "five-questions.yaml"])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter", "space", "end")
        await pilot.pause()
        sheet = the(app, StudyScreen)._view.sheet
        assert sheet.scroll_y > 0
        await pilot.press("f11")
        await pilot.pause()
        assert sheet.scroll_y == 0 and sheet._lines[1].text.split()[0] in on_screen(app).splitlines()[2]


# After the grade


async def to_the_offer(pilot: Pilot[None], app: QuizApp) -> StudyScreen:
    """Grade the card whose values are drawn; a gap is asked next."""
    screen = the(app, StudyScreen)
    await pilot.press("space", "3", "space", "3")
    await until(pilot, lambda: screen.card is not None and screen.card.id == "gap")
    return screen


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_drawn_values_are_predicted_after_the_grade(home: Home, deck: Path, size: tuple[int, int]) -> None:
    app = studying(home, deck)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await to_the_offer(pilot, app)
        assert "Esc, then x: experiment" in plain(app) and "Last card: Good" in plain(app)
        await pilot.press(*"re", "escape")
        assert " x: experiment" in plain(app) and "Esc, then x" not in plain(app)
        drawn = screen.session.done[-1].card
        asked = screen.session.asked
        await pilot.press("x")
        await until(pilot, lambda: "How large is it?" in plain(app) and "The title tells it" in on_screen(app))
        assert "apple" not in on_screen(app), "no question that is not answered stands beside it"
        assert panel_of(app).experiment.knobs["n"] == int(drawn.drawn["n"])
        await pilot.press("space", "4", "minus", "at", "asterisk", "b")
        await until(pilot, lambda: written(home, "predicted"))
        await pilot.press("escape")
        await pilot.pause()
        assert "apple" in on_screen(app) and "re" in on_screen(app) and not told(app)
        assert screen.card is not None and screen.card.id == "gap" and not screen.revealed
        assert screen.session.asked > asked, "the time of it is left out"
        assert "Last card: Good" in plain(app) and "x: experiment" not in plain(app)
        assert [event["card"] for event in written(home, "predicted")] == ["d/drawn"]
        await pilot.press("d", "enter")
        await until(pilot, lambda: screen.revealed)
        await pilot.press("3")
    reviews = written(home, "reviewed")
    assert [(event["card"], event.get("cued", False)) for event in reviews] == [
        ("d/new", False), ("d/drawn", False), ("d/gap:c1", False)
    ]  # fmt: skip
    assert not written(home, "buried") and not written(home, "suspended") and not written(home, "flagged")
    assert reviews[-1]["typed"] == "red"


async def test_a_lapse_is_offered_and_what_takes_it_back_takes_the_offer_back(home: Home, deck: Path) -> None:
    desk = open_desk(home, [deck], local_now())
    for key in ("d/plain", "d/plain"):  # into review, and due
        outcome = desk.standings.preview(key, local_now())["easy"]
        desk.recorder.review(key, outcome, local_now())
    desk.recorder.close()
    app = studying(home, deck)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = the(app, StudyScreen)
        screen.session.advance(local_now(), prefer=app.context.desk.library.card("d/plain"))
        screen.show_card()
        await pilot.press("space", "1")
        assert screen.card is not None and screen.card.id == "new"
        assert "x: experiment" not in plain(app), "this card has one too"
        screen.session.advance(local_now(), prefer=app.context.desk.library.card("d/gap:c1"))
        screen.show_card()
        await pilot.press("escape")
        assert "Last card: Again" in plain(app) and "x: experiment" in plain(app)
        await pilot.press("x")
        await until(pilot, lambda: panel_of(app).experiment.demo.card_key == "d/plain" and "How large" in plain(app))
        await pilot.press("u")
        await until(pilot, lambda: screen.card is not None and screen.card.id == "plain")
        await found(pilot, panel_of(app))
        assert not panel_of(app).display and "Third?" in on_screen(app) and not told(app)
    assert not written(home, "predicted")


async def test_settings_and_decks_may_change_while_the_experiment_of_the_card_before_is_open(
    home: Home, deck: Path
) -> None:
    app = studying(home, deck)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await to_the_offer(pilot, app)
        await pilot.press("escape", "x")
        await until(pilot, lambda: "How large is it?" in plain(app))
        deck.write_text(DECK.replace("An apple", "A cherry"))
        await until(pilot, lambda: "cherry" in str(app.screen.query_one(SheetView)._front))
        preferences.change(app, "predict", "never")
        await pilot.pause()
        assert "How large is it?" in plain(app) and "cherry" not in on_screen(app)
        await pilot.press("escape")
        await until(pilot, lambda: "A cherry is" in on_screen(app) and not told(app))
