"""The quick quiz and cramming, and the page that ends them: the score beside those before, and every card missed
explained."""

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp.cards.sheet import Block
from quizapp.memory.events import Quizzed
from quizapp.memory.recorder import Stale
from quizapp.memory.schedule import Grade, local_now
from quizapp.study.answer import Answer
from quizapp.study.quiz import Quiz, explained, went_by_deck
from quizapp.texts import tell, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.card_titles import deck_title
from quizapp.ui.context import say_error
from quizapp.ui.look import INKS
from quizapp.ui.past_quizzes import past_quizzes
from quizapp.ui.screens.answering import ComesBack
from quizapp.ui.screens.sitting import SittingScreen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.sheet_view import SheetView

_SHOWN = 4  # quizzes before this one, beside its score


class QuizScreen(SittingScreen):
    """One card after the other; no grade goes into the schedule. After a verdict Space is next; what cannot be judged
    was missed or was right."""

    BINDINGS: ClassVar[list[BindingType]] = [  # a key bound here is lost to the class above: so all of space
        Binding("space,enter", "reveal", "keys.show_answer", key_display="space", id="quiz.reveal"),
        Binding("space,enter", "accept", "keys.next", key_display="space", id="quiz.next"),
        Binding("space,enter", "to_card", "keys.to_card", key_display="space", id="quiz.to-card"),
        Binding("space,enter", "to_points", "keys.tick", show=False, id="quiz.to-points"),
    ]
    session: Quiz
    _asked_to_go: Answer | None = None  # by an Esc

    def leave(self) -> None:
        """As elsewhere; but away from a quiz that is begun and not done only at the second Esc."""
        quiz = self.session
        done = len(quiz.done) + (self.revealed and self._judged)
        begun = 0 < done < len(quiz.cards)
        if not begun or self.panel.has_focus_within or self._asked_to_go is self.answer:
            super().leave()
            return
        self._asked_to_go = self.answer
        said = text("screens.quiz.ends", self.context.language, n=done, of=len(quiz.cards))
        self.notify(said, severity="warning", markup=False)

    def how_far(self) -> Text:
        quiz, language = self.session, self.context.language
        text = Text()
        if quiz.missed:
            text.append(tell("screens.quiz.missed", n=len(quiz.missed)).says(language), INKS["wrong"]).append("   ")
        return text.append(tell("screens.quiz.at", n=len(quiz.done) + 1, of=len(quiz.cards)).says(language))

    @property
    def _judged(self) -> bool:
        return self.answer is not None and self.answer.judged

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "undo":
                return bool(self.session.done)
            case "no_undo":
                return not self.session.done
            case "grade" if self._judged or parameters[0] not in ("again", "hard"):
                return False  # 1 and 2, of what is not judged
        return super().check_action(action, parameters)

    def action_grade(self, grade: Grade) -> None:
        """Missed or right. What Space gives may be what the ticks suggest."""
        super().action_grade(grade if self.session.default == grade or grade == "again" else "good")

    def draw_bar(self, waits: ComesBack, marked: Grade | None, said: str = "") -> None:
        language = self.context.language
        if self.revealed and self._judged and self.session.default is None:
            yes, no = (self.context.key(f"answer.{word}", word[0]) for word in ("yes", "no"))
            self._bar.show(text("screens.quiz.close", language, yes=yes, no=no))
        elif self.revealed and self._judged:
            left_out = self.answer is not None and self.answer.judgement.right is None
            said = "screens.quiz.left_out" if left_out else "screens.quiz.next"
            self._bar.show(text(said, language, key=self.context.key("quiz.next", "Space")))
        elif not self.revealed and self.check_action("pick", ()):
            key = self.context.key("quiz.reveal", "Space")
            self._bar.show(text("screens.interview.picked", language, letters=self.letters_said, key=key))
        elif self.revealed:
            kinds = {"again": "screens.quiz.was_missed", "hard": "screens.quiz.was_right"}
            buttons = [
                Text(text(id, language), INKS["again" if grade == "again" else "good"]) for grade, id in kinds.items()
            ]
            keys = [self.context.key(f"answer.{grade}", str(i)) for i, grade in enumerate(kinds, 1)]
            self._bar.show(*buttons, marked=None if marked is None else int(marked != "again"), keys=keys)
        else:
            super().draw_bar(waits, marked, said)

    def finish(self) -> None:
        if self.revealed and self._judged and (grade := self.session.default) is not None:
            self.session.grade(grade, local_now())  # its verdict was shown
        if done := self.session if self.session.done else self.session.before:  # a retry left at once goes back
            self.app.switch_screen(QuizEndScreen(done))
        else:
            self.dismiss()


