"""What there is of a card that asks for code: its exercise, the text that was left unfinished, what was written before.

Unfinished text lies in the home's `attempts` folder, one file a card, named after the card and how often it was asked:
once that was graded nothing reads it any more. It is never synced, nor in a backup, and runs only when somebody submits
it here.
"""

import ast
import hashlib
import io
import re
import tokenize
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from quizapp import disk
from quizapp.cards.card import Code
from quizapp.install_hint import hint
from quizapp.lab.exercise import Exercise, ExerciseError, exercise_in
from quizapp.lab.judging import MAX_ATTEMPT
from quizapp.lab.run import torch_missing
from quizapp.memory.events import Attempted
from quizapp.paths import BUNDLED_CODE, Home
from quizapp.study.code import Try, ran, solution
from quizapp.texts import Sentence, tell
from quizapp.ui.code.page import CodeTask
from quizapp.words import clean


def find_task(task: CodeTask, home: Home, attempts: Sequence[Attempted], today: date, *, runs_code: bool) -> CodeTask:
    """The task with what lies on the disk; without `runs_code` nothing is judged. Parses what may be a stranger's: not
    for the thread that handles keys."""
    card = task.card
    folders = (card.path.parent / "code", BUNDLED_CODE)
    try:
        exercise = exercise_in(card.code, folders)
    except ExerciseError as error:
        return replace(task, fault=error.sentence)
    if exercise is None:
        where = ", ".join(map(str, folders))
        return replace(task, fault=tell("code.not_in", card=card.key, name=card.code, folders=where))
    earlier = [one for one in attempts if one.day != today]
    draft = read_draft(draft_path(home, card, task.turn))
    return replace(
        task,
        exercise=exercise,
        text=draft if draft.strip() else starter_of(exercise)[0],
        earlier=replace(earlier[-1], text=clean(earlier[-1].text)) if earlier else None,
        source=bare_lines(solution(attempts, exercise.sha256, exercise.reference)),
        traps={name: bare_lines(trap) for name, trap in exercise.traps.items()},
        tried=_tried(one for one in attempts if one.day == today and not task.mends),
        passed=any(one.passed for one in attempts),
        unjudged=_unjudged(runs_code=runs_code),
    )


def _unjudged(*, runs_code: bool) -> Sentence | None:
    """Why nothing is judged here, if it is not."""
    if not runs_code:
        return tell("code.closed")
    return tell("judging.no_torch", command=hint("demos")) if torch_missing() else None


def _tried(attempts: Iterable[Attempted]) -> Try:
    """What was submitted on the day, before the card was graded: who leaves it has submitted it all the same."""
    tried = Try()
    for one in attempts:
        tried = ran(tried, passed=one.passed, seconds=one.took_s or 0.0)
    return tried


def starter_of(exercise: Exercise) -> tuple[str, tuple[int, int]]:
    """What the page begins with, and where one goes on, as (row, column): imports and signature. What the docstring
    says stands with the task."""
    tree = ast.parse(exercise.starter.en)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    lines = f"{ast.unparse(tree)}\n".split("\n")
    first = next((row for row, line in enumerate(lines) if line.strip() == "..."), len(lines) - 1)
    lines[first] = lines[first].removesuffix("...")
    return "\n".join(lines), (first, len(lines[first]))


def draft_path(home: Home, card: Code, turn: int) -> Path:
    """Where the text lies that is written for a card when it is asked for the time number `turn`."""
    return home.attempts / f"{_draft_name(card)}-{turn}.py"


def read_draft(path: Path) -> str:
    """The text that was left there; "" if there is none that can be read."""
    try:
        return clean(disk.read_plain(path, 4 * MAX_ATTEMPT).decode().removeprefix("\ufeff").replace("\r\n", "\n"))
    except (OSError, UnicodeDecodeError):
        return ""


def write_draft(path: Path, text: str) -> None:
    """Keep a text, durably, in place of what the card had from other times. Raises OSError."""
    disk.make_folder(path.parent)
    disk.replace(path, text.encode(errors="replace"), private=True)
    for old in path.parent.glob(f"{path.stem.rpartition('-')[0]}-*.py"):
        if old != path:
            old.unlink(missing_ok=True)


def _draft_name(card: Code) -> str:
    """A name of its own for each card, that a person knows again."""
    known = hashlib.sha256(card.key.encode()).hexdigest()[:8]
    return f"{re.sub(r'[^a-z0-9_]+', '-', card.id.lower())[:60]}-{known}"


def bare_lines(source: str) -> str:
    """A solution without what says nothing of its order, or tells whose line it is: imports at its top, comments."""
    try:
        tree = ast.parse(source)
        comments = [
            token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type == tokenize.COMMENT
        ]
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return source
    lines = source.split("\n")
    for token in comments:
        row, column = token.start
        lines[row - 1] = lines[row - 1][:column].rstrip()
    gone = {
        line
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in gone)
