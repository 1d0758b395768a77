"""A card with all that is known of it: question and answer, how it stands, and, once it was opened, its history."""

from collections.abc import Callable

from textual.timer import Timer

from quizapp.cards.card import Card, Choice
from quizapp.cards.sheet import Block, back, front
from quizapp.ui.card_titles import deck_title, to_read
from quizapp.ui.context import context
from quizapp.ui.standing_text import history_blocks, standing_block
from quizapp.ui.widgets.card_lines import CardLines
from quizapp.ui.widgets.sheet_view import SheetView

_QUIET_S = 0.08  # without another key until a card is laid out


class FullCard(SheetView):
    """Shows one card of `lines`, to read and not to answer; its deck stands in the border."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._opened: tuple[str, list[Block]] | None = None  # the card that was opened, and its history
        self._quiet: Timer | None = None

    def once_quiet(self, show: Callable[[], None]) -> None:
        """Call `show` once no further key follows: a card that is only passed need not be laid out."""
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self.set_timer(_QUIET_S, show)

    def show_card(self, card: Card | None, lines: CardLines) -> None:
        """Show `card` as it stands, with its history if it was opened."""
        here = context(self)
        if card is None:
            self.frame("")
            self.show([])
            return
        self.frame(deck_title(card, here.desk.library, here.shown), self.state)
        standing, rules = here.desk.standings.of(card.key), here.desk.standings.rules
        facts = standing_block(card, standing, lines.today, lines.now, rules, here.language)
        history = self._opened[1] if self._opened is not None and self._opened[0] == card.key else []
        asks, says = ([to_read(block) for block in side(card, here.shown)] for side in (front, back))
        if isinstance(card, Choice):
            asks = asks[:1]  # the choices come once, with what is said of them
        self.show([*asks, facts], (*says, *history))
        self.scroll_home(animate=False)

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
