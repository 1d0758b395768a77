"""Readiness: the interview date, the recall to expect on it by topic, what falls short, and what it takes each day."""

import asyncio
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.reactive import var
from textual.widgets import Input, Static

from quizapp.cards.library import Library
from quizapp.memory.schedule import local_now, study_day
from quizapp.study.plan import NoDay, check_day, read_day
from quizapp.study.readiness import Readiness, readiness, subjects
from quizapp.study.readiness_words import ASSUMED, daily_work, falls_short, interview_day, left_out
from quizapp.texts import Sentence, tell
from quizapp.ui import preferences, sittings
from quizapp.ui import readiness_pictures as pictures
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.key_bar import KeyBar

CRAMMED = 20
_LISTED = 50


class ReadinessScreen(BaseScreen):
    """Figures come from a thread and fill in, since many cards take longer than a paint may."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ReadinessScreen {
        #readiness-ask {
            height: auto;
            padding: 1 1 0 1;
        }
        #readiness-date {
            width: 24;
            margin: 0 1;
        }
        #readiness {
            height: 1fr;
            padding: 0 1;
            scrollbar-size-vertical: 1;
        }
        #readiness-main, #readiness-side {
            height: auto;
            scrollbar-size-vertical: 1;
        }
        .outlook {
            height: auto;
            padding: 1 1 0 1;
        }
        &.-wide #readiness {
            layout: horizontal;
            overflow: hidden;
            & > #readiness-main {
                width: 2fr;
                height: 100%;
            }
            & > #readiness-side {
                width: 1fr;
                height: 100%;
            }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z,enter", "cram", "keys.cram_weakest", key_display="z", id="readiness.cram"),
        Binding("o", "topics", "keys.topics", id="readiness.topics"),
        Binding("D", "date", "keys.date", id="readiness.date"),
        Binding("f", "follow", "keys.follow_plan", id="readiness.follow"),
    ]

    found: var[Readiness | None] = var(None, init=False)
    by_tag = var(False, init=False)  # rows by tag, not by deck

    def __init__(self) -> None:
        super().__init__()
        self._title = Static(id="home-title", markup=False)
        self._ask = Static(id="readiness-ask", markup=False)
        self._date = Input(id="readiness-date", max_length=20)
        self._topics, self._plan, self._short = (Static(markup=False, classes="outlook") for _ in range(3))
        self._main = VerticalScroll(self._topics, self._plan, id="readiness-main")
        self._side = VerticalScroll(self._short, id="readiness-side")
        self._scroll = VerticalScroll(self._main, self._side, id="readiness")

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._ask
        yield self._date
        yield self._scroll
        yield KeyBar()

    # What is shown

    def on_screen_resume(self) -> None:
        self._close_date()
        self.reckon()

    def on_resize(self) -> None:
        self._focus_scroll()
        self._draw()

    @property
    def _wide(self) -> bool:
        return self.size.width >= 110

    def _focus_scroll(self) -> None:
        """What the arrow keys scroll: where it is wide each pane by itself (Tab goes to the other), else all of it."""
        self._scroll.can_focus, self._main.can_focus, self._side.can_focus = not self._wide, self._wide, self._wide
        if not self._date.display:
            self.set_focus(self._side if self._wide else self._scroll)

    def language_changed(self) -> None:
        self._draw()

    def library_changed(self, was: Library) -> None:
        self.reckon()

    def settings_changed(self) -> None:
        self.reckon()

    def watch_found(self) -> None:
        self._draw()

    def watch_by_tag(self) -> None:
        self._draw()

    def reckon(self) -> None:
        """Look at the date, and have the figures worked out for it."""
        desk, now = self.context.desk, local_now()
        day, interview = study_day(now, desk.settings.rollover), desk.settings.interview
        wrong = None
        if self.found is not None and (self.found.interview, self.found.day) != (interview, day):
            self.found = None
        self.workers.cancel_group(self, "readiness")
        if interview is not None:
            try:
                check_day(interview, day)
            except NoDay as error:
                wrong = error.sentence
        if interview is None or wrong is not None:
            self._ask_date(wrong)
        else:
            decks, rules = subjects(desk.library.decks, desk.standings, day), desk.standings.rules
            self._work_out(partial(readiness, decks, interview, now, rules))
        self._draw()

    @work(exclusive=True, group="readiness")
    async def _work_out(self, figures: Callable[[], Readiness]) -> None:
        found = await asyncio.to_thread(figures)
        if found.interview == self.context.desk.settings.interview:
            self.found = found

    def _draw(self) -> None:
        found, language, desk = self.found, self.context.language, self.context.desk
        title = Text().append(tell("screens.readiness.title").says(language), "bold")
        if found is not None:
            title.append(f"   {interview_day(found).says(language)}")
        elif desk.settings.interview is not None and not self._date.display:
            title.append(f"   {desk.settings.interview}   …", "dim")
        self._title.update(title)
        self._scroll.display = found is not None
        self.refresh_bindings()
        if found is None:
            return
        wide = self._wide
        inside = self.size.width - 2
        left = max(40, (inside * 2 // 3 if wide else inside) - 3)  # less the padding and the scroll bar
        shown = self.context.shown
        rows = found.tags if self.by_tag and found.tags else found.decks
        text = Text().append(tell("screens.readiness.expected").says(language) + "\n", "bold")
        text.append_text(pictures.topics(found, rows, left, shown, language))
        for said in left_out(found):
            text.append(f"\n{said.says(language)}", "dim")
        self._topics.update(text)
        text = Text("\n".join(pictures.folded(said.says(language), left) for said in daily_work(found)))
        if found.days:
            text.append(f"\n{pictures.folded(self._follows().says(language), left)}\n\n", "dim")
        text.append_text(pictures.days(found, left, language))
        text.append(f"\n\n{pictures.folded(ASSUMED.says(language), min(100, left))}", "dim")
        self._plan.update(text)
        text = Text()
        if found.short:
            width = inside - inside * 2 // 3 - 3 if wide else left
            text.append(f"{pictures.folded(falls_short(found).says(language), width)}\n", "bold")
            text.append(tell("screens.readiness.columns").says(language) + "\n", "dim")
            text.append_text(pictures.weakest(found.short, _LISTED, width, shown, language))
        self._short.update(text)

    def _follows(self) -> Sentence:
        settings, key = self.context.desk.settings, self.context.key("readiness.follow", "f")
        if settings.follow_plan:
            return tell("screens.readiness.follows_plan", key=key)
        return tell("screens.readiness.follows_limit", n=settings.new_per_day, key=key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        found = self.found
        if action == "cram":
            return found is not None and bool(found.short)
        if action == "topics":
            return found is not None and bool(found.tags)
        return action != "follow" or found is not None

    # What can be done

    def _ask_date(self, wrong: Sentence | None = None) -> None:
        """Have the date typed; `wrong` says why the one that stands there will not do."""
        language, day = self.context.language, study_day(local_now(), self.context.desk.settings.rollover)
        hint = tell("screens.readiness.ask_date")
        text = Text(hint.says(language))
        if wrong is not None:
            text = Text().append(f"{wrong.says(language)}\n", "yellow").append(hint.says(language))
        self._ask.update(text)
        self._date.placeholder = f"{day + timedelta(days=30)}"
        self._ask.display = self._date.display = True
        self.set_focus(self._date)

    def _close_date(self) -> None:
        self._ask.display = self._date.display = False
        self._focus_scroll()

    def action_date(self) -> None:
        interview = self.context.desk.settings.interview
        self._date.value = "" if interview is None else str(interview)
        self._ask_date()
        self._draw()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        day = study_day(local_now(), self.context.desk.settings.rollover)
        interview: date | None = None
        if event.value.strip():
            try:
                interview = read_day(event.value, day)
            except NoDay as error:
                self._ask_date(error.sentence)
                self._date.select_all()  # what is typed next takes its place
                return
        self._close_date()
        preferences.change(self, "interview", interview)

    def action_back(self) -> None:
        if self._date.display and self.found is not None:
            self._close_date()
            self._draw()
        else:
            self.dismiss()

    def action_topics(self) -> None:
        self.by_tag = not self.by_tag

    def action_follow(self) -> None:
        preferences.change(self, "follow_plan", not self.context.desk.settings.follow_plan)

    def action_cram(self) -> None:
        """Ask the weakest cards; the schedule stays as it is."""
        if self.found is not None and self.found.short:
            sittings.begin_quiz(self, [short.card for short in self.found.short[:CRAMMED]], int(time.time()))
