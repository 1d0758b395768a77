"""What a demo's process tells of itself, as sentences: it sends codes with parameters, for it has no texts.

Anything may stand there, for the demo can write into the same file: what is no code of ours with its parameters is
nothing, and a parameter is cleaned and cut.
"""

import math
from collections.abc import Mapping
from typing import Any

from quizapp.texts import Sentence, tell
from quizapp.words import LANGUAGES, clean

MAX_WHY = 300  # characters of what an error of the demo says, or the exit that it took
MAX_PARAMETER = 100  # and of any other parameter

Coded = Mapping[str, str | int | float]
"""{"code": ..., and the parameters of `lab.demo.CODE`}; for a value that cannot be used {"code": "value", "why": ...,
"name": ..., and the parameters of `lab.value.WHY`}. In place of {where}: "file" and "line"."""


def sentence_of(code: Coded, **limits: object) -> Sentence | None:
    """The sentence, or None for what is no code with its parameters. `limits` are parameters that the app knows."""
    params: dict[str, Any] = {name: _parameter(name, value) for name, value in code.items()}
    name, file, line = params.pop("code", None), params.pop("file", None), params.pop("line", None)
    params["where"] = tell("lab.line", file=file, line=line) if file is not None else ""
    if "kind" in params:
        params["kind"] = _kind(str(params["kind"]))
    if name == "value":
        why = Sentence(f"lab.value.{params.pop('why', '')}", tuple(params.items()))
        said = tell("lab.unusable", name=params.get("name", ""), why=why)
    else:
        said = Sentence(f"lab.demo.{name}", tuple({**params, **limits}.items()))
    return said if _can_be_said(said) else None


def _parameter(name: str, value: str | int | float) -> str | int | float:
    if not isinstance(value, str):
        return value if abs(value) < 2**53 else math.inf
    most = MAX_WHY if name in ("why", "exit") else MAX_PARAMETER
    text = clean(value[: 4 * most]).replace("\n", " ")
    return text if len(text) <= most else text[: most - 1] + "…"


def _kind(name: str) -> Sentence | str:
    if name == "NoneType":
        return "None"
    return tell("lab.an", name=name) if name[:1] in tuple("aeiou") else tell("lab.a", name=name)


def _can_be_said(sentence: Sentence) -> bool:
    try:
        return all(sentence.says(language) for language in LANGUAGES)
    except (KeyError, ValueError, TypeError):
        return False