class QuizEndScreen(BaseScreen):
    """Enter goes home; z asks what was missed once more; c counts the cards as reviews; u takes the last grade back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "home", "keys.home", id="quiz.home"),
        Binding("z", "retry", "keys.retry", id="quiz.retry"),
        Binding("c", "count", "keys.count", id="quiz.count"),
        Binding("u", "undo", "keys.undo", id="quiz.undo"),
    ]

    def __init__(self, done: Quiz) -> None:
        super().__init__()
        self._done = done
        self._sheet = SheetView()
        self._before: list[Quizzed] = []  # how the quizzes before it went

    def compose(self) -> ComposeResult:
        yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self._keep()
        self.language_changed()
        self._look_back()

    def _keep(self) -> None:
        """Write down how it went, once; what was missed and asked again says nothing of that."""
        done = self._done
        if done.before or done.kept == done.score:
            return
        try:
            self.context.desk.recorder.quizzed(done.score, local_now())
        except OSError as error:
            say_error(self, error)
        else:
            done.kept = done.score

    @work(exclusive=True, description="read the quizzes there were")
    async def _look_back(self) -> None:
        """Find how the last ones of this kind went."""
        done = self._done
        before = [one for one in await past_quizzes(self) if one.cram == done.cram and one.quiz != done.name][:_SHOWN]
        if before:
            self._before = before[::-1]
            self.language_changed()

    def language_changed(self) -> None:
        done, language = self._done, self.context.language
        right = len(done.done) - len(done.missed)
        *first, last = (f"{one.right} / {one.asked}" for one in done.scores)
        score = text("screens.quiz.right", language, score=last)
        for one in reversed(first):
            score = text("screens.quiz.then", language, before=one, score=score)
        self._sheet.frame(text("screens.practise.title", language), Text(score, "bold"))
        said = text(
            "ui.to_count" if done.uncounted else "ui.counted", language, key=self.context.key("quiz.count", "c")
        )
        key = f"**{self.context.key('quiz.retry', 'z')}**"
        blocks = [Block(text("screens.quiz.retry", language, n=len(done.missed), key=key))] if done.missed else []
        blocks.append(Block(said, "small"))
        if self._before and not done.before:
            share = f"{100 * right / len(done.done):.0f}%"
            past = [
                text("screens.quiz.past", language, share=f"{100 * one.right / one.asked:.0f}", day=f"{one.at:%m-%d}")
                for one in self._before
            ]
            between = "、" if language == "zh" else ", "
            blocks.append(Block(text("screens.quiz.before", language, before=between.join(past), now=share)))
        if done.before:
            blocks.append(Block(text("screens.quiz.again", language), "small"))
        self._sheet.show([*blocks, *self._decks(), *self._missed()])

    def _decks(self) -> list[Block]:
        """How each deck went, where several were asked, and each of more than a card or two."""
        library, shown = self.context.desk.library, self.context.shown
        decks = went_by_deck(self._done.done)
        if not 1 < len(decks) <= len(self._done.done) / 2:
            return []
        lines = [f"- {deck_title(card, library, shown)}  **{right} / {asked}**" for card, right, asked in decks]
        return [Block(text("screens.quiz.by_deck", self.context.language), "label"), Block("\n".join(lines))]

    def _missed(self) -> list[Block]:
        """Every card that was missed, below a heading of its own."""
        library, shown, missed = self.context.desk.library, self.context.shown, self._done.missed
        blocks: list[Block] = []
        for n, one in enumerate(missed, 1):
            deck = deck_title(one.card, library, shown)
            head = text("screens.quiz.missed_one", self.context.language, n=n, of=len(missed), deck=deck)
            blocks += [Block(head, "label"), *explained(one.answer, shown)]
        return blocks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "retry":
                return bool(self._done.missed)
            case "count":
                return self._done.uncounted > 0
            case "undo":
                return not self._done.counted
        return True

    def action_undo(self) -> None:
        self._done.undo(local_now())
        self.app.switch_screen(QuizScreen(self._done))

    def action_retry(self) -> None:
        self.app.switch_screen(QuizScreen(self._done.retry(local_now())))

    def action_count(self) -> None:
        try:
            self._done.count(self.context.desk.recorder, local_now())
        except (OSError, Stale) as error:
            say_error(self, error)
        else:
            self.notify(text("ui.counted", self.context.language), markup=False)
        self.language_changed()
        self.refresh_bindings()
