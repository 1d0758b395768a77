"""A card with all that is known of it: question and answer, how it stands, and, once it was opened, its history."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from rich.segment import Segment
from rich.style import Style
from textual.timer import Timer

from quizapp.cards.card import Card, Choice, Order
from quizapp.cards.sheet import Block, back, front
from quizapp.study.search import hits
from quizapp.texts import text
from quizapp.ui.card_titles import deck_title, to_read
from quizapp.ui.context import Context, context
from quizapp.ui.standing_text import history_blocks, standing_block
from quizapp.ui.widgets.card_lines import CardLines
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.words import clean

_QUIET_S = 0.08  # without another key until a card is laid out


class FullCard(SheetView):
    """Shows one card of `lines`, to read and not to answer; its deck stands in the border. What was searched for is
    marked in what the card says. Of a card that was never asked the answer shows once one asks for it (`hides` it)."""

    DEFAULT_CSS = """
    FullCard > .card--hit {
        color: $text-accent;
        text-style: bold underline;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"card--hit"}

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._opened: tuple[str, list[Block]] | None = None  # the card that was opened, and its history
        self._quiet: Timer | None = None
        self._told = ""  # the key of the card whose answer was asked for
        self.hides = False
        self._sought: Sequence[str] = ()

    def once_quiet(self, show: Callable[[], None]) -> None:
        """Call `show` once no further key follows: a card that is only passed need not be laid out."""
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self.set_timer(_QUIET_S, show)

    def show_card(self, card: Card | None, lines: CardLines) -> None:
        """Show `card` as it stands, with its history if it was opened."""
        here = context(self)
        self._sought = lines.sought
        self._told = self._told if card is not None and card.key == self._told else ""
        self.hides = False
        if card is None:
            self.frame("")
            self.show([])
            return
        self.frame(deck_title(card, here.desk.library, here.shown), self.state)
        standing, rules = here.desk.standings.of(card.key), here.desk.standings.rules
        facts = standing_block(card, standing, lines.today, rules, here.language)
        history = self._opened[1] if self._opened is not None and self._opened[0] == card.key else []
        asks, says = ([to_read(block) for block in side(card, here.shown)] for side in (front, back))
        self.hides = not standing.memory.reps and not self._told
        if self.hides:
            says = [Block(text("ui.unseen", here.language, key=here.key("browse.reveal", "Space")), "small")]
        elif isinstance(card, Choice | Order):
            asks = asks[:1]  # choices come once, with what is said of them, and items in their order
        self.show([*_stale(here, card), *asks, facts], (*says, *history))
        self.scroll_home(animate=False)

    def tell(self, card: Card, lines: CardLines) -> None:
        """Show its answer, though it was never asked."""
        self._told = card.key
        self.show_card(card, lines)

    def _rendered(self, block: Block, plain: bool) -> list[list[Segment]]:
        """As it is, with what was searched for marked: also where a line breaks within it. Not in what is ours."""
        rendered = super()._rendered(block, plain)
        if not self._sought or block.kind in ("small", "label"):
            return rendered
        lines = ["".join(segment.text for segment in line).rstrip() for line in rendered]
        found = hits("\n".join(lines), self._sought)
        return _styled(rendered, lines, found, self.get_component_rich_style("card--hit", partial=True))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("scroll_left", "scroll_right")  # nothing is that wide: they are the screen's

    def open_card(self, card: Card, lines: CardLines) -> None:
        """Show `card`, and below it its history once that is read from the journals."""
        if self._quiet is not None:
            self._quiet.stop()
        self._opened = card.key, []
        self.show_card(card, lines)
        self.screen.run_worker(self._read_history(card, lines), exclusive=True, group="history")

    async def _read_history(self, card: Card, lines: CardLines) -> None:
        from quizapp.ui.gradual import gradually

        here = context(self)
        past = await gradually(here.desk.standings.reading().history(card.key))
        if past is not None and self._opened is not None and self._opened[0] == card.key:
            self._opened = card.key, history_blocks(past, lines.now, here.language)
            scrolled = self.scroll_y
            self.show_card(card, lines)
            self.scroll_to(y=scrolled, animate=False)


def _stale(here: Context, card: Card) -> list[Block]:
    """That its entry cannot be read now: where, why, and what to do; empty if it can."""
    fault = here.desk.library.fault_of(card)
    if fault is None:
        return []
    said = replace(fault, file=Path(fault.file.name)).says(here.language)
    key = here.key("browse.edit", "E")
    return [Block(text("screens.browse.stale", here.language, fault=clean(said), key=key), "remark", sign="!")]


def _styled(
    rendered: list[list[Segment]], lines: Sequence[str], spans: Sequence[tuple[int, int]], style: Style
) -> list[list[Segment]]:
    """The rendered lines with `style` over these spans of `lines`, which are their texts, one after the other."""
    found, start = list(rendered), 0
    for y, line in enumerate(lines):
        here = [(max(0, a - start), min(len(line), b - start)) for a, b in spans if a < start + len(line) and b > start]
        if here:
            found[y] = _over(rendered[y], here, style)
        start += len(line) + 1
    return found


def _over(line: Sequence[Segment], spans: Sequence[tuple[int, int]], style: Style) -> list[Segment]:
    """A line with `style` over some spans of its text."""
    edges = sorted({edge for span in spans for edge in span})
    found, place = [], 0
    for segment in line:
        end = place + len(segment.text)
        cuts = [place, *(edge for edge in edges if place < edge < end), end]
        for a, b in pairwise(cuts):
            hit = any(start <= a and b <= stop for start, stop in spans)
            own = segment.style or Style.null()
            found.append(Segment(segment.text[a - place : b - place], own + style if hit else own, segment.control))
        place = end
    return found
