"""What a card that asks for code suggests as a grade, and its lines put in order afterwards. Pure.

When it is due, one writes on a blank page, and the first submission that ran grades. What was forgotten is mended the
same day: its lines, shuffled, with lines of known mistakes among them.
"""

import builtins
import io
import re
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.card import Card, Code
from quizapp.cards.rules import MOST_IN_A_LIST
from quizapp.cards.sheet import shuffled
from quizapp.memory.events import Attempted
from quizapp.memory.schedule import Grade, Memory, Outcome, Rules, study_day
from quizapp.memory.standings import Standings
from quizapp.settings import Settings
from quizapp.study.plan import CODE_SECONDS, rules_near
from quizapp.words import clean

MOST_TRAP_LINES = 3
_UNSAID = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)

# How often it is asked


def outcomes_for(card: Card, standings: Standings, now: datetime, settings: Settings) -> dict[Grade, Outcome]:
    """What each grade would do to `card` now. While an interview is near, cards come back later. Code has a retention
    of its own, and no steps: a pass is one at once, and it is written once a day. Only what was forgotten comes back on
    the same day, once, to be mended."""
    if not isinstance(card, Code):
        rules = rules_near(standings.rules, settings, study_day(now, settings.rollover))
        return standings.preview(card.key, now, rules)
    steps = standings.rules.relearning_steps[:1] or Rules().relearning_steps
    passed = replace(standings.rules, retention=settings.code_retention, learning_steps=(), relearning_steps=())
    failed = replace(passed, relearning_steps=steps)
    again = standings.preview(card.key, now, failed)["again"]
    return {**standings.preview(card.key, now, passed), "again": again}


def to_mend(card: Card, memory: Memory, day: date) -> bool:
    """Is `card` to be mended on study day `day`, rather than written: was it forgotten today?"""
    return isinstance(card, Code) and memory.state == "relearning" and memory.day == day


# What a try suggests


class Try(Struct, frozen=True):
    """What happened since the card was asked. `submissions` were judged, `hints` told; the rest is of the time before
    the first submission that ran, or the end: `slips` of syntax or of a name, whether something was `told` (a hint, the
    reference), whether that submission `passed` (None: none ran yet), and after how many `seconds`."""

    submissions: int = 0
    hints: int = 0
    slips: int = 0
    told: bool = False
    passed: bool | None = None
    seconds: float = 0.0


def slipped(one: Try) -> Try:
    """A submission could not be judged: it did not compile, or stopped at a name that there is not."""
    return replace(one, submissions=one.submissions + 1, slips=one.slips + (one.passed is None))


def ran(one: Try, *, passed: bool, seconds: float) -> Try:
    """A submission ran, `seconds` after the card was asked: the first one grades."""
    one = replace(one, submissions=one.submissions + 1)
    return one if one.passed is not None else replace(one, passed=passed, seconds=seconds)


def hinted(one: Try) -> Try:
    """A hint was told."""
    return gave_away(replace(one, hints=one.hints + 1))


def gave_away(one: Try) -> Try:
    """Something of the answer was shown: the reference, an earlier attempt."""
    return replace(one, told=one.told or one.passed is None)


def suggested_for(one: Try, card: Code) -> Grade:
    """Passed at once and in time: good; late, or after a slip: hard. Not passed, or told before: again."""
    if not one.passed or one.told:
        return "again"
    return "hard" if one.slips or one.seconds > (card.seconds or CODE_SECONDS) else "good"


def unmet(one: Try) -> Literal["unrun", "failed", "told", "slip", "late"]:
    """What keeps a try from good."""
    if one.passed is None:
        return "unrun"
    if not one.passed:
        return "failed"
    return "told" if one.told else "slip" if one.slips else "late"


# Its lines in order


class Lines(Struct, frozen=True):
    """The lines of a solution as they are offered to be put in order, trap lines among them: those that are not in
    `right`, which are left out. `right` are the places in `texts` of the solution's lines, in order.

    A line is a logical one, with its indentation: what is written over several in brackets is one.
    """

    texts: tuple[str, ...]
    right: tuple[int, ...]


