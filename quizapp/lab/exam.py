"""Runs of an exercise's cases: some texts go to the side of a candidate, what came of each comes back as plain data."""

from base64 import b64decode
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from quizapp.lab.exercise import Exercise
from quizapp.lab.plain import PlainValue
from quizapp.lab.run import Limits, RunAnswer, RunEnd, carry_out, run_answer, walls_of
from quizapp.lab.start import Launcher
from quizapp.paths import BUNDLED_DECKS
from quizapp.words import Language

CASE_S, ALL_S = 5.0, 20.0  # a case, and all of a run
MAX_PRINTED = 20_000  # bytes of output that are kept

Named = tuple[tuple[str, PlainValue], ...]

_T = TypeVar("_T")


class Raised(msgspec.Struct, frozen=True):
    """An error: its type, what it says, the line of the text where it came up (0: not there)."""

    kind: str
    why: str
    line: int


class Came(msgspec.Struct, frozen=True):
    """What came of one case: a result, the gradients that are asked for and the inputs afterwards; of a check whether
    it `holds`; or an error; or more than may cross."""

    result: PlainValue | None = None
    grads: Named = ()
    after: Named = ()
    holds: bool | None = None
    raised: Raised | None = None
    much: bool = False


class Told(msgspec.Struct, frozen=True):
    """What came of one text: of every case and check in order, in `cpu_s` seconds; or that it defines nothing of that
    name, or what it raised before anything was called."""

    came: tuple[Came, ...] = ()
    cpu_s: float = 0.0
    missing: bool = False
    fault: Raised | None = None


class ExamText(msgspec.Struct, frozen=True):
    """A text to run, its inputs moved a little unless `nudge` is 0."""

    text: str
    nudge: int = 0


class Exam(msgspec.Struct, frozen=True):
    """One run: its seed, whether what is forbidden refuses, whether texts are told of as a whole, its times."""

    seed: int = 0
    forbid: bool = True
    whole: bool = True
    case_s: float = CASE_S
    all_s: float = ALL_S


class Examined(msgspec.Struct, frozen=True):
    """What a run left. `told` is by the place of the text, `single` by case where one text was told of case by case;
    `at` is the text and the case that it was in when it ended before its time (case -1: before the first)."""

    end: RunEnd
    answer: RunAnswer
    output: str
    inputs: tuple[tuple[str, Named], ...] = ()
    told: dict[int, Told] = {}
    single: dict[int, Came] = {}
    at: tuple[int, int] | None = None
    broken: Raised | None = None


async def examined(
    exercise: Exercise, texts: Sequence[ExamText], exam: Exam, warm: Launcher | None = None, language: Language = "en"
) -> Examined:
    """Run `texts` on the exercise's cases, walled in as a demo is. Never raises for what they do."""
    from quizapp.lab.output import joined

    printed = ""

    def show(batch: str) -> None:
        nonlocal printed
        printed = joined(printed, batch)

    limits = Limits(seconds=exam.all_s, output_bytes=MAX_PRINTED)
    end = await carry_out(_exam_job(exercise, texts, exam, limits), limits, show, warm, language)
    return _read(end, len(texts), printed)


def _exam_job(exercise: Exercise, texts: Sequence[ExamText], exam: Exam, limits: Limits) -> dict[str, Any]:
    asked = {
        "source": exercise.judged,
        "imports": exercise.imports,
        "target": exercise.target,
        "file": exercise.path.name,
        "forbid": exercise.forbid if exam.forbid else (),
        "uses": bool(exercise.use),
        "checks": list(exercise.checks),
        "seed": exam.seed,
        "case_s": exam.case_s,
    }
    return {
        "exercise": asked,
        "texts": [[str(place), one.text, one.nudge] for place, one in enumerate(texts)],
        "whole": exam.whole,
        "folder": "",
        "hidden": [str(BUNDLED_DECKS.parent), str(exercise.path.parent)],  # there the solution can be read
        **walls_of(limits),
    }


def _read(end: RunEnd, count: int, printed: str) -> Examined:
    """All that is well said; the candidate may have written there, too."""
    said, at = end.said, end.said.get("at")
    told: dict[int, Told] = {}
    single: dict[int, Came] = {}
    for name, data in said.items():
        text, case = name.split(" ") if name.count(" ") == 1 else (name, "")
        if text in map(str, range(count)) and not case and (all_of_it := _unpacked(data, Told)) is not None:
            told[int(text)] = all_of_it
        elif text == "0" and case.isdecimal() and (one := _unpacked(data, Came)) is not None:
            single[int(case)] = one
    placed = isinstance(at, list) and len(at) == 2 and str(at[0]).isdecimal() and isinstance(at[1], int)
    return Examined(
        end,
        run_answer(said),
        printed,
        _unpacked(said.get("inputs"), tuple[tuple[str, Named], ...]) or (),
        told,
        single,
        (int(at[0]), at[1]) if placed and isinstance(at, list) else None,
        _unpacked(said.get("broken"), Raised),
    )


def _unpacked(data: object, kind: type[_T]) -> _T | None:
    if not isinstance(data, str):
        return None
    try:
        found: _T = msgspec.json.decode(b64decode(data, validate=True), type=kind)
    except (ValueError, RecursionError, msgspec.DecodeError):
        return None
    return found
