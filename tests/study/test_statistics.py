from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quizapp import disk
from quizapp.cards.card import Deck
from quizapp.cards.load import load
from quizapp.memory.events import Given, Prediction
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Rules
from quizapp.memory.standings import open_standings
from quizapp.study.statistics import (
    FORECAST,
    STABILITIES,
    ReviewFigures,
    Share,
    card_figures,
    review_figures,
    stability_names,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    path = tmp_path / "d.yaml"
    path.write_text("cards:\n" + "".join(f"  - {{id: c{i}, q: Question {i}, a: Answer}}\n" for i in range(6)))
    found, faults = load(path)
    assert found is not None and not faults
    return found


@pytest.fixture
def recorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    monkeypatch.setattr(disk, "sync", lambda fd: None)
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield recorder


def give(
    recorder: Recorder,
    key: str,
    grade: Grade,
    when: datetime,
    took_s: float | None = None,
    confidence: int | None = None,
) -> str:
    given = Given(took_s=took_s, confidence=confidence)
    return recorder.review(f"d/{key}", recorder.standings.preview(f"d/{key}", when)[grade], when, given).id


def figures(recorder: Recorder) -> ReviewFigures:
    *_, found = review_figures(recorder.standings.reading(), NOW.date())
    assert found is not None
    return found


def test_only_reviews_of_cards_in_review_make_retention_and_only_those_that_stand(recorder: Recorder) -> None:
    start = NOW - 40 * DAY
    give(recorder, "c0", "easy", start)
    give(recorder, "c0", "good", start + 10 * DAY)
    give(recorder, "c0", "again", start + 30 * DAY)
    give(recorder, "c0", "good", start + 30 * DAY + timedelta(minutes=10))  # relearning
    give(recorder, "c1", "again", NOW)  # learning
    recorder.undo(give(recorder, "c0", "again", NOW), NOW)
    found = figures(recorder)
    assert (found.reviews, len(found.days)) == (5, 4)
    assert found.retention() == Share(2, 1) and found.retention(15) == Share(1, 0) and found.retention(5) == Share()
    assert found.retention(11) == Share(1, 0) and found.retention(10) == Share()  # the review was ten days ago
    assert found.retention(11, until=(start + 10 * DAY).date()) == Share(1, 1)
    assert sum(found.by_stability, Share()) == Share(2, 1) and found.retention().rate == 0.5


def test_what_was_answered_with_a_cue_is_counted_apart(recorder: Recorder) -> None:
    start = NOW - 40 * DAY
    give(recorder, "c0", "easy", start)
    give(recorder, "c0", "good", start + 10 * DAY)
    cued: tuple[tuple[datetime, Grade], ...] = ((start + 30 * DAY, "again"), (start + 31 * DAY, "good"))
    for when, grade in cued:
        outcome = recorder.standings.preview("d/c0", when)[grade]
        recorder.review("d/c0", outcome, when, Given(cued=True, drawn={"bits": "3"}, attempts=int(grade == "again")))
    found = figures(recorder)
    assert found.code == Share(1, 0)
    assert found.retention() == Share(1, 1) and found.cued == Share(1, 0), "relearning is no retention either way"
    assert found.reviews == 4 and sum(found.by_stability, Share()) == Share(1, 1)


def test_time_is_capped_and_counted_by_day(recorder: Recorder) -> None:
    give(recorder, "c0", "good", NOW, took_s=12.5)
    give(recorder, "c1", "good", NOW, took_s=9999.0)
    give(recorder, "c2", "good", NOW)
    assert figures(recorder).days[NOW.date()].seconds == 312.5


def test_a_review_belongs_to_the_span_of_its_stability(recorder: Recorder) -> None:
    give(recorder, "c0", "easy", NOW - 60 * DAY)
    stability = recorder.standings.of("d/c0").memory.stability
    assert stability is not None
    give(recorder, "c0", "good", NOW)
    spans = list(zip(STABILITIES, STABILITIES[1:], figures(recorder).by_stability, strict=False))
    assert [low <= stability < high for low, high, share in spans if share.asked] == [True]
    names = ["< 1d", "1-3d", "3-7d", "7-21d", "21-60d", "60-180d", "> 180d"]
    assert [str(name) for name in stability_names()] == names and len(names) == len(spans)
    assert stability_names()[1].says("zh") == "1–3 天"


def test_confidence_and_predictions_are_set_against_what_came(recorder: Recorder) -> None:
    grades: tuple[tuple[int, Grade], ...] = ((95, "good"), (95, "again"), (25, "again"))
    for said, grade in grades:
        give(recorder, f"c{said}", grade, NOW, confidence=said)
    for right, sure in ((True, 75), (False, None), (None, None)):
        recorder.predict(Prediction(card="d/c0", demo="x", measure="m", right=right, confidence=sure), NOW)
    found = figures(recorder)
    assert found.confidence == {25: Share(1, 0), 95: Share(2, 1)} and list(found.confidence) == [25, 95]
    assert found.predictions == Share(2, 1) and found.predictions_by_confidence == {75: Share(1, 1)}


def test_nothing_makes_nothing(recorder: Recorder, deck: Deck) -> None:
    found = figures(recorder)
    assert (found.reviews, found.seconds, found.days, found.retention().rate) == (0, 0, {}, None)
    cards = card_figures(deck.cards, recorder.standings.all, NOW, 4)
    assert cards.states["new"] == 6 and not any(cards.forecast) and cards.hardest == ()


def test_every_card_is_counted_once_and_due_cards_on_their_study_day(recorder: Recorder, deck: Deck) -> None:
    give(recorder, "c0", "easy", NOW - 60 * DAY)  # overdue
    give(recorder, "c1", "good", NOW)  # learning, due in ten minutes
    give(recorder, "c2", "easy", NOW)
    give(recorder, "c3", "easy", NOW)
    recorder.change("d/c3", "suspended", NOW)
    give(recorder, "gone", "easy", NOW)
    found = card_figures(deck.cards, recorder.standings.all, NOW, 4)
    assert found.states == {"new": 2, "learning": 1, "young": 2, "mature": 0, "suspended": 1}
    due = recorder.standings.of("d/c2").memory.due
    assert due is not None
    day = (due.date() - date(2026, 11, 23)).days
    assert found.forecast[0] == 2 and found.forecast[day] == 1 and sum(found.forecast) == 3
    assert len(found.forecast) == FORECAST and found.today == date(2026, 11, 23)


@pytest.mark.parametrize("hour, day", [(1, 0), (5, 1)])
def test_the_forecast_begins_its_days_at_the_rollover_of_the_users_clock(
    recorder: Recorder, deck: Deck, hour: int, day: int
) -> None:
    """A card due at 3 in the night in Shanghai falls on the study day before."""
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime(2026, 11, 23, 23, 55, tzinfo=zone)
    give(recorder, "c0", "good", now)
    recorder.standings.of("d/c0")
    due = recorder.standings.of("d/c0").memory.due
    assert due is not None and due.astimezone(zone).date() == date(2026, 11, 24)
    late = datetime(2026, 11, 24, hour, 0, tzinfo=zone)
    assert card_figures(deck.cards, recorder.standings.all, now, 4).forecast[0] == 1
    give(recorder, "c1", "good", late - timedelta(minutes=10))
    assert card_figures(deck.cards, recorder.standings.all, now, 4).forecast[day] >= 1


def test_the_hardest_come_first(recorder: Recorder, deck: Deck) -> None:
    grades: tuple[tuple[str, Grade], ...] = (("c0", "easy"), ("c1", "easy"), ("c2", "hard"))
    for key, grade in grades:
        give(recorder, key, grade, NOW - 60 * DAY)
    give(recorder, "c1", "again", NOW - 20 * DAY)
    hard = card_figures(deck.cards, recorder.standings.all, NOW, 4).hardest
    assert [(one.card.id, one.lapses) for one in hard] == [("c1", 1), ("c2", 0), ("c0", 0)]
