"""How cards stand, to Anki and back: with Anki's own library where it is installed, and without it there and back."""

import importlib.util
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from math import floor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from anki_world import DATA, a_deck, changed, day_of, live

from quizapp import disk
from quizapp.cards.formats import read_file
from quizapp.cards.progress import CardProgress
from quizapp.commands import preset as preset_command
from quizapp.memory.events import Given
from quizapp.memory.recorder import Recorder
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import WEIGHTS, Grade, Rules, local_now, plain_days, preview, study_day
from quizapp.memory.standings import open_standings
from quizapp.paths import Home
from quizapp.settings import Settings
from quizapp.settings_file import read_settings
from quizapp.texts import tell

Call = Callable[..., tuple[int, str, str]]
EAST = timezone(timedelta(hours=8))
FITTED = tuple(round(w * 1.07, 4) if i in (0, 1, 2, 8) else w for i, w in enumerate(WEIGHTS))
MANY = (pytest.mark.long, pytest.mark.skipif("QUIZAPP_SEEDS" not in os.environ, reason="long: QUIZAPP_SEEDS=1"))
needs_anki = pytest.mark.skipif(importlib.util.find_spec("anki") is None, reason="PyPI's anki is not installed")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "sync", lambda fd: None)


@pytest.fixture
def summer_all_year(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clocks of Shanghai. Where they change, Anki counts days of 24 hours back from today, and not by the clock."""
    with monkeypatch.context() as changed_for_now:
        changed_for_now.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


def lived(quizapp: Call, home: Home, out: Path, seed: int, count: int, rules: Rules) -> Recorder:
    """Write a deck, live with it by these rules, and export it with its history."""
    home.root.mkdir()
    home.settings.write_text(f"retention: {rules.retention}\n")
    keys = a_deck(home.decks / "deck.yaml", count)
    recorder = live(home.root, keys, local_now(), Random(seed), rules)
    recorder.close()
    code, said, _ = quizapp("export", "deck", str(out), "--history")
    assert code == 0 and "switch FSRS on" in said
    return recorder


def fresh(home: Home) -> None:
    shutil.rmtree(home.root)


def standings_in(home: Home) -> dict[str, Standing]:
    return dict(open_standings(home.root, rules=Rules()).all)


def same(here: Standing, there: Standing, places: tuple[int, int]) -> bool:
    """Do they stand alike, stability and difficulty to so many places, the due time of learning to the second?"""
    a, b = here.memory, there.memory
    assert None not in (a.stability, b.stability, a.difficulty, b.difficulty, a.due, b.due) or a == b
    if a.stability is None or b.stability is None or a.due is None or b.due is None:
        return (here.suspended, here.flagged) == (there.suspended, there.flagged)
    return (
        (a.state, a.step, a.reps, a.lapses, a.day) == (b.state, b.step, b.reps, b.lapses, b.day)
        and abs(a.stability - b.stability) <= 0.51 * 10 ** -places[0] + 1e-6 * a.stability
        and abs((a.difficulty or 0) - (b.difficulty or 0)) <= 0.51 * 10 ** -places[1]
        and (a.due == b.due if a.state == "review" else 0 <= (a.due - b.due).total_seconds() < 1)
        and (here.suspended, here.flagged) == (there.suspended, there.flagged)
    )


@pytest.mark.usefixtures("summer_all_year")
@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(n, marks=MANY) for n in range(3, 8))])
def test_a_card_stands_as_it_stood_when_it_has_been_in_a_package(
    quizapp: Call, home: Home, tmp_path: Path, seed: int
) -> None:
    rules = Rules(retention=0.9 if seed % 2 else 0.84)
    recorder = lived(quizapp, home, tmp_path / "deck.apkg", seed, 20, rules)
    before = {key: one for key, one in recorder.standings.all.items() if one.memory.reps or one.suspended}
    assert len(before) > 12
    fresh(home)
    code, said, _ = quizapp("import", str(tmp_path / "deck.apkg"), "--take-scheduling")
    assert code == 0 and "reviews and resets came along" in said
    after = standings_in(home)
    assert [key for key, one in before.items() if not same(one, after[key], (9, 9))] == []
    assert read_settings(home.settings).retention == rules.retention


def test_what_comes_home_is_known_again(quizapp: Call, home: Home, tmp_path: Path) -> None:
    recorder = lived(quizapp, home, tmp_path / "deck.apkg", 5, 10, Rules())
    before = dict(recorder.standings.all)
    code, said, _ = quizapp("import", str(tmp_path / "deck.apkg"))
    assert code == 0 and "were here already" in said and "came along" not in said and "older" not in said
    assert standings_in(home) == before


def test_only_the_history_comes_home_to_a_deck_that_says_more(quizapp: Call, home: Home, tmp_path: Path) -> None:
    recorder = lived(quizapp, home, tmp_path / "deck.apkg", 5, 10, Rules())
    before, deck = dict(recorder.standings.all), home.decks / "deck.yaml"
    gone, *_ = (key for key, one in before.items() if one.memory.reps and ":c" not in key)
    text = deck.read_text().replace("a: It is", "level: basic, a: It was")
    text = text.replace(f"id: {gone.removeprefix('deck/')},", "id: other,")
    fresh(home)
    home.decks.mkdir(parents=True)
    deck.write_text(text)
    for named in ([], ["-o", "deck"], ["-o", str(deck)]):
        code, said, _ = quizapp("import", str(tmp_path / "deck.apkg"), "--history", *named)
        assert code == 0 and "its cards stay as they are" in said and deck.read_text() == text
    assert "of cards that the deck lacks" in said and "were here already" in said and "check" not in said
    after = standings_in(home)
    assert gone not in after and {key for key, one in before.items() if one.memory.reps} <= {*after, gone}
    assert [key for key, one in after.items() if not same(before[key], one, (9, 9))] == []
    code, _, said = quizapp("import", str(tmp_path / "deck.apkg"), "--history", "-o", "decks")
    assert code == 2 and "There is no deck decks: name one with -o" in said


def test_a_card_that_was_undone_or_made_new_is_so_there(quizapp: Call, home: Home, tmp_path: Path) -> None:
    (key, *_) = a_deck(home.decks / "deck.yaml", 3)
    recorder, now = Recorder(open_standings(home.root, rules=Rules())), local_now()
    for days, grade in ((9, "good"), (8, "easy"), (3, "again")):
        at = now - timedelta(days=days)
        last = recorder.review(key, recorder.standings.preview(key, at)[grade], at)  # type: ignore[index]
    recorder.undo(last.id, now)
    recorder.review("deck/n2", recorder.standings.preview("deck/n2", now)["easy"], now)
    recorder.change("deck/n2", "reset", now + timedelta(seconds=1))
    recorder.close()
    assert quizapp("export", "deck", str(tmp_path / "out.apkg"), "--history")[0] == 0
    found = read_file(tmp_path / "out.apkg")
    assert [(one.card, one.what) for one in found.reviews] == [
        ("n0:c1", "good"), ("n0:c1", "easy"), ("n2", "easy"), ("n2", "reset"),
    ]  # fmt: skip
    assert set(found.progress) == {"n0:c1"} and found.reviews[0].took_s is None


@pytest.mark.usefixtures("summer_all_year")
def test_the_rows_say_it_as_anki_does(quizapp: Call, home: Home, tmp_path: Path) -> None:
    a_deck(home.decks / "deck.yaml", 4)
    recorder = Recorder(open_standings(home.root, rules=Rules()))
    given: list[tuple[str, datetime, Grade, float | None]] = [
        ("deck/n0:c1", datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=EAST), "easy", 4.25),
        ("deck/n2", datetime(2026, 3, 3, 3, 59, 0, tzinfo=EAST), "good", None),  # before the day begins
        ("deck/n3", datetime(2026, 3, 3, 9, 0, tzinfo=EAST), "easy", None),
        ("deck/n3", datetime(2026, 3, 20, 9, 0, tzinfo=EAST), "again", None),
    ]
    made_of = [
        recorder.review(
            key, recorder.standings.preview(key, at)[grade], at, Given(took_s=took_s, ticks=(1,) if took_s else ())
        ).state
        for key, at, grade, took_s in given
    ]
    recorder.change("deck/n3", "suspended", given[-1][1])
    recorder.close()
    code, said, _ = quizapp("export", "deck", str(tmp_path / "out.apkg"), "--history")
    assert code == 0 and "  1  reviews of which only grade and time are there" in said
    with zipfile.ZipFile(tmp_path / "out.apkg") as archive:
        (tmp_path / "db").write_bytes(archive.read("collection.anki2"))
    tables = sqlite3.connect(tmp_path / "db")
    made, conf, dconf = tables.execute("SELECT crt, conf, dconf FROM col").fetchone()
    cards = tables.execute("SELECT type, queue, due, ivl, reps, lapses, left, data FROM cards ORDER BY id").fetchall()
    log = tables.execute("SELECT id, ease, ivl, lastIvl, time, type FROM revlog ORDER BY id").fetchall()
    tables.close()
    assert datetime.fromtimestamp(made, EAST) == datetime(2026, 3, 1, 4, tzinfo=EAST)
    assert {key: json.loads(conf)[key] for key in ("creationOffset", "rollover", "schedVer", "fsrs")} == {
        "creationOffset": -480, "rollover": 4, "schedVer": 2, "fsrs": True,
    }  # fmt: skip
    preset = next(one for key, one in json.loads(dconf).items() if key != "1")
    assert (preset["new"]["delays"], preset["lapse"]["delays"]) == ([1, 10], [10])
    first, _, easy, third = made_of
    assert first.due is not None and easy.due is not None and third.due is not None
    days = (first.due.astimezone(EAST).date() - date(2026, 3, 2)).days
    easy_days = (easy.due.astimezone(EAST).date() - date(2026, 3, 3)).days
    step = int(datetime(2026, 3, 3, 4, 9, tzinfo=EAST).timestamp())
    assert [card[:7] for card in cards] == [
        (2, 2, days + 1, days, 1, 0, 0),
        (0, 0, 0, 0, 0, 0, 0),  # n0:c2
        (1, 1, step, 0, 1, 0, 1001),
        (3, -1, int(third.due.timestamp()), 1, 2, 1, 1001),
    ]
    assert json.loads(cards[0][7]) == {
        "s": first.stability, "d": first.difficulty, "dr": 0.9, "decay": WEIGHTS[-1],
        "lrt": int(given[0][1].timestamp()),
    }  # fmt: skip
    assert log == [
        (int(given[0][1].timestamp()) * 1000 + 123, 4, days, 0, 4250, 0),
        (int(given[1][1].timestamp()) * 1000, 3, -600, 0, 0, 0),
        (int(given[2][1].timestamp()) * 1000, 4, easy_days, 0, 0, 0),
        (int(given[3][1].timestamp()) * 1000, 1, -600, easy_days, 0, 1),
    ]


def test_only_a_package_has_a_place_for_a_history(quizapp: Call, home: Home, tmp_path: Path) -> None:
    a_deck(home.decks / "deck.yaml", 3)
    code, _, said = quizapp("export", "deck", str(tmp_path / "out.csv"), "--history")
    assert code == 1 and "--history is for an .apkg" in said and not (tmp_path / "out.csv").exists()


# The deck's retention and parameters


def offering(tmp_path: Path, retention: float, weights: tuple[float, ...]) -> Path:
    """A package of Anki's with one card that FSRS schedules by these."""
    preset = json.dumps({"1": {"desiredRetention": retention, "fsrsParams6": weights}})
    return changed(
        tmp_path,
        f"UPDATE col SET dconf = '{preset}'",
        """UPDATE cards SET data = '{"s":12.3456,"d":4.567}' WHERE type = 2""",
    )


def test_the_preset_is_taken_when_one_says_so(quizapp: Call, home: Home, tmp_path: Path) -> None:
    package = offering(tmp_path, 0.85, FITTED)
    code, said, _ = quizapp("import", str(package), "--take-scheduling", "--dry-run")
    assert code == 0 and "desired retention, 85% (here 90%)" in said and not home.root.exists()
    code, said, _ = quizapp("import", str(package))  # no terminal: nothing is asked
    assert "desired retention, 85% (here 90%): --take-scheduling takes it over" in said
    assert "FSRS parameters: --take-scheduling takes it over" in said
    assert read_settings(home.settings) == Settings()
    code, said, _ = quizapp("import", str(package), "--take-scheduling")
    assert code == 0 and "desired retention is 85% now" in said and "now schedule all decks" in said
    assert read_settings(home.settings).retention == 0.85
    assert open_standings(home.root, rules=Rules()).rules.weights == FITTED
    assert "--take-scheduling" not in quizapp("import", str(package))[1]  # nothing is left to take


@pytest.mark.parametrize(("typed", "taken"), [("y", True), ("", False), ("no", False)])
def test_in_a_terminal_it_is_asked(
    quizapp: Call, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, taken: bool
) -> None:
    class Terminal:
        stdin = stdout = type("tty", (), {"isatty": staticmethod(lambda: True)})

    monkeypatch.setattr(preset_command, "sys", Terminal)
    monkeypatch.setattr("builtins.input", lambda question: typed if "all your decks? [y/N]" in question else "?")
    code, said, _ = quizapp("import", str(offering(tmp_path, 0.85, ())))
    assert code == 0 and ("--take-scheduling takes it over" in said) is not taken
    assert read_settings(home.settings).retention == (0.85 if taken else 0.9)


@pytest.mark.parametrize(
    ("retention", "weights", "said"),
    [
        (0.9, FITTED[:19], "of an older version (19 numbers, not 21)"),
        (0.9, (*FITTED[:20], 5.0), "outside of what FSRS-6 allows"),
        (0.65, (), "desired retention, 65%: here it lies between 70% and 99%"),
    ],
)
def test_what_cannot_be_taken_is_named(
    quizapp: Call, home: Home, tmp_path: Path, retention: float, weights: tuple[float, ...], said: str
) -> None:
    code, out, _ = quizapp("import", str(offering(tmp_path, retention, weights)), "--take-scheduling")
    assert code == 0 and said in out and "now" not in out
    assert read_settings(home.settings) == Settings()
    assert open_standings(home.root, rules=Rules()).rules.weights == WEIGHTS


@pytest.mark.parametrize(
    "change",
    [
        """data = '{"s":-1,"d":5}'""",
        """data = '{"s":1e999,"d":5}'""",
        """data = '{"s":5,"d":11}'""",
        """data = '{"s":"5","d":5}'""",
        """data = replace(hex(zeroblob(2000)), '00', '[')""",
        "data = 5",
        "due = 1 << 62",
        "due = 'x'",
        "due = -99999",
        "lapses = 1e300",
        "type = 9",
    ],
)
def test_a_state_that_makes_no_sense_is_worked_out_anew(quizapp: Call, home: Home, tmp_path: Path, change: str) -> None:
    good = """UPDATE cards SET data = '{"s":12.3456,"d":4.567}' WHERE type = 2"""
    package = changed(tmp_path, good, f"UPDATE cards SET {change} WHERE type = 2")
    assert quizapp("import", str(package))[0] == 0
    anew = {key: one.memory for key, one in standings_in(home).items()}
    fresh(home)
    assert quizapp("import", str(changed(tmp_path)))[0] == 0
    assert {key: one.memory for key, one in standings_in(home).items()} == anew


# With Anki's library


def fuzz(days: float, least: int, most: int = 36500) -> tuple[int, int]:
    """The first and the last day that Anki may take for an interval (its constrained_fuzz_bounds)."""
    days = min(max(days, least), most)
    spread = sum(part * max(min(days, end) - start, 0.0) for start, end, part in SHARES) + 1 if days >= 2.5 else 0.0
    low, high = (min(max(floor(edge + 0.5), least), most) for edge in (days - spread, days + spread))
    return low, high + (low == high and 2 < high < most)


SHARES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, 1e9, 0.05))


