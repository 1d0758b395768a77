"""Is an attempt right? The candidate and the reference run in processes of their own; what came of them is compared.

The side of the candidate has neither reference nor traps, in memory or within reach, so it cannot look for them; what
it prints or claims to be equal counts for nothing; a case without a record has failed. A `check_NAME` alone is decided
where the candidate runs: a text that patches torch could fool it.
"""

import asyncio
import signal
import sys
import warnings
from collections.abc import Sequence

import msgspec

from quizapp.install_hint import hint
from quizapp.lab.code_verdict import CaseVerdict, CodeVerdict, Difference
from quizapp.lab.differ import differ
from quizapp.lab.exam import ALL_S, CASE_S, Came, Exam, Examined, ExamText, Named, Raised, Told, examined
from quizapp.lab.exercise import Exercise
from quizapp.lab.known_mistakes import known_parts, known_trap
from quizapp.lab.plain import call_of
from quizapp.lab.run import Limits, RunAnswer, torch_missing
from quizapp.lab.start import Launcher
from quizapp.texts import Sentence, tell
from quizapp.words import Language, clean

MAX_ATTEMPT = 50_000  # characters of an attempt
_NO_SUCH_ARGUMENT = ("got an unexpected keyword argument", "is an invalid keyword argument")  # what a TypeError says


class AnswerKey(msgspec.Struct, frozen=True):
    """What is right: the cases' names and inputs, what came of the reference in each case, and of every trap that ran.
    `error` says why there is none; then nothing can pass."""

    sha256: str  # of the exercise
    seed: int
    inputs: tuple[tuple[str, Named], ...] = ()
    reference: tuple[Came, ...] = ()
    traps: dict[str, tuple[Came, ...]] = {}
    error: Sentence | None = None


async def answer_key(exercise: Exercise, *, warm: Launcher | None = None, seed: int = 0) -> AnswerKey:
    """Run the reference and the traps; the same for the same exercise and seed, so it may be kept for many attempts."""
    texts = [ExamText(exercise.reference), *map(ExamText, exercise.traps.values())]
    found = await examined(exercise, texts, Exam(seed=seed, forbid=False), warm)
    reference = found.told.get(0, Told()).came
    if found.broken is not None:
        return AnswerKey(
            exercise.sha256, seed, error=tell("judging.broken", why=_why(found.broken), name=exercise.name)
        )
    wanted = len(found.inputs) + len(exercise.checks)
    bad = next((one.raised for one in reference if one.raised is not None), found.told.get(0, Told()).fault)
    if bad is not None:
        return AnswerKey(exercise.sha256, seed, error=tell("judging.broken", why=_why(bad), name=exercise.name))
    if not found.inputs or len(reference) != wanted or any(one.much for one in reference):
        why = _ended(found, Limits(seconds=ALL_S)) or tell("judging.much")
        return AnswerKey(exercise.sha256, seed, error=tell("judging.broken", why=why, name=exercise.name))
    traps = {
        name: told.came for place, name in enumerate(exercise.traps, 1) if (told := found.told.get(place)) is not None
    }
    return AnswerKey(exercise.sha256, seed, found.inputs, reference, traps)


async def judge_attempt(
    exercise: Exercise,
    text: str,
    *,
    warm: Launcher | None = None,
    seed: int = 0,
    key: AnswerKey | None = None,
    language: Language = "en",
) -> CodeVerdict:
    """Run `text` on the exercise's cases and say what came of it. Without `key` that is made meanwhile.

    Whether the exercise may run (it asks like a demo) is the caller's to see to. Cancelling the task stops all that was
    started. Notes in the output are in `language`. Never raises for what the text does.
    """
    slip = attempt_slip(exercise, text)
    if slip is not None:
        return slip
    if torch_missing():
        return CodeVerdict(False, (), tell("judging.no_torch", command=hint("demos")))
    exam = Exam(seed=seed, whole=False)
    if key is not None and (key.sha256, key.seed) == (exercise.sha256, seed):
        found = await examined(exercise, [ExamText(text)], exam, warm, language)
    else:
        async with asyncio.TaskGroup() as group:
            keying = group.create_task(answer_key(exercise, warm=warm, seed=seed))
            running = group.create_task(examined(exercise, [ExamText(text)], exam, warm, language))
        key, found = keying.result(), running.result()
    return await asyncio.to_thread(_verdict, exercise, key, found)


