"""The demo beside the answer: predict, run, compare, turn the knobs, read the source."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from quizapp.cards.card import Predict
from quizapp.cards.sheet import LETTERS
from quizapp.lab.knob import Value
from quizapp.lab.output import joined
from quizapp.lab.run import TORCH_HINT, Finished, run, torch_missing
from quizapp.lab.script import Script
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_DEMOS
from quizapp.ui.labels import label
from quizapp.ui.widgets.knob_rows import KnobRows
from quizapp.words import Language, Shown, clean, read

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp

LINES_KEPT = 200  # of a demo's output: all of them are painted anew twenty times a second


class DemoPanel(VerticalScroll, can_focus=True):
    """One demo. A prediction, where the card asks one, is locked before the first run; the measurement decides it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "run", "Run", id="demo.run"),
        Binding("x", "stop", "Stop", id="demo.stop"),
        Binding("v", "source", "Source", id="demo.source"),
        Binding("y", "allow", "Allow", id="demo.allow"),
        *(
            Binding(key, f"predict({i})", "Predict", key_display="a-f", show=key == "a", id=f"demo.predict-{key}")
            for i, key in enumerate(LETTERS[:6])
        ),
    ]

    class Predicted(Message):
        """A locked prediction met its measurement. `guess` is a choice's number, or the number typed; `right` is None
        for a number."""

        def __init__(
            self, script: Script, knobs: Mapping[str, Value], ask: Predict, guess: float, measured: float
        ) -> None:
            self.script, self.knobs, self.ask, self.guess, self.measured = script, dict(knobs), ask, guess, measured
            self.right = verdict(ask, guess, measured)
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._head, self._question = Static(markup=False), Static(markup=False)
        self._rows = KnobRows()
        self._choices = OptionList(markup=False)
        self._number = Input(type="number", placeholder="0.0")
        self._printed, self._result, self._source = Static(markup=False), Static(markup=False), Static(markup=False)
        self._script: Script | None = None
        self._fault = ""  # why there is no script
        self._knobs: dict[str, Value] = {}
        self._ask: Predict | None = None
        self._guess: float | None = None
        self._decided = False
        self._demo_run: asyncio.Task[Finished] | None = None
        self._finished: Finished | None = None
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

    def show(self, found: Script | str, knobs: Mapping[str, Value] | None = None, ask: Predict | None = None) -> None:
        """Show a demo with `knobs` set (the others at their defaults), or the sentence that says why there is none."""
        self.stop()
        self._script, self._fault = (None, found) if isinstance(found, str) else (found, "")
        self._knobs = {**self._script.defaults(), **(knobs or {})} if self._script else {}
        self._ask, self._guess, self._decided = ask, None, False
        self._finished, self._source_shown = None, False
        self._output = ""
        self._choices.display = False  # filled anew when it shows
        self._draw()
        self.scroll_home(animate=False)

    def on_mount(self) -> None:
        self._draw()

    def redraw(self) -> None:
        """The language changed."""
        self._choices.display = False
        self._draw()

    def on_unmount(self) -> None:
        self.stop()

    # What may be done now

    @property
    def running(self) -> bool:
        return self._demo_run is not None and not self._demo_run.done()

    @property
    def _trust(self) -> Trust:
        return cast("QuizApp", self.app).trust

    @property
    def _allowed(self) -> bool:
        return self._script is not None and self._trust.trusted(self._script, BUNDLED_DEMOS)

    @property
    def _asking(self) -> bool:
        """A prediction is asked and not yet given."""
        return self._ask is not None and self._guess is None and self._allowed and not torch_missing()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "run":
                return self._allowed and not self.running and not self._asking
            case "stop":
                return self.running
            case "source":
                return self._script is not None
            case "allow":
                return self._script is not None and not self._allowed
            case "predict":
                return self._asking and self._ask is not None and bool(self._ask.choices)
        return True

    # Actions

    def begin(self) -> None:
        """What the user most likely wants on coming here: to predict, or else to run."""
        if self._asking:
            self._focus_prediction()
        else:
            self.focus()
            if self._finished is None and self.check_action("run", ()):
                self.action_run()

    def action_predict(self, choice: int) -> None:
        if self._ask is not None and choice < len(self._ask.choices):
            self._lock(choice)

    def action_allow(self) -> None:
        if self._script is not None:
            try:
                self._trust.allow(self._script)
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
        if self._script is None or not self._allowed or self._asking:
            return
        self.stop()
        self._output = ""
        self._finished = None
        self._demo_run = asyncio.create_task(self._run(self._script, dict(self._knobs)))
        self._draw()
        self.call_after_refresh(self.scroll_end, animate=False)

    def action_stop(self) -> None:
        self.stop()

    def stop(self) -> None:
        """End a run that is under way, with all that it started."""
        if self._demo_run is not None:
            self._demo_run.cancel()

    @on(KnobRows.Turned)
    def _turned(self, event: KnobRows.Turned) -> None:
        event.stop()
        self._knobs[event.name] = event.value
        if self._guess is not None or self._ask is None:  # before the prediction a knob only sets the stage
            self.action_run()

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
            self.app.notify("Type a number, such as 14.3.", severity="warning", markup=False)

    def _lock(self, guess: float) -> None:
        self._guess = guess
        self.focus()
        self.action_run()

    # A run

    async def _run(self, script: Script, knobs: dict[str, Value]) -> Finished:
        task = asyncio.current_task()
        try:
            finished = await run(script, knobs, self._heard, warm=cast("QuizApp", self.app).warm)
        except asyncio.CancelledError:
            finished = Finished(None, 0.0, label("Stopped.", self._spoken), "", 0, None)
            if task is not self._demo_run:  # another run has taken the panel
                return finished
        self._finished = finished
        self._decide(script, knobs, finished)
        self.call_later(self._draw)
        self.call_after_refresh(self._show_outcome)
        return finished

    def _show_outcome(self) -> None:
        """Scroll to the end; where the outcome is taller than the pane, to its first line, the verdict."""
        if self._result.size.height >= self.size.height:
            self.scroll_to_widget(self._result, animate=False, top=True)
        else:
            self.scroll_end(animate=False)

    def _heard(self, text: str) -> None:
        self._output = "".join(joined(self._output, text).splitlines(keepends=True)[-LINES_KEPT:])
        self._draw_output()
        self.scroll_end(animate=False)

    def _decide(self, script: Script, knobs: Mapping[str, Value], finished: Finished) -> None:
        """Set the first measurement against the prediction."""
        measured = (finished.result or {}).get(self._ask.read) if self._ask else None
        if self._ask is None or self._guess is None or self._decided or not isinstance(measured, int | float):
            return
        self._decided = True
        self.post_message(self.Predicted(script, knobs, self._ask, self._guess, float(measured)))

    # Drawing

    @property
    def _spoken(self) -> Language:
        return cast("QuizApp", self.app).spoken

    @property
    def _shown(self) -> Shown:
        return cast("QuizApp", self.app).shown

    def _focus_prediction(self) -> None:
        assert self._ask is not None
        (self._choices if self._ask.choices else self._number).focus()

    def _draw(self) -> None:
        """Bring every part to what holds now. Cheap parts, so none is tracked by itself."""
        if not self.is_attached:
            return
        script, running, language = self._script, self.running, self._spoken
        head = Text().append(f"▶ {script.title if script else clean(self._fault)}", "bold")
        if script and script.about and not (running or self._finished or self._asking):  # it may tell the answer
            paragraphs = (" ".join(part.split()) for part in script.about.split("\n\n"))
            head.append("\n" + "\n".join(paragraphs), "dim")
        self._head.update(head)
        self._rows.display = script is not None and self._allowed
        if script is not None:
            self._rows.show(script.knobs, self._knobs)
        self._draw_ask()
        self._draw_output()
        self._result.update(self._outcome(language))
        self._result.display = running or self._finished is not None
        self._source.display = script is not None and (self._source_shown or not self._allowed)
        if script is not None and self._source.display:
            from rich.syntax import Syntax

            theme = "monokai" if self.app.current_theme.dark else "friendly"
            self._source.update(Syntax(script.text, "python", theme=theme, background_color="default", word_wrap=True))
        self.refresh_bindings()

    def _draw_output(self) -> None:
        self._printed.display = bool(self._output)
        self._printed.update(Text(self._output.rstrip("\n")))

    def _draw_ask(self) -> None:
        """The prediction's question, or what stands in the way of a run."""
        line = Text()
        choices, number = self._choices, self._number
        if self._script is not None and not self._allowed:
            line.append(f"{self._script.path}\n", "bold")
            line.append(
                "This demo is not one of those that come with quizapp. Read it below; y allows it as it stands."
            )
        elif self._script is not None and torch_missing():
            line.append(TORCH_HINT)
        elif self._ask is not None:
            line.append(read(self._ask.ask, self._shown), "bold")
            if self._asking:
                how = "choose, and it runs" if self._ask.choices else "type a number and press Enter"
                line.append(f"\n{label(f'Predict first: {how}.', self._spoken)}", "dim")
            elif self._guess is not None:
                line.append(f"\n{label('Your prediction', self._spoken)}: ").append(self._guess_text(), "bold")
        self._question.update(line)
        self._question.display = bool(line)
        if self._asking and self._ask is not None and self._ask.choices and not choices.display:
            choices.clear_options()
            for letter, choice in zip(LETTERS, self._ask.choices, strict=False):
                choices.add_option(Text(f"{letter}  {read(choice.text, self._shown, ' / ')}"))
        choices.display = self._asking and self._ask is not None and bool(self._ask.choices)
        number.display = self._asking and self._ask is not None and not self._ask.choices
        if not number.display:
            number.clear()

    def _guess_text(self) -> str:
        assert self._ask is not None and self._guess is not None
        if self._ask.choices:
            return read(self._ask.choices[int(self._guess)].text, self._shown, " / ")
        return f"{self._guess:g}"

    def _outcome(self, language: Language) -> Text:
        text = Text()
        if self.running:
            return text.append(f"{label('Running', language)}…  (x: {label('Stop', language)})", "dim")
        finished = self._finished
        if finished is None:
            return text
        if finished.error:
            text.append(f"{clean(finished.error)}\n", "bold red" if finished.exit else "bold")
        if finished.result is not None:
            self._append_verdict(text, finished.result, language)
            self._append_measures(text, finished.result)
        if finished.dropped:
            text.append(f"{finished.dropped:,} bytes of output are not shown.\n", "dim")
        text.append(f"{finished.seconds:.1f} s, {finished.sandbox}", "dim")
        return text

    def _append_verdict(self, text: Text, result: Mapping[str, object], language: Language) -> None:
        from quizapp.lab.chart import shown

        measured = result.get(self._ask.read) if self._ask else None
        if self._ask is None or self._guess is None or not isinstance(measured, int | float):
            return
        right = verdict(self._ask, self._guess, measured)
        text.append(f"{label('Measured', language)}: {shown(self._ask.read, measured)}   ", "bold")
        if right is None:
            text.append(f"{self._guess - measured:+.3g}\n", "bold")
        else:
            text.append(
                f"{'✓' if right else '✗'} {label('right' if right else 'wrong', language)}\n",
                "bold green" if right else "bold red",
            )

    def _append_measures(self, text: Text, result: Mapping[str, object]) -> None:
        from quizapp.lab.chart import chart, charts, measures

        found = measures(result)
        width = max((len(name) for name, _, _ in found), default=0)
        for name, _, shown in found:
            text.append(f"{name:{width}}  ").append(f"{shown}\n", "bold")
        columns = max(30, min(self.scrollable_content_region.width - 2, 90))
        for name, _ in charts(result):
            for line in chart(name, result[name], columns, 14):
                text.append("\n").append_text(line)
            text.append("\n")


def verdict(ask: Predict, guess: float, measured: float) -> bool | None:
    """Whether the choice numbered `guess` holds what was measured; None where a number was asked."""
    if not ask.choices:
        return None
    low, high = ask.choices[int(guess)].range
    return low <= measured < high
