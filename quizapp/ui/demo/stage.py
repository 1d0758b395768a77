"""What is seen of an experiment: three bands that stay (what was predicted, the knobs, what was measured), and below
them what scrolls, the chart first; or the source in its place."""

import asyncio

from msgspec.structs import replace
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from quizapp.draw.names import NO_LABELS, Label
from quizapp.draw.paper import Paper, shortened
from quizapp.lab.measured import Measure, Ran
from quizapp.lab.review import review
from quizapp.texts import tell, text
from quizapp.ui.breaks import breaks
from quizapp.ui.card_titles import card_title
from quizapp.ui.context import Context, context
from quizapp.ui.demo.bands import figure_rows, predicted_rows
from quizapp.ui.demo.consent import source_parts
from quizapp.ui.demo.experiment import Experiment
from quizapp.ui.demo.outcome import CHART_ROWS, Drawn, below_text, draw_run, sweep_lines
from quizapp.ui.demo.question import Question
from quizapp.ui.demo.source_view import SourceView
from quizapp.ui.look import code_theme
from quizapp.ui.widgets.knob_rows import KnobRows
from quizapp.ui.widgets.panels import PROSE
from quizapp.ui.wording import worded
from quizapp.ui.workers import FaultsAreSaid
from quizapp.words import clean, read

WIDEST = 112  # cells of a chart and of the bands
_LOW, _HIGH = 30, 45  # rows of a stage that is low, or high
_CARDS = 4  # of those that run it so many are named
_LEAST_CHART = 10  # rows of one of which enough is plotted


