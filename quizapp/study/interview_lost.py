"""An interview whose decks are elsewhere, or whose cards are gone."""

from collections.abc import Mapping

from msgspec.structs import replace

from quizapp.cards.card import Card
from quizapp.cards.library import Library
from quizapp.study.interview import Interview, cards_by_key
from quizapp.study.interview_marks import look_again


def not_open(interview: Interview, library: Library) -> list[str]:
    """The names of the decks that the interview asks of and that are not in the library: they may be elsewhere."""
    cards, open_ = cards_by_key(library), {deck.name for deck in library.decks}
    return sorted({asked.key.partition("/")[0] for asked in interview.questions if asked.key not in cards} - open_)


def without_lost(interview: Interview, cards: Mapping[str, Card]) -> Interview:
    """The interview without the questions still to be answered whose cards are not among `cards`, which are by key.

    What was answered stays. If nothing is left to ask, it goes on as after its last question; if nothing was answered
    either, it stays as it is.
    """
    if interview.stage not in ("asking", "asked_back", "marking"):
        return interview
    ahead = [asked for asked in interview.questions[interview.at :] if asked.given or asked.key in cards]
    questions = (*interview.questions[: interview.at], *ahead)
    if not questions:
        return interview
    if len(questions) == len(interview.questions):
        return interview
    interview = replace(interview, questions=questions)
    return interview if ahead else look_again(interview, cards)
