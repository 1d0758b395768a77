"""How a mock interview is marked and goes on: the next question, what is looked at again, its end, and a step back."""

from collections.abc import Mapping

from msgspec.structs import replace

from quizapp.cards.card import Card, Code
from quizapp.memory.schedule import Grade
from quizapp.study.answer import Answer
from quizapp.study.interview import TOLD_FORMAT, Interview, give, to_points, with_question
from quizapp.study.interview_answer import was_left_out
from quizapp.study.interview_report import result_of


def mark(interview: Interview, answer: Answer | None, grade: Grade | None, cards: Mapping[str, Card]) -> Interview:
    """The interview with the question in hand marked, by the ticks of `answer` and the grade, and the next one in hand;
    after the last one, what lacked something is looked at again, and then it is done. `cards` are by key. Without an
    answer, as where the card is gone, the ticks stay as they are. What could be judged and was left out where answers
    are written is again, whatever grade is given.
    """
    if answer is not None and was_left_out(answer) and not (interview.aloud or interview.friend):
        grade = "again"
    ticks = interview.question.ticks if answer is None else tuple(sorted(answer.ticks))
    interview = with_question(interview, replace(interview.question, ticks=ticks, grade=grade, given=True))
    if interview.stage == "reviewing":
        return replace(interview, at=interview.at + 1) if interview.at + 1 < len(interview.again) else _done(interview)
    if interview.at + 1 == len(interview.questions):
        return look_again(interview, cards)
    return _asked(interview, interview.at + 1)


def look_again(interview: Interview, cards: Mapping[str, Card]) -> Interview:
    """The interview with what lacked something to be looked at, as its report says it and in its order. Done if nothing
    lacked anything."""
    results = [result_of(asked, cards.get(asked.key), interview.seed) for asked in interview.questions]
    order = sorted((i for i, one in enumerate(results) if one.lacks), key=lambda i: results[i].order)
    if not order:
        return _done(interview)
    return replace(interview, at=0, stage="reviewing", again=tuple(order))


def unanswered(interview: Interview, cards: Mapping[str, Card]) -> int:
    """How many questions it has that are not answered. The one in hand is, if it was touched; one that is said aloud,
    or whose code is on its page, also if it took more than a look."""
    asked = interview.question
    out_of_sight = interview.aloud or isinstance(cards.get(asked.key), Code)
    return len(interview.questions) - interview.at - (asked.begun if out_of_sight else asked.touched)


def end_here(interview: Interview, cards: Mapping[str, Card]) -> Interview | None:
    """The interview without the questions that were not answered; the one in hand, if it was, is to be marked, and
    keeps its time. None if nothing is left of it. `cards` are by key."""
    left, at = unanswered(interview, cards), interview.at
    if left == len(interview.questions):
        return None
    if left:
        questions = interview.questions[: len(interview.questions) - left]
        interview = replace(interview, format=TOLD_FORMAT, questions=questions, left=(interview.left or 0) + left)
    if len(interview.questions) > at and not interview.friend:
        return to_points(interview)
    return look_again(interview, cards)


def mark_again(interview: Interview) -> Interview:
    """The interview with the question that was marked last in hand again; the first one stays."""
    if interview.stage == "reviewing" and interview.at:
        return replace(interview, at=interview.at - 1)
    if interview.stage == "done" and interview.again:
        return replace(interview, stage="reviewing", at=len(interview.again) - 1)
    at = interview.at if interview.stage in ("asking", "asked_back", "marking") else len(interview.questions)
    return replace(_asked(interview, max(0, at - 1)), again=())


def unsure_again(interview: Interview) -> Interview:
    """The interview, in which the answer in hand was to be marked, with how sure one is of it to be said again."""
    return replace(give(interview), stage="asking")


def _asked(interview: Interview, at: int) -> Interview:
    """The interview with question `at` in hand: to be marked once its answer is given, but for a friend, who marks
    while it is."""
    given = interview.questions[at].given and not interview.friend
    return replace(interview, at=at, stage="marking" if given else "asking")


def _done(interview: Interview) -> Interview:
    return replace(interview, at=len(interview.questions), stage="done")