def least_days(days: int, last: int) -> int:
    """Under what Anki's fuzz lets no interval fall (its minimum_review_fuzz_interval)."""
    return last + 1 if days > last else last if last <= fuzz(days, 1)[1] else 0


def days_of_good(plain: Mapping[Grade, int], last: int) -> tuple[int, int]:
    """The days between which Anki's Good lies that would be `plain` days without fuzz, a day of rounding allowed; after
    an interval of `last` days, 0 if the card was not in review."""
    if not last:
        return fuzz(plain["good"] - 1, 1)[0], fuzz(plain["good"] + 1, 1)[1]
    hard = [fuzz(plain["hard"] + by, max(1, least_days(plain["hard"] + by, last))) for by in (-1, 1)]
    least = [max(least_days(plain["good"] + by, last), edge + 1) for by, edge in ((-1, hard[0][0]), (1, hard[1][1]))]
    return fuzz(plain["good"] - 1, min(least))[0], fuzz(plain["good"] + 1, max(least))[1]


def in_anki(package: Path, folder: Path) -> dict[str, Any]:
    folder.mkdir()
    command = [sys.executable, str(DATA / "anki_goes_on.py"), str(package), str(folder)]
    done = subprocess.run(command, check=True, timeout=120, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def theirs(key: str) -> str:
    card, _, number = key.partition(":c")
    return f"{card}#{int(number) - 1 if number else 0}"


@needs_anki
@pytest.mark.usefixtures("summer_all_year")
@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=MANY) for n in range(2, 8))])
def test_anki_goes_on_where_quizapp_stood(quizapp: Call, home: Home, tmp_path: Path, seed: int) -> None:
    """100 cards: due on the same day; then each is graded Good in both, and due again within Anki's fuzz."""
    rules = Rules(retention=0.9 if seed % 2 else 0.84)
    recorder = lived(quizapp, home, tmp_path / "out.apkg", seed, 100, rules)
    told, now = in_anki(tmp_path / "out.apkg", tmp_path / "anki"), local_now()
    assert told["preset"]["desiredRetention"] == pytest.approx(rules.retention, abs=1e-6)
    assert told["preset"]["fsrsParams6"] == pytest.approx(rules.weights, abs=1e-6)
    today = study_day(now, 4)
    off: list[tuple[Any, ...]] = []
    for key in recorder.standings.all:
        standing, memory = recorder.standings.of(key), recorder.standings.of(key).memory
        before, anew, after = (told[then][theirs(key)] for then in ("before", "anew", "good"))
        assert (before["queue"] == -1, before["flag"] > 0) == (standing.suspended, standing.flagged)
        if memory.due is None or memory.day is None:
            assert before["type"] == 0
            continue
        on_time = before["day"] == day_of(memory.due, now) if memory.state == "review" else (
            before["due"] == int(memory.due.timestamp())
        )  # fmt: skip
        kept = [(before["s"], before["d"]), (anew["s"], anew["d"])]  # as it came, and worked out from the reviews
        alike = all(close(s, memory.stability, 2e-3) and close(d, memory.difficulty, 2e-3) for s, d in kept)
        if not (on_time and alike and (before["reps"], before["lapses"]) == (memory.reps, memory.lapses)):
            off.append((key, before, anew, memory))
        if not standing.suspended:
            off += [(key, after, memory)] * (not goes_on(key, after, standing, now, today, recorder.standings.rules))
    assert off == [] and told["reviews"] == len(read_file(tmp_path / "out.apkg").reviews)