def attempt_slip(exercise: Exercise, text: str) -> CodeVerdict | None:
    """The verdict on a text that is not Python; None for one that is. Nothing runs."""
    if len(text) > MAX_ATTEMPT:
        return CodeVerdict(False, (), tell("judging.long", n=len(text), most=MAX_ATTEMPT), slip=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, exercise.path.name, "exec", dont_inherit=True)
    except SyntaxError as error:
        line, column = error.lineno or 1, max(1, error.offset or 1)
        said = tell("judging.syntax", line=line, why=clean(error.msg)[:200])
        return CodeVerdict(False, (), said, line, column, slip=True)
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        said = tell("judging.syntax", line=1, why=clean(str(error))[:200] or tell("lab.script.too_deep"))
        return CodeVerdict(False, (), said, 1, 1, slip=True)
    return None


def verdict_of(exercise: Exercise, key: AnswerKey, came: Sequence[Came | None]) -> tuple[CaseVerdict, ...]:
    """How every case and check went. `came` has None, or nothing, for one that left no record."""
    verdicts = []
    for place, (name, call) in enumerate(_calls(exercise, key)):
        one = came[place] if place < len(came) else None
        verdicts.append(_case_verdict(exercise, key, place, CaseVerdict(name, "unrun", call), one))
    return tuple(verdicts)


def _calls(exercise: Exercise, key: AnswerKey) -> list[tuple[str, str]]:
    called = "use" if exercise.use else exercise.target
    cases = [(clean(name)[:100], call_of(called, given)) for name, given in key.inputs]
    return [*cases, *((f"check_{name}", f"check_{name}({exercise.target})") for name in exercise.checks)]


def _verdict(exercise: Exercise, key: AnswerKey, found: Examined) -> CodeVerdict:
    told = found.told.get(0, Told())
    came = [found.single.get(place) for place in range(len(key.inputs) + len(exercise.checks))]
    cases = verdict_of(exercise, key, came)
    cases = _stopped(cases, found)
    error, line = key.error, 0
    if error is None and told.fault is not None:
        error, line = _error_of(told.fault, exercise), told.fault.line
    elif error is None and told.missing:
        error = tell("judging.missing", target=exercise.target)
    elif error is None and not (told.cpu_s and all(came)):
        error = _ended(found, Limits(seconds=ALL_S), cases)
    raised = [told.fault] if told.fault is not None else [one.raised if one is not None else None for one in came]
    slip = key.error is None and (told.missing or (bool(raised) and all(map(_misspelt, raised))))
    if slip and raised[0] is not None:
        line = raised[0].line
    passed = error is None and bool(cases) and all(case.passed for case in cases)
    of_cases = key.reference[: len(key.inputs)]
    trap = "" if passed else known_trap(key.traps, came, len(of_cases))
    return CodeVerdict(
        passed=passed,
        cases=cases,
        error=error,
        line=line,
        slip=slip,
        trap=trap,
        parts=() if passed or trap else known_parts(key.traps, of_cases, came),
        output=found.output,
        seconds=found.end.seconds,
        sandbox=found.answer.walls,
    )


def _case_verdict(exercise: Exercise, key: AnswerKey, place: int, case: CaseVerdict, came: Came | None) -> CaseVerdict:
    if came is None:
        return case
    if came.raised is not None:
        said = _error_of(came.raised, exercise)
        return msgspec.structs.replace(case, state="raised", error=said, line=came.raised.line)
    if came.much:
        return msgspec.structs.replace(case, state="raised", error=tell("judging.much"))
    if place >= len(key.inputs):
        name = list(exercise.checks)[place - len(key.inputs)]
        law = clean(exercise.checks[name]) or case.name
        broken = msgspec.structs.replace(case, state="differs", error=tell("judging.law", law=law))
        return msgspec.structs.replace(case, state="passed") if came.holds else broken
    difference = _difference(came, key.reference[place], key.inputs[place][1], exercise.inplace)
    if difference is not None:
        return msgspec.structs.replace(case, state="differs", difference=difference)
    return msgspec.structs.replace(case, state="passed")


