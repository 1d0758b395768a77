"""The reference that comes with the app: what it holds, and that it is what was judged (docs/issue-26)."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizapp.examiner.reference import ReferenceAnswer, reference_answers

JUDGED = Path(__file__).parents[2] / "docs" / "issue-26"


@pytest.fixture(scope="module")
def judged() -> dict[str, dict[str, Any]]:
    """What the judges saw and said, by the answer's id."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sheet, *readings = (
        {one["id"]: one for one in yaml.load((JUDGED / f"{name}.yaml").read_text("utf-8"), loader)}
        for name in ("sheet", "reading-rb", "reading-rc")
    )
    return {id: {**seen, "readings": [reading[id]["points"] for reading in readings]} for id, seen in sheet.items()}


def test_it_is_what_the_judges_saw_and_said(judged: dict[str, dict[str, Any]]) -> None:
    def plain(answer: ReferenceAnswer) -> dict[str, Any]:
        task = answer.task
        found: dict[str, Any] = {
            "id": answer.id,
            "card": answer.card,
            "language": task.language,
            "question": task.question,
        }
        if task.statement:
            found["statement"] = task.statement
        found["points"] = dict(enumerate(task.points, 1))
        return {**found, "answer": task.answer, "readings": [list(reading) for reading in answer.readings]}

    assert {answer.id: plain(answer) for answer in reference_answers()} == judged


def test_how_much_of_what_it_holds() -> None:
    answers = reference_answers()
    assert Counter(answer.task.language for answer in answers) == {"en": 60, "zh": 60}
    assert len({answer.card for answer in answers}) == 40
    verdicts = Counter(verdict for answer in answers for verdict in answer.readings[0])
    assert verdicts == {"made": 149, "partly": 25, "missed": 141}
    assert all(answer.readings[0] == answer.readings[1] for answer in answers)  # so either is the reference
    assert all(point.hit for answer in answers for point in answer.points)


def test_the_first_few_are_of_many_cards() -> None:
    assert len({answer.card for answer in reference_answers()[:40]}) == 40


def test_an_examiner_is_not_shown_the_card() -> None:
    for answer in reference_answers():
        assert answer.card.partition("/")[2] not in repr(answer.task)
