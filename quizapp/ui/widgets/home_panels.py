"""The panels of home: each draws itself from what is known, in the room that it has."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace
from rich.text import Text
from textual import events

from quizapp.cards.card import Code
from quizapp.memory.schedule import local_now, study_day
from quizapp.study.day import minutes as minutes_of
from quizapp.study.day import streak
from quizapp.study.path import Progress, decks_in_order, in_core
from quizapp.study.plan import FEWEST_SEEN, answer_s, days_left
from quizapp.study.queue import Counts, Waiting, first_times
from quizapp.texts import tell, text
from quizapp.ui import home_pictures as pictures
from quizapp.ui.context import Context, context
from quizapp.ui.widgets.panels import AROUND, ListPanel, TextPanel
from quizapp.words import clean, read

if TYPE_CHECKING:
    from quizapp.cards.card import Card
    from quizapp.study.desk import Desk
    from quizapp.study.readiness import Readiness
    from quizapp.study.statistics import ReviewFigures

_ROOMY = 50  # cells in which there is room to say what a word means
AIR = 4  # cells of a panel that are no text's: its border, and a cell of air at both sides


class TodayPanel(TextPanel):
    """What is left of the day, how far one is, and how it goes."""

    def show(self, waits: Waiting, figures: "ReviewFigures | None", width: int, lines: int, *, unseen: bool) -> None:
        """What waits in all decks; `figures` once the journals are read; whether any card is `unseen` that can be
        begun."""
        here = context(self)
        desk, language, today = here.desk, here.language, _today(here)
        date_said = pictures.date_text(local_now(), today, desk.settings.rollover, language)
        self.frame(text("screens.home.today", language), date_said)
        if not desk.library.decks:
            key, folder = here.key("home.add", "a"), clean(str(desk.home.decks))
            self.update(Text(text("screens.home.no_deck", language, folder=folder, key=key)))
            return
        week = figures.retention(7) if figures is not None else None
        total = waits.counts()
        day = pictures.HomeDay(
            total,
            minutes_of(waits, desk.standings),
            streak(desk.standings.studied, today),
            (week.asked, week.passed) if week is not None else (0, 0),
            _interview_is_due(desk, today),
            sum(isinstance(card, Code) for card in (*waits.learning, *waits.due, *waits.new)),
            times=first_times(total, waits, local_now(), desk.settings),
        )
        if not total.total and (more := _ahead(desk)):
            takes = minutes_of(Waiting(today, new=more), desk.standings)
            day = replace(day, minutes=takes, more=(here.key("home.study", "Enter"), len(more)))
        if day.more[1] or (total.total and not total.new and unseen):
            from quizapp.study.chosen import days_limit

            limit = days_limit(desk.library.decks, waits, desk.standings, desk.settings, desk.library.decks)
            day = replace(day, limit=limit.says(language))
        said = pictures.day_text(day, width, lines, language, ascii=desk.settings.ascii)
        if not any(desk.standings.begun):  # also once it was left: a word in passing would lie over the last decks
            said.append(text("first.offer", language, key=here.key("home.tour", "T")), "bold")
        self.update(said)


def _ahead(desk: "Desk") -> "tuple[Card, ...]":
    """The cards never seen that are begun where nothing waits."""
    from quizapp.study.chosen import ahead

    found = ahead(desk.library.decks, desk.standings, local_now(), desk.settings)
    return tuple(card for card in found if desk.standings.of(card.key).memory.day is None)


def _interview_is_due(desk: "Desk", today: date) -> bool:
    if not any(desk.standings.begun):  # of who is new here nothing is read
        return False
    from quizapp.study.interview_due import interview_days, interview_due

    held = interview_days(desk.home.interviews, desk.settings.rollover)
    return interview_due(today, held, desk.standings.studied, desk.settings.interview)


class InterviewPanel(TextPanel):
    """When it is, and the recall to expect by then."""

    def show(self, ready: "Readiness | None", seen: int, width: int, lines: int) -> None:
        """`ready` once it is worked out; so many cards were `seen`."""
        here = context(self)
        desk, language, key = here.desk, here.language, here.key("home.readiness", "r")
        day, days = desk.settings.interview, days_left(desk.settings, _today(here))
        if day is None or days is None or days < 0:
            self.frame(text("screens.home.interview", language), key=key)
            name = "screens.home.no_date" if day is None else "screens.home.over"
            self.update(Text(text(name, language, key=key, day=day)))
            return
        name = "in_days" if days > 1 else "tomorrow" if days else "day_itself"
        title = text("screens.home.interview_on", language, day=day.day, month=tell(f"screens.home.month.{day.month}"))
        ready = ready if ready is not None and ready.interview == day else None
        seen = seen if ready is None else ready.seen
        if days:
            seconds, minutes = answer_s(desk.standings, _today(here) + timedelta(days=1)), desk.settings.minutes_per_day
            enough, never = (ready.enough, ready.never) if ready is not None else (None, 0)
            by = "never" if never else "enough" if enough else "at_pace"
            key = f"{text(f'screens.home.{by}', language, n=enough, minutes=minutes, seconds=seconds)} · {key}"
        self.frame(title, text(f"screens.home.{name}", language, n=days), key)
        if days and seen < FEWEST_SEEN:
            self.update(Text(text("screens.home.too_few", language, least=FEWEST_SEEN, n=seen), "dim"))
            return
        decks = desk.library.decks
        parts = ("core", "all") if any(len(in_core(deck)) < len(deck.cards) for deck in decks) else ("all",)
        core = "screens.home.core_is" if lines >= 3 and width >= _ROOMY else "screens.home.core"
        left = ready.all.left if ready is not None and core == "screens.home.core_is" else 0
        heads = {"core": core, "all": "screens.home.all_left" if left else "screens.home.all"}
        shares = {
            text(heads[part], language, left=left): None if ready is None else getattr(ready, part).plan
            for part in parts
        }
        self.update(pictures.recall_text(shares, width, lines, language, ascii=desk.settings.ascii))


class DecksPanel(ListPanel):
    """The decks, a line each in the order of the path; before them, where there are several, one for all together."""

    def show(self, waits: Mapping[str, Counts], total: Counts, far: Mapping[str, Progress], width: int) -> None:
        """What waits in each deck and how far it is, by its name; in `width` cells."""
        here = context(self)
        decks, language, ascii = here.desk.library.decks, here.language, here.desk.settings.ascii
        width = max(30, width - AROUND)
        rows = [
            (read(deck.title, here.shown, " / "), waits[deck.name], far[deck.name])
            for deck in decks_in_order(decks)
            if deck.name in waits  # not one that came while one was elsewhere, before it is counted
        ]
        head, lines = pictures.deck_table(rows, total, width, language, ascii=ascii)
        key = here.key("home.study", "Enter")
        if any(pictures.comes_later(counts, one) for _, counts, one in rows):
            key = text("screens.home.later", language, key=key)
        self.frame(text("screens.home.decks", language), f"{head} ", key)
        cursor = self.highlighted or 0
        self.clear_options()
        self.add_options(lines)
        self.highlighted = min(cursor, len(lines) - 1) if lines else None


class DaysPanel(TextPanel):
    """The days of half a year, each a square: the more was reviewed, the fuller."""

    def show(self, figures: "ReviewFigures | None", width: int) -> None:
        """`figures` once the journals are read."""
        here = context(self)
        self.frame(text("screens.home.half_year", here.language), key=here.key("home.stats", "h"))
        if figures is not None:
            days, ascii = {day: one.reviews for day, one in figures.days.items()}, here.desk.settings.ascii
            self.update(pictures.half_a_year(days, _today(here), width, here.language, ascii=ascii))


class WaitsPanel(TextPanel):
    """What there is to go on with, each with its number; a click leads there too."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._shown: list[pictures.Waits] = []  # of each line, its row

    def show(self, rows: Sequence[pictures.Waits], width: int, lines: int) -> None:
        here = context(self)
        self.frame(text("screens.home.go_on", here.language))
        if not rows:
            keys = {name: here.key(f"home.{name}", usual) for name, usual in (("interview", "i"), ("quiz", "z"))}
            self.update(Text(text("screens.home.nothing_left", here.language, **keys), "dim"))
        else:
            drawn = pictures.waits(rows, width, lines)
            self.update(Text("\n", no_wrap=True, overflow="ellipsis").join(line for _, line in drawn))
            self._shown = [rows[place] for place, _ in drawn]

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is not None and place.y < len(self._shown) and (leads := self._shown[place.y].leads) is not None:
            leads()


def _today(here: Context) -> date:
    return study_day(local_now(), here.desk.settings.rollover)
