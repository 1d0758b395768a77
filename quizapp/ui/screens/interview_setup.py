"""Before a mock interview: what to be asked, how long, typed or spoken; and the interviews there were."""

import time
from contextlib import suppress
from typing import ClassVar, cast

from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.cards.card import Card, Code
from quizapp.draw.share import share_bar
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import examiner_place, read_address
from quizapp.study.interview import Asked, Terms, Way, cards_by_key
from quizapp.study.interview_questions import CODE_FROM, budget, choose
from quizapp.study.interview_report import report
from quizapp.study.interview_store import InterviewFile, interview_files
from quizapp.texts import tell, text
from quizapp.ui.context import say_error
from quizapp.ui.routes import open_screen
from quizapp.ui.screens.picking import Amount, Ask, Asks, PickingScreen
from quizapp.ui.sittings import begin_interview, code_question, resume_interview
from quizapp.ui.widgets.panels import ListPanel
from quizapp.ui.wording import marked
from quizapp.words import Language, clean

_BAR = 10  # cells
_DAY = 24 * 60  # minutes
_WAYS = {"spoken": "screens.setup.spoken", "typed": "screens.setup.typed", "friend": "screens.setup.friend"}


class PastPanel(ListPanel):
    """The interviews there were; Enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "keys.open", id="interview.open"),
    ]


class InterviewSetupScreen(PickingScreen):
    """Enter begins, or opens the interview that is chosen in the list below; i goes on with an interrupted one."""

    DEFAULT_CSS = """
    InterviewSetupScreen {
        #past {
            height: auto;
            min-height: 3;
            max-height: 30%;
            text-wrap: wrap;  /* what is wrong with a file is said to its end */
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "resume", "keys.go_on", id="interview.resume"),
        Binding("delete", "delete", "keys.delete", id="interview.delete"),
    ]

    def __init__(self) -> None:
        amounts = {"questions": Amount(8, 1, 50), "minutes": Amount(20, 5, 120)}
        asks: Asks = {**amounts, "code": True, "answers": _WAYS}
        super().__init__("screens.setup.title", asks)
        self.seed = int(time.time())
        self._asked: tuple[Asked, ...] = ()  # what would be, as the rows say it
        self._cut = False  # by the minutes
        self.list = PastPanel(id="past", markup=False)
        self.shown: list[InterviewFile] = []
        self.found: dict[str, Card] = {}  # every card, by its key

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.list

    def terms(self) -> Terms:
        """What is asked for."""
        count, minutes, way = int(self.set_to["questions"]), int(self.set_to["minutes"]), str(self.set_to["answers"])
        return Terms(count, minutes, self.seed, self.selection().levels, cast(Way, way))

    def questions(self) -> tuple[Asked, ...]:
        """What would be asked."""
        return self._chosen_in(self.terms())

    def _with_time(self) -> tuple[Asked, ...]:
        """What would be, of time enough."""
        return self._chosen_in(replace(self.terms(), minutes=_DAY))

    def _chosen_in(self, terms: Terms) -> tuple[Asked, ...]:
        return choose(self.library, self.left, terms, code_question(self, self._codes(), terms))

    def _codes(self) -> list[Code]:
        """The cards that could ask for code, where that is wanted."""
        wanted = self.set_to["code"] and self.context.desk.settings.code_cards
        return self.selection().code_of(self.library.decks) if wanted else []

    def why_none(self) -> str:
        """Code is asked of nobody who is judged by a friend, in no short interview, and only where it can be judged."""
        if not self.only_code:
            return super().why_none()
        friend = self.terms().way == "friend"
        return text("screens.setup.no_code_aloud" if friend else "screens.setup.no_code", self.context.language)

    def promise(self) -> str:
        self._asked = self.questions()
        self._cut = len(self._asked) < self.terms().count and len(self._asked) < len(self._with_time())
        return _many(len(self._asked), self.context.language) if self._asked else ""

    def _about(self, name: str, ask: Ask) -> str:
        """How many questions the minutes leave; what time they and the code among them take, or why there is none. Of
        which kinds they are nobody knows: what is missed is followed up."""
        keys, language = self.library.keys, self.context.language
        code_s = sum(one.budget_s for one in self._asked if isinstance(keys[one.key], Code))
        match name:
            case "questions" if self._cut:
                return text("screens.setup.fit", language, n=len(self._asked), minutes=self.terms().minutes)
            case "minutes" if self._asked:
                return text("screens.setup.about", language, n=_minutes(sum(one.budget_s for one in self._asked)))
            case "code" if self.set_to[name]:
                return text("screens.setup.of_code", language, n=_minutes(code_s)) if code_s else self._no_code()
            case "code":
                return ""
        return super()._about(name, ask)

    def _no_code(self) -> str:
        """Why no code would be asked, though it may be."""
        terms, language = self.terms(), self.context.language
        least = min((budget(card) for card in self._codes()), default=0)
        if terms.way == "friend":
            return text("screens.setup.code_friend", language)
        if terms.count < CODE_FROM:
            return text("screens.setup.code_from", language, n=CODE_FROM)
        if 2 * least > 60 * terms.minutes:
            return text("screens.setup.code_minutes", language, n=-(-2 * least // 60))
        return text("screens.setup.none_fits", language)

    def draw(self) -> None:
        """With whether an examiner will ask, where one is set up."""
        super().draw()
        place = examiner_place(self.context.desk.settings)
        if place is not None:
            said = "screens.setup.examiner" if self.terms().way == "typed" else "screens.setup.examiner_reads"
            with suppress(ExaminerFault):  # which is said when it begins
                whose = {"model": clean(place.model), "host": read_address(place.address).host}
                self.form.border_subtitle = Content(text(said, self.context.language, **whose))

    def begin(self) -> None:
        begin_interview(self, self.questions(), self.terms(), replace=True)

    # The interviews there were

    def language_changed(self) -> None:
        super().language_changed()
        self._look()

    def _look(self) -> None:
        """Read the folder, and list what lies in it."""
        desk = self.context.desk
        self.shown = interview_files(desk.home.interviews)
        self.found = cards_by_key(desk.library) if self.shown else {}
        language, chosen = self.context.language, self.list.highlighted
        self.list.frame(text("screens.setup.past", language))
        nothing = Text(text("screens.setup.no_past", language))
        self.list.clear_options()
        self.list.add_options([self._row(one) for one in self.shown] or [Option(nothing, disabled=True)])
        self.list.can_focus = bool(self.shown)
        self.list.highlighted = min(chosen or 0, len(self.shown) - 1) if self.shown else None
        self.refresh_bindings()

    def _row(self, one: InterviewFile) -> Text:
        language, interview = self.context.language, one.interview
        text = Text(no_wrap=True, overflow="ellipsis")
        if one.why is not None:
            return text.append(" ".join(one.why.says(language).split()), "yellow")  # the name of a file may have lines
        assert interview is not None
        many = len(interview.questions)
        said = [_many(len(one.interview.questions), language) for one in self.shown if one.interview]
        column = max(map(cell_len, said), default=0)  # so that the bars stand in one
        text.append(f"{interview.started:%Y-%m-%d %H:%M}  ")
        text.append(f"{set_cell_size(_many(many, language), column)}  ", "dim")
        if interview.stage == "done":
            whole = report(interview, self.found, self.context.desk.library.decks).whole
            share = f"{100 * whole.share:.0f}%" if whole.of else "–"
            if whole.of:
                text.append_text(share_bar(whole.share, _BAR, ascii=self.context.desk.settings.ascii)).append("  ")
            return text.append_text(
                marked(tell("screens.setup.points", share=share).says(language), share, "bold", "dim")
            )
        reviews = interview.stage == "reviewing"
        where = "screens.setup.to_review" if reviews else "screens.setup.interrupted"
        of = len(interview.again) if reviews else many
        return text.append(tell(where, at=interview.at + 1, of=of).says(language), "bold cyan")

    def _unfinished(self) -> InterviewFile | None:
        return next((one for one in self.shown if one.interview and one.interview.stage != "done"), None)

    def _highlighted(self) -> InterviewFile | None:
        place = self.list.highlighted
        return self.shown[place] if self.list.has_focus and place is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "begin":
                return not self.list.has_focus  # there Enter opens
            case "resume":
                return self._unfinished() is not None
            case "delete":
                chosen = self._highlighted()
                return chosen is not None and chosen.interview is not None
        return True

    def action_resume(self) -> None:
        chosen = self._unfinished()
        if chosen is not None:
            resume_interview(self, chosen.path, replace=True)

    @on(OptionList.OptionSelected, "#past")
    def _opened(self, event: OptionList.OptionSelected) -> None:
        resume_interview(self, self.shown[event.option_index].path, replace=True)

    def action_delete(self) -> None:
        """Delete the chosen interview, if that is meant."""
        chosen = self._highlighted()
        if chosen is None or chosen.interview is None:
            return

        def answered(sure: bool | None) -> None:
            if sure:
                try:
                    chosen.path.unlink(missing_ok=True)
                except OSError as error:
                    say_error(self, error)
                self._look()

        said = text("screens.setup.ask_delete", self.context.language)
        open_screen(self, "ask", f"{said}\n\n{self._row(chosen)}", then=answered)


def _many(questions: int, language: Language) -> str:
    return text("screens.setup.questions", language, n=questions)


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))
