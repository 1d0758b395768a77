"""What a sitting does with a card that asks for code: its page stands beside the card from the start."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType

from quizapp.cards.card import Card, Code
from quizapp.cards.library import Library
from quizapp.cards.sheet import Block
from quizapp.memory.schedule import Grade, local_now
from quizapp.study.code import to_mend
from quizapp.study.session import Session
from quizapp.texts import text
from quizapp.ui.code.page import CodeTask
from quizapp.ui.code.panel import CodePanel
from quizapp.ui.code.said import about_blocks
from quizapp.ui.context import say_error
from quizapp.ui.panel import Panel
from quizapp.ui.screens.answering import ComesBack
from quizapp.ui.screens.sitting import SittingScreen
from quizapp.ui.widgets.panels import Panes

_OF_A_PAGE = ("hint", "no_hint", "name", "compare", "outside", "to_page")


class CodingScreen(SittingScreen):
    """Ctrl+S submits; H tells a hint, M names the mistake, Space gives up or, once it passed, grades."""

    session: Session

    DEFAULT_CSS = """
    CodingScreen {
        CodePanel {
            display: none;
            height: 1fr;
            width: 1fr;
        }
        &.-code CodePanel {
            display: block;
        }
        &.-code.-narrow SheetView {
            height: auto;
            min-height: 6;
            max-height: 55%;
        }
        &.-code.-narrow.-begun SheetView {
            height: auto;
            max-height: 45%;
        }
        &.-code.-narrow.-answered SheetView {
            height: 45%;
        }
        &.-code.-wide SheetView {
            width: 42%;
            max-width: 90;
        }
        &.-code.-compares SheetView, &.-code.-narrow.-ordering SheetView, &.-code.-demo-open CodePanel {
            display: none;
        }
        &.-code.-wide DemoPanel.-beside {
            display: none;
        }
        &.-code.-wide.-demo-open DemoPanel {
            display: block;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("H", "hint", "keys.hint", show=False, id="code.card-hint"),
        Binding("H", "no_hint", "keys.hint", show=False, id="code.card-no-hint"),
        Binding("M", "name", "keys.name_mistake", show=False, id="code.card-name"),
        Binding("C", "compare", "keys.compare", show=False, id="code.card-compare"),
        Binding("ctrl+e", "outside", "keys.outside", id="code.outside"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._code: CodePanel | None = None  # there once a card asked for code
        self._seen: tuple[object, ...] = ()  # what of its page the card beside it depends on

    @property
    def code(self) -> CodePanel | None:
        """The page of the card in hand, if it asks for code."""
        return self._code if self.has_class("-code") else None

    @property
    def _panel_in_hand(self) -> Panel | None:
        """Of a page all of it, also while the keys go to its lines."""
        inside = self.code is not None and self.code.has_focus_within
        return self.code if inside else super()._panel_in_hand

    # The page

    def show_card(self) -> None:
        super().show_card()
        card = self.card
        asks = isinstance(card, Code) and self.session.answer is not None
        self.set_class(asks, "-code")
        self.remove_class("-compares", "-answered", "-begun", "-ordering")
        self._seen = ()
        if isinstance(card, Code) and asks:
            if self._code is None:
                self._code = CodePanel()
                self.query_one(Panes).mount(self._code)
            self._code.open(self._asked(card), lambda: self.session.took(local_now()))
        elif self._code is not None:
            self._code.close()

    def _asked(self, card: Code) -> CodeTask:
        memory = self.session.standings.of(card.key).memory
        return CodeTask(card, turn=memory.reps, mends=to_mend(card, memory, self.session.today(local_now())))

    def library_changed(self, was: Library) -> None:
        super().library_changed(was)
        if self.code is not None and isinstance(self.card, Code):
            self.code.find(self._asked(self.card))

    def language_changed(self) -> None:
        super().language_changed()
        if self.code is not None:
            self.code.redraw()

    def below(self, card: Card, *, revealed: bool) -> tuple[Block, ...]:
        """Under the question: what the exercise says of shapes and units."""
        exercise = self.code.page.exercise if self.code is not None else None
        above = super().below(card, revealed=revealed)
        return (*about_blocks(exercise, self.context.shown), *above)

    @on(CodePanel.Happened)
    def _happened(self) -> None:
        """Something was submitted, judged, told or put in order."""
        code, answer = self.code, self.answer
        if code is None or answer is None:
            return
        page = code.page
        judged = page.task is not None and page.exercise is not None and page.task.unjudged is None and not page.mends
        answer.tried = page.tried if judged else None
        if page.mends and page.solved:
            self._mend()
            return
        if page.solved:
            code.page = page.put_right()
        elif page.passed and page.phase == "writing" and not self.revealed:
            self.action_reveal()
            return
        written = page.phase in ("writing", "judging")
        begun = not written or page.verdict is not None or page.tried.hints > 0
        seen = (page.exercise, written or page.phase, begun, page.lesson, page.compares, code.advice)
        if seen != self._seen:  # else nothing is new but in the page, and no verdict waits for the card to be drawn
            self._seen = seen
            self.set_class(page.compares, "-compares")
            self.set_class(page.phase == "ordering", "-ordering")
            self.set_class(page.phase == "done", "-answered")
            self.set_class(begun, "-begun")
            self.draw()

    def draw_border(self) -> None:
        super().draw_border()
        if self.code is not None:
            self.call_after_refresh(self._say_it_goes_on)

    def _say_it_goes_on(self) -> None:
        """Once all have their room: where the task is longer than its own, by which keys one reads on."""
        code, sheet, key = self.code, self._view.sheet, self.context.key("code.next-pane", "Tab")
        if code is None or self.revealed or not sheet.max_scroll_y or not code.has_focus_within:
            return
        said = text("code.task_goes_on", self.context.language, key=f"Esc {key}" if code.writing else key)
        sheet.border_subtitle = Text.assemble((f"{said}   ", "dim"), self.how_far())

    def _mend(self) -> None:
        """Its lines stand in order, or what was missed was looked at again: on to the next card."""
        try:
            self.session.mend(local_now())
        except OSError as error:
            say_error(self, error)
            return
        if self.code is not None:
            self.notify(text("code.mended", self.context.language), markup=False)
        self.show_card()

    # What is done

    def action_reveal(self) -> None:
        """Space: on to the answer; from there, where lines are to be put in order, to them."""
        code = self.code
        if self.revealed:
            self.action_accept()
            return
        super().action_reveal()
        if code is not None:
            code.reveal()
            code.focus()

    def action_accept(self) -> None:
        code = self.code
        if self.session.looks_again or (code is not None and code.page.mends):
            self._mend()
        elif code is not None and code.page.lesson:
            code.action_order()
        else:
            super().action_accept()

    def action_hand_in(self) -> None:
        if self.code is not None:
            self.code.action_submit()
        else:
            super().action_hand_in()

    def action_hint(self) -> None:
        if self.code is not None:
            self.code.action_hint()

    def action_no_hint(self) -> None:
        if self.code is not None:
            self.code.action_no_hint()

    def action_name(self) -> None:
        if self.code is not None:
            self.code.action_name()

    def action_compare(self) -> None:
        if self.code is not None:
            self.code.action_compare()

    def action_outside(self) -> None:
        if self.code is not None:
            self.code.action_outside()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        code = self.code
        if code is None:
            return action not in _OF_A_PAGE and super().check_action(action, parameters)
        match action:
            case "hint" | "no_hint" | "name" | "compare" | "outside":
                return code.page.may(action) and not self.panel.has_focus_within
            case "hand_in":
                return code.page.may("submit") and not code.has_focus_within  # which has a key of its own for it
            case "write" | "to_page":
                return code.page.phase in ("writing", "judging", "ordering") and not code.writing
            case "confide":
                return False
            case "accept" if code.page.mends or code.page.lesson:
                return self.revealed and not self.panel.has_focus_within
            case "grade":
                return self.revealed and not code.page.mends and not self.panel.has_focus_within
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        if self.code is not None and self.code.writing:
            self.code.leave()
        elif self.code is not None and self.code.page.compares:
            self.code.action_compare()
        else:
            super().action_back()

    def draw_bar(self, waits: ComesBack, marked: Grade | None, said: str = "") -> None:
        """Where Space leads on to lines, or from them, that stands in the place of the grades."""
        page = self.code.page if self.code is not None else None
        if page is not None and self.revealed and (page.lesson or page.mends):
            id = "code.to_lines" if page.lesson else "code.go_on"
            self._bar.show(text(id, self.context.language, key=self.context.key("answer.accept", "Space")))
        elif self.code is not None and not self.revealed:
            self._bar.show(heading=self.code.advice or said)  # how sure one is, a run says
        else:
            super().draw_bar(waits, marked, said)
