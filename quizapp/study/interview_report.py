"""How a mock interview went: points covered by topic, time against budget, confidence against outcome, what to study.

What a question is worth: its points, and one more if it can be judged; one, by the grade, if it has neither; nothing
if its card is in none of the open decks.
"""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from quizapp.cards.card import Card, Choice, Cloze, Deck, Fix, Numeric, Order
from quizapp.cards.sheet import back, front, markdown
from quizapp.memory.schedule import Grade
from quizapp.study.answer import Answer
from quizapp.study.interview import Asked, Interview, answer_to
from quizapp.texts import Sentence, tell
from quizapp.words import Shown, Words, read, same

_WORTH: dict[Grade | None, float] = {None: 0.0, "again": 0.0, "hard": 0.5, "good": 1.0, "easy": 1.0}
_SURE, _UNSURE, _FITS = 75, 50, 15  # percent


class QuestionResult(msgspec.Struct, frozen=True):
    """A question and what came of it: `got` of `of` points. `answer` is None if its card is in no open deck."""

    asked: Asked
    answer: Answer | None
    got: float
    of: int

    @property
    def card(self) -> Card | None:
        return self.answer.card if self.answer else None

    @property
    def share(self) -> float:
        return self.got / self.of if self.of else 1.0

    @property
    def open(self) -> list[Words]:
        """The points of the card that were not ticked."""
        if self.answer is None:
            return []
        return [point.text for i, point in enumerate(self.answer.card.points) if i not in self.answer.ticks]


class Sum(msgspec.Struct, frozen=True):
    """Some questions together: `got` of `of` points. `sure` are the mean confidence, in percent, of those of which one
    was said, and the mean share of points of the same; None if none was said."""

    name: Words
    outcomes: tuple[QuestionResult, ...]

    @property
    def got(self) -> float:
        return sum(outcome.got for outcome in self.outcomes)

    @property
    def of(self) -> int:
        return sum(outcome.of for outcome in self.outcomes)

    @property
    def share(self) -> float:
        return self.got / self.of if self.of else 1.0

    @property
    def took_s(self) -> float:
        return sum(outcome.asked.took_s for outcome in self.outcomes)

    @property
    def budget_s(self) -> int:
        return sum(outcome.asked.budget_s for outcome in self.outcomes)

    @property
    def sure(self) -> tuple[float, float] | None:
        said = [(o.asked.confidence, o.share) for o in self.outcomes if o.of and o.asked.confidence is not None]
        if not said:
            return None
        return sum(sure for sure, _ in said) / len(said), 100 * sum(share for _, share in said) / len(said)


class Report(msgspec.Struct, frozen=True):
    """The whole interview, and its topics, the weakest first: decks, or with a single deck the cards' first tags."""

    interview: Interview
    whole: Sum
    topics: tuple[Sum, ...]


def result_of(asked: Asked, card: Card | None, seed: int) -> QuestionResult:
    """What came of the question `asked`. `card` is None if it is in no open deck; `seed` is that of the interview."""
    if card is None:
        return QuestionResult(asked, None, 0, 0)
    answer = answer_to(asked, card, seed)
    if not card.points and not answer.judged:
        return QuestionResult(asked, answer, _WORTH[asked.grade], 1)
    # The user has the last word on what was judged: it may be a slip of the fingers.
    right = answer.judged and (answer.judgement.right or asked.grade in ("good", "easy"))
    return QuestionResult(asked, answer, len(answer.ticks) + bool(right), len(card.points) + answer.judged)


def report(interview: Interview, cards: Mapping[str, Card], decks: Iterable[Deck]) -> Report:
    """How `interview` went. `cards` are those of the library by key."""
    outcomes = [result_of(asked, cards.get(asked.key), interview.seed) for asked in interview.questions]
    titles = {deck.name: deck.title for deck in decks}
    of_deck = [result.asked.key.partition("/")[0] if result.card is None else result.card.deck for result in outcomes]
    topics: dict[Words, list[QuestionResult]] = {}
    for result, deck in zip(outcomes, of_deck, strict=True):
        tags = result.card.tags if result.card else ()
        by_tag = tags and len(set(of_deck)) == 1
        topics.setdefault(same(tags[0]) if by_tag else titles.get(deck, same(deck)), []).append(result)
    sums = [Sum(name, tuple(found)) for name, found in topics.items()]
    weakest = sorted(sums, key=lambda topic: (topic.share, topic.got - topic.of))
    return Report(interview, Sum(tell("study.report.all").words, tuple(outcomes)), tuple(weakest))


# As Markdown


