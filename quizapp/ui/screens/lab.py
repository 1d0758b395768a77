"""The lab: every demo, with search, to play without studying."""

import asyncio
import os
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from quizapp.cards.card import Card
from quizapp.cards.library import Library
from quizapp.draw.names import in_words
from quizapp.lab import script as scripts
from quizapp.lab.script import Script
from quizapp.paths import BUNDLED_DEMOS
from quizapp.texts import Sentence, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.demo.find import Demo
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import ListPanel, Panes
from quizapp.ui.widgets.search_field import SearchField
from quizapp.words import Language, clean


class LabScreen(BaseScreen):
    """A list of demos, filtered as one types, and the one chosen beside it."""

    AUTO_FOCUS = "SearchField"
    DEFAULT_CSS = """
    LabScreen {
        #lab-list, #lab-demos {
            width: 1fr;
            height: 1fr;
        }
        &.-wide DemoPanel {
            width: 65% !important;
        }
        &.-narrow.-demo-open #lab-search {
            display: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "keys.open", priority=True, id="lab.open"),
        Binding("down", "list", "keys.list", priority=True, id="lab.list"),
        Binding("slash", "search", "keys.search", id="lab.search"),
        Binding("b", "cards", "keys.browse", id="lab.cards"),
        Binding("tab", "app.focus_next", "keys.switch_pane", show=False, id="lab.next-pane"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._search = SearchField("lab-search")
        self._list = ListPanel(id="lab-demos", markup=False)
        self._panel = DemoPanel(introduces=True)
        self._scripts: dict[str, Script] = {}
        self._cards: dict[str, list[Card]] = {}  # that run it, by a demo's name
        self._faults: Sequence[Sentence] = ()
        self._shown: str | None = None

    def compose(self) -> ComposeResult:
        with Panes():
            with Vertical(id="lab-list"):
                yield self._search
                yield self._list
            yield self._panel
        yield KeyBar()

    def on_mount(self) -> None:
        self.add_class("-demo")
        self._entitle()
        self._panel.show_reading()
        self._relist()

    def library_changed(self, was: Library) -> None:
        self._relist()

    @work(exclusive=True)
    async def _relist(self) -> None:
        """List the demos; reading them all takes longer than a key may wait."""
        self._cards = {}
        for card in self.context.desk.library.keys.values():
            if card.demo is not None:
                self._cards.setdefault(card.demo.run, []).append(card)
        self._take(*await asyncio.to_thread(self._listing))

    def _listing(self) -> tuple[Sequence[Script], Sequence[Sentence]]:
        """The demos beside the user's decks that their cards run, the user's own, and those that came with quizapp."""
        desk = self.context.desk
        cards = (card for deck in desk.library.decks if not deck.bundled for card in deck.cards)
        beside = dict.fromkeys(card.path.parent / f"{card.demo.run}.py" for card in cards if card.demo is not None)
        return scripts.read_demos([desk.home.demos, BUNDLED_DEMOS], filter(os.path.isfile, beside))

    def _take(self, found: Sequence[Script], faults: Sequence[Sentence]) -> None:
        """Show what was listed; the demo that is shown stays, as it reads now."""
        for fault in faults:
            if fault not in self._faults:
                self.notify(fault.says(self.context.language), severity="warning", timeout=10, markup=False)
        self._faults = faults
        self._scripts = {script.name: script for script in found}
        self._fill(self._search.value, self._shown)
        chosen = self._list.highlighted_option
        self._show(self._shown if self._shown in self._scripts else chosen.id if chosen else None)

    def language_changed(self) -> None:
        self._entitle()
        self._fill(self._search.value, self._shown)
        self._panel.redraw()

    def _entitle(self) -> None:
        self._search.entitle(self.context.language)
        self._list.frame(text("keys.demos", self.context.language), self._list.state)

    def _fill(self, wanted: str, chosen: str | None = None) -> None:
        """List the demos that have every word of `wanted` in their name and title, then those that have them in what
        they say of themselves; choose one of them."""
        words, language = wanted.casefold().split(), self.context.language
        found: dict[bool, list[str]] = {True: [], False: []}
        for name, script in self._scripts.items():
            called = f"{name} {in_words(name)} {script.title} {script.title_in(language)}".casefold()
            said = f"{called} {script.about} {script.about_in(language)}".casefold()
            if all(word in said for word in words):
                found[all(word in called for word in words)].append(name)
        names = [*found[True], *found[False]]
        place = names.index(chosen) if chosen in names else 0
        options = [Option(_line(self._scripts[name], language), id=name) for name in names]
        none = Option(text("demo.none", language), disabled=True)
        self._list.set_options(options or [none])
        self._list.highlighted = place if options else None
        self._list.show_state(str(len(options)))
        self.refresh_bindings()

    def _show(self, name: str | None) -> None:
        if name is None:
            self._panel.show(Demo(fault=text("demo.none", self.context.language)))
        else:
            script = self._scripts[name]
            (self._panel.renew if name == self._shown else self._panel.show)(
                Demo(script, knobs=script.defaults(), cards=tuple(self._cards.get(name, ())))
            )
        self._shown = name

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        if event.input is self._search:
            self._fill(event.value)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_list is self._list and event.option.id:
            self._show(event.option.id)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_list is self._list:
            self.action_open()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "list":
                return self.focused is self._search
            case "open":
                listed = self._list.highlighted is not None or not self._scripts  # it waits for what is being read
                return self._waits or (self.focused in (self._search, self._list) and listed)
            case "cards":
                return self.focused is not self._search and bool(self._panel.experiment.demo.cards)
            case "search":
                return self.focused is not self._search
        return True

    def action_list(self) -> None:
        self.set_focus(self._list)  # at once: the next key may be there already

    def action_search(self) -> None:
        self.remove_class("-demo-open")  # where there is room for one of them only
        self._search.focus()

    def action_open(self) -> None:
        """Into the panel, which says what it is about; run it once that was in sight."""
        if self._waits:
            self._panel.action_run()
            return
        self.add_class("-demo-open")
        self._panel.begin(introduced=self.has_class("-wide"))

    @property
    def _waits(self) -> bool:
        """Whether one is in the panel, and the demo has not run yet."""
        return self._panel.has_focus_within and self._panel.experiment.phase == "ready"

    @property
    def called(self) -> dict[str, str]:
        return {"open": "keys.begin"} if self._waits else {}

    def action_cards(self) -> None:
        """The card that runs the demo in hand, or all of them."""
        cards = self._panel.experiment.demo.cards
        if len(cards) == 1:
            open_screen(self, "browse", cards[0].key)
        elif cards and cards[0].demo is not None:
            open_screen(self, "browse", query=f"demo:{cards[0].demo.run} ")

    def action_back(self) -> None:
        if self._panel.has_focus_within:
            self.remove_class("-demo-open")
            self._list.focus()
        elif self._search.value:
            self._search.begin("")
        else:
            self.dismiss()


def _line(script: Script, language: Language) -> Text:
    """Its name in words and its title below; names are English, so a title in another language parts at its colon."""
    name, title = in_words(script.name), clean(script.title_in(language))
    if title != clean(script.title):
        name, _, title = title.partition("：")
    return Text(name).append(f"\n  {title}" if title else "", "dim")
