"""The palette's commands: what the app can do anywhere, and what every key of the screen does."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from textual.app import App, SystemCommand
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.screen import Screen

from quizapp.ui import preferences, sittings
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import context
from quizapp.ui.labels import label
from quizapp.ui.routes import open_screen
from quizapp.words import Language


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
        commands = list(app.get_system_commands(self.screen))
        for found in commands:
            if (own := label(found.title, language)) not in taken:
                taken.add(own)
                yield Command(
                    _in_both(found.title, language), label(found.help, language), found.callback, found.discover
                )
        for namespace, binding, enabled, _ in self.screen.active_bindings.values():
            title, own = binding.description, label(binding.description, language)
            longer = any(found.title.startswith(f"{title} ") for found in commands)  # Edit: Edit this card
            if enabled and binding.id and title and own not in taken and not longer:
                taken.add(own)
                run = partial(app.run_action, binding.action, namespace)
                yield Command(_in_both(title, language), app.get_key_display(binding), run, binding.show)


def everywhere(app: App[Any], screen: Screen[object]) -> Iterator[SystemCommand]:
    """What the palette offers on every screen, and what `screen` adds."""
    here = context(app)

    def opening(name: str, *arguments: object) -> Callable[[], None]:
        return lambda: open_screen(app, name, *arguments)

    yield SystemCommand("Language", "English, 中文, both", partial(preferences.turn_language, app))
    yield SystemCommand("Settings", "Language, colours, limits, steps, keys", opening("settings"))
    yield SystemCommand("Keys", "Give what a key does another key", opening("keys"))
    yield SystemCommand("Messages", "What was said in this run", opening("log"))
    yield SystemCommand("Help", "Every key of this screen", opening("help", screen))
    yield SystemCommand("Browse", "Every card: search, sort, suspend, flag, edit", opening("browse"))
    yield SystemCommand("Statistics", "Reviews, retention, forecast, calibration", opening("stats"))
    if isinstance(screen, BaseScreen):
        yield from screen.commands()
    yield SystemCommand("Quiz", "A quick quiz, or cramming; the schedule stays as it is", opening("practise"))
    yield SystemCommand("Add a card", "A form for each type, into a deck of yours", opening("add-card"))
    yield SystemCommand("Interview", "A mock interview with a clock and a report", opening("interview-setup"))
    yield SystemCommand("Demos", "Every demo: run it, turn its knobs", opening("lab"))
    yield SystemCommand("Readiness", "The recall to expect on the interview date, and the plan", opening("readiness"))
    yield SystemCommand("Tour", "Two minutes on a real card", partial(sittings.take_tour, app))
    for deck in here.desk.library.decks:
        yield SystemCommand(
            f"{label('Study', here.language)}{label(': ', here.language)}{deck.title.says(here.language)}",
            f"{len(deck.cards)} {label('cards', here.language)}",
            partial(sittings.study, app, [deck]),
        )


def _in_both(title: str, language: Language) -> str:
    """The title in the reader's language, and in English too, since that is easier to type."""
    own = label(title, language)
    return title if own == title else f"{own}  {title}"


def _shown(command: Command, title: Content) -> Content:
    return title if not command.about else title + Content(f"\n  {command.about}").stylize("dim")
