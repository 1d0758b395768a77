"""Every card in the command palette, found as the browse screen finds it."""

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import Hit, Hits, Provider
from textual.content import Content

from quizapp.memory.schedule import local_now
from quizapp.study.search import Catalogue
from quizapp.ui.labels import label
from quizapp.ui.titles import title

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp

_MOST = 30  # the palette makes a widget's line of each
_LEAST = 2  # characters; a single letter is in every card


class CardProvider(Provider):
    """Cards that have every word typed; choosing one opens it."""

    async def search(self, query: str) -> Hits:
        quiz = cast("QuizApp", self.app)
        if len(query.strip()) < _LEAST and query.isascii():
            return
        desk, index = quiz.desk, quiz.index
        catalogue = Catalogue(index, desk.progress.standings, local_now(), desk.settings.rollover)
        for place, i in enumerate(catalogue.find(query, "deck")[:_MOST]):
            card = index.cards[i]
            said = f"{label('Card', quiz.spoken)}: {title(card, quiz.shown)}"
            plain: Any = Content(card.key)  # the palette would take a string for markup
            # below whatever the palette's own commands score
            yield Hit(0.01 - place * 1e-4, Content(said), partial(quiz.browse, card.key), text=said, help=plain)
