"""The palette's commands: what the app can do anywhere, and what every key of the screen does."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from textual.app import App, SystemCommand
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.screen import Screen

from quizapp.texts import text
from quizapp.ui import preferences, sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import context
from quizapp.ui.routes import open_screen
from quizapp.ui.wording import action_name


class Command(NamedTuple):
    """What it is called, in one or both languages; what it does, in a line; whether it shows before one types."""

    title: str
    about: str
    run: Callable[[], Any]
    discover: bool = True


class Commands(Provider):
    """Titles are plain text, never markup: decks have titles too."""

    async def discover(self) -> Hits:
        for command in sorted(self._commands()):
            if command.discover:
                yield DiscoveryHit(_shown(command, Content(command.title)), command.run, text=command.title)

    async def search(self, query: str) -> Hits:
        fuzzy = FuzzySearch()
        for command in self._commands():
            score, places = fuzzy.match(query, command.title)
            if score > 0:
                title = Content(command.title)
                for place in places:
                    title = title.stylize(self.match_style or "bold underline", place, place + 1)
                yield Hit(score, _shown(command, title), command.run, text=command.title)

    def _commands(self) -> Iterator[Command]:
        app, language = self.app, context(self.app).language
        taken: set[str] = set()  # in the reader's language: a screen may have translated its own
        titles: list[str] = []  # in English
        for found in app.get_system_commands(self.screen):
            own, english = action_name(found.title, language), action_name(found.title, "en")
            titles.append(english)
            if own not in taken:
                taken.add(own)
                yield Command(_in_both(own, english), action_name(found.help, language), found.callback, found.discover)
        for namespace, binding, enabled, _ in self.screen.active_bindings.values():
            own, english = action_name(binding.description, language), action_name(binding.description, "en")
            longer = any(title.startswith(f"{english} ") for title in titles)  # Edit: Edit this card
            if enabled and binding.id and own and own not in taken and not longer:
                taken.add(own)
                run = partial(app.run_action, binding.action, namespace)
                yield Command(_in_both(own, english), app.get_key_display(binding), run, binding.show)


def everywhere(app: App[Any], screen: Screen[object]) -> Iterator[SystemCommand]:
    """What the palette offers on every screen, and what `screen` adds."""
    here = context(app)

    def opening(name: str, *arguments: object) -> Callable[[], None]:
        return lambda: open_screen(app, name, *arguments)

    yield SystemCommand("keys.language", "ui.palette.language", partial(preferences.turn_language, app))
    yield SystemCommand("keys.settings", "ui.palette.settings", opening("settings"))
    yield SystemCommand("keys.keys", "ui.palette.keys", opening("keys"))
    yield SystemCommand("keys.messages", "ui.palette.messages", opening("log"))
    yield SystemCommand("keys.help", "ui.palette.help", opening("help", screen))
    yield SystemCommand("keys.browse", "ui.palette.browse", opening("browse"))
    yield SystemCommand("keys.statistics", "ui.palette.statistics", opening("stats"))
    if isinstance(screen, BaseScreen):
        yield from screen.commands()
    yield SystemCommand("keys.quiz", "ui.palette.quiz", opening("practise"))
    yield SystemCommand("keys.new_card", "ui.palette.add", opening("add-card"))
    yield SystemCommand("keys.interview", "ui.palette.interview", opening("interview-setup"))
    yield SystemCommand("keys.demos", "ui.palette.demos", opening("lab"))
    yield SystemCommand("keys.readiness", "ui.palette.readiness", opening("readiness"))
    yield SystemCommand("keys.tour", "ui.palette.tour", partial(sittings.take_tour, app))
    for deck in here.desk.library.decks:
        yield SystemCommand(
            text("ui.palette.study", here.language, deck=deck.title),
            text("common.cards", here.language, n=len(deck.cards)),
            partial(sittings.study, app, [deck]),
        )


def _in_both(own: str, english: str) -> str:
    """The title in the reader's language, and in English too, since that is easier to type."""
    return own if own == english else f"{own}  {english}"


def _shown(command: Command, title: Content) -> Content:
    return title if not command.about else title + Content(f"\n  {command.about}").stylize("dim")
