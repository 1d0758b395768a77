"""The demo beside the answer: predict, run, compare, turn the knobs, sweep one, read the source and change it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from quizapp.cards.card import Predict
from quizapp.cards.sheet import LETTERS
from quizapp.lab import edited
from quizapp.lab.knob import Knob, KnobValue
from quizapp.lab.output import joined
from quizapp.lab.review import DemoReview, review
from quizapp.lab.run import Finished, lacks_torch, run, torch_hint
from quizapp.lab.script import Script, ScriptError
from quizapp.lab.sweep import SweepPoint, sweep, sweep_values
from quizapp.paths import BUNDLED_DEMOS
from quizapp.texts import tell
from quizapp.ui.context import Context, context, say_error
from quizapp.ui.labels import label
from quizapp.ui.look import code_theme
from quizapp.ui.widgets.consent import READING, parts, question
from quizapp.ui.widgets.knob_rows import KnobRows
from quizapp.ui.widgets.outcome import (
    Ran,
    bar,
    charts_text,
    is_right,
    measures_text,
    runs_table,
    sweep_text,
    verdict,
)
from quizapp.ui.widgets.source_view import SourceView
from quizapp.words import clean, read

# a demo or why there is none, its knobs, the prediction that is asked
Found = tuple[Script | str, Mapping[str, KnobValue], Predict | None]

LINES_KEPT, CHARS_KEPT = 200, 12_000  # of a demo's output: all of it is painted anew twenty times a second


class DemoPanel(VerticalScroll, can_focus=True):
    """One demo. A prediction, where the card asks one, is locked before the first run; the measurement decides it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"predict({i})", "Predict", key_display="a-f", show=key == "a", id=f"demo.predict-{key}")
            for i, key in enumerate(LETTERS[:6])
        ),
        Binding("r", "run", "Run", id="demo.run"),
        Binding("x", "stop", "Stop", id="demo.stop"),
        Binding("s", "sweep", "Sweep", id="demo.sweep"),
        Binding("m", "measure", "Measure", id="demo.measure"),
        Binding("v", "source", "Source", id="demo.source"),
        Binding("e", "edit", "Edit", id="demo.edit"),
        Binding("k", "keep", "Keep", id="demo.keep"),
        Binding("d", "drop", "Drop", id="demo.drop"),
        Binding("y", "allow", "Allow", id="demo.allow"),
    ]

    class Predicted(Message):
        """A locked prediction met its measurement. `guess` is a choice's number, or the number typed; `right` is None
        for a number."""

        def __init__(
            self, script: Script, knobs: Mapping[str, KnobValue], ask: Predict, guess: float, measured: float
        ) -> None:
            self.script, self.knobs, self.ask, self.guess, self.measured = script, dict(knobs), ask, guess, measured
            self.right = is_right(ask, guess, measured)
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._head, self._question = Static(markup=False), Static(markup=False)
        self._choices = OptionList(markup=False)
        self._number = Input(type="number", placeholder="0.0")
        self._rows = KnobRows()
        self._printed, self._result, self._source = Static(markup=False), Static(markup=False), SourceView()
        self._tasks: set[asyncio.Task[None]] = set()  # runs under way, those too that were stopped just now
        self._forget("")

    def _forget(self, fault: str) -> None:
        """Nothing is known of a demo but why there is none."""
        self._script: Script | None = None
        self._found: Script | None = None  # what was to be shown
        self._original: Script | None = None  # that, or a copy of it that was kept; `_script` may be a changed copy
        self._fault = fault
        self._reading = False  # a demo is being read in a thread,
        self._eager = False  # and is to begin then
        self._review: DemoReview | None = None  # what there is to read before a yes to `_script`
        self._reviewing: Script | None = None  # it is being looked over
        self._yes = ""  # hash of the changed copy that was allowed here
        self._knobs: dict[str, KnobValue] = {}
        self._given: dict[str, KnobValue] = {}  # by the card or the script, before any was turned
        self._ask: Predict | None = None
        self._guess: float | None = None
        self._decided = False
        self._demo_run: asyncio.Task[None] | None = None
        self._finished: Finished | None = None
        self._charts: tuple[Finished | None, int, bool, Text] = None, 0, False, Text()  # of a run, how wide, in ASCII
        self._runs: list[Ran] = []
        self._points: list[SweepPoint] = []
        self._swept: Knob | None = None
        self._measure = ""
        self._output = ""
        self._source_shown = False

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._question
        yield self._choices
        yield self._number
        yield self._rows
        yield self._printed
        yield self._result
        yield self._source

    def show(
        self, found: Script | str, knobs: Mapping[str, KnobValue] | None = None, ask: Predict | None = None
    ) -> None:
        """Show a demo with its `knobs` (by default at their defaults), or the sentence that says why there is none."""
        eager = self._eager
        self.stop()
        self._forget(found if isinstance(found, str) else "")
        if not isinstance(found, str):
            self._found = self._script = self._original = found
            self._knobs = dict(knobs or found.defaults())
            self._given = dict(self._knobs)
        self._ask = ask
        self._choices.display = False  # filled anew when it shows
        self._draw()
        self.scroll_home(animate=False)
        if eager:
            self.begin()

    def show_reading(self) -> None:
        """Show that a demo is being read, until `show` is given it."""
        self.show(label(READING, self.context.language))
        self._reading = True

    def look_up(self, find: Callable[[], Found], *, renew: bool = False) -> None:
        """Show, or `renew`, what `find` finds: in a thread, because a stranger's file may take a while to parse."""
        if not renew:
            self.show_reading()
        self._look_up(find, self.renew if renew else self.show)

    @work(exclusive=True, group="find")
    async def _look_up(self, find: Callable[[], Found], shown: Callable[..., None]) -> None:
        found = await asyncio.to_thread(find)
        if self.is_attached:
            shown(*found)

    def renew(
        self, found: Script | str, knobs: Mapping[str, KnobValue] | None = None, ask: Predict | None = None
    ) -> None:
        """Files changed: go on with what `show` would be given now. What is the same stays, and a copy that was changed
        here; another script shows its knobs and asks again for what it needs."""
        if isinstance(found, str) or self._found is None:
            if found != self._fault:
                self.show(found, knobs, ask)
            return
        if ask != self._ask:
            self._ask, self._guess, self._decided = ask, None, False
            self._choices.display = False
        given = dict(knobs or found.defaults())
        if given != self._given:
            self._given, self._knobs = given, dict(given)
        if (found.path, found.sha256) != (self._found.path, self._found.sha256):
            mine, self._found, self._original = self.changed, found, found
            if not mine:
                self.stop()
                if self._review is not None:  # the user is reading what no longer holds
                    said = label("The demo has changed: what is shown is what it says now.", self.context.language)
                    self.app.notify(said, severity="warning", markup=False)
                self._take(found)
        self._draw()

    def redraw(self) -> None:
        """The language changed."""
        self._choices.display = False
        self._draw()

    def on_mount(self) -> None:
        self._draw()

    async def on_unmount(self) -> None:
        """Wait for what was stopped: no demo outlives the panel."""
        self.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=3)

    # What may be done now

    @property
    def context(self) -> Context:
        return context(self)

    @property
    def running(self) -> bool:
        return self._demo_run is not None and not self._demo_run.done()

    @property
    def changed(self) -> bool:
        """Whether the script is a copy that the user changed."""
        return self._script is not self._original

    @property
    def _allowed(self) -> bool:
        """Whether it may run; what the user typed in an editor just now, they have seen, but not what that imports."""
        script = self._script
        if script is None:
            return False
        return script.sha256 == self._yes if self.changed else self.context.trust.trusted(script, BUNDLED_DEMOS)

    @property
    def lacks_torch(self) -> bool:
        """Whether the demo speaks of torch, and torch is not installed."""
        return self._script is not None and lacks_torch(self._script)

    @property
    def _asking(self) -> bool:
        """A prediction is asked and not yet given."""
        return self._ask is not None and self._guess is None and self._allowed and not self.lacks_torch

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        ready = self._allowed and not self.running and not self._asking
        match action:
            case "run" | "edit" | "sweep":
                return ready
            case "stop":
                return self.running
            case "measure":
                return len(self._measures()) > 1
            case "keep":
                return ready and self.changed
            case "drop":
                return self.changed and not self.running
            case "source":
                return self._script is not None
            case "allow":
                return self._review is not None and not self._allowed
            case "predict":
                return self._asking and self._ask is not None and bool(self._ask.choices)
        return True

    # Actions

    def begin(self) -> None:
        """What the user most likely wants on coming here: to predict, or else to run."""
        if self._reading:
            self._eager = True
            self.focus()
            return
        if self._asking and self._ask is not None:
            (self._choices if self._ask.choices else self._number).focus()
            return
        (self._rows if self._allowed else self).focus()
        if self._finished is None:
            self.action_run()

    def action_predict(self, choice: int) -> None:
        if self._ask is not None and choice < len(self._ask.choices):
            self._lock(choice)

    def action_allow(self) -> None:
        if self._script is None or self._review is None:
            return  # nothing was shown yet
        try:
            if self.changed:
                self._yes = self._script.sha256
            else:
                self.context.trust.allow(self._script)
            self._review = self._reviewing = None
        except OSError as error:
            self.app.notify(str(error), severity="error", markup=False)
        self._source_shown = False
        self._draw()
        self.begin()

    def action_source(self) -> None:
        self._source_shown = not self._source_shown
        self._draw()
        if self._source_shown:
            self.call_after_refresh(self.scroll_to_widget, self._source, animate=False, top=True)

    def action_run(self) -> None:
        if self._script is not None and self._allowed and not self._asking:
            self._finished, self._output, self._points = None, "", []
            self._begin_task(self._run(self._script, dict(self._knobs)))

    def action_sweep(self) -> None:
        """Run the demo for every value of the knob that is chosen."""
        if self._script is not None and self._allowed and not self._asking:
            self._swept, self._points = self._rows.knobs[self._rows.chosen], []
            self._begin_task(self._sweep(self._script, self._swept, dict(self._knobs)))

    def action_measure(self) -> None:
        """Chart the next measure of a sweep."""
        found = self._measures()
        self._measure = found[(found.index(self._measure) + 1) % len(found)] if self._measure in found else found[0]
        self._draw()

    def action_stop(self) -> None:
        self.stop()

    def stop(self) -> None:
        """End a run that is under way, with all that it started."""
        if self._demo_run is not None:
            self._demo_run.cancel()

    def action_edit(self) -> None:
        """Open a copy of the script in the user's editor, and run what was saved."""
        if self._script is None:
            return
        from quizapp.ui.editor import open_editor

        try:
            changed = edited.edit(self._script, partial(open_editor, self))
        except (OSError, ScriptError) as error:
            say_error(self, error)
            return
        if changed is not None:
            if not edited.brings_new(changed, self._script, BUNDLED_DEMOS):
                self._yes = changed.sha256
            self._take(changed)
            self.action_run()

    def action_keep(self) -> None:
        """Make the changed copy a demo of the user's own."""
        if self._script is None:
            return
        try:
            kept = edited.keep(self._script, self.context.desk.home.demos)
            if kept.sha256 == self._script.sha256:  # else it found another helper there, which the user has not seen
                self.context.trust.allow(kept)
        except (OSError, ScriptError) as error:
            say_error(self, error)
            return
        self._original = kept
        self._take(kept)
        self.app.notify(f"{label('Kept as', self.context.language)} {kept.path}", markup=False)

    def action_drop(self) -> None:
        if self._original is not None:
            self._take(self._original)

    def _take(self, script: Script) -> None:
        """Go on with `script`; knobs that it has too keep their value, if it takes it."""
        self._script, self._review, self._reviewing = script, None, None
        self._knobs = edited.carried(script, self._knobs)
        self._finished, self._output, self._points = None, "", []
        if self._rows.has_focus and not self._allowed:
            self.focus()  # the knobs go away until it is allowed
        self._draw()

    @on(KnobRows.Turned)
    def _turned(self, event: KnobRows.Turned) -> None:
        event.stop()
        self._knobs[event.name] = event.value
        self.action_run()  # before the prediction a knob only sets the stage

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._lock(event.option_index)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._lock(float(event.value))
        except ValueError:
            said = label("Type a number, such as 14.3.", self.context.language)
            self.app.notify(said, severity="warning", markup=False)

    def _lock(self, guess: float) -> None:
        self._guess = guess
        self._rows.focus()
        self.action_run()

    # A run

    def _begin_task(self, work: Coroutine[Any, Any, None]) -> None:
        self.stop()
        self._demo_run = task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        self._draw()
        self.call_after_refresh(self.scroll_end, animate=False)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.call_later(self._draw_end)

    def _draw_end(self) -> None:
        """Draw what a run came to, and then scroll to it."""
        self._draw()
        if self._finished is not None and not (self._points or self.running):
            self.call_after_refresh(self._show_outcome)

    async def _run(self, script: Script, knobs: dict[str, KnobValue]) -> None:
        try:
            finished = await run(script, knobs, self._heard, warm=self.context.warm)
            await self._chart(finished)
        except asyncio.CancelledError:
            if asyncio.current_task() is self._demo_run:  # else another run has taken the panel
                self._finished = Finished(None, 0.0, tell("lab.stopped"), "", 0, None)
            raise
        self._finished = finished
        if finished.result is not None:
            self._runs.append(Ran(knobs, finished.result))
            self._decide(script, knobs, finished.result)

    async def _chart(self, finished: Finished) -> None:
        """Draw the charts of a result, in a thread: many points take a while."""
        width, ascii = self._width, self.context.desk.settings.ascii
        text = await asyncio.to_thread(charts_text, finished.result or {}, width, ascii=ascii)
        self._charts = finished, width, ascii, text

    @work(exclusive=True, group="charts")
    async def _chart_anew(self, finished: Finished) -> None:
        await self._chart(finished)
        if finished is self._finished:
            self._draw()

    async def _sweep(self, script: Script, knob: Knob, knobs: dict[str, KnobValue]) -> None:
        await sweep(script, knob, knobs, self._measured, warm=self.context.warm)

    def _measured(self, point: SweepPoint) -> None:
        """A point of a sweep is there."""
        self._points.append(point)
        if not self._measure:
            found = self._measures()
            self._measure = self._ask.read if self._ask and self._ask.read in found else next(iter(found), "")
        if point.finished.result is None:
            self._finished = point.finished
        self._draw()
        self.call_after_refresh(self.scroll_end, animate=False)

    def _heard(self, text: str) -> None:
        full = self._output.count("\n") >= LINES_KEPT - 1
        kept = joined(self._output, text)[-CHARS_KEPT:]
        self._output = "".join(kept.splitlines(keepends=True)[-LINES_KEPT:])
        self._draw_output(layout=not full)  # a flood pushes lines out at the top: its height stays
        if not full:
            self.scroll_end(animate=False)

    def _decide(self, script: Script, knobs: Mapping[str, KnobValue], result: Mapping[str, Any]) -> None:
        """Set the first measurement against the prediction."""
        measured = result.get(self._ask.read) if self._ask else None
        if self._ask is None or self._guess is None or self._decided or not isinstance(measured, int | float):
            return
        self._decided = True
        self.post_message(self.Predicted(script, knobs, self._ask, self._guess, float(measured)))

    def _show_outcome(self) -> None:
        """Scroll to the end; where the outcome is taller than the pane, to its first line, the verdict."""
        if self._result.size.height >= self.size.height:
            self.scroll_to_widget(self._result, animate=False, top=True)
        else:
            self.scroll_end(animate=False)

    def _measures(self) -> list[str]:
        """The measures of the sweep."""
        results = (point.finished.result or {} for point in self._points)
        return list(dict.fromkeys(k for result in results for k, v in result.items() if isinstance(v, int | float)))

    # Drawing

    def _draw(self) -> None:
        """Bring every part to what holds now. Cheap parts, so none is tracked by itself."""
        if not self.is_attached:
            return
        script = self._script
        head = Text().append(f"▶ {script.title if script else clean(self._fault)}", "bold")
        if self.changed:
            head.append(f"  ({label('changed by you', self.context.language)})", "bold yellow")
        if (
            script and script.about and self._allowed and not (self.running or self._finished or self._asking)
        ):  # it may tell the answer
            paragraphs = (" ".join(part.split()) for part in script.about.split("\n\n"))
            head.append("\n" + "\n".join(paragraphs), "dim")
        self._head.update(head)
        self._rows.display = script is not None and self._allowed
        if script is not None:
            self._rows.show(script.knobs, self._knobs)
        self._draw_question()
        self._draw_output()
        outcome = self._outcome()
        self._result.update(outcome)
        self._result.display = bool(outcome)
        self._draw_source()
        self.refresh_bindings()

    def _draw_source(self) -> None:
        """All that would run, if it is asked for or must be read before a yes."""
        script = self._script
        asking = script is not None and not self._allowed
        self._source.display = script is not None and (self._source_shown or asking)
        if script is None or not self._source.display:
            return
        found = self._review if asking else review(script, None)
        if found is None and self._reviewing is not script:
            self._reviewing = script
            self._look_over(script)
        self._source.show(parts(found, self.context.language) if found else [], code_theme(self.app.current_theme))

    @work(exclusive=True, group="review")
    async def _look_over(self, script: Script) -> None:
        """Find what is to be read of `script`, in a thread."""
        found = await asyncio.to_thread(lambda: review(script, self.context.trust.before(script)))
        if script is self._script and self.is_attached:
            self._review = found
            self._draw()

    def _draw_output(self, *, layout: bool = True) -> None:
        self._printed.display = bool(self._output)
        self._printed.update(Text(self._output.rstrip("\n")), layout=layout)

    def _draw_question(self) -> None:
        """The prediction's question, or what stands in the way of a run."""
        line, spoken, shown = Text(), self.context.language, self.context.shown
        if self._script is not None and not self._allowed:
            line.append(question(self._script, self._review, self.context.key("demo.allow", "y"), spoken))
        elif self.lacks_torch:
            line.append(torch_hint().says(spoken))
        elif self._ask is not None:
            line.append(read(self._ask.ask, shown), "bold")
            if self._asking:
                how = "choose, and it runs" if self._ask.choices else "type a number and press Enter"
                line.append(f"\n{label(f'Predict first: {how}.', spoken)}", "dim")
            elif self._guess is not None:
                choices = self._ask.choices
                guess = read(choices[int(self._guess)].text, shown, " / ") if choices else f"{self._guess:g}"
                line.append(f"\n{label('Your prediction', spoken)}{label(': ', spoken)}").append(guess, "bold")
        self._question.update(line)
        self._question.display = bool(line)
        choices = self._ask.choices if self._asking and self._ask is not None else ()
        if choices and not self._choices.display:
            self._choices.clear_options()
            for letter, choice in zip(LETTERS, choices, strict=False):
                self._choices.add_option(Text(f"{letter}  {read(choice.text, shown, ' / ')}"))
        self._choices.display = bool(choices)
        self._number.display = self._asking and not choices
        if not self._number.display:
            self._number.clear()

    @property
    def _width(self) -> int:
        """Of a chart."""
        return max(30, min(self.scrollable_content_region.width - 2, 90))

    def _outcome(self) -> Text:
        text, spoken, finished = Text(), self.context.language, self._finished
        width, ascii = self._width, self.context.desk.settings.ascii
        if self._swept is not None and self._points:
            text.append(sweep_text(self._points, self._swept, self._measure, width, ascii=ascii))
            text.append(f"{bar(len(self._points), len(sweep_values(self._swept)))}\n", "dim")
        if self.running:
            return text.append(
                f"{label('Running', spoken)}…  ({self.context.key('demo.stop', 'x')}: {label('Stop', spoken)})", "dim"
            )
        if finished is None:
            return text
        if finished.error:
            text.append(f"{clean(finished.error.says(spoken))}\n", "bold red")
        if finished.result is not None and not self._points:
            if self._ask is not None and self._guess is not None:
                text.append(verdict(self._ask, self._guess, finished.result, spoken))
            text.append(measures_text(finished.result))
            of, *how, charts = self._charts
            if of is finished and how == [width, ascii]:
                text.append(charts)
            else:
                self._chart_anew(finished)
        text.append(runs_table(self._runs, width, spoken))
        if finished.dropped:
            said = label("{} bytes of output are not shown.", spoken)
            text.append(f"{said.format(f'{finished.dropped:,}')}\n", "dim")
        return text.append(f"{finished.seconds:.1f} s, {finished.sandbox}" if finished.sandbox else "", "dim")
