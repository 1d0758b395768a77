"""What `readiness` found, in sentences: the command and the screen say the same."""

from quizapp.cards.card import Card
from quizapp.cards.sheet import front
from quizapp.memory.forecast import FIRST_AGAIN
from quizapp.study.plan import FREE_DAYS
from quizapp.study.readiness import Readiness
from quizapp.words import Shown, Words

ASSUMED = Words(
    en="Expected recall is what FSRS expects you to remember of these cards; it does not say how the interview goes. "
    "The plan assumes that every card is reviewed on the day it is due, recalled as often as FSRS expects (then good, "
    f"else again), that {FIRST_AGAIN:.0%} of new cards are graded again at first, and that nothing is reviewed on the "
    "day of the interview.",
    zh="预期回忆率是 FSRS 预计你那天还记得的卡片比例，并不代表面试结果。计划假设：每张卡片都在到期当天复习，"
    f"按 FSRS 的预期回忆（记得评“良好”，否则评“重来”），{FIRST_AGAIN:.0%} 的新卡第一次评为“重来”，面试当天不复习。",
)


def when(found: Readiness) -> Words:
    """Which day it is, and how far away."""
    day = found.interview
    away = {0: ("today", "今天"), 1: ("tomorrow", "明天")}
    en, zh = away.get(found.days, (f"in {found.days} days", f"还有 {found.days} 天"))
    return Words(f"Interview on {day}, {en}", f"面试日期 {day}，{zh}")


def work(found: Readiness) -> list[Words]:
    """What the plan asks each day, and what it leaves."""
    busiest, until = found.busiest, found.new_until
    if busiest is None:
        return [Words("The interview is today: nothing more is planned.", "今天就是面试：没有别的计划了。")]
    said, first = [], found.load[0]
    if until is None:
        said.append(Words("New cards: none are left.", "新卡：都学过了。"))
    elif until == found.day:
        said.append(Words(f"New cards: {first.new}, all of them today.", f"新卡：{first.new} 张，都在今天学。"))
    else:
        most, free = found.new_a_day, FREE_DAYS
        said.append(
            Words(
                f"New cards: {first.new} today, {most} a day until {until}, none on the last {free} days.",
                f"新卡：今天 {first.new} 张，每天 {most} 张，到 {until} 为止；最后 {free} 天不学新卡。",
            )
        )
    if busiest.reviews < 0.5:
        said.append(Words("Reviews: none fall due before that day.", "复习：那天之前没有到期的卡片。"))
    else:
        today, mean, most_ = f"{first.reviews:.0f}", f"{found.reviews_a_day:.0f}", f"{busiest.reviews:.0f}"
        said.append(
            Words(
                f"Reviews: {today} today, about {mean} a day, at most {most_} ({busiest.day}).",
                f"复习：今天 {today} 张，平均每天约 {mean} 张，最多 {most_} 张（{busiest.day}）。",
            )
        )
    if found.below:
        goal = f"{found.retention:.0%}"
        said.append(
            Words(
                f"Still below {goal} on the day with the plan: {cards(found.below)}.",
                f"按计划复习，当天仍低于 {goal} 的卡片：{found.below} 张。",
            )
        )
    return said


def left_out(found: Readiness) -> list[Words]:
    """Which cards the figures count as nothing, and which not at all."""
    said = []
    if found.all.unseen:
        said.append(
            Words(
                f"{cards(found.all.unseen)} never seen: 0 until begun.",
                f"{found.all.unseen} 张卡片没学过：开始之前算 0。",
            )
        )
    if found.suspended:
        said.append(
            Words(f"{cards(found.suspended, 'suspended')} left out.", f"{found.suspended} 张暂停的卡片不计算在内。")
        )
    return said


def falls_short(found: Readiness) -> Words:
    """How many cards the list of the weakest has."""
    count, goal = len(found.short), f"{found.retention:.0%}"
    return Words(
        f"Below {goal} if you stop now: {cards(count, 'seen')}, weakest first",
        f"如果现在停止，低于 {goal} 的已学卡片：{count} 张，最弱的在前",
    )


def asked(card: Card, shown: Shown) -> str:
    """What a card asks, in one line; of those that share a question, what it is asked about."""
    blocks = front(card, shown)
    return " ".join(blocks[0 if card.q or len(blocks) == 1 else 1].text.replace("**", "").replace("`", "").split())


def percent(recall: float) -> str:
    """Rounded down: 89.9 % is not 90 %."""
    return f"{int(100 * recall + 1e-9)}%"


def cards(count: int, which: str = "") -> str:
    return f"{count} {which} card{'' if count == 1 else 's'}".replace("  ", " ")