def close(a: float, b: float | None, share: float) -> bool:
    return b is not None and abs(a - b) <= share * b + 6e-4


def goes_on(key: str, after: dict[str, Any], standing: Standing, now: datetime, today: date, rules: Rules) -> bool:
    """Is what Anki made of Good what our scheduler makes of it?"""
    memory, ours = standing.memory, preview(standing.memory, key, now, rules)["good"].memory
    if not (close(after["s"], ours.stability, 2e-3) and close(after["d"], ours.difficulty, 2e-3)) or ours.due is None:
        return False
    if ours.state != "review":  # of a step Anki adds up to a quarter, and at most five minutes
        return bool(-60 <= after["due"] - ours.due.timestamp() <= 300 + 60)
    last = 0
    if memory.state == "review" and memory.due is not None and memory.day is not None:
        last = max(1, (study_day(memory.due.astimezone(now.tzinfo), 4) - memory.day).days)
    low, high = days_of_good(plain_days(memory, today, rules), last)
    return low <= (date.fromisoformat(after["day"]) - today).days <= high


@needs_anki
def test_a_card_stands_as_it_stood_when_it_has_been_in_anki(quizapp: Call, home: Home, tmp_path: Path) -> None:
    recorder = lived(quizapp, home, tmp_path / "deck.apkg", 3, 60, Rules(retention=0.84))
    before = {key: one for key, one in recorder.standings.all.items() if one.memory.reps or one.suspended}
    in_anki(tmp_path / "deck.apkg", tmp_path / "anki")
    again = tmp_path / "anki" / "again.apkg"
    code, said, _ = quizapp("import", str(again), "-o", str(home.decks / "deck.yaml"))
    assert code == 0 and "were here already" in said and "came along" not in said
    assert {key: standings_in(home)[key] for key in before} == before
    fresh(home)
    code, said, _ = quizapp("import", str(again), "-o", str(home.decks / "deck.yaml"), "--take-scheduling")
    assert code == 0 and "desired retention is 84% now" in said
    after = standings_in(home)
    assert [key for key, one in before.items() if not same(one, after[key], (4, 3))] == []


