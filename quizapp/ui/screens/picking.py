"""What the screens share that choose what is asked: a form, and decks, levels and tags to tick."""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, SelectionList

from quizapp.cards.card import CARD_LEVELS, Card
from quizapp.cards.library import Library, deck_titles
from quizapp.study.selection import Selection, only_seen
from quizapp.texts import tag_name, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.controls import OneOf, OnOff, ValueLine
from quizapp.ui.widgets.form import Form, FormRows
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.tick_panel import TickPanel
from quizapp.words import as_in_a_dictionary


class Amount(NamedTuple):
    """A number that is asked for: what stands there at first, and how low and high it may be."""

    first: int
    low: int
    high: int


Ask = Amount | Mapping[str, str] | bool
Asks = Mapping[str, Ask]


class _AmountLine(ValueLine):
    """Enter begins here too, and the foot says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "keys.begin", id="practise.begin-here")]


class PickingScreen(BaseScreen):
    """Enter begins with what is chosen, from anywhere but where it opens something. `asks`: the rows of the form by
    their names, each a number, values with the ids of their texts, or on or off; `seen`, which each has, keeps to cards
    that were reviewed before."""

    AUTO_FOCUS = "ValueLine"
    DEFAULT_CSS = """
    PickingScreen {
        align-horizontal: center;
        & > * {
            max-width: 120;
        }
        KeyBar {
            max-width: 100%;
        }
        #ticks {
            height: 1fr;
            min-height: 5;
            & > TickPanel {
                width: 2fr;
                height: 100%;
                max-height: 100%;
            }
            & > #deck {
                width: 3fr;
            }
            & > #level {
                width: 21;
            }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "begin", "keys.begin", key_display="enter", id="practise.begin"),
        Binding("tab", "app.focus_next", "keys.next_field", key_display="tab", id="practise.next"),
    ]

    def __init__(self, heading: str, asks: Asks) -> None:
        super().__init__()
        self.heading, self.asks = heading, {**asks, "seen": False}
        self.form, self.rows = Form(), FormRows()
        self.ticks = {name: TickPanel(name) for name in ("deck", "level", "tag")}
        self.button = Button(compact=True, id="begin", name="begin")
        self.button._bindings.key_to_bindings.pop("enter")  # which the screen has
        self.set_to = {name: _first(ask) for name, ask in self.asks.items()}
        self.left: list[Card] = []  # the cards that what is chosen leaves
        self._seen: tuple[Library, int, Library] | None = None  # of which library, after how many reviews

    def compose(self) -> ComposeResult:
        self.set_to |= self.context.picked.get(self.heading, {})
        with self.form, self.rows:
            for name, ask in self.asks.items():
                if isinstance(ask, Amount):
                    yield _AmountLine(name, str(self.set_to[name]), type="integer")
                elif isinstance(ask, bool):
                    yield OnOff(name, bool(self.set_to[name]))
                else:
                    yield OneOf(name, self._words(ask), str(self.set_to[name]))
            yield self.button
        with Horizontal(id="ticks"):
            yield from self.ticks.values()
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()

    # What each such screen has of its own

    def promise(self) -> str:
        """What of the cards `left` would be asked, in a few words; "" for nothing."""
        raise NotImplementedError

    def why_none(self) -> str:
        """Why there is nothing to ask, in a sentence."""
        none_seen = self.set_to["seen"] and bool(self.selection().narrowed(self.context.desk.library.decks))
        return text("screens.pick.none_seen" if none_seen else "ui.no_such_card", self.context.language)

    def begin(self) -> None:
        """Ask it."""
        raise NotImplementedError

    # What they share

    def _words(self, values: Mapping[str, str]) -> dict[str, str]:
        return {value: text(id, self.context.language) for value, id in values.items()}

    def language_changed(self) -> None:
        """Everything in the reader's language, and what the library has."""
        language, decks = self.context.language, self.context.desk.library.decks
        self.form.frame(text(self.heading, language))
        for control in self.rows.query(OneOf):
            values = self.asks[control.name or ""]
            if isinstance(values, Mapping):
                control.offer(self._words(values), str(self.set_to[control.name or ""]))
        tags = {tag for deck in decks for card in deck.cards for tag in card.tags}
        for name, choices in (
            ("deck", by_name(deck_titles(decks, self.context.shown))),
            ("level", {str(level): text(f"ui.level.{level}", language) for level in CARD_LEVELS}),
            ("tag", by_name({tag: tag_name(tag).says(language) for tag in tags})),
        ):
            self.ticks[name].frame(text(f"screens.pick.{name}", language))
            self.ticks[name].offer(choices)
        self.ticks["tag"].display = bool(tags)
        self.draw()

    def library_changed(self, was: Library) -> None:
        self.language_changed()

    def selection(self) -> Selection:
        """What is ticked; where nothing is, everything is meant."""
        chosen = {name: ticks.selected for name, ticks in self.ticks.items()}
        levels = tuple(level for level in CARD_LEVELS if level in chosen["level"])
        return Selection(tuple(chosen["deck"]), levels, tuple(chosen["tag"]))

    @property
    def library(self) -> Library:
        """Of what is asked: all that is open, or what of it was seen."""
        desk = self.context.desk
        if not self.set_to["seen"]:
            return desk.library
        if self._seen is None or self._seen[0] is not desk.library or self._seen[1] != desk.standings.changes:
            self._seen = desk.library, desk.standings.changes, only_seen(desk.library, desk.standings)
        return self._seen[2]

    @property
    def only_code(self) -> bool:
        """Does what is ticked leave cards that ask for code, and no others?"""
        selection, decks = self.selection(), self.library.decks
        return not selection.practised(decks) and bool(selection.code_of(decks))

    def cards(self) -> list[Card]:
        """What decks, levels and tags leave."""
        return self.selection().practised(self.library.decks)

    def draw(self) -> None:
        """The rows, and what they would ask."""
        self.left = self.cards()
        language, promised = self.context.language, self.promise()
        said = {}
        for name, ask in self.asks.items():
            said[name] = text(f"screens.row.{name}", language), self._about(name, ask)
        begin = text("screens.pick.begin", language, promise=promised) if promised else text("keys.begin", language)
        self.button.label = Content(begin)
        none = "" if promised else text("screens.pick.only_code", language) if self.only_code else self.why_none()
        self.rows.say("begin", none)
        said["begin"] = "", ""
        decks = self.ticks["deck"]
        decks.border_subtitle = Content("" if decks.selected else text("screens.pick.how", language))
        self.rows.show(said)

    def _about(self, name: str, ask: Ask) -> str:
        """The limits of a number; what a value means."""
        if isinstance(ask, Amount):
            return self._limits(ask)
        value = self.set_to[name]
        if name == "seen":
            value = "seen" if value else "unseen"
        return text(f"screens.about.{value}", self.context.language)

    def _limits(self, ask: Amount) -> str:
        return text("screens.pick.limits", self.context.language, low=ask.low, high=ask.high)

    # What is chosen

    @on(Form.Chosen)
    def _chosen(self, event: Form.Chosen) -> None:
        if self.set_to[event.name] != event.value:
            self.set_to[event.name] = event.value
            self.draw()

    @on(SelectionList.SelectedChanged)
    def _ticked(self, event: "SelectionList.SelectedChanged[str]") -> None:
        if isinstance(event.selection_list, TickPanel):
            event.selection_list.count()
        self.draw()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        name, number = event.input.name or "", _number(event.value)
        ask = self.asks.get(name)
        if not isinstance(ask, Amount):
            return
        if number is None or not ask.low <= number <= ask.high:
            self.rows.say(name, self._limits(ask))
            return
        self.rows.say(name, "")
        if number != self.set_to[name]:
            self.set_to[name] = number
            self.draw()

    @on(TickPanel.Left)
    def _to_form(self) -> None:
        self.button.focus()

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _entered(self) -> None:
        self.action_begin()

    def action_begin(self) -> None:
        """Begin, unless a number is none: then go there."""
        for line in self.rows.query(ValueLine):
            if self.rows.wrong.get(line.name or ""):
                line.focus()
                return
        if self.promise():
            self.context.picked[self.heading] = dict(self.set_to)
            self.begin()
        else:
            self.notify(self.why_none(), markup=False)


def by_name(called: Mapping[str, str]) -> dict[str, str]:
    """In the order of what is read."""
    return dict(sorted(called.items(), key=lambda one: as_in_a_dictionary(one[1])))


def _first(ask: Ask) -> int | str:
    """What a row stands at before it was ever set."""
    return ask.first if isinstance(ask, Amount) else ask if isinstance(ask, bool) else next(iter(ask))


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None
