"""What a model wrote, as far as it is there, to a verdict or a question. Pure; it raises nothing, whatever it reads.

A point counts once all of what is said of it is there, and what was said first counts. Every text is cleaned, on one
line and bounded; words that are to stand in the answer and do not are left out.
"""

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from quizapp.examiner.fault import Hide
from quizapp.examiner.loose_json import Loose, read_loosely
from quizapp.examiner.task import Task
from quizapp.examiner.verdict import MOST_WORDS, MOST_WRONG, Heard, PointVerdict, Verdict
from quizapp.words import clean

_HEARD: dict[str, Heard | None] = {
    **dict.fromkeys(("made", "yes", "true", "full", "fully", "covered", "答到", "已答到", "说到", "完全答到"), "made"),
    **dict.fromkeys(("partly", "partial", "partially", "partly made", "部分", "部分答到", "部分说到"), "partly"),
    **dict.fromkeys(
        ("missed", "missing", "no", "false", "not made", "contradicted", "漏", "未答到", "没答到"), "missed"
    ),
    **dict.fromkeys(("abstain", "abstained", "unsure", "unclear", "unknown", "null", "none", "不确定", "弃权"), None),
}
_THOUGHT = re.compile(r"</?(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_FIRST = re.compile(r"[{\[]\s*+(?:\{\s*+)?[\"']?(?:points?|number|verdicts?|words|wrong|better)[\"']?\s*+:")
_ASKS = re.compile(r"\{\s*+[\"']?question[\"']?\s*+:")
_NAMES = "|".join(sorted(map(re.escape, _HEARD), key=len, reverse=True))
_LINE = re.compile(
    rf"[\W_]*+(?:points?|要点|第)?+[\W_]*+(\d{{1,3}})[点个]?+[\W_]++({_NAMES})(?![a-z])[\W_]*+(.*)", re.I
)
_CLAIM = re.compile(r"[\W_]*+(wrong|better|错误|更好)[^:：]{0,20}[:：][\s*_]*+(.+)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!]\s|[。！]")
_AROUND = " .,;:!?。，；：！？\"'“”‘’「」"
_LONGEST_LINE = 2000


class Heeded(Struct, frozen=True):
    """The verdict so far; of how many points something was `said`, be it that nothing can be; whether it was `closed`,
    or is still to go on."""

    verdict: Verdict
    said: int = 0
    closed: bool = False


def verdict_in(text: str, task: Task, hide: Hide = str, *, ended: bool = False) -> Heeded:
    """The verdict on `task` in what the model wrote so far. `hide` takes out of a text what nobody may see. The model
    `ended`: that closes what has no end of its own, lines and points one after another."""
    text = _spoken(text)
    first = _FIRST.search(text)
    if first is None:
        found, wrong, better, closed = _in_lines(text, ended)
    else:
        found, wrong, better, closed = _in_json(text[first.start() :], ended)
    answer = _folded(" ".join((task.answer, *(follow.answer for follow in task.follow_ups))))
    points: dict[int, PointVerdict] = {}
    for number, made, words in found:
        if 1 <= number <= len(task.points) and number not in points:
            words = _tidy(words, hide)
            points[number] = PointVerdict(made, words if made is not None and _stands(words, answer) else "")
    verdict = Verdict(
        points=tuple(points.get(number, PointVerdict()) for number in range(1, len(task.points) + 1)),
        wrong=tuple(dict.fromkeys(filter(None, (_tidy(claim, hide) for claim in wrong))))[:MOST_WRONG],
        better=_tidy(better, hide),
    )
    return Heeded(verdict, len(points), closed)


def question_in(text: str, hide: Hide = str, *, ended: bool = False) -> tuple[str | None, bool]:
    """The question in what the model wrote so far, "" for none, None while nothing can be read; and whether it is
    whole. Without JSON it is what ends in the first question mark, once the text has ended."""
    text = _spoken(text)
    if first := _ASKS.search(text):
        value = read_loosely(text[first.start() :]).value
        said = value.get("question") if isinstance(value, dict) else None
        if said is None or not isinstance(said.value, str):
            return None, False
        return ("" if said.value in _NOTHING else _tidy(said.value, hide)), said.whole
    if not ended:
        return None, False
    plain = " ".join(text.replace("```", " ").split())[:_LONGEST_LINE]
    if plain.strip(" .。\"'").lower() in _NOTHING - {""}:
        return "", True
    asks = re.search("[?？]", plain)
    if asks is None:
        return None, True
    question = plain[: asks.end()]
    return _tidy(question if len(question) <= MOST_WORDS else _SENTENCE.split(question)[-1], hide), True


_NOTHING = frozenset({"", "none", "null", "无", "没有"})


def tidied(verdict: Verdict) -> Verdict:
    """`verdict`, which was read from a file, as this module makes them."""
    return Verdict(
        points=tuple(PointVerdict(point.made, _tidy(point.words)) for point in verdict.points),
        wrong=tuple(map(_tidy, verdict.wrong[:MOST_WRONG])),
        better=_tidy(verdict.better),
    )


_Said = tuple[int, Heard | None, str]  # point, from 1; what is said of it; the words that say so


def _in_json(text: str, ended: bool) -> tuple[list[_Said], list[str], str, bool]:
    """Of a text that begins with an object of all, with a list of points, or with points one after another."""
    rows = read_loosely(f"[{text}").value
    rows = rows if isinstance(rows, list) else []
    found: list[_Said] = []
    wrong: list[str] = []
    better = ""
    for i, row in enumerate(rows):
        value = row.value
        if isinstance(value, dict) and "points" in value:
            found += _points(value["points"])
        elif isinstance(value, list):
            found += _points(row)
        elif isinstance(value, dict) and row.whole:
            found += _one(value, i + 1)
        if isinstance(value, dict):
            wrong = wrong or _texts(value.get("wrong"))
            said = value.get("better")
            better = better or (said.value if said and isinstance(said.value, str) and said.value != "null" else "")
    one_by_one = bool(rows) and isinstance(rows[0].value, dict) and "points" not in rows[0].value
    return found, wrong, better, ended if one_by_one else bool(rows) and rows[0].whole


def _points(points: Loose) -> Iterator[_Said]:
    if isinstance(points.value, dict):  # by number
        for name, said in points.value.items():
            if said.whole and name.isdecimal() and isinstance(said.value, dict):
                yield from _one(said.value, int(name[:9]))
            elif said.whole and name.isdecimal() and isinstance(said.value, str):
                yield from _plain(int(name[:9]), said.value, "")
    elif isinstance(points.value, list):
        for i, said in enumerate(points.value):
            if said.whole and isinstance(said.value, dict):
                yield from _one(said.value, i + 1)
            elif said.whole and isinstance(said.value, str):
                yield from _plain(i + 1, said.value, "")


def _one(said: dict[str, Loose], place: int) -> Iterator[_Said]:
    """Of one point; `place` is its number where none is given."""
    number, made = _text_of(said, "point", "number", "id"), _text_of(said, "verdict", "made", "status")
    digits = re.fullmatch(r"[^\d-]{0,10}(\d{1,9})", number) if number is not None else None
    if number is None or digits:
        yield from _plain(int(digits[1]) if digits else place, made or "", _text_of(said, "words", "quote") or "")


def _plain(number: int, made: str, words: str) -> Iterator[_Said]:
    name = made.strip(" .*_`").lower().replace("_", " ")
    if name in _HEARD:
        yield number, _HEARD[name], "" if words == "null" else words


def _text_of(said: dict[str, Loose], *names: str) -> str | None:
    """What is said under the first of these names that is there; "" if that is no text."""
    for name in names:
        if name in said:
            value = said[name].value
            return value if isinstance(value, str) else ""
    return None


def _texts(said: Loose | None) -> list[str]:
    """The texts of a list that are whole."""
    rows = said.value if said and isinstance(said.value, list) else [said] if said and said.value else []
    return [row.value for row in rows if row.whole and isinstance(row.value, str) and row.value not in _NOTHING]


def _in_lines(text: str, ended: bool) -> tuple[list[_Said], list[str], str, bool]:
    """Of lines such as `1: made - "the words"`, `Wrong: a claim`, `Better: a sentence`, each once it has ended."""
    lines = text.split("\n")
    found: list[_Said] = []
    claims: dict[str, list[str]] = {"wrong": [], "better": []}
    for line in lines if ended else lines[:-1]:
        if point := _LINE.match(line[:_LONGEST_LINE]):
            found += _plain(int(point[1]), point[2], point[3].strip(_AROUND + "|()（）"))
        elif claim := _CLAIM.match(line[:_LONGEST_LINE]):
            claims["better" if claim[1].lower() in ("better", "更好") else "wrong"].append(claim[2])
    return found, claims["wrong"], (claims["better"] or [""])[0], ended


def _spoken(text: str) -> str:
    """`text` without what the model thinks aloud before it speaks."""
    parts = _THOUGHT.split(text)
    if len(parts) == 1:
        return text
    last = list(_THOUGHT.finditer(text))[-1]
    return parts[-1] if last[0].startswith("</") else ""


def _tidy(text: str, hide: Hide = str) -> str:
    """`text` as it may be shown: clean, on one line, at most MOST_WORDS characters."""
    text = hide(" ".join(clean(text).split()))
    return text if len(text) <= MOST_WORDS else f"{text[: MOST_WORDS - 1]}…"


def _folded(text: str) -> str:
    """`text` as it is compared: narrow forms, one case, no spaces, no Markdown marks, straight apostrophes."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_LEFT_OUT)
    return "".join(text.split())


_LEFT_OUT = str.maketrans({"`": None, "*": None, "’": "'", "‘": "'", "“": '"', "”": '"'})


def _stands(words: str, answer: str) -> bool:
    """Whether `words` stand in the folded `answer`, in the order of the parts that "…" makes of them or not."""
    parts = [part for part in (_folded(part).strip(_AROUND) for part in re.split(r"…|\.{3,}", words)) if part]
    return bool(parts) and all(part in answer for part in parts)
