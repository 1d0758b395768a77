import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizapp.memory.fit import Fit, Review, fit, log_loss, reviews
from quizapp.memory.progress import Progress, open_progress
from quizapp.memory.schedule import Memory, Rules, outcomes, retrievability, study_day

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
_SLOWER = {**dict.fromkeys(range(4), 0.5), 8: 0.36}  # of the defaults: first stabilities, and how they grow
FORGETFUL = replace(Rules(), weights=tuple(w * _SLOWER.get(i, 1) for i, w in enumerate(Rules().weights)))


def studied(home: Path, cards: int, days: int, truth: Rules = FORGETFUL, seed: int = 1) -> Progress:
    """A user whose memory is that of `truth`, reviewed by an app that goes by the defaults."""
    chance, progress = random.Random(seed), open_progress(home, now=START, rules=Rules())
    really = {f"d/{i}": Memory() for i in range(cards)}
    for day in range(days):
        now = START + timedelta(days=day)
        for key in really:
            memory = progress.of(key).memory
            if memory.due is not None and memory.due > now:
                continue
            today = study_day(now, 4)
            recall = retrievability(really[key], today, truth) if really[key].day else 0.5
            grade = "good" if chance.random() < recall else "again"
            progress.review(key, progress.preview(key, now)[grade], now)
            really[key] = outcomes(really[key], key, now, today, truth)[grade].memory
    return progress


def test_too_few_reviews_are_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="begins at 400"):
        fit(studied(tmp_path, 5, 5))


def test_undone_reviews_and_those_before_a_reset_do_not_count(tmp_path: Path) -> None:
    progress = studied(tmp_path, 2, 1)
    before = len(reviews(progress))
    event = progress.review("d/x", progress.preview("d/x", START)["good"], START)
    assert len(reviews(progress)) == before + 1
    progress.undo(event.id, START)
    progress.change("d/0", "reset", START)
    assert [review.card for review in reviews(progress)] == ["d/1"]


def test_reviews_of_one_moment_are_in_an_order_that_is_not_by_chance(tmp_path: Path) -> None:
    progress = open_progress(tmp_path, now=START, rules=Rules())
    for key in [f"d/{n}" for n in reversed(range(9))] * 2:
        progress.review(key, progress.preview(key, START)["good"], START)
    found = reviews(progress)
    assert [review.card for review in found] == [f"d/{n}" for n in range(9) for _ in range(2)]
    assert [review.event.nth for review in found] == [0, 1] * 9


def test_the_weights_that_made_the_reviews_foretell_them_better(tmp_path: Path) -> None:
    found = reviews(studied(tmp_path, 40, 40))
    assert log_loss(found, FORGETFUL, 0) < log_loss(found, Rules(), 0)


def test_what_judges_the_weights_had_no_part_in_finding_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Review] = []

    def fitted(all_reviews: Sequence[Review], *, verbose: bool) -> tuple[float, ...]:
        given.extend(all_reviews)
        return FORGETFUL.weights

    monkeypatch.setattr("quizapp.memory.fit.LEAST_REVIEWS", 10)
    monkeypatch.setattr("quizapp.memory.fit.fitted", fitted)
    progress = studied(tmp_path, 5, 10)
    line = reviews(progress)
    found = fit(progress)
    assert 0 < len(given) < len(line) and given == line[: len(given)]
    assert found.after == log_loss(line, FORGETFUL, len(given))


def test_an_adopted_fit_is_an_event_that_every_start_goes_by(tmp_path: Path) -> None:
    progress = studied(tmp_path, 2, 2)
    progress.adopt(FORGETFUL.weights, START, reviews=500, before=0.5, after=0.4)
    assert progress.rules.weights == FORGETFUL.weights
    progress.close()
    again = open_progress(tmp_path, now=START, rules=Rules())
    assert again.rules.weights == FORGETFUL.weights
    (tmp_path / "progress.json").unlink()
    assert open_progress(tmp_path, now=START, rules=Rules()).rules.weights == FORGETFUL.weights


def test_only_a_lower_loss_is_better() -> None:
    assert Fit((1.0,), 500, 0.5, 0.4).better
    assert not Fit((1.0,), 500, 0.4, 0.4).better
    assert not Fit((1.0,), 500, 0.4, float("nan")).better


def test_the_optimizer_itself_finds_better_weights(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("pandas")
    found = fit(studied(tmp_path, 150, 40))
    assert found.better
