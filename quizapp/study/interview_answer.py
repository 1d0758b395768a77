"""An interview's question as an answer to its card, and the grade that its marks suggest."""

from quizapp.cards.card import Card, Choice, Code, Order
from quizapp.cards.vary import fresh
from quizapp.memory.schedule import Grade
from quizapp.study.answer import Answer, blank
from quizapp.study.code import Try
from quizapp.study.interview import Asked
from quizapp.texts import Sentence, tell


def answer_to(asked: Asked, card: Card, seed: int) -> Answer:
    """What was answered to the question `asked`, as an answer to `card`, shuffled and drawn with `seed`; indices that
    the card does not have (any more) are left out. A grade without a tick says that none was made, of what is close
    whether it counts, and of what was left out whether it was missed."""
    card = fresh(card, seed)
    answer = blank(card, str(seed))
    answer.typed, answer.confidence = asked.typed, asked.confidence
    answer.ticks = frozenset(tick for tick in asked.ticks if tick < len(card.points))
    answer.none = asked.grade is not None and bool(card.points) and not answer.judged and not answer.ticks
    match card:
        case Code() if asked.passed is not None:
            answer.tried = Try(submissions=1, passed=asked.passed, seconds=asked.took_s)
        case Choice():
            answer.chosen = frozenset(i for i in asked.chosen if i < len(card.choices))
        case Order() if sorted(asked.chosen) == list(range(len(card.items))):
            answer.places, answer.laid = asked.chosen, len(asked.chosen)
        case _:
            pass
    if answer.close and asked.grade is not None:
        answer.counts = asked.grade != "again"
    elif answer.left_out and asked.grade == "again":
        answer.none = True
    return answer


def was_left_out(answer: Answer) -> bool:
    """Can it be judged, and is nothing there to judge?"""
    if isinstance(answer.card, Code):
        return answer.tried is None
    return answer.left_out and not answer.ticks


def suggested(answer: Answer, asked: Asked) -> Grade | None:
    """The grade that the marks of an answer suggest, None while there is something to tick or to say. What could be
    judged and was left out was not known; what has neither points nor a verdict is good until the user says otherwise.
    Over its time good is hard."""
    if was_left_out(answer):
        return "again"
    grade = answer.suggested()
    if grade is None and not answer.undecided:
        grade = "good"
    return "hard" if grade == "good" and asked.over_s else grade


def reason_of(answer: Answer, asked: Asked) -> Sentence | None:
    """Why no better grade is suggested; None where that is plain."""
    if isinstance(answer.card, Code) and answer.tried is None:
        return tell("study.why.unrun")
    late = suggested(answer, asked) == "hard" and answer.suggested() != "hard"
    return tell("study.why.late") if late else answer.reason()
