"""What is drawn of an experiment, one under the other: its description, question, knobs, output, outcome and source."""

import asyncio
from collections.abc import Mapping

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from quizapp.draw.names import NO_LABELS
from quizapp.draw.paper import Paper
from quizapp.lab.knob import KnobValue
from quizapp.lab.review import review
from quizapp.lab.run import Finished
from quizapp.texts import tell
from quizapp.ui.context import context
from quizapp.ui.demo.consent import source_parts
from quizapp.ui.demo.experiment import Experiment
from quizapp.ui.demo.outcome import CHART_ROWS, Drawn, charts_text, last_text, sweep_text
from quizapp.ui.demo.question import Question
from quizapp.ui.demo.source_view import SourceView
from quizapp.ui.look import code_theme
from quizapp.ui.widgets.knob_rows import KnobRows
from quizapp.ui.widgets.panels import PROSE
from quizapp.ui.wording import worded
from quizapp.ui.workers import FaultsAreSaid
from quizapp.words import Language, clean


class Stage(Vertical, FaultsAreSaid):
    """Shows one state after another; of each only what is new."""

    DEFAULT_CSS = """
    Stage {
        height: auto;
        max-width: 86;
        padding: 0 1;
        &.-source {
            max-width: 122;
        }
        & > Static, & > KnobRows, & > Question {
            height: auto;
            max-width: 84;
            margin: 0 0 1 0;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.question, self.knobs, self.outcome = Question(), KnobRows(), Static(markup=False)
        self.source = SourceView()
        self._head, self._printed = Static(markup=False), Static(markup=False)
        self._now = Experiment()
        self._drawn: Drawn | None = None
        self._width = 0  # that the outcome was drawn for

    def compose(self) -> ComposeResult:
        yield self._head
        yield self.question
        yield self.knobs
        yield self._printed
        yield self.outcome
        yield self.source

    def show(self, was: Experiment | None, now: Experiment) -> None:
        """Draw what is new in `now` since `was`, or all of it."""

        def new(*fields: str) -> bool:
            return was is None or any(getattr(was, field) is not getattr(now, field) for field in fields)

        self._now = now
        if new("veiled"):
            was = None  # then anything else may be shown too
        if new("phase", "demo", "script", "original"):
            head = head_text(now, context(self).language)
            self._head.display = bool(head)
            self._head.update(head)
        if new("phase", "script", "knobs"):
            self.knobs.display = now.allowed and not now.veiled
            if now.script is not None:
                self.knobs.show(now.script.knobs, now.knobs, now.script.labels_in(context(self).language))
        if new("phase", "demo", "script", "review", "guess"):
            self.question.show(now)
        if new("output"):
            self._printed.display = bool(now.output) and not now.veiled
            pushes_out = was is not None and was.full and now.full  # its height stays
            self._printed.update(Text(now.output.rstrip("\n")), layout=not pushes_out)
        if new("phase", "last", "sweep", "measure", "runs", "prediction"):
            self._draw_outcome()
        if new("phase", "script", "review", "source_shown"):
            self._draw_source()

    def _draw_source(self) -> None:
        """All that would run, if it is asked for or must be read before a yes."""
        now = self._now
        asked_for = now.source_shown and not now.veiled
        self.source.display = now.script is not None and (asked_for or now.phase == "untrusted")
        self.set_class(self.source.display, "-source")
        if now.script is not None and self.source.display:
            shown = now.review if now.phase == "untrusted" else review(now.script, None)
            parts = source_parts(shown, context(self).language) if shown else []
            self.source.show(parts, code_theme(self.app.current_theme))

    # The outcome, whose charts are drawn in a thread: many points take a while

    @property
    def chart_width(self) -> int:
        return max(30, min(self.size.width, PROSE))

    def on_resize(self) -> None:
        if self.chart_width != self._width:
            self._draw_outcome()

    def _draw_outcome(self) -> None:
        now, paper = self._now, self._paper
        self._width = paper.width
        text = sweep_text(now, paper)
        if now.phase != "running":
            text.append(last_text(now, self._charts(), paper))
        self.outcome.update(text)
        self.outcome.display = bool(text)

    def _charts(self) -> Text:
        """The charts of the last run; as they were, or none, where they have to be drawn first."""
        last, drawn = self._now.last, self._drawn
        if last is None or last.result is None:
            return Text()
        drawn = drawn if drawn is not None and drawn.of is last else None
        if drawn is None or drawn.paper != self._paper:
            self._draw_anew(last)
        return drawn.text if drawn is not None else Text()

    @property
    def _paper(self) -> Paper:
        of, script = context(self), self._now.script
        labels = script.labels_in(of.language) if script is not None else NO_LABELS
        return Paper(self.chart_width, CHART_ROWS, of.desk.settings.ascii, of.language, labels)

    async def draw_charts(self, last: Finished, knobs: Mapping[str, KnobValue]) -> None:
        """Draw the charts of a run with these knobs, which is to be shown."""
        paper = self._paper
        text = await asyncio.to_thread(charts_text, last.result or {}, knobs, paper)
        self._drawn = Drawn(last, paper, text)

    @work(exclusive=True, group="charts", description="draw charts")
    async def _draw_anew(self, last: Finished) -> None:
        runs = self._now.runs
        await self.draw_charts(last, runs[-1].knobs if runs else {})
        if last is self._now.last:
            self._draw_outcome()


def head_text(now: Experiment, language: Language) -> Text:
    """Why there is no demo; or what it is about, until it has run: that may tell the answer."""
    if now.script is None:
        reading = now.phase == "reading"
        return Text(tell("demo.reading").says(language) if reading else clean(worded(now.demo.fault, language)))
    about = now.script.about_in(language)
    if not about or now.phase != "ready" or now.veiled:
        return Text()
    paragraphs = (" ".join(part.split()) for part in about.split("\n\n"))
    return Text("\n".join(paragraphs), "dim")
