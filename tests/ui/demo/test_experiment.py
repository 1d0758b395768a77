"""An experiment goes from phase to phase without an app, and some things hold whatever is done in whatever order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from quizapp.cards.card import Predict, PredictChoice
from quizapp.lab.knob import Knob
from quizapp.lab.review import DemoReview
from quizapp.lab.run import Finished
from quizapp.lab.script import Script
from quizapp.lab.sweep import SweepPoint
from quizapp.texts import tell
from quizapp.ui.demo.experiment import CHARS_KEPT, LINES_KEPT, Experiment, begun
from quizapp.ui.demo.find import Demo
from quizapp.words import same

N = Knob("n", "int", 3, low=1, high=9, step=1)
LOUD = Knob("loud", "bool", False, choices=(False, True))
CHOICES = (PredictChoice(same("small"), (0, 10)), PredictChoice(same("large"), (10, 99)))
CHOOSE = Predict(ask=same("The sum?"), read="sum", choices=CHOICES)
TYPE = Predict(ask=same("The sum?"), read="sum")


def script(source: str = "one", *knobs: Knob) -> Script:
    return Script("add", "Add", "About it.", Path("/demos/add.py"), source.encode(), source, (), (), knobs or (N,))


def demo(of: Script | None = None, ask: Predict | None = None, card: str = "deck/one", n: int = 3) -> Demo:
    return Demo(of or script(), knobs={"n": n}, ask=ask, card_key=card)


def ended(**result: float) -> Finished:
    return Finished(dict(result) or None, 0.1, None if result else tell("lab.stopped"), "limits", 0, 0)


def review(of: Script) -> DemoReview:
    return DemoReview(((of.sha256, ""),), "", (), tell("lab.may.limits_only"), False)


def anything(_: Script) -> bool:
    return True


def nothing(_: Script) -> bool:
    return False


@pytest.fixture(scope="module", autouse=True)
def _without_torch() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quizapp.ui.demo.experiment.lacks_torch", lambda of: b"torch" in of.source)
        yield


def test_from_a_strangers_demo_to_a_verdict() -> None:
    now = begun(demo(ask=CHOOSE), nothing)
    assert now.phase == "untrusted" and not now.may("allow"), "nothing was read yet"
    assert now.allow() is now and now.start(nothing).phase == "untrusted"
    now = now.read_over(script(), review(script())).allow()
    assert now.phase == "asking" and now.review is None
    assert now.start(anything).phase == "asking", "the prediction comes first"
    assert now.predict(2) is now and now.predict(0.5) is now, "there are two choices"
    now = now.predict(1)
    assert now.phase == "ready" and now.predict(0) is now
    now = now.start(anything).hear("adding\n")
    assert now.phase == "running" and now.output == "adding\n"
    now = now.finish(now.knobs, ended(sum=12))
    assert now.phase == "finished" and now.prediction is not None
    assert (now.prediction.card, now.prediction.choice, now.prediction.number) == ("deck/one", 1, None)
    assert (now.prediction.measured, now.prediction.right, now.prediction.script) == (12, True, "one")
    assert now.prediction.knobs == {"n": 3}


def test_the_verdict_is_of_the_first_measurement_and_stays_when_a_knob_is_turned() -> None:
    now = begun(demo(ask=TYPE), anything).predict(11.5).start(anything).finish({"n": 3}, ended())
    assert now.last == ended() and now.prediction is None, "a run that failed decides nothing"
    now = now.start(anything).finish({"n": 3}, ended(count=1))
    assert now.prediction is None, "nor does one that measured something else"
    now = now.turn("n", 4).start(anything).finish({"n": 4}, ended(sum=12))
    assert now.prediction is not None and (now.prediction.number, now.prediction.right) == (11.5, None)
    verdict = now.prediction
    now = now.turn("n", 9).start(anything).finish({"n": 9}, ended(sum=45))
    assert now.prediction is verdict and [run.knobs["n"] for run in now.runs] == [3, 4, 9]
    assert now.renew(replace(now.demo, ask=CHOOSE), anything).prediction is None, "asked something else"


@pytest.mark.parametrize(
    ("shown", "phase"),
    [
        (Demo(fault="There is no demo."), "absent"),
        (demo(ask=None), "ready"),
        (demo(ask=TYPE), "asking"),
        (demo(script("import torch"), ask=TYPE), "ready"),
    ],
)
def test_what_a_demo_waits_for(shown: Demo, phase: str) -> None:
    now = begun(shown, anything)
    assert now.phase == phase
    assert now.may("run") == (phase == "ready") and now.may("source") == (phase != "absent")


def test_what_is_still_read_can_do_nothing_but_wait() -> None:
    now = Experiment(phase="reading")
    assert not any(map(now.may, ("run", "stop", "sweep", "measure", "source", "edit", "keep", "drop", "allow")))
    assert now.start(anything) is now and now.wait().eager


def test_trust_is_asked_for_again_at_every_run() -> None:
    now = begun(demo(), anything)
    assert now.start(nothing).phase == "untrusted", "it was taken back meanwhile"
    assert begun(demo(), nothing).start(anything).phase == "running", "it was given meanwhile"


def test_a_changed_copy_runs_if_it_brings_nothing_unseen_else_it_asks() -> None:
    now = begun(demo(), anything).start(anything).finish({"n": 3}, ended(sum=6))
    copy = script("two", N, LOUD)
    mine = now.turn("n", 5).change(copy, anything, seen=True)
    assert mine.changed and mine.phase == "ready" and mine.knobs == {"n": 5, "loud": False}
    assert mine.last is None and mine.runs == now.runs
    mine = now.change(copy, anything, seen=False)
    assert mine.phase == "untrusted", "that a file may run says nothing of a copy"
    assert mine.read_over(script(), review(script())) is mine, "that was of another"
    mine = mine.read_over(copy, review(copy)).allow()
    assert mine.phase == "ready" and mine.may("keep") and mine.may("drop")
    assert mine.drop(anything).script == script() and not mine.drop(anything).changed
    assert mine.drop(anything).change(copy, anything, seen=False).phase == "ready", "it was allowed here"
    kept = mine.keep(replace(copy, path=Path("/demos/my_add.py")), nothing)
    assert not kept.changed and kept.phase == "untrusted" and kept.demo.script == script()


def test_a_draft_that_is_no_demo_waits_until_it_is_one_or_is_dropped() -> None:
    now = begun(demo(), anything).lay_by(b"def main(:")
    assert now.draft and not now.changed and now.script == script() and now.may("drop") and not now.may("keep")
    assert now.lay_by(b"def main(:") is now and now.turn("n", 4).draft == now.draft
    assert now.renew(demo(script("two", N)), anything).draft == now.draft
    assert not now.drop(anything).draft and now.drop(anything).phase == now.phase
    mine = now.change(script("mine", N), anything, seen=True)
    assert not mine.draft and mine.lay_by(b"(").drop(anything).script == script()


def test_files_change_under_a_demo() -> None:
    now = begun(demo(ask=TYPE), anything).predict(6).turn("n", 5).start(anything)
    assert now.renew(demo(ask=TYPE), anything) == now, "nothing changed: the run goes on"
    assert now.renew(demo(ask=TYPE, n=4), anything).knobs == {"n": 4}
    other = now.renew(demo(script("two", N, LOUD), ask=TYPE), nothing)
    assert (other.phase, other.guess, other.knobs) == ("untrusted", 6, {"n": 5, "loud": False})
    assert now.renew(demo(ask=CHOOSE), anything).phase == "asking", "what runs would give the answer away"
    assert now.renew(demo(ask=None), anything).phase == "running"
    assert now.renew(demo(ask=TYPE, card="deck/two"), anything) == begun(demo(ask=TYPE, card="deck/two"), anything)
    gone = now.renew(Demo(fault="It is gone.", card_key="deck/one"), anything)
    assert gone.phase == "absent" and gone.renew(demo(), anything).phase == "ready"


def test_a_changed_copy_stays_when_files_change_and_takes_the_knobs_that_it_has() -> None:
    copy = script("mine", LOUD)
    now = begun(demo(), anything).change(copy, anything, seen=True).renew(demo(script("two"), n=4), anything)
    assert now.script == copy and now.changed and now.phase == "ready" and now.knobs == {"loud": False}
    assert now.drop(anything).script == script("two")


def test_a_sweep_shows_one_measure_after_another() -> None:
    now = begun(demo(ask=TYPE), anything).predict(6).start_sweep(N, anything)
    assert now.sweeping and now.swept == () and not now.may("measure")
    for n in (1, 2):
        now = now.add_point(SweepPoint(n, ended(count=n, sum=2 * n)))
    assert now.swept == ("sum",), "what the card asks about"
    assert now.may("measure") and now.next_measure().swept == ("count",)
    assert now.next_measure().next_measure().swept == ("sum",)
    now = now.add_point(SweepPoint(3, ended())).end_sweep()
    assert now.phase == "finished" and now.last == ended() and now.prediction is None and not now.sweeping
    now = now.next_measure().start_sweep(N, anything)
    for n in (1, 2):
        now = now.add_point(SweepPoint(n, ended(count=n, sum=6)))
    assert now.swept == ("sum",), "first, in each sweep, though it is the same everywhere"
    assert now.next_measure().swept == ("count",)


def test_what_was_swept_and_measured_stays_until_the_next_run_has_measured_something() -> None:
    now = begun(demo(), anything).start(anything).finish({"n": 3}, ended(sum=6))
    now = now.start_sweep(N, anything).add_point(SweepPoint(1, ended(sum=1)))
    assert now.swept == ("sum",) and not now.stale, "it is not about the run"
    now = now.end_sweep().start(anything)
    assert now.swept == ("sum",) and now.stale and not now.sweeping and now.runs[-1].result == {"sum": 6}
    assert now.add_point(SweepPoint(2, ended(sum=3))) is now
    failed = now.finish({"n": 4}, ended())
    assert failed.stale and failed.swept == ("sum",) and failed.runs[-1].result == {"sum": 6}
    done = now.finish({"n": 4}, ended(sum=10))
    assert not done.stale and done.swept == () and [run.result["sum"] for run in done.runs] == [6, 10]
    assert done.start(anything).finish({"n": 4}, ended(sum=10)).runs == done.runs, "nothing new"


def test_what_is_stopped_says_so_and_a_sweep_keeps_its_points() -> None:
    now = begun(demo(), anything).start(anything).stop()
    assert now.phase == "finished" and now.last is not None and str(now.last.error) == "Stopped."
    assert now.stop() is now and now.finish({}, ended(sum=1)) is now, "it is over"
    sweeping = now.start_sweep(N, anything).add_point(SweepPoint(1, ended(sum=1)))
    assert sweeping.turn("n", 5) is sweeping
    swept = sweeping.stop()
    assert swept.turn("n", 5).knobs["n"] == 5
    assert swept.phase == "finished" and swept.sweep is not None and len(swept.sweep.points) == 1


def test_only_the_last_lines_of_the_output_are_kept() -> None:
    now = begun(demo(), anything)
    assert now.hear("before a run") is now
    now = now.start(anything)
    for line in range(LINES_KEPT + 50):
        assert now.full == (line >= LINES_KEPT - 1)
        now = now.hear(f"{line}\n")
    assert now.output.splitlines() == [str(line) for line in range(50, LINES_KEPT + 50)]
    assert len(now.hear("x" * 2 * CHARS_KEPT).output) <= CHARS_KEPT


ALL = [script(), script("two"), script("three", N, LOUD), script("import torch")]
SCRIPTS = st.sampled_from(ALL)
ASKS = st.sampled_from([TYPE, CHOOSE, TYPE, None])
CARDS = st.sampled_from(["deck/one", "deck/one", "deck/two"])
DEMOS = st.builds(demo, SCRIPTS, ASKS, CARDS) | st.just(Demo(fault="None.", card_key="deck/one"))


class Anything(RuleBasedStateMachine):
    """Whatever happens, in any order: `now` after `was`, and what may run by what was said."""

    @initialize(shown=DEMOS, allowed=st.sets(SCRIPTS.map(lambda of: of.sha256)) | st.just({of.sha256 for of in ALL}))
    def begin(self, shown: Demo, allowed: set[str]) -> None:
        self.files, self.copies = set(allowed), set[str]()  # hashes of what was allowed
        self.now = self.was = begun(shown, self.trusts)
        self.asked_anew = True
        self.began = False
        self.first: float | None = None  # what was measured first since the prediction

    def trusts(self, of: Script) -> bool:
        return of.sha256 in self.files

    def go(self, now: Experiment, *, asked_anew: bool = False, began: bool = False) -> None:
        self.was, self.now, self.asked_anew, self.began = self.now, now, asked_anew, began
        if self.now.guess is None or self.now.guess is not self.was.guess:
            self.first = None

    @rule(of=SCRIPTS)
    def trust(self, of: Script) -> None:
        self.files ^= {of.sha256}
        self.go(self.now)

    @rule(of=SCRIPTS)
    def read_over(self, of: Script) -> None:
        self.go(self.now.read_over(of, review(of)))

    @rule()
    def allow(self) -> None:
        now = self.now.allow()
        if now is not self.now and now.script is not None:
            assert self.now.review == review(now.script), "what is allowed was read"
            (self.copies if now.changed else self.files).add(now.script.sha256)
        self.go(now)

    @rule(guess=st.sampled_from([0, 1, 2]))
    def predict(self, guess: int) -> None:
        self.go(self.now.predict(guess))

    @rule(n=st.integers(1, 9))
    def turn(self, n: int) -> None:
        self.go(self.now.turn("n", n))

    @rule(sweep=st.booleans())
    def start(self, sweep: bool) -> None:
        begin = self.now.start_sweep(N, self.trusts) if sweep else self.now.start(self.trusts)
        self.go(begin, began=True)

    @rule(measured=st.none() | st.integers(0, 99))
    def finish(self, measured: int | None) -> None:
        runs = self.now.phase == "running"
        if runs and measured is not None and self.now.guess is not None and self.first is None:
            self.first = measured
        last = ended() if measured is None else ended(sum=measured)
        self.go(self.now.finish(self.now.knobs, last))

    @rule(measured=st.integers(0, 99))
    def run(self, measured: int) -> None:
        self.start(sweep=False)
        self.finish(measured)

    @precondition(lambda self: self.now.sweep is not None)
    @rule(measured=st.integers(0, 99))
    def point(self, measured: int) -> None:
        self.go(self.now.add_point(SweepPoint(1, ended(sum=measured))))

    @rule()
    def stop(self) -> None:
        self.go(self.now.stop())

    @precondition(lambda self: self.now.may("edit"))
    @rule(of=SCRIPTS, seen=st.booleans())
    def change(self, of: Script, seen: bool) -> None:
        copy = replace(of, source=of.source + b"# mine", sha256=of.sha256 + " mine")
        self.copies |= {copy.sha256} if seen else set()
        self.go(self.now.change(copy, self.trusts, seen=seen))

    @precondition(lambda self: self.now.may("keep"))
    @rule()
    def keep(self) -> None:
        assert self.now.script is not None
        self.files.add(self.now.script.sha256)
        self.go(self.now.keep(self.now.script, self.trusts))

    @precondition(lambda self: self.now.may("drop"))
    @rule()
    def drop(self) -> None:
        self.go(self.now.drop(self.trusts))

    @rule(shown=DEMOS)
    def renew(self, shown: Demo) -> None:
        """Another card is begun anew."""
        was = self.now.demo
        anew = shown.ask != was.ask or shown.card_key != was.card_key or shown.script is None or was.script is None
        self.go(self.now.renew(shown, self.trusts), asked_anew=anew)

    @invariant()
    def nothing_begins_to_run_unless_allowed(self) -> None:
        now = self.now
        if now.phase == "running" and (self.began or self.was.phase != "running"):
            assert now.script is not None
            assert now.script.sha256 in (self.copies if now.changed else self.files)

    @invariant()
    def nothing_runs_before_its_prediction(self) -> None:
        if self.now.phase == "running":
            assert self.now.demo.ask is None or self.now.guess is not None or self.now.lacks_torch

    @invariant()
    def a_locked_prediction_never_changes(self) -> None:
        if not self.asked_anew and self.was.guess is not None:
            assert self.now.guess == self.was.guess
        if not self.asked_anew and self.was.prediction is not None:
            assert self.now.prediction is self.was.prediction

    @invariant()
    def it_is_of_its_own_card_and_of_the_first_measurement(self) -> None:
        prediction = self.now.prediction
        if prediction is not None:
            assert prediction.card == self.now.demo.card_key
            assert (prediction.number if prediction.choice is None else prediction.choice) == self.now.guess
            assert prediction.measured == self.first


TestAnything = Anything.TestCase
TestAnything.settings = settings(max_examples=150, stateful_step_count=30)
