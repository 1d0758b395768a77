"""What stands above a demo's chart and never scrolls away: what was predicted, and what was measured."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich.cells import cell_len
from rich.text import Text

from quizapp.draw.names import in_words, unit_of
from quizapp.draw.numbers import short_number, with_unit
from quizapp.draw.paper import Paper, shortened
from quizapp.lab.measured import Measure, in_bars, measures, told_apart
from quizapp.texts import tell
from quizapp.ui.breaks import breaks
from quizapp.ui.demo.experiment import Experiment
from quizapp.ui.demo.judged import is_right, turned_since
from quizapp.ui.widgets.knob_rows import value_in_words
from quizapp.ui.wording import marked
from quizapp.words import Shown, Words, clean, read

_SENTENCE = re.compile(r"(?<!\d)(?<!\be\.g|\bi\.e)(?:[.?!:;]\s+|[。？！：；])(?=\S)")  # its end, with more behind it
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TINY = Decimal("0.00001")  # a change below it is written with a power of ten
_CLOSE = 0.1  # of what was measured: a number predicted so near is close
_APART = 4  # cells between two measures side by side


def predicted_rows(now: Experiment, paper: Paper, shown: Shown, rows: int) -> list[Text]:
    """The question of the prediction in at most `rows` rows, a row for what was predicted and how right that is, and
    if it is wrong which choice is right; nothing where nothing was predicted."""
    ask, guess = now.demo.ask, now.guess
    if ask is None or guess is None:
        return []
    said = read(ask.choices[int(guess)].text, shown, " / ") if ask.choices else f"{guess:g}"
    question = _question_rows(read(ask.ask, shown, " / "), paper, rows)
    right, verdict = _right_choice(now), _verdict(now, paper)
    words = tell("demo.right_is", choice=read(right, shown, " / ")).says(paper.language) if right else ""
    below: list[Text] = []
    if words and _guessed(said, verdict, paper).cell_len + cell_len(words) + 3 <= paper.width:
        verdict.append(f"   {words}", "bold green")
    elif words:
        below.append(Text(shortened(words, paper.width, "…"), "bold green", no_wrap=True))
    since = _since(now, paper)
    if since and _guessed(said, longer := verdict.copy().append(f"   {since}", "dim"), paper).cell_len <= paper.width:
        verdict = longer  # what was predicted may be cut for it
    elif since:
        below.append(Text(shortened(since, paper.width, "…"), "dim", no_wrap=True))
    row, counts = _guessed(said, verdict, paper), _counts(now, paper)
    row.append(counts if row.cell_len + cell_len(counts) <= paper.width else "", "dim")
    return [*question, row, *below]


def _guessed(said: str, verdict: Text, paper: Paper) -> Text:
    """What was predicted, as much as there is room for, and the verdict."""
    around = tell("demo.guess", guess="").says(paper.language)
    said = shortened(said, max(8, paper.width - cell_len(around) - verdict.cell_len - 3), "…")
    row = marked(tell("demo.guess", guess=said).says(paper.language), said, "bold")
    return row.append("   ").append_text(verdict) if verdict else row


def _counts(now: Experiment, paper: Paper) -> str:
    """Between which values a choice holds that names a number and was right: "about 14" does not say it."""
    ask, found = now.demo.ask, now.prediction
    if ask is None or found is None or not found.right or found.choice is None:
        return ""
    choice = ask.choices[found.choice]
    said, (low, high) = _NUMBER.findall(f"{choice.text.en} {choice.text.zh}"), map(short_number, choice.range)
    if not said or low.lstrip("-") in said or high.lstrip("-") in said:  # "under 44" says it
        return ""
    return f"  {tell('demo.counts', low=low, high=high).says(paper.language)}"


def _right_choice(now: Experiment) -> Words | None:
    """What the choice says that held what was measured, where another was predicted."""
    ask, found = now.demo.ask, now.prediction
    if ask is None or found is None or found.right is not False or found.measured is None:
        return None
    measured = found.measured
    return next((one.text for i, one in enumerate(ask.choices) if is_right(ask, i, measured)), None)


def _question_rows(question: str, paper: Paper, rows: int) -> list[Text]:
    """Whole, where it has room; else how it begins, and its last sentences, or as much of its end: what is asked."""
    question = " ".join(question.split())
    cuts = [0, *breaks(question, paper.width)]
    if len(cuts) > rows:
        room = paper.width * rows
        ends = [question[found.end() :] for found in _SENTENCE.finditer(question)]
        half = breaks(question, cell_len(question) - room // 2)[0]
        last = next((end for end in reversed(ends) if room // 3 <= cell_len(end) <= room * 2 // 3), question[half:])
        question = _from_both_ends(question, last, paper.width, rows)
        cuts = [0, *breaks(question, paper.width)][:rows]
    pieces = [question[a:b] for a, b in zip(cuts, [*cuts[1:], len(question)], strict=True)]
    return [Text(shortened(piece.rstrip(), paper.width, "…"), "bold", no_wrap=True) for piece in pieces]


def _from_both_ends(question: str, last: str, width: int, rows: int) -> str:
    """The words that `question` begins with, as many as leave room for `last`, its end."""
    head = question.removesuffix(last).rstrip()
    while head:
        head = head[: (breaks(head, cell_len(head) - 1) or [0])[-1]].rstrip()
        if len(breaks(said := f"{head} … {last}", width)) < rows:
            return said
    return f"… {last}"


def _verdict(now: Experiment, paper: Paper) -> Text:
    """How right the prediction is."""
    found, text, language = now.prediction, Text(), paper.language
    if found is None or found.measured is None:
        return text
    if found.number is not None:
        value = with_unit(found.measure, abs(found.number - found.measured), paper.labels)
        close = abs(found.number - found.measured) <= _CLOSE * abs(found.measured)
        said, style = tell("demo.close" if close else "demo.off_by", value=value), "green" if close else "red"
        return text.append(f"{'✓' if close else '✗'} {said.says(language)}", f"bold {style}")
    sign, word = ("✓", "demo.right") if found.right else ("✗", "demo.wrong")
    return text.append(f"{sign} {tell(word).says(language)}", "bold green" if found.right else "bold red")


def _since(now: Experiment, paper: Paper) -> str:
    """Where the knobs differ now from those of the predicted run, what those were, and its value."""
    found = now.prediction
    turned = turned_since(found, now.runs[-1].knobs if now.runs else {}) if found is not None else {}
    if found is None or found.measured is None or not turned or now.veiled:
        return ""
    known = {knob.name: knob for knob in now.script.knobs} if now.script is not None else {}
    said = {
        n: value_in_words(known[n], value, paper.labels) if n in known else f"{value}" for n, value in turned.items()
    }
    knobs = ", ".join(_knob(name, value, paper) for name, value in said.items())
    value = with_unit(found.measure, found.measured, paper.labels)
    knobs = shortened(knobs, max(12, paper.width // 3), "…")
    return tell("demo.measured_at", knobs=knobs, value=value).says(paper.language)


def _knob(name: str, value: str, paper: Paper) -> str:
    """What a knob is called, its value, and in which unit."""
    unit = unit_of(name, paper.labels)
    return f"{in_words(name, paper.labels)} {value}{' ' * (unit not in '%x')}{unit}"


def figure_rows(now: Experiment, paper: Paper, rows: int) -> tuple[list[Text], list[Measure]]:
    """The measure asked for and after it the others, in the demo's order, or where not all have room those that changed
    first; and the measures that have no room. What the bars below say is not said here.

    Rows that are not filled yet are there too, so that nothing moves when they are.
    """
    if not now.runs:
        return [Text() for _ in range(1 if now.veiled else rows)], []
    result, was = now.runs[-1].result, _before(now)
    found, asked = measures(result, paper.labels), clean(now.asked(result))
    lead = [one for one in found if one.name == asked]
    if now.veiled:  # nothing else tells that this is what came out
        said = tell("demo.measured").says(paper.language)
        return [Text(no_wrap=True).append(said, "dim").append_text(_lead(one, was, paper)) for one in lead], []
    in_chart = in_bars(asked, result)
    told = [*lead, *(one for one in found if one.name != asked and one.name not in in_chart)]
    if _filled(told, paper) > rows:  # then what changed comes before what stayed
        told[len(lead) :] = sorted(told[len(lead) :], key=lambda one: not _changed(one, was, paper))
    rest, lines = list(told), list[Text]()
    for row in range(rows):
        line = paper.line()
        while rest:
            item = _lead(rest[0], was, paper) if rest[0] in lead else _figure(rest[0], was, paper, paper.width)
            left = paper.width - line.cell_len - (_APART if line else 0)
            more = cell_len(_below(len(rest) - 1, paper)) + _APART if row == rows - 1 and len(rest) > 1 else 0
            if item.cell_len + more > left and (line or not more):
                break
            item = item if item.cell_len + more <= left else _figure(rest[0], was, paper, left - more)
            line.append(" " * _APART if line else "").append_text(item)
            rest.pop(0)
        if row == rows - 1 and rest:
            line.append(" " * _APART if line else "").append(_below(len(rest), paper), "dim")
        lines.append(line)
    rest += [one for one in found if now.swept and one.name in in_chart and one not in lead]  # the bars are not shown
    return lines[: max(sum(map(bool, lines)), _filled(told, paper))], rest


def _below(count: int, paper: Paper) -> str:
    """That so many more measures stand below."""
    return tell("demo.more_below", n=count).says(paper.language)


def _filled(found: Sequence[Measure], paper: Paper) -> int:
    """How many rows so many measures may take, whatever they were before."""
    rows, used = 0, paper.width
    for one in found:
        cells = _figure(one, {one.name: one.value + 1}, paper, paper.width).cell_len
        rows, used = (rows, used + _APART + cells) if used + _APART + cells <= paper.width else (rows + 1, cells)
    return rows


def _before(now: Experiment) -> Mapping[str, float]:
    """What the run before the last one measured."""
    return {one.name: one.value for one in measures(now.runs[-2].result)} if len(now.runs) > 1 else {}


def _lead(one: Measure, was: Mapping[str, float], paper: Paper) -> Text:
    """The measure asked for, with what it was and by how much it is more or less, or that it is as it was."""
    if _changed(one, was, paper):
        said = f" ({_change(was[one.name], one.value)})"
        return _figure(one, was, paper, paper.width - cell_len(said)).append(said, "bold")
    text = _figure(one, was, paper, paper.width)
    timed = one.name in paper.labels and paper.labels[one.name].timed and one.value != was.get(one.name)
    words = tell("demo.as_before_timed" if timed else "demo.as_before").says(paper.language)
    said = f"  {words}" if one.name in was else ""
    return text.append(said, "dim") if text.cell_len + cell_len(said) <= paper.width else text


def _changed(one: Measure, was: Mapping[str, float], paper: Paper) -> bool:
    """Whether a measure is another than it was."""
    return told_apart(one.name, was.get(one.name, one.value), one.value, paper.labels)


def _change(before: float, now: float) -> str:
    """By how much it is more or less: what one reckons from the two as they are written."""
    was, more = (Decimal(short_number(one).replace(",", "")) for one in (before, now))
    return f"{(more - was).normalize():+,f}" if abs(more - was) > _TINY else f"{float(more - was):+.3g}"


def _figure(one: Measure, was: Mapping[str, float], paper: Paper, room: int) -> Text:
    """A measure in at most `room` cells, with what it was if that was another."""
    before = short_number(was.get(one.name, one.value))
    said = f"  {tell('demo.was', value=before).says(paper.language)}" if _changed(one, was, paper) else ""
    words = shortened(one.words, max(4, room - cell_len(one.shown + said) - 1), "…")
    return Text(no_wrap=True).append(f"{words} ").append(one.shown, "bold").append(said, "dim")