class _Rows(Static):
    """Lines of text that have their height: a change of what they say moves nothing."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.rows: list[Text] = []

    def say(self, rows: list[Text]) -> None:
        if len(rows) != len(self.rows):
            self.styles.height = len(rows)
        self.display = bool(rows)
        self.rows = rows
        self.update(Text("\n", no_wrap=True).join(rows), layout=False)


class _Words(Static):
    """Text as high as it is; not there where there is none. What says the same is not laid out anew."""

    def __init__(self, classes: str = "") -> None:
        super().__init__(markup=False, classes=classes)
        self._said = Text("\0")

    def say(self, text: Text) -> None:
        if text != self._said:
            self._said = text
            self.display = bool(text)
            self.update(text)


class Stage(Vertical, FaultsAreSaid):
    """Shows one state after another; of each only what is new."""

    DEFAULT_CSS = """
    Stage {
        height: 1fr;
        & > #bands {
            height: auto;
            align-horizontal: center;
            padding: 0 1 0 0;  /* where a scroll bar stands below */
            & > * {
                max-width: 114;
                padding: 0 1;
            }
        }
        & > #below {
            height: 1fr;
            align-horizontal: center;
            scrollbar-gutter: stable;
            scrollbar-size: 0 1;
            scrollbar-background: $background;
            scrollbar-background-hover: $background;
            scrollbar-background-active: $background;
            & > * {
                height: auto;
                max-width: 114;
                padding: 0 1;
            }
            & > Question, & > .prose {
                max-width: 86;
            }
        }
        &.-source > #below {
            height: auto;
            max-height: 60%;
        }
        &.-source.-banded > #below {
            display: none;
        }
        #printed {
            margin: 1 0 0 0;
        }
        .-dim {
            text-style: dim;
        }
        .-error {
            color: $text-error;
            text-style: bold;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.question, self.knobs, self.source = Question(), KnobRows(), SourceView()
        self.chart, self.takeaway, self.more = _Rows(), _Words("prose"), _Words()
        self.below = VerticalScroll(id="below", can_focus=False)
        self._predicted, self._figures, self._rule = _Rows(), _Rows(), _Rows()
        self._head, self._error = _Words("prose"), _Words("prose -error")
        self._printed = Static(id="printed", markup=False)
        self._rest: list[Measure] = []  # what has no room among the figures
        self._now = Experiment()
        self._drawn: Drawn | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="bands"):
            yield self._predicted
            yield self.knobs
            yield self._figures
            yield self._rule
        with self.below:
            yield self._head
            yield self.question
            yield self._error
            yield self.chart
            yield self.takeaway
            yield self.more
            yield self._printed
        yield self.source

    def show(self, was: Experiment | None, now: Experiment) -> None:
        """Draw what is new in `now` since `was`, or all of it."""

        def new(*fields: str) -> bool:
            return was is None or any(getattr(was, field) is not getattr(now, field) for field in fields)

        self._now = now
        if new("veiled"):
            was = None  # then anything else may be shown too
        if new("phase", "demo", "script", "original", "runs"):
            self._draw_head()
        if new("phase", "demo", "script", "review", "guess"):
            self.question.show(now)
        freed = was is None or was.free != now.free
        if freed or new("script", "knobs", "phase"):
            self._draw_knobs()
        if freed or new("demo", "guess", "runs", "prediction", "sweep") or (new("phase") and not now.runs):
            self._draw_bands()
        if new("output", "phase"):
            self._draw_printed(was)
        if freed or new("demo", "script", "last", "sweep", "measure", "runs"):
            self._draw_outcome()
        for widget in (self._figures, self.chart, self.more):
            widget.set_class(now.stale, "-dim")
        if new("phase", "script", "review", "source_shown"):
            self._draw_source()
        if was is not None and was.phase == "running" != now.phase:  # what came of it stands at the top
            self.call_after_refresh(self.below.scroll_home, animate=False)

    @property
    def goes_on(self) -> bool:
        """Whether there is more below what is in sight."""
        scrolls = self.below.display and self.below.show_vertical_scrollbar
        return scrolls and self.below.scroll_y < self.below.max_scroll_y

    def _draw_head(self) -> None:
        self._head.say(head_text(self._now, context(self), min(self.paper.width, PROSE)))

    # The bands

    def _draw_bands(self) -> None:
        now, paper, tall = self._now, self.paper, self.size.height >= _LOW
        most = 5 if tall or now.veiled else 4
        self._predicted.say(predicted_rows(now, paper, context(self).shown, most) if now.free else [])
        figures = 4 if tall else max(2, min(3, 6 - len(self._predicted.rows)))
        shown = now.free and (now.phase == "running" or bool(now.runs))
        rows, self._rest = figure_rows(now, paper, figures) if shown else ([], [])
        self._figures.say(rows)
        self._rule.say([Text("─" * paper.width, "dim")] if now.free else [])
        self.set_class(now.free, "-banded")

    def _draw_knobs(self) -> None:
        now, paper = self._now, self.paper
        self.knobs.display = now.free and not now.veiled
        if now.script is not None:
            within = paper.width, 4 if self.size.height >= _LOW else 2
            self.knobs.show(now.script.knobs, now.knobs, paper.labels, within=within, held=now.sweeping)

    # What scrolls

    def _draw_printed(self, was: Experiment | None) -> None:
        """What a run prints; that of the last one until this one prints something. Before there is anything to look at
        above, one sees what comes."""
        now = self._now
        if now.phase == "running" and not now.output and now.free and not now.veiled:
            return
        full = was is not None and was.full and now.full  # its height stays
        self._printed.display = bool(now.output) and now.free and not now.veiled
        self._printed.update(Text(now.output.rstrip("\n")), layout=not full)
        if not now.runs and not full and now.phase == "running":
            self.below.scroll_end(animate=False)

    def _draw_outcome(self) -> None:
        now, paper, language = self._now, self.paper, context(self).language
        error = now.last.error if now.last is not None and now.free else None
        self._error.say(Text(clean(error.says(language)) if error is not None else ""))
        self._draw_chart()
        self.takeaway.say(Text(self._so if now.runs and now.free else ""))
        others = self._drawn.others if self._drawn is not None and not self._swept else []
        self.more.say(below_text(others, self._rest, now, paper) if now.free and not now.veiled else Text())

    @property
    def _swept(self) -> bool:
        return self._now.sweep is not None and bool(self._now.swept)

    def _draw_chart(self) -> None:
        """The sweep's, or that of the last run, which stays until the next one is drawn."""
        now = self._now
        if now.sweep is not None and self._swept:
            self.chart.say(sweep_lines(now.sweep, now.swept, now, self.chart_paper))
            return
        ran, drawn = now.runs[-1] if now.runs and now.free else None, self._drawn
        if ran is None:
            self._drawn = drawn = None
        elif drawn is None or (drawn.of, drawn.paper, drawn.veiled) != (ran, self.chart_paper, now.veiled):
            self._draw_anew(ran)
            drawn = drawn if drawn is not None and drawn.veiled >= now.veiled else None
        self.chart.say(drawn.lead if drawn is not None else [])

    def _draw_source(self) -> None:
        """All that would run, if it is asked for or must be read before a yes."""
        now = self._now
        self.source.display = now.source_seen
        self.set_class(now.source_seen, "-source")
        if now.script is not None and now.source_seen:
            found = now.review if now.phase == "untrusted" else review(now.script, None)
            self.source.show(
                source_parts(found, context(self).language) if found else [], code_theme(self.app.current_theme)
            )

    # Charts are drawn in a thread: many points take a while

    @property
    def paper(self) -> Paper:
        """As wide as the bands, and what is below them."""
        of, script = context(self), self._now.script
        switches = {value: Label(text(f"demo.{value}", of.language)) for value in ("true", "false")}
        labels = switches | dict(script.labels_in(of.language)) if script is not None else NO_LABELS
        width = max(30, min(self.size.width - 3, WIDEST))
        return Paper(width, CHART_ROWS, of.desk.settings.ascii, of.language, labels)

    @property
    def chart_paper(self) -> Paper:
        """As high as there is room for above the takeaway."""
        paper = self.paper
        so = sum(1 + len(breaks(line, min(paper.width, PROSE))) for line in self._so.splitlines())
        bands = len(self._predicted.rows) + len(self._figures.rows) + self.knobs.height * (not self._now.veiled)
        room = self.size.height - bands - 1 - so
        return replace(paper, height=max(_LEAST_CHART, min(CHART_ROWS + (self.size.height >= _HIGH) * 6, room)))

    @property
    def _so(self) -> str:
        """What the run teaches, where it may be told and the knobs are as asked; before the answer, what comes next."""
        ask, of = self._now.demo.ask, context(self)
        if self._now.veiled:
            return tell("demo.to_card", key=of.key("answer.to-card", "Space")).says(of.language)
        turned = self._now.runs and self._now.runs[-1].knobs != self._now.demo.knobs
        return read(ask.so, of.shown, "\n") if ask is not None and not turned else ""

    def on_resize(self) -> None:
        self._draw_head()
        self._draw_knobs()
        self._draw_bands()
        self.call_after_refresh(self._draw_outcome)

    async def draw(self, ran: Ran) -> None:
        """Draw the charts of a run, which is to be shown."""
        asked, veiled, paper = self._now.asked(ran.result), self._now.veiled, self.chart_paper
        before = next((run for run in reversed(self._now.runs) if run is not ran), None)
        self._drawn = await asyncio.to_thread(draw_run, ran, asked, veiled, paper, before)

    @work(exclusive=True, group="charts", description="draw charts")
    async def _draw_anew(self, ran: Ran) -> None:
        await self.draw(ran)
        if self._now.runs and ran is self._now.runs[-1]:
            self._draw_outcome()


