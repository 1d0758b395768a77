"""What is said of a page, as text: the verdict, the hints told, what one can do; and what stands in its border."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from rich.cells import cell_len
from rich.text import Text

from quizapp.cards.sheet import Block
from quizapp.draw.names import in_words
from quizapp.lab.code_verdict import CaseVerdict, CodeVerdict
from quizapp.lab.exercise import Exercise
from quizapp.study.code import suggested_for, unmet
from quizapp.texts import Sentence, tell
from quizapp.ui.breaks import breaks
from quizapp.ui.code.page import CodeTask, Page
from quizapp.ui.code.puzzle import in_one_row
from quizapp.ui.wording import worded
from quizapp.words import LANGUAGES, Language, Shown, Words, clean, read

Keyed = Callable[[str], str]  # the key of an action, as it is pressed now
MOST_PRINTED = 4_000  # characters of what an attempt printed that are shown
_HANGS = 4  # cells that what goes on in another row stands further in
_AROUND = 48  # characters of a line that are shown around a caret
_SIGNS = {"passed": ("✓", "green"), "unrun": ("·", "dim")}


def result_text(page: Page, shown: Shown, language: Language, key: Keyed) -> Text:
    """What came of what was submitted, the newest first."""
    task = page.task
    if task is None:
        return Text()
    if task.exercise is None:
        return Text(worded(task.fault, language))
    parts: list[Text] = []
    if task.unjudged is not None:
        said = tell("code.grade_yourself", why=task.unjudged, key=key("reveal")).says(language)
        parts.append(Text(f"{said}\n", "bold"))
    if page.verdict is not None:
        parts.append(verdict_text(page, page.verdict, shown, language, key))
    hints = _hints(page, task, shown, language)
    parts.insert(0 if page.told else len(parts), hints)
    for part in parts:
        part.rstrip()
    return Text("\n").join(part for part in parts if part)


def advice(page: Page, language: Language, key: Keyed) -> str:
    """While one writes, for a line of its own: what grades, or the grade that there is, and what one can do; "" for any
    other page."""
    task, tried = page.task, page.tried
    if page.phase not in ("writing", "judging") or task is None or task.unjudged is not None:
        return ""
    said = []
    if page.untried and tried.slips:
        said.append(tell("code.pass_counts", grade=tell("common.grade.hard")))
    elif page.untried:
        said.append(tell("code.first_grades", submit=key("submit")))
    elif suggested_for(tried, task.card) != "good":
        said.append(tell(f"study.why.{'told' if tried.told else unmet(tried)}"))
    hint = "code.hint_grades" if page.untried else "code.hint_key"
    said += [tell(hint, key=key("hint"), grade=tell("common.grade.again"))] if page.hints_left > 0 else []
    said.append(tell("code.reference_key", key=key("reveal")))
    return " · ".join(one.says(language) for one in said)


def _hints(page: Page, task: CodeTask, shown: Shown, language: Language) -> Text:
    """The hints told, the last one first."""
    found, number = Text(), page.tried.hints
    for i in range(number - 1, -1, -1):
        said = tell("code.hint", n=i + 1, of=len(task.card.hints)).says(language)
        found.append(said if language == "zh" else f"{said} ", "bold").append(
            read(task.card.hints[i], shown, "\n").strip() + "\n"
        )
    return found


def about_blocks(exercise: Exercise | None, shown: Shown) -> tuple[Block, ...]:
    """What an exercise says of shapes and units, for under the question; its title is asked there already."""
    if exercise is None:
        return ()
    languages: tuple[Language, ...] = LANGUAGES if shown == "both" else (shown,)
    return tuple(
        Block(said, "small") for said in dict.fromkeys(_below_title(exercise.doc.says(it)) for it in languages)
    )


def _below_title(doc: str) -> str:
    """What follows on a docstring's first line, a paragraph a line; where Chinese was broken there is no space."""
    title, *rest = (" ".join(_BROKEN.sub("", part).split()) for part in clean(doc).split("\n\n"))
    return "\n".join(rest or [title])


