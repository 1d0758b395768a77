"""`quizapp plan`: what it says, and its JSON, which is a contract."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules, local_now, study_day
from quizapp.memory.standings import open_standings
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def deck(tmp_path: Path) -> str:
    path = tmp_path / "one.yaml"
    path.write_text("cards:\n" + "".join(f"  - {{id: c{i}, q: Question {i}, a: A}}\n" for i in range(12)))
    return str(path)


def in_days(days: int) -> date:
    return study_day(local_now(), 4) + timedelta(days=days)


def write(home: Home, interview: date) -> None:
    home.root.mkdir(exist_ok=True)
    home.settings.write_text(f"interview: {interview}\n")


def test_without_a_date_it_says_how_to_set_one(quizapp: Call, home: Home, deck: str) -> None:
    code, out, err = quizapp("plan", deck)
    assert (code, err) == (0, "")
    assert str(home.settings) in out and "--date" in out and "interview: 2" in out
    assert quizapp("plan", deck, "--json")[:2] == (0, '{"interview":null}\n')


def test_it_says_what_to_expect_and_what_it_takes(quizapp: Call, home: Home, deck: str) -> None:
    write(home, in_days(14))
    code, out, err = quizapp("plan", deck)
    assert (code, err) == (0, "")
    assert f"Interview on {in_days(14)}, in 14 days." in out
    assert "New cards: 11 today, about 1 tomorrow, the last on " in out
    assert "Today: 0 to review, 11 new, about 25 min." in out and "All 12 cards are begun in time." in out
    assert "Reckoned at 45 s an answer; the more you answer" in out and "Minutes: " in out
    assert "Expected recall" in out and "if you stop now" in out and "if you follow the plan" in out
    assert "does not say how the interview goes" in " ".join(out.split())


def test_it_says_what_the_minutes_do_not_carry(quizapp: Call, home: Home, tmp_path: Path) -> None:
    home.root.mkdir()
    home.settings.write_text(f"interview: {in_days(3)}\nminutes_per_day: 5\nfollow_plan: true\n")
    path = tmp_path / "two.yaml"
    path.write_text(
        "cards:\n" + "".join(f"  - {{id: c{i}, q: Question {i}, a: A}}\n" for i in range(12))
        + "".join(f"  - {{id: d{i}, q: Question {i}, a: A, tier: core}}\n" for i in range(2))
    )  # fmt: skip
    code, out, err = quizapp("plan", str(path))
    assert (code, err) == (0, "")
    rows = {line.split("  ")[0]: line.split()[-5:-2] for line in out.splitlines()}  # cards, unseen, left out
    assert rows["Essentials"] == ["2", "2", "0"] and rows["All cards"] == ["14", "14", "12"]
    found = json.loads(quizapp("plan", str(path), "--json")[1])
    assert found["left_out"] == [f"two/c{i}" for i in range(12)]
    assert (found["core"]["left"], found["rest"]["left"], found["left"]) == (0, 12, 12)


def test_a_date_for_this_call(quizapp: Call, home: Home, deck: str) -> None:
    write(home, in_days(14))
    out = quizapp("plan", deck, "--date", str(in_days(1)))[1]
    assert "tomorrow." in out and "New cards: 11 today, the last before the day." in out and "Reviews: none" in out
    code, out, _ = quizapp("plan", deck, "--date", str(in_days(0)))
    assert code == 0 and "The interview is today" in out


def test_the_date_of_this_call_holds_for_what_today_asks_too(quizapp: Call, home: Home, deck: str) -> None:
    write(home, in_days(14))
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    then = local_now() - timedelta(days=21)
    recorder.review("one/c0", recorder.standings.preview("one/c0", then)["easy"], then)
    recorder.close()
    out = quizapp("plan", deck)[1]
    assert "Today: 1 to review, 10 new" in out and "New cards: 10 today, about 1 tomorrow" in out
    out = quizapp("plan", deck, "--date", str(in_days(1)))[1]
    assert "Today: 1 to review, 0 new" in out and "New cards: none, it is too late to begin one." in out


@pytest.mark.parametrize("json_", [[], ["--json"]])
def test_a_date_that_makes_no_plan(quizapp: Call, home: Home, deck: str, json_: list[str]) -> None:
    for given, says in (("soon", "is no date"), (str(in_days(-2)), "2 days ago"), (str(in_days(4000)), "at most")):
        code, out, err = quizapp("plan", deck, "--date", given, *json_)
        assert (code, out) == (2, "") and says in err and len(err.splitlines()) == 1
    write(home, in_days(-3))
    code, out, err = quizapp("plan", deck, *json_)
    assert (code, out) == (1, "") and "3 days ago" in err and str(home.settings) in err


def test_the_json(quizapp: Call, home: Home, deck: str) -> None:
    code, out, _ = quizapp("plan", deck, "--json", "--date", str(in_days(10)))
    found = json.loads(out)
    assert code == 0
    assert list(found) == [
        *("interview", "days", "retention", "cards", "unseen", "left", "stop", "plan", "suspended", "below"),
        *("new_per_day", "reviews_per_day", "minutes_per_day", "minutes_enough", "load", "core", "rest"),
        *("decks", "tags", "short", "left_out"),
    ]
    assert (found["interview"], found["days"], found["cards"], found["unseen"]) == (str(in_days(10)), 10, 12, 12)
    assert [load["new"] for load in found["load"]] == [11, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert set(found["load"][0]) == {"day", "new", "reviews", "minutes"} and found["load"][0]["day"] == str(in_days(0))
    assert found["new_per_day"] == 11 and 0 < found["minutes_per_day"] < 25 and found["reviews_per_day"] > 0
    (one,) = found["decks"]
    assert one == {
        "deck": "one", "title": {"en": "one", "zh": "one"}, "cards": 12, "unseen": 12,
        "left": 0, "stop": 0.0, "plan": found["plan"],
    }  # fmt: skip
    assert 0.9 < found["plan"] < 1 and found["stop"] == 0.0


def test_minutes_are_only_enough_if_they_hold_all(quizapp: Call, home: Home, deck: str) -> None:
    date = ("--date", str(in_days(5)))
    home.settings.parent.mkdir(parents=True, exist_ok=True)
    home.settings.write_text("minutes_per_day: 5\n")
    assert json.loads(quizapp("plan", deck, "--json", *date)[1])["minutes_enough"] == 10
    home.settings.write_text("minutes_per_day: 5\nnew_per_day: 2\n")
    assert json.loads(quizapp("plan", deck, "--json", *date)[1])["minutes_enough"] is None
    assert "Not all essentials fit" in quizapp("plan", deck, *date)[1]


def test_cards_that_fall_short_come_weakest_first(quizapp: Call, home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text("cards:\n  - {id: a, q: First, a: A}\n  - {id: b, q: Second, a: B}\n")
    quizapp("grade", "mine/a", "good")
    quizapp("grade", "mine/b", "again")
    _, out, _ = quizapp("plan", "--json", "--date", str(in_days(30)))
    found = json.loads(out)
    assert [short["key"] for short in found["short"]] == ["mine/b", "mine/a"]
    assert 0 < found["short"][0]["stop"] < found["short"][1]["stop"] < 0.9 < found["short"][1]["plan"]
    text = quizapp("plan", "--date", str(in_days(30)))[1]
    assert "Below 90% if you stop now: 2 seen cards" in text
    assert text.index("mine/b  Second") < text.index("mine/a  First")


def test_a_long_question_without_spaces_is_cut_not_left_out(quizapp: Call, home: Home) -> None:
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text(f"cards:\n  - {{id: a, q: {'蒸馏' * 40}, a: A}}\n", "utf-8")
    quizapp("grade", "mine/a", "again")
    assert f"mine/a  {'蒸馏' * 14}" in quizapp("plan", "--date", str(in_days(30)))[1]
