"""The end of a mock interview: its report, to read, to write down as Markdown, and to count as reviews."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quizapp.cards.library import Library
from quizapp.cards.sheet import Block
from quizapp.memory.recorder import Stale
from quizapp.memory.schedule import local_now
from quizapp.study.interview import cards_by_key, mark_again
from quizapp.study.interview_report import report, report_markdown
from quizapp.study.interview_store import KeptInterview, count_as_reviews, write_report
from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import say_error
from quizapp.ui.sittings import open_interview
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.sheet_view import SheetView


class ReportScreen(BaseScreen):
    """Enter goes home; w writes the report; c counts the questions as reviews; i goes back to the marking."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back", "keys.home", id="report.home"),
        Binding("w", "export", "keys.export", id="report.export"),
        Binding("c", "count", "keys.count", id="report.count"),
        Binding("i", "again", "keys.to_review", id="report.again"),
    ]

    def __init__(self, kept: KeptInterview) -> None:
        super().__init__()
        self.kept = kept
        self._sheet = SheetView()

    def compose(self) -> ComposeResult:
        yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self.draw()

    def language_changed(self) -> None:
        self.draw()

    def library_changed(self, was: Library) -> None:
        self.draw()

    def markdown(self) -> str:
        library = self.context.desk.library
        return report_markdown(report(self.kept.interview, cards_by_key(library), library.decks), self.context.shown)

    def draw(self) -> None:
        """The report, below it whether it counts."""
        said = "ui.counted" if self.kept.interview.counted else ""
        if self.check_action("count", ()):
            said = "ui.to_count"
        language, started = self.context.language, self.kept.interview.started
        self._sheet.frame(text("study.report.title", language), f"{started:%Y-%m-%d %H:%M}")
        _, head, *parts = self.markdown().replace("\n\n## ", "\0").replace("\n\n", "\0", 1).split("\0")
        blocks = [Block(head)]
        if said:
            blocks.append(Block(text(said, language, key=self.context.key("report.count", "c")), "small"))
        for part in parts:
            heading, _, rest = part.partition("\n\n")
            blocks += [Block(heading, "label"), Block(rest)]
        self._sheet.show(blocks)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        interview = self.kept.interview
        match action:
            case "count":
                cards = cards_by_key(self.context.desk.library)
                return any(asked.grade and not asked.counted and asked.key in cards for asked in interview.questions)
            case "again":
                return not interview.counted
        return True

    def action_export(self) -> None:
        try:
            path = write_report(self.kept, self.markdown())
        except OSError as error:
            say_error(self, error)
        else:
            self.notify(text("screens.report.written", self.context.language, file=path), timeout=10, markup=False)

    def action_count(self) -> None:
        desk = self.context.desk
        try:
            count_as_reviews(self.kept, cards_by_key(desk.library), desk.recorder, local_now())
        except (OSError, Stale) as error:
            say_error(self, error)
        if self.kept.interview.counted:
            self.notify(text("ui.counted", self.context.language), markup=False)
        self.draw()

    def action_again(self) -> None:
        self.kept.interview = mark_again(self.kept.interview)
        open_interview(self, self.kept, replace=True)
