"""The page on which code is written for a card, as plain state: submitted, judged, hinted, shown, put in order. It
knows no screen.

Every method that says what happened gives the state after it, and the same state where that cannot happen now.
"""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.card import Code
from quizapp.lab.code_verdict import CodeVerdict
from quizapp.lab.exercise import Exercise
from quizapp.lab.review import DemoReview
from quizapp.memory.events import Attempted
from quizapp.study.code import Try, gave_away, hinted, ran, scrambled, slipped
from quizapp.texts import Sentence
from quizapp.ui.code.puzzle import Puzzle, puzzle_of

PagePhase = Literal["reading", "absent", "writing", "untrusted", "judging", "ordering", "done"]


class CodeTask(Struct, frozen=True):
    """What there is of a card that asks for code: its exercise, or in `fault` why there is none; the `text` that was
    left unfinished; `earlier`, the last attempt of another day; `source`, the solution whose lines may be put in order,
    and `traps`, the wrong ones whose lines stand among them.

    `turn` is how often it was asked before; `mends`: it was forgotten today, so its lines are put in order. `tried` is
    what was submitted before this sitting since it was asked; `passed`: it did pass once. `unjudged` says why nothing
    is judged here, if it is not.
    """

    card: Code
    turn: int = 0
    mends: bool = False
    exercise: Exercise | None = None
    fault: Sentence | str = ""
    text: str = ""
    earlier: Attempted | None = None
    source: str = ""
    traps: dict[str, str] = {}
    tried: Try = Try()
    passed: bool = False
    unjudged: Sentence | None = None


