"""The mock interview as it is sat: the question alone, a clock, and a place to answer. Nothing is shown or judged."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp.cards.card import Card, Cloze, Numeric
from quizapp.cards.library import Library
from quizapp.memory.schedule import Grade, local_now
from quizapp.study.answer import Answer
from quizapp.study.interview import (
    Interview,
    answer_to,
    answered,
    cards_by_key,
    end_here,
    go_on,
    mark,
    mark_again,
    spend_time,
    suggested,
)
from quizapp.study.interview_store import CannotKeep, KeptInterview
from quizapp.texts import tell, text
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.answering import AnsweringScreen, clock
from quizapp.ui.sittings import open_interview
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.wording import worded

_SAVE_EVERY_S = 2.0


class _OneByOne(AnsweringScreen):
    """What asking and marking share: the question in hand, its card and answer, and the file that keeps all of it."""

    def __init__(self, kept: KeptInterview) -> None:
        super().__init__()
        self.kept = kept
        self._answer: Answer | None = None
        self._cards: dict[str, Card] = {}
        self._refused = ""  # why the file could not be written, said once

    def compose(self) -> ComposeResult:
        yield self._view.sheet
        yield from self._view.fields
        yield self._bar
        yield KeyBar()

    def on_mount(self) -> None:
        self._cards = cards_by_key(self.context.desk.library)
        self.show_question()

    @property
    def answer(self) -> Answer | None:
        return self._answer

    @property
    def interview(self) -> Interview:
        return self.kept.interview

    def language_changed(self) -> None:
        self.draw()

    def library_changed(self, was: Library) -> None:
        """The cards as they are written now; one that is gone stays as it was."""
        self._cards |= cards_by_key(self.context.desk.library)
        answer, card = self._answer, self._cards.get(self.interview.question.key)
        if answer is not None and card is not None and type(card) is type(answer.card):
            self._view.keep()
            self._answer = answer.renewed(card)
            self._view.renew(self._answer)
            self.draw()

    def show_question(self) -> None:
        """The question in hand."""
        raise NotImplementedError

    def take(self, card: Card) -> None:
        """`card` in hand, with what was answered so far."""
        self._answer = answer_to(self.interview.question, card, self.interview.seed)
        self._view.begin(self._answer)

    def keep(self, interview: Interview) -> None:
        """Go on with `interview`, and write it. A refusal of the disk is said once; every later step tries again."""
        self.kept.interview = interview
        try:
            self.kept.save()
        except CannotKeep as error:
            if worded(error, self.context.language) != self._refused:
                self._refused = worded(error, self.context.language)
                self.notify(self._refused, severity="error", timeout=10, markup=False)
        else:
            self._refused = ""

    def leave(self) -> None:
        """Away; if it could not be written, only if that is meant."""
        self.keep(self.interview)
        if self._refused:
            self.ask_to_leave(f"{self._refused}\n\n{text('screens.interview.leave_anyway', self.context.language)}")
        else:
            self._leave(True)

    def ask_to_leave(self, said: str) -> None:
        open_screen(self, "ask", said, then=self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            if not self._refused:
                self.notify(self._how_to_go_on(), markup=False)
            self.dismiss()

    def _go(self, interview: Interview) -> None:
        """On to the next question, or out of this screen when it was the last."""
        stage = self.interview.stage
        self.keep(interview)
        self._answer = None
        if interview.stage == stage:
            self.show_question()
        else:
            open_interview(self, self.kept, replace=True)

    def _how_to_go_on(self) -> str:
        keys = (self.context.key("home.interview", "i"), self.context.key("interview.resume", "i"))
        return text("screens.interview.kept", self.context.language, home=keys[0], resume=keys[1])

    def _say_gone(self) -> None:
        self.notify(text("screens.interview.card_gone", self.context.language), markup=False)

    def numbered(self, word: str) -> str:
        """The text `word` with the question's number, and whether it follows another."""
        interview, language = self.interview, self.context.language
        said = text(word, language, n=interview.at + 1, of=len(interview.questions))
        return f"{said} · {text('screens.interview.follow_up', language)}" if interview.question.follows else said

    def question_clock(self) -> Text:
        """The question's time against its budget."""
        asked = self.interview.question
        return clock(asked.took_s, asked.budget_s, self.context.language)


