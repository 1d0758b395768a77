"""What an interview's screen keeps: its time, and what is answered, on the disk within a second."""

import asyncio
from collections.abc import Iterable

from rich.text import Text
from textual import on
from textual.timer import Timer
from textual.widgets import Input, TextArea

from quizapp.cards.card import Card, Code
from quizapp.cards.sheet import Block
from quizapp.examiner.task import FollowUp
from quizapp.lab.exercise import Exercise
from quizapp.memory.schedule import local_now
from quizapp.study.answer import Answer
from quizapp.study.interview import Interview, answered, cards_by_key, spend_time, to_points, with_verdict
from quizapp.study.interview_marks import end_here, unanswered
from quizapp.study.interview_store import CannotKeep, KeptInterview
from quizapp.texts import tell, text
from quizapp.ui.code.one_run import OneRun
from quizapp.ui.code.page import CodeTask
from quizapp.ui.context import say_error
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.answering import AnsweringScreen, clock
from quizapp.ui.widgets.panels import Panes
from quizapp.ui.wording import worded
from quizapp.words import Language

_SAVE_EVERY_S = 2.0
_SAVE_TYPED_S = 0.4  # after a change what is typed goes to the disk


class KeepingScreen(AnsweringScreen):
    """An interview, and the file that has it."""

    DEFAULT_CSS = """
    KeepingScreen {
        OneRun {
            display: none;
            height: 1fr;
            width: 1fr;
        }
        &.-code OneRun {
            display: block;
        }
        &.-code.-narrow SheetView {
            height: auto;
            min-height: 6;
            max-height: 55%;
        }
        &.-code.-wide SheetView {
            width: 42%;
            max-width: 90;
        }
    }
    """

    runs_while = "asking"  # the stage of the interview in which its clock is ours
    handed_in_by = "interview.next"

    def __init__(self, kept: KeptInterview) -> None:
        super().__init__()
        self.kept = kept
        self._answer: Answer | None = None
        self._since = self._saved = local_now()
        self._away = False  # something lies over it, such as help
        self._refused = ""  # why the file could not be written, said once
        self._saving: Timer | None = None
        self._code: OneRun | None = None  # there once a question asked for code
        self._code_of = ""  # the card of which it is the page
        self._exercise: Exercise | None = None  # which was found for it

    def on_mount(self) -> None:
        self.set_interval(1.0, self.tick)

    def on_unmount(self) -> None:
        self.tick(save=True)

    @property
    def interview(self) -> Interview:
        return self.kept.interview

    @property
    def answer(self) -> Answer | None:
        return self._answer

    @property
    def answers(self) -> bool:
        """Is the answer being given, and does time run?"""
        return self.interview.stage == "asking" and not self.interview.question.given

    # Code

    def show_code(self, card: Card) -> None:
        """Beside a question that asks for code, the page to write it on; else none. Once it is marked, what was written
        stands beside the reference."""
        self.set_class(isinstance(card, Code), "-code")
        known, self._code_of = self._code_of, card.key
        if not isinstance(card, Code):
            if self._code is not None:
                self._code.close()
            return
        if self._code is not None and known == card.key:
            self._code_happened()
            return
        if self._code is None:
            self._code = OneRun()
            self.query_one(Panes).mount(self._code)
        turn = self.context.desk.standings.of(card.key).memory.reps
        self._code.open(CodeTask(card, turn=turn), lambda: self.interview.question.took_s)

    @property
    def code(self) -> OneRun | None:
        """The page of the question in hand, if it asks for code."""
        return self._code if self.has_class("-code") else None

    @on(OneRun.Happened)
    def _code_happened(self) -> None:
        code = self.code
        if code is None:
            return
        if self.interview.stage != "asking" and code.page.phase == "writing":
            code.reveal()
        if code.page.exercise != self._exercise:
            self._exercise = code.page.exercise
            self.draw()

    @on(OneRun.Judged)
    def _code_judged(self, event: OneRun.Judged) -> None:
        """The one run is the verdict."""
        now = self.so_far()
        if self.code is not None and self.answers and now.question.passed is None:
            self.go(to_points(with_verdict(now, self.code.editor.text, passed=event.passed, failed=event.why)))

    def action_give_up(self) -> None:
        """On without a run of the code, if that is meant."""
        open_screen(self, "ask", text("screens.interview.ask_give_up", self.context.language), then=self._give_up)

    def _give_up(self, sure: bool | None) -> None:
        if sure and self.code is not None and self.answers:  # else its time was over meanwhile
            self.go(to_points(with_verdict(self.so_far(), self.code.editor.text, passed=None)))

    def go(self, interview: Interview) -> None:
        """On to what comes next."""
        raise NotImplementedError

    def when_done(self) -> str:
        """How one says that the answer is given, or what is amiss with it."""
        if self._said:
            return self._said
        ids, said = (self.handed_in_by, "Space"), "written"
        if self.code is not None:
            ids, said = ("code.submit", "Ctrl+S"), "one_run" if self.code.writing else "to_code"
        elif self._view.writing:
            ids = ("answer.done", "Ctrl+S") if self._view.writing_lines else ("answer.enter", "Enter")
        elif self.interview.aloud and self._answer is not None and not self._answer.judged:
            said = "said"
        elif self.check_action("pick", ()):
            said = "picked"
        keys = {"key": self.context.key(*ids), "type": self.context.key("answer.type", "t")}
        return text(f"screens.interview.{said}", self.context.language, letters=self.letters_said, **keys)

    def action_end(self) -> None:
        """No more questions, if that is meant."""
        self.kept.interview = self.so_far()
        ahead = unanswered(self.interview, cards_by_key(self.context.desk.library))
        some = ahead < len(self.interview.questions)
        said = text("screens.interview.ask_end" if some else "screens.interview.ask_end_none", self.context.language)
        left = text("screens.interview.not_asked", self.context.language, n=ahead)
        open_screen(self, "ask", f"{said}\n\n{left}" if ahead and some else said, then=self._end)

    def _end(self, sure: bool | None) -> None:
        if not sure:
            return
        ended = end_here(self.so_far(), cards_by_key(self.context.desk.library))
        if ended is not None:
            self.go(ended)
            return
        try:
            self.kept.drop()
        except OSError as error:
            say_error(self, error)
        self.dismiss()

    def leave(self) -> None:
        """Away: while questions are asked, or if it could not be written, only if that is meant."""
        self.tick(save=True)
        self.keep(self.interview)
        language = self.context.language
        if self._refused:
            said = f"{self._refused}\n\n{text('screens.interview.leave_anyway', language)}"
        elif self.interview.stage != "reviewing":
            said = text("screens.interview.ask_leave", language)
        else:
            self._leave(True)
            return
        open_screen(self, "ask", said, then=self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            if not self._refused:
                self.notify(text("screens.interview.kept", self.context.language), markup=False)
            self.dismiss()

    # Time

    @property
    def still(self) -> bool:
        """Does the clock stand, as the question is out of sight?"""
        return self._away

    def on_screen_suspend(self) -> None:
        self.tick()
        self._away = True

    def on_screen_resume(self) -> None:
        self._away, self._since = False, local_now()

    def clocks(self, *, alone: bool = False) -> Text:
        """The time of the question, and unless it stands `alone` that of all of them."""
        now, language = self.interview, self.context.language
        found = clock(now.question.spent_s, now.question.budget_s, language)
        if alone:
            return found
        found.append(f"   {tell('screens.interview.in_all').says(language)} ", "dim")
        return found.append_text(clock(now.took_s, 60 * now.minutes, language))

    def draw_clock(self) -> None:
        """A second has gone by."""
        raise NotImplementedError

    def so_far(self) -> Interview:
        """The interview with the time that passed and what is answered by now."""
        since, self._since = self._since, local_now()
        if self.interview.stage != self.runs_while:
            return self.interview
        interview = self.interview if self.still else spend_time(self.interview, since, self._since)
        if self._answer is None:
            return interview
        if self.answers:  # else what one types in is away
            self._view.keep()
        return answered(interview, self._answer)

    def tick(self, *, save: bool = False) -> None:
        """The clock goes on; every two seconds it goes to the disk."""
        if self.interview.stage != self.runs_while:
            return
        self.kept.interview = self.so_far()
        if save:
            self.keep(self.interview)
            return
        if self.code is not None and self.answers and self.interview.question.over_s:
            self.code.time_is_over()
        if (self._since - self._saved).total_seconds() >= _SAVE_EVERY_S:
            self._keep_soon()
        self.draw_clock()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        """What is typed is kept in a moment, with what is typed until then."""
        if self._saving is None and self.answers:
            self._saving = self.set_timer(_SAVE_TYPED_S, self._keep_soon)

    def _keep_soon(self) -> None:
        self._saving = None
        self.kept.interview = self.so_far()
        self._saved = self._since
        self.run_worker(self._write(), group="draft")

    async def _write(self) -> None:
        """Durably, and in a thread: no key waits for the disk."""
        try:
            await asyncio.to_thread(self.kept.save)
        except CannotKeep as error:
            self._refuse(error)
        else:
            self._refused = ""

    def keep(self, interview: Interview) -> None:
        """Go on with `interview`, and write it. A refusal of the disk is said once; every later step tries again."""
        self.kept.interview = interview
        try:
            self.kept.save()
        except CannotKeep as error:
            self._refuse(error)
        else:
            self._refused = ""

    def _refuse(self, error: CannotKeep) -> None:
        if worded(error, self.context.language) != self._refused:
            self._refused = worded(error, self.context.language)
            self.notify(self._refused, severity="error", timeout=10, markup=False)


def asked_blocks(asked_back: Iterable[FollowUp], language: Language) -> tuple[Block, ...]:
    """What an examiner asked about the answer, each with what was said to it."""
    blocks = []
    for one in asked_back:
        said = one.answer.strip() or text("study.report.no_reply", language)
        blocks.append(Block(f"{text('study.report.asked_back', language, question=one.question)}\n{said}", "small"))
    return tuple(blocks)
