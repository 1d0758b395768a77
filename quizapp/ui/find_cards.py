"""Every card in the command palette, found as the browse screen finds it."""

from functools import partial
from typing import Any

from textual.command import Hit, Hits, Provider
from textual.content import Content

from quizapp.memory.schedule import local_now
from quizapp.study.search import Catalogue
from quizapp.texts import text
from quizapp.ui.card_titles import card_title
from quizapp.ui.context import context
from quizapp.ui.routes import open_screen

_MOST = 30  # the palette makes a widget's line of each
# What a card is worth beside a command (`palette.rank`): one that is called what was typed comes before any command but
# such a one, one that has it after those that have it in their names.
_EXACT, _FOUND = 0.85, 0.4
_LEAST = 2  # characters; a single letter is in every card


class CardProvider(Provider):
    """Cards that have every word typed; choosing one opens it."""

    async def search(self, query: str) -> Hits:
        if len(query.strip()) < _LEAST and query.isascii():
            return
        here = context(self.screen)
        desk, index = here.desk, here.index
        catalogue = Catalogue(index, desk.standings.all, local_now(), desk.settings)
        for place, i in enumerate(catalogue.find(query, "deck")[:_MOST]):
            card = index.cards[i]
            title = card_title(card, here.shown)
            said = text("ui.palette.card", here.language, title=title)
            plain: Any = Content(card.key)  # the palette would take a string for markup
            exact = query.strip().lower() in (card.key.lower(), card.id.lower(), title.lower())
            yield Hit(
                _EXACT if exact else _FOUND - place * 1e-3,
                Content(said),
                partial(open_screen, self.app, "browse", card.key),
                text=said,
                help=plain,
            )