class InterviewScreen(_OneByOne):
    """Esc stops typing, then asks whether to leave; x ends it here; both keep what was answered."""

    DEFAULT_CSS = """
    InterviewScreen {
        #answer-text {
            height: 1fr;
            max-height: 16;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [  # a key bound here is lost to the class above: so all of space
        Binding("space,enter", "reveal", "keys.next_question", key_display="space", id="interview.next"),
        Binding("full_stop", "end", "keys.end_here", id="interview.end"),
    ]

    confides = True
    revealed = False

    def on_mount(self) -> None:
        self._since = self._saved = local_now()
        self.set_interval(1.0, self.tick)

    def on_unmount(self) -> None:
        self.tick(save=True)

    def show_question(self) -> None:
        card = self._cards.get(self.interview.question.key)
        if card is None:
            self._say_gone()
            self._go(go_on(self.interview))
            return
        self.take(card)
        if self.interview.aloud:
            self._view.hide()
        elif not isinstance(card, Cloze | Numeric) and not self.check_action("pick", ()):
            self._view.write()
        self.draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return super().check_action(action, parameters) and not (action == "write" and self.interview.aloud)

    def draw(self) -> None:
        self._view.draw(self.context.shown, self.context.language, revealed=False)
        self._view.sheet.frame(self.numbered("screens.interview.question"), self._clocks())
        self.draw_bar({}, "good")
        self.refresh_bindings()

    def _clocks(self) -> Text:
        """The time of the question, and of all of them."""
        interview, language = self.interview, self.context.language
        text = self.question_clock().append(f"   {tell('screens.interview.in_all').says(language)} ", "dim")
        return text.append_text(clock(interview.took_s, 60 * interview.minutes, language))

    def _given(self) -> Interview:
        """The interview with the time that passed and what is answered by now."""
        now = local_now()
        interview = spend_time(self.interview, self._since, now)
        self._since = now
        if self._answer is None or interview.stage != "asking":
            return interview
        self._view.keep()
        return answered(interview, self._answer)

    def tick(self, *, save: bool = False) -> None:
        """The clock goes on; every two seconds what is typed goes to the disk."""
        if self.interview.stage != "asking":
            return
        self.kept.interview = self._given()
        if save or (self._since - self._saved).total_seconds() >= _SAVE_EVERY_S:
            self._saved = self._since
            self.keep(self.interview)
        if not save:
            self._view.sheet.show_state(self._clocks())

    def action_reveal(self) -> None:
        self._go(go_on(self._given()))

    def action_end(self) -> None:
        """No more questions, if that is meant."""
        ahead = len(self.interview.questions) - self.interview.at - 1
        said = text("screens.interview.ask_end", self.context.language)
        left = text("screens.interview.not_asked", self.context.language, n=ahead)
        open_screen(self, "ask", f"{said}\n\n{left}" if ahead else said, then=self._end)

    def _end(self, sure: bool | None) -> None:
        if sure:
            self._go(end_here(self._given()))

    def leave(self) -> None:
        """Away, if that is meant: Esc also stops typing."""
        self.tick(save=True)
        if self._refused:
            super().leave()
        else:
            said = "screens.interview.ask_leave"
            self.ask_to_leave(text(said, self.context.language))


class MarkingScreen(_OneByOne):
    """The answers, one by one: letters tick the points that were made, 1 to 4 grade, u takes the last grade back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "undo", "keys.undo", id="marking.undo")]

    revealed = True

    def show_question(self) -> None:
        card = self._cards.get(self.interview.question.key)
        if card is None:
            self._say_gone()
            self._go(mark(self.interview, None, self.interview.question.grade))
            return
        self.take(card)
        self.draw()

    def draw(self) -> None:
        sure, language = self.interview.question.confidence, self.context.language
        state = self.question_clock()
        if sure is not None:
            state.append(f"   {tell('screens.interview.sure', percent=sure).says(language)}", "dim")
        self._view.sheet.frame(self.numbered("screens.interview.review"), state)
        self._view.draw(self.context.shown, language, revealed=True)
        self.draw_bar({}, self._marked)
        self.refresh_bindings()

    @property
    def _marked(self) -> Grade:
        """The grade given before, else the one that the marks suggest."""
        return self.interview.question.grade or (suggested(self._answer) if self._answer else "again")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.interview.at > 0 if action == "undo" else super().check_action(action, parameters)

    def action_pick(self, place: int) -> None:
        if self._answer is not None:
            super().action_pick(place)
            self.keep(answered(self.interview, self._answer))
            self.draw()  # the grade that was given before holds no more

    def action_accept(self) -> None:
        self.action_grade(self._marked)

    def action_grade(self, grade: Grade) -> None:
        self._go(mark(self.interview, self._answer, grade))

    def action_undo(self) -> None:
        self._go(mark_again(self.interview))
