"""The numbers of home add up whatever was studied; each stands once; lines keep to their cells."""

import os
import random
import re
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.text import Text

from quizapp.cards.library import Library, read_library
from quizapp.memory.events import Change, Given, Reviewed
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import GRADES, Rules, study_day
from quizapp.memory.standings import Standings, open_standings
from quizapp.settings import Settings
from quizapp.study.path import Progress, progress
from quizapp.study.queue import Counts, counts, waiting
from quizapp.study.session import Session
from quizapp.ui import home_pictures as pictures
from quizapp.ui.home_pictures import HomeDay, Waits
from quizapp.words import Language, read

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SEEDS = range(40 if "QUIZAPP_SEEDS" in os.environ else 6)


def random_home(folder: Path, chance: random.Random) -> tuple[Library, Standings, Settings]:
    """Some decks with cards of several types, some of which were studied for some days, and settings."""
    decks = folder / "decks"
    decks.mkdir()
    for number in range(chance.randint(1, 6)):
        lines = [f"title: {{en: Deck {number} of a long name, zh: 题库 {number}}}", "cards:"]
        for place in range(chance.randint(1, 30)):
            kind = chance.choice(["", "type: cloze, text: '{{c1::a}} and {{c2::b}}', ", "type: code, code: gcd, "])
            asks = "" if "cloze" in kind else f"q: Question {place}, a: A, "
            after = f"after: [c{chance.randrange(place)}], " if place and chance.random() < 0.3 else ""
            lines.append(f"  - {{id: c{place}, {kind}{asks}{after}tags: [t]}}")
        (decks / f"d{number}.yaml").write_text("\n".join(lines))
    library = read_library([decks], user=None, bundled=decks)
    assert not library.faults
    settings = Settings(
        minutes_per_day=chance.choice([5, 25, 90]),
        new_per_day=chance.choice([0, 3, 20]),
        reviews_per_day=chance.choice([2, 200]),
        interview=chance.choice([None, date(2026, 12, 4), date(2026, 11, 25)]),
    )
    with closing(Recorder(open_standings(folder / "home", rules=Rules()))) as recorder:
        for ago in range(chance.randint(0, 12), -1, -1):
            now = NOW - timedelta(days=ago)
            waits = waiting(library.decks, recorder.standings, now, settings)
            cards = [*waits.learning, *waits.due, *waits.new]
            for card in cards[: chance.randint(0, 20)]:
                outcome = recorder.standings.preview(card.key, now)[chance.choice(GRADES)]
                recorder.review(card.key, outcome, now, Given(took_s=chance.uniform(5, 90)))
            if chance.random() < 0.2:
                changes: list[Change] = ["suspended", "buried"]
                recorder.change(chance.choice([*library.keys]), chance.choice(changes), now)
        return library, recorder.standings, settings


def recalled(standings: Standings, key: str, day: date) -> bool:
    """Was the card graded better than again the last time that it was asked, today, and is not put away?"""
    standing = standings.of(key)
    asked = [event for event in standings.history(key) if isinstance(event, Reviewed)]
    put_away = standing.suspended or standing.buried == day
    return bool(asked) and not put_away and asked[-1].day == day and asked[-1].grade != "again"


