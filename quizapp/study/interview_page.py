"""The report of a mock interview as a page of Markdown, in the language shown, or in both."""

import re
from collections.abc import Collection, Iterable

from quizapp.cards.card import Card, Choice, Cloze, Code, Fix, Free, Numeric, Order
from quizapp.cards.sheet import back, front, markdown
from quizapp.study.answer import Answer
from quizapp.study.interview import Asked
from quizapp.study.interview_report import (
    LEAST_ANSWERS,
    LEAST_SURE,
    NEARLY,
    READY,
    QuestionResult,
    Report,
    Sum,
    clock_time,
)
from quizapp.study.markdown import fenced, markdown_table
from quizapp.texts import Sentence, listing, tell, text
from quizapp.wilson import wilson_interval
from quizapp.words import Shown, Words, read, same

_MOST_MARKS = 8  # of the interviews before that are written beside this one
_MARKUP = re.compile(r"[\\`*_<>#~&|!$]")


def report_markdown(found: Report, shown: Shown) -> str:
    """The report as a page of Markdown, in the language shown, or in both."""
    parts = [_title(found, shown), report_head(found, shown), how_sure(found, shown)]
    parts += [verdict_rule(found, shown), examiner_line(found, shown)]
    parts += [f"## {heading}\n\n{said}" for heading, said in report_sections(found, shown)]
    return "\n\n".join(part for part in parts if part) + "\n"


def report_head(found: Report, shown: Shown) -> str:
    """Its figures, and how it went in a word."""
    parts = [_figures(found, shown), _verdict(found, shown)]
    if found.whole.of and not found.lacking:
        parts.append(_say(tell("study.report.nothing"), shown))
    return "\n\n".join(part for part in parts if part)


def report_sections(found: Report, shown: Shown) -> list[tuple[str, str]]:
    """What stands below its head, each part with its heading: every question once, what lacked most first."""
    asked = sorted(enumerate(found.whole.outcomes, 1), key=lambda one: one[1].order)
    parts = {
        "by_topic": _topics(found, shown),
        "trend": _trend(found, shown),
        "one_by_one": "\n\n".join(_question(number, result, shown) for number, result in asked),
    }
    return [(_say(tell(f"study.report.{name}"), shown), said) for name, said in parts.items() if said]


def _say(sentence: Sentence, shown: Shown) -> str:
    return read(sentence.words, shown, " / ")


def _title(found: Report, shown: Shown) -> str:
    comma = "，" if shown == "zh" else ", "
    return f"# {_say(tell('study.report.title'), shown)}{comma}{found.interview.started:%Y-%m-%d %H:%M}"


def _figures(found: Report, shown: Shown) -> str:
    interview, whole = found.interview, found.whole
    follows = sum(result.asked.follows for result in whole.outcomes)
    over = sum(result.asked.over_s > 0 for result in whole.outcomes)
    facts = [_say(tell("study.report.questions", n=len(whole.outcomes)), shown)]
    facts += [_say(tell("study.report.left", n=interview.left), shown)] if interview.left else []
    facts += [_say(tell("study.report.follow_ups", n=follows), shown)] if follows else []
    facts += [
        _say(tell("study.report.took", time=_time(whole.took_s, 60 * interview.minutes)), shown),
        *([] if whole.only_code else [_say(tell("study.report.points", share=_share(whole, shown)), shown)]),
    ]
    facts += [_say(tell("study.report.code", how=_ran(one)), shown) for one in whole.code]
    facts += [_say(tell("study.report.over", n=over), shown)] if over else []
    return " · ".join(facts)


def examiner_line(found: Report, shown: Shown) -> str:
    """How much an examiner asked, and what that took; "" for nothing."""
    asked = [result.asked for result in found.whole.outcomes]
    many, waited = sum(len(one.asked_back) for one in asked), sum(one.waited_s for one in asked)
    tokens = [one.tokens for one in asked if one.tokens is not None]
    if not (many or waited):
        return ""
    facts = [_say(tell("study.report.examiner", n=many), shown)]
    facts += [_say(tell("study.report.waited", time=clock_time(waited)), shown)] if waited else []
    facts += [_say(tell("study.report.tokens", n=sum(tokens)), shown)] if tokens else []
    return " · ".join(facts)


def _verdict(found: Report, shown: Shown) -> str:
    """How it went in plain words, and on how many answers that rests."""
    went = found.verdict
    if not went.of:
        return ""
    told = tell(f"study.report.stood{'_friend' * found.interview.friend}", n=went.stood, of=went.of)
    if went.word == "few":
        return _say(tell("study.report.few", stood=told, least=LEAST_ANSWERS), shown)
    return f"**{_say(tell(f'study.report.went.{went.word}'), shown)}** {_say(told, shown)}"


