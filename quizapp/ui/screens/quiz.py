"""The quick quiz and cramming."""

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType

from quizapp.memory.schedule import GRADES, Grade, local_now
from quizapp.study.quiz import Quiz
from quizapp.texts import tell, text
from quizapp.ui.look import INKS
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.answering import ComesBack
from quizapp.ui.screens.sitting import SittingScreen

_JUDGES: Mapping[Grade, str] = {"again": "screens.quiz.was_missed", "hard": "screens.quiz.was_right"}


class QuizScreen(SittingScreen):
    """One card after the other; no grade goes into the schedule. After a verdict Space is next; what is not judged was
    missed or was right. u takes back the verdict that shows, else the one before; either way its card is asked again,
    as it was answered."""

    BINDINGS: ClassVar[list[BindingType]] = [  # a key bound here is lost to the class above: so all of space
        Binding("space,enter", "reveal", "keys.show_answer", key_display="space", id="quiz.reveal"),
        Binding("space,enter", "accept", "keys.next", key_display="space", id="quiz.next"),
        Binding("space,enter", "to_card", "keys.to_card", key_display="space", id="quiz.to-card"),
        Binding("space,enter", "to_points", "keys.tick", show=False, id="quiz.to-points"),
    ]
    session: Quiz
    handed_in_by = "quiz.reveal"

    @property
    def no_answer(self) -> str:
        return f"screens.quiz.empty_{'cram' if self.session.cram else 'quiz'}"

    def leave(self) -> None:
        """As elsewhere; but away from a quiz that is begun and not done only if that is meant."""
        quiz = self.session
        done = len(quiz.done) + (self.revealed and quiz.judges)
        if self.panel.has_focus_within or not 0 < done < len(quiz.cards):
            super().leave()
        else:
            said = text("screens.quiz.ask_end", self.context.language, n=done, of=len(quiz.cards))
            open_screen(self, "ask", said, then=lambda sure: self.finish() if sure else None)

    def how_far(self) -> Text:
        """How many of them; or why it is suggested that this one was missed."""
        quiz, language = self.session, self.context.language
        if self.revealed and (why := quiz.reason()):
            return Text(why.says(language))
        text = Text()
        if quiz.missed:
            text.append(tell("screens.quiz.missed", n=len(quiz.missed)).says(language), INKS["wrong"]).append("   ")
        return text.append(tell("screens.interview.asking", n=len(quiz.done) + 1, of=len(quiz.cards)).says(language))

    @property
    def grade_keys(self) -> list[str]:
        return super().grade_keys[: len(_JUDGES)]

    @property
    def called(self) -> dict[str, str]:
        """Two of the grades, by other names."""
        none = {f"grade('{grade}')": "" for grade in GRADES}
        two = {"grade('again')": "screens.quiz.means_missed", "grade('hard')": "screens.quiz.means_right"}
        return {**super().called, **none, **two}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "undo":
                return bool(self.session.done) or self.revealed
            case "no_undo":
                return not self.session.done and not self.revealed
            case "grade" if self.session.judges or parameters[0] not in _JUDGES:
                return False  # 1 and 2, of what is not judged
        return super().check_action(action, parameters)

    def action_grade(self, grade: Grade) -> None:
        """Missed or right. What Space gives may be what the ticks suggest."""
        super().action_grade(grade if self.session.default == grade or grade == "again" else "good")

    def on_key(self, event: events.Key) -> None:
        """A grade for what is judged already: that is said."""
        judged = self.revealed and self.session.judges and self.session.default is not None
        if judged and event.key in "1234" and not self.panel.has_focus_within:
            said = text("screens.quiz.is_judged", self.context.language, key=self.context.key("quiz.next", "Space"))
            self._view.sheet.border_subtitle = Text(said, "bold")

    def action_undo(self) -> None:
        if self.revealed:
            self.session.conceal()
            self._warned = None
            self.show_card()
        elif undone := self.session.undo(local_now()):
            self.show_card()
            language = self.context.language
            was = tell(_JUDGES["again" if undone.grade == "again" else "hard"])
            self._undone = text("ui.undone_ticked" if self.session.ticks else "ui.undone", language, what=was)
            self.draw()

    def draw_bar(self, waits: ComesBack, marked: Grade | None, said: str = "") -> None:
        language = self.context.language
        if self.revealed and self.session.judges:  # what is close says itself what it wants
            key = self.context.key("quiz.next", "Space")
            self._bar.show(*[text("screens.quiz.next", language, key=key)] if self.session.default else [])
        elif not self.revealed and not said and self.check_action("pick", ()):
            key = self.context.key("quiz.reveal", "Space")
            self._bar.show(text("screens.interview.picked", language, letters=self.letters_said, key=key))
        elif self.revealed:
            buttons = [
                Text(text(id, language), INKS["again" if grade == "again" else "good"]) for grade, id in _JUDGES.items()
            ]
            self._bar.show(*buttons, marked=None if marked is None else int(marked != "again"), keys=self.grade_keys)
        else:
            super().draw_bar(waits, marked, said)

    def finish(self) -> None:
        if self.revealed and self.session.judges and (grade := self.session.default) is not None:
            self.session.grade(grade, local_now())  # its verdict was shown
        if done := self.session if self.session.done else self.session.before:  # a retry left at once goes back
            open_screen(self, "quiz-end", done, replace=True)
        else:
            self.dismiss()
