"""`a` adds a card: a form for each type, the card beside it, and the file's own layout."""

import pytest
from seen import on_screen, plain, until
from textual.widgets import Input, TextArea

from quizapp.cards.load import load
from quizapp.paths import Home
from quizapp.ui.app import QuizApp
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.add_card import AddCardScreen
from quizapp.ui.screens.home import HomeScreen
from quizapp.ui.widgets.controls import OneOf
from quizapp.ui.widgets.sheet_view import SheetView

DECK = "# mine, with comments\ncards:\n  - {id: one, q: What is one?, a: The first.}   # kept\n# the end\n"


def fill(screen: AddCardScreen, **fields: str) -> None:
    for name, text in fields.items():
        area = (screen._deck if name == "deck" else screen._fields[name]).areas[0]
        if isinstance(area, TextArea):
            area.text = text
        else:
            assert isinstance(area, Input)
            area.value = text


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_a_card_is_typed_seen_and_added_and_comments_stay(home: Home, size: tuple[int, int]) -> None:
    home.decks.mkdir(parents=True)
    path = home.decks / "mine.yaml"
    path.write_text(DECK)
    app = QuizApp(home)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, AddCardScreen)
        await pilot.press(*"What is ", "量", "化", "?", "tab", *"It is *rounding*", "enter", *"[b]x", "tab", *"grid")
        await pilot.pause()
        if size[0] < 110:
            assert not screen.query_one(SheetView).display
            await pilot.press("ctrl+o")
            await pilot.pause()
        assert "What is 量化?" in on_screen(app) and "It is rounding" in on_screen(app) and "[b]x" in on_screen(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        after = path.read_text()
        assert after.startswith(
            "# mine, with comments\ncards:\n  - {id: one, q: What is one?, a: The first.}   # kept\n"
        )
        assert after.endswith("# the end\n")
        deck, faults = load(path)
        assert deck is not None and not faults
        assert [card.q.en for card in deck.cards] == ["What is one?", "What is 量化?"]
        assert deck.cards[1].a.en == "It is *rounding*\n[b]x" and deck.cards[1].points[0].text.en == "grid"
        assert not screen._dirty
        assert [one.message for one in app._notifications] == ["Added to mine. It is asked today, among the new cards."]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        await until(pilot, lambda: app.context.desk.library.card(deck.cards[1].key))
        assert app.context.desk.library.card(deck.cards[1].key)


async def test_the_first_card_begins_a_deck_and_the_next_goes_into_it(home: Home) -> None:
    app = QuizApp(home, start=lambda app: open_screen(app, "add-card"))
    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, AddCardScreen)
        assert screen._deck.typed["deck"] == "Mine"  # and the copy of a bundled deck is not offered first
        fill(screen, q="Q?", a="A.", deck="")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "write a name for the new deck" in on_screen(app)
        fill(screen, q="")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen._deck.areas[0].has_focus  # the first that lacks something, though others do
        fill(screen, q="Q?")
        fill(screen, deck="Quantization")  # of a bundled deck: it would hide that
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "there is a deck of this name already" in on_screen(app) and not list(home.root.glob("decks/*"))
        fill(screen, deck="My Deck!")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen._set_to["deck"])
        path = home.decks / "my-deck.yaml"
        assert screen._set_to["deck"] == str(path) and 'title: "My Deck!"' in path.read_text()
        fill(screen, q="Q2?", a="A2.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        deck, faults = load(path)
        assert deck is not None and not faults and len(deck.cards) == 2


async def test_every_type_has_its_form(home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text(DECK)
    app = QuizApp(home, start=lambda app: open_screen(app, "add-card"))
    forms = {
        "choice": {"q": "Q1?", "choices": "* a\nb"},
        "cloze": {"text": "The {{c1::gap}} and {{c2::two}}"},
        "numeric": {"q": "Q2?", "value": "3"},
        "order": {"q": "Q3?", "items": "a\nb"},
        "fix": {"says": "Wrong.", "a": "Right."},
    }
    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, AddCardScreen)
        for fields in forms.values():
            screen.query(OneOf).first().focus()
            await pilot.press("right")
            await pilot.pause()
            fill(screen, **fields, tags="t")
            await pilot.pause()
            assert ("Card 2 of 2" in on_screen(app)) == ("text" in fields)
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert ("2 cards, one a gap. The first gap" in plain(app)) == ("text" in fields)
            app.clear_notifications()
        deck, faults = load(home.decks / "mine.yaml")
        assert deck is not None and not faults
        assert [type(card).__name__.lower() for card in deck.cards] == [
            "free",
            "choice",
            *["cloze"] * 2,
            *list(forms)[2:],
        ]


async def test_nothing_is_lost_when_a_card_does_not_pass_or_the_disk_is_full(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.decks.mkdir(parents=True)
    path = home.decks / "mine.yaml"
    path.write_text(DECK)
    app = QuizApp(home, start=lambda app: open_screen(app, "add-card"))
    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, AddCardScreen)
        fill(screen, why="Because.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "this is needed" in on_screen(app)
        fill(screen, q="What is one?")
        await pilot.pause()
        assert "write the answer" in on_screen(app)
        fill(screen, a="x")
        await pilot.pause()
        assert "write the answer" not in on_screen(app)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("quizapp.disk.replace", full)
            await pilot.press("ctrl+s")
            await pilot.pause()
        assert "mine.yaml: No space left" in plain(app) and path.read_text() == DECK
        path.write_text("cards: [")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "was not added" in plain(app)
        assert screen._draft["q"] == "What is one?"
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen and "Esc again" in on_screen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_form_that_is_empty_says_so_at_its_first_field(home: Home, size: tuple[int, int]) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text(DECK)
    app = QuizApp(home, start=lambda app: open_screen(app, "add-card"))
    app.context.shown = "zh"
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, AddCardScreen)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "此栏必填" in on_screen(app) and app.focused is screen._fields["q"].areas[0]


async def test_two_languages_and_the_readers_own(home: Home) -> None:
    app = QuizApp(home, start=lambda app: open_screen(app, "add-card"))
    app.context.shown = "zh"
    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, AddCardScreen)
        assert "添加卡片" in on_screen(app) and "问题" in on_screen(app)
        screen.query(OneOf).first().focus()
        await pilot.press(
            "down", "right", "down", "down", "tab", "tab", *"English?", "tab", *"中文吗", "tab", *"Yes", "tab", *"是"
        )
        await pilot.pause()
        fill(screen, deck="量化")
        await pilot.press("ctrl+s")
        await pilot.pause()
        deck, faults = load(home.decks / "量化.yaml")
        assert deck is not None and not faults
        card = deck.cards[0]
        assert (card.q.en, card.q.zh, card.a.en, card.a.zh) == ("English?", "中文吗", "Yes", "是")
