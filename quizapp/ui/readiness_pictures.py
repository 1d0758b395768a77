"""What readiness found, drawn: topics as bars with their numbers, the reviews of each day, the weakest cards."""

from collections.abc import Sequence
from math import ceil

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from quizapp.study.readiness import Readiness, Short, Topic
from quizapp.study.readiness_words import percent, question_line
from quizapp.texts import tell
from quizapp.ui.breaks import breaks
from quizapp.words import Language, Shown, read

_NUMBERS = 14  # cells of the two columns of counts
_LEAST_NAME, _LEAST_BAR, _WIDEST_BAR = 12, 5, 40
_ROWS = 4  # of the chart of days
_LEVELS = " ⣀⣤⣶⣿"  # dots are one cell wide in every terminal, blocks are not in a Chinese one


def topics(found: Readiness, rows: Sequence[Topic], width: int, shown: Shown, language: Language) -> Text:
    """A line for each topic and one for all cards: cards, unseen ones, recall if one stops, recall with the plan."""
    named = [(read(topic.title, shown, " / ") or topic.name, topic) for topic in rows]
    named.append((tell("screens.readiness.all").says(language), found.all))
    longest = max(cell_len(name) for name, _ in named)
    left = max(_LEAST_NAME, min(longest, width // 3))
    bar = max(_LEAST_BAR, min(_WIDEST_BAR, (width - _NUMBERS - left) // 2 - 7))
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append(set_cell_size("", left), "dim")
    for head in ("screens.readiness.cards", "screens.readiness.unseen"):
        text.append(at_right(tell(head).says(language), 7), "dim")
    for head in ("screens.readiness.stop", "screens.readiness.plan"):
        text.append("  " + in_cells(tell(head).says(language), bar + 5), "dim")
    for name, topic in named:
        style = "bold" if topic is found.all else ""
        text.append("\n" + in_cells(name, left), style)
        text.append(f"{topic.cards:7}{topic.unseen:7}", style)
        for recall, colour in ((topic.stop, "yellow"), (topic.plan, "green")):
            text.append("  ").append_text(gauge(recall, bar, colour)).append(f" {percent(recall):>4}", style)
    return text


def gauge(share: float, width: int, style: str) -> Text:
    """A bar of `width` cells, `share` of it filled."""
    halves = round(2 * share * width)
    full = "⣿" * (halves // 2) + "⡇" * (halves % 2)
    return Text().append(full, style).append("⣀" * (width - len(full)), "dim")


def days(found: Readiness, width: int, language: Language) -> Text:
    """A column for each day before the interview (for a few days together, where there are many): its reviews, and
    from its foot up its new cards, told apart by their sign too."""
    text = Text(no_wrap=True)
    loads = found.load
    room = max(10, width - 6)
    together = max(1, ceil(len(loads) / room))
    groups = [loads[i : i + together] for i in range(0, len(loads), together)]
    new = [sum(load.new for load in group) / len(group) for group in groups]
    every = [n + sum(load.reviews for load in group) / len(group) for n, group in zip(new, groups, strict=True)]
    most = max(every, default=0.0)
    if most < 0.5:
        return text
    wide = max(1, min(4, room // len(groups)))
    text.append(tell("screens.readiness.days").says(language), "bold")
    for row in range(_ROWS - 1, -1, -1):
        text.append(f"\n{most:4.0f} " if row == _ROWS - 1 else f"\n{0:4} " if row == 0 else "\n     ", "dim")
        for total, fresh in zip(every, new, strict=True):
            level = min(4, max(0, ceil(total / most * _ROWS * 4 - 1e-9) - 4 * row))
            begun = fresh / most * _ROWS > row + 0.25
            mark = "+" if begun else _LEVELS[level]
            text.append(mark * max(1, wide - 1) + " " * (wide > 1), "cyan" if begun else "green")
    form = "%m-%d" if len(loads) < 300 else "%Y-%m-%d"
    first, last = loads[0].day.strftime(form), loads[-1].day.strftime(form)
    text.append("\n     " + first, "dim")
    if len(groups) * wide > 24:
        text.append(last.rjust(len(groups) * wide - len(first) - (wide > 1)), "dim")
    return text


def weakest(short: Sequence[Short], rows: int, width: int, shown: Shown, language: Language) -> Text:
    """The first of the cards that fall short: recall if one stops, recall with the plan, what is asked."""
    text = Text(no_wrap=True, overflow="ellipsis")
    for one in short[:rows]:
        text.append(f"{percent(one.stop):>4}", "yellow").append(" > ", "dim").append(
            f"{percent(one.plan):<4}  ", "green"
        )
        text.append(in_cells(question_line(one.card, shown), max(10, width - 13)).rstrip() + "\n")
    if len(short) > rows:
        text.append(tell("screens.readiness.more", n=len(short) - rows).says(language) + "\n", "dim")
    text.right_crop(1)
    return text


def folded(text: str, width: int) -> str:
    """Lines of at most `width` cells: Chinese folds between characters."""
    return "\n".join(str(piece).rstrip() for piece in Text(text).divide(breaks(text, width)))


def in_cells(text: str, width: int) -> str:
    """Exactly `width` cells of `text`, cut with an ellipsis."""
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def at_right(text: str, width: int) -> str:
    """`text` at the right of `width` cells."""
    return " " * (width - cell_len(text)) + text
