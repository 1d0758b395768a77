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
from quizapp.words import Shown, Words, read, same

_WORTH: dict[Grade | None, float] = {None: 0.0, "again": 0.0, "hard": 0.5, "good": 1.0, "easy": 1.0}
_SURE, _UNSURE, _FITS = 75, 50, 15  # percent


class Outcome(msgspec.Struct, frozen=True):
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
        """The points that were not ticked."""
        if self.answer is None:
            return []
        return [point.text for i, point in enumerate(self.answer.card.points) if i not in self.answer.ticks]


class Sum(msgspec.Struct, frozen=True):
    """Some questions together. `sure`: their mean confidence, in percent, and the share of points of those same
    questions; None if nothing was said."""

    name: Words
    outcomes: tuple[Outcome, ...]

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


def outcome(asked: Asked, card: Card | None, seed: int) -> Outcome:
    """What came of a question."""
    if card is None:
        return Outcome(asked, None, 0, 0)
    answer = answer_to(asked, card, seed)
    if not card.points and not answer.judged:
        return Outcome(asked, answer, _WORTH[asked.grade], 1)
    # The user has the last word on what was judged: it may be a slip of the fingers.
    right = answer.judged and (answer.judgement.right or asked.grade in ("good", "easy"))
    return Outcome(asked, answer, len(answer.ticks) + bool(right), len(card.points) + answer.judged)


def report(interview: Interview, cards: Mapping[str, Card], decks: Iterable[Deck]) -> Report:
    """How `interview` went. `cards` are those of the library by key."""
    outcomes = [outcome(asked, cards.get(asked.key), interview.seed) for asked in interview.questions]
    titles = {deck.name: deck.title for deck in decks}
    of_deck = [result.asked.key.partition("/")[0] if result.card is None else result.card.deck for result in outcomes]
    topics: dict[Words, list[Outcome]] = {}
    for result, deck in zip(outcomes, of_deck, strict=True):
        tags = result.card.tags if result.card else ()
        by_tag = tags and len(set(of_deck)) == 1
        topics.setdefault(same(tags[0]) if by_tag else titles.get(deck, same(deck)), []).append(result)
    sums = [Sum(name, tuple(found)) for name, found in topics.items()]
    weakest = sorted(sums, key=lambda topic: (topic.share, topic.got - topic.of))
    return Report(interview, Sum(Words(en="All", zh="总计"), tuple(outcomes)), tuple(weakest))


# As Markdown

_SAYS = {
    "title": Words(en="Mock interview", zh="模拟面试"),
    "questions": Words(en="questions", zh="道题"),
    "questions 1": Words(en="question", zh="道题"),
    "follow-ups": Words(en="follow-ups", zh="道追问"),
    "follow-ups 1": Words(en="follow-up", zh="道追问"),
    "follow-up": Words(en="follow-up", zh="追问"),
    "points": Words(en="{0} points", zh="要点 {0}"),
    "topic": Words(en="Topic", zh="主题"),
    "asked": Words(en="Questions", zh="题数"),
    "covered": Words(en="Points", zh="要点"),
    "time": Words(en="Time", zh="用时"),
    "sure": Words(en="Sure → right", zh="把握 → 实际"),
    "over": Words(en="went over their budget", zh="道题超时"),
    "over 1": Words(en="went over its budget", zh="道题超时"),
    "by topic": Words(en="By topic", zh="按主题"),
    "confidence": Words(en="Confidence and outcome", zh="把握与结果"),
    "too sure": Words(en="Sure, but with less than half of the points:", zh="有把握，但要点不到一半："),
    "too unsure": Words(en="Unsure, but with nearly all points:", zh="没把握，但要点几乎全中："),
    "above": Words(en="On the whole you were too sure.", zh="总体上把握高于实际。"),
    "below": Words(en="On the whole you were not sure enough.", zh="总体上实际好于把握。"),
    "fits": Words(en="How sure you were fits how you did.", zh="你的把握与结果相符。"),
    "next": Words(en="Study next", zh="接下来学什么"),
    "nothing": Words(en="Nothing stands out: every point was made.", zh="没有明显的短板：所有要点都说到了。"),
    "one by one": Words(en="Question by question", zh="逐题"),
    "gone": Words(en="This card is in none of the open decks.", zh="打开的题库里没有这张卡片。"),
    "yours": Words(en="Your answer:", zh="你的回答："),
    "right": Words(en="Right", zh="正确答案"),
    "graded": Words(en="grade", zh="评分"),
    "mean": Words(
        en="You were {0:.0f} % sure on average, and made {1:.0f} % of a question's points on average.",
        zh="平均把握 {0:.0f} %，平均每题说到 {1:.0f} % 的要点。",
    ),
}
_GRADED: dict[Grade, Words] = {
    "again": Words(en="Again", zh="重来"),
    "hard": Words(en="Hard", zh="困难"),
    "good": Words(en="Good", zh="良好"),
    "easy": Words(en="Easy", zh="简单"),
}