def clock_time(seconds: float) -> str:
    """A length of time as a clock shows it: 0:05, 12:30, 1:00:00."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def report_markdown(found: Report, shown: Shown) -> str:
    """The report as a page of Markdown, in the language shown, or in both."""
    parts = [_head(found, shown), _topics(found, shown), _confidence(found.whole, shown), _next(found, shown)]
    parts.append(f"## {_say(tell('study.report.one_by_one'), shown)}")
    parts += [_question(number, result, shown) for number, result in enumerate(found.whole.outcomes, 1)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _say(sentence: Sentence, shown: Shown) -> str:
    return read(sentence.words, shown, " / ")


def _head(found: Report, shown: Shown) -> str:
    interview, whole = found.interview, found.whole
    follows = sum(result.asked.follows for result in whole.outcomes)
    over = sum(result.asked.over_s > 0 for result in whole.outcomes)
    facts = [_say(tell("study.report.questions", n=len(whole.outcomes)), shown)]
    facts += [_say(tell("study.report.follow_ups", n=follows), shown)] if follows else []
    facts += [
        _time(whole.took_s, 60 * interview.minutes),
        _say(tell("study.report.points", share=_share(whole)), shown),
    ]
    facts += [_say(tell("study.report.over", n=over), shown)] if over else []
    comma = "，" if shown == "zh" else ", "
    title = _say(tell("study.report.title"), shown)
    return f"# {title}{comma}{interview.started:%Y-%m-%d %H:%M}\n\n{' · '.join(facts)}"


def _topics(found: Report, shown: Shown) -> str:
    said = found.whole.sure is not None
    names = ("topic", "asked", "points", "time", *(("sure",) if said else ()))
    rows = [[_say(tell(f"study.report.column.{name}"), shown) for name in names], ["---", *["---:"] * (len(names) - 1)]]
    for topic in (*found.topics, *((found.whole,) if len(found.topics) > 1 else ())):
        row = [read(topic.name, shown, " / "), str(len(topic.outcomes)), _share(topic)]
        row += [_time(topic.took_s, topic.budget_s), *((_sure(topic),) if said else ())]
        rows.append(row)
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return f"## {_say(tell('study.report.by_topic'), shown)}\n\n{table}"


def _confidence(whole: Sum, shown: Shown) -> str:
    if whole.sure is None:
        return ""
    said = [result for result in whole.outcomes if result.of and result.asked.confidence is not None]
    too_sure = [o for o in said if (o.asked.confidence or 0) >= _SURE and o.share < 0.5]
    too_unsure = [o for o in said if (o.asked.confidence or 0) <= _UNSURE and o.share >= 0.8]
    sure, share = whole.sure
    parts = [f"## {_say(tell('study.report.confidence'), shown)}"]
    parts.append(_say(tell("study.report.mean", sure=sure, share=share), shown))
    for what, results in (
        (tell("study.report.too_sure"), too_sure),
        (tell("study.report.too_unsure"), too_unsure),
    ):
        if results:
            lines = "\n".join(f"- {_asks(result, shown)} ({_percent(result)})" for result in results)
            parts.append(f"{_say(what, shown)}\n\n{lines}")
    off = "above" if sure > share + _FITS else "below" if sure < share - _FITS else "fits"
    if off != "fits" or not (too_sure or too_unsure):
        parts.insert(2, _say(tell(f"study.report.{off}"), shown))
    return "\n\n".join(parts)


def _next(found: Report, shown: Shown) -> str:
    """The questions that lacked something, topic by topic, with the points that were not made."""
    parts = [f"## {_say(tell('study.report.next'), shown)}"]
    for topic in found.topics:
        weak = sorted((result for result in topic.outcomes if result.share < 1), key=lambda result: result.share)
        if weak:
            lines = [f"**{read(topic.name, shown, ' / ')}** {_share(topic)}", ""]
            for result in weak:
                lines.append(f"- {_asks(result, shown)} ({result.asked.key})")
                lines += [f"    - {_line(read(point, shown, ' / '))}" for point in result.open]
            parts.append("\n".join(lines))
    if len(parts) == 1:
        parts = [*parts, _say(tell("study.report.nothing"), shown)] if found.whole.of else []
    return "\n\n".join(parts)


def _question(number: int, result: QuestionResult, shown: Shown) -> str:
    asked = result.asked
    facts = [
        f"{_time(asked.took_s, asked.budget_s)}" + (f" (+{clock_time(asked.over_s)})" if asked.over_s >= 1 else "")
    ]
    facts += [_say(tell("study.report.follow_up"), shown)] if asked.follows else []
    facts += [f"{_percent(result)}"] if result.of and asked.confidence is not None else []
    facts += [_say(tell("study.report.points", share=f"{result.got:g}/{result.of}"), shown)] if result.of else []
    if asked.grade:
        facts.append(_say(tell("study.report.graded", grade=tell(f"common.grade.{asked.grade}")), shown))
    parts = [f"### {number}. {_asks(result, shown)}", " · ".join(facts)]
    if result.answer is None:
        parts.append(f"{_say(tell('study.report.gone'), shown)} ({asked.key})")
    else:
        parts += _more_asked(result.answer.card, _asks(result, shown), shown)
        parts += [_given(result.answer, shown)]
        parts += [_list(result.answer.ticks, [point.text for point in result.answer.card.points], shown)]
    return "\n\n".join(part for part in parts if part)


def _more_asked(card: Card, asked: str, shown: Shown) -> list[str]:
    """What stands below the question: the statement to mend, the text with its gap."""
    blocks = [block for block in front(card, shown)[1:] if block.kind in ("quote", "text")]
    return [markdown([block], shown) for block in blocks if _line(block.text) != asked.strip("“”")]


def _given(answer: Answer, shown: Shown) -> str:
    """What was answered, and of what can be judged the right answer and why the one given is wrong; of choices all, the
    right ones marked."""
    card, trap = answer.card, answer.judgement.trap
    sign = {True: " ✓", False: " ✗", None: ""}[answer.judgement.right]
    lines = [f"> {line}".rstrip() for line in answer.typed.strip().splitlines()]
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
    if isinstance(card, Cloze | Numeric | Order):
        parts += [_say(tell("study.report.right"), shown), back(card, shown)[0].text]
    return "\n\n".join(parts)


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


def _share(total: Sum) -> str:
    return f"{total.got:g}/{total.of} ({100 * total.share:.0f} %)" if total.of else "–"


def _sure(total: Sum) -> str:
    return "{:.0f} % → {:.0f} %".format(*total.sure) if total.sure else "–"


def _percent(result: QuestionResult) -> str:
    return f"{result.asked.confidence} % → {100 * result.share:.0f} %"
