"""What an examiner said of an answer, among the blocks of its card: below each point, and after them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from quizapp.cards.sheet import Block
from quizapp.examiner.place import Place, read_address
from quizapp.examiner.verdict import PointVerdict, Verdict
from quizapp.texts import Sentence, tell
from quizapp.words import Language, clean

_SIGNS = {"made": "✓", "partly": "~", "missed": "✗"}


class Hearing(Struct, frozen=True):
    """An answer that an examiner listens to, or did: `verdict` is as far as it is. `before`: it had been asked earlier,
    and was not again. `fault` says why there is none. Not `running`, and neither of them: it was stopped. `tested` says
    in a line how far this examiner agrees with the reference."""

    place: Place
    running: bool = False
    verdict: Verdict | None = None
    before: bool = False
    fault: Sentence | None = None
    tested: Sentence | None = None

    @property
    def done(self) -> Verdict | None:
        """The verdict, once it is whole."""
        return None if self.running else self.verdict


def with_hearing(
    blocks: Sequence[Block], hearing: Hearing, ticks: frozenset[int], language: Language, key: str
) -> tuple[Block, ...]:
    """The answer's side with what the examiner says: below each point, marked where the `ticks` say otherwise; after
    the points what is wrong, what would be better, and who says so. `key` stops it, or asks again."""
    found: list[Block] = []
    against = hearing.verdict.against(ticks) if hearing.verdict is not None else ()
    last = max((at for at, block in enumerate(blocks) if block.kind in ("point", "said")), default=-1)
    for at, block in enumerate(blocks):
        found.append(block)
        if block.kind == "point" and hearing.verdict is not None and block.index < len(hearing.verdict.points):
            but = "examining.but_ticked" if block.index in ticks else "examining.but_not_ticked"
            beside = tell(but).says(language) if block.index in against else ""
            point = hearing.verdict.points[block.index]
            found.append(_heard(point, block.index, language, waits=hearing.running, beside=beside))
        if at == last:
            found += _remarks(hearing, language, key)
    return tuple(found)


def _heard(point: PointVerdict, index: int, language: Language, *, waits: bool, beside: str) -> Block:
    """What is said of one point, with the words of the answer that say so."""
    if point.made is None and waits:
        return Block("", "heard", index, sign="…")
    said, words = tell(f"examining.{point.made or 'unsure'}"), _in_a_line(point.words)
    if words:
        said = tell("examining.against" if point.made == "missed" else "examining.quoted", what=said, words=words)
    return Block(said.says(language), "heard", index, beside=beside, sign=_SIGNS.get(point.made or "", "?"))


def _remarks(hearing: Hearing, language: Language, key: str) -> Iterator[Block]:
    """What is said after the points."""
    model = clean(hearing.place.model)
    yield Block(tell("examining.title").says(language), "label")
    verdict = hearing.verdict or Verdict(())
    for claim in verdict.wrong:
        yield Block(tell("examining.wrong", words=_in_a_line(claim)).says(language), "remark", sign="✗")
    if better := _in_a_line(verdict.better):
        yield Block(tell("examining.better", words=better).says(language), "remark", sign="→")
    if hearing.running:
        yield Block(tell("examining.listens", model=model, key=key).says(language), "remark", sign="…")
    elif hearing.fault is not None:
        said = tell("examining.again", why=hearing.fault, key=key)
        yield Block(said.says(language), "remark", sign="✗")
    elif hearing.verdict is None:
        yield Block(tell("examining.stopped", key=key).says(language), "remark", sign="…")
    else:
        by = "examining.said_before" if hearing.before else "examining.said_by"
        said = tell(by, model=model, host=read_address(hearing.place.address).host)
        yield Block(said.says(language), "remark", sign="·")
        if hearing.tested is not None:
            yield Block(hearing.tested.says(language), "remark", sign="·")


def _in_a_line(words: str) -> str:
    """Words of a model in one line, with nothing that a terminal would obey."""
    return " ".join(clean(words).split())
