"""The figures as charts and lines of text, for the statistics screen and for `quizapp stats`, which has no screen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from quizapp.draw.calendar import calendar
from quizapp.draw.chart import chart
from quizapp.draw.columns import columns
from quizapp.draw.paper import Paper, at_right_of, fitted
from quizapp.draw.share import share_bar
from quizapp.study.plan import FREE_DAYS
from quizapp.study.statistics import LEAST_ASKED, MATURE, CardFigures, ReviewFigures, Share, stability_names
from quizapp.study.teaching import LAST_DAYS, WEEK, OnTheDay, Teaching
from quizapp.texts import Sentence, tell, text
from quizapp.ui.breaks import breaks
from quizapp.ui.card_titles import card_title, to_gap
from quizapp.ui.wording import marked
from quizapp.words import Language, Shown

_RECENT = 30  # days of the charts of what was done
_ROLLING = 7  # days over which the daily retention is levelled
_FEWEST = 5  # reviews that make a day's retention worth a dot
_ROWS = 11
_WIDEST = 60  # cells of a bar


class Pictures:
    """Draws figures in lines of at most `width` cells; every picture is empty where there is nothing to draw."""

    def __init__(self, width: int, shown: Shown, language: Language, *, ascii: bool = False) -> None:
        self.width = max(30, width)
        self.shown, self.language = shown, language
        self.paper = Paper(self.width, _ROWS, ascii, language)

    def overview(self, figures: ReviewFigures) -> Text:
        """How much was done, how long it took, and how much was recalled, and what that means."""
        text = Text(no_wrap=True, overflow="ellipsis")
        days = tell("screens.stats.days", n=len(figures.days)).says(self.language)
        each = tell("ui.seconds", seconds=round(figures.seconds / max(1, figures.reviews)))
        found = {"reviews": f"{figures.reviews:,}", "days": days, "time": _hours(figures.seconds).says(self.language)}
        said = tell("screens.stats.overview", each=each, **found).says(self.language)
        for part in found.values():
            before, _, said = said.partition(part)
            text.append(before).append(part, "bold")
        text.append(f"{said}\n")
        text.append(f"{self._('screens.stats.retention')}  ", "bold")
        if figures.retention(None).asked:
            for span, name in ((7, "week"), (30, "month"), (None, "all")):
                text.append(f"{self._(f'screens.stats.{name}')} ", "dim").append(
                    f"{_percent(figures.retention(span))}   ", "bold"
                )
            text.append("\n").append(self._("screens.stats.retention_is"), "dim")
        else:
            text.append(self._("screens.stats.no_retention"), "dim")
        for word, share in (("cued", figures.cued), ("code", figures.code)):
            if share.asked:
                said = tell(f"screens.stats.{word}", share=_percent(share), n=f"{share.asked:,}").says(self.language)
                text.append("\n").append_text(marked(said, _percent(share), "bold"))
        return text

    def calendar(self, figures: ReviewFigures) -> Text:
        """Reviews a day."""
        counts = {day: one.reviews for day, one in figures.days.items()}
        if not counts:
            return Text()
        names = [self._(f"screens.stats.day.{day}") for day in range(7)]
        lines = calendar(counts, figures.today, names, self.paper)
        return self._headed(
            "screens.stats.reviews", lines, tell("screens.stats.most", n=max(counts.values())).says(self.language)
        )

    def forecast(self, cards: CardFigures, interview: date | None = None) -> Text:
        """How many cards fall due on each of the next days; what is asked before an `interview` besides."""
        if not any(cards.forecast):
            return Text()
        drawn = self._columns("screens.stats.forecast", cards.forecast, cards.today)
        if interview is None or not cards.today < interview < cards.today + timedelta(days=len(cards.forecast)):
            return drawn
        n = min(FREE_DAYS, (interview - cards.today).days)
        swept = tell("screens.stats.swept", n=n, day=f"{interview:%m-%d}").says(self.language)
        return _joined([drawn, self._wrapped(swept)])

    def spent(self, figures: ReviewFigures) -> Text:
        """Minutes a day."""
        start = figures.today - timedelta(days=_RECENT - 1)
        dates = [start + timedelta(days=i) for i in range(_RECENT)]
        minutes = [figures.days[day].seconds / 60 if day in figures.days else 0.0 for day in dates]
        return self._columns("screens.stats.minutes", minutes, start) if any(minutes) else Text()

    def retention(self, figures: ReviewFigures) -> Text:
        """True retention by day, and levelled over a week."""
        first = figures.today - timedelta(days=3 * _RECENT - 1)
        days = [day for day, one in figures.days.items() if day >= first and one.retention.asked >= _FEWEST]
        if len(days) < 2:
            return Text()
        lines: dict[str, list[float]] = {
            "x": [(day - figures.today).days for day in days],
            self._("screens.stats.of_day"): [_rate(figures.days[day].retention) for day in days],
            self._("screens.stats.of_week"): [_rate(figures.retention(_ROLLING, until=day)) for day in days],
        }
        return _joined(chart(self._("screens.stats.by_day"), lines, replace(self.paper, height=_ROWS + 2)))

    def by_stability(self, figures: ReviewFigures) -> Text:
        """True retention by how stable the card was when it was asked."""
        found = zip(stability_names(), figures.by_stability, strict=True)
        names = {name.says(self.language): share for name, share in found if share.asked}
        return self._shares("screens.stats.by_stability", names, self._("screens.stats.stability_is"))

    def states(self, cards: CardFigures) -> Text:
        """How many cards are in which state."""
        counts = {self._(f"ui.state.{name}"): count for name, count in cards.states.items() if count}
        paper = replace(self.paper, height=len(counts) + 1)
        lines = chart(self._("screens.stats.states"), counts, paper) if counts else []
        about = tell("screens.stats.mature_is", days=MATURE).says(self.language)
        known = cards.states["mature"] or cards.states["young"]
        return _joined([*lines, self._wrapped(about)] if known else lines)

    def confidence(self, figures: ReviewFigures) -> Text:
        """What was said before the answer showed, beside what came of it."""
        names = {
            tell("screens.stats.said", percent=said).says(self.language): share
            for said, share in figures.confidence.items()
        }
        return self._judged("screens.stats.confidence", names, tuple(figures.confidence))

    def predictions(self, figures: ReviewFigures) -> Text:
        """How many predictions of a demo's outcome were right."""
        share = figures.predictions
        if not share.asked:
            return Text()
        by = {
            tell("screens.stats.said", percent=said).says(self.language): one
            for said, one in sorted(figures.predictions_by_confidence.items())
        }
        return self._judged("screens.stats.predictions", {self._("screens.stats.all"): share, **by})

    def teaching(self, found: Teaching) -> Text:
        """Recall about a week later, by how a card was learnt; and on the interview's day beside what was expected."""
        if not found.all.asked and found.day is None:
            return Text()
        told = found.shares if found.all.interval else {"all": found.all}  # what all are too few for, its parts are
        shares = {self._(f"screens.stats.teach.{name}"): share for name, share in told.items()}
        low, high = WEEK
        about = tell("screens.stats.week_is", low=low, high=high).says(self.language)
        lines = [self._judged("screens.stats.week_later", shares, about=about)]
        if any(share.interval for share in shares.values()):
            lines.append(self._wrapped(self._("screens.stats.no_trial")))
        if found.day is not None:
            lines.append(self._on_the_day(found.day))
        return _joined(lines)

    def _on_the_day(self, day: OnTheDay) -> Text:
        head = tell("screens.stats.on_the_day", day=day.interview, n=LAST_DAYS).says(self.language)
        share, interval = day.recalled, day.recalled.interval
        if interval is None or day.expected is None:
            return Text(f"{head}\n", "bold").append(self._missing(share), "dim not bold")
        said = f"{100 * day.expected:.0f}%"
        found = tell(
            "screens.stats.expected",
            said=said,
            share=_percent(share),
            interval=_spanned(interval),
            n=f"{share.asked:,}",
        )
        return Text(f"{head}\n", "bold").append(found.says(self.language), "not bold")

    def hardest(self, cards: CardFigures, key: str = "") -> Text:
        """The cards forgotten most, and the `key` that leads to them."""
        if not cards.hardest:
            return Text()
        head = self._("screens.stats.hardest_by")
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(f"{self._('screens.stats.hardest')}  ", "bold").append(key, "bold dim")
        text.append("\n").append_text(self._wrapped(head))
        for one in cards.hardest:
            room = self.width - 12
            asks = to_gap(one.card, card_title(one.card, self.shown), room)
            asks = set_cell_size(asks, room - 1) + "…" if cell_len(asks) > room else asks
            text.append(f"\n{one.lapses:3}  {one.difficulty:4.1f}  ").append(asks)
        return text

    def _(self, id: str) -> str:
        return text(id, self.language)

    def _headed(self, head: str, lines: Iterable[Text], about: str = "") -> Text:
        title = Text(self._(head), "bold")
        if cell_len(title.plain) + 2 + cell_len(about) <= self.width:
            return _joined([title.append(f"  {about}", "dim not bold"), *lines])
        return _joined([title, self._wrapped(about), *lines])

    def _columns(self, head: str, values: Sequence[float], first: date) -> Text:
        labels = [f"{first + timedelta(days=i):%m-%d}" if i % 7 == 0 else "" for i in range(len(values))]
        return _joined(columns(self._(head), values, labels, self.paper))

    def _judged(self, head: str, shares: Mapping[str, Share], marks: Sequence[int] = (), *, about: str = "") -> Text:
        """As `_shares`, each with its 95 % interval; of too few it is only said from how many on."""
        if not shares:
            return Text()
        left = min(max(map(cell_len, shares)), self.width // 2)
        right = max(len(f"{share.asked:,}") for share in shares.values())
        room = max(4, min(_WIDEST, self.width - left - right - 18))
        lines = []
        for place, (name, share) in enumerate(shares.items()):
            line = Text(fitted(name, left) + " ", no_wrap=True)
            if (interval := share.interval) is None:
                lines.append(line.append(self._missing(share), "dim"))
                continue
            mark = marks[place] / 100 if marks else None
            line.append_text(share_bar(_rate(share) / 100, room, mark=mark, ascii=self.paper.ascii))
            line.append(f" {_rate(share):3.0f}%").append(f"  {_spanned(interval):>7}", "dim")
            lines.append(line.append(f"  {share.asked:>{right},}", "dim"))
        known = any(share.interval is not None for share in shares.values())
        notes = (
            about,
            self._("screens.stats.mark") if marks and known else "",
            self._("screens.stats.interval") if known else "",
        )
        return self._headed(head, lines, " · ".join(note for note in notes if note))

    def _missing(self, share: Share) -> str:
        return tell("screens.stats.missing", n=share.asked, least=LEAST_ASKED).says(self.language)

    def _wrapped(self, said: str) -> Text:
        pieces = Text(said).divide(breaks(said, self.width))  # Chinese folds between characters
        return Text("\n").join(Text(piece.plain.rstrip(), "dim") for piece in pieces)

    def _shares(self, head: str, shares: Mapping[str, Share], about: str) -> Text:
        """A bar a share from 0 to 100, with how many it is of."""
        if not shares:
            return Text()
        left = min(max(map(cell_len, shares)), self.width // 2)
        counts = [f"{share.asked:,}" for share in shares.values()]
        right = max(map(len, counts))
        room = min(_WIDEST, self.width - left - right - 8)
        lines = []
        for (name, share), count in zip(shares.items(), counts, strict=True):
            line = Text(fitted(name, left) + " ", no_wrap=True)
            line.append_text(share_bar(_rate(share) / 100, room, ascii=self.paper.ascii))
            line.append(f" {_rate(share):3.0f}%")
            lines.append(line.append(f"  {at_right_of(count, right)}", "dim"))
        return self._headed(head, lines, about)


def _hours(seconds: float) -> Sentence:
    if seconds >= 3600:
        return tell("ui.hours", hours=f"{seconds / 3600:.1f}")
    return tell("ui.minutes", minutes=f"{seconds / 60:.0f}")


def _joined(lines: Iterable[Text]) -> Text:
    text = Text("\n", no_wrap=True, overflow="ellipsis").join(lines)
    text.no_wrap, text.overflow = True, "ellipsis"
    return text


def _rate(share: Share) -> float:
    return 100 * share.passed / max(1, share.asked)


def _spanned(interval: tuple[float, float]) -> str:
    """An interval of shares, in percent."""
    low, high = interval
    return f"{100 * low:.0f}-{100 * high:.0f}%"


def _percent(share: Share) -> str:
    return f"{_rate(share):.0f}%" if share.asked else "-"
