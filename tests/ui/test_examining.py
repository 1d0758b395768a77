"""Whether an examiner may be asked about an answer, and in what the user overrules it; the rest is in the journeys."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from msgspec.structs import replace
from textual.widget import Widget

from quizapp.cards.card import Card, Code, Free, Numeric, NumericAnswer, Point
from quizapp.examiner.place import Place
from quizapp.examiner.said import Hearing
from quizapp.examiner.task import task_of
from quizapp.examiner.verdict import PointVerdict, Verdict
from quizapp.settings import Settings
from quizapp.study.answer import Answer
from quizapp.ui import examining
from quizapp.ui.examining import Examination
from quizapp.words import same

SET_UP = Settings(examiner_address="http://localhost:11434/v1", examiner_model="small:8b")
POINTS = tuple(Point(same(text)) for text in ("one", "two", "three"))
LIKE: dict[str, Any] = {"id": "x", "key": "d/x", "deck": "d", "path": Path("d.yaml"), "line": 1, "pinned": True}
CARD = Free(q=same("Why?"), a=same("So."), points=POINTS, **LIKE)
PLACE = Place("http://localhost:11434/v1", "small:8b")


def examination(monkeypatch: pytest.MonkeyPatch, settings: Settings = SET_UP) -> Examination:
    here = SimpleNamespace(desk=SimpleNamespace(settings=settings), language="en")
    monkeypatch.setattr(examining, "context", lambda _: here)
    return Examination(cast(Widget, None), lambda: None)


def answer(card: Card = CARD, typed: str = "since", ticks: tuple[int, ...] = (0,)) -> Answer:
    return Answer(card, typed=typed, ticks=frozenset(ticks))


def test_it_is_offered_for_what_was_typed_and_ticked_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = examination(monkeypatch).offers
    assert offers(answer())
    none = answer(ticks=())
    assert not offers(none)  # the user says first what was made of it
    none.none = True
    assert offers(none)
    assert not offers(answer(typed=" \n"))
    assert not offers(answer(replace(CARD, points=())))
    assert not offers(answer(Numeric(q=same("?"), answer=NumericAnswer(1.0, (0.9, 1.1)), points=POINTS, **LIKE)))
    assert not offers(answer(Code(q=same("?"), code="x", points=POINTS, **LIKE)))
    for name in ("examiner_address", "examiner_model"):
        assert not examination(monkeypatch, replace(SET_UP, **{name: ""})).offers(answer())


def test_the_user_overrules_a_whole_verdict_that_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    one, given = examination(monkeypatch), answer(ticks=(1, 2))
    verdict = Verdict((PointVerdict("made"), PointVerdict("missed"), PointVerdict("partly")))
    assert one.overruling(given) is None
    one.hearing = Hearing(PLACE, running=True, verdict=verdict)
    assert one.overruling(given) is None and one.offers(given)  # to stop it
    one.hearing = Hearing(PLACE, verdict=verdict)
    said = one.overruling(given)
    assert said is not None and not one.offers(given)
    assert (said.card, said.model, said.ticked, said.unticked) == ("d/x", "small:8b", (1,), (0,))
    assert one.overruling(answer(ticks=(0, 2))) is None  # where it says partly both may be right
    one.hearing = Hearing(PLACE)
    assert one.overruling(given) is None and one.offers(given)  # stopped


def test_nothing_is_sent_of_an_answer_that_is_gone_when_one_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    one, task, begun = examination(monkeypatch), task_of(CARD, "since", "en"), list[object]()
    monkeypatch.setattr(one, "_begin", lambda *given: begun.append(given))
    one._task = task
    one._answered(PLACE, task, False)
    assert not begun
    one._answered(PLACE, task, True)
    assert begun == [(PLACE, task)]
    one.forget()  # its card was written anew while one was asked
    one._answered(PLACE, task, True)
    assert len(begun) == 1


def test_a_card_written_anew_keeps_what_was_said_while_it_asks_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, given = examination(monkeypatch), answer()
    one._task = task_of(CARD, given.typed, "en")
    one.hearing = Hearing(PLACE, verdict=Verdict((PointVerdict(),) * 3))
    one.renew(answer(replace(CARD, a=same("Therefore."))))
    assert one.hearing is not None
    one.renew(answer(replace(CARD, points=POINTS[:2])))
    assert one.hearing is None
