"""How the cards stand, by day and deck, by fitted weights, under former names."""

from pathlib import Path

import pytest
from memory_world import DAY, KEY, NOW, RULES, from_journals, give, journal_of, lived_in, opened
from msgspec.structs import replace

from quizapp.memory.events import Given, Optimized, Prediction
from quizapp.memory.line import to_line
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import Memory, preview
from quizapp.memory.standings import open_standings

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_an_empty_home_is_new_and_stays_untouched(folder: Path) -> None:
    recorder = opened(folder)
    assert recorder.standings.of(KEY) == Standing()
    assert recorder.standings.preview(KEY, NOW) == preview(Memory(), KEY, NOW, RULES)
    recorder.close()
    assert (recorder.standings.notices, recorder.standings.read_only, folder.exists()) == ((), None, False)


def test_todays_figures(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "easy", key="a/1")
    event = give(recorder, "easy", key="a/2")
    give(recorder, "good", key="b/1")
    later = NOW + 30 * DAY
    assert (recorder.standings.new_today("a", NOW.date()), recorder.standings.new_today("b", NOW.date())) == (2, 1)
    recorder.undo(event.id, NOW)
    assert recorder.standings.new_today("a", NOW.date()) == 1
    give(recorder, "good", later, "a/1")
    give(recorder, "good", later, "b/1")  # still in learning: counts as no review
    for known in (recorder.standings, opened(folder).standings):
        assert [known.reviews_today(deck, later.date()) for deck in "ab"] == [1, 0]
        assert [known.new_today(deck, later.date()) for deck in "ab"] == [0, 0]
        assert known.new_today("a", NOW.date()) == 1
        assert (known.new_today("c", NOW.date()), known.reviews_today("c", NOW.date())) == (0, 0)


def test_what_was_undone_counts_nowhere(folder: Path) -> None:
    recorder = opened(folder)
    event = recorder.review(KEY, recorder.standings.preview(KEY, NOW)["good"], NOW, Given(took_s=30))
    standings = recorder.standings
    assert [*standings.begun] == [KEY] and list(standings.pace) == [30] and standings.spent_s(KEY, NOW.date()) == 30
    recorder.undo(event.id, NOW)
    for known in (standings, opened(folder).standings):
        assert KEY in known.all and not [*known.begun] and not known.studied
        assert not known.pace and known.spent_s(KEY, NOW.date()) is None
    recorder.change(KEY, "flagged", NOW)
    assert [*opened(folder).standings.begun] == [KEY]


def test_whether_an_experiment_was_predicted_outlives_the_process_until_a_reset(folder: Path) -> None:
    recorder = opened(folder)
    assert not recorder.standings.predicted(KEY)
    recorder.predict(Prediction(card=KEY, demo="demo", measure="loss"), NOW)
    recorder.undo(give(recorder, "good").id, NOW)
    assert recorder.standings.predicted(KEY) and opened(folder).standings.predicted(KEY)
    recorder.close()
    assert opened(folder).standings.predicted(KEY)
    recorder.change(KEY, "reset", NOW)
    assert not recorder.standings.predicted(KEY) and not opened(folder).standings.predicted(KEY)


def test_weights_fitted_to_the_user_replace_the_published_ones(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "good")
    weights = tuple(weight * 1.01 for weight in RULES.weights)
    event = Optimized(9, "fit", NOW, None, weights, 500, 0.4, 0.35)
    strange = Optimized(9, "fit7", NOW + DAY, "fit", (*weights, 0.5), 600, 0.4, 0.3)
    other = folder / "journal" / "other.jsonl"
    other.write_bytes(to_line(event))
    assert recorder.standings.refresh()
    assert recorder.standings.rules == replace(RULES, weights=weights)
    recorder.close()
    assert opened(folder).standings.rules.weights == weights
    with other.open("ab") as file:
        file.write(to_line(strange))
    assert (
        opened(folder).standings.rules.weights == weights
    )  # those are of another scheduler: ours goes on with what it has


@pytest.mark.parametrize("wrong", [0.0, -1.0, 1e9])
def test_weights_that_py_fsrs_does_not_take_change_nothing(folder: Path, wrong: float) -> None:
    recorder = opened(folder)
    other = folder / "journal" / "other.jsonl"
    other.parent.mkdir(parents=True)
    other.write_bytes(to_line(Optimized(1, "fit", NOW, None, (wrong,) * 21, 500, 0.4, 0.35)))
    assert recorder.standings.refresh()
    assert recorder.standings.rules == RULES
    give(recorder, "good")


def test_a_rename_carries_the_history_over_and_back(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "easy", key="deck/old")
    stood = recorder.standings.of("deck/old")
    recorder.close()
    for _ in range(2):
        renamed = opened(folder, new="deck/old")
        assert renamed.standings.of("deck/new") == stood
        assert renamed.standings.of("deck/old") == Standing()
        renamed.close()
    give(renamed, "good", NOW + 9 * DAY, "deck/new")
    renamed.close()
    again = opened(folder, newest="deck/old")
    assert (again.standings.of("deck/newest"), again.standings.of("deck/new").memory.reps) == (stood, 2)
    again.close()
    assert dict(opened(folder).standings.all) == from_journals(folder)


def test_two_cards_made_one_have_both_histories(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "easy", NOW, "deck/a")
    give(recorder, "good", NOW + 9 * DAY, "deck/b")
    recorder.close()
    recorder = opened(folder, b="deck/a")
    assert recorder.standings.of("deck/b").memory.reps == 2
    assert not recorder.standings.refresh()


def test_a_key_in_use_is_no_former_key(folder: Path) -> None:
    recorder = opened(folder)
    give(recorder, "easy", NOW, "deck/a")
    recorder.close()
    swapped = open_standings(folder, rules=RULES, renames={"deck/a": "deck/b", "deck/b": "deck/a", "deck/c": "deck/c"})
    assert swapped.of("deck/a").memory.reps == 1
    assert not swapped.refresh()


def test_how_far_it_is_is_told_while_journals_are_read(folder: Path) -> None:
    lived_in(folder)
    (folder / "progress.json").unlink()
    told: list[tuple[int, int]] = []
    open_standings(folder, rules=RULES, on_read=lambda done, total: told.append((done, total)))
    size = journal_of(folder).stat().st_size
    assert told[-1] == (size, size)
    assert told == sorted(told)