def test_where_a_card_stands_in_anki(tmp_path: Path) -> None:
    """The collection was made on a morning of Kathmandu's, when it was yesterday still in UTC."""
    crt = int(datetime(2026, 3, 1, 4, tzinfo=timezone(timedelta(hours=5, minutes=45))).timestamp())
    found = read_file(
        changed(
            tmp_path,
            f"""UPDATE col SET crt = {crt}, conf = '{json.dumps({"creationOffset": -345})}'""",
            """UPDATE cards SET data = '{"pos":3,"s":12.3456,"d":4.567,"dr":0.9,"cd":"{}"}', lapses = 2, left = 0""",
            "UPDATE cards SET type = 2, due = 10",
            "UPDATE cards SET type = 2, due = -99, odue = 20, odid = did WHERE id = (SELECT min(id) FROM cards)",
            "UPDATE cards SET type = 3, due = 1772500000, left = 2001 WHERE id = (SELECT max(id) FROM cards)",
        )
    )
    first, *others, last = found.progress.values()
    assert first == CardProgress("review", 12.3456, 4.567, date(2026, 3, 21), lapses=2)
    assert {one.due for one in others} == {date(2026, 3, 11)}
    assert last == CardProgress("relearning", 12.3456, 4.567, 1_772_500_000, steps=1, lapses=2)


