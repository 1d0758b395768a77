"""Home, readiness, the plan and the end of a sitting say one thing of a day, in homes of every kind."""

import random
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp import disk
from quizapp.cards.card import Deck
from quizapp.cards.library import read_library
from quizapp.memory.events import Given
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import GRADES, Rules
from quizapp.memory.standings import open_standings
from quizapp.paths import BUNDLED_DECKS
from quizapp.settings import Settings
from quizapp.study.code import outcomes_for
from quizapp.study.course import outset, tomorrow
from quizapp.study.day import minutes
from quizapp.study.path import in_order
from quizapp.study.plan import FREE_DAYS
from quizapp.study.queue import counts, waiting
from quizapp.study.readiness import readiness
from quizapp.study.readiness_words import ASSUMED, daily_work, to_do_today
from quizapp.texts import Sentence

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def decks() -> tuple[Deck, ...]:
    return read_library([], user=None, bundled=BUNDLED_DECKS).decks


def drawn(chance: random.Random) -> Settings:
    """The settings of somebody, with a date that is past, near or far."""
    return Settings(
        minutes_per_day=chance.choice([5, 15, 25, 60, 120]),
        new_per_day=chance.choice([0, 1, 3, 20, 30]),
        reviews_per_day=chance.choice([10, 200]),
        code_cards=chance.random() < 0.7,
        interview=NOW.date() + timedelta(days=chance.choice([-3, *range(1, 6), 9, 14, 30, 60])),
    )


@contextmanager
def lived(folder: Path, decks: tuple[Deck, ...], own: Settings, chance: random.Random) -> Iterator[Recorder]:
    """What is remembered by somebody halfway through a day: of some hundred cards, of which some were put away."""
    with closing(Recorder(open_standings(folder, rules=Rules()))) as recorder:
        path = list(in_order(decks))
        seen = chance.choice([0, 5, 40, 120, 260, 400])
        for card in path[:seen]:
            then = NOW - timedelta(days=chance.randint(0, 30), minutes=chance.randint(0, 300))
            for _ in range(2):
                outcome = outcomes_for(card, recorder.standings, then, own)[chance.choice(GRADES)]
                given = Given(took_s=chance.choice([10, 40, 90]), confidence=chance.choice([None, 50, 100]))
                recorder.review(card.key, outcome, then, given)
                then = min(NOW, then + timedelta(days=chance.randint(1, 9)))
        for card in chance.sample(path, 12):
            recorder.change(card.key, chance.choice(["buried", "suspended"]), NOW)
        for _ in range(chance.choice([0, 5])):
            waits = waiting(decks, recorder.standings, NOW, own)
            for card in (*waits.new, *waits.due)[:1]:
                outcome = outcomes_for(card, recorder.standings, NOW, own)[chance.choice(GRADES)]
                recorder.review(card.key, outcome, NOW, Given(took_s=30))
        yield recorder


def number(said: Sentence, name: str) -> object:
    return dict(said.params)[name]


@pytest.mark.parametrize("seed", range(60))
def test_all_that_speak_of_a_day_say_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decks: tuple[Deck, ...], seed: int
) -> None:
    monkeypatch.setattr(disk, "sync", lambda fd: None)
    chance = random.Random(seed)
    own = drawn(chance)
    with lived(tmp_path, decks, own, chance) as recorder:
        standings = recorder.standings
        home, start = counts(decks, standings, NOW, own)[1], outset(decks, standings, own, NOW)
        takes, next_day = minutes(start.waits, standings), tomorrow(start, own, standings.rules, NOW)
    assert own.interview is not None
    days = (own.interview - NOW.date()).days
    today = to_do_today(start.waits, takes)
    if home.total:
        assert (number(today, "new"), number(today, "due")) == (home.new, home.due + home.learning)
    else:
        assert today.id == "study.readiness.today_done"
    if days < 1:
        return
    plan = readiness(start, own.interview, NOW, standings.rules, own)
    load, said = plan.load[0], {one.id.rpartition(".")[2]: one for one in daily_work(plan)}
    assert (load.new, load.reviews) == (home.new, home.due + home.learning)
    assert max(1, round(load.minutes)) == max(1, takes)
    assert days == 1 or plan.load[1] == next_day
    assert sum(load.new for load in plan.load) + plan.all.left == plan.all.unseen and len(plan.left) == plan.all.left
    for name, param in (("new", "now"), ("new_today", "new"), ("new_last", "new")):
        assert name not in said or number(said[name], param) == home.new
    if "new_late" in said:
        assert days <= FREE_DAYS and not home.new
    if home.new:
        assert not said.keys() & {"new_none", "new_late"}
    for one in (*said.values(), ASSUMED):
        named = re.findall("([0-9]+) (?:days|天)", f"{one.words.en} {one.words.zh}")
        assert all(int(n) <= days for n in named), str(one)
