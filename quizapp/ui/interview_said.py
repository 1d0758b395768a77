"""What a mock interview's screen says around a question: which it is, and below it what one does now."""

from collections.abc import Iterator

from quizapp.cards.sheet import Block
from quizapp.study.answer import Answer
from quizapp.study.interview import Interview
from quizapp.study.interview_report import result_of
from quizapp.texts import text
from quizapp.words import Language, Shown, read


def interview_title(now: Interview, language: Language) -> str:
    """Which question it is, of how many, and whether it follows another."""
    word = "friend" if now.friend and now.stage == "asking" else now.stage
    of = len(now.again if now.stage == "reviewing" else now.questions)
    said = text(f"screens.interview.{word}", language, n=now.at + 1, of=of, number=now.place + 1)
    return f"{said} · {text('screens.interview.follow_up', language)}" if now.question.follows else said


def graded_before(now: Interview, language: Language, key: str) -> str:
    """How the question before was graded, which may have been a key too many; `key` takes it back."""
    grade = now.questions[now.at - 1].grade if now.stage == "asking" and now.at else None
    said = text(f"common.grade.{grade}", language) if grade else ""
    return text("screens.interview.was_graded", language, n=now.at, grade=said, key=key) if said else ""


def sureness_block(answer: Answer, language: Language) -> Block:
    """Of what one says how sure one is: the answer that was given, as far as it was typed; and what comes next."""
    ids = ("how_sure", "points_next") if answer.card.points else ("how_sure",)
    between = "" if language == "zh" else " "
    typed, sure = answer.typed.strip(), between.join(text(f"screens.interview.{id}", language) for id in ids)
    yours = f"{text('screens.interview.you_said', language)}\n{typed}\n\n" if typed else ""
    return Block(f"{yours}{sure}", "small")


def below_blocks(now: Interview, answer: Answer | None, shown: Shown, language: Language) -> Iterator[Block]:
    """Why code did not pass; whose screen it is, or what one does with the points."""
    card = answer.card if answer is not None else None
    ids: tuple[str, ...] = ()
    if now.friend and now.stage == "asking":
        ids = () if now.at else ("friends",)  # once is enough
    elif now.stage == "marking" and card is not None and card.points:
        ids = ("tick",)
    elif now.stage == "reviewing":
        ids = ("read", "comes_back") if result_of(now.question, card, now.seed).sure_and_wrong else ("read",)
    if failed := now.question.failed:
        yield Block(read(failed, shown), "small")
    yield from (Block(text(f"screens.interview.{id}", language), "small") for id in ids)