def numbers(line: Text) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", line.plain.replace(pictures.LATER, "0"))]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_add_up(tmp_path: Path, seed: int, language: Language) -> None:
    library, standings, settings = random_home(tmp_path, random.Random(seed))
    each, total = counts(library.decks, standings, NOW, settings)
    day = study_day(NOW, settings.rollover)
    far = [progress(deck.cards, standings, day) for deck in library.decks]
    titles = [read(deck.title, language, " / ") for deck in library.decks]
    rows = [(title, each[deck.name], one) for title, deck, one in zip(titles, library.decks, far, strict=True)]
    head, lines = pictures.deck_table(rows, total, 76, language)
    assert len(head.split()) == 4 and {line.cell_len for line in lines} == {76}
    several = len(rows) > 1
    found = [numbers(line)[-4:] for line in lines[several:]]
    sums = [sum(column) for column in zip(*found, strict=True)]
    due, new, seen, cards = numbers(lines[0])[-4:]
    assert sums == [due, new, seen, cards]
    assert cards == sum(len(deck.cards) for deck in library.decks)
    assert seen == sum(standings.of(key).memory.day is not None for key in library.keys)
    said = pictures.day_text(HomeDay(total, 12), 76, 2, language).plain.split("\n")
    told = [int(number) for number in re.findall(r"\d+", said[0])][:-1] if total.total else []
    to_go, *again = told if total.to_go else (0, *told)
    assert to_go == due + new and sum(again) == total.once_more
    if total.done + total.learning:
        done, of = (int(number) for number in re.findall(r"\d+", said[1]))
        assert done == total.done == sum(recalled(standings, key, day) for key in library.keys)
        assert of == done + to_go


def test_each_answer_moves_what_is_said_of_the_day(tmp_path: Path) -> None:
    """Also a first good: the card is done, though it comes once more in ten minutes."""
    (tmp_path / "d.yaml").write_text("cards:\n" + "".join(f"  - {{q: Q{n}, a: A}}\n" for n in range(4)))
    library = read_library([tmp_path], user=None, bundled=tmp_path)
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        session, told = Session(library.decks, recorder, Settings(), NOW), []
        for minute in range(3):
            session.reveal(NOW + timedelta(minutes=minute))
            session.grade("good", NOW + timedelta(minutes=minute))
            told.append(pictures.day_text(HomeDay(session.counts), 76, 3, "en").plain.split("\n")[:2])
    assert [bar.partition("  ")[2] for _, bar in told] == [f"{n} of 4 done" for n in (1, 2, 3)]
    assert [bar.count("█") for _, bar in told] == [6, 12, 18]
    assert [said.rstrip() for said, _ in told] == [
        "3 cards to go, 1 comes once more",
        "2 cards to go, 2 come once more",
        "1 card to go, 3 come once more",
    ]


def test_a_deck_whose_new_cards_come_on_another_day_does_not_say_that_it_has_none() -> None:
    rows = [("Some", Counts(new=2), Progress(1, 9, 0.5)), ("None", Counts(), Progress(9, 9, 0.5))]
    _, lines = pictures.deck_table([*rows, ("Later", Counts(due=1), Progress(3, 9, 0.5))], Counts(2, 0, 1), 76, "en")
    assert [line.plain.split()[2] for line in lines] == ["2", "2", "0", "·"]


def test_due_and_new_are_what_is_to_go_and_what_comes_once_more_is_neither() -> None:
    counts = Counts(new=2, learning=5, due=1, done=4, once_more=4)
    plain = pictures.day_text(HomeDay(counts, 9, times=(None, NOW)), 76, 3, "en").plain
    assert plain.startswith("4 cards to go, 4 come once more (from 12:00) ")
    _, (line,) = pictures.deck_table([("One", counts, Progress(9, 9, 0.5))], counts, 76, "en")
    assert line.plain.split()[1:3] == ["2", "2"]
    due = HomeDay(counts, 26, interview=True, times=(None, NOW))  # the time goes before the number
    assert pictures.day_text(due, 50, 3, "en").plain.startswith("4 cards to go, 4 come once more ")
    later = HomeDay(Counts(learning=4), 1, times=(NOW, None))
    assert pictures.day_text(later, 76, 3, "en").plain.startswith("4 cards to go (from 12:00) ")


