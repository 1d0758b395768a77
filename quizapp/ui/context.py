"""What all of ui may ask for: the desk, the language, the user's keys, trust, the warm server, the search, notices."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from msgspec import Struct
from textual._types import AnimationLevel
from textual.binding import Binding
from textual.dom import DOMNode
from textual.notifications import SeverityLevel

from quizapp.settings import app_language
from quizapp.study.desk import Desk
from quizapp.ui.wording import worded
from quizapp.words import Language, Shown

if TYPE_CHECKING:
    from quizapp.cards.library import Library
    from quizapp.examiner.record import Record
    from quizapp.lab.start import Launcher
    from quizapp.lab.trust import Trust
    from quizapp.study.first_session import FirstSession
    from quizapp.study.search import Index
    from quizapp.ui.watcher import Watcher


class Notice(NamedTuple):
    """A message that the user was shown."""

    at: datetime
    severity: SeverityLevel
    text: str


class Served(Struct, frozen=True):
    """The app is in a browser: no editor opens, nothing more is allowed to run. `code`: what is written there may."""

    code: bool = False


class LeftFirst(NamedTuple):
    """The first session as it was left, when, and what it went by."""

    session: "FirstSession"
    at: datetime
    library: "Library"
    changes: int

    def stands(self, desk: Desk) -> bool:
        """Whether nothing happened since that it does not know."""
        return self.library is desk.library and self.changes == desk.standings.changes


class Context:
    """One for each app, as long as it runs; `context` finds it from any widget."""

    def __init__(self, desk: Desk, key_display: Callable[[Binding], str], served: Served | None = None) -> None:
        self.desk, self.served = desk, served
        self.shown: Shown = desk.settings.shown  # the language of the cards: one, or both
        self.keys: Mapping[str, tuple[str, ...]] = {}  # the user's own, by the id of a binding
        self.picked: dict[str, dict[str, int | str]] = {}  # what a form was last set to, by the id of its heading
        self.turns: dict[str, int] = {}  # in which a card was last asked in a quiz, by its key; in this run
        self.left_first: LeftFirst | None = None  # in this run
        self.typed: dict[
            str, str
        ] = {}  # what was typed and not handed in when a card was left, by its key; in this run
        self.notices: list[Notice] = []  # of this run, the newest last
        self.usual_theme = ""  # ours, or that of TEXTUAL_THEME,
        self.usual_motion: AnimationLevel = "full"  # and Textual's level of animation
        self.watcher: Watcher | None = None  # reads the decks again when a file changes
        self.warm: Launcher | None = None  # has torch loaded, so that a run starts at once
        self._key_display = key_display
        self._trust: Trust | None = None
        self._index: tuple[Library, Index] | None = None

    @property
    def language(self) -> Language:
        """The language of the app's own words; with both shown, that of the locale."""
        return app_language(self.shown)

    @property
    def trust(self) -> "Trust":
        """Which demos may run."""
        if self._trust is None:
            from quizapp.lab.trust import Trust

            self._trust = Trust(self.desk.home.trust, closed=self.served is not None)
        return self._trust

    @cached_property
    def examined(self) -> "Record":
        """What an examiner was asked and said, and where the user's answers may be sent."""
        from quizapp.examiner.record import Record

        return Record(self.desk.home.examiner)

    @property
    def runs_code(self) -> bool:
        """Whether what one writes here may run."""
        return self.served is None or self.served.code

    @property
    def index(self) -> "Index":
        """The cards of the library as it is now, to be searched."""
        if self._index is None or self._index[0] is not self.desk.library:
            from quizapp.study.search import Index

            self._index = self.desk.library, Index(self.desk.library.decks)
        return self._index[1]

    def key(self, binding: str, usual: str) -> str:
        """The key of a binding, for texts that name it; `usual` unless the user changed it."""
        keys = self.keys.get(binding)
        return self._key_display(Binding(keys[0], "")) if keys else usual

    def reload(self) -> None:
        """Read the decks again, now."""
        if self.watcher is not None:
            self.watcher.wake()


class _WithContext(Protocol):
    context: Context


def context(node: DOMNode) -> Context:
    """The context of the app that `node` belongs to."""
    return cast(_WithContext, node.app).context


def say_error(node: DOMNode, error: Exception) -> None:
    """Show what `error` says, for as long as it takes to read."""
    node.app.notify(worded(error, context(node).language), severity="error", timeout=10, markup=False)
