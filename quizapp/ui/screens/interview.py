"""The mock interview as it is sat: a question alone with its clock, then its points to tick; at the end what lacked
something, with its answer. Or a friend's side of it: question, answer and points, to ask, to time and to tick."""

from typing import ClassVar

from msgspec.structs import replace
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp.cards.card import Card, Cloze, Code, Numeric
from quizapp.cards.library import Library
from quizapp.cards.sheet import Block
from quizapp.memory.schedule import Grade, local_now
from quizapp.study.answer import CONFIDENCES, Answer
from quizapp.study.asked_back import may_ask_back, to_asked_back
from quizapp.study.interview import Interview, answered, cards_by_key, give, to_points
from quizapp.study.interview_answer import answer_to, reason_of, suggested
from quizapp.study.interview_lost import without_lost
from quizapp.study.interview_marks import mark, mark_again, unsure_again
from quizapp.study.interview_questions import follow_missed, follows_from
from quizapp.study.interview_store import KeptInterview
from quizapp.texts import tell, text
from quizapp.ui.code.said import about_blocks
from quizapp.ui.consent import agreed_place
from quizapp.ui.examining import record_overruling
from quizapp.ui.interview_said import below_blocks, graded_before, interview_title, sureness_block
from quizapp.ui.screens.keeping import KeepingScreen, asked_blocks
from quizapp.ui.sittings import end_interview, open_interview
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import Panes
from quizapp.words import Words


