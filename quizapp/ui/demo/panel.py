"""The demo beside the answer: predict, run, compare, turn the knobs, sweep one, read the source and change it."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, ClassVar, TypeAlias

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.reactive import var
from textual.widget import Widget

from quizapp.cards.sheet import LETTERS
from quizapp.lab.knob import KnobValue
from quizapp.lab.measured import Ran
from quizapp.lab.review import review
from quizapp.lab.run import run
from quizapp.lab.script import Script
from quizapp.lab.sweep import SweepPoint, sweep
from quizapp.paths import BUNDLED_DEMOS
from quizapp.texts import text
from quizapp.ui.context import context, say_error
from quizapp.ui.demo.border import entitle
from quizapp.ui.demo.copies import edit_copy, keep_copy
from quizapp.ui.demo.experiment import Experiment, begun
from quizapp.ui.demo.find import Demo
from quizapp.ui.demo.keys import DEMO_KEYS
from quizapp.ui.demo.question import Question
from quizapp.ui.demo.record import PredictionMet
from quizapp.ui.demo.stage import Stage
from quizapp.ui.panel import Panel
from quizapp.ui.widgets.knob_rows import KnobRows
from quizapp.ui.workers import FaultsAreSaid


class DemoPanel(Vertical, FaultsAreSaid, Panel, can_focus=True):
    """One experiment: what happens here gives it its next state, and the stage draws what is new."""

    SCOPED_CSS = False  # it stands as its screen's classes say
    DEFAULT_CSS = """
    DemoPanel {
        display: none;
    }
    .-wide.-demo DemoPanel, .-wide.-demo-open DemoPanel, .-wide DemoPanel.-beside {
        display: block;
        width: 45%;
        max-width: 100;
    }
    /* where there is room for one of them */
    .-narrow.-demo-open Panes > * {
        display: none;
    }
    .-narrow.-demo-open Panes > DemoPanel {
        display: block;
        height: 1fr;
    }
    /* The experiment of the card before has all of the room: beside it would stand a question that is not answered. */
    .-back DemoPanel {
        width: 100% !important;
        max-width: 100% !important;
        height: 100% !important;
    }
    .-back SheetView {
        display: none;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = DEMO_KEYS

    experiment: var[Experiment] = var(Experiment, init=False)

    Predicted: TypeAlias = PredictionMet

    def __init__(self, *, introduces: bool = False) -> None:
        """`introduces`: what it is about is shown first, and a key more runs it."""
        super().__init__()
        self._introduces = introduces
        self.stage = Stage()
        self._began = 0.0  # when the last run did
        self._under_way: asyncio.Task[None] | None = None  # what the experiment waits for
        self._tasks: set[asyncio.Task[None]] = set()  # that, and those that were stopped just now

    def compose(self) -> ComposeResult:
        yield self.stage

    # What is shown

    def show(self, demo: Demo) -> None:
        """Begin with `demo`; at once, if the user was waiting for it. What was read veiled is shown so."""
        was = self.experiment
        self._open(replace(begun(demo, self._trusts), veiled=was.phase == "reading" and was.veiled))

    def show_reading(self, *, veiled: bool = False) -> None:
        """Show that a demo is being read, until `show` is given it."""
        self._open(Experiment(phase="reading", veiled=veiled))

    def _open(self, experiment: Experiment) -> None:
        eager = self.experiment.eager
        self.stop()
        self.experiment = experiment
        self.stage.below.scroll_home(animate=False)
        if eager:
            self.begin()

    def look_up(self, find: Callable[[], Demo], *, renew: bool = False, veiled: bool = False) -> None:
        """Show, or `renew`, what `find` finds: in a thread, because a stranger's file may take a while to parse.

        `veiled`: its card is not answered yet. What is renewed stays as veiled as it was.
        """
        if not renew:
            self.show_reading(veiled=veiled)
        self._look_up(find, self.renew if renew else self.show)

    @work(exclusive=True, group="find", description="find a demo")
    async def _look_up(self, find: Callable[[], Demo], take: Callable[[Demo], None]) -> None:
        demo = await asyncio.to_thread(find)
        if self.is_attached:
            take(demo)

    def renew(self, demo: Demo) -> None:
        """Files changed: go on with what `show` would be given now."""
        was, now = self.experiment, self.experiment.renew(demo, self._trusts)
        if now.original is None or was.original is None or now.demo.card_key != was.demo.card_key:
            if now is not was:
                self._open(now)
            return
        if was.phase == "running" and now.phase != "running":
            self.stop()
        if was.review is not None and now.review is None:  # the user is reading what no longer holds
            said = text("demo.has_changed", context(self).language)
            self.app.notify(said, severity="warning", markup=False)
        self.experiment = now

    def redraw(self) -> None:
        """The language changed."""
        self._entitle()
        self.stage.show(None, self.experiment)

    def on_mount(self) -> None:
        for what in ("scroll_y", "virtual_size", "show_vertical_scrollbar"):
            self.watch(self.stage.below, what, self._entitle_soon, init=False)
        self._seconds = self.set_interval(1, self._entitle, pause=True)
        self.redraw()

    def _entitle(self) -> None:
        """The border says how it is, and how long it has been running."""
        entitle(self, self.experiment, int(time.monotonic() - self._began), goes_on=self.stage.goes_on)

    def _entitle_soon(self) -> None:
        """Once what is below is laid out."""
        self.call_after_refresh(self._entitle)

    def watch_experiment(self, was: Experiment, now: Experiment) -> None:
        if not self.is_attached:
            return
        gone = (self.stage.knobs, not now.allowed or now.veiled), (self.stage.source, not now.source_seen)
        if any(widget.has_focus and hidden for widget, hidden in gone):
            self._in_hand(now).focus()
        self.stage.show(was, now)
        if was.output is now.output or was.phase != now.phase:
            (self._seconds.resume if now.phase == "running" else self._seconds.pause)()
            self._entitle()
            self.refresh_bindings()
        unread = now.phase == "untrusted" and now.review is None
        if unread and now.script is not None and (was.phase, was.script) != ("untrusted", now.script):
            self._look_over(now.script)

    @work(exclusive=True, group="review", description="look over a demo")
    async def _look_over(self, script: Script) -> None:
        """Find what is to be read of `script`, in a thread."""
        found = await asyncio.to_thread(lambda: review(script, context(self).trust.before(script)))
        self.experiment = self.experiment.read_over(script, found)

    async def on_unmount(self) -> None:
        """Wait for what was stopped: no demo outlives the panel."""
        self.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=3)

    # Actions

    def _trusts(self, script: Script) -> bool:
        return context(self).trust.trusted(script, BUNDLED_DEMOS)

    @property
    def letters(self) -> str:
        """Those of the choices of the prediction."""
        ask = self.experiment.demo.ask
        return LETTERS[: len(ask.choices)] if ask is not None else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.experiment.may(action)

    def ask_first(self) -> None:
        """Before the card's answer: ask the prediction, or what it takes to get there, and show nothing else."""
        self.experiment = self.experiment.veil()
        self.begin()

    def unveil(self) -> None:
        """The card's answer shows: so may all of the demo."""
        self.experiment = now = self.experiment.unveil()
        if self.has_focus:
            self._in_hand(now).focus()

    def begin(self, *, introduced: bool = False) -> None:
        """What the user most likely wants on coming here: to predict, or else to run, once they know what it is."""
        now = self.experiment
        if now.phase == "reading":
            self.experiment = now.wait()
            self.focus()
        elif now.phase == "asking":
            self.stage.question.focus_field()
        else:
            self._in_hand(now).focus()
            if now.last is None and (introduced or not self._introduces):
                self.action_run()

    @on(Question.Guessed)
    def _guessed(self, event: Question.Guessed) -> None:
        if event.ask is self.experiment.demo.ask:  # else another card has come meanwhile
            self.action_predict(event.guess)

    def action_predict(self, guess: float) -> None:
        """Lock it, and run."""
        now = self.experiment.predict(guess)
        if now is not self.experiment:
            self.experiment = now
            self._in_hand(now).focus()
            self.action_run()

    def _in_hand(self, now: Experiment) -> Widget:
        """What the keys go to: the knobs, where they may be seen; what is to be read before a yes."""
        if now.phase == "untrusted":
            return self.stage.source
        return self.stage.knobs if now.allowed and not now.veiled else self

    @on(KnobRows.Turned)
    def _turned(self, event: KnobRows.Turned) -> None:
        event.stop()
        was, self.experiment = self.experiment, self.experiment.turn(event.name, event.value)
        if not (was.sweeping or (was.wanted and was.phase == "running")):  # the predicted run is let end first
            self.action_run()

    def action_allow(self) -> None:
        now = self.experiment.allow()
        if now is self.experiment or now.script is None:
            return  # nothing was shown yet
        try:
            if not now.changed:
                context(self).trust.allow(now.script)
            self.experiment = now
        except OSError as error:
            say_error(self, error)
        self.begin(introduced=True)

    def action_source(self) -> None:
        self.experiment = now = self.experiment.show_source()
        if now.source_shown and now.phase != "asking":
            self.stage.source.focus()

    action_close_source = action_source

    def action_page(self, step: int) -> None:
        below = self.stage.below
        below.scroll_relative(y=step * max(1, below.size.height - 1), animate=False)

    def action_measure(self) -> None:
        self.stage.below.scroll_home(animate=False)
        self.experiment = self.experiment.next_measure()

    def action_edit(self) -> None:
        """Open a copy of the script in the user's editor, and run what was saved."""
        was, self.experiment = self.experiment, edit_copy(self, self.experiment, self._trusts)
        if self.experiment.script is not was.script:
            self.action_run()

    def action_keep(self) -> None:
        """Make the changed copy a demo of the user's own."""
        self.experiment = keep_copy(self, self.experiment, self._trusts)

    def action_drop(self) -> None:
        self.experiment = self.experiment.drop(self._trusts)

    # A run

    def action_run(self) -> None:
        self._begin(self.experiment.start(self._trusts), self._run)

    def action_sweep(self) -> None:
        """Run the demo for every value of the knob that is chosen."""
        self.stage.below.scroll_home(animate=False)  # where its chart is drawn
        self._begin(self.experiment.start_sweep(self.stage.knobs.knob, self._trusts), self._sweep)

    def stop(self) -> None:
        """End a run that is under way, with all that it started."""
        if self._under_way is not None:
            self._under_way.cancel()

    action_stop = stop

    def _begin(self, now: Experiment, work: Callable[..., Coroutine[Any, Any, None]]) -> None:
        """Do `work`, if it may be done. It is no worker: one that is cancelled before its first step says nothing."""
        self._began = time.monotonic()  # before the border says how long it runs
        self.experiment = now
        if now.phase == "running" and now.script is not None:
            self.stop()
            self._under_way = task = asyncio.create_task(work(now.script, now.knobs))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            self.say_fault(fault)
        if task is self._under_way:  # else another run has taken the panel
            self.experiment = self.experiment.stop()

    async def _run(self, script: Script, knobs: Mapping[str, KnobValue]) -> None:
        last = await run(script, knobs, self._hear, warm=context(self).warm)
        if last.result is not None:
            await self.stage.draw(Ran(knobs, last.result))
        was = self.experiment
        self.experiment = now = was.finish(knobs, last)
        if now.prediction is not None and now.prediction is not was.prediction:
            self.post_message(self.Predicted(now.prediction))
        if was.wanted and now.knobs != knobs and last.result is not None:
            self.call_later(self.action_run)  # a knob was turned meanwhile

    async def _sweep(self, script: Script, knobs: Mapping[str, KnobValue]) -> None:
        if self.experiment.sweep is not None:
            await sweep(script, self.experiment.sweep.knob, knobs, self._add_point, warm=context(self).warm)
            self.experiment = self.experiment.end_sweep()

    def _add_point(self, point: SweepPoint) -> None:
        self.experiment = self.experiment.add_point(point)

    def _hear(self, text: str) -> None:
        self.experiment = self.experiment.hear(text)
