"""Readiness: the interview date, the recall to expect on it by topic, what falls short, and what it takes each day."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import ClassVar, Literal

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import var
from textual.widgets import Input, Static

from quizapp.cards.library import Library
from quizapp.memory.schedule import local_now, study_day
from quizapp.settings import UnfitSetting, typed
from quizapp.study.course import outset
from quizapp.study.day import minutes
from quizapp.study.plan import NoDay, check_day, read_day
from quizapp.study.queue import Waiting
from quizapp.study.readiness import Readiness, readiness
from quizapp.study.readiness_words import ASSUMED, away, daily_work, left_out, pace, remedy, to_do_today
from quizapp.texts import Sentence, text
from quizapp.ui import preferences, sittings
from quizapp.ui import readiness_pictures as pictures
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.look import INKS
from quizapp.ui.panel import Panel
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.line import Line
from quizapp.ui.widgets.panels import AROUND, PROSE, ListPanel, ScrollPanel

CRAMMED = 20
_LISTED = 50
_LEAST_DAYS = 7  # lines of the chart of the days
_LOW = 30  # lines of a screen, below which what to expect of each deck is behind its key


class _Ask(Vertical, Panel):
    """Where the date or the minutes a day are typed, and what is asked."""


class ReadinessScreen(BaseScreen):
    """Figures come from a thread and fill in, since many cards take longer than a paint may."""

    AUTO_FOCUS = ""
    words = ("essentials",)
    DEFAULT_CSS = """
    ReadinessScreen {
        align-horizontal: center;
        #readiness-ask {
            height: auto;
            max-width: 90;
        }
        #readiness-date {
            width: 24;
            margin: 1 0 0 0;
        }
        #readiness {
            height: 1fr;
        }
        #readiness-main {
            height: 3fr;
        }
        #outlook {
            height: auto;
            max-height: 70%;
        }
        #short {
            height: 1fr;
            max-height: 100%;
        }
        &.-narrow #short.-none {
            height: auto;
        }
        &.-wide #readiness {
            layout: horizontal;
            & > #readiness-main {
                width: 2fr;
                height: 100%;
            }
            & > #short {
                width: 1fr;
                height: 100%;
            }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "keys.open", priority=True, id="readiness.open"),
        Binding("s,enter", "study", "keys.study", key_display="s", id="readiness.study"),
        Binding("z", "cram", "keys.cram_weakest", id="readiness.cram"),
        Binding("o", "topics", "keys.topics", id="readiness.topics"),
        Binding("plus", "minutes", "keys.minutes", key_display="+", id="readiness.minutes"),
        Binding("D", "date", "keys.date", id="readiness.date"),
        Binding("tab", "app.focus_next", "keys.switch_pane", id="readiness.next-pane"),
    ]

    found: var[Readiness | None] = var(None, init=False)
    rows: var[Literal["", "deck", "tag"]] = var("", init=False)  # what the rows are of, once one turned them

    def __init__(self) -> None:
        super().__init__()
        self._asks: Literal["interview", "minutes_per_day"] = "interview"
        self._hint, self._line = Static(markup=False), Line(id="readiness-date", max_length=20, compact=True)
        self._ask = _Ask(self._hint, self._line, id="readiness-ask")
        self._topics = Static(markup=False)
        self._work = Static(classes="prose", markup=False)
        self._outlook = ScrollPanel(self._topics, id="outlook")
        self._plan = ScrollPanel(self._work, id="plan")
        self._short = ListPanel(id="short", markup=False)
        main = Vertical(self._outlook, self._plan, id="readiness-main")
        self._waits, self._minutes = Waiting(date.min), 0  # what waits, as home counts it
        self._figures = Vertical(main, self._short, id="readiness")

    def compose(self) -> ComposeResult:
        yield self._ask
        yield self._figures
        yield KeyBar()

    # What is shown

    def on_screen_resume(self) -> None:
        self._close_line()
        self.reckon()

    def on_resize(self) -> None:
        self._draw()

    def language_changed(self) -> None:
        self._draw()

    def library_changed(self, was: Library) -> None:
        self.reckon()

    def settings_changed(self) -> None:
        self.reckon()

    def watch_found(self) -> None:
        self._draw()

    def watch_rows(self) -> None:
        self._draw()

    def reckon(self) -> None:
        """Look at the date, and have the figures worked out for it."""
        desk, now = self.context.desk, local_now()
        day, interview = study_day(now, desk.settings.rollover), desk.settings.interview
        wrong = None
        if self.found is not None and (self.found.interview, self.found.day) != (interview, day):
            self.found = None
        self.workers.cancel_group(self, "readiness")
        start = outset(desk.library.decks, desk.standings, desk.settings, now)
        self._waits, self._minutes = start.waits, minutes(start.waits, desk.standings)
        if interview is not None:
            try:
                check_day(interview, day)
            except NoDay as error:
                wrong = error.sentence
        if interview is None or wrong is not None:
            self._ask_date(wrong)
        else:
            self._work_out(partial(readiness, start, interview, now, desk.standings.rules, desk.settings))
        self._draw()

    @work(exclusive=True, group="readiness")
    async def _work_out(self, figures: Callable[[], Readiness]) -> None:
        found = await asyncio.to_thread(figures)
        if found.interview == self.context.desk.settings.interview:
            self.found = found

    def _draw(self) -> None:
        found, language, desk = self.found, self.context.language, self.context.desk
        day = desk.settings.interview if found is None else found.interview
        self._figures.display = day is not None and (found is not None or not self._ask.display)
        self.refresh_bindings()
        days = "…" if found is None else away(found.days).says(language)
        date_key = text("screens.readiness.change_date", language, key=self.context.key("readiness.date", "D"))
        self._outlook.frame(text("screens.readiness.interview", language, day=day), days, date_key)
        self._plan.frame(text("screens.readiness.each_day", language))
        goal = f"{desk.standings.rules.retention:.0%}"
        short = text("screens.readiness.short", language, goal=goal)
        some = found is not None and bool(found.short)
        columns = text("screens.readiness.columns", language) if some else ""
        self._short.frame(short, f"{len(found.short)}" if found is not None and some else "", columns)
        main = self.size.width * 2 // 3 if self.has_class("-wide") else self.size.width
        side = self.size.width - main if self.has_class("-wide") else main
        if found is not None:
            self._short.set_class(not found.short, "-none")
            outlook = self._outlooks(found, main - AROUND)
            self._topics.update(outlook)
            high = (self.size.height - 1) * (4 if self.has_class("-wide") else 3) // 4
            room = high - min(2 + len(outlook.split()), high * 7 // 10) - 2
            self._work.update(self._daily(found, min(PROSE, main - AROUND), room))
            self._list(self._falling(found, side - AROUND, goal))
        elif self._topics.content:  # of another date
            self._list([])
            for part in (self._topics, self._work):
                part.update("")

    def _list(self, lines: Sequence[Text]) -> None:
        """The cards that fall short, the cursor where it was."""
        cursor = self._short.highlighted or 0
        self._short.clear_options()
        self._short.add_options(lines)
        self._short.highlighted = min(cursor, len(lines) - 1) if lines else None

    def _outlooks(self, found: Readiness, width: int) -> Text:
        """What to expect of each topic, and what that leaves out."""
        language, ascii = self.context.language, self.context.desk.settings.ascii
        rows = {"": (), "deck": found.decks, "tag": found.tags}[self._rows]
        said = Text(no_wrap=True, overflow="ellipsis")
        if found.days:
            said.append(f"{to_do_today(self._waits, self._minutes).says(language)}\n", "bold")
        if (first := remedy(found)) is not None:
            key = self.context.key("readiness.minutes", "+")
            change = text("screens.readiness.change", language, key=key) if found.enough else ""
            between = "" if language == "zh" else " "
            said.append(pictures.folded(f"{first.says(language)}{between}{change}".rstrip(), width) + "\n")
        said.append("\n" if said else "")
        said.append_text(pictures.topics(found, rows, width, self.context.shown, language, ascii=ascii))
        for one in left_out(found):
            said.append(f"\n{one.says(language)}", "dim")
        return said

    def _daily(self, found: Readiness, width: int, room: int) -> Text:
        """What the plan asks each day, as a chart too, whose dates are in sight where there is `room` for as many rows,
        and what it takes for granted."""
        language = self.context.language
        said = Text("\n".join(pictures.folded(one.says(language), width) for one in daily_work(found)))
        if found.days:
            said.append(f"\n{pictures.folded(pace(found).says(language), width)}", "dim")
        said.append("\n\n")
        rows = max(_LEAST_DAYS, min(16, self.size.height - 30, room - said.plain.count("\n")))
        said.append_text(pictures.days(found, width, rows, language, ascii=self.context.desk.settings.ascii))
        return said.append(f"\n\n{pictures.folded(ASSUMED.says(language), width)}", "dim")

    def _falling(self, found: Readiness, width: int, goal: str) -> list[Text]:
        """The cards that fall short, the weakest first, and how many more there are; or that there are none."""
        if not found.short:
            none = text("screens.readiness.none_short", self.context.language, goal=goal)
            return [Text(pictures.folded(none, width))]
        return pictures.weakest(found.short, _LISTED, width, self.context.shown, self.context.language)

    @property
    def _rows(self) -> Literal["", "deck", "tag"]:
        """What the rows below those of all cards are of: on a low screen there are none at first."""
        return self.rows or ("" if self.size.height < _LOW else "deck")

    @property
    def _next_rows(self) -> Literal["deck", "tag"]:
        return "tag" if self._rows == "deck" and self.found is not None and self.found.tags else "deck"

    @property
    def called(self) -> dict[str, str]:
        """What the key that turns the rows leads to."""
        return {"topics": "keys.by_deck"} if self._next_rows == "deck" else {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        found = self.found
        if action == "open":
            return self.focused is self._short and found is not None and bool(found.short)
        if action == "study":
            return self._waits.counts().total > 0 and not self._ask.display
        if action == "cram":
            return found is not None and bool(found.short)
        if action == "minutes":
            return found is not None
        if action == "topics":
            return found is not None and self._next_rows != self._rows
        return True

    # What can be done

    def _ask_date(self, wrong: Sentence | None = None) -> None:
        """Have the date typed; `wrong` says why the one that stands there will not do."""
        day = study_day(local_now(), self.context.desk.settings.rollover)
        self._ask_for("interview", "screens.readiness.ask_date", wrong)
        self._line.placeholder = text("first.such_as", self.context.language, it=day + timedelta(days=30))

    def _ask_for(self, what: Literal["interview", "minutes_per_day"], asked: str, wrong: Sentence | None) -> None:
        language, self._asks = self.context.language, what
        hint = Text()
        if wrong is not None:
            hint.append(f"! {wrong.says(language)}\n", INKS["hard"])
        hint.append(text(asked, language))
        if self.found is None:
            hint.append(f"\n{text('screens.readiness.will_be', language)}", "dim")
        self._hint.update(hint)
        title = "screens.readiness.date" if what == "interview" else "settings.title.minutes_per_day"
        self._ask.frame(text(title, language), key="Enter")
        self._ask.display = True
        self.set_focus(self._line)

    def _close_line(self) -> None:
        self._ask.display = False
        self.set_focus(self._outlook)

    def action_date(self) -> None:
        interview = self.context.desk.settings.interview
        self._line.begin("" if interview is None else str(interview))
        self._ask_date()
        self._draw()

    def action_minutes(self) -> None:
        """Have the minutes a day typed; those stand there that would be enough."""
        if self.found is not None:
            self._line.begin(str(self.found.enough or self.found.minutes))
            self._ask_for("minutes_per_day", "screens.readiness.ask_minutes", None)
            self._draw()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        day = study_day(local_now(), self.context.desk.settings.rollover)
        value: date | int | None = None
        try:
            if self._asks == "minutes_per_day":
                value = typed("minutes_per_day", event.value)
            elif event.value.strip() or self.context.desk.settings.interview is None:
                value = read_day(event.value, day)
        except NoDay as error:
            self._ask_date(error.sentence)
            self._line.select_all()  # what is typed next takes its place
        except UnfitSetting as error:
            self._ask_for("minutes_per_day", "screens.readiness.ask_minutes", error.sentence)
            self._line.select_all()
        else:
            self._close_line()
            preferences.change(self, self._asks, value)

    def action_back(self) -> None:
        if self._ask.display and self.found is not None:
            self._close_line()
            self._draw()
        else:
            self.dismiss()

    def action_topics(self) -> None:
        self.rows = self._next_rows

    def action_open(self) -> None:
        """The card under the cursor, with all that is known of it."""
        place = self._short.highlighted
        if self.found is not None and place is not None and place < len(self.found.short[:_LISTED]):
            open_screen(self, "browse", self.found.short[place].card.key)

    @on(ListPanel.OptionSelected, "#short")
    def _clicked(self) -> None:
        self.action_open()

    def action_study(self) -> None:
        sittings.study(self, self.context.desk.library.decks)

    def action_cram(self) -> None:
        """Ask the weakest cards; the schedule stays as it is."""
        if self.found is not None and self.found.short:
            cards = [short.card for short in self.found.short[:CRAMMED]]
            sittings.begin_quiz(self, cards, int(time.time()), cram=True)