def solution(attempts: Iterable[Attempted], exercise: str, reference: str) -> str:
    """What is put in order: the user's own last text that passed the exercise as it is (`exercise`: its SHA-256), if it
    is one that can be laid out; else the reference."""
    own = [one.text for one in attempts if one.passed and one.exercise == exercise]
    return own[-1] if own and len(_lines(own[-1])) <= MOST_IN_A_LIST // 2 else reference


def scrambled(source: str, traps: Mapping[str, str], key: str, turn: int) -> Lines:
    """The lines of `source` and up to three of wrong solutions, shuffled, for one key and turn always the same way.

    Of the wrong solutions lines are taken that are not in `source` and name nothing that it does not: in another's
    words they would stand out. Whether such a line might be right somewhere in a solution of another shape is not
    known; nor, of two lines that may stand in either order, that they may (see `standing`).
    """
    own = _lines(source)[:MOST_IN_A_LIST]
    known, bare = _names(source) | {*dir(builtins)}, {line.strip() for line in own}
    foreign = {
        line.strip(): line
        for name in sorted(traps)
        for line in _lines(traps[name])
        if line.strip() not in bare and _names(line) <= known
    }
    picked = [list(foreign.values())[i] for i in shuffled(len(foreign), f"{key}:traps:{turn}")[:MOST_TRAP_LINES]]
    lines = [*own, *picked]
    order = shuffled(len(lines), f"{key}:lines:{turn}")
    return Lines(tuple(lines[i] for i in order), tuple(order.index(i) for i in range(len(own))))


def standing(lines: Lines, order: Sequence[int]) -> tuple[bool, ...]:
    """Of each line in the order chosen (places in `lines.texts`, without those left out) whether it may stay: as few as
    can be are to be moved or left out, so one that stands wrong makes no other wrong. Lines that are equal are the
    same. All of them, and as many as are right: solved.

    Two lines that do not depend on each other are wrong in the order that the solution does not have. Who wants to be
    fair to them has `program_of` judged as any submission.
    """
    here, right = [lines.texts[i] for i in order], [lines.texts[i] for i in lines.right]
    longest = [[0] * (len(right) + 1) for _ in range(len(here) + 1)]  # how many may stay, from a place in both on
    for at in reversed(range(len(here))):
        for to in reversed(range(len(right))):
            apart = max(longest[at + 1][to], longest[at][to + 1])
            longest[at][to] = longest[at + 1][to + 1] + 1 if here[at] == right[to] else apart
    stays, at, to = [False] * len(here), 0, 0
    while at < len(here) and to < len(right):
        if here[at] == right[to]:
            stays[at] = True
            at, to = at + 1, to + 1
        elif longest[at + 1][to] >= longest[at][to + 1]:
            at += 1
        else:
            to += 1
    return tuple(stays)


def solved(lines: Lines, order: Sequence[int]) -> bool:
    """Do they stand as in the solution, and no other among them?"""
    return len(order) == len(lines.right) and all(standing(lines, order))


def program_of(lines: Lines, order: Sequence[int]) -> str:
    """The program that an order makes."""
    return "".join(f"{lines.texts[i]}\n" for i in order)


def _lines(source: str) -> list[str]:
    """The logical lines of a program, cleaned, without what does nothing: comments, blank lines and docstrings."""
    source = clean(source).expandtabs(4)
    physical = source.split("\n")
    found: list[str] = []
    tokens: list[tokenize.TokenInfo] = []  # of the line so far
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.NEWLINE:
                if any(one.type != tokenize.STRING for one in tokens):  # else it is a docstring
                    lines = physical[tokens[0].start[0] - 1 : token.start[0]]
                    found.append("\n".join(line.rstrip() for line in lines))
                tokens = []
            elif token.type not in _UNSAID:
                tokens.append(token)
    except (tokenize.TokenError, SyntaxError):  # what passed can be read; another device may say it did
        return [line.rstrip() for line in physical if line.strip()]
    return found


def _names(source: str) -> set[str]:
    return {*re.findall(r"[^\W\d]\w*", source)}