def test_a_due_day_that_is_kept_is_not_named_as_lost(tmp_path: Path) -> None:
    """`guid-by-hand` was moved by hand after its last review, to the fifth day."""
    by_hand = tell("formats.lost.due_by_hand")
    assert read_file(changed(tmp_path)).lost[by_hand] == 1
    found = read_file(changed(tmp_path, """UPDATE cards SET data = '{"s":12.3456,"d":4.567}' WHERE type = 2"""))
    assert by_hand not in found.lost and found.progress


def test_presets_of_several_decks(tmp_path: Path) -> None:
    package = changed(
        tmp_path,
        f"""UPDATE col SET dconf = '{json.dumps({"1": {}, "7": {"desiredRetention": 0.8}})}'""",
        f"""UPDATE col SET decks = '{json.dumps({"1": {"name": "A"}, "2": {"name": "B", "conf": 7}})}'""",
        """UPDATE cards SET did = iif(id % 3, 2, 1), odid = 0, data = '{"s":12.3456,"d":4.567}'""",
    )
    with zipfile.ZipFile(package) as archive:
        (tmp_path / "db2").write_bytes(archive.read("collection.anki21"))
    tables = sqlite3.connect(tmp_path / "db2")
    (of_seven, of_one), = tables.execute("SELECT sum(did = 2), sum(did = 1) FROM cards").fetchall()  # fmt: skip
    tables.close()
    found = read_file(package)
    assert of_seven != of_one and found.lost[tell("formats.lost.presets")] == 1
    assert (found.preset is not None and found.preset.retention == 0.8) is (of_seven > of_one)