# A line that ends or begins in a full-width sign, or breaks between two Chinese characters.
_BROKEN = re.compile("(?<=[，。；：、！？）”]) *\n *| *\n *(?=[（“])|(?<=[\u4e00-\u9fff]) *\n *(?=[\u4e00-\u9fff])")


def verdict_text(page: Page, verdict: CodeVerdict, shown: Shown, language: Language, key: Keyed) -> Text:
    """What came of the first case that fails and what was expected, how the others went, what was printed. How many
    pass stands in the border."""
    task = page.task
    assert task is not None
    text = Text()
    if not verdict.cases or verdict.slip:
        error = verdict.error or (verdict.failed and verdict.failed.error)
        _fail(text, worded(error or "", language))
        text.append_text(place_text(verdict, page.text))
        if page.untried:
            text.append(
                f"{tell('code.still_counts', submit=key('submit'), grade=tell('common.grade.hard')).says(language)}\n",
                "dim",
            )
        return text
    if page.named:
        text.append(f"{mistake(page, shown, language)}\n", "bold")
    if verdict.error is not None and (verdict.failed is None or verdict.failed.sentence is None):
        text.append(f"{worded(verdict.error, language)}\n").append_text(place_text(verdict, page.text))
    for line in _failing(verdict, task, shown, language, page.text):
        text.append_text(line).append("\n")
    if page.may("name"):
        text.append(f"{tell('code.why_wrong', key=key('name')).says(language)}\n", "dim")
    elif verdict.differs and not verdict.traps:
        text.append(f"{tell('code.no_known_mistake').says(language)}\n", "dim")
    for case in verdict.cases:
        if case is not verdict.failed:
            sign, style = _SIGNS.get(case.state, ("✗", "red"))
            text.append(f"{sign} ", style).append(f"{case_words(case, task, shown)}\n", "dim")
    if verdict.output.strip():
        said = tell("code.printed").says(language)
        text.append(f"{said}\n{clean(verdict.output).strip()[-MOST_PRINTED:]}\n", "dim")
    return text


def why_failed(page: Page) -> Words:
    """Why what was submitted last did not pass, without markup: what stopped it and where, or the first case that
    fails; nothing of what passed, or was not judged."""
    verdict, task = page.verdict, page.task
    if verdict is None or task is None or verdict.passed:
        return Words()

    def said(language: Language) -> str:
        stopped, failed = Text(), verdict.failed
        if verdict.error is not None and (failed is None or failed.sentence is None):
            stopped.append(f"{worded(verdict.error, language)}\n").append_text(place_text(verdict, page.text))
        return "\n".join([str(stopped), *map(str, _failing(verdict, task, language, language, page.text))]).strip()

    return Words(said("en"), said("zh"))


def _fail(text: Text, said: str) -> None:
    text.append(f"✗ {said}\n", "bold red")


def _failing(verdict: CodeVerdict, task: CodeTask, shown: Shown, language: Language, attempt: str) -> Iterator[Text]:
    """The first case that fails: its words, its call, what is wrong and where."""
    case = verdict.failed
    if case is None:
        return
    yield Text().append("✗ ", "red").append(case_words(case, task, shown), "bold")
    if case.call:
        yield Text(f"  {case.call}", "dim")
    if case.sentence is not None:
        yield Text(f"  {worded(case.sentence, language)}")
    lines = attempt.split("\n")
    if 0 < case.line <= len(lines):
        yield Text(f"  {case.line}  {clean(lines[case.line - 1]).strip()}", "dim")


def case_words(case: CaseVerdict, task: CodeTask, shown: Shown) -> str:
    """What a case tries, in the words of the card, which say what a check does in their own."""
    words = task.card.cases.get(case.name, Words())
    return " ".join(read(words, shown, " / ").split()) or in_words(case.name)


def mistake(page: Page, shown: Shown, language: Language) -> str:
    """Which known mistake it is, in the words of the card, or which explain a part of what fails, a line each."""
    assert page.task is not None and page.verdict is not None
    said = page.task.card.traps
    names = page.verdict.traps
    words = [" ".join(read(said.get(name, Words()), shown, " / ").split()) or in_words(name) for name in names]
    if page.verdict.trap:
        return words[0]
    return "\n".join((tell("code.known_parts", n=len(names)).says(language), *(f"  {one}" for one in words)))


