"""What readiness found, drawn: topics as bars with their numbers, the reviews of each day, the weakest cards."""

from collections.abc import Sequence
from math import ceil

from rich.cells import cell_len
from rich.text import Text

from quizapp.draw.columns import columns
from quizapp.draw.paper import Paper, at_right_of, fitted, shortened
from quizapp.draw.share import share_bar
from quizapp.study.readiness import Readiness, Short, Topic
from quizapp.study.readiness_words import percent, question_line, wholes
from quizapp.texts import tell
from quizapp.ui.breaks import breaks
from quizapp.ui.card_titles import to_gap
from quizapp.words import Language, Shown, read

_CARDS = 7  # cells
_SHORT_LINES = 60  # cells
_LOST = 8  # cells, where a question is folded
_LEAST_NAME, _LEAST_BAR, _WIDEST_BAR = 12, 6, 40  # a bar and its number are as wide as their heading


def topics(
    found: Readiness, rows: Sequence[Topic], width: int, shown: Shown, language: Language, *, ascii: bool = False
) -> Text:
    """A line for the core, where not all is, one for all cards and one for each topic: its cards, recall if one stops,
    recall with the plan."""
    named = [(name.says(language), topic) for name, topic in wholes(found)]
    named += [(read(topic.title, shown, " / ") or topic.name, topic) for topic in rows]
    head = tell("screens.readiness.expected").says(language)
    longest = max(map(cell_len, (head, *(name for name, _ in named))))
    room = width - _CARDS
    left = max(_LEAST_NAME, min(longest, width // 3, room - 2 * (_LEAST_BAR + 7)))
    bar = max(_LEAST_BAR, min(_WIDEST_BAR, (room - left) // 2 - 7))
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append(fitted(head, left), "bold")
    text.append(at_right_of(tell("screens.readiness.cards").says(language), _CARDS), "dim")
    for column in ("column_stop", "column_plan"):
        text.append("  " + fitted(tell(f"screens.readiness.{column}").says(language), bar + 5, "…"), "dim")
    for name, topic in named:
        style = "bold" if topic in (found.core, found.all) else ""
        text.append("\n" + fitted(name, left, "…"), style)
        text.append(f"{topic.cards:{_CARDS}}", style)
        for recall, colour in ((topic.stop, "yellow"), (topic.plan, "green")):
            text.append("  ").append_text(share_bar(recall, bar, colour, ascii=ascii))
            text.append(f" {percent(recall):>4}", style)
    return text


def days(found: Readiness, width: int, rows: int, language: Language, *, ascii: bool = False) -> Text:
    """A column for each day before the interview (for a few days together, where there are many): its reviews, and
    from its foot up its new cards, told apart by their sign too."""
    loads = found.load
    together = max(1, ceil(len(loads) / max(10, width - 6)))
    groups = [loads[i : i + together] for i in range(0, len(loads), together)]
    new = [sum(load.new for load in group) / len(group) for group in groups]
    every = [n + sum(load.reviews for load in group) / len(group) for n, group in zip(new, groups, strict=True)]
    if max(every, default=0.0) < 0.5:
        return Text(no_wrap=True)
    labels = [f"{group[0].day:{'%m-%d' if len(loads) < 300 else '%Y-%m-%d'}}" for group in groups]
    paper = Paper(width, rows, ascii, language)
    title = tell("screens.readiness.days").says(language)
    return Text("\n", no_wrap=True).join(columns(title, every, labels, paper, of_them=new))


def weakest(short: Sequence[Short], rows: int, width: int, shown: Shown, language: Language) -> list[Text]:
    """The first of the cards that fall short, and how many more there are: recall if one stops, recall with the plan,
    what is asked, in two lines where they are short."""
    found = []
    for one in short[:rows]:
        text = Text(f"{percent(one.stop):>4}", "yellow", no_wrap=True, overflow="ellipsis", end="")
        text.append(" → ", "dim").append(f"{percent(one.plan):<4}  ", "green")
        room = max(10, width - 13)
        asked = to_gap(one.card, question_line(one.card, shown), room * (1 + (width < _SHORT_LINES)) - _LOST)
        if width < _SHORT_LINES:
            first, *rest = folded(asked, room).split("\n")
            asked = first + (f"\n{'':13}" + shortened(" ".join(rest), room, "…") if rest else "")
        else:
            asked = shortened(asked, room, "…")
        found.append(text.append(asked, "default"))
    if len(short) > rows:
        found.append(Text(tell("screens.readiness.more", n=len(short) - rows).says(language), "dim"))
    return found


def folded(text: str, width: int) -> str:
    """Lines of at most `width` cells: Chinese folds between characters."""
    return "\n".join(str(piece).rstrip() for piece in Text(text).divide(breaks(text, width)))
