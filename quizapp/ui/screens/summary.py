"""The end of a session: what was done, what was hard, and when the next card comes back."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from quizapp.cards.card import Card, Deck
from quizapp.draw.paper import fitted
from quizapp.draw.share import bar
from quizapp.memory.schedule import local_now, study_day
from quizapp.study.chosen import ChosenSession, ahead, days_limit
from quizapp.study.course import Load, outset, tomorrow
from quizapp.study.day import minutes
from quizapp.study.first_session import FirstSession, study_cue
from quizapp.study.queue import Counts, Times, Waiting, first_times, next_card, waiting
from quizapp.study.selection import EVERYTHING
from quizapp.study.session import Session
from quizapp.study.sitting_summary import SittingSummary, sitting_summary
from quizapp.texts import Sentence, tell, text
from quizapp.ui import sittings
from quizapp.ui.base_screen import EndScreen
from quizapp.ui.breaks import breaks
from quizapp.ui.card_titles import card_title
from quizapp.ui.how_far import to_go_said
from quizapp.ui.look import INKS
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import AROUND, PROSE, ScrollPanel, TextPanel
from quizapp.words import clean

_HARDEST = 10
_BAR = 24
_LOW = 30  # lines of a screen, below which a hard card has but one


class SummaryScreen(EndScreen):
    """Shown once a session ends. Enter goes home, s studies on; u goes back and takes back what was done last. A key
    pressed for a card, before one saw that there was none, does nothing."""

    DEFAULT_CSS = """
    SummaryScreen {
        align-horizontal: center;
        & > .panel {
            max-width: 90;
        }
        #hard {
            height: 1fr;
            min-height: 3;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "home", "keys.home", id="summary.home"),  # no space, with which one grades
        Binding("s", "study", "keys.study_on", id="summary.study"),
        Binding("u", "undo", "keys.undo", id="summary.undo"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._figures, self._coming = TextPanel(id="summary", markup=False), TextPanel(id="coming", markup=False)
        self._cards = Static(markup=False)
        self._hard = ScrollPanel(self._cards, id="hard")
        self._waits = self._today = Waiting(date.min)  # in what was studied, and in all decks
        self._tomorrow: Load | None = None  # in all decks, once it is known
        self._others, self._whole = 0, True  # what waits today besides what was studied; was that all there is?
        self._more = False  # something waits still
        self._later: list[Card] = []  # what comes back today, where nothing does
        self._ahead: list[Card] = []  # what to study where nothing waits

    def compose(self) -> ComposeResult:
        yield self._figures
        yield self._hard
        yield self._coming
        yield KeyBar()

    def on_resize(self) -> None:
        self._draw()

    def language_changed(self) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "undo":
                return bool(self._session.acts)
            case "study":
                return self._more or bool(self._later or self._ahead)
        return True

    @property
    def ended(self) -> bool:
        return self._session.card is None

    def on_mount(self) -> None:
        self._look_ahead()
        self.call_after_refresh(self._look_at_tomorrow)

    @property
    def _decks(self) -> tuple[Deck, ...]:
        """Those of the session, with all their cards."""
        names = {deck.name for deck in self._session.decks if deck.cards}
        return tuple(deck for deck in self.context.desk.library.decks if deck.name in names)

    @property
    def _studied(self) -> tuple[Deck, ...]:
        """Those, with the cards that the session takes from them; of chosen cards these."""
        return self._session.decks if self._chosen else self._session.selection.narrowed(self._decks)

    @property
    def _chosen(self) -> bool:
        return isinstance(self._session, ChosenSession)

    def _look_ahead(self) -> None:
        """What there is to go on with: what waits still, else what does not."""
        session, now, decks = self._session, local_now(), self._studied
        self._waits = waiting(decks, session.standings, now, session.settings)
        studied, of = (sum(len(deck.cards) for deck in decks) for decks in (decks, self.context.desk.library.decks))
        self._whole = studied == of
        self._more = bool(session.left) or next_card(self._waits, now, session.settings) is not None
        self._later = [] if self._more else [card for _, card in self._waits.later]
        self._ahead = [] if self._more or self._later else self._look_further(now)

    def _look_further(self, now: datetime) -> list[Card]:
        """What there is to study ahead in the decks, chosen cards or not, unless something waits in them."""
        session, decks = self._session, self._session.selection.narrowed(self._decks)
        if self._chosen and next_card(waiting(decks, session.standings, now, session.settings), now, session.settings):
            return []
        return ahead(decks, session.standings, now, session.settings)

    def _look_at_tomorrow(self) -> None:
        """What tomorrow brings, as readiness says it, what else waits today, and whether a limit holds new cards off:
        of many decks it takes as long as all else."""
        session, now, decks = self._session, local_now(), self.context.desk.library.decks
        if self._later:
            self._ahead = self._look_further(now)
        if not self._whole or isinstance(session, FirstSession):
            self._today = waiting(decks, session.standings, now, session.settings)
        waits, studied = self._today, {card.key for deck in self._studied for card in deck.cards}
        new = waits.new if not self._more else ()  # else what waits here takes the same room of the day
        others = (*waits.learning, *(card for _, card in waits.later), *waits.due, *new)
        self._others = sum(card.key not in studied and card.key not in waits.once_more for card in others)
        start = outset(decks, session.standings, session.settings, now)
        self._tomorrow = tomorrow(start, session.settings, session.standings.rules, now)
        self._draw()

    def action_study(self) -> None:
        if self._session.left or (self._more and self._chosen):
            sittings.go_on(self, self._session)
        elif self._more:
            sittings.study(self, self._decks, self._session.selection, replace=True)
        else:
            sittings.study_these(self, self._later or self._ahead, self._session, replace=True)

    def action_undo(self) -> None:
        session = self._session
        self.dismiss()
        sittings.resume_session(self, session)

    def _draw(self) -> None:
        session, language = self._session, self.context.language
        done = sitting_summary(session.done) if session.done else None
        took = tell("screens.summary.took", n=done.cards, time=length(done.took_s)).says(language) if done else ""
        self._figures.frame(text("screens.summary.title", language), took)
        nothing = "screens.summary.not_yet" if session.counts.total else "ui.nothing_waits"
        nothing = "screens.summary.nothing" if session.acts and session.counts.total else nothing
        self._figures.update(self._numbers(done) if done else text(nothing, language))
        self._hard.display = bool(done and done.hardest)
        if done and done.hardest:
            self._hard.frame(text("screens.summary.hard", language), f"{len(done.hardest)}")
            cards = self._hardest(done)
            self._hard.styles.max_height = cards.plain.count("\n") + 3  # no higher than they are, and the border
            self._cards.update(cards)
            self.call_after_refresh(self._mark_more)
        self._coming.frame(text("screens.summary.coming", language))
        self._coming.update(self._next(local_now()))

    def _mark_more(self) -> None:
        """In the border of the hard cards, that there are more than show."""
        self._hard.border_subtitle = Content("↑↓" if self._hard.max_scroll_y > 0 else "")

    def _numbers(self, done: SittingSummary) -> Text:
        """How long a card took, what was recalled and foreseen; then a bar a grade."""
        rows: list[tuple[str, Sentence]] = [("screens.summary.average", length(done.took_s / done.cards))]
        if done.asked:
            share = f"{done.recalled / done.asked:.0%}"
            recalled = tell("screens.summary.recalled", share=share, recalled=done.recalled, asked=done.asked)
            rows.append(("screens.summary.retention", recalled))
        if predictions := [one.right for one in self._session.predictions if one.right is not None]:
            right = tell("screens.summary.right", right=sum(predictions), asked=len(predictions))
            rows.append(("screens.summary.predictions", right))
        named = [(text(name, self.context.language), said.says(self.context.language)) for name, said in rows]
        grades = [(text(f"common.grade.{grade}", self.context.language), grade) for grade in done.grades]
        left = max(cell_len(name) for name, _ in (*named, *grades)) + 2
        session, language = self._session, self.context.language
        numbers = Text("\n").join([Text(f"{set_cell_size(name, left)}{said}") for name, said in named])
        if isinstance(session, FirstSession):  # of which this sitting may have been a part
            seen, of = session.seen
            numbers = Text(text("first.done", language, seen=seen, n=of), "bold").append("\n").append_text(numbers)
        numbers.append("\n")
        most, right_of = max(done.grades.values()), len(str(max(done.grades.values())))
        for name, grade in grades:
            count = done.grades[grade]
            numbers.append(f"\n{set_cell_size(name, left)}{count:{right_of}}  ")
            numbers.append(bar(_BAR * count / most, ascii=self.context.desk.settings.ascii), INKS[grade])
        return numbers

    def _hardest(self, done: SittingSummary) -> Text:
        """What the hard cards ask, each with how it was graded and how long it took: in one line on a low screen."""
        language, width = self.context.language, max(10, min(PROSE, self.size.width - AROUND))
        lines: list[Text] = []
        low = self.size.height < _LOW
        for hard in done.hardest[:_HARDEST]:
            asked = card_title(hard.card, self.context.shown)
            graded = [
                f"{text(f'common.grade.{grade}', language)} {count}"
                for grade, count in (("again", hard.again), ("hard", hard.hard))
                if count
            ]
            said = " · ".join([*graded, length(hard.took_s).says(language)])
            if low:
                line = Text(fitted(asked, width - cell_len(said) - 2, "…"))
                lines.append(line.append(f"  {said}", "dim"))
                continue
            lines += [Text(piece.plain.rstrip()) for piece in Text(asked).divide(breaks(asked, width))]
            lines.append(Text(f"  {said}", "dim"))
        if len(done.hardest) > _HARDEST:
            lines.append(Text(f"… {len(done.hardest) - _HARDEST}", "dim"))
        return Text("\n").join(lines)

    def _next(self, now: datetime) -> str:
        """What waits still, when the next card comes back, and what tomorrow brings; where not all was studied, which
        of that is of what was."""
        session, language, key = self._session, self.context.language, self.context.key("summary.study", "s")
        first, lines = isinstance(session, FirstSession), list[str]()
        counts = session.counts if session.left else self._waits.counts()
        if counts.total and not first:
            asked = {card.key for card in session.left}
            left = self._left(counts, first_times(counts, self._waits, now, session.settings, asked))
            said = text(f"screens.summary.{'left' if self._more else 'left_later'}", language, left=left, key=key)
            one = len(self._decks) == 1 and session.selection == EVERYTHING and not self._chosen
            part = "screens.summary.in_deck" if one else "screens.summary.of_these"
            lines.append(said if self._whole else text(part, language, said=said))
        if self._ahead and (on := self._on(study_day(now, session.settings.rollover))):
            lines.append(on)
        if self._others and not first:
            lines.append(text("screens.summary.others", language, n=self._others))
        if first and (today := self._today.counts()).total:
            left = self._left(today, first_times(today, self._today, now, session.settings))
            lines.append(text("first.today", language, left=left))
        lines.append(self._said_of_tomorrow(self._tomorrow) if self._tomorrow is not None else "…")
        if first:
            lines.append(text("first.next", language))
        return "\n".join(lines)

    def _left(self, counts: Counts, times: Times) -> str:
        return "".join(to_go_said(counts, times, self.context.language))

    def _said_of_tomorrow(self, load: Load) -> str:
        session, language, reviews = self._session, self.context.language, round(load.reviews)
        cue = study_cue(clean(session.settings.study_after))
        when = tell("screens.summary.tomorrow_after", cue=cue) if cue else tell("screens.summary.tomorrow")
        when = when if self._whole else tell("screens.summary.in_all", when=when)
        cards, new = (
            tell("common.cards", n=reviews),
            tell("screens.summary.new" if load.new else "ui.new_cards", n=load.new),
        )
        said = "screens.summary.comes_back" if reviews else "screens.summary.only_new"
        return text(said, language, when=when, cards=cards, minutes=max(1, round(load.minutes)), new=new)

    def _on(self, day: date) -> str:
        """Which limit today had, and what there is to go on with though nothing waits, nor comes back."""
        session, language = self._session, self.context.language
        key, n = self.context.key("summary.study", "s"), len(self._ahead)
        if session.standings.of(self._ahead[0].key).memory.day is not None:
            return "" if self._later else text("screens.summary.ahead_seen", language, key=key, n=n)
        # at the pace of today
        takes = minutes(Waiting(day + timedelta(days=1), new=tuple(self._ahead)), session.standings)
        waits, decks = self._waits if self._whole else self._today, self.context.desk.library.decks
        if waits.day == date.min:  # not known yet
            return ""
        of = session.selection.narrowed(self._decks)
        limit = days_limit(decks, waits, session.standings, session.settings, of)
        if self._later:
            return limit.says(language)
        return text("screens.summary.ahead_new", language, key=key, n=n, minutes=takes, limit=limit)


def length(seconds: float) -> Sentence:
    """A length of time as one says it of a sitting: 45 s, 2 min 10 s, 38 min."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 10:
        return tell("ui.minutes", minutes=round(seconds / 60))
    return tell("ui.minutes_seconds", minutes=minutes, seconds=rest) if minutes else tell("ui.seconds", seconds=rest)
