import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizapp.memory.events import Fit
from quizapp.memory.fit import CannotFit, Sample, fit, log_loss, samples
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Grade, Memory, Rules, outcomes, retrievability, study_day
from quizapp.memory.standings import open_standings

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
_SLOWER = {**dict.fromkeys(range(4), 0.5), 8: 0.36}  # of the defaults: first stabilities, and how they grow
FORGETFUL = replace(Rules(), weights=tuple(w * _SLOWER.get(i, 1) for i, w in enumerate(Rules().weights)))


def studied(home: Path, cards: int, days: int, truth: Rules = FORGETFUL, seed: int = 1) -> Recorder:
    """A user whose memory is that of `truth`, reviewed by an app that goes by the defaults."""
    chance, recorder = random.Random(seed), Recorder(open_standings(home, rules=Rules()))
    really = {f"d/{i}": Memory() for i in range(cards)}
    for day in range(days):
        now = START + timedelta(days=day)
        for key in really:
            memory = recorder.standings.of(key).memory
            if memory.due is not None and memory.due > now:
                continue
            today = study_day(now, 4)
            recall = retrievability(really[key], today, truth) if really[key].day else 0.5
            grade: Grade = "good" if chance.random() < recall else "again"
            recorder.review(key, recorder.standings.preview(key, now)[grade], now)
            really[key] = outcomes(really[key], key, now, today, truth)[grade].memory
    return recorder


def test_too_few_reviews_are_said(tmp_path: Path) -> None:
    with pytest.raises(CannotFit, match="begins at 400"):
        fit(studied(tmp_path, 5, 5).standings)


def test_undone_reviews_and_those_before_a_reset_do_not_count(tmp_path: Path) -> None:
    recorder = studied(tmp_path, 2, 1)
    before = len(samples(recorder.standings))
    event = recorder.review("d/x", recorder.standings.preview("d/x", START)["good"], START)
    assert len(samples(recorder.standings)) == before + 1
    recorder.undo(event.id, START)
    recorder.change("d/0", "reset", START)
    assert [review.card for review in samples(recorder.standings)] == ["d/1"]


def test_reviews_of_one_moment_are_in_an_order_that_is_not_by_chance(tmp_path: Path) -> None:
    recorder = Recorder(open_standings(tmp_path, rules=Rules()))
    for key in [f"d/{n}" for n in reversed(range(9))] * 2:
        recorder.review(key, recorder.standings.preview(key, START)["good"], START)
    found = samples(recorder.standings)
    assert [review.card for review in found] == [f"d/{n}" for n in range(9) for _ in range(2)]
    assert [review.event.nth for review in found] == [0, 1] * 9


def test_the_weights_that_made_the_reviews_foretell_them_better(tmp_path: Path) -> None:
    found = samples(studied(tmp_path, 40, 40).standings)
    assert log_loss(found, FORGETFUL, 0) < log_loss(found, Rules(), 0)


def test_what_judges_the_weights_had_no_part_in_finding_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Sample] = []

    def found_weights(all_samples: Sequence[Sample], *, verbose: bool) -> tuple[float, ...]:
        given.extend(all_samples)
        return FORGETFUL.weights

    monkeypatch.setattr("quizapp.memory.fit.LEAST_REVIEWS", 10)
    monkeypatch.setattr("quizapp.memory.fit.optimal_weights", found_weights)
    standings = studied(tmp_path, 5, 10).standings
    line = samples(standings)
    found = fit(standings)
    assert 0 < len(given) < len(line) and given == line[: len(given)]
    assert found.after == log_loss(line, FORGETFUL, len(given))


def test_a_cued_review_judges_no_weights(tmp_path: Path) -> None:
    """The scheduler foretells recall without a cue; what was recalled with one still made the memory."""
    found = samples(studied(tmp_path, 5, 8).standings)
    chosen = [review.number for review in found if review.number >= 10][::3]
    cued = [replace(one, event=replace(one.event, cued=one.number in chosen)) for one in found]
    flipped = [replace(one, event=replace(one.event, cued=True)) if one.number >= 10 else one for one in found]
    assert log_loss(cued, Rules(), 10) != log_loss(found, Rules(), 10)
    assert math.isnan(log_loss(flipped, Rules(), 10))


def test_an_adopted_fit_is_an_event_that_every_start_goes_by(tmp_path: Path) -> None:
    recorder = studied(tmp_path, 2, 2)
    recorder.adopt(Fit(FORGETFUL.weights, reviews=500, before=0.5, after=0.4), START)
    assert recorder.standings.rules.weights == FORGETFUL.weights
    recorder.close()
    again = Recorder(open_standings(tmp_path, rules=Rules()))
    assert again.standings.rules.weights == FORGETFUL.weights
    (tmp_path / "progress.json").unlink()
    assert open_standings(tmp_path, rules=Rules()).rules.weights == FORGETFUL.weights


def test_only_a_lower_loss_is_better() -> None:
    assert Fit((1.0,), 500, 0.5, 0.4).better
    assert not Fit((1.0,), 500, 0.4, 0.4).better
    assert not Fit((1.0,), 500, 0.4, float("nan")).better


def test_the_optimizer_itself_finds_better_weights(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("pandas")
    found = fit(studied(tmp_path, 150, 40).standings)
    assert found.better
