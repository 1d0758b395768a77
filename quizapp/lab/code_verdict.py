"""What the judge says of an attempt: plain data, its sentences in both languages."""

from typing import Literal

import msgspec

from quizapp.texts import Sentence, tell

HowItDiffers = Literal["kind", "count", "names", "shape", "dtype", "value", "changed"]
CaseState = Literal["passed", "differs", "raised", "hung", "unrun"]


class Difference(msgspec.Struct, frozen=True):
    """The first thing in which a result is not the expected one.

    `what` is the part of the result, the input that was changed, or the gradient of the input `gradient_of`. `got` and
    `expected` are kinds, shapes, dtypes or, at `index`, numbers; `wrong` of `entries` differ. `ratio` is got over
    expected where that is one and the same number everywhere.
    """

    what: Sentence
    how: HowItDiffers
    got: str
    expected: str
    index: tuple[int, ...] = ()
    wrong: int = 1
    entries: int = 1
    ratio: float | None = None
    gradient_of: str = ""

    @property
    def sentence(self) -> Sentence:
        """It in one line."""
        said = tell("judging.differs", what=self.what, how=self._how())
        if self.ratio is not None:
            return Sentence(f"judging.ratio_of_{self._number}", (("differs", said), ("ratio", self.ratio)))
        return said

    @property
    def _number(self) -> str:
        return "all" if self.entries > 1 else "one"

    def _how(self) -> Sentence:
        if self.how == "value" and self.entries > 1:
            at = ", ".join(map(str, self.index))
            return tell(
                "judging.values", got=self.got, expected=self.expected, at=at, wrong=self.wrong, entries=self.entries
            )
        return Sentence(f"judging.how.{self.how}", (("got", self.got), ("expected", self.expected)))


class CaseVerdict(msgspec.Struct, frozen=True):
    """How one case went, or one `check_NAME`, which is called so. `call` has the arguments with their shapes, `error`
    what it raised, or which law does not hold, `line` (from 1; 0: none) where in the attempt."""

    name: str
    state: CaseState
    call: str = ""
    difference: Difference | None = None
    error: Sentence | None = None
    line: int = 0

    @property
    def passed(self) -> bool:
        return self.state == "passed"

    @property
    def sentence(self) -> Sentence | None:
        """What is wrong, in one line; None for a case that passed or was not reached."""
        return self.difference.sentence if self.difference else self.error


class CodeVerdict(msgspec.Struct, frozen=True):
    """What came of an attempt. It passed where every case did; a run that left no record of one has failed.

    `error` says why the cases did not run, or not to their end, with the place in the attempt where there is one
    (`line` and `column` from 1; 0: none); `slip` that nothing could be judged: it is not even Python, or every case
    stopped at a name that there is not. `trap` is the name of the known mistake that gives these same results in every
    case, or ""; then `parts` are those that each explain a part of what fails, as no other does, and that no case
    contradicts. `output` is what was printed, clean. `seconds` is how long its run took, `sandbox` one of
    `sandbox.SANDBOX_LEVELS`.
    """

    passed: bool
    cases: tuple[CaseVerdict, ...]
    error: Sentence | None = None
    line: int = 0
    column: int = 0
    slip: bool = False
    trap: str = ""
    parts: tuple[str, ...] = ()
    output: str = ""
    seconds: float = 0.0
    sandbox: str = ""

    @property
    def failed(self) -> CaseVerdict | None:
        """The first case that did not pass; None if all did, or none was reached."""
        return next((case for case in self.cases if not case.passed and case.state != "unrun"), None)

    @property
    def traps(self) -> tuple[str, ...]:
        """The known mistakes that it is or that are in it."""
        return (self.trap,) if self.trap else self.parts

    @property
    def differs(self) -> bool:
        """Whether a case came to something else than expected, so that there is something to explain."""
        return any(case.state == "differs" for case in self.cases)

    @property
    def passing(self) -> int:
        """How many cases passed."""
        return sum(case.passed for case in self.cases)
