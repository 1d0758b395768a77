"""What `quizapp check --run` does with exercises: prove every one beside the decks that were read."""

import asyncio
import os
from collections.abc import Sequence

from quizapp.cards.fault import Fault
from quizapp.cards.library import Library
from quizapp.install_hint import hint
from quizapp.lab.exercise import Exercise, ExerciseError, find_exercises, read_exercise
from quizapp.lab.exercise_proof import prove_exercise
from quizapp.lab.exercise_rules import poor
from quizapp.lab.run import torch_missing
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_CODE, Home
from quizapp.texts import Sentence, tell


def prove_code(library: Library, home: Home, seeds: int, *, mutate: bool = True) -> tuple[list[Fault], list[Fault]]:
    """The errors of all exercises in the folders `code` beside decks, with cases of seeds 0..seeds-1, as many at once
    as there are cores; and what they lack, as warnings.

    An error is what is no exercise, what may not run, a right solution that fails, a wrong one that passes, a change of
    the reference that nothing catches.
    """
    trust, errors, warnings = Trust(home.trust), list[Fault](), list[Fault]()
    exercises = []
    for path in find_exercises(dict.fromkeys(deck.path.absolute().parent / "code" for deck in library.decks)):
        try:
            exercise = read_exercise(path)
        except ExerciseError as error:
            errors.append(Fault(error.path, error.line, error.column, error.why))
            continue
        warnings += [_of(exercise, sentence) for sentence in poor(exercise)]
        if trust.trusted(exercise.script, BUNDLED_CODE):
            exercises.append(exercise)
        else:
            errors.append(_of(exercise, tell("commands.prove.not_allowed", path=path)))
    if exercises and torch_missing():
        return [*errors, _of(exercises[0], tell("judging.no_torch", command=hint("demos")))], warnings
    if exercises:
        for exercise, sentences in asyncio.run(_prove_all(exercises, seeds, mutate)):
            errors += [_of(exercise, sentence) for sentence in sentences]
    return errors, warnings


async def _prove_all(
    exercises: Sequence[Exercise], seeds: int, mutate: bool
) -> list[tuple[Exercise, tuple[Sentence, ...]]]:
    from quizapp.lab.warm import kept_warm

    free = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(exercise: Exercise) -> tuple[Exercise, tuple[Sentence, ...]]:
        async with free:
            return exercise, await prove_exercise(exercise, warm=warm, seeds=seeds, mutate=mutate)

    async with kept_warm() as warm:
        return await asyncio.gather(*(one(exercise) for exercise in exercises))


def _of(exercise: Exercise, message: Sentence) -> Fault:
    return Fault(exercise.path, exercise.line, 1, message)
