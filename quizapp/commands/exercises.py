"""The exercise of a card that asks for code: found, compared with what the card says of it, set into its text."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from quizapp.cards.card import Card, Code
from quizapp.cards.fault import Amiss
from quizapp.cards.fields import suggest
from quizapp.lab.exercise import Exercise, ExerciseError, exercise_in, find_exercises
from quizapp.paths import BUNDLED_CODE
from quizapp.texts import tell
from quizapp.words import Language, Shown, Words, clean, read, same


def exercise_of(card: Code) -> Exercise | None:
    """The exercise beside its deck, else the bundled one; None if there is none. Raises ExerciseError."""
    return exercise_in(card.code, (card.path.parent / "code", BUNDLED_CODE))


def amiss_with_exercise(card: Code) -> list[Amiss]:
    """What is amiss with it: it is missing or none, lacks what the card names, has what the card has no words for."""
    try:
        exercise = exercise_of(card)
    except ExerciseError as error:
        return [Amiss(("code",), error.sentence)]
    if exercise is None:
        known = [path.stem for path in find_exercises([card.path.parent / "code", BUNDLED_CODE])]
        return [Amiss(("code",), tell("check.no_exercise", name=card.code), suggest(card.code, known))]
    return [
        *_names("cases", card.cases, exercise.cases),
        *_names("traps", card.traps, tuple(exercise.traps)),
    ]


def _names(field: str, said: Mapping[str, Words], there: Sequence[str]) -> Iterator[Amiss]:
    for name in said:
        if name not in there:
            yield Amiss((field, name), tell(f"check.no_such.{field}", name=name), suggest(name, there), (field, name))
    for name in there:
        if name not in said:
            yield Amiss((field,), tell(f"check.without_words.{field}", name=name), tell("check.without_words.do"))


def with_exercise(card: Card, shown: Shown) -> Card:
    """The card with its exercise's stub below the question and its reference above the answer, in the language shown:
    text that needs no lab. A card that has no exercise that can be read stays as it is."""
    exercise = readable_exercise(card)
    if exercise is None:
        return card
    said_in: Language = "zh" if shown == "zh" else "en"  # one stub, with both languages shown too
    asked, answer = read(card.q, shown), read(card.a, shown)
    solution = f"{exercise.imports}\n\n\n{exercise.reference}" if exercise.imports else exercise.reference
    return replace(
        card,
        q=same(f"{asked}\n\n{_fenced(exercise.starter.says(said_in))}"),
        a=same(f"{_fenced(solution)}\n\n{answer}".rstrip()),
    )


def readable_exercise(card: Card) -> Exercise | None:
    """The exercise of a card; None where it asks for no code, or for that of an exercise that cannot be read."""
    try:
        return exercise_of(card) if isinstance(card, Code) else None
    except ExerciseError:
        return None


def _fenced(code: str) -> str:
    """Code in Markdown, whatever it quotes."""
    code = clean(code).strip("\n")
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", code))])
    return f"{fence}python\n{code}\n{fence}"
