"""An examiner's share in a mock interview: what it asks about an answer that was given, within the question's clock.

It changes no tick and no grade: its time is no part of what the answer took.
"""

from msgspec.structs import replace

from quizapp.cards.card import Card, Fix, Free
from quizapp.examiner.task import FollowUp
from quizapp.examiner.verdict import MOST_WORDS, Cost
from quizapp.study.interview import ASKED_BACK_FORMAT, MOST_ASKED_BACK, Asked, Interview, with_question
from quizapp.words import clean

_MOST_TOKENS, _MOST_SECONDS = 10**9, 1e7  # as the file has them


def may_ask_back(interview: Interview, card: Card) -> bool:
    """May an examiner ask (once more) about the answer that was given to `card`? It was typed in words of one's own,
    what was asked about it was answered, and there is time left."""
    asked = interview.question
    written = not interview.aloud and isinstance(card, Free | Fix) and bool(asked.typed.strip())
    replied = all(one.answer.strip() for one in asked.asked_back)
    return written and replied and len(asked.asked_back) < MOST_ASKED_BACK and asked.spent_s < asked.budget_s


def to_asked_back(interview: Interview) -> Interview:
    """The interview with an examiner to ask about the answer in hand, which is given."""
    given = with_question(interview, replace(interview.question, given=True))
    return replace(given, format=max(given.format, ASKED_BACK_FORMAT), stage="asked_back")


def ask_back(interview: Interview, question: str, cost: Cost | None) -> Interview:
    """The interview with one more `question` of the examiner to answer, and what that took; none if it is empty."""
    asked = interview.question
    if question := _in_a_line(question):
        asked = replace(asked, asked_back=(*asked.asked_back, FollowUp(question)))
    if cost is not None:
        known = [one for one in (asked.tokens, cost.tokens_in, cost.tokens_out) if one is not None]
        tokens = min(sum(known), _MOST_TOKENS) if known else None
        asked = replace(asked, waited_s=min(asked.waited_s + cost.seconds, _MOST_SECONDS), tokens=tokens)
    return with_question(interview, asked)


def reply(interview: Interview, answer: str) -> Interview:
    """The interview with what is answered so far to the examiner's last question."""
    asked = interview.question
    if not asked.asked_back:
        return interview
    last = replace(asked.asked_back[-1], answer=clean(answer))
    return with_question(interview, replace(asked, asked_back=(*asked.asked_back[:-1], last)))


def as_read(asked: Asked) -> tuple[FollowUp, ...]:
    """What a file says that an examiner asked, cleaned: a stranger may have written it."""
    return tuple(FollowUp(_in_a_line(one.question), clean(one.answer)) for one in asked.asked_back)


def _in_a_line(question: str) -> str:
    return " ".join(clean(question).split())[:MOST_WORDS]
