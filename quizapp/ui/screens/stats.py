"""Statistics: what was done, what was recalled, what is to come. Opens at once, and fills as the journals are read."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from quizapp.cards.library import Library
from quizapp.memory.schedule import local_now, study_day
from quizapp.study.statistics import CardFigures, ReviewFigures, card_figures, review_figures
from quizapp.study.teaching import Teaching, teaching
from quizapp.texts import text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.gradual import gradually
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import AROUND, ScrollPanel

_GAP = 3  # cells between the columns


class StatsScreen(BaseScreen):
    """Charts in one column, or two where there is room."""

    DEFAULT_CSS = """
    StatsScreen {
        .stats {
            height: auto;
            padding: 0 1;
            margin: 0 0 1 0;
        }
        #stats-columns {
            height: auto;
            layout: vertical;
        }
        &.-wide #stats-columns {
            layout: horizontal;
            & > Static {
                width: 1fr;
            }
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("b", "browse", "keys.browse_hardest", id="stats.browse")]

    def __init__(self) -> None:
        super().__init__()
        self._panel = ScrollPanel(id="stats")
        self._top, self._left, self._right = (Static(markup=False, classes="stats") for _ in range(3))
        self._figures: ReviewFigures | None = None
        self._cards: CardFigures | None = None
        self._teaching: Teaching | None = None

    def compose(self) -> ComposeResult:
        with self._panel:
            yield self._top
            with Container(id="stats-columns"):
                yield self._left
                yield self._right
        yield KeyBar()

    def on_mount(self) -> None:
        self._top.update(Text(text("screens.stats.reading", self.context.language), "dim"))
        self.call_after_refresh(self._read)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)  # amid the resize its first text would keep the height that it had

    def language_changed(self) -> None:
        self._draw()

    def library_changed(self, was: Library) -> None:
        self._count_cards()
        self._draw()

    def settings_changed(self) -> None:
        self.library_changed(self.context.desk.library)

    def _count_cards(self) -> None:
        desk = self.context.desk
        cards = (card for deck in desk.library.decks for card in deck.cards)
        self._cards = card_figures(cards, desk.standings.all, local_now(), desk.settings.rollover)

    @work(exclusive=True, group="figures")
    async def _read(self) -> None:
        desk = self.context.desk
        desk.standings.refresh()
        self._count_cards()
        reading, today = desk.standings.reading(), study_day(local_now(), desk.settings.rollover)
        self._figures = await gradually(review_figures(reading, today))
        rules, interview = desk.standings.rules, desk.settings.interview
        cards = [card for deck in desk.library.decks for card in deck.cards]
        self._teaching = await gradually(teaching(reading, cards, today, interview, rules))
        self._draw()

    def _draw(self) -> None:
        figures, found, taught, here = self._figures, self._cards, self._teaching, self.context
        self._panel.frame(text("keys.statistics", here.language), f"{figures.today}" if figures else "")
        if figures is None or found is None or taught is None:
            return
        nothing = not figures.reviews and not figures.predictions.asked
        self._top.set_class(nothing, "prose")
        if nothing:
            will_be = text("screens.stats.will_be", here.language, key=here.key("home.study", "Enter"))
            self._top.update(Text(f"{text('screens.stats.nothing', here.language)}\n\n{will_be}"))
            return
        from quizapp.ui.pictures import Pictures

        width = self.size.width - AROUND
        wide = self.has_class("-wide")
        half = (width - _GAP) // 2 if wide else width
        ascii = here.desk.settings.ascii
        whole = Pictures(width, here.shown, here.language, ascii=ascii)
        part = Pictures(half, here.shown, here.language, ascii=ascii)
        calendar = whole.calendar(figures)
        over = [] if wide and max(map(cell_len, calendar.plain.split("\n"))) <= half else [calendar]
        self._top.update(_below(whole.overview(figures), *over))
        pictures = [
            *([] if over else [calendar]),
            part.hardest(found, here.key("stats.browse", "b")),
            part.forecast(found, here.desk.settings.interview),
            part.spent(figures),
            part.states(found),
            part.retention(figures),
            part.by_stability(figures),
            part.teaching(taught),
            part.confidence(figures),
            part.predictions(figures),
        ]
        left, right = _two(pictures) if wide else (pictures, [])
        self._left.update(_below(*left))
        self._right.update(_below(*right))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "browse" or (self._cards is not None and bool(self._cards.hardest))

    def action_browse(self) -> None:
        """Every card, in the order of the hardest."""
        open_screen(self, "browse", None, "", "lapses")


def _two(pictures: Sequence[Text]) -> tuple[list[Text], list[Text]]:
    """Those that are not empty in two columns, each below what is shorter so far."""
    columns: tuple[list[Text], list[Text]] = ([], [])
    heights = [0, 0]
    for picture in filter(None, pictures):
        at = int(heights[1] < heights[0])
        columns[at].append(picture)
        heights[at] += picture.plain.count("\n") + 2
    return columns


def _below(*pictures: Text) -> Text:
    """The pictures that are not empty, a blank line between them."""
    text = Text("\n\n").join([picture for picture in pictures if picture])
    text.no_wrap, text.overflow = True, "ellipsis"
    return text
