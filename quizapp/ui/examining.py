"""The examiner asked about the answer in hand: with the user's consent, beside the keys, and stopped at once."""

from collections.abc import Callable
from functools import partial
from time import monotonic

from msgspec.structs import replace
from textual.widget import Widget
from textual.worker import Worker

from quizapp.cards.card import Code
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import Place, examiner_place, read_address
from quizapp.examiner.said import Hearing
from quizapp.examiner.task import FollowUp, Task, task_of
from quizapp.examiner.verdict import PointVerdict, Verdict
from quizapp.memory.events import Overruling
from quizapp.memory.schedule import local_now
from quizapp.study.answer import Answer
from quizapp.texts import Sentence
from quizapp.ui.consent import with_consent
from quizapp.ui.context import context, say_error

_DRAWN_EVERY_S = 0.1


class Examination:
    """Of one answer at a time, shown by `node`; `changed` is called when there is more to show. What was typed and
    ticked stays as it is, whatever comes."""

    def __init__(self, node: Widget, changed: Callable[[], object]) -> None:
        self._node, self._changed = node, changed
        self._task: Task | None = None  # what it is about
        self._worker: Worker[None] | None = None
        self.hearing: Hearing | None = None

    @property
    def running(self) -> bool:
        return self.hearing is not None and self.hearing.running

    def offers(self, answer: Answer) -> bool:
        """May the examiner be asked, or stopped: is one set up, something typed, and said by the user first what was
        made of it?"""
        if self.hearing is not None and (self.hearing.running or self.hearing.done is not None):
            return self.hearing.running
        said = bool(answer.ticks) or answer.none
        if not said or answer.judged or isinstance(answer.card, Code) or not answer.typed.strip():
            return False
        return bool(answer.card.points) and examiner_place(context(self._node).desk.settings) is not None

    def turn(self, answer: Answer, follow_ups: tuple[FollowUp, ...] = ()) -> None:
        """Ask, or stop asking. `follow_ups`: what was asked about the answer before."""
        here = context(self._node)
        place = examiner_place(here.desk.settings)
        if self.running:
            self.stop()
        elif place is not None:
            self._task = task_of(answer.card, answer.typed, here.language, follow_ups)
            self._ask(place, self._task)

    def stop(self) -> None:
        """End what is under way: what was said so far is no verdict."""
        self._cancel()
        if self.hearing is not None and self.hearing.running:
            self._show(Hearing(self.hearing.place))

    def forget(self) -> None:
        """Another answer is in hand."""
        self._cancel()
        self._task = self.hearing = None

    def renew(self, answer: Answer) -> None:
        """The card was written anew: what was said of it holds while it asks the same."""
        task = self._task
        if task is not None and task != task_of(answer.card, answer.typed, task.language, task.follow_ups):
            self.forget()

    def overruling(self, answer: Answer) -> Overruling | None:
        """In what the user says otherwise than the verdict; None where they do not, or there is none."""
        verdict = self.hearing.done if self.hearing is not None else None
        against = verdict.against(answer.ticks) if verdict is not None else ()
        if self.hearing is None or not against:
            return None
        return Overruling(
            card=answer.card.key,
            model=self.hearing.place.model,
            ticked=tuple(i for i in against if i in answer.ticks),
            unticked=tuple(i for i in against if i not in answer.ticks),
        )

    # How it is done

    def _ask(self, place: Place, task: Task) -> None:
        """Show what was said before; else send it, if the user agrees that it may be sent there."""
        try:
            read_address(place.address)
        except ExaminerFault as fault:
            self._show(Hearing(place, fault=fault.sentence))
            return
        if (verdict := context(self._node).examined.found(place, task)) is not None:
            self._show(Hearing(place, verdict=verdict, before=True, tested=self._tested(place)))
        else:
            with_consent(self._node, place, partial(self._answered, place, task))

    def _answered(self, place: Place, task: Task, yes: bool) -> None:
        """Whether it may be sent there: it is, if the answer is still in hand."""
        if yes and task is self._task:
            self._begin(place, task)

    def _begin(self, place: Place, task: Task) -> None:
        self._cancel()
        self._show(Hearing(place, running=True, verdict=Verdict((PointVerdict(),) * len(task.points))))
        self._worker = self._node.screen.run_worker(self._listen(place, task), group="examiner", exclusive=True)

    async def _listen(self, place: Place, task: Task) -> None:
        from quizapp.examiner.ask import verdicts

        hearing, drawn = Hearing(place, running=True), 0.0  # when it was drawn last
        try:
            async for said in verdicts(place, task, context(self._node).desk.home.prompts):
                hearing = replace(hearing, verdict=said.verdict)
                if said.cost is not None:
                    context(self._node).examined.keep(place, task, said.verdict, said.cost, local_now())
                elif monotonic() - drawn > _DRAWN_EVERY_S:
                    self._show(hearing)
                    drawn = monotonic()
        except ExaminerFault as fault:
            hearing = Hearing(place, fault=fault.sentence)
        except Exception:
            self._show(Hearing(place))  # the screen says it
            raise
        self._worker = None
        self._show(replace(hearing, running=False, tested=self._tested(place)))

    def _tested(self, place: Place) -> Sentence:
        """How far this examiner agrees with the reference."""
        from quizapp.examiner.measure import agreement

        return agreement(context(self._node).examined.tested(place))

    def _show(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self._changed()

    def _cancel(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None


def record_overruling(node: Widget, overruling: Overruling | None) -> None:
    """Write down that the user graded against an examiner. If the disk refuses, that is said; the grade stands."""
    if overruling is None:
        return
    try:
        context(node).desk.recorder.overrule(overruling, local_now())
    except OSError as error:
        say_error(node, error)
