"""The end of a mock interview: its report, to read, to study from, and to write down as Markdown."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp.cards.library import Library
from quizapp.cards.sheet import Block
from quizapp.memory.schedule import local_now
from quizapp.study.interview import cards_by_key
from quizapp.study.interview_marks import mark_again
from quizapp.study.interview_page import (
    examiner_line,
    how_sure,
    report_head,
    report_markdown,
    report_sections,
    verdict_rule,
)
from quizapp.study.interview_report import Report, report, trend
from quizapp.study.interview_store import KeptInterview, interview_files, take_back, write_report
from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import say_error
from quizapp.ui.sittings import count_interview, open_interview, study_these
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.sheet_view import SheetView


class ReportScreen(BaseScreen):
    """Enter goes home; s studies what lacked something; w writes the report; u takes back that its questions count as
    reviews, c counts them; i goes back to the marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "home", "keys.home", id="report.home"),
        Binding("s", "study", "keys.study_these", id="report.study"),
        Binding("w", "export", "keys.export", id="report.export"),
        Binding("c", "count", "keys.count", id="report.count"),
        Binding("u", "undo", "keys.undo", id="report.undo"),
        Binding("i", "again", "keys.to_review", id="report.again"),
    ]

    def __init__(self, kept: KeptInterview) -> None:
        super().__init__()
        self.kept = kept
        self._sheet = SheetView()
        self._found: Report | None = None

    def compose(self) -> ComposeResult:
        yield self._sheet
        yield KeyBar()

    def on_screen_resume(self) -> None:
        self.look()

    def language_changed(self) -> None:
        self.draw()

    def library_changed(self, was: Library) -> None:
        self.look()

    def look(self) -> None:
        """Find out how it went, among the interviews there were."""
        library = self.context.desk.library
        cards = cards_by_key(library)
        there = [one.interview for one in interview_files(self.context.desk.home.interviews) if one.interview]
        self._found = report(self.kept.interview, cards, library.decks, trend(there, cards, library.decks))
        self.draw()

    @property
    def found(self) -> Report:
        assert self._found is not None
        return self._found

    def draw(self) -> None:
        """The report; below its head what to do next, and whether it counts."""
        language, shown, interview = self.context.language, self.context.shown, self.kept.interview
        self._sheet.frame(text("study.report.title", language), f"{interview.started:%Y-%m-%d %H:%M}")
        blocks = [Block(report_head(self.found, shown))]
        if self.check_action("study", ()):
            blocks.append(Block(self._next()))
        if said := how_sure(self.found, shown):
            blocks.append(Block(said))
        small = (verdict_rule(self.found, shown), self._counts(), examiner_line(self.found, shown))
        blocks += [Block(said, "small") for said in small if said]
        for heading, said in report_sections(self.found, shown):
            blocks += [Block(heading, "label"), Block(said)]
        self._sheet.show(blocks)
        self.refresh_bindings()

    def _next(self) -> str:
        """What to do now."""
        language, key = self.context.language, self.context.key("report.study", "s")
        wrong = any(one.sure_and_wrong for one in self.found.whole.outcomes)
        id = "screens.report.study_sure" if wrong else "screens.report.study"
        return text(id, language, n=len(self.found.lacking), key=f"**{key}**")

    def _counts(self) -> str:
        """How many of its questions are reviews, and how that is changed."""
        language, interview = self.context.language, self.kept.interview
        if interview.counted:
            undo = self.context.key("report.undo", "u") if self.check_action("undo", ()) else ""
            said = "screens.report.counted" if undo else "screens.report.counts"
            return text(said, language, n=interview.counted, key=undo)
        key, n = self.context.key("report.count", "c"), self._to_count
        return text("ui.to_count", language, n=n, key=key) if n else ""

    @property
    def _to_count(self) -> int:
        """How many of its questions may become reviews."""
        cards = cards_by_key(self.context.desk.library)
        return sum(one.counts and not one.counted and one.key in cards for one in self.kept.interview.questions)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "count":
                return self._to_count > 0
            case "undo":
                return any(one.counted and one.event for one in self.kept.interview.questions)
            case "study":
                return bool(self._found and self._found.lacking)
            case "again":
                return not self.kept.interview.counted
        return True

    def action_study(self) -> None:
        study_these(self, self.found.lacking)

    def action_export(self) -> None:
        try:
            path = write_report(self.kept, report_markdown(self.found, self.context.shown))
        except OSError as error:
            say_error(self, error)
        else:
            said = text("screens.report.written", self.context.language, file=path.name, folder=path.parent)
            self.notify(said, timeout=6, markup=False)

    def action_count(self) -> None:
        count_interview(self, self.kept)
        self.draw()

    def action_undo(self) -> None:
        try:
            take_back(self.kept, self.context.desk.recorder, local_now())
        except OSError as error:
            say_error(self, error)
        self.draw()

    def action_again(self) -> None:
        self.kept.interview = mark_again(self.kept.interview)
        open_interview(self, self.kept, replace=True)
