"""What the dose and the date are worth: the queue as it is, studied by learners made up, up to an interview.

All bundled decks, from nothing, 25 minutes a day. A learner recalls as FSRS-6 says, with half, all or double of the
stability that the scheduler believes in; the scheduler only sees their grades. Each row is the mean over a few
learners: what it took, and what they would recall on the day, of the cards begun and of the core. Prints a table;
asserts nothing. Run:
    python benchmarks/dose.py
"""

import random
import statistics
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from quizapp.cards.card import Card, Code, Deck
from quizapp.cards.library import read_library
from quizapp.memory.all_cards import ANSWER_S
from quizapp.memory.forecast import FIRST_AGAIN
from quizapp.memory.schedule import Grade, Memory, Rules, retrievability
from quizapp.memory.standings import Standings
from quizapp.paths import BUNDLED_DECKS
from quizapp.settings import Settings
from quizapp.study.code import outcomes_for
from quizapp.study.path import in_core
from quizapp.study.plan import CODE_SECONDS, FREE_DAYS, NEW_TAKES
from quizapp.study.queue import waiting

BEGIN = datetime(2026, 11, 24, 9, tzinfo=UTC)
LEARNERS = 4
MINUTES = 25
TRUTHS = {"half": 0.5, "true": 1.0, "double": 2.0}


class Rule(NamedTuple):
    """What is compared: a dose by minutes, or so many new cards a day whatever time they take; the retention in
    between; and whether the last days are as the date has them."""

    name: str
    minutes: int
    new: int
    retention: float
    date: bool


class Figures(NamedTuple):
    begun: int
    reviews: int
    minutes: float
    recall: float
    weak: float
    core: float


def rules(days: int, cards: int) -> list[Rule]:
    return [
        Rule("20 new a day, 0.90", 600, 20, 0.9, date=False),
        Rule("all begun in time, 0.90", 600, -(-cards // (days - FREE_DAYS)), 0.9, date=False),
        Rule(f"{MINUTES} minutes, 0.90", MINUTES, 99, 0.9, date=False),
        Rule(f"{MINUTES} minutes, 0.85", MINUTES, 99, 0.85, date=False),
        Rule(f"{MINUTES} minutes, 0.85, sweep", MINUTES, 99, 0.9, date=True),
    ]


def recalled(memory: Memory, now: datetime, truth: float, chance: random.Random) -> bool:
    if memory.state == "new":
        return chance.random() >= FIRST_AGAIN
    return chance.random() < true_recall(memory, now, truth)


def true_recall(memory: Memory, now: datetime, truth: float) -> float:
    if memory.stability is None:
        return 0.0
    return retrievability(replace(memory, stability=memory.stability * truth), now.date(), Rules())


def studied(
    card: Card, standings: Standings, now: datetime, settings: Settings, truth: float, chance: random.Random
) -> None:
    """A card asked until it is known for the day."""
    was = standings.of(card.key)
    while True:
        standing = standings.of(card.key)
        grade: Grade = "good" if recalled(standing.memory, now, truth, chance) else "again"
        memory = outcomes_for(card, standings, now, settings)[grade].memory
        asked = now.date() if was.memory.state == "review" else standing.asked
        standings.known.put(
            card.key, replace(standing, memory=memory, first=standing.first or now.date(), asked=asked, times=1)
        )
        if memory.state == "review":
            return


def simulate(decks: tuple[Deck, ...], rule: Rule, days: int, truth: float, seed: int) -> Figures:
    chance, standings = random.Random(seed), Standings(Path("nowhere"), Rules(retention=rule.retention))
    day = BEGIN + timedelta(days=days)
    interview = day.date() if rule.date else None
    settings = Settings(minutes_per_day=rule.minutes, new_per_day=rule.new, interview=interview)
    reviews, seconds = 0, 0
    for n in range(days):
        now = BEGIN + timedelta(days=n)
        waits = waiting(decks, standings, now, settings)
        for card in (*waits.due, *waits.new):
            new = standings.of(card.key).memory.state == "new"
            reviews += not new
            seconds += CODE_SECONDS if isinstance(card, Code) else ANSWER_S * (NEW_TAKES if new else 1)
            studied(card, standings, now, settings, truth, chance)
    recall = {key: true_recall(standing.memory, day, truth) for key, standing in standings.all.items()}
    core = [recall.get(key, 0.0) for deck in decks for key in in_core(deck)]
    weak = sum(one < 0.9 for one in recall.values()) / len(recall)
    return Figures(len(recall), reviews, seconds / 60, statistics.fmean(recall.values()), weak, statistics.fmean(core))


def main() -> None:
    decks = read_library([], user=None, bundled=BUNDLED_DECKS).decks
    cards = sum(len(deck.cards) for deck in decks)
    head = f"{'':32}{'begun':>7}{'reviews':>9}{'minutes':>9}{'a day':>7}{'recall':>8}{'< 0.9':>7}{'of core':>9}"
    for days in (14, 21):
        for name, truth in TRUTHS.items():
            print(f"\n{cards} cards, {days} days, {name} stability\n{head}")
            for rule in rules(days, cards):
                runs = [simulate(decks, rule, days, truth, seed) for seed in range(LEARNERS)]
                mean = [statistics.fmean(values) for values in zip(*runs, strict=True)]
                begun, reviews, minutes, recall, weak, core = mean
                print(
                    f"{rule.name:32}{begun:7.0f}{reviews:9.0f}{minutes:9.0f}{minutes / days:7.0f}"
                    f"{recall:8.3f}{weak:7.0%}{core:9.3f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