def verdict_rule(found: Report, shown: Shown) -> str:
    """By which rule it is called so; "" where it is called nothing."""
    if (went := found.verdict).word == "few":
        return ""
    return _say(tell("study.report.rule", ready=READY, nearly=NEARLY, n=went.of), shown)


def _trend(found: Report, shown: Shown) -> str:
    """A line an interview, this one last, and what changed since the last one, where both have answers enough to be
    called anything."""
    marks = [mark for mark in found.trend if mark.started <= found.interview.started][-_MOST_MARKS:]
    if len(marks) < 2:
        return ""
    rows = [[_say(tell(f"study.report.column.{name}"), shown) for name in ("held", "asked", "way", "time", "points")]]
    for mark in marks:
        way = _say(tell(f"screens.setup.{mark.way}"), shown)
        took = clock_time(mark.took_s)
        rows.append([f"{mark.started:%m-%d %H:%M}", str(mark.questions), way, took, f"{mark.percent}%"])
    rows[-1] = [f"**{cell}**" for cell in rows[-1]]
    before, last = marks[-2:]
    alike = min(before.graded, last.graded) >= LEAST_ANSWERS
    change = tell("study.report.change", points=f"{last.percent - before.percent:+}")
    return markdown_table(rows, "lrlrr") + (f"\n\n{_say(change, shown)}" if alike else "")


def _topics(found: Report, shown: Shown) -> str:
    """A line a topic; none of few questions, or where all are of one topic or each of its own: they say as much."""
    asked = len(found.whole.outcomes)
    if asked < LEAST_ANSWERS or len(found.topics) in (1, asked):
        return ""
    names = ("topic", "asked", "points", "time")
    rows = [[_say(tell(f"study.report.column.{name}"), shown) for name in names]]
    for topic in found.topics:
        row = [read(topic.name, shown, " / "), str(len(topic.outcomes)), _share(topic, shown)]
        rows.append([*row, _time(topic.took_s, topic.budget_s)])
    return markdown_table(rows, "lrrr")


def how_sure(found: Report, shown: Shown) -> str:
    """How sure one was against what came: called too much or too little only where chance does not explain it; "" of a
    few answers."""
    sure, stood, of = found.whole.sure
    if of < LEAST_SURE:
        return ""
    low, high = wilson_interval(stood, of)
    off = "above" if sure > 100 * high else "below" if sure < 100 * low else "fits"
    how = tell(f"study.report.{off}", of=of)
    return _say(tell("study.report.mean", sure=sure, n=stood, of=of, share=100 * stood / of, how=how), shown)


def _question(number: int, result: QuestionResult, shown: Shown) -> str:
    asked = result.asked
    over = f" (+{clock_time(asked.over_s)})" if asked.over_s >= 1 else ""
    facts = [_say(tell("study.report.took", time=_time(asked.spent_s, asked.budget_s) + over), shown)]
    facts += [_say(tell("study.report.follow_up"), shown)] if asked.follows else []
    facts += [_went(result, shown)] if result.of else []
    if asked.grade:
        facts.append(_say(tell("study.report.graded", grade=tell(f"common.grade.{asked.grade}")), shown))
    if asked.grade is not None and not asked.counts:
        facts.append(_say(tell("study.report.counts_not"), shown))
    parts = [f"### {number}. {_asks(result, shown)}", " · ".join(facts)]
    parts += [f"**{_say(tell('study.report.errors_come'), shown)}**"] if result.sure_and_wrong else []
    if result.answer is None:
        parts.append(_say(tell("study.report.gone"), shown))
    else:
        parts += _more_asked(result.answer.card, _asks(result, shown), shown)
        parts += [_given(result.answer, shown), *_why_failed(asked, shown), *_asked_back(asked, shown)]
        if result.lacks:  # what was known to the end needs no telling
            points = [point.text for point in result.answer.card.points]
            parts += [_list(result.answer.ticks, points, shown), *_answer(result.answer.card, shown)]
    return "\n\n".join(part for part in parts if part)


def _more_asked(card: Card, asked: str, shown: Shown) -> list[str]:
    """What stands below the question: the statement to mend, the text with its gap."""
    blocks = [block for block in front(card, shown)[1:] if block.kind in ("quote", "text")]
    return [markdown([block], shown) for block in blocks if _line(block.text) != asked.strip("“”")]


def _answer(card: Card, shown: Shown) -> list[str]:
    """The short answer of a card that nothing judges, and that has no points: they say the same."""
    told = isinstance(card, Free | Fix) and card.a and not card.points
    return [_say(tell("study.report.right"), shown), back(card, shown)[0].text] if told else []


