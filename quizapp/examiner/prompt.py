"""What an examiner is told, and how: the words of a file that the user may write anew, and the task as data."""

import re
from pathlib import Path
from typing import Literal

from msgspec import json

from quizapp import disk
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.task import Task
from quizapp.texts import listing, os_sentence, tell
from quizapp.words import Language

Purpose = Literal["judge", "follow_up"]
_OURS = Path(__file__).parent / "prompts"
_MOST_BYTES = 50_000  # of a file
_MOST_TASK = 30_000  # characters
_LANGUAGE = {"en": "English", "zh": "Chinese (简体中文)"}
_FORM = {
    "judge": """Answer with one JSON object and nothing else, the points in their order, each once:
{"points": [{"point": 1, "words": "copied from the answer, or empty", "verdict": "made"}], \
"wrong": ["a false claim of the answer"], "better": "one sentence"}""",
    "follow_up": """Answer with one JSON object and nothing else; an empty question if there is nothing to ask:
{"question": "your question"}""",
}
_TEXT = {"type": "string"}
_HEARD = {"type": "string", "enum": ["made", "partly", "missed", "abstain"]}
_POINT = {"point": {"type": "integer"}, "words": _TEXT, "verdict": _HEARD}


def _object(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(of: object) -> dict[str, object]:
    return {"type": "array", "items": of}


SCHEMAS: dict[Purpose, dict[str, object]] = {
    "judge": _object(points=_list(_object(**_POINT)), wrong=_list(_TEXT), better=_TEXT),
    "follow_up": _object(question=_TEXT),
}
"""What the form of an answer is to a server that can keep a model to it."""


def prompt_text(asked: Purpose, prompts: Path, language: Language) -> str:
    """What the examiner is told, of the file in `prompts` if there is one, else of ours.

    Raises ExaminerFault where the user's file cannot be read or lacks a placeholder.
    """
    values = {"language": _LANGUAGE[language], "form": _FORM[asked]}
    path = prompts / f"{asked}.txt"
    try:
        text = disk.read_plain(path, _MOST_BYTES, follow=True).decode()
    except FileNotFoundError:
        text = (_OURS / f"{asked}.txt").read_text("utf-8")
    except OSError as error:
        raise ExaminerFault(os_sentence(error)) from None
    except UnicodeDecodeError:
        raise ExaminerFault(tell("examiner.prompt.no_utf8", file=path)) from None
    named = set(re.findall(r"\{([a-z_]+)\}", text))
    if named != set(values):
        lacking, unknown = sorted(set(values) - named), sorted(named - set(values))
        which, names = ("lacks", lacking) if lacking else ("unknown", unknown)
        all_of = listing([f"{{{name}}}" for name in names])
        raise ExaminerFault(tell(f"examiner.prompt.{which}", file=path, names=all_of))
    return re.sub(r"\{([a-z_]+)\}", lambda name: values[name[1]], text)


def task_text(asked: Purpose, task: Task) -> str:
    """The task as one JSON object, in which no word of a card or of the user's can end a text, a message or a turn.

    Raises ExaminerFault for one that is too long to be sent.
    """
    data: dict[str, object] = {"task": asked, "question": task.question}
    if task.statement:
        data["statement"] = task.statement
    data["points"] = [{"point": i, "text": text} for i, text in enumerate(task.points, 1)]
    data["answer"] = task.answer
    if task.follow_ups:
        data["follow_ups"] = [{"question": follow.question, "answer": follow.answer} for follow in task.follow_ups]
    text = json.encode(data).decode()
    if len(text) > _MOST_TASK:
        raise ExaminerFault(tell("examiner.too_long", most=_MOST_TASK))
    return _MARKS.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text)


# What begins a mark by which a server parts messages (<|im_end|>, </s>, <end_of_turn>, [INST]) is written as an escape.
_MARKS = re.compile(r"<(?=[|/!｜A-Za-z_])|\[(?=/?[A-Z_]+\])")
