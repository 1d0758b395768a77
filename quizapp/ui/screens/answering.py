"""What the screens share on which a card is answered: picking, moving, typing, how sure one is, and the grades."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from quizapp.cards.card import Choice, Cloze, Numeric, Order
from quizapp.cards.sheet import LETTERS
from quizapp.memory.schedule import GRADES, Grade
from quizapp.study.answer import CONFIDENCES, Answer
from quizapp.texts import span, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.answer_view import AnswerView
from quizapp.ui.widgets.grade_bar import GradeBar
from quizapp.ui.widgets.sheet_view import SheetView

_SURE = ("guess", "unsure", "fairly", "sure")


class AnsweringScreen(BaseScreen):
    """Letters pick, t types; before the answer shows, digits may say how sure one is; after it, they grade."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    AnsweringScreen {
        #answer-text {
            height: 8;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [  # a key that a subclass binds too would be lost here
        Binding("space,enter", "drop", "keys.put_down", key_display="space", priority=True, id="answer.drop"),
        Binding("space,enter", "reveal", "keys.show_answer", key_display="space", id="answer.reveal"),
        Binding("space,enter", "accept", "keys.grade", key_display="space", id="answer.accept"),
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
        Binding("t", "write", "keys.type", id="answer.type"),
        Binding("tab", "app.focus_next", "keys.switch_pane", show=False, id="answer.next-pane"),
    ]

    confides = False  # may one say how sure one is?

    def __init__(self) -> None:
        super().__init__()
        self._view = AnswerView()
        self._bar = GradeBar()

    # What a screen says of itself

    @property
    def answer(self) -> Answer | None:
        """The answer in hand."""
        raise NotImplementedError

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

    # What may be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        answer = self.answer
        if answer is None:
            return action not in ("reveal", "accept", "grade", "confide", "pick", "move", "drop", "write")
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
            case "move" | "drop":
                return not revealed and answer.held is not None
            case "write":
                return not revealed and not moved
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
            self.answer.pick(place)
        self.draw()
        if self.revealed:
            self._view.sheet.see("point", place)

    def action_move(self, step: int) -> None:
        if self.answer is not None:
            self.answer.move(step)
            self.draw()

    def action_drop(self) -> None:
        if self.answer is not None:
            self.answer.drop()
            self.draw()

    def action_write(self) -> None:
        self._view.write()

    def action_back(self) -> None:
        """Out of what one types in, then away."""
        if self._view.writing:
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
        """Enter under a gap or a number gives the answer, once it is said how sure one is."""
        if self.confides:
            self._view.leave()
        else:
            self.action_reveal()

    @on(GradeBar.Chosen)
    def _bar_clicked(self, event: GradeBar.Chosen) -> None:
        if event.number is None:
            held = self.answer is not None and self.answer.held is not None
            (self.action_drop if held else self.action_reveal)()
        elif self.revealed:
            self.action_grade(GRADES[event.number])
        else:
            self.action_confide(event.number)

    @on(SheetView.Picked)
    def _block_clicked(self, event: SheetView.Picked) -> None:
        block = event.block
        if block.letter and self.check_action("pick", ()) and (block.kind == "point") is self.revealed:
            self.action_pick(LETTERS.index(block.letter))

    def draw_bar(self, step: str, waits: dict[Grade, float], marked: Grade) -> None:
        """The grades with the seconds after which the card would come back, where that is known; before that how sure
        one is, or the next `step`."""
        language = self.context.language
        if self.revealed:
            words = (text(f"common.grade.{grade}", language) for grade in GRADES)
            times = (f"  {span(waits[grade]).says(language)}" if grade in waits else "" for grade in GRADES)
            self._bar.show(
                *(word + time for word, time in zip(words, times, strict=True)),
                marked=GRADES.index(marked),
                keys=[self.context.key(f"answer.{grade}", str(i)) for i, grade in enumerate(GRADES, 1)],
            )
        elif self.confides and not self._view.writing:
            keys = [self.context.key(f"answer.sure-{i}", str(i)) for i in range(1, len(_SURE) + 1)]
            self._bar.show(*(text(f"ui.sure.{word}", language) for word in _SURE), keys=keys)
        else:
            space = self.context.key("answer.reveal", "Space")
            if self.answer is not None and self.answer.held is not None:
                space, step = self.context.key("answer.drop", "Space"), "keys.put_down"
            enters = self.answer is not None and isinstance(self.answer.card, Cloze | Numeric)
            key = "Enter" if enters else f"Esc {space}" if self._view.writing else space
            self._bar.show(f"{key}  {text(step, language)}")