def _difference(came: Came, want: Came, given: Named, inplace: Sequence[str]) -> Difference | None:
    """The first thing that is not as it should be: the result, then the inputs, then the gradients."""
    if came.result is None or want.result is None:
        return Difference(tell("judging.result"), "kind", "?", "?")
    found = differ(came.result, want.result)
    if found is not None:
        return found
    after, wanted = dict(came.after), dict(want.after)
    for name, before in given:
        if name not in after:
            return Difference(tell("judging.input", name=name), "changed", "?", "?")
        if name in inplace:
            found = differ(after[name], wanted[name], tell("judging.after", name=name))
            if found is not None:
                return found
        elif differ(after[name], before) is not None:
            return Difference(tell("judging.input", name=name), "changed", "", "")
    grads = dict(came.grads)
    for name, grad in want.grads:
        if name not in grads:
            return Difference(tell("judging.gradient", name=name), "kind", "?", "?", gradient_of=name)
        found = differ(grads[name], grad, tell("judging.gradient", name=name))
        if found is not None:
            return msgspec.structs.replace(found, gradient_of=name)
    return None


def _stopped(cases: tuple[CaseVerdict, ...], found: Examined) -> tuple[CaseVerdict, ...]:
    """The cases, with the one in which the run ended before its time."""
    place = found.at[1] if found.at is not None else -1
    if not 0 <= place < len(cases) or cases[place].state != "unrun":
        return cases
    hung = found.end.late or _hung(found.answer)
    said = tell("judging.hung", seconds=CASE_S) if hung else _ended(found, Limits(seconds=ALL_S))
    stopped = msgspec.structs.replace(cases[place], state="hung" if hung else "raised", error=said)
    return (*cases[:place], stopped, *cases[place + 1 :])


def _hung(answer: RunAnswer) -> bool:
    return sys.platform != "win32" and answer.exit == -signal.SIGALRM


def _ended(found: Examined, limits: Limits, cases: Sequence[CaseVerdict] = ()) -> Sentence | None:
    """Why a run ended before its time, as far as it can be told."""
    end, answer = found.end, found.answer
    case = cases[found.at[1]].name if found.at is not None and 0 <= found.at[1] < len(cases) else ""
    failed = answer.error.get("why") if answer.error is not None else None
    if end.not_started is not None or failed is not None:
        return tell("judging.not_started", why=end.not_started or clean(str(failed))[:300])
    if answer.held == "memory":
        return tell("judging.memory", mb=limits.memory_mb)
    if answer.crowd is not None or answer.threads is not None or answer.held == "files":
        return tell("judging.greedy")
    if end.late or _hung(answer):
        seconds = limits.seconds if end.late else CASE_S
        return tell("judging.hung_in", case=case, seconds=seconds) if case else tell("judging.hung", seconds=seconds)
    if answer.exit is not None and answer.exit < 0:
        return tell("judging.crashed", signal=_signal(-answer.exit))
    return tell("judging.left") if answer.exit is not None else tell("judging.no_record")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _misspelt(raised: Raised | None) -> bool:
    """Is it an error of the text itself, which names what there is not: a name, an attribute, an argument?"""
    if raised is None or raised.line <= 0:  # where it came up in the judge, a result was wrong
        return False
    no_argument = raised.kind == "TypeError" and any(said in raised.why for said in _NO_SUCH_ARGUMENT)
    return raised.kind in ("NameError", "AttributeError") or no_argument


def _error_of(raised: Raised, exercise: Exercise) -> Sentence:
    """What an error of the attempt says, with what to do where that is known."""
    line = raised.line
    where = tell("lab.line", file=exercise.path.name, line=line) if line > 0 else ""
    if raised.kind == "ForbiddenCall":
        return tell("judging.forbidden", name=clean(raised.why)[:100], where=where)
    if raised.kind == "RecursionError":
        return tell("judging.recursion", where=where)
    if raised.kind == "MemoryError" or "allocate memory" in raised.why:
        return tell("judging.memory_in", where=where, mb=Limits().memory_mb)
    return tell("judging.raised", where=where, why=_why(raised))


def _why(raised: Raised) -> str:
    return clean(raised.why)[:300] or clean(raised.kind)[:100]