class Page(Struct, frozen=True):
    """Phases: `reading` the task, or its exercise is `absent`; `writing`; `untrusted`, submitted and waiting for a yes;
    `judging`; `ordering` lines; `done`, the answer shows.

    `tried` is what a grade is suggested by. `text` is what was submitted last, `verdict` what is said of it; `named`:
    its mistake was named; `told`: the last thing asked for was a hint. `lesson`: the reference was shown to somebody
    who never wrote it, and its lines are still to be put in order. `compares`: earlier attempts stand beside.
    """

    task: CodeTask | None = None
    phase: PagePhase = "reading"
    tried: Try = Try()
    text: str = ""
    verdict: CodeVerdict | None = None
    named: bool = False
    told: bool = False
    lesson: bool = False
    compares: bool = False
    review: DemoReview | None = None  # what there is to read before a yes
    puzzle: Puzzle | None = None

    # What holds

    @property
    def exercise(self) -> Exercise | None:
        return self.task.exercise if self.task is not None else None

    @property
    def hints_left(self) -> int:
        return len(self.task.card.hints) - self.tried.hints if self.task is not None else 0

    @property
    def untried(self) -> bool:
        """Whether the first run, which grades, is still to come."""
        return self.tried.passed is None and not self.tried.told

    @property
    def passed(self) -> bool:
        return self.verdict is not None and self.verdict.passed

    @property
    def mends(self) -> bool:
        return self.task is not None and self.task.mends

    @property
    def solved(self) -> bool:
        """Whether the lines stand in order."""
        return self.phase == "ordering" and self.puzzle is not None and self.puzzle.solved

    def may(self, action: str) -> bool:
        """Whether something can be done now."""
        written = self.phase in ("writing", "judging")
        match action:
            case "submit" | "write":
                return written or self.phase == "ordering"
            case "outside" | "reference":
                return written
            case "hint":
                return written and self.hints_left > 0
            case "no_hint":
                return written and self.hints_left <= 0
            case "name":
                return written and self.verdict is not None and bool(self.verdict.traps) and not self.named
            case "allow":
                return self.phase == "untrusted" and self.review is not None
            case "order":
                return self.lesson
            case "compare":
                return self.phase == "done" and not self.mends
        return True

    # What happens

    def submit(self, text: str, *, trusted: bool) -> "Page":
        """`text`, which is Python, is to be judged; first the exercise is to be allowed, where it is not `trusted`."""
        if not self.may("submit") or self.phase == "ordering":
            return self
        return replace(self, phase="judging" if trusted else "untrusted", text=text)

    def slip(self, text: str, verdict: CodeVerdict) -> "Page":
        """`text` was submitted, and is not Python: nothing ran."""
        if not self.may("submit") or self.phase == "ordering":
            return self
        tried = slipped(self.tried)
        return replace(self, phase="writing", text=text, verdict=verdict, tried=tried, named=False, told=False)

    def glance(self, text: str, verdict: CodeVerdict) -> "Page":
        """Another editor saved `text`, which is not Python: said, and not counted, since nobody submitted it."""
        return replace(self, text=text, verdict=verdict, named=False, told=False) if self.may("submit") else self

    def renew(self, task: CodeTask) -> "Page":
        """Files changed: go on with what they say of the same card."""
        return replace(self, task=task)

    def read_over(self, review: DemoReview) -> "Page":
        """What there is to read before a yes has been put together."""
        return replace(self, review=review) if self.phase == "untrusted" else self

    def allow(self) -> "Page":
        """The user said yes: what was submitted is judged."""
        return replace(self, phase="judging", review=None) if self.may("allow") else self

    def go_back(self) -> "Page":
        """Out of what is to be read before a yes, which holds the reference; or a run was stopped."""
        if self.phase == "untrusted":
            return replace(self, phase="writing", review=None, tried=gave_away(self.tried))
        return replace(self, phase="writing") if self.phase == "judging" else self

    def judged(self, verdict: CodeVerdict, seconds: float, *, counts: bool = True) -> "Page":
        """What was submitted `seconds` after the card was asked got its verdict. It counts unless nothing ran through
        no fault of the text; where it is a slip, the run that grades is still to come."""
        if self.phase != "judging":
            return self
        tried = self.tried
        if counts:
            tried = slipped(tried) if verdict.slip else ran(tried, passed=verdict.passed, seconds=seconds)
        return replace(self, phase="writing", verdict=verdict, tried=tried, named=False, told=False)

    def hint(self) -> "Page":
        """Tell the next hint."""
        return replace(self, tried=hinted(self.tried), told=True) if self.may("hint") else self

    def name(self) -> "Page":
        """Name the mistake, or those that are in it."""
        return replace(self, named=True, told=False) if self.may("name") else self

    def show(self) -> "Page":
        """The answer shows: it passed, or was given up."""
        if self.phase in ("reading", "done") or self.task is None:
            return self
        if self.passed or self.task.exercise is None or self.task.unjudged is not None:
            return replace(self, phase="done")
        first = not (self.task.turn or self.task.passed or self.phase == "ordering")
        return replace(self, phase="done", tried=gave_away(self.tried), lesson=first)

    def compare(self) -> "Page":
        """Show what was written before beside it, or hide it again."""
        return replace(self, compares=not self.compares) if self.may("compare") else self

    def put_in_order(self) -> "Page":
        """Begin to put the lines in order."""
        task = self.task
        if task is None or task.exercise is None or self.phase == "ordering":
            return self
        lines = scrambled(task.source, task.traps, task.card.key, task.turn)
        return replace(self, phase="ordering", puzzle=puzzle_of(lines), lesson=False, compares=False)

    def ordered(self, puzzle: Puzzle) -> "Page":
        """The lines stand otherwise now."""
        return replace(self, puzzle=puzzle) if self.phase == "ordering" else self

    def put_right(self) -> "Page":
        """The lines are in order: back to the answer."""
        return replace(self, phase="done") if self.phase == "ordering" else self


def opened(task: CodeTask) -> Page:
    """The page of a card that is asked."""
    if task.exercise is None:
        return Page(task, "absent")
    page = Page(task, "writing", text=task.text, tried=task.tried)
    return page.put_in_order() if task.mends else page