def test_the_bar_is_full_once_all_were_recalled_not_once_all_were_asked() -> None:
    def bar(counts: Counts) -> tuple[str, str]:
        first, second, *_ = pictures.day_text(HomeDay(counts), 76, 3, "en").plain.split("\n")
        return first.rstrip(), second

    first, second = bar(Counts(learning=22, done=6))
    assert (first, second) == ("22 cards to go", f"{'█' * 5}▏{'░' * 18}  6 of 28 done")
    again = bar(Counts(learning=22, done=28, once_more=22))
    assert again == ("22 cards come once more", f"{'█' * 24}  28 of 28 done")
    assert bar(Counts(new=14, done=14))[1] == "████████████░░░░░░░░░░░░  14 of 28 done"
    assert bar(Counts(done=28))[1] == f"{'█' * 24}  28 of 28 done"


def test_what_is_too_long_for_a_line_goes_on_below_where_there_is_room() -> None:
    day = HomeDay(Counts(new=5, learning=4, done=3, once_more=3), 14, code=3)
    said = "6 cards to go (3 code), 3 come once more"
    lines = pictures.day_text(day, 50, 3, "en").plain.split("\n")
    assert lines[0].endswith(" about 14 min") and "3 of 9 done" in lines[2] and len(lines) == 3
    assert f"{lines[0].removesuffix('about 14 min').strip()} {lines[1]}" == said
    assert all(len(line) <= 50 for line in lines)
    assert pictures.day_text(day, 56, 3, "en").plain.startswith(f"{said} ")
    due = pictures.day_text(replace(day, interview=True), 50, 3, "en").plain.split("\n")  # whose line is taken
    assert due[0].split("  ")[0] == "6 cards to go (3 code)" and due[2] == "a mock interview is due"


def test_past_midnight_there_is_one_date_that_of_the_study_day() -> None:
    def said(hour: int, language: Language = "en") -> str:
        now = datetime(2026, 11, 30, hour, 7, tzinfo=UTC)
        return pictures.date_text(now, study_day(now, 4), 4, language)

    assert said(0) == "00:07 · until 04:00 still 2026-11-29" and said(4) == "2026-11-30 04:07"
    assert said(3, "zh") == "03:07 · 04:00 前仍算 2026-11-29"


def test_what_is_not_there_yet_is_not_said() -> None:
    plain = pictures.day_text(HomeDay(Counts(new=11), 25), 56, 3, "en").plain
    assert plain.rstrip("\n") == "11 cards to go                              about 25 min"
    done = pictures.day_text(HomeDay(Counts(done=11), 4, more=("Enter", 5), limit="Why."), 56, 3, "en").plain
    assert done.startswith("Nothing waits today. Enter begins 5 more.    about 4 min") and done.endswith("\nWhy.")
    why = "Today's 25 min are full: 12 reviews, 18 new cards."
    full = pictures.day_text(HomeDay(Counts(due=3, done=9), 2, 12, (100, 90), limit=why), 70, 2, "en").plain
    assert full.endswith(f"\n9 of 12 done · {why}")  # rather than the bar
    due = HomeDay(Counts(due=1), 1, 12, (100, 90), interview=True)
    assert "a mock interview is due · 12 days in a row · 90% recalled" in pictures.day_text(due, 76, 3, "en").plain
    assert "a mock interview is due · 12 days" in pictures.day_text(due, 60, 2, "en").plain
    assert pictures.day_text(due, 40, 3, "en").plain.endswith("\na mock interview is due"), "none is cut"
    assert pictures.day_text(HomeDay(Counts()), 56, 3, "en").plain.strip() == "Nothing waits today."
    few = pictures.day_text(HomeDay(Counts(due=1), days=1, week=(9, 9)), 76, 2, "en").plain
    assert "recalled" not in few and "row" not in few


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lines", [2, 3])
@pytest.mark.parametrize("width", [56, 76, 96])
def test_what_fills_in_moves_nothing(width: int, lines: int, language: Language) -> None:
    """What is read later comes into cells that were blank, or of an empty bar."""
    waits = Counts(2, 3, 20, 12)
    pairs = [
        [
            pictures.day_text(HomeDay(waits, 34, 19, week), width, lines, language).plain
            for week in ((0, 0), (9, 8), (120, 101), (30, 30))
        ],
        [
            pictures.recall_text({"essentials": core, "all cards": every}, width, lines, language).plain
            for core, every in ((None, None), (0.0, 1.0), (0.614, 0.947))
        ],
    ]
    for first, *later in pairs:
        for found in later:
            for before, after in zip(first.split("\n"), found.split("\n"), strict=True):
                assert Text(after).cell_len <= width
                kept = before.rstrip()
                assert all(old in (" ", "░") or old == new for old, new in zip(kept, after, strict=False)), (
                    before,
                    after,
                )


