"""`quizapp code NAME`: write an exercise's stub here; with a FILE judge what stands there; `--list` names them all."""

import argparse
import asyncio
import shlex
from pathlib import Path
from typing import Any

from quizapp import disk
from quizapp.cards.card import Code
from quizapp.cards.library import deck_files, read_library
from quizapp.commands import complain, said, say, say_json, user_language, write_new
from quizapp.draw.names import in_words
from quizapp.lab.code_verdict import CaseVerdict, CodeVerdict
from quizapp.lab.exercise import Exercise, ExerciseError, find_exercises, read_exercise
from quizapp.lab.judging import MAX_ATTEMPT, answer_key, judge_attempt
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_CODE, BUNDLED_DECKS, Home, find_home
from quizapp.texts import Sentence, UserError, os_reason, tell
from quizapp.words import Words, clean, same

_SHOWN = ("how", "got", "expected", "index", "wrong", "entries", "ratio", "gradient_of")
_LOOK_S = 0.3  # between two looks at a file that is watched


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    trust = Trust(home.trust)
    if args.list or args.name is None:
        return _list(home, trust, as_json=args.json)
    try:
        exercise = _find(args.name, home)
        if args.file is None:
            return _begin(exercise)
        text = _read(Path(args.file))
    except UserError as error:
        complain(error.sentence)
        return 2
    if not trust.trusted(exercise.script, BUNDLED_CODE):
        complain(tell("commands.code.not_ours", path=exercise.path))
        return 1
    if args.watch:
        return asyncio.run(_watch(exercise, Path(args.file), home, as_json=args.json))
    return _tell(exercise, asyncio.run(_judge(exercise, text)), text, home, as_json=args.json)


def exercise_folders(home: Home) -> tuple[Path, ...]:
    """Where exercises lie: beside the user's decks, then those that came with quizapp."""
    beside = (path.parent / "code" for path in deck_files([home.decks], [], needed=False))
    return tuple(dict.fromkeys([home.decks / "code", *beside, BUNDLED_CODE]))


def _find(name: str, home: Home) -> Exercise:
    """The exercise called `name`, or in the file `name`. Raises UserError."""
    if name.endswith(".py"):
        return read_exercise(Path(name))
    found = {path.stem: path for path in find_exercises(exercise_folders(home))}
    if name in found:
        return read_exercise(found[name])
    import difflib

    part = name.lower()
    near = difflib.get_close_matches(part, found, 1) or [one for one in sorted(found) if part in one]
    raise UserError(
        tell("commands.code.none_near", name=name, near=near[0]) if near else tell("commands.code.none", name=name)
    )


def _read(path: Path) -> str:
    """An attempt in a file. Raises UserError."""
    try:
        return disk.read_plain(path, 4 * MAX_ATTEMPT, follow=True).decode().removeprefix("\ufeff").replace("\r\n", "\n")
    except disk.TooLarge:
        why: Sentence | str = tell("judging.long", n=4 * MAX_ATTEMPT + 1, most=MAX_ATTEMPT)
    except UnicodeDecodeError:
        why = tell("commands.code.no_utf8")
    except OSError as error:
        why = os_reason(error)
    raise UserError(tell("lab.at", place=clean(str(path)), why=why))


def _begin(exercise: Exercise) -> int:
    """Write the stub into the current folder, unless a file is there, and say what to do with it."""
    path = Path(f"{exercise.name}.py")
    if path.absolute() == exercise.path or path.is_symlink():
        complain(tell("commands.code.there", path=path, name=exercise.name))
        return 1
    try:
        write_new(path, exercise.starter.says(user_language()))
    except FileExistsError:
        complain(tell("commands.code.there", path=path, name=exercise.name))
        return 1
    say(tell("commands.code.written", path=path))
    command = shlex.join(["quizapp", "code", exercise.name, str(path)])
    say(f"  {command}\n      {said(tell('commands.code.judges'))}")
    say(f"  {command} --watch\n      {said(tell('commands.code.watches'))}")
    return 0


async def _judge(exercise: Exercise, text: str) -> CodeVerdict:
    from quizapp.lab.judging import attempt_slip
    from quizapp.lab.warm import kept_warm

    slip = attempt_slip(exercise, text)
    if slip is not None:
        return slip
    async with kept_warm() as warm:
        return await judge_attempt(exercise, text, warm=warm, language=user_language())


