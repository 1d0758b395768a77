"""A session: what waits in some decks, with the clock, and what can be done to a card besides grading it."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.timer import Timer

from quizapp.cards.card import Card
from quizapp.cards.library import Library
from quizapp.cards.sheet import Block
from quizapp.memory.events import Change
from quizapp.memory.schedule import Grade, local_now
from quizapp.study.answer import Answer
from quizapp.study.plan import when_back
from quizapp.study.related import Related, related
from quizapp.study.session import Graded, Session
from quizapp.texts import Sentence, tell, text
from quizapp.ui import preferences, sittings
from quizapp.ui.card_actions import card_commands, change_said, flag_change
from quizapp.ui.card_titles import related_blocks
from quizapp.ui.context import say_error
from quizapp.ui.demo.find import find_demo
from quizapp.ui.demo.panel import DemoPanel
from quizapp.ui.how_far import how_far_said, with_said
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.answering import ComesBack, clock
from quizapp.ui.screens.coding import CodingScreen

_CORNERS = 6  # cells of a border in which no title stands


class StudyScreen(CodingScreen):
    """What waits in some decks; every grade is saved at once. `undo`: begin by taking the last act back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "related", "keys.related", id="study.related"),
        Binding("minus", "change('buried')", "keys.bury_card", show=False, id="study.bury"),
        Binding("at", "change('suspended')", "keys.suspend_card", show=False, id="study.suspend"),
        Binding("asterisk", "flag", "keys.flag_card", show=False, id="study.flag"),
    ]

    examines = True

    def __init__(self, session: Session, *, undo: bool = False) -> None:
        super().__init__(session)
        self._undo_first = undo
        self._found: tuple[Card, Related] | None = None
        self._asked_to_grade: Answer | None = None  # by an Esc
        self._clock: Timer | None = None
        self._went_back = False  # is the experiment of the card before open?
        self._away: datetime | None = None  # since when the keys go to an experiment, before the answer

    def on_mount(self) -> None:
        self._clock = self.set_interval(1, self._tick, pause=not self.context.desk.settings.timer)

    def begin(self) -> None:
        if self._undo_first:
            super().action_undo()
        else:
            super().begin()

    def show_card(self) -> None:
        """What was typed of it before it was left stands there again."""
        card, answer = self.card, self.answer
        if card is not None and answer is not None and not answer.typed:
            answer.typed = self.context.typed.pop(card.key, "")
        super().show_card()

    def finish(self) -> None:
        card, answer = self.card, self.answer
        if card is not None and answer is not None and not self.revealed:
            self._view.keep()
            self.context.typed[card.key] = answer.typed
        sittings.finish_session(self, self.session)

    def leave(self) -> None:
        """As elsewhere; but away from what was answered and not graded only at the second Esc."""
        waits = self.revealed and not self.session.looks_again and self.session.suggested is not None
        if not waits or self.panel.has_focus_within or self._asked_to_grade is self.answer:
            super().leave()
            return
        self._asked_to_grade = self.answer
        language, key = self.context.language, self.context.key("answer.accept", "Space")
        first, last = self.grade_keys[0], self.grade_keys[-1]
        said = text("screens.study.not_graded", language, key=key, first=first, last=last)
        self.notify(said, markup=False)

    # What stands around the card

    def how_far(self) -> Text:
        """What of it is done and what comes; or why no better grade is suggested."""
        language, session = self.context.language, self.session
        if self.revealed and not session.looks_again and self.answer is not None and (why := self.answer.reason()):
            return Text(why.says(language))
        far = how_far_said(session.counts, session.first_times(local_now()), language)
        if not self.confides:  # else the bar asks how sure one is
            return far
        said = [self.passing()]
        if session.acts and isinstance(last := session.acts[-1], Graded) and not self._undone:
            said.append(text("screens.study.saved_grade", language, grade=tell(f"common.grade.{last.grade}")))
        return with_said(far, said, self._view.sheet.outer_size.width - _CORNERS)

    def card_state(self, card: Card) -> Text:
        flagged = self.session.standings.of(card.key).flagged
        text = Text().append("⚑ " if flagged else "", "bold red")
        if self.context.desk.settings.timer:
            text.append_text(
                clock(self.session.thought(self._away or local_now()), card.seconds, self.context.language)
            )
        return text

    def passing(self) -> str:
        """What u took back, else the grade that it would, and that its experiment may be predicted now."""
        last, language = self.session.acts[-1] if self.session.acts else None, self.context.language
        if self._undone or not isinstance(last, Graded):
            return self._undone
        grade = tell(f"common.grade.{last.grade}")
        wait = self.back(last)
        missed = last.grade == "hard" and self.session.standings.of(last.card.key).missed is not None
        same = self.card is not None and self.card.key == last.card.key
        said = "saved_missed" if missed else "saved_same" if same else "saved"
        saved = tell(f"screens.study.{said}", grade=grade, wait=wait)
        if self.session.offered is None:
            return saved.says(language)
        return text("screens.study.offered", language, saved=saved, key=self.key_said("study.demo", "x"))

    def back(self, last: Graded) -> Sentence:
        """When the card graded last comes back."""
        return when_back(last.card, last.outcome, self.context.desk.settings, local_now())

    def below(self, card: Card, *, revealed: bool) -> tuple[Block, ...]:
        """Under the question: that it is asked once more for what was missed of it, and why it counts for nothing."""
        above = super().below(card, revealed=revealed)
        if not self.session.looks_again:
            return above
        return (Block(text("screens.study.once_more", self.context.language), "small"), *above)

    def draw_bar(self, waits: ComesBack, marked: Grade | None, said: str = "") -> None:
        """What is looked at once more is not graded: Space goes on."""
        if self.revealed and self.session.looks_again:
            key = self.context.key("answer.accept", "Space")
            self._bar.show(text("screens.study.go_on", self.context.language, key=key))
        else:
            super().draw_bar(waits, marked, said)

    def first_key(self) -> str:
        return self.key_said("study.first", "p") if self.session.predicts_first and not self._begun else ""

    def _tick(self) -> None:
        """A second has gone by: only the border says so."""
        if self.is_current and not self.revealed and self.card is not None and self._away is None:
            self._view.sheet.show_state(self.card_state(self.card))

    def action_timer(self) -> None:
        """Hide the clock, or show it; it stays so."""
        shown = not self.context.desk.settings.timer
        preferences.change(self, "timer", shown)
        if self._clock is not None:
            (self._clock.resume if shown else self._clock.pause)()
        self.draw_border()

    @on(DemoPanel.Predicted)
    def _count_prediction(self, event: DemoPanel.Predicted) -> None:
        self.session.predictions.append(event.prediction)
        self.draw()  # it is not asked for any more

    # The experiment before the answer, and after the grade

    def action_first(self) -> None:
        """Predict it before the answer, which from now on is given with a cue."""
        if self.answer is not None:
            self.answer.cued, self._said = True, ""
            self.panel.add_class("-beside")
            self.add_class("-demo-open")
            self.panel.ask_first()

    @property
    def _cued(self) -> bool:
        return self.answer is not None and self.answer.cued

    @property
    def _begun(self) -> bool:
        """Whether the experiment of the card that is asked was predicted: one may go back to it."""
        return self._cued and not self.revealed and self.panel.experiment.guess is not None

    def on_descendant_focus(self) -> None:
        """While the keys go to an experiment no time counts."""
        if not self.panel.has_focus_within:
            self._come_back()
        elif self._away is None and not self.revealed:
            self._away = local_now()

    def _come_back(self) -> None:
        if self._away is not None:
            self.session.leave_out((local_now() - self._away).total_seconds())
            self._away = None

    def action_demo(self) -> None:
        """Of the answer that shows; of the card before while the next is asked."""
        card = self.session.offered
        if self.revealed or card is None:
            super().action_demo()
            return
        self._went_back = True
        self._view.keep()
        self._view.hide()
        self.add_class("-demo-open", "-back")
        self.panel.look_up(partial(find_demo, self.context.desk, card))
        self.panel.begin()

    def show_demo(self, card: Card) -> None:
        self._went_back, self._away = False, None
        self.remove_class("-back")
        super().show_demo(card)

    def renew_demo(self, card: Card) -> None:
        if not self._went_back:
            super().renew_demo(card)

    def leave_demo(self) -> None:
        if not self._went_back or self.card is None or self.answer is None:
            super().leave_demo()
            return
        self._come_back()
        self.show_demo(self.card)
        self._view.begin(self.answer)

    # Other cards

    @property
    def related(self) -> Related:
        """The cards that belong to this one."""
        if self.card is None:
            return Related()
        if self._found is None or self._found[0] is not self.card:
            self._found = self.card, related(self.card, self.context.desk.library)
        return self._found[1]

    def library_changed(self, was: Library) -> None:
        self._found = None
        super().library_changed(was)

    def more(self, card: Card) -> tuple[Block, ...]:
        return related_blocks(self.related, self.context.shown, self.context.language)

    def action_related(self) -> None:
        open_screen(self, "related", self.related)

    # What can be done to the card, besides grading it

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "related":
                return self.revealed and bool(self.related)
            case "accept" if self.session.looks_again:
                return self.revealed and not self.panel.has_focus_within
            case "grade" | "none" | "to_points" | "examine" if self.session.looks_again:
                return False
            case "undo" | "no_undo" if self.session.conceals:
                return action == "undo" and not self.panel.has_focus_within  # an experiment is no mistake
            case "undo":
                return bool(self.session.acts)
            case "no_undo":
                return not self.session.acts
            case "first":
                return self.session.predicts_first and not self._begun and not self.panel.has_focus_within
            case "demo" if not self.revealed:
                return (self._begun or self.session.offered is not None) and not self.panel.has_focus_within
            case "too_early" if self._begun or self.session.offered is not None:
                return False
            case "change" | "flag" if self._went_back:
                return False  # it would be done to the card that waits
        return super().check_action(action, parameters)

    def commands(self) -> Iterable[SystemCommand]:
        if self.card is None:
            return
        yield from card_commands(self.session.standings.of(self.card.key), self.action_change, self.action_edit)
        timer = "keys.hide_timer" if self.context.desk.settings.timer else "keys.show_timer"
        yield SystemCommand(timer, "ui.palette.timer", self.action_timer)

    def action_undo(self) -> None:
        """The answer that shows is taken back before the grade of the card before."""
        if self.session.conceals:
            self.session.conceal()
            self.show_card()
        else:
            super().action_undo()

    def action_flag(self) -> None:
        if self.card is not None:
            self.action_change(flag_change(self.session.standings.of(self.card.key)))

    def action_change(self, what: Change) -> None:
        """Do it, durably; go on to the next card where this one is not asked now."""
        answer, language = self.answer, self.context.language
        try:
            changed = self.session.change(what, local_now())
        except OSError as error:
            say_error(self, error)
            return
        if changed is None:
            return
        if self.answer is answer:
            self.draw_border()  # the flag shows there
            self.refresh_bindings()
            return
        self.show_card()
        undo = "Ctrl+Z" if self.card is not None and self._view.writing else "u"  # which would be typed
        said = text(
            "ui.takes_back", language, done=change_said(what, language), key=self.context.key("study.undo", undo)
        )
        self.notify(said, timeout=3, markup=False)