def test_recall_is_a_bar_of_eighths_and_its_number_rounds_down() -> None:
    shares = {"essentials": 0.9499, "all cards": 0.6199}
    assert pictures.recall_text(shares, 56, 3, "en").plain.split("\n") == [
        "with the plan you will recall that day",
        "  essentials  ██████████████████████▊░  94%",
        "  all cards   ██████████████▉░░░░░░░░░  61%",
    ]
    said = pictures.recall_text(shares, 56, 1, "en").plain
    assert said == "recall with plan: essentials   94%   all cards   61%"


def test_the_recall_of_all_is_that_of_the_decks_that_have_one() -> None:
    assert pictures.together([Progress(2, 9, None), Progress(0, 9, None)]) == Progress(2, 18, None)
    assert pictures.together([Progress(2, 9, None), Progress(6, 9, 0.5)]) == Progress(8, 18, 0.5)


def test_a_deck_that_was_never_seen_has_no_recall_and_a_narrow_screen_no_columns_for_it() -> None:
    rows = [("One", Counts(new=3), Progress(0, 30, None)), ("Two", Counts(due=1), Progress(5, 10, 0.5))]
    _, (_, one, two) = pictures.deck_table(rows, Counts(3, 0, 1), 60, "en")
    assert one.plain.rstrip().endswith("0/30") and two.plain.endswith("██░░░░░░")  # half of the half
    today = [("One", Counts(new=3), Progress(2, 30, None)), rows[1]]  # what was just read says nothing yet
    assert pictures.deck_table(today, Counts(3, 0, 1), 60, "en")[1][1].plain.endswith("  not yet ")
    for width, words in ((60, 4), (46, 3), (36, 2)):
        head, lines = pictures.deck_table(rows, Counts(3, 0, 1), width, "en")
        assert len(head.split()) == words and {line.cell_len for line in lines} == {width}


def test_each_row_has_its_number_and_what_is_long_goes_on_where_there_is_room() -> None:
    rows = [Waits("first", print), Waits("to be known"), Waits("second " * 20, print, wrong=True)]
    drawn = pictures.waits(rows, 40, 8)
    assert [place for place, _ in drawn] == [0, 1, 2, 2, 2, 2]
    assert [line.plain[:3] for _, line in drawn] == ["1  ", "   ", "2  ", "   ", "   ", "   "]
    few = pictures.waits(rows, 40, 3)
    assert [place for place, _ in few] == [0, 1, 2] and few[-1][1].plain.endswith("…")
    assert len(pictures.waits(rows, 40, 2)) == 2
    assert all(line.cell_len <= 40 for _, line in (*drawn, *few))


def test_days_are_half_a_year_or_what_will_be_there() -> None:
    assert "square" in pictures.half_a_year({}, NOW.date(), 56, "en").plain
    for begun in (300, 3):  # days ago
        days = {NOW.date(): 5, NOW.date() - timedelta(days=begun): 1}
        for width in (56, 200):
            lines = pictures.half_a_year(days, NOW.date(), width, "en").plain.split("\n")
            assert len(lines) == 8 and max(map(len, lines)) <= 4 + 2 * pictures.HALF_A_YEAR
            assert lines[2].endswith("■") and lines[1].count("▫") == pictures.HALF_A_YEAR
