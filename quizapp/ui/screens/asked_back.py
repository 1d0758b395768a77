"""In a mock interview an examiner asks about the answer just given: its question as it comes, and a few lines for what
one says to that."""

from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import ScreenResume
from textual.widgets import TextArea
from textual.worker import Worker, WorkerState

from quizapp.cards.library import Library
from quizapp.cards.sheet import Block
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import Place
from quizapp.examiner.task import Task, task_of
from quizapp.examiner.verdict import Cost
from quizapp.memory.schedule import local_now
from quizapp.study.asked_back import ask_back, may_ask_back, reply
from quizapp.study.interview import Interview, cards_by_key, spend_time, to_points
from quizapp.study.interview_answer import answer_to
from quizapp.study.interview_store import KeptInterview
from quizapp.texts import text
from quizapp.ui.consent import agreed_place
from quizapp.ui.context import say_error
from quizapp.ui.screens.keeping import KeepingScreen, asked_blocks
from quizapp.ui.sittings import open_interview
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.words import clean

_DRAWN_EVERY_S = 0.05


class AskedBackScreen(KeepingScreen):
    """Ctrl+S when it is answered, or Space behind Esc; Space on nothing skips it. Space and Esc stop an examiner that
    thinks, for whom the clock stands: it goes on when the question is whole."""

    BINDINGS: ClassVar[list[BindingType]] = [  # a key bound here is lost to the class above: so all of space
        Binding("space,enter", "reveal", "keys.done", key_display="space", id="interview.replied"),
        Binding("space,enter", "skip", "keys.skip", key_display="space", id="interview.skip"),
    ]

    runs_while = "asked_back"
    handed_in_by = "interview.replied"

    def __init__(self, kept: KeptInterview) -> None:
        super().__init__(kept)
        self._heard = ""  # of a question that is not whole yet
        self._place: Place | None = None
        self._worker: Worker[None] | None = None  # while the examiner thinks
        self._gone = False

    def compose(self) -> ComposeResult:
        yield self._view.sheet
        yield from self._view.fields
        yield self._bar
        yield KeyBar()

    def on_mount(self) -> None:
        """Where it was left: at a question to answer, or before the first."""
        asked = self.interview.question
        card = cards_by_key(self.context.desk.library).get(asked.key)
        self._place = agreed_place(self)
        if card is None:
            self.go(to_points(self.interview))
            return
        self._answer = answer_to(asked, card, self.interview.seed)
        if asked.asked_back:
            self._show()
        else:
            self._listen()

    @property
    def revealed(self) -> bool:
        return False

    @property
    def answers(self) -> bool:
        """Is there a question to answer, and does time run?"""
        return self._worker is None and self.interview.stage == "asked_back"

    # What is on the screen

    def _show(self) -> None:
        """The question is whole: to where it is answered."""
        assert self._answer is not None
        self._answer.typed = self.interview.question.asked_back[-1].answer
        self._since = local_now()
        self._view.begin(self._answer)
        self._view.write()
        self.draw()

    def draw(self) -> None:
        if self._answer is None:
            return
        language = self.context.language
        self._view.draw(self.context.shown, language, revealed=False, below=self._below())
        if not self.answers:
            self._view.hide()
        now = self.interview
        place = text("screens.interview.asking", language, n=now.at + 1, of=len(now.questions))
        self._view.sheet.frame(f"{place} · {text('screens.interview.asked_back', language)}", self.clocks())
        self._bar.show(heading="") if not self.answers else self._bar.show(self.when_done())
        self.refresh_bindings()

    def _below(self) -> tuple[Block, ...]:
        """What the examiner asks, then what it asks about: what was answered, and what was said before."""
        language, asked = self.context.language, self.interview.question
        before = asked.asked_back[:-1] if self.answers else asked.asked_back
        question = asked.asked_back[-1].question if self.answers else self._heard
        blocks = [Block(text("examining.title", language), "label")]
        if question:
            blocks.append(Block(question, "remark", sign="?"))
        if not self.answers:
            model, key = clean(self._place.model) if self._place else "", self.context.key("interview.skip", "Space")
            blocks.append(Block(text("screens.interview.listens", language, model=model, key=key), "small"))
        yours = f"{text('screens.interview.you_said', language)}\n{asked.typed.strip()}"
        return (*blocks, Block(yours, "small"), *asked_blocks(before, language))

    def draw_clock(self) -> None:
        self._view.sheet.show_state(self.clocks())

    def language_changed(self) -> None:
        self.draw()

    def library_changed(self, was: Library) -> None:
        """The card as it is written now; one that is gone stays as it was."""
        card = cards_by_key(self.context.desk.library).get(self.interview.question.key)
        if self._answer is not None and card is not None and type(card) is type(self._answer.card):
            self._view.keep()
            self._answer = self._answer.renewed(card)
            self._view.renew(self._answer)
            self.draw()

    @property
    def called(self) -> dict[str, str]:
        return {"back": "keys.stop"} if self._worker is not None else {}

    # The examiner

    def _listen(self) -> None:
        """Have it ask about what was said, if it may and there is time; else on."""
        answer, asked = self._answer, self.interview.question
        if answer is None or self._place is None or not may_ask_back(self.interview, answer.card):
            self.go(to_points(self.interview))
            return
        task = task_of(answer.card, asked.typed, self.context.language, asked.asked_back)
        self._heard = ""
        self._worker = self.run_worker(self._hear(self._place, task), group="examiner", exclusive=True)
        self._view.begin(answer)
        self.draw()

    async def _hear(self, place: Place, task: Task) -> None:
        """Its question as it comes. Whatever goes wrong, the interview goes on."""
        from quizapp.examiner.ask import follow_ups

        cost: Cost | None = None
        drawn = 0.0
        try:
            async for said in follow_ups(place, task, self.context.desk.home.prompts):
                self._heard, cost = said.question, said.cost
                if cost is None and monotonic() - drawn > _DRAWN_EVERY_S:
                    self.draw()
                    drawn = monotonic()
        except ExaminerFault as fault:
            self._heard = ""
            say_error(self, fault)
        self._asked(place, task, cost)

    def _asked(self, place: Place, task: Task, cost: Cost | None) -> None:
        """It said what it has to say: a question, or that it has none."""
        self._worker = None
        if cost is not None:
            self.context.examined.keep(place, task, None, cost, local_now())
        asked = ask_back(self.interview, self._heard, cost)
        if len(asked.question.asked_back) > len(task.follow_ups):
            self.keep(asked)
            self._show()
        else:
            self.go(to_points(asked))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Of a fault that nobody foresaw, and that is said as every such."""
        if event.worker is self._worker and event.state is WorkerState.ERROR:
            self.action_skip()

    # What is done

    def so_far(self) -> Interview:
        since, self._since = self._since, local_now()
        if not self.answers or self._answer is None:
            return self.interview
        interview = self.interview if self.still else spend_time(self.interview, since, self._since)
        self._view.keep()
        return reply(interview, self._answer.typed)

    @on(TextArea.Changed)
    def _said_more(self) -> None:
        """Space skips only while nothing is typed."""
        if self._answer is not None and self.answers:
            said = bool(self._answer.typed.strip())
            self._view.keep()
            if said != bool(self._answer.typed.strip()):
                self.refresh_bindings()

    def go(self, interview: Interview) -> None:
        """On to what comes next, and out of this screen."""
        if self._worker is not None:
            self._worker.cancel()
        self.keep(interview)
        self._answer = None
        self._give_way()

    @on(ScreenResume)
    def _give_way(self) -> None:
        """To the interview's own screen, once nothing lies over this one."""
        if self.is_active and not self._gone and self.interview.stage != self.runs_while:
            self._gone = True
            open_interview(self, self.kept, replace=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        said = self._answer is not None and self.answers and bool(self._answer.typed.strip())
        match action:
            case "reveal":
                return said
            case "skip":
                return self._answer is not None and not said
            case "write" | "hand_in" if not self.answers:
                return False
        return super().check_action(action, parameters)

    def action_reveal(self) -> None:
        """It is answered: the examiner may ask once more."""
        self._view.leave()
        self.keep(self.so_far())
        self._listen()

    action_hand_in = action_reveal

    def action_skip(self) -> None:
        """On to the points; what the examiner was about to say is not waited for."""
        self.go(to_points(self.so_far()))

    def action_back(self) -> None:
        if self._worker is not None:
            self.action_skip()
        else:
            super().action_back()