class InterviewScreen(KeepingScreen):
    """Space when the answer is given, then 1 to 4 say how sure one is; letters tick the points, Space goes on.

    Esc stops typing, then asks whether to leave; `.` ends it here; both keep what was answered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [  # a key bound here is lost to the class above: so all of space
        Binding("enter", "to_page", "keys.type", show=False, id="interview.to-page"),
        Binding("space,enter", "reveal", "keys.done", key_display="space", id="interview.next"),
        Binding("G", "give_up", "keys.give_up", id="interview.give-up"),
        Binding("space,enter", "pass_on", "keys.skip", key_display="space", id="interview.unsaid"),
        Binding("space,enter", "accept", "keys.next_question", key_display="space", id="interview.mark"),
        Binding("space,enter", "finish", "keys.to_report", key_display="space", id="interview.finish"),
        Binding("space,enter", "to_points", "keys.tick", show=False, id="interview.to-points"),
        Binding("full_stop", "end", "keys.end_here", id="interview.end"),
        Binding("u", "undo", "keys.undo", id="marking.undo"),
    ]

    confides = examines = True
    no_answer = "screens.quiz.empty_quiz"

    def __init__(self, kept: KeptInterview) -> None:
        super().__init__(kept)
        self._cards: dict[str, Card] = {}

    def compose(self) -> ComposeResult:
        with Panes():
            yield self._view.sheet
        yield from self._view.fields
        yield self._bar
        yield KeyBar()

    def on_mount(self) -> None:
        self._cards = cards_by_key(self.context.desk.library)
        self.show_question()

    @property
    def revealed(self) -> bool:
        """May points be ticked? A friend ticks while the answer is given."""
        return self.interview.friend or self.interview.stage != "asking"

    @property
    def _marked(self) -> Grade | None:
        """The grade given before, else the one that the marks suggest."""
        asked = self.interview.question
        return asked.grade or (suggested(self._answer, asked) if self._answer else "again")

    def _foot(self) -> str:
        """Why no better grade is suggested; while one answers, how the question before was graded."""
        asked, language = self.interview.question, self.context.language
        why = reason_of(self._answer, asked) if self._answer and self.revealed and not asked.grade else None
        before = "" if self._gave else graded_before(self.interview, language, self.key_said("marking.undo", "u"))
        return why.says(language) if why else before

    @property
    def _gave(self) -> bool:
        """Is the answer given, and not marked yet?"""
        return not self.revealed and not self.answers

    # What is on the screen

    def show_question(self) -> None:
        """The question in hand. One whose card is gone is not asked, and keeps the grade that it has."""
        now = self.interview
        card = self._cards.get(now.question.key)
        if card is None:
            self.notify(text("screens.interview.card_gone", self.context.language), markup=False)
            rest = without_lost(now, self._cards)
            self.go(mark(now, None, now.question.grade, self._cards) if rest is now or self.revealed else rest)
            return
        self._answer, self._said = self._as_it_stands(answer_to(now.question, card, now.seed)), ""
        self._view.begin(self._answer)
        self.show_code(card)
        if isinstance(card, Code) or (now.aloud and not isinstance(card, Cloze | Numeric)):
            self._view.hide()
        elif self.answers and not isinstance(card, Cloze | Numeric) and not self.check_action("pick", ()):
            self._view.write()
        self.draw()
        if now.stage == "reviewing" or now.question.failed:  # it is read from its beginning
            self.call_after_refresh(self._view.sheet.scroll_home, animate=False)

    def _as_it_stands(self, answer: Answer) -> Answer:
        """While it is marked a card is its question and its points: the rest is told at the end."""
        now = self.interview
        if now.stage == "marking" and answer.card.points:
            answer.card = replace(answer.card, a=Words(), why=Words(), refs=(), demo=None)
        if now.stage == "marking" and answer.left_out and not (now.aloud or now.friend):
            answer.none = True  # whatever grade is given, it counts as missed
        return answer

    def language_changed(self) -> None:
        self.draw()

    def library_changed(self, was: Library) -> None:
        """The cards as they are written now; one that is gone stays as it was."""
        self._cards |= cards_by_key(self.context.desk.library)
        answer, card = self._answer, self._cards.get(self.interview.question.key)
        if answer is not None and card is not None and type(card) is type(answer.card):
            self._view.keep()
            self._answer = self._as_it_stands(answer.renewed(card))
            self._view.renew(self._answer)
            self.draw()

    def draw(self) -> None:
        if self._answer is None:
            return
        language = self.context.language
        self._view.draw(self.context.shown, language, revealed=self.revealed, below=self._below())
        if self._gave:
            self._view.hide()
        self._view.sheet.frame(interview_title(self.interview, language), self._clocks(), self._foot())
        if self.answers and not self.interview.friend:
            self._bar.show(self.when_done())
        else:
            self.draw_bar({}, self._marked)
        self.refresh_bindings()

    def draw_clock(self) -> None:
        self._view.sheet.show_state(self._clocks())

    def _below(self) -> tuple[Block, ...]:
        """Under the question, whose screen it is, or what one does now; and what an examiner asked."""
        now, language = self.interview, self.context.language
        if self.code is not None and now.stage == "asking":
            return about_blocks(self._exercise, self.context.shown)
        if self._gave and self._answer is not None:
            return (sureness_block(self._answer, language),)
        back = asked_blocks(now.question.asked_back, language)
        return (*below_blocks(now, self._answer, self.context.shown, language), *back)

    def _clocks(self) -> Text:
        """The time of the question, and of all of them; once it is marked, how sure one was."""
        now, language = self.interview, self.context.language
        if now.stage == "asking":
            return self.clocks(alone=self.code is not None and self.has_class("-wide"))  # no room beside the code
        found, sure = self.clocks(alone=True), now.question.confidence
        said = tell("screens.interview.sure", percent=sure).says(language) if sure is not None else ""
        return found.append(f"   {said}", "dim") if said else found

    @property
    def called(self) -> dict[str, str]:
        """Behind the last question there may be none, and looking back none is asked."""
        last = self.interview.stage == "reviewing" or self.interview.at + 1 == len(self.interview.questions)
        return {**super().called, "accept": "keys.go_on"} if last else super().called

    @property
    def _may_correct(self) -> bool:
        """May one say anew how sure one is of what is to be marked? Not after an examiner asked back."""
        marks = self.interview.stage == "marking" and self._answer is not None
        return marks and self.code is None and not self.interview.question.asked_back

    # What is done

    def go(self, interview: Interview) -> None:
        """On to what comes next; when all is done, out of this screen."""
        self._since = local_now()
        was = self.interview.stage
        self.keep(interview)
        self._answer = None
        if interview.stage == "done":
            end_interview(self, self.kept)
        elif interview.stage == "asked_back" or (interview.friend and interview.stage != was):
            open_interview(self, self.kept, replace=True)
        else:
            self.show_question()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        now = self.interview
        match action:
            case "write" | "to_page" if self.code is not None:
                return self.answers and self.code.page.phase == "writing" and not self.code.writing
            case "hand_in" if self.code is not None:
                return self.answers and self.code.page.may("submit") and not self.code.has_focus_within
            case "write" if now.aloud or not self.answers:
                return False
            case "confide" if self.code is not None:
                return False  # how sure one is, a run says
            case "pick" | "move" if not (self.answers or self.revealed):
                return False
            case "reveal":
                return self.answers and not now.friend and self.code is None
            case "give_up":
                return self.answers and self.code is not None
            case "pass_on":
                return self._gave
            case "accept" | "finish":
                last = now.stage == "reviewing" and now.at + 1 == len(now.again)
                return self.revealed and self._marked is not None and last is (action == "finish")
            case "to_points":
                return self.revealed and self._marked is None
            case "examine" if now.stage != "marking":
                return False  # the answer is told by now
            case "end":
                return now.stage == "asking"
            case "undo":
                return bool(now.at) or self._gave or self._may_correct or now.stage == "reviewing"
        return super().check_action(action, parameters)

    def action_reveal(self) -> None:
        """The answer is given: how sure is one?"""
        if not self.asks_again():
            self.keep(give(self.so_far()))
            self.draw()

    def action_pass_on(self) -> None:
        """To the points, whether it was said how sure one is or not; but first an examiner may ask about the answer."""
        now, answer = self.so_far(), self._answer
        asks = answer is not None and may_ask_back(now, answer.card) and agreed_place(self) is not None
        self.go(to_asked_back(now) if asks else to_points(now))

    def action_hand_in(self) -> None:
        if self.code is not None:
            self.code.action_submit()
        elif self.answers:
            self.action_reveal()

    def action_confide(self, number: int) -> None:
        """How sure one is: said before Space, the answer is given with it."""
        if self._answer is not None and not (self.answers and self.asks_again()):
            self._answer.confidence = CONFIDENCES[number]
            self.action_pass_on()

    def action_pick(self, place: int) -> None:
        super().action_pick(place)
        self._keep_marks()

    def action_close(self, yes: bool) -> None:
        super().action_close(yes)
        self._keep_marks()

    def _keep_marks(self) -> None:
        """What is ticked; a grade that was given before holds no more."""
        if self.revealed and self._answer is not None:
            self.keep(answered(self.interview, self._answer))
            self.draw()

    def action_accept(self) -> None:
        if (grade := self._marked) is not None:
            self.action_grade(grade)

    def action_finish(self) -> None:
        """Past the last one that was looked at again."""
        self.action_accept()

    def action_examine(self) -> None:
        """Have an examiner listen to what was typed, and to what was said when it asked back."""
        if self._answer is not None:
            self._view.examination.turn(self._answer, self.interview.question.asked_back)

    def action_grade(self, grade: Grade) -> None:
        """By what is ticked: before that, to that."""
        if self._marked is None:
            self.action_to_points()
            return
        now = self.so_far()
        if self._answer is not None:
            record_overruling(self, self._view.examination.overruling(self._answer))
        after, desk = mark(now, self._answer, grade, self._cards), self.context.desk
        asks_of = follows_from(after, desk.library, desk.standings)
        self.go(after if now.stage == "reviewing" else follow_missed(after, asks_of))

    def action_undo(self) -> None:
        now = self.so_far()
        if self._gave:
            self.go(give(now, given=False))
        else:
            self.go(unsure_again(now) if self._may_correct else mark_again(now))