def place_text(verdict: CodeVerdict, attempt: str) -> Text:
    """The line that stopped it, with a caret where the column is known."""
    lines = attempt.split("\n")
    if not 0 < verdict.line <= len(lines):
        return Text()
    line = clean(lines[verdict.line - 1]).expandtabs(4)
    indent = len(line) - len(line.lstrip())
    caret, line = max(0, min(verdict.column - 1, len(line)) - indent), line.strip()
    start = max(0, min(caret - _AROUND // 2, len(line) - _AROUND))  # a row has room for that much
    before = f"{verdict.line}  {'…' if start else ''}"
    after = "…" if start + _AROUND < len(line) else ""
    text = Text(f"{before}{line[start : start + _AROUND]}{after}\n", "dim")
    if verdict.column:
        text.append(" " * (len(before) + caret - start) + "^\n", "bold red")
    return text


def page_title(page: Page) -> Sentence:
    """What the panel is for now."""
    if page.phase in ("ordering", "untrusted"):
        return tell(f"code.title.{page.phase}")
    return tell("code.title.done" if page.phase == "done" else "code.title.writing")


def page_state(page: Page, language: Language, drafted: datetime | None = None) -> Text:
    """How things are with it, for the border; before anything was submitted, when its text was left."""
    if page.phase == "judging":
        return Text(tell("code.judging").says(language), "dim")
    if page.phase == "untrusted":
        return Text(tell("code.not_allowed").says(language), "yellow")
    if page.solved:
        return Text(f"✓ {tell('code.in_order').says(language)}", "bold green")
    if page.phase in ("writing", "done") and page.verdict is not None and page.verdict.cases and not page.verdict.slip:
        passing = tell("code.passing", n=page.verdict.passing, of=len(page.verdict.cases)).says(language)
        return Text(f"✓ {passing}", "bold green") if page.passed else Text(f"✗ {passing}", "bold red")
    if drafted is not None and page.phase == "writing":
        return Text(tell("code.draft", day=f"{drafted:%m-%d %H:%M}").says(language), "dim")
    return Text()


def order_text(page: Page, language: Language, key: Keyed) -> Text:
    """While lines are put in order: how; and once one asked, how many stand wrong, and what to press next."""
    puzzle = page.puzzle
    assert puzzle is not None
    used, wanted = len(puzzle.used), len(puzzle.lines.right)
    wrong, extra = puzzle.marks.count(False), used - wanted
    said = [tell("code.how_to_order", take=key("take"), submit=key("submit"))]
    if not puzzle.marks and (traps := len(puzzle.lines.texts) - wanted):
        said.append(tell("code.wrong_lines", n=traps, of=len(puzzle.lines.texts), end=key("end")))
    elif puzzle.marks:
        said = [tell("code.stand_wrong", n=wrong, of=used, submit=key("submit"))] if wrong else []
        if extra:
            said.append(tell("code.too_many" if extra > 0 else "code.too_few", n=abs(extra), end=key("end")))
    if not page.mends:  # else it leads on by itself, once they stand right
        said.append(tell("code.leave_order", key=key("again"), grade=tell("common.grade.again")))
    return Text(("" if language == "zh" else " ").join(one.says(language) for one in said), "dim")


def order_line(puzzle_line: str, cells: int, *, held: bool, right: bool | None) -> list[Text]:
    """One line to put in order, in as many rows as it takes: what is written over several is as one."""
    sign, style = {True: ("✓", "green"), False: ("✗", "red"), None: (" ", "")}[right]
    line = in_one_row(puzzle_line)
    indent = len(line) - len(line.lstrip(" "))
    room = max(8, cells - 3 - indent - _HANGS)
    cuts = [indent + cut for cut in breaks(line[indent:], room)] if cell_len(line) > cells - 3 else []
    rows = []
    for at, piece in enumerate(Text(line, "bold" if held else "").divide(cuts)):
        first = Text(no_wrap=True, end="").append("▸" if held and not at else " ", "bold")
        first.append(" " if at else sign, style).append(" " * (1 + (indent + _HANGS if at else 0)))
        rows.append(first.append_text(piece))
    return rows
