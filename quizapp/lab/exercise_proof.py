"""Is an exercise's judge worth its name? Right solutions pass, wrong ones fail, and so does nearly every change of the
reference: what still passes becomes a case or a trap, or stands in `equivalent` with the reason."""

from collections.abc import Iterator, Mapping, Sequence

from quizapp.lab.differ import differ
from quizapp.lab.exam import Came, Exam, ExamText, Told, examined
from quizapp.lab.exercise import ALSO, TRAP, Exercise
from quizapp.lab.judging import AnswerKey, answer_key, verdict_of
from quizapp.lab.known_mistakes import known_trap
from quizapp.lab.mutants import mutants
from quizapp.lab.plain import PlainMap, PlainOne, PlainRow, PlainTensor, PlainValue
from quizapp.lab.start import Launcher
from quizapp.texts import Sentence, tell
from quizapp.words import clean

MAX_CPU_S = 2.0  # of all solutions of an exercise, mutants apart
_CASE_S = 30.0  # the clock's: on a machine that stalls, a right solution is not slow
NUDGES = 3
_BATCH = 40  # texts of a run: each is two lines of the answer, of which `job.MAX_LINES` are read

_NOT_WHOLE = PlainOne("NoneType", "None")


async def prove_exercise(
    exercise: Exercise, *, warm: Launcher | None = None, seeds: int = 1, mutate: bool = True
) -> tuple[Sentence, ...]:
    """What does not hold of an exercise, with the cases of seeds 0 to seeds - 1; mutants meet those of seed 0 only, as
    an attempt does."""
    faults: dict[Sentence, None] = {}
    for seed in range(max(1, seeds)):
        key = await answer_key(exercise, warm=warm, seed=seed)
        if key.error is not None:
            return (*faults, key.error)
        faults |= dict.fromkeys(_misnamed(exercise, key))
        told = await _told(exercise, _solutions(exercise), Exam(seed=seed, case_s=_CASE_S, all_s=60), warm)
        faults |= dict.fromkeys(_against_solutions(exercise, key, told))
        if seed == 0 and mutate:
            faults |= dict.fromkeys(await _survivors(exercise, key, warm))
    return tuple(faults)


def _solutions(exercise: Exercise) -> dict[str, ExamText]:
    """Everything that should pass or fail, and the reference with its inputs moved."""
    texts = {exercise.target: ExamText(exercise.reference), "": ExamText(exercise.stub.en)}
    texts |= {f"{ALSO}{name}": ExamText(text) for name, text in exercise.alsos.items()}
    texts |= {f"{TRAP}{name}": ExamText(text) for name, text in exercise.traps.items()}
    return texts | {f" {nudge}": ExamText(exercise.reference, nudge) for nudge in range(1, NUDGES + 1)}


async def _told(
    exercise: Exercise, texts: Mapping[str, ExamText], exam: Exam, warm: Launcher | None
) -> dict[str, Told | None]:
    """What came of each text; None for one that ended its process, and the others go on without it."""
    told: dict[str, Told | None] = {}
    left = list(texts)
    while left:
        batch = left[:_BATCH]
        found = await examined(exercise, [texts[name] for name in batch], exam, warm)
        told |= {name: found.told[place] for place, name in enumerate(batch) if place in found.told}
        lost = [name for name in batch if name not in told]
        if lost:
            at = batch[found.at[0]] if found.at is not None and found.at[0] < len(batch) else lost[0]
            told[at if at in lost else lost[0]] = None
        left = [name for name in left if name not in told]
    return told


def _misnamed(exercise: Exercise, key: AnswerKey) -> Iterator[Sentence]:
    names = [name for name, _ in key.inputs]
    if sorted(names) != sorted(exercise.cases):
        yield tell("exercise.other_cases", found=clean(", ".join(names)), wanted=", ".join(exercise.cases))


def _against_solutions(exercise: Exercise, key: AnswerKey, told: Mapping[str, Told | None]) -> Iterator[Sentence]:
    for name, one in told.items():
        came = one.came if one is not None else ()
        passes = _passes(exercise, key, came)
        if name.startswith(" "):
            yield from _ties(key, came)
        elif name == exercise.target or name.startswith(ALSO):
            if not passes:
                yield _failed(exercise, key, name, one)
        elif passes:
            yield tell("exercise.not_caught", name=name) if name else tell("exercise.stub_passes")
        elif name and (alike := known_trap(key.traps, came, len(key.inputs))) not in ("", name.removeprefix(TRAP)):
            yield tell("exercise.alike", name=name, other=f"{TRAP}{alike}")
    cpu_s = sum(one.cpu_s for one in told.values() if one is not None)
    if cpu_s > MAX_CPU_S:
        yield tell("exercise.slow", seconds=cpu_s, most=MAX_CPU_S)


def _passes(exercise: Exercise, key: AnswerKey, came: Sequence[Came]) -> bool:
    verdicts = verdict_of(exercise, key, came)
    return bool(verdicts) and all(case.passed for case in verdicts)


def _failed(exercise: Exercise, key: AnswerKey, name: str, told: Told | None) -> Sentence:
    """A right solution that does not pass: with the case, and why."""
    if told is None:
        return tell("exercise.died", name=name)
    if told.fault is not None:
        return tell("exercise.fails", name=name, why=clean(told.fault.why)[:300])
    bad = next(case for case in verdict_of(exercise, key, told.came) if not case.passed)
    return tell("exercise.fails_in", name=name, case=bad.name, why=bad.sentence or tell("judging.no_record"))


def _ties(key: AnswerKey, came: Sequence[Came]) -> Iterator[Sentence]:
    """Whole numbers that change with a few millionths of the inputs: a right solution may round them the other way."""
    for (name, _), one, reference in zip(key.inputs, came, key.reference, strict=False):
        if one.result is None or reference.result is None:
            continue
        if differ(_whole(one.result), _whole(reference.result)) is not None:
            yield tell("exercise.tie", case=clean(name))


def _whole(value: PlainValue) -> PlainValue:
    """A value without what is not whole."""
    match value:
        case PlainTensor(dtype=dtype) if "float" in dtype or "complex" in dtype:
            return _NOT_WHOLE
        case PlainOne(kind="float"):
            return _NOT_WHOLE
        case PlainRow(kind, items):
            return PlainRow(kind, tuple(map(_whole, items)))
        case PlainMap(items):
            return PlainMap(tuple((name, _whole(item)) for name, item in items))
    return value


async def _survivors(exercise: Exercise, key: AnswerKey, warm: Launcher | None) -> list[Sentence]:
    """The mutants that pass and are not said to be equivalent, and the equivalent ones that do not."""
    texts = {name: ExamText(text) for name, text in mutants(exercise.reference).items()}
    told = await _told(exercise, texts, Exam(all_s=60), warm)
    alive = [name for name, one in told.items() if one is not None and _passes(exercise, key, one.came)]
    stray = [name for name in exercise.equivalent if name not in alive]
    found = [tell("exercise.survives", mutant=clean(name)) for name in alive if name not in exercise.equivalent]
    return [*found, *(tell("exercise.no_survivor", mutant=clean(name)) for name in stray)]
