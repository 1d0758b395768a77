"""`quizapp examiner --test`: the user's examiner judges the reference, and is measured against it."""

import argparse
import asyncio
import sys
from asyncio import sleep
from collections.abc import Callable, Iterator, Sequence
from typing import cast

from quizapp.commands import complain, progress_bar, said, say, say_json, terminal_paper
from quizapp.commands.columns import cells, padded, wrapped
from quizapp.examiner.ask import verdicts
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.measure import Agreement, agreement_of, by_hit_words, by_second_reading, spanned
from quizapp.examiner.place import Address, Place, read_address
from quizapp.examiner.record import Record
from quizapp.examiner.reference import ReferenceAnswer, reference_answers
from quizapp.examiner.verdict import Heard, Verdict
from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.texts import Sentence, os_sentence, tell

_WIDEST = 100  # columns of what is explained
# Faults that are the model's own
_UNREAD = {f"examiner.{what}" for what in ("nothing", "unread", "unfinished", "cut", "too_much")}
_PATIENCE = 3  # times that a limit is waited for, for one answer
_FIGURES = ("falsely_made", "falsely_missed", "alike")

_Judged = dict[str, Sequence[Heard | None]]


def examine_examiner(place: Place, record: Record, home: Home, args: argparse.Namespace) -> int:
    """Judge what was not judged before, and say how far it agrees. Whatever ends it, what was judged is kept. Raises
    ExaminerFault for an address that cannot be."""
    address = read_address(place.address)
    answers = reference_answers()[: args.count]
    new = sum(record.found(place, answer.task) is None for answer in answers)
    if new and not record.agreed(place.address):
        if not _agreed(address, place.model, new, args):
            return 1
        record.agree(place.address, local_now())
    judged: _Judged = {}
    try:
        with progress_bar(place.model, len(answers)) as step:
            asyncio.run(_judge(place, record, home, answers, judged, step))
    except ExaminerFault as fault:
        complain(fault.sentence)
        complain(tell("examiner_command.kept", done=len(judged), of=len(answers)))
        return 1
    except KeyboardInterrupt:
        complain(tell("examiner_command.kept", done=len(judged), of=len(answers)))
        return 130
    found = agreement_of(answers, judged)
    record.keep_test(place, found, local_now())
    beside = {"hit_words": agreement_of(answers, by_hit_words(answers))}
    beside["second_reading"] = agreement_of(answers, by_second_reading(answers))
    if args.json:
        say_json({"address": place.address, "model": place.model, "examiner": found, **beside})
    else:
        say("\n".join(_table(place, found, beside)))
    return 0


def _agreed(address: Address, model: str, new: int, args: argparse.Namespace) -> bool:
    """May it be sent there? Asked in a terminal; Enter is no."""
    if args.yes:
        return True
    if args.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain(tell("examiner_command.nobody"))
        return False
    say("\n".join(_lines(tell("examiner_command.sends", n=new, address=address.url, model=model))))
    if address.clear:
        say(tell("examining.ask_clear"))
    try:
        return input(said(tell("examiner_command.ask"))).strip().lower() in ("y", "yes")
    except EOFError:
        return False


async def _judge(
    place: Place,
    record: Record,
    home: Home,
    answers: Sequence[ReferenceAnswer],
    judged: _Judged,
    step: Callable[[], object],
) -> None:
    """Put what is said of each of `answers` into `judged`, but for what cannot be read. Raises ExaminerFault."""
    _check_kept(record)
    for answer in answers:
        verdict = record.found(place, answer.task)
        if verdict is None:
            verdict = await _asked(place, record, home, answer)
        if verdict is not None:
            judged[answer.id] = [point.made for point in verdict.points]
        step()


async def _asked(place: Place, record: Record, home: Home, answer: ReferenceAnswer) -> Verdict | None:
    """What the examiner says; None for what cannot be read. Where it says when it may be asked again, it is waited so
    long. Raises ExaminerFault."""
    for patience in reversed(range(_PATIENCE + 1)):
        try:
            return await _verdict(place, record, home, answer)
        except ExaminerFault as fault:
            if fault.sentence.id in _UNREAD:
                return None
            wait_s = _again_s(fault)
            if wait_s is None or not patience:
                raise
            complain(fault.sentence)
            await sleep(wait_s)
    raise AssertionError("the last time it is said or raised")


def _again_s(fault: ExaminerFault) -> int | None:
    """In how many seconds it may be asked again, if that is said and short."""
    again = dict(fault.sentence.params).get("again")
    if not isinstance(again, Sentence) or again.id != "examiner.again.seconds":
        return None
    return cast(int, dict(again.params)["n"])


async def _verdict(place: Place, record: Record, home: Home, answer: ReferenceAnswer) -> Verdict:
    async for judging in verdicts(place, answer.task, home.prompts):
        last = judging
    assert last.cost is not None
    record.keep(place, answer.task, last.verdict, last.cost, local_now())
    _check_kept(record)
    return last.verdict


def _check_kept(record: Record) -> None:
    """Raises ExaminerFault where the disk refuses: what is paid for would be lost."""
    if record.refused is not None:
        raise ExaminerFault(os_sentence(record.refused))


def _table(place: Place, found: Agreement, beside: dict[str, Agreement]) -> Iterator[str]:
    """The figures, the examiner's first, and what they mean."""
    rows = [("", *(said(tell(f"examiner_command.{name}")) for name in (*_FIGURES, "points")))]
    rows.append(_figures(place.model, found))
    rows += [_figures(tell(f"examiner_command.{name}"), one) for name, one in beside.items()]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(
            padded(cell, width, right=at > 0) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
    yield ""
    for sentence in _explained(found, beside["hit_words"]):
        yield from _lines(sentence)


def _lines(sentence: Sentence) -> list[str]:
    return wrapped(said(sentence), terminal_paper(_WIDEST).width)


def _figures(name: object, one: Agreement) -> tuple[str, ...]:
    rates = (one.falsely_made, one.falsely_missed, one.alike)
    return (said(name), *(said(spanned(rate)) if rate else "-" for rate in rates), f"{one.points:,}")


def _explained(found: Agreement, words: Agreement) -> Iterator[Sentence]:
    if words.falsely_made is None or words.falsely_missed is None:
        yield tell("examiner_command.too_few")
    else:
        yield tell("examiner_command.means", missed=words.falsely_made.of, made=words.falsely_missed.of)
    yield tell("examiner_command.alike_means")
    if found.abstained:
        yield tell("examiner_command.abstained", n=found.abstained)
    if found.unread:
        yield tell("examiner_command.unread", n=found.unread)
    yield tell("examiner_command.made_by")
