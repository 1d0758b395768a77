"""What is told of teaching: recall about a week later by how a card was learnt, and beside what was expected."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from math import comb
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quizapp import disk
from quizapp.cards.card import Card
from quizapp.cards.load import load
from quizapp.memory.events import Given, Prediction
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Rules, retrievability
from quizapp.memory.standings import open_standings
from quizapp.study.statistics import LEAST_ASKED, Share, review_figures
from quizapp.study.teaching import LAST_DAYS, WEEK, Teaching, teaching

DAY = timedelta(days=1)
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
PREDICT = "demo: {run: quantize_layer, predict: {ask: How many?, read: errors}}"
DECK = f"""cards:
  - {{id: plain, q: Plain, a: Answer}}
  - {{id: pointed, q: Pointed, a: Answer, points: [One]}}
  - {{id: tried, q: Tried, a: Answer, {PREDICT}}}
"""


@pytest.fixture
def cards(tmp_path: Path) -> tuple[Card, ...]:
    path = tmp_path / "d.yaml"
    path.write_text(DECK)
    deck, faults = load(path)
    assert deck is not None and not faults
    return deck.cards


@pytest.fixture
def recorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    monkeypatch.setattr(disk, "sync", lambda fd: None)
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        yield recorder


def grade(recorder: Recorder, key: str, day: int, said: Grade, given: Given | None = None) -> None:
    when = START + day * DAY
    key = f"d/{key}"
    recorder.review(key, recorder.standings.preview(key, when)[said], when, given or Given())


def told(recorder: Recorder, cards: tuple[Card, ...], interview: date | None = None, days: int = 60) -> Teaching:
    reading, today = recorder.standings.reading(), (START + days * DAY).date()
    for _ in review_figures(reading, today):
        pass
    *_, found = teaching(reading, cards, today, interview, recorder.standings.rules)
    assert found is not None
    return found


def only(found: Teaching, **shares: Share) -> None:
    assert found.shares == dict.fromkeys(found.shares, Share()) | shares


def test_the_first_review_about_a_week_later_counts_and_no_other(recorder: Recorder, cards: tuple[Card, ...]) -> None:
    grade(recorder, "plain", 0, "easy")
    grade(recorder, "plain", WEEK[0] - 1, "good")
    only(told(recorder, cards))
    grade(recorder, "plain", WEEK[0] - 1 + WEEK[1] + 1, "good")
    only(told(recorder, cards))
    grade(recorder, "plain", 18 + WEEK[1], "good", Given(cued=True))
    only(told(recorder, cards))
    grade(recorder, "plain", 32 + WEEK[0], "again")
    only(told(recorder, cards), all=Share(1, 0))
    grade(recorder, "plain", 37, "good")
    grade(recorder, "plain", 37 + WEEK[1], "good")
    only(told(recorder, cards), all=Share(1, 0))


def test_points_that_were_ticked_before_are_told_from_those_that_were_not(
    recorder: Recorder, cards: tuple[Card, ...]
) -> None:
    grade(recorder, "pointed", 0, "easy")
    grade(recorder, "pointed", 7, "again", Given(ticks=(0,)))  # after what was asked: it was not learnt by it
    only(told(recorder, cards), all=Share(1, 0), not_ticked=Share(1, 0))
    recorder.change("d/pointed", "reset", START + 8 * DAY)
    grade(recorder, "pointed", 9, "easy", Given(ticks=(0,)))
    grade(recorder, "pointed", 16, "good")
    only(told(recorder, cards), all=Share(2, 1), not_ticked=Share(1, 0), ticked=Share(1, 1))


@pytest.mark.parametrize(
    ("predicted", "cued", "share"),
    [(0, True, "predicted_first"), (0, False, "predicted_later"), (3, False, "predicted_later"), (7, False, ""),
     (None, False, ""), (None, True, "")],
)  # fmt: skip
def test_a_prediction_counts_as_first_if_the_first_answer_was_cued_by_it(
    recorder: Recorder, cards: tuple[Card, ...], predicted: int | None, cued: bool, share: str
) -> None:
    if predicted is not None:
        guess = Prediction(card="d/tried", demo="quantize_layer", measure="errors", right=False)
        recorder.predict(guess, START + predicted * DAY)
    grade(recorder, "tried", 0, "easy", Given(cued=cued))
    grade(recorder, "tried", 7, "good")
    only(told(recorder, cards), all=Share(1, 1), **{share or "not_predicted": Share(1, 1)})


def test_a_card_of_no_deck_that_is_open_is_left_out(recorder: Recorder, cards: tuple[Card, ...]) -> None:
    grade(recorder, "gone", 0, "easy")
    grade(recorder, "gone", 7, "good")
    only(told(recorder, cards))


def test_recall_in_the_last_days_stands_beside_what_readiness_said_of_these_cards(
    recorder: Recorder, cards: tuple[Card, ...]
) -> None:
    interview = (START + 20 * DAY).date()
    said = []
    for key, day, grade_of in (("plain", 20, "good"), ("pointed", 18, "again"), ("tried", 17, "good")):
        grade(recorder, key, 0, "easy")
        memory = recorder.standings.of(f"d/{key}").memory
        said.append(retrievability(memory, (START + day * DAY).date(), recorder.standings.rules))
        grade(recorder, key, day, grade_of)  # type: ignore[arg-type]
    assert LAST_DAYS == 3 and told(recorder, cards).day is None
    assert told(recorder, cards, interview, days=19).day is None, "it has not come"
    then = told(recorder, cards, interview, days=20).day
    assert then is not None and then.recalled == Share(2, 1)
    assert then.expected == pytest.approx((said[0] + said[1]) / 2)
    later = told(recorder, cards, interview - 10 * DAY).day
    assert later is not None and later.recalled == Share() and later.expected is None


@given(asked=some.integers(0, 3000), part=some.floats(0, 1))
def test_an_interval_holds_its_share_and_nothing_is_said_of_few(asked: int, part: float) -> None:
    passed = round(asked * part)
    interval = Share(asked, passed).interval
    if asked < LEAST_ASKED:
        assert interval is None
        return
    assert interval is not None
    low, high = interval
    assert 0 <= low <= passed / asked <= high <= 1 and low < high
    mirrored = Share(asked, asked - passed).interval
    assert mirrored is not None and mirrored == pytest.approx((1 - high, 1 - low))


@given(asked=some.integers(LEAST_ASKED, 500), part=some.floats(0, 1), times=some.integers(2, 9))
def test_an_interval_is_wider_the_fewer_were_asked(asked: int, part: float, times: int) -> None:
    passed = round(asked * part)
    few, many = Share(asked, passed).interval, Share(asked * times, passed * times).interval
    assert few is not None and many is not None
    assert few[0] <= many[0] and many[1] <= few[1] and many[1] - many[0] < few[1] - few[0]


@settings(max_examples=30)
@given(asked=some.integers(LEAST_ASKED, 120), truth=some.floats(0.1, 0.9))
def test_an_interval_holds_the_truth_about_nineteen_times_in_twenty(asked: int, truth: float) -> None:
    """Exactly reckoned: the chance of every count, added up where the interval holds the truth."""
    held = 0.0
    for passed in range(asked + 1):
        interval = Share(asked, passed).interval
        assert interval is not None
        if interval[0] <= truth <= interval[1]:
            held += comb(asked, passed) * truth**passed * (1 - truth) ** (asked - passed)
    assert 0.91 < held < 0.99