def _given(answer: Answer, shown: Shown) -> str:
    """What was answered, and of what can be judged the right answer and why the one given is wrong; of choices all, the
    right ones marked."""
    card, trap = answer.card, answer.judgement.trap
    right = answer.tried.passed if answer.tried else answer.judgement.right
    sign = {True: " ✓", False: " ✗", None: ""}[right]
    lines = [f"> {line}".rstrip() for line in answer.typed.strip().splitlines()]
    if isinstance(card, Code) and lines:
        lines = [fenced(answer.typed.strip("\n"), "python")]
    if isinstance(card, Order) and answer.picked:
        lines = [f"{i}. {_line(read(card.items[item], shown, ' / '))}" for i, item in enumerate(answer.places, 1)]
    if isinstance(card, Choice):
        texts = [
            same(
                read(choice.text, shown, " / ")
                + (" ✓" if choice.ok else "")
                + (f" — {read(choice.why, shown, ' / ')}" if i in answer.chosen and choice.why else "")
            )
            for i, choice in enumerate(card.choices)
        ]
        lines = [_list(answer.chosen, texts, shown)]
    parts = [f"{_say(tell('study.report.yours'), shown)}{sign}", "\n".join(lines)] if lines else []
    parts += [read(trap.why, shown, " / ")] if trap else []
    if isinstance(card, Cloze) or (isinstance(card, Order) and not right):  # which stands there already
        parts.append(_say(tell("study.report.right"), shown))
    if isinstance(card, Cloze | Numeric) or (
        isinstance(card, Order) and not right
    ):  # of a number the answer says itself that it is right
        parts.append(back(card, shown)[0].text)
    return "\n\n".join(parts)


def _why_failed(asked: Asked, shown: Shown) -> list[str]:
    """What stopped its code, or the first case that failed; no line of it is markup."""
    said = read(asked.failed, shown).strip() if asked.failed else ""
    return [_say(tell("study.report.why_failed"), shown), fenced(said, "text")] if said else []


def _asked_back(asked: Asked, shown: Shown) -> list[str]:
    """What an examiner asked about the answer, and what was said to it."""
    parts = []
    for one in asked.asked_back:
        # It comes from a model: none of it is markup. A backslash before a bracket would begin a formula.
        said = _MARKUP.sub(r"\\\g<0>", one.question).replace("[", "&#91;")
        parts.append(_in_one("study.report.asked_back", shown, question=said))
        lines = one.answer.strip().splitlines() or [_say(tell("study.report.no_reply"), shown)]
        parts.append("\n".join(f"> {line}".rstrip() for line in lines))
    return parts


def _list(marked: Collection[int], texts: Iterable[Words], shown: Shown) -> str:
    """The texts as a list to tick, with those `marked` ticked."""
    return "\n".join(
        f"- [{'x' if i in marked else ' '}] {_line(read(text, shown, ' / '))}" for i, text in enumerate(texts)
    )


def _asks(result: QuestionResult, shown: Shown) -> str:
    """The question in a line: of a statement to mend, the statement."""
    card = result.card
    if card is None:
        return result.asked.key
    if isinstance(card, Fix) and not card.q:
        return f"“{_line(read(card.source.says, shown, ' / '))}”"
    blocks = front(card, shown)
    return _line(blocks[0].text if card.q else blocks[1].text if len(blocks) > 1 else blocks[0].text)


def _line(text: str) -> str:
    """Text in one line."""
    return " ".join(text.split())


def _time(took_s: float, of_s: float) -> str:
    return f"{clock_time(took_s)} / {clock_time(of_s)}"


def _ran(result: QuestionResult) -> Sentence:
    """What came of the one run of its code."""
    return tell(f"study.report.code_{ {True: 'passed', False: 'failed', None: 'unrun'}[result.asked.passed] }")


def _share(total: Sum, shown: Shown) -> str:
    if not total.of:
        return "–"
    if total.only_code:
        return _say(listing([_ran(one) for one in total.outcomes]), shown)
    return _in_one("study.report.share", shown, points=f"{total.got:g}/{total.of}", share=100 * total.share)


def _went(result: QuestionResult, shown: Shown) -> str:
    """How sure one was, if that was said, and the points that were made."""
    points = _say(tell("study.report.points", share=f"{result.got:g}/{result.of}"), shown)
    if result.coded:
        return _say(_ran(result), shown)
    if result.asked.confidence is None:
        return points
    return f"{_in_one('study.report.sure', shown, percent=result.asked.confidence)} · {points}"


def _in_one(id: str, shown: Shown, **params: object) -> str:
    """A text that need not be said twice where both languages are shown."""
    return text(id, "zh" if shown == "zh" else "en", **params)
