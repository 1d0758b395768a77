"""The page beside a card that asks for code: an editor and what came of what was submitted, lines to put in order, what
was written beside the reference."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.message import Message

from quizapp.lab.exercise import Exercise
from quizapp.lab.judging import attempt_slip
from quizapp.lab.review import review
from quizapp.lab.script import Script
from quizapp.memory.schedule import local_now, study_day
from quizapp.paths import BUNDLED_CODE
from quizapp.texts import text
from quizapp.ui.code.drafts import Draft
from quizapp.ui.code.editor_field import CodeEditor
from quizapp.ui.code.judge import Judge
from quizapp.ui.code.page import CodeTask, Page, opened
from quizapp.ui.code.page_keys import PageKeys
from quizapp.ui.code.puzzle import Puzzle
from quizapp.ui.code.record import record_attempt
from quizapp.ui.code.said import advice, page_state, page_title
from quizapp.ui.code.task import bare_lines, draft_path, find_task, starter_of
from quizapp.ui.context import context, say_error
from quizapp.ui.editor import open_editor
from quizapp.ui.gradual import gradually
from quizapp.ui.panel import Panel
from quizapp.ui.workers import FaultsAreSaid

_LOOK_S = 0.5  # between two looks at the file of the text


class CodePanel(PageKeys, FaultsAreSaid, Panel, can_focus=True):
    """One card's page: what happens here gives it its next state, and the stage draws what is new."""

    class Happened(Message):
        """The page is another: something was submitted, judged, told, shown, put in order."""

    tells_draft = True  # that what stands there was written earlier
    forgives_slips = True  # a run that only stopped at a name does not grade

    def __init__(self) -> None:
        super().__init__()
        self.editor, self.order = self.stage.editor, self.stage.order
        self.order.shifted = self._shifted
        self.editor.left = self.leave
        self._draft: Draft | None = None
        self._drafted: datetime | None = None  # when what stood there at first was left
        self._took: Callable[[], float] = float
        self._judge = Judge(self, self._failed)

    def compose(self) -> ComposeResult:
        yield self.stage

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._look)
        self._draw(Page(), self.page)

    async def on_unmount(self) -> None:
        """Keep what was written, and wait for what was stopped."""
        self.close()
        await self._judge.settle()

    # Whose page it is

    def open(self, task: CodeTask, took: Callable[[], float]) -> None:
        """Begin the page of a card that is asked, or go on with it where text of it was left: `took` gives the seconds
        since it was asked."""
        self.close()
        self._took = took
        self.find(task)

    def close(self) -> None:
        """The card is done, or another comes."""
        if self._draft is not None:
            self._draft.close()
        self.workers.cancel_group(self, "task")
        self._judge.stop()
        self._judge.forget()
        self._draft, self._drafted, self.page = None, None, Page()

    @work(exclusive=True, group="task", description="find an exercise")
    async def find(self, task: CodeTask) -> None:
        """Read what there is of the card. If files changed, go on with what they say of it."""
        desk = context(self).desk
        today = study_day(local_now(), desk.settings.rollover)
        attempts = await gradually(desk.standings.reading().attempts(task.card.key)) or []
        read = partial(find_task, task, desk.home, attempts, today, runs_code=context(self).runs_code)
        found = await asyncio.to_thread(read)
        if not self.is_attached:
            return
        was = self.page.exercise
        if was is None or found.exercise is None:
            self._take(opened(found))
        else:
            self.page = self.page.renew(found)
            if was.sha256 != found.exercise.sha256:
                self._prepare(found.exercise)

    def _take(self, page: Page) -> None:
        """Begin with a page whose task is known."""
        task = page.task
        if task is not None and task.exercise is not None:
            self.editor.load_text(page.text)
            begins, at = starter_of(task.exercise)
            path = draft_path(context(self).desk.home, task.card, task.turn)
            self.editor.move_cursor(at if page.text == begins else self.editor.end_in_sight)
            self._draft = Draft(self.editor, path)
            if (
                self.tells_draft
                and page.phase == "writing"
                and page.text != begins
                and (written := self._draft.written_at) is not None
            ):
                self._drafted = written
            self._prepare(task.exercise)
        self.page = page

    def _prepare(self, exercise: Exercise) -> None:
        if context(self).runs_code and self._trusts(exercise):
            self._judge.prepare(exercise)

    def _trusts(self, exercise: Exercise) -> bool:
        return context(self).trust.trusted(exercise.script, BUNDLED_CODE)

    # What is shown

    def watch_page(self, was: Page, now: Page) -> None:
        if not self.is_attached or not self.is_mounted:
            return
        self._draw(was, now)
        if now.phase == "untrusted" and was.phase != "untrusted" and now.exercise is not None:
            self._look_over(now.exercise.script)
        self.post_message(self.Happened())

    @work(exclusive=True, group="review", description="look over an exercise")
    async def _look_over(self, script: Script) -> None:
        """Find what is to be read before a yes, in a thread."""
        found = await asyncio.to_thread(lambda: review(script, context(self).trust.before(script)))
        self.page = self.page.read_over(found)

    def redraw(self) -> None:
        """The language or the theme changed."""
        if self.is_mounted:
            self._draw(self.page, self.page)

    def on_descendant_focus(self) -> None:
        """The keys go elsewhere: others are told."""
        self.redraw()
        self.post_message(self.Happened())

    on_descendant_blur = on_descendant_focus

    @property
    def advice(self) -> str:
        """What one can do where nothing was submitted yet; "" for any other page."""
        return advice(self.page, context(self).language, self.stage.key_said)

    def _draw(self, was: Page, now: Page) -> None:
        language = context(self).language
        self.frame(page_title(now).says(language), page_state(now, language, self._drafted))
        inside = self.has_focus_within or was.phase == "reading"  # a page that was just opened takes the keys
        if was.phase != now.phase and inside:
            self.screen.set_focus(self)  # else what has the focus and goes would give it to the card
        if (was.phase, now.phase) != ("writing", "judging"):  # then only the border says so
            self.stage.show(now)
        if was.phase != now.phase and inside:
            self.focus_page()
        self.refresh_bindings()

    # What one does

    def focus_page(self) -> None:
        """To what the keys are for now."""
        self.screen.set_focus(self.stage.in_hand(self.page) or self)

    @property
    def writing(self) -> bool:
        """Whether the keys go into the text, or move lines."""
        hand = self.stage.in_hand(self.page)
        return hand is not None and hand.has_focus

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "write" and self.writing:
            return False
        return super().check_action(action, parameters)

    def action_write(self) -> None:
        """Back into the text, or to its lines."""
        self.focus_page()

    def leave(self) -> None:
        """Out of what the keys go into; out of what is to be read, back to the text."""
        if self.page.phase == "untrusted":
            self.page = self.page.go_back()
        else:
            self.screen.set_focus(self)

    def action_submit(self) -> None:
        """Judge what is written, or say which lines stand right. Where nothing is written yet, that is said."""
        exercise = self.page.exercise
        if self.page.phase == "writing" and exercise and self.editor.text.strip() == starter_of(exercise)[0].strip():
            said = text("code.nothing_written", context(self).language)
            self.app.notify(said, severity="warning", markup=False)
        else:
            self.submit()

    def submit(self) -> None:
        """Judge what stands there, or say which lines stand right."""
        now, written = self.page, self.editor.text
        exercise = now.exercise
        if exercise is None or not now.may("submit"):
            return
        if now.phase == "ordering":
            self._submit_order(exercise)
            return
        if self._draft is not None:
            self._draft.keep_soon()
        if (slip := attempt_slip(exercise, written)) is not None:
            self.page = now.slip(written, slip)
            self.editor.go_to(slip.line, slip.column)
        elif now.task is not None and now.task.unjudged is None:
            self._run(now.submit(written, trusted=self._trusts(exercise)))

    def action_allow(self) -> None:
        now = self.page.allow()
        if now is self.page or now.exercise is None:
            return  # nothing was shown yet
        try:
            context(self).trust.allow(now.exercise.script)
        except OSError as error:
            say_error(self, error)
            return
        self._run(now)

    def reveal(self) -> None:
        """The answer is to be seen."""
        self._judge.stop()
        self.page = self.page.show()

    def action_order(self) -> None:
        """On from the reference to its lines."""
        self.page = self.page.put_in_order()
        self.focus_page()

    def _shifted(self, puzzle: Puzzle) -> None:
        self.page = self.page.ordered(puzzle)

    # A run

    def _failed(self, fault: BaseException) -> None:
        self.say_fault(fault)
        self.page = self.page.go_back()

    def _run(self, now: Page) -> None:
        """Go on with the page; judge what was submitted, if it may be."""
        self.page = now
        if now.phase == "judging" and now.exercise is not None:
            self._judge.begin(self._judged(now.exercise, now.text, self._took()))

    async def _judged(self, exercise: Exercise, text: str, seconds: float) -> None:
        verdict, counts = await self._judge.verdict(exercise, text)
        if not self.forgives_slips:
            verdict = replace(verdict, slip=False)
        if counts and not verdict.slip:
            record_attempt(self, self.page, exercise, verdict, seconds)
        self.page = self.page.judged(verdict, seconds, counts=counts)

    def _submit_order(self, exercise: Exercise) -> None:
        """Which lines stand right; another order of the reference's may do as well, and is judged."""
        puzzle, task = self.page.puzzle, self.page.task
        if puzzle is None or task is None:
            return
        self.page = self.page.ordered(puzzle.marked())
        ours = task.source == bare_lines(exercise.reference)  # one's own may be another device's: not run unasked
        if ours and task.unjudged is None and self._trusts(exercise) and attempt_slip(exercise, puzzle.program) is None:
            self._judge.begin(self._judged_order(exercise, puzzle))

    async def _judged_order(self, exercise: Exercise, puzzle: Puzzle) -> None:
        verdict, _ = await self._judge.verdict(exercise, f"{exercise.imports}\n\n\n{puzzle.program}")
        if verdict.passed and self.page.puzzle is not None and self.page.puzzle.places == puzzle.places:
            self.page = self.page.ordered(puzzle.righted())

    # The file

    @on(CodeEditor.Changed)
    def _changed(self, event: CodeEditor.Changed) -> None:
        event.stop()
        if self._draft is not None:
            self._draft.typed()

    def action_outside(self) -> None:
        """The text in the user's own editor, and what that saved."""
        if self._draft is None or not self.editor.display:
            return
        self._draft.keep_now(anew=True)
        if said := open_editor(self, self._draft.path, self.editor.cursor_location[0] + 1):
            self.app.notify(said, severity="warning", timeout=10, markup=False)
        self._look()

    def _look(self) -> None:
        """Another program saved the file: it is compiled, and judged where that was asked for before."""
        text = self._draft.saved_elsewhere() if self._draft is not None and self.editor.display else None
        exercise = self.page.exercise
        if text is None or exercise is None:
            return
        self.editor.take(text)
        slip = attempt_slip(exercise, text)
        if self.page.tried.passed is not None and slip is None:
            self.action_submit()
        elif slip is not None:
            self.page = self.page.glance(text, slip)
            self.editor.go_to(slip.line, slip.column)
