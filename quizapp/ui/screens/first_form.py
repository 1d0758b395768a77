"""Before the first session: the interview's date, the minutes a day, and after what one will study."""

import asyncio
from datetime import timedelta
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Input

from quizapp.memory.schedule import local_now, study_day
from quizapp.settings import UnfitSetting, typed, written
from quizapp.study.first_session import start_cards, was_taken
from quizapp.study.plan import NoDay, read_day
from quizapp.texts import tell, text
from quizapp.ui import preferences, sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.controls import ValueLine
from quizapp.ui.widgets.form import Form, FormRows
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import TextPanel
from quizapp.ui.wording import worded


class FirstFormScreen(BaseScreen):
    """Enter takes what stands in a line and goes on; what is taken is kept at once. Esc goes home."""

    AUTO_FOCUS = "ValueLine"
    is_written = True
    DEFAULT_CSS = """
    FirstFormScreen {
        align: center middle;
        & > .panel {
            max-width: 90;
        }
        #first-about {
            min-height: 4;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the line has it: what is typed at once after Enter belongs to the next one.
        Binding("enter", "go_on", "keys.next_field", priority=True, id="first.go-on"),
        Binding("enter,space", "begin", "keys.begin", key_display="enter", priority=True, id="first.begin"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._welcome, self._about = TextPanel(markup=False), TextPanel(id="first-about", markup=False)
        self._form, self._rows = Form(), FormRows()
        self._form.wraps = False  # Begin is no row before the first
        self._lines = {
            "interview": ValueLine("interview", ""),
            "minutes_per_day": ValueLine("minutes_per_day", "", type="integer"),
            "study_after": ValueLine("study_after", ""),
        }
        self._button = Button(compact=True, name="begin")
        self._wrong: dict[str, str] = {}  # what cannot be taken, and why

    def compose(self) -> ComposeResult:
        yield self._welcome
        with self._form, self._rows:
            yield from self._lines.values()
            yield self._button
        yield self._about
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()

    # What is shown

    def settings_changed(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        """Everything in the reader's language, each line as the settings are now."""
        language, settings = self.context.language, self.context.desk.settings
        for name, line in self._lines.items():
            line.hold(str(written(name, getattr(settings, name))))
        day = study_day(local_now(), settings.rollover)
        self._lines["interview"].placeholder = text("first.such_as", language, it=day + timedelta(days=14))
        self._lines["study_after"].placeholder = text("first.such_as", language, it=tell("first.coffee"))
        self._button.label = Content(text("first.begin", language))
        self._welcome.frame("quizapp")
        self._welcome.update(self._says())
        self._form.frame(text("first.title", language), key="Enter")
        self._rows.show({name: (text(f"first.{name}", language), "") for name in self._lines})
        self._draw_about()

    def _says(self) -> Text:
        """What this is, what a card will be like, and the way out."""
        language, desk = self.context.language, self.context.desk
        cards = start_cards(desk.library.decks)
        again = "_again" if was_taken(desk.library.decks, desk.standings, desk.settings) else ""
        said = Text(text(f"first.welcome{again if cards else '_plain'}", language, n=len(cards)))
        said.append("\n" + text("first.a_card", language))
        return said.append("\n" + text("first.way_out", language, key=self.context.key("home.tour", "T")), "dim")

    def _draw_about(self) -> None:
        """What the row in hand is for, or what is wrong with what stands there."""
        name = (self.focused.name if self.focused is not None else None) or "interview"
        wrong, language = self._wrong.get(name), self.context.language
        self._about.frame(text(f"first.{name}", language))
        self._about.update(Text(f"✗ {wrong}", "bold red") if wrong else text(f"first.{name}.about", language))

    @on(events.DescendantFocus)
    def _another(self) -> None:
        self._draw_about()
        self.refresh_bindings()

    # What is done

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        if isinstance(event.input, ValueLine):
            self._take(event.input)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        typing = isinstance(self.focused, ValueLine)
        return typing if action == "go_on" else not typing if action == "begin" else True

    async def action_go_on(self) -> None:
        """What stands in the line holds: to the next. First the line gets what was typed before: it has keys of its own
        to go through, and comes to them later than the screen to this one."""
        line, caught_up = self.focused, asyncio.Event()
        if isinstance(line, ValueLine):
            line.call_later(caught_up.set)
            await caught_up.wait()
            if self._take(line):
                self.focus_next()

    def _take(self, line: ValueLine) -> bool:
        """Keep what was typed; whether that could be."""
        name, said = line.name or "", line.value.strip()
        if said == line.held:
            self._wrong.pop(name, None)
            return True
        try:
            value = self._meant(name, said)
        except (NoDay, UnfitSetting) as error:
            self._wrong[name] = worded(error, self.context.language)
            self._draw_about()
            return False
        self._wrong.pop(name, None)
        line.held = ""  # so that it is written as it always is
        preferences.change(self, name, value)
        return True

    def _meant(self, name: str, said: str) -> Any:
        if not said:
            return None
        if name == "interview":
            return read_day(said, study_day(local_now(), self.context.desk.settings.rollover))
        return typed(name, said)

    @on(Button.Pressed)
    def action_begin(self) -> None:
        """Go on to the cards, unless what stands in a line cannot be taken."""
        for line in self._lines.values():
            if not self._take(line):
                line.focus()
                return
        sittings.begin_first(self, replace=True)

    def action_back(self) -> None:
        sittings.leave_first(self)
