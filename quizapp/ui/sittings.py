"""How studying, a quiz, an interview and the first session begin, and how a screen leads to the next one of it."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.dom import DOMNode
from textual.screen import Screen

from quizapp.cards.card import Card, Code, Deck
from quizapp.memory.schedule import local_now
from quizapp.study.selection import EVERYTHING, Selection
from quizapp.texts import text
from quizapp.ui import preferences
from quizapp.ui.context import LeftFirst, context, say_error
from quizapp.ui.routes import open_screen

if TYPE_CHECKING:
    from quizapp.study.first_session import FirstSession
    from quizapp.study.interview import Asked, Terms
    from quizapp.study.interview_store import KeptInterview
    from quizapp.study.session import Session


def study(node: DOMNode, decks: Sequence[Deck], selection: Selection = EVERYTHING, *, replace: bool = False) -> None:
    """Begin a session over `decks`, or over those of their cards that `selection` takes; or `replace` the screen. Where
    nothing is due by now the next ones of their path are begun."""
    from quizapp.study.session import Session

    desk, now = context(node).desk, local_now()
    desk.standings.refresh()
    session = Session(decks, desk.recorder, desk.settings, now, selection=selection)
    if session.card is None:
        from quizapp.study.chosen import ahead

        more = ahead(session.decks, desk.standings, now, desk.settings)
        if more and desk.standings.of(more[0].key).memory.day is None:
            study_these(node, more, replace=replace)
            return
    open_screen(node, "study", session, replace=replace)


def study_these(node: DOMNode, cards: Sequence[Card], after: "Session | None" = None, *, replace: bool = False) -> None:
    """Begin a session of exactly these cards, right `after` another one; `replace` the screen on top."""
    from quizapp.study.chosen import ChosenSession

    desk = context(node).desk
    desk.standings.refresh()
    ticked = after.ticked if after is not None else {}
    session = ChosenSession(cards, desk.library, desk.recorder, desk.settings, local_now(), ticked)
    open_screen(node, "study", session, replace=replace)


def finish_session(node: DOMNode, session: "Session") -> None:
    """From the study screen to its summary; straight home when a card was left and nothing done."""
    if session.acts or session.card is None:
        open_screen(node, "summary", session, replace=True)
    else:
        node.app.pop_screen()


def go_on(node: DOMNode, session: "Session") -> None:
    """From the summary back to what of the session was left."""
    session.advance(local_now())
    open_screen(node, "study", session, replace=True)


def resume_session(node: DOMNode, session: "Session") -> None:
    """Back from the summary, with the last act taken back."""
    open_screen(node, "study", session, undo=True)


def offer_first(node: DOMNode) -> None:
    """Open the first session by itself for who has never studied, unless it was left, or decks were named."""
    desk = context(node).desk
    if desk.settings.tour == "offer" and not any(desk.standings.begun) and not desk.paths:
        open_screen(node, "first-form")


def take_first(node: DOMNode) -> None:
    """The first session where it was left; else its questions first, or straight on with its cards where some wait and
    others do not."""
    here = context(node)
    left, here.left_first = here.left_first, None
    if left is not None and left.stands(here.desk):
        left.session.leave_out((local_now() - left.at).total_seconds())
        open_screen(node, "first-session", left.session)
        return
    session = _first_session(node)
    if session.card is not None and session.begun and not _took_first(node):
        open_screen(node, "first-session", session)
    else:
        open_screen(node, "first-form")


def begin_first(node: DOMNode, *, replace: bool = False) -> None:
    """The cards of the first session, as practice if it was taken; where no deck names any, or none waits, a session
    over all of them."""
    session = _first_session(node)
    if _took_first(node):
        from quizapp.study.first_session import start_cards

        begin_quiz(node, start_cards(session.decks), int(time.time()), cram=True, replace=replace)
    elif session.card is not None:
        open_screen(node, "first-session", session, replace=replace)
    else:
        preferences.change(node, "tour", "done")
        node.app.pop_screen()
        study(node, context(node).desk.library.decks)


def _took_first(node: DOMNode) -> bool:
    from quizapp.study.first_session import was_taken

    desk = context(node).desk
    return was_taken(desk.library.decks, desk.standings, desk.settings)


def leave_first(node: DOMNode, session: "FirstSession | None" = None) -> None:
    """Home, before the end of the first session; it is not offered any more, but may be taken up again, as `session`
    stands."""
    here = context(node)
    if session is not None:
        here.left_first = LeftFirst(session, local_now(), here.desk.library, here.desk.standings.changes)
    preferences.change(node, "tour", "done")
    node.app.pop_screen()


def _first_session(node: DOMNode) -> "FirstSession":
    from quizapp.study.first_session import FirstSession

    desk = context(node).desk
    desk.standings.refresh()
    return FirstSession(desk.library.decks, desk.recorder, desk.settings, local_now())


def begin_quiz(
    node: DOMNode, cards: Sequence[Card], seed: int, *, cram: bool = False, again: bool = False, replace: bool = False
) -> None:
    """Ask `cards` in a quiz, or to `cram` them, or `again` as they were missed in one; `replace` the screen where they
    were chosen."""
    from quizapp.study.quiz import Quiz

    quiz = Quiz(cards, seed, local_now(), cram=cram, turns=context(node).turns)
    quiz.again = again
    open_screen(node, "quiz", quiz, replace=replace)


def begin_interview(node: DOMNode, questions: "Sequence[Asked]", terms: "Terms", *, replace: bool = False) -> None:
    """Begin a mock interview; `replace` the screen where it was chosen. Where an examiner may ask, whether it may is
    asked first."""
    from quizapp.examiner.fault import ExaminerFault
    from quizapp.examiner.place import examiner_place
    from quizapp.study.interview import start_interview
    from quizapp.study.interview_store import keep_in
    from quizapp.ui.consent import with_consent

    desk = context(node).desk

    def begin(_: bool) -> None:
        kept = keep_in(desk.home.interviews, start_interview(questions, terms, local_now()))
        open_interview(node, kept, replace=replace)

    place = examiner_place(desk.settings)
    if place is None or terms.way != "typed":
        begin(False)
        return
    try:
        with_consent(node, place, begin)
    except ExaminerFault as fault:
        say_error(node, fault)
        begin(False)


def code_question(node: DOMNode, cards: Sequence[Code], terms: "Terms") -> Code | None:
    """The card that asks an interview for code, if it can be judged here."""
    from quizapp.study.interview_questions import code_drawn
    from quizapp.ui.code.one_run import may_run

    card = code_drawn(cards, terms)
    return card if card is not None and may_run(node, card) else None


def end_interview(node: DOMNode, kept: "KeptInterview") -> None:
    """From its last question to its report: what was missed and what was known unasked counts as reviews."""
    count_interview(node, kept)
    open_interview(node, kept, replace=True)


def count_interview(node: DOMNode, kept: "KeptInterview") -> None:
    """Make reviews of what counts; say so if the disk refuses."""
    from quizapp.memory.recorder import Stale
    from quizapp.study.interview import cards_by_key
    from quizapp.study.interview_store import count_as_reviews

    desk = context(node).desk
    try:
        count_as_reviews(kept, cards_by_key(desk.library), desk.recorder, desk.settings, local_now())
    except (OSError, Stale) as error:
        say_error(node, error)


def resume_interview(node: DOMNode, path: Path, *, replace: bool = False) -> None:
    """Open the interview kept in `path` where it was left, or go back to it; say so if that cannot be."""
    from quizapp.study.interview import cards_by_key
    from quizapp.study.interview_lost import not_open, without_lost
    from quizapp.study.interview_store import UnreadableInterview, open_kept

    app, here = node.app, context(node)
    if any(_shows(screen, path) for screen in app.screen_stack):
        while not _shows(app.screen, path):
            app.pop_screen()
        return
    try:
        kept = open_kept(path)
    except UnreadableInterview as error:
        say_error(app, error)
        return
    away = not_open(kept.interview, here.desk.library) if kept.interview.stage != "done" else []
    if away:  # to go on without it would lose its questions
        said = text("screens.interview.not_open", here.language, decks=", ".join(away))
        app.notify(said, severity="error", timeout=10, markup=False)
        return
    kept.interview = without_lost(kept.interview, cards_by_key(here.desk.library))
    open_interview(node, kept, replace=replace)


def _shows(screen: Screen[Any], path: Path) -> bool:
    """Does `screen` show the interview kept in `path`?"""
    from quizapp.study.interview_store import KeptInterview

    return isinstance(kept := getattr(screen, "kept", None), KeptInterview) and kept.path == path


def open_interview(node: DOMNode, kept: "KeptInterview", *, replace: bool = False, turned: bool = False) -> None:
    """An interview where it stands: the questions, what an examiner asks, the review, or the report. With a friend
    first whose the screen is now, until it was `turned`."""
    name = {"done": "report", "asked_back": "asked-back"}.get(kept.interview.stage, "interview")
    if name == "interview" and kept.interview.friend and not turned:
        name = "hand-over"
    open_screen(node, name, kept, replace=replace)