def head_text(now: Experiment, of: Context, width: int) -> Text:
    """Why there is no demo; what it is about, until it has run (that may tell the answer), and in the lab which cards
    ask about it; that its first run is on."""
    language = of.language
    if now.script is None:
        reading = now.phase == "reading"
        return Text(tell("demo.reading").says(language) if reading else clean(worded(now.demo.fault, language)))
    if now.phase == "running" and not now.runs and not now.sweeping:
        return Text(tell("demo.runs_first").says(language), "dim")
    about = now.script.about_in(language)
    in_lab = not now.demo.card_key
    if not (about or in_lab) or now.phase != "ready" or now.veiled or now.runs:
        return Text()
    paragraphs = (" ".join(part.split()) for part in about.split("\n\n"))
    text = Text().append(f"{now.script.title_in(language)}\n", "bold").append("\n".join(paragraphs))
    if in_lab:
        text.append("\n\n").append(tell("demo.enter_runs").says(language), "bold")
    if cards := now.demo.cards:
        titles = "".join(f"\n· {shortened(card_title(card, of.shown), width - 2, '…')}" for card in cards[:_CARDS])
        said = tell("demo.its_cards", n=len(cards), key=of.key("lab.cards", "b")).says(language)
        text.append(f"\n\n{said}").append(titles, "dim")
    return text
