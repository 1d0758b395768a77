"""A demo as one goes through it, as plain state: allowed, predicted, run, turned, swept, changed. Knows no screen.

Every method that says what happened gives the state after it, and the same state where that cannot happen now.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from quizapp.lab.edited import carried
from quizapp.lab.knob import Knob, KnobValue
from quizapp.lab.measured import Ran, is_measure
from quizapp.lab.output import joined
from quizapp.lab.review import DemoReview
from quizapp.lab.run import Finished, lacks_torch
from quizapp.lab.script import Script
from quizapp.lab.sweep import Sweep, SweepPoint
from quizapp.memory.events import Prediction
from quizapp.texts import tell
from quizapp.ui.demo.find import Demo
from quizapp.ui.demo.judged import judged

Phase = Literal["absent", "reading", "untrusted", "asking", "ready", "running", "finished"]
Trusts = Callable[[Script], bool]  # whether a script may run as it was read

LINES_KEPT, CHARS_KEPT = 200, 12_000  # of a demo's output: all of it is painted anew twenty times a second


class Experiment(Struct, frozen=True):
    """Phases: `absent` or still being `reading`; `untrusted` until a yes; `asking` for the prediction; `ready` to run;
    `running`, once or in a sweep; `finished`, and ready to run again.

    `script` is what runs; it is `original` unless the user changed a copy, and that is `demo.script` unless a copy was
    kept. `guess` is the prediction as locked (a choice's index, or a number), `prediction` the same beside the first
    measurement. `last` is how the last run ended, also while the next one is on; `runs` are those that measured
    something: the last of them is what is shown, and the one before is what it is compared with.
    """

    demo: Demo = Demo()
    phase: Phase = "absent"
    eager: bool = False  # it is to begin once it is read
    script: Script | None = None
    original: Script | None = None
    lacks_torch: bool = False  # it speaks of torch, which is not installed
    review: DemoReview | None = None  # what there is to read before a yes; None until it is put together
    draft: bytes = b""  # what the user saved last of a copy, while that is no demo
    yes: str = ""  # hash of the changed copy that was allowed here
    knobs: Mapping[str, KnobValue] = {}
    guess: float | None = None
    prediction: Prediction | None = None
    output: str = ""
    last: Finished | None = None
    runs: tuple[Ran, ...] = ()
    sweep: Sweep | None = None
    measure: str = ""  # of a sweep: the first of those that the user chose to see
    source_shown: bool = False  # though it need not be read
    veiled: bool = False  # the card is not answered: only its prediction, and what that asked for, may be seen

    # What holds

    @property
    def changed(self) -> bool:
        """Whether the script is a copy that the user changed."""
        return self.script != self.original

    @property
    def allowed(self) -> bool:
        return self.phase in ("asking", "ready", "running", "finished")

    @property
    def wanted(self) -> bool:
        """Whether a locked prediction still waits for what it is about."""
        return self.guess is not None and self.prediction is None

    @property
    def free(self) -> bool:
        """Whether nothing stands in the way of a run."""
        return self.allowed and self.phase != "asking"

    def asked(self, result: Mapping[str, object]) -> str:
        """The measure that a result is about: what the card asks for, else what comes first."""
        names = [name for name, value in result.items() if is_measure(value)]
        return ask if (ask := self.asks_about) in names else next(iter(names), "")

    @property
    def sweeping(self) -> bool:
        return self.phase == "running" and self.sweep is not None and not self.sweep.over

    @property
    def stale(self) -> bool:
        """Whether what was measured is not of what is in hand: a run is on, or has failed, or there was none since."""
        return not self.sweeping and (self.phase == "running" or self.last is None or self.last.result is None)

    @property
    def swept(self) -> tuple[str, ...]:
        """The measures of the sweep that are shown: those chosen, else first what the prediction asks about, though it
        may be the same at every value."""
        found, measure = self._together, self.measure or self.asks_about
        return next((names for names in found if measure in names), next(iter(found), ()))

    @property
    def asks_about(self) -> str:
        """The measure that the prediction asks about; "" where there is none."""
        return self.demo.ask.read if self.demo.ask is not None else ""

    @property
    def _together(self) -> list[tuple[str, ...]]:
        if self.sweep is None or self.script is None:
            return []
        result = next((one.finished.result for one in self.sweep.points if one.finished.result), {})
        return self.sweep.together(self.asked(result), self.script.labels_in("en"))

    @property
    def source_seen(self) -> bool:
        """Whether all that would run is shown: where it is asked for, and where it must be read before a yes."""
        return self.script is not None and (self.phase == "untrusted" or (self.source_shown and not self.veiled))

    def may(self, action: str) -> bool:
        """Whether one of the panel's actions can be taken now."""
        if self.veiled and action not in ("allow", "predict", "stop") and (action != "run" or not self.wanted):
            return False
        can_run = self.phase in ("ready", "finished")
        match action:
            case "run" | "edit" | "sweep":
                return can_run
            case "stop":
                return self.phase == "running"
            case "measure":
                return len(self._together) > 1
            case "keep":
                return can_run and self.changed
            case "drop":
                return (self.changed or bool(self.draft)) and self.phase != "running"
            case "source":
                return self.script is not None and self.phase != "untrusted"  # which shows it anyway
            case "close_source":
                return self.source_shown and self.phase != "untrusted"
            case "allow":
                return self.phase == "untrusted" and self.review is not None
            case "predict":
                return self.phase == "asking" and self.demo.ask is not None and bool(self.demo.ask.choices)
        return True

    def _at_rest(self, trusts: Trusts) -> "Experiment":
        """The same in the phase that is due while nothing runs."""
        script = self.script
        if script is None:
            return self
        # What the user typed in an editor just now, they have seen; `trusts` knows files.
        allowed = script.sha256 == self.yes if self.changed else trusts(script)
        return replace(self, phase=self._due() if allowed else "untrusted")

    def _due(self) -> Phase:
        """What an allowed script waits for."""
        if self.demo.ask is not None and self.guess is None and not self.lacks_torch:
            return "asking"
        return "ready" if self.last is None and self.sweep is None else "finished"

    # What is shown, and whether it may run

    def veil(self) -> "Experiment":
        """The card is asked; before its answer."""
        return replace(self, veiled=True)

    def unveil(self) -> "Experiment":
        """The card's answer shows: all of it may be seen."""
        return replace(self, veiled=False)

    def renew(self, demo: Demo, trusts: Trusts) -> "Experiment":
        """Files changed, and `demo` is what they say now. What is the same stays, and a copy that was changed here;
        another script shows its knobs and is asked about again, and so is another prediction."""
        was, now = self.demo, replace(self, demo=demo)
        if demo.script is None or was.script is None or self.script is None or demo.card_key != was.card_key:
            same = demo.card_key == was.card_key
            return self if demo == was else replace(begun(demo, trusts), veiled=self.veiled and same)
        if demo.ask != was.ask:
            now = replace(now, guess=None, prediction=None)
        if demo.knobs != was.knobs:
            now = replace(now, knobs=carried(self.script, demo.knobs))
        if (demo.script.path, demo.script.sha256) != (was.script.path, was.script.sha256):
            now = replace(now, original=demo.script)
            return now._at_rest(trusts) if self.changed else now._take(demo.script, trusts)
        goes_on = now.phase == "running" and now._due() != "asking"
        return now if goes_on else now._at_rest(trusts)

    def read_over(self, script: Script, review: DemoReview) -> "Experiment":
        """What there is to read of `script` has been put together."""
        shown = self.phase == "untrusted" and script == self.script
        return replace(self, review=review) if shown else self

    def wait(self) -> "Experiment":
        """Begin as soon as it is read."""
        return replace(self, eager=True)

    def allow(self) -> "Experiment":
        """The user, who has had everything before their eyes, said yes."""
        if not self.may("allow") or self.script is None:
            return self
        yes = self.script.sha256 if self.changed else self.yes
        return replace(self, phase=self._due(), yes=yes, review=None, source_shown=False)

    def show_source(self) -> "Experiment":
        """Show it, or hide it again."""
        return replace(self, source_shown=not self.source_shown)

    def _take(self, script: Script, trusts: Trusts) -> "Experiment":
        """Go on with `script`, of which nothing was run; knobs that it has too keep their value, if it takes it."""
        knobs = carried(script, self.knobs)
        now = replace(self, script=script, lacks_torch=lacks_torch(script), knobs=knobs, review=None)
        return replace(now, last=None, output="", sweep=None)._at_rest(trusts)

    # A copy that the user changes

    def lay_by(self, draft: bytes) -> "Experiment":
        """`draft` is what was saved in an editor, and no demo; with none of it, that was taken back there."""
        return self if draft == self.draft else replace(self, draft=draft)

    def change(self, script: Script, trusts: Trusts, *, seen: bool) -> "Experiment":
        """`script` is what was saved in an editor; `seen` says that it imports nothing but what was seen before."""
        return replace(self, draft=b"", yes=script.sha256 if seen else self.yes)._take(script, trusts)

    def keep(self, script: Script, trusts: Trusts) -> "Experiment":
        """The changed copy is a file of the user's own now, `script`."""
        return replace(self, original=script)._take(script, trusts)

    def drop(self, trusts: Trusts) -> "Experiment":
        """Back from the changed copy, and from a draft of one."""
        now = replace(self, draft=b"")
        return now if self.original is None or not self.changed else now._take(self.original, trusts)

    # A prediction, and the knobs

    def predict(self, guess: float) -> "Experiment":
        """Lock a choice by its index, or a number. It stays as long as the card asks the same."""
        ask = self.demo.ask
        if self.phase != "asking" or ask is None or (ask.choices and guess not in range(len(ask.choices))):
            return self
        now = replace(self, guess=guess)
        return replace(now, phase=now._due())

    def turn(self, knob: str, value: KnobValue) -> "Experiment":
        """A sweep is let end first: it is of the knobs that it began with."""
        taken = knob in self.knobs and not self.sweeping
        return replace(self, knobs={**self.knobs, knob: value}) if taken else self

    # A run

    def start(self, trusts: Trusts) -> "Experiment":
        """Begin to run, in place of what runs, if it may: another quizapp may have allowed it meanwhile."""
        now = self._at_rest(trusts)
        return replace(now, phase="running", output="", sweep=_over(self.sweep)) if now.may("run") else now

    def start_sweep(self, knob: Knob, trusts: Trusts) -> "Experiment":
        """Begin to run for every value of `knob`."""
        now = self._at_rest(trusts)
        return replace(now, phase="running", sweep=Sweep(knob), measure="") if now.may("sweep") else now

    def hear(self, text: str) -> "Experiment":
        """The run has printed more: only so much is kept of it, from the end."""
        if self.phase != "running":
            return self
        kept = joined(self.output, text)[-CHARS_KEPT:]
        return replace(self, output="".join(kept.splitlines(keepends=True)[-LINES_KEPT:]))

    @property
    def full(self) -> bool:
        """Whether more output pushes lines out at the top."""
        return self.output.count("\n") >= LINES_KEPT - 1

    def finish(self, knobs: Mapping[str, KnobValue], last: Finished) -> "Experiment":
        """The run with `knobs` has ended. The first measurement of what was predicted decides the prediction."""
        if self.phase != "running":
            return self
        now, ran = replace(self, phase="finished", last=last), Ran(knobs, last.result or {})
        if last.result is None:
            return now
        if self.wanted and self.demo.ask is not None and self.guess is not None and self.script is not None:
            prediction = judged(self.demo.ask, self.guess, self.demo.card_key, self.script, ran)
            now = replace(now, prediction=prediction)
        runs = self.runs if self.runs and self.runs[-1] == ran else (*self.runs, ran)
        return replace(now, runs=runs, sweep=None)

    def add_point(self, point: SweepPoint) -> "Experiment":
        """A point of the sweep was measured, or its run failed."""
        if self.sweep is None or not self.sweeping:
            return self
        sweep = replace(self.sweep, points=(*self.sweep.points, point))
        return replace(self, sweep=sweep, last=point.finished if point.finished.result is None else self.last)

    def end_sweep(self) -> "Experiment":
        return replace(self, phase="finished", sweep=_over(self.sweep)) if self.sweeping else self

    def stop(self) -> "Experiment":
        """The run was ended before it was over."""
        if self.phase != "running" or self.sweeping:
            return self.end_sweep()
        return replace(self, phase="finished", last=Finished(None, 0.0, tell("lab.stopped"), "", 0, None))

    def next_measure(self) -> "Experiment":
        """Show the next of what the sweep measured."""
        found = self._together
        return replace(self, measure=found[(found.index(self.swept) + 1) % len(found)][0]) if found else self


def begun(demo: Demo, trusts: Trusts) -> Experiment:
    """Nothing was done yet with `demo`."""
    script = demo.script
    if script is None:
        return Experiment(demo)
    now = Experiment(demo, script=script, original=script, lacks_torch=lacks_torch(script), knobs=dict(demo.knobs))
    return now._at_rest(trusts)


def _over(sweep: Sweep | None) -> Sweep | None:
    return replace(sweep, over=True) if sweep is not None else None
