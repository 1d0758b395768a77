"""What the screens share on which a card is answered: picking, moving, typing, how sure one is, and the grades."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from quizapp.cards.card import Choice, Order
from quizapp.cards.sheet import LETTERS
from quizapp.memory.schedule import GRADES, Grade
from quizapp.study.answer import CONFIDENCES, Answer
from quizapp.study.interview_report import clock_time
from quizapp.texts import Sentence, tell, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.look import INKS
from quizapp.ui.widgets.answer_view import AnswerView
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.words import Language

if TYPE_CHECKING:
    from quizapp.ui.code.panel import CodePanel

ComesBack = Mapping[Grade, Sentence]
"""When the card would be asked again, by grade."""

_SURE = ("guess", "unsure", "fairly", "sure")


class AnsweringScreen(BaseScreen):
    """Letters pick, t types; before the answer shows, digits may say how sure one is; after it, they grade."""

    AUTO_FOCUS = ""
    words = ("core", "mentioned")
    ALLOW_IN_MAXIMIZED_VIEW = "GradeBar, KeyBar"
    DEFAULT_CSS = """
    AnsweringScreen {
        #answer-text {
            height: 1fr;
        }
        #below-line {
            display: none;
            height: 1fr;
        }
        &.-typing SheetView {
            height: auto;
            max-height: 60vh;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [  # a key that a subclass binds too would be lost here
        Binding("ctrl+s,ctrl+enter,ctrl+j", "hand_in", "keys.done", id="answer.done"),  # ^J: what terminals make of it
        Binding("enter", "to_page", "keys.type", show=False, id="answer.to-page"),
        Binding("space,enter", "reveal", "keys.show_answer", key_display="space", id="answer.reveal"),
        Binding("space,enter", "accept", "keys.grade", key_display="space", id="answer.accept"),
        Binding("space,enter", "to_card", "keys.to_card", key_display="space", id="answer.to-card"),
        Binding("space,enter", "to_points", "keys.tick", show=False, id="answer.to-points"),
        Binding("O", "open_media", "keys.open_media", id="answer.open-media"),
        *(
            Binding(str(i), f"confide({i - 1})", f"ui.sure.{word}", show=False, id=f"answer.sure-{i}")
            for i, word in enumerate(_SURE, 1)
        ),
        *(
            Binding(str(i), f"grade('{grade}')", f"common.grade.{grade}", show=False, id=f"answer.{grade}")
            for i, grade in enumerate(GRADES, 1)
        ),
        Binding("up", "move(-1)", "keys.move", key_display="↑↓", priority=True, id="answer.up"),
        Binding("down", "move(1)", "keys.move", show=False, priority=True, id="answer.down"),
        *(
            Binding(key, f"pick({i})", "keys.pick", key_display="a-f", show=key == "a", id=f"answer.pick-{key}")
            for i, key in enumerate(LETTERS[:6])
        ),
        Binding("backspace", "take_back", "keys.take_back", id="answer.take-back"),
        Binding("X", "examine", "keys.examine", id="answer.examine"),
        Binding("y", "close(True)", "keys.yes", id="answer.yes"),
        Binding("n", "close(False)", "keys.no", id="answer.no"),
        Binding("n", "none", "keys.none", id="answer.none"),
        Binding("t", "write", "keys.type", id="answer.type"),
        Binding("L", "formulas", "keys.formulas", id="answer.formulas"),
        Binding("tab", "next_pane", "keys.switch_pane", show=False, id="answer.next-pane"),
    ]

    confides = False  # may one say how sure one is?
    examines = False  # may an examiner be asked?
    handed_in_by = "answer.reveal"  # the binding that says that the answer is given

    def __init__(self) -> None:
        super().__init__()
        self._view = AnswerView(self.draw)
        self._bar = GradeBar()
        self._said = ""  # below this question, until it is answered
        self._warned: Answer | None = None  # that there is nothing in it

    # What a screen says of itself

    @property
    def answer(self) -> Answer | None:
        """The answer in hand."""
        raise NotImplementedError

    @property
    def no_answer(self) -> str:
        """The text that first says what no answer counts as, if it counts as something."""
        return ""

    @property
    def says_above(self) -> bool:
        return self.revealed

    @property
    def revealed(self) -> bool:
        raise NotImplementedError

    def draw(self) -> None:
        """Show how things stand."""
        raise NotImplementedError

    def action_reveal(self) -> None:
        """The answer is given."""
        raise NotImplementedError

    def action_grade(self, grade: Grade) -> None:
        raise NotImplementedError

    def action_accept(self) -> None:
        """Space on an answer: the grade that is marked."""
        raise NotImplementedError

    @property
    def letters(self) -> str:
        """Those that can be picked or ticked now."""
        card = self.answer.card if self.answer is not None else None
        if card is None or self.revealed:
            return LETTERS[: len(card.points)] if card is not None else ""
        return LETTERS[: len(self.answer.order if self.answer is not None else ())]

    @property
    def letters_said(self) -> str:
        """The first and the last of them."""
        return "–".join(dict.fromkeys((self.letters[:1], self.letters[-1:])))

    @property
    def called(self) -> dict[str, str]:
        """What keys do by another name now: with something picked, the answer is handed in."""
        called = {"examine": "keys.stop"} if self._view.examination.running else {}
        return {**called, "reveal": "keys.done"} if self.answer is not None and self.answer.picked else called

    # What may be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        answer = self.answer
        if action == "open_media":
            return answer is not None and bool(self._view.sheet.media)
        if action == "formulas":
            return self._view.sheet.has_formula
        if answer is None:
            return action not in (
                "to_page",
                "to_card",
                "reveal",
                "accept",
                "grade",
                "confide",
                "pick",
                "move",
                "take_back",
                "close",
                "none",
                "examine",
                "to_points",
                "write",
                "hand_in",
            )
        revealed, moved = self.revealed, isinstance(answer.card, Choice | Order)
        match action:
            case "reveal":
                return not revealed
            case "confide":
                return not revealed and self.confides
            case "accept" | "grade":
                return revealed
            case "pick":
                return bool(answer.card.points) if revealed else moved
            case "close":
                return revealed and answer.close
            case "none":
                return revealed and not answer.close and answer.may_say(yes=False)
            case "examine":
                return revealed and self.examines and self._view.examination.offers(answer)
            case "to_points":
                return False  # but where Space grades only what was ticked
            case "move":
                return not revealed and answer.held is not None
            case "take_back":
                return not revealed and answer.laid > 0
            case "write":
                return not revealed and not moved and not self._view.writing
            case "to_page" | "to_card":
                return False  # of code, and of an experiment, only
            case "hand_in":
                return self._view.writing_lines  # elsewhere Enter does it
        return True

    def action_confide(self, number: int) -> None:
        if self.answer is not None:
            self.answer.confidence = CONFIDENCES[number]
            self.action_reveal()

    def action_pick(self, place: int) -> None:
        if self.answer is None:
            return
        if self.revealed:
            self.answer.tick(place)
        else:
            self._said = ""
            self.answer.pick(place)
        self.draw()
        if self.revealed:
            self._view.sheet.see("point", place)

    def action_move(self, step: int) -> None:
        if self.answer is not None:
            self.answer.move(step)
            self.draw()

    def action_take_back(self) -> None:
        """The item that was laid last."""
        if self.answer is not None:
            self._said = ""
            self.answer.take_back()
            self.draw()

    def action_close(self, yes: bool) -> None:
        """What is close counts, or not."""
        if self.answer is not None:
            self.answer.say(yes=yes)
            self.draw()

    def action_none(self) -> None:
        """None of the points was made."""
        self.action_close(False)

    def action_examine(self) -> None:
        """Have an examiner listen to what was typed, or no longer."""
        if self.answer is not None:
            self._view.examination.turn(self.answer)

    def action_open_media(self) -> None:
        """The first picture or sound that is shown, then the next."""
        if self.answer is not None:
            self._view.sheet.open_next(self.answer.card)

    def action_to_points(self) -> None:
        """Space before anything was ticked, or said of what is close: to that, and until then what is wanted."""
        answer, language, no = self.answer, self.context.language, self.context.key("answer.no", "n")
        if answer is None:
            return
        self._view.sheet.see(*(("said", 0) if answer.close else ("point", 0)))
        if answer.close:
            said = text("screens.study.counts_first", language, yes=self.context.key("answer.yes", "y"), no=no)
        elif answer.judged:
            said = text("screens.study.grade_it", language, first=self.grade_keys[0], last=self.grade_keys[-1])
        else:
            said = text("screens.study.tick_first", language, letters=self.letters_said, none=no)
        self._view.sheet.border_subtitle = Text(said, "bold")

    def asks_again(self) -> bool:
        """Is what stands typed no number, though one is asked for, or an order begun? Then that is said, and one goes
        on. So is once, where that counts as something, that there is no answer; else the answer shows."""
        self._view.keep()
        answer, language = self.answer, self.context.language
        if answer is not None and answer.begun:
            key = self.context.key("answer.take-back", "Backspace")
            left = len(answer.places) - answer.laid
            self._said = text("screens.study.lay_all", language, n=left, key=key)
        elif answer is not None and answer.judgement.note == "number":
            self._said = text("screens.study.no_number", language)
            self._view.write()
        elif answer is not None and self.no_answer and answer.left_out and self._warned is not answer:
            self._warned = answer
            key = "Enter" if self._view.writing else self.context.key(self.handed_in_by, "Space")
            self._said = text(self.no_answer, language, key=key)
        else:
            return False
        self.draw()
        return True

    @on(Input.Changed, "#answer-line")
    def _begun_to_type(self, event: Input.Changed) -> None:
        """What was said of no answer is said no more."""
        if self._said and event.value and not self.revealed:
            self._said = ""
            self.draw()

    @property
    def code(self) -> "CodePanel | None":
        """The page of the card in hand, if it asks for code and is beside it."""
        return None

    def action_write(self) -> None:
        if self.code is not None:
            self.code.focus_page()
        else:
            self._view.write()

    action_to_page = action_write

    def action_next_pane(self) -> None:
        """From the card to what is written of code, with the cursor in it; else to what comes next."""
        if self.code is not None and not self.code.has_focus_within:
            self.code.focus_page()
        else:
            self.focus_next()

    def action_formulas(self) -> None:
        self._view.sheet.turn_formulas()

    def action_back(self) -> None:
        """Out of what one types in, then away; an examiner that listens is stopped first."""
        if self._view.examination.running:
            self._view.examination.stop()
        elif self._view.writing:
            self._view.leave()
        else:
            self.leave()

    def leave(self) -> None:
        self.dismiss()

    def on_descendant_focus(self) -> None:
        if self.answer is not None:
            self.draw()

    @on(Input.Submitted, "#answer-line")
    def _entered(self) -> None:
        self.action_hand_in()

    def action_hand_in(self) -> None:
        """What is typed is the answer, once it is said how sure one is."""
        if self.confides:
            self._view.leave()
        else:
            self.action_reveal()

    @on(GradeBar.Chosen)
    def _bar_clicked(self, event: GradeBar.Chosen) -> None:
        if event.number is None:
            self.action_reveal()
        elif self.revealed:
            self.action_grade(GRADES[event.number])
        else:
            self.action_confide(event.number)

    @on(SheetView.Picked)
    def _block_clicked(self, event: SheetView.Picked) -> None:
        block = event.block
        if block.kind == "said":
            self.action_close(bool(block.index))
        elif block.letter and self.check_action("pick", ()) and (block.kind == "point") is self.revealed:
            self.action_pick(LETTERS.index(block.letter))

    def key_said(self, id: str, usual: str) -> str:
        """The key of a binding, behind Esc where it would be typed."""
        key, focused = self.context.key(id, usual), self.focused
        typed = self._view.writing and focused is not None and focused.check_consume_key(key, key)
        return text("screens.study.esc_then", self.context.language, key=key) if typed else key

    @property
    def grade_keys(self) -> list[str]:
        """Those that grade."""
        return [self.context.key(f"answer.{grade}", str(i)) for i, grade in enumerate(GRADES, 1)]

    def draw_bar(self, waits: ComesBack, marked: Grade | None, said: str = "") -> None:
        """The grades with when the card would come back, where that is known;
        before that how sure one is, or what is `said` in passing: the foot has the keys."""
        language = self.context.language
        if self.revealed:
            buttons = []
            for grade in GRADES:
                time = f"  {waits[grade].says(language)}" if grade in waits else ""
                buttons.append(Text(text(f"common.grade.{grade}", language), INKS[grade]).append(time, "not bold"))
            marked_at = None if marked is None else GRADES.index(marked)
            self._bar.show(*buttons, marked=marked_at, keys=self.grade_keys)
        elif self.confides and not self._view.writing:
            keys = [self.context.key(f"answer.sure-{i}", str(i)) for i in range(1, len(_SURE) + 1)]
            sure = zip(_SURE, CONFIDENCES, strict=True)
            words = (f"{text(f'ui.sure.{word}', language)} {percent}%" for word, percent in sure)
            self._bar.show(*words, heading=text("screens.study.how_sure", language), keys=keys)
        else:
            self._bar.show(heading=said)


def clock(took_s: float, of_s: float | None, language: Language) -> Text:
    """0:12 of 1:00, and how much it is over."""
    took = clock_time(took_s)
    if of_s is None:
        return Text().append(took, "dim")
    said = tell("screens.study.clock", took=took, of=clock_time(of_s)).says(language)
    if took_s <= of_s:
        return Text().append(said, "dim")
    return Text().append(f"{said} +{clock_time(took_s - of_s)}", "bold yellow")