def clock(seconds: float) -> str:
    """A length of time as a clock shows it: 0:05, 12:30, 1:00:00."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def written(found: Report, shown: Shown) -> str:
    """The report as Markdown, in the language shown."""
    parts = [_head(found, shown), _topics(found, shown), _confidence(found.whole, shown), _next(found, shown)]
    parts.append(f"## {_say('one by one', shown)}")
    parts += [_question(number, result, shown) for number, result in enumerate(found.whole.outcomes, 1)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _say(what: str, shown: Shown) -> str:
    return read(_SAYS[what], shown, " / ")


def _many(count: int, what: str, shown: Shown) -> str:
    return f"{count} {_say(what if count != 1 else f'{what} 1', shown)}"


def _head(found: Report, shown: Shown) -> str:
    interview, whole = found.interview, found.whole
    follows = sum(result.asked.follows for result in whole.outcomes)
    over = sum(result.asked.over_s > 0 for result in whole.outcomes)
    facts = [_many(len(whole.outcomes), "questions", shown)]
    facts += [_many(follows, "follow-ups", shown)] if follows else []
    facts += [_time(whole.took_s, 60 * interview.minutes), _say("points", shown).format(_share(whole))]
    facts += [_many(over, "over", shown)] if over else []
    comma = "，" if shown == "zh" else ", "
    return f"# {_say('title', shown)}{comma}{interview.started:%Y-%m-%d %H:%M}\n\n{' · '.join(facts)}"


def _topics(found: Report, shown: Shown) -> str:
    said = found.whole.sure is not None
    names = ("topic", "asked", "covered", "time", *(("sure",) if said else ()))
    rows = [[_say(name, shown) for name in names], ["---", *["---:"] * (len(names) - 1)]]
    for topic in (*found.topics, *((found.whole,) if len(found.topics) > 1 else ())):
        row = [read(topic.name, shown, " / "), str(len(topic.outcomes)), _share(topic)]
        row += [_time(topic.took_s, topic.budget_s), *((_sure(topic),) if said else ())]
        rows.append(row)
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return f"## {_say('by topic', shown)}\n\n{table}"


def _confidence(whole: Sum, shown: Shown) -> str:
    if whole.sure is None:
        return ""
    said = [result for result in whole.outcomes if result.of and result.asked.confidence is not None]
    too_sure = [o for o in said if (o.asked.confidence or 0) >= _SURE and o.share < 0.5]
    too_unsure = [o for o in said if (o.asked.confidence or 0) <= _UNSURE and o.share >= 0.8]
    parts = [f"## {_say('confidence', shown)}", _say("mean", shown).format(*whole.sure)]
    for what, results in (("too sure", too_sure), ("too unsure", too_unsure)):
        if results:
            lines = "\n".join(f"- {_asks(result, shown)} ({_percent(result)})" for result in results)
            parts.append(f"{_say(what, shown)}\n\n{lines}")
    sure, share = whole.sure
    off = "above" if sure > share + _FITS else "below" if sure < share - _FITS else "fits"
    if off != "fits" or not (too_sure or too_unsure):
        parts.insert(2, _say(off, shown))
    return "\n\n".join(parts)


def _next(found: Report, shown: Shown) -> str:
    """The questions that lacked something, topic by topic, with the points that were not made."""
    parts = [f"## {_say('next', shown)}"]
    for topic in found.topics:
        weak = sorted((result for result in topic.outcomes if result.share < 1), key=lambda result: result.share)
        if weak:
            lines = [f"**{read(topic.name, shown, ' / ')}** {_share(topic)}", ""]
            for result in weak:
                lines.append(f"- {_asks(result, shown)} ({result.asked.key})")
                lines += [f"    - {_line(read(point, shown, ' / '))}" for point in result.open]
            parts.append("\n".join(lines))
    if len(parts) == 1:
        parts = [*parts, _say("nothing", shown)] if found.whole.of else []
    return "\n\n".join(parts)


def _question(number: int, result: Outcome, shown: Shown) -> str:
    asked = result.asked
    facts = [f"{_time(asked.took_s, asked.budget_s)}" + (f" (+{clock(asked.over_s)})" if asked.over_s >= 1 else "")]
    facts += [_say("follow-up", shown)] if asked.follows else []
    facts += [f"{_percent(result)}"] if result.of and asked.confidence is not None else []
    facts += [_say("points", shown).format(f"{result.got:g}/{result.of}")] if result.of else []
    facts += [f"{_say('graded', shown)} {read(_GRADED[asked.grade], shown, ' / ')}"] if asked.grade else []
    parts = [f"### {number}. {_asks(result, shown)}", " · ".join(facts)]
    if result.answer is None:
        parts.append(f"{_say('gone', shown)} ({asked.key})")
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
    parts = [f"{_say('yours', shown)}{sign}", "\n".join(lines)] if lines else []
    parts += [read(trap.why, shown, " / ")] if trap else []
    if isinstance(card, Cloze | Numeric | Order):
        parts += [f"{_say('right', shown)}:", back(card, shown)[0].text]
    return "\n\n".join(parts)


def _list(marked: Collection[int], texts: Iterable[Words], shown: Shown) -> str:
    """The texts as a list to tick, with those `marked` ticked."""
    return "\n".join(
        f"- [{'x' if i in marked else ' '}] {_line(read(text, shown, ' / '))}" for i, text in enumerate(texts)
    )


def _asks(result: Outcome, shown: Shown) -> str:
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
    return f"{clock(took_s)} / {clock(of_s)}"


def _share(total: Sum) -> str:
    return f"{total.got:g}/{total.of} ({100 * total.share:.0f} %)" if total.of else "–"


def _sure(total: Sum) -> str:
    return "{:.0f} % → {:.0f} %".format(*total.sure) if total.sure else "–"


def _percent(result: Outcome) -> str:
    return f"{result.asked.confidence} % → {100 * result.share:.0f} %"
