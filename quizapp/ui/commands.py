"""The palette's commands: what the app can do anywhere, and what every key of the screen does."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple, cast

from textual.app import SystemCommand
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.screen import Screen

from quizapp.ui.app import QuizApp
from quizapp.ui.labels import label
from quizapp.ui.screens.base import BaseScreen


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
        app = cast(QuizApp, self.app)
        spoken = app.spoken
        taken: set[str] = set()  # in the reader's language: a screen may have translated its own
        commands = list(app.get_system_commands(self.screen))
        for found in commands:
            if (own := label(found.title, spoken)) not in taken:
                taken.add(own)
                yield Command(_in_both(found.title, spoken), label(found.help, spoken), found.callback, found.discover)
        for namespace, binding, enabled, _ in self.screen.active_bindings.values():
            title, own = binding.description, label(binding.description, spoken)
            longer = any(found.title.startswith(f"{title} ") for found in commands)  # Edit: Edit this card
            if enabled and binding.id and title and own not in taken and not longer:
                taken.add(own)
                run = partial(app.run_action, binding.action, namespace)
                yield Command(_in_both(title, spoken), app.get_key_display(binding), run, binding.show)


def everywhere(app: QuizApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """What the palette offers on every screen, and what `screen` adds."""
    yield SystemCommand("Language", "English, 中文, both", app.action_language)
    yield SystemCommand("Settings", "Language, colours, limits, steps, keys", app.open_settings)
    yield SystemCommand("Keys", "Give what a key does another key", app.open_keys)
    yield SystemCommand("Messages", "What was said in this run", app.action_log)
    yield SystemCommand("Help", "Every key of this screen", app.action_help)
    yield SystemCommand("Browse", "Every card: search, sort, suspend, flag, edit", app.browse)
    yield SystemCommand("Statistics", "Reviews, retention, forecast, calibration", app.open_stats)
    if isinstance(screen, BaseScreen):
        yield from screen.commands()
    yield SystemCommand("Quiz", "A quick quiz, or cramming; the schedule stays as it is", app.choose_quiz)
    yield SystemCommand("Add a card", "A form for each type, into a deck of yours", app.add_card)
    yield SystemCommand("Interview", "A mock interview with a clock and a report", app.choose_interview)
    yield SystemCommand("Demos", "Every demo: run it, turn its knobs", app.open_lab)
    yield SystemCommand("Readiness", "The recall to expect on the interview date, and the plan", app.open_readiness)
    yield SystemCommand("Tour", "Two minutes on a real card", app.take_tour)
    for deck in app.desk.library.decks:
        yield SystemCommand(
            f"{label('Study', app.spoken)}{label(': ', app.spoken)}{deck.title.says(app.spoken)}",
            f"{len(deck.cards)} {label('cards', app.spoken)}",
            lambda deck=deck: app.study([deck]),
        )


def _in_both(title: str, spoken: Any) -> str:
    """The title in the reader's language, and in English too, since that is easier to type."""
    own = label(title, spoken)
    return title if own == title else f"{own}  {title}"


def _shown(command: Command, title: Content) -> Content:
    return title if not command.about else title + Content(f"\n  {command.about}").stylize("dim")
