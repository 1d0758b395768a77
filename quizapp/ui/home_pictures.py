"""What stands in the panels of home: figures in, lines of text out. Nothing is said of what there is none of yet."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.text import Text

from quizapp.draw.paper import Paper, at_right_of, fitted
from quizapp.draw.share import share_bar
from quizapp.study.path import Progress
from quizapp.study.queue import Counts, Times
from quizapp.texts import text
from quizapp.ui.how_far import to_go_said
from quizapp.ui.look import INKS
from quizapp.words import Language

HALF_A_YEAR = 26  # weeks
_LEAST_BAR, _BAR, _SMALL = 6, 24, 8
_LEAST_NAME = 22
LATER = "·"
_FEWEST = 10  # reviews of a week that make a share of it worth a word


class HomeDay(Struct, frozen=True):
    """What is told of the day: what waits, the `minutes` it will take, how many `days` running one has studied, and of
    the reviews of a week how many there were, and how many of them were recalled; whether an `interview` is due; how
    many of the cards to go ask for `code`, each of which takes as long as many others. Where nothing waits, the key
    that leads to so many `more` cards never seen, which the `minutes` are of then. The `limit` that keeps new ones from
    the day. When those come (`times`) none of which waits now."""

    counts: Counts
    minutes: int = 0
    days: int = 0
    week: tuple[int, int] = (0, 0)
    interview: bool = False
    code: int = 0
    more: tuple[str, int] = ("", 0)
    limit: str = ""
    times: Times = (None, None)


def date_text(now: datetime, day: date, rollover: int, language: Language) -> str:
    """The date and the time; past midnight the study day that still goes on: all that home says of today is of it."""
    if now.date() == day:
        return f"{now:%Y-%m-%d %H:%M}"
    return text("screens.home.still", language, time=f"{now:%H:%M}", until=f"{rollover:02}:00", day=day)


def day_text(day: HomeDay, width: int, lines: int, language: Language, *, ascii: bool = False) -> Text:
    """What is left of the day and how long that takes, how far one is, and how it goes: 2 lines, or 3, of which the
    first may need two."""
    counts, parts = day.counts, _to_go(day, language)
    time = text("screens.home.about", language, n=day.minutes) if day.minutes else ""
    beside, more = width - cell_len(time) - 1, list[str]()
    if lines >= 3 and not _goes(replace(day, week=(0, 0)), language):  # what is known at once: nothing jumps
        to_go, *more = _folded("".join(parts), beside, 2)
    else:
        while len(parts) > 1 and cell_len("".join(parts)) > beside:
            parts.pop()
        to_go = "".join(parts)
    said = Text(no_wrap=True, overflow="ellipsis").append(fitted(to_go, width - cell_len(time)), "bold").append(time)
    said.append("".join(f"\n{line}" for line in more), "bold")
    lines -= len(more)
    begun = counts.done or counts.learning
    far = text("screens.study.done", language, done=counts.done, of=counts.of) if begun else ""
    goes = _goes(day, language)
    bar = width - cell_len(far) - 2
    if lines < 3:  # all in one line, with room for what is not known yet
        most = _goes(replace(day, week=(100, 100)), language)
        while most and bar - sum(cell_len(one) + 3 for one in most) < (-2 if most == [day.limit] else _LEAST_BAR):
            most.pop()
        bar -= sum(cell_len(one) + 3 for one in most)
        goes = goes[: len(most)]
    said.append("\n")
    if far and bar >= _LEAST_BAR:
        said.append_text(share_bar(counts.done / counts.of, min(_BAR, bar), INKS["good"], ascii=ascii)).append("  ")
    said.append(far)
    if goes and lines >= 3:
        while len(goes) > 1 and sum(cell_len(one) + 3 for one in goes) - 3 > width:
            goes.pop()
        return said.append("\n").append(" · ".join(goes), "dim")
    return said.append(" · " if goes and far else "").append(" · ".join(goes), "dim")


def _to_go(day: HomeDay, language: Language) -> list[str]:
    """What is left of the day, in parts of which all but the first can be left out."""
    counts, (key, more) = day.counts, day.more
    if counts.total:
        return to_go_said(counts, day.times, language, day.code)
    begins = text("screens.home.more", language, key=key, n=more) if more else ""
    return [text("ui.nothing_waits", language) + begins]


def _goes(day: HomeDay, language: Language) -> list[str]:
    """Whether it is time for an interview, the days in a row, and what was recalled this week."""
    goes = [day.limit] if day.limit else []
    goes += [text("screens.home.interview_due", language)] if day.interview else []
    goes += [text("screens.home.in_a_row", language, n=day.days)] if day.days > 1 else []
    asked, recalled = day.week
    if asked >= _FEWEST:
        goes.append(text("screens.home.week", language, share=f"{recalled / asked:.0%}"))
    return goes


def recall_text(
    shares: Mapping[str, float | None], width: int, lines: int, language: Language, *, ascii: bool = False
) -> Text:
    """The recall to expect on the day of the interview with the plan, 0 to 1, by what it is of, the essentials first: a
    line, or one each below a title. Bars and numbers have their places before they are known (None)."""
    if lines >= 3:
        said = Text(text("screens.home.expected", language), no_wrap=True, overflow="ellipsis")
        left = max(map(cell_len, shares))
        for head, share in shares.items():
            said.append(f"\n  {fitted(head, left)}  ")
            said.append_text(_bar(share, min(_BAR, width - left - 9), "green", ascii=ascii))
        return said
    said = Text(text("screens.home.that_day", language), no_wrap=True, overflow="ellipsis")
    bar = (width - said.cell_len - sum(cell_len(head) + 6 for head in shares) - 3 * len(shares) + 3) // len(shares)
    for place, (head, share) in enumerate(shares.items()):
        said.append("   " if place else "").append(f"{head} ")
        said.append_text(_bar(share, min(_BAR, bar), "green", ascii=ascii))
    return said


def _bar(share: float | None, cells: int, style: str, *, ascii: bool) -> Text:
    """A bar, where there is room for one, and its number; blanks before there is one."""
    bar = share_bar(share or 0.0, cells, style, ascii=ascii) if cells >= _LEAST_BAR else Text()
    return bar.append(f" {'' if share is None else f'{int(100 * share + 1e-9)}%':>4}")


def deck_table(
    rows: Sequence[tuple[str, Counts, Progress]], total: Counts, width: int, language: Language, *, ascii: bool = False
) -> tuple[str, list[Text]]:
    """The head over the numbers of the decks, and a line of `width` cells for each of `rows`: its name, what of it is
    to go, due and new; how many of its cards were seen, and the recall of all of them, those never seen as nothing, as
    in readiness, or when there will be one. Where there are several, a line for all comes first. What would leave a
    name too little room is left out. `LATER` stands for the number of new cards where there are some, but none of this
    day."""
    if len(rows) > 1:
        rows = [(text("ui.everything", language), total, together([far for *_, far in rows])), *rows]
    heads = [text(f"screens.home.{name}", language) for name in ("due", "new", "seen", "recall")]
    seen = max((len(_seen(far)) for *_, far in rows), default=0)
    cells = [max(few, cell_len(head)) + 2 for few, head in zip((0, 0, seen, _SMALL), heads, strict=True)]
    while len(cells) > 2 and width - sum(cells) < _LEAST_NAME:
        cells.pop()
    lines = []
    for name, waits, far in rows:
        line = Text(fitted(name, width - sum(cells) - 1, "…") + " ", no_wrap=True, overflow="ellipsis")
        for number, room, what in zip((waits.due_today, waits.new), cells, ("due", "new"), strict=False):
            said = LATER if what == "new" and comes_later(waits, far) else str(number)
            line.append(at_right_of(said, room), INKS[what] if number else "dim")
        for room in cells[2:3]:
            line.append(at_right_of(_seen(far), room), "" if far.seen else "dim")
        for room in cells[3:]:
            of_all = far.recall * far.seen / far.cards if far.recall is not None else None
            when = text("screens.home.recall_when", language) if far.seen else ""  # what was just read says nothing yet
            bar = Text(fitted(when, _SMALL), "dim") if of_all is None else share_bar(of_all, _SMALL, ascii=ascii)
            line.append(" " * (room - _SMALL)).append_text(bar)
        lines.append(line)
    return "".join(at_right_of(head, room) for head, room in zip(heads, cells, strict=False)), lines


def comes_later(waits: Counts, far: Progress) -> bool:
    """Are there cards never seen, but today none of them?"""
    return not waits.new and far.seen < far.cards


def together(far: Sequence[Progress]) -> Progress:
    """How far one is with several decks."""
    recalled = sum(one.recall * one.seen for one in far if one.recall is not None)
    known = sum(one.seen for one in far if one.recall is not None)
    seen, cards = sum(one.seen for one in far), sum(one.cards for one in far)
    return Progress(seen, cards, recalled / known if known else None)


def _seen(far: Progress) -> str:
    return f"{far.seen}/{far.cards}"


def half_a_year(days: Mapping[date, int], last: date, width: int, language: Language, *, ascii: bool = False) -> Text:
    """The days of the weeks up to `last`, those before the first that was studied too; or what will be there."""
    if not days:
        return Text(text("screens.home.no_day", language), "dim")
    from quizapp.draw.calendar import calendar

    names = [text(f"screens.stats.day.{day}", language) for day in range(7)]
    cells = max(map(cell_len, names)) + 2 * HALF_A_YEAR
    whole = {last - timedelta(weeks=HALF_A_YEAR - 1): 0, **days}
    lines = calendar(whole, last, names, Paper(min(width, cells), 8, ascii, language))
    return Text("\n", no_wrap=True).join(lines)


class Waits(Struct, frozen=True):
    """Something to go on with: what is said of it, and what leads there; None: it is only to be known."""

    said: str
    leads: Callable[[], None] | None = None
    wrong: bool = False


def waits(rows: Sequence[Waits], width: int, lines: int) -> list[tuple[int, Text]]:
    """At most so many lines of `width` cells, each with the place of its row among `rows`: those that lead somewhere
    begin with their number, the key. What is longer goes on below, where there is room."""
    found: list[tuple[int, Text]] = []
    numbers = count(1)
    for place, row in enumerate(rows):
        room = lines - len(found) - (len(rows) - place - 1)
        head = f"{next(numbers)}" if row.leads else ""
        for piece in _folded(row.said, width - 3, max(1, room)):
            line = Text(no_wrap=True, overflow="ellipsis").append(f"{head:<3}", "bold")
            found.append((place, line.append(piece, "yellow" if row.wrong else "" if row.leads else "dim")))
            head = ""
    return found[:lines]


def _folded(said: str, width: int, lines: int) -> list[str]:
    """`said` in at most so many lines."""
    from quizapp.ui.breaks import breaks

    said = " ".join(said.split())
    if cell_len(said) <= width:
        return [said]
    pieces = [str(piece).rstrip() for piece in Text(said).divide(breaks(said, width))]
    if len(pieces) > lines:
        pieces[lines - 1 :] = [fitted(" ".join(pieces[lines - 1 :]), width, "…")]
    return pieces
