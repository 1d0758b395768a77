"""The page beside a card that asks for code: an editor and what came of what was submitted, lines to put in order, what
was written beside the reference."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Static

from quizapp.lab.code_verdict import CodeVerdict
from quizapp.lab.exercise import Exercise
from quizapp.lab.judging import attempt_slip
from quizapp.lab.review import review
from quizapp.lab.script import Script
from quizapp.memory.events import Attempt
from quizapp.memory.schedule import local_now, study_day
from quizapp.paths import BUNDLED_CODE
from quizapp.ui.code.compare import compared, solutions
from quizapp.ui.code.drafts import Draft
from quizapp.ui.code.editor_field import CodeEditor
from quizapp.ui.code.judge import Judge
from quizapp.ui.code.line_order import LineOrder
from quizapp.ui.code.page import CodeTask, Page, opened
from quizapp.ui.code.puzzle import Puzzle
from quizapp.ui.code.said import page_state, page_title, result_text
from quizapp.ui.code.task import draft_path, find_task, starter_of
from quizapp.ui.context import context, say_error
from quizapp.ui.demo.consent import consent_text, source_parts
from quizapp.ui.demo.source_view import SourceView
from quizapp.ui.editor import open_editor
from quizapp.ui.gradual import gradually
from quizapp.ui.look import code_theme
from quizapp.ui.panel import Panel
from quizapp.ui.workers import FaultsAreSaid

KEYS = {
    "submit": ("code.submit", "Ctrl+S"),
    "hint": ("code.hint", "H"),
    "name": ("code.name", "M"),
    "reveal": ("answer.reveal", "Space"),
}
SAVE_S = 0.4  # after a change the text is kept
_LOOK_S = 0.5  # between two looks at its file


class CodePanel(Vertical, FaultsAreSaid, Panel, can_focus=True):
    """One card's page: what happens here gives it its next state, and what is new is drawn."""

    DEFAULT_CSS = """
    CodePanel {
        & > VerticalScroll {
            scrollbar-size: 0 1;
            scrollbar-gutter: stable;
            & > Static {
                height: auto;
            }
        }
        & > #code-result {
            height: auto;
            max-height: 50%;
            border-top: solid $border-blurred;
        }
        & > #code-shown {
            height: 1fr;
        }
        & > SourceView {
            height: 1fr;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "submit", "keys.submit", id="code.submit"),
        Binding("ctrl+e", "outside", "keys.outside", id="code.outside"),
        Binding("y", "allow", "keys.allow", id="code.allow"),
        Binding("up", "scroll(-1)", "keys.up", show=False, id="code.up"),
        Binding("down", "scroll(1)", "keys.down", show=False, id="code.down"),
        Binding("pageup", "page(-1)", "keys.page_up", show=False, id="code.page-up"),
        Binding("pagedown", "page(1)", "keys.page_down", show=False, id="code.page-down"),
    ]

    page: var[Page] = var(Page, init=False)

    class Happened(Message):
        """The page is another: something was submitted, judged, told, shown, put in order."""

    def __init__(self) -> None:
        super().__init__()
        self.editor, self.order, self.source = CodeEditor(), LineOrder(), SourceView()
        self._said, self._shown = Static(markup=False), Static(markup=False)
        self.result = VerticalScroll(self._said, id="code-result", can_focus=False)
        self.shown = VerticalScroll(self._shown, id="code-shown", can_focus=False)
        self._draft: Draft | None = None
        self._kept: dict[tuple[str, int], Page] = {}  # the pages of this sitting, for a grade that is taken back
        self._took: Callable[[], float] = float
        self._saver: Timer | None = None
        self._judge = Judge(self)
        self._under_way: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def compose(self) -> ComposeResult:
        yield self.editor
        yield self.order
        yield self.source
        yield self.shown
        yield self.result

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self._look)
        self._lay_out(self.page)
        self.redraw()

    async def on_unmount(self) -> None:
        """Keep what was written, and wait for what was stopped."""
        self.close()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=3)

    # What is shown

    def open(self, task: CodeTask, took: Callable[[], float]) -> None:
        """Begin the page of a card that is asked, or go on with it; `took` gives the seconds since it was asked."""
        self.close()
        self._took = took
        known = self._kept.get((task.card.key, task.turn))
        self.page = Page()
        self.focus()
        if known is not None and known.mends == task.mends:
            self._take(known.ask_again())
        else:
            self._find(task)

    def renew(self, task: CodeTask) -> None:
        """Files changed: go on with what they say of the same card."""
        self._find(task)

    def close(self) -> None:
        """The card is done, or another comes."""
        now = self.page
        if now.task is not None and now.exercise is not None:
            self._kept[now.task.card.key, now.task.turn] = replace(now, text=self.editor.text)
            self._save_now()
        self.stop()
        self._judge.forget()
        self._draft, self.page = None, Page()

    @work(exclusive=True, group="task", description="find an exercise")
    async def _find(self, task: CodeTask) -> None:
        desk = context(self).desk
        today = study_day(local_now(), desk.settings.rollover)
        attempts = await gradually(desk.standings.reading().attempts(task.card.key)) or []
        found = await asyncio.to_thread(find_task, task, desk.home, attempts, today)
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
            self._draft = Draft(draft_path(context(self).desk.home, task.card, task.turn), page.text)
            self.editor.load_text(page.text)
            begins, at = starter_of(task.exercise)
            self.editor.move_cursor(at if page.text == begins else self.editor.document.end)
            self._prepare(task.exercise)
        self.page = page

    def _prepare(self, exercise: Exercise) -> None:
        if self._trusts(exercise):
            self._judge.prepare(exercise)

    def _trusts(self, exercise: Exercise) -> bool:
        return context(self).trust.trusted(exercise.script, BUNDLED_CODE)

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
        """The language, the keys or the theme changed."""
        self._draw(Page(), self.page)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_shown, self.page)

    def _draw(self, was: Page, now: Page) -> None:
        if was.phase != now.phase:
            self._lay_out(now)
        if now.puzzle is not None and now.puzzle is not was.puzzle:
            self.order.lay(now.puzzle)
        if now.puzzle is was.puzzle or now.solved:
            language = context(self).language
            self.frame(page_title(now).says(language), page_state(now, language))
            said = result_text(now, context(self).shown, language, self.key_said)
            self.result.display = bool(said) and now.phase not in ("ordering", "done", "untrusted")
            self._said.update(said)
            if (was.verdict, was.tried.hints, was.named) != (now.verdict, now.tried.hints, now.named):
                self.result.scroll_home(animate=False)
            self._draw_shown(now)
        self.refresh_bindings()

    def _lay_out(self, now: Page) -> None:
        """What of the panel is there now; the keys stay in it, if they were."""
        inside, writes = self.has_focus_within, now.phase in ("writing", "judging")
        if inside:
            self.focus()  # what has the focus and goes would give it to the card
        self.editor.display = writes
        self.order.display = now.phase == "ordering"
        self.source.display = now.phase == "untrusted"
        self.shown.display = now.phase in ("done", "untrusted")
        if inside:
            self.focus_page()

    def _draw_shown(self, now: Page) -> None:
        here, theme = context(self), code_theme(self.app.current_theme)
        if now.phase == "done":
            columns = solutions(now, here.shown, here.language)
            self._shown.update(compared(columns, max(20, self.shown.scrollable_content_region.width), theme))
        elif now.phase == "untrusted" and now.exercise is not None:
            key = here.key("code.allow", "y")
            self._shown.update(consent_text(now.exercise.script, now.review, key, here.language))
            self.source.show(source_parts(now.review, here.language) if now.review else [], theme)

    def key_said(self, action: str) -> str:
        """The key of an action, behind Esc where it would be typed."""
        id, usual = KEYS[action]
        key = context(self).key(id, usual)
        typed = len(key) == 1 or action == "reveal"
        return f"Esc {key}" if self.writing and typed else key

    # What one does

    def focus_page(self) -> None:
        """To what the keys are for now."""
        match self.page.phase:
            case "writing" | "judging":
                self.editor.focus()
            case "ordering":
                self.order.focus()
            case "untrusted":
                self.source.focus()
            case _:
                self.focus()

    @property
    def writing(self) -> bool:
        """Whether the keys go into the text, or move lines."""
        return self.editor.has_focus or self.order.has_focus or self.source.has_focus

    @on(CodeEditor.Left)
    def leave(self) -> None:
        """Out of what the keys go into; out of what is to be read, back to the text."""
        if self.page.phase == "untrusted":
            self.page = self.page.go_back()
        else:
            self.focus()

    def on_descendant_focus(self) -> None:
        self._draw(self.page, self.page)

    def on_descendant_blur(self) -> None:
        self._draw(self.page, self.page)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.page.may(action)

    def action_submit(self) -> None:
        """Judge what is written, or say which lines stand right."""
        now, text = self.page, self.editor.text
        exercise = now.exercise
        if exercise is None or not now.may("submit"):
            return
        if now.phase == "ordering":
            self._submit_order(exercise)
            return
        self._save()
        if (slip := attempt_slip(exercise, text)) is not None:
            self.page = now.slip(text, slip)
            self._to_place(slip)
        elif now.task is not None and now.task.torch:
            self._run(now.submit(text, trusted=self._trusts(exercise)))

    def _to_place(self, slip: CodeVerdict) -> None:
        if 0 < slip.line <= self.editor.document.line_count:
            line = self.editor.document.get_line(slip.line - 1)
            self.editor.move_cursor((slip.line - 1, min(len(line), max(0, slip.column - 1))))

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

    def hint(self) -> None:
        self.page = self.page.hint()

    def name_mistake(self) -> None:
        self.page = self.page.name()

    def compare(self) -> None:
        self.page = self.page.compare()

    def reveal(self) -> None:
        """The answer is to be seen."""
        self.stop()
        self.page = self.page.show()

    def begin_order(self) -> None:
        """On from the reference to its lines."""
        self.page = self.page.put_in_order()
        self.order.focus()

    @on(LineOrder.Shifted)
    def _shifted(self, event: LineOrder.Shifted) -> None:
        event.stop()
        self.page = self.page.ordered(event.puzzle)

    def action_page(self, step: int) -> None:
        self._in_sight.scroll_relative(y=step * max(1, self._in_sight.size.height - 1), animate=False)

    def action_scroll(self, step: int) -> None:
        self._in_sight.scroll_relative(y=step, animate=False)

    @property
    def _in_sight(self) -> VerticalScroll:
        return self.shown if self.page.phase == "done" else self.result

    # A run

    def stop(self) -> None:
        """End a run that is under way."""
        if self._under_way is not None:
            self._under_way.cancel()
            self._under_way = None

    def _run(self, now: Page) -> None:
        """Go on with the page; judge what was submitted, if it may be."""
        self.page = now
        if now.phase == "judging" and now.exercise is not None:
            self._begin(self._judged(now.exercise, now.text, self._took()))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self.stop()
        self._under_way = task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            self.say_fault(fault)
            self.page = self.page.go_back()

    async def _judged(self, exercise: Exercise, text: str, seconds: float) -> None:
        verdict, counts = await self._judge.verdict(exercise, text)
        if counts:
            self._record(exercise, text, verdict, seconds)
        self.page = self.page.judged(verdict, seconds, counts=counts)

    def _record(self, exercise: Exercise, text: str, verdict: CodeVerdict, seconds: float) -> None:
        """Durably, before the verdict shows."""
        task, failed = self.page.task, verdict.failed
        if task is None:
            return
        attempt = Attempt(
            card=task.card.key,
            exercise=exercise.sha256,
            text=text,
            passed=verdict.passed,
            failed=failed.name if failed is not None else None,
            took_s=seconds,
        )
        try:
            context(self).desk.recorder.attempt(attempt, local_now())
        except OSError as error:
            say_error(self, error)

    def _submit_order(self, exercise: Exercise) -> None:
        """Which lines stand right; another order of the reference's may do as well, and is judged."""
        puzzle, task = self.page.puzzle, self.page.task
        if puzzle is None or task is None:
            return
        self.page = self.page.ordered(puzzle.marked())
        ours = task.source == exercise.reference  # a text of one's own may be another device's: it does not run unasked
        if ours and task.torch and self._trusts(exercise) and attempt_slip(exercise, puzzle.program) is None:
            self._begin(self._judged_order(exercise, puzzle))

    async def _judged_order(self, exercise: Exercise, puzzle: Puzzle) -> None:
        verdict, _ = await self._judge.verdict(exercise, f"{exercise.imports}\n\n\n{puzzle.program}")
        if verdict.passed and self.page.puzzle is not None and self.page.puzzle.places == puzzle.places:
            self.page = self.page.ordered(puzzle.righted())

    # The file

    @on(CodeEditor.Changed)
    def _changed(self, event: CodeEditor.Changed) -> None:
        event.stop()
        if self._saver is None and self._draft is not None:
            self._saver = self.set_timer(SAVE_S, self._save)

    def _save(self) -> None:
        self._saver = None
        if self._draft is not None and self.page.exercise is not None:
            self.run_worker(self._keep(self._draft, self.editor.text), group="draft")

    async def _keep(self, draft: Draft, text: str) -> None:
        try:
            await draft.keep(text)
        except OSError as error:
            say_error(self, error)

    def _save_now(self) -> None:
        try:
            if self._draft is not None:
                self._draft.keep_now(self.editor.text)
        except OSError as error:
            say_error(self, error)

    def action_outside(self) -> None:
        """The text in the user's own editor, and what that saved."""
        if self._draft is None or not self.editor.display:
            return
        try:
            self._draft.keep_now(self.editor.text, anew=True)
        except OSError as error:
            say_error(self, error)
            return
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
            self._to_place(slip)