async def _watch(exercise: Exercise, path: Path, home: Home, *, as_json: bool) -> int:
    """Judge the file now and whenever it is saved, until somebody interrupts."""
    from quizapp.lab.warm import kept_warm

    last: str | None = None
    async with kept_warm() as warm:
        key = await answer_key(exercise, warm=warm)
        while True:
            try:
                text = _read(path)
            except UserError as error:
                text = ""
                if last != text:
                    complain(error.sentence)
            if text != last and text:
                verdict = await judge_attempt(exercise, text, warm=warm, key=key)
                _tell(exercise, verdict, text, home, as_json=as_json)
                if not as_json:
                    say(tell("commands.code.waits", path=path))
            last = text
            await asyncio.sleep(_LOOK_S)


def _tell(exercise: Exercise, verdict: CodeVerdict, text: str, home: Home, *, as_json: bool) -> int:
    if as_json:
        say_json(verdict_json(exercise, verdict))
        return 0 if verdict.passed else 1
    for case in verdict.cases:
        state = case.state if case.state in ("passed", "unrun") else "failed"
        say(tell(f"commands.code.case_{state}", name=case.name))
    if verdict.failed is not None and verdict.failed.sentence is not None:
        say(f"\n{verdict.failed.call}\n  {said(verdict.failed.sentence)}")
    if verdict.error is not None and verdict.failed is None:
        say(verdict.error)
    for line in _place(verdict, text):
        say(f"    {line}")
    if verdict.output.strip():
        say(f"\n{said(tell('commands.code.printed'))}\n{verdict.output.rstrip()}")
    if verdict.traps:
        known = _mistakes(exercise, home)
        id = "commands.code.trap" if verdict.trap else "commands.code.part"
        for name in verdict.traps:
            say(f"\n{said(tell(id, trap=known.get(name, same(in_words(name)))))}")
    passing = tell("commands.code.passing", n=verdict.passing, of=len(verdict.cases))
    if verdict.cases:
        say(tell("commands.code.passed" if verdict.passed else "commands.code.not_passed", passing=passing))
    else:
        say(tell("commands.code.nothing_ran"))
    return 0 if verdict.passed else 1


def _mistakes(exercise: Exercise, home: Home) -> dict[str, Words]:
    """What each known mistake is, by its name, in the words of the first card that asks for the exercise and has it."""
    decks = read_library([], user=home.decks, bundled=BUNDLED_DECKS, cache=home.root / "cache").decks
    cards = (card for deck in decks for card in deck.cards if isinstance(card, Code) and card.code == exercise.name)
    found: dict[str, Words] = {}
    for card in cards:
        found = dict(card.traps) | found
    return found


def _place(verdict: CodeVerdict, text: str) -> list[str]:
    """The line of the attempt that stopped it, with a caret where the column is known."""
    from quizapp.commands.check import snippet

    line = verdict.line or (verdict.failed.line if verdict.failed else 0)
    shown = snippet(text.split("\n"), line, verdict.column or 1)
    return shown if verdict.column else shown[:1]


def verdict_json(exercise: Exercise, verdict: CodeVerdict) -> dict[str, Any]:
    """A verdict for a program: its sentences in both languages."""
    return {
        "name": exercise.name,
        "passed": verdict.passed,
        "cases": [_case_json(case) for case in verdict.cases],
        "error": verdict.error.words if verdict.error else None,
        "line": verdict.line,
        "column": verdict.column,
        "trap": verdict.trap,
        "parts": verdict.parts,
        "output": verdict.output,
        "seconds": round(verdict.seconds, 3),
        "sandbox": verdict.sandbox,
    }


def _case_json(case: CaseVerdict) -> dict[str, Any]:
    found: dict[str, Any] = {"name": case.name, "state": case.state}
    if case.passed or case.sentence is None:
        return found
    found |= {"call": case.call, "why": case.sentence.words, "line": case.line}
    if case.difference is not None:
        found |= {name: getattr(case.difference, name) for name in _SHOWN}
    return found


def _list(home: Home, trust: Trust, *, as_json: bool) -> int:
    found, faults = [], 0
    for path in find_exercises(exercise_folders(home)):
        try:
            found.append(read_exercise(path))
        except ExerciseError as error:
            complain(error.sentence)
            faults += 1
    if as_json:
        say_json([_listed(exercise, trust) for exercise in found])
    else:
        for exercise in found:
            say(f"{exercise.name}  {exercise.doc.says(user_language()).splitlines()[0]}")
    return 1 if faults else 0


def _listed(exercise: Exercise, trust: Trust) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "target": exercise.target,
        "about": exercise.doc.en,
        "path": str(exercise.path),
        "sha256": exercise.sha256,
        "trusted": trust.trusted(exercise.script, BUNDLED_CODE),
        "cases": exercise.cases,
        "traps": list(exercise.traps),
    }
