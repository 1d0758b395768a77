"""The settings at work in the app: read, let hold at once, changed and kept."""

from typing import Any

from msgspec.structs import replace
from textual.app import App
from textual.dom import DOMNode

from quizapp.settings import Settings
from quizapp.settings_file import SettingsError, read_settings, save_setting
from quizapp.study.desk import rules_of
from quizapp.texts import tell, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.context import context
from quizapp.ui.wording import reason, worded
from quizapp.words import LANGUAGES, Shown

_NEXT_LANGUAGE: dict[Shown, Shown] = {"en": "zh", "zh": "both", "both": "en"}


def adopt(app: App[Any], settings: Settings) -> None:
    """Let `settings` hold from now on, on every screen."""
    here = context(app)
    was, here.desk = here.desk.settings, replace(here.desk, settings=settings)
    here.desk.standings.use_rules(rules_of(settings))
    if settings.language != was.language and settings.shown != here.shown:
        show_language(app, settings.shown)
    dress(app, settings)
    if settings.keys != was.keys:
        take_keys(app, settings)
    for screen in app.screen_stack:
        if isinstance(screen, BaseScreen):
            screen.settings_changed()
            screen.refresh_bindings()


def turn_language(node: DOMNode) -> None:
    """Show the next of English, Chinese and both; and say in each how one gets back, whoever cannot read the other."""
    here = context(node)
    key = here.key("app.language", "l")
    said = [text("ui.next_language", language, key=key) for language in LANGUAGES]
    node.app.notify(" · ".join(said), timeout=6, markup=False)
    change(node, "language", _NEXT_LANGUAGE[here.shown])


def show_language(app: App[Any], shown: Shown) -> None:
    """Show cards in `shown`, on every screen; the settings stay as they are."""
    context(app).shown = shown
    for screen in app.screen_stack:
        if isinstance(screen, BaseScreen):
            screen.language_changed()
    app.refresh(layout=True)


def dress(app: App[Any], settings: Settings) -> None:
    """Colours, characters and motion."""
    known, here = app.available_themes, context(app)
    if settings.theme and settings.theme not in known:
        from difflib import get_close_matches

        near = get_close_matches(settings.theme, known, 1)
        hint = tell("ui.settings.mean", near=near[0]) if near else tell("ui.settings.themes")
        what = tell("ui.settings.no_theme", theme=settings.theme, hint=hint)
        app.notify(text("ui.settings.says", here.language, what=what), severity="warning", markup=False)
    else:
        app.theme = settings.theme or here.usual_theme
    app.animation_level = here.usual_motion if settings.motion else "none"
    if settings.ascii != app.has_class("-ascii"):
        app.set_class(settings.ascii, "-ascii")
        app.refresh_css(animate=False)
        for screen in app.screen_stack:
            for node in screen.walk_children(with_self=True):
                node.refresh(layout=True)


def take_keys(app: App[Any], settings: Settings) -> None:
    """Go by the user's keys. What is wrong with them is said once the rest is there."""
    here = context(app)
    here.keys = {}
    if settings.keys:
        from quizapp.ui.keymap import read_keys

        here.keys, faults = read_keys(settings.keys)
        for fault in faults:
            app.notify(text("ui.settings.says", here.language, what=fault), severity="error", timeout=10, markup=False)


def examine_keys(app: App[Any]) -> None:
    """Say which of the user's keys mean nothing, and which mean two things at once."""
    from quizapp.ui.keymap import clashes, unknown

    here = context(app)
    for fault in unknown(here.desk.settings.keys):
        app.notify(text("ui.settings.says", here.language, what=fault), severity="error", timeout=10, markup=False)
    for clash in clashes(here.keys)[:3]:
        said = text("ui.settings.clash", here.language, key=clash.key, first=clash.first, second=clash.second)
        app.notify(said, severity="warning", timeout=10, markup=False)


def read_again(node: DOMNode) -> str | None:
    """Take what the file says now; what is wrong with it, if something is."""
    here = context(node)
    try:
        settings, fault = read_settings(here.desk.home.settings), None
    except SettingsError as error:
        settings, fault = error.settings, worded(error, here.language)
    if settings != here.desk.settings:
        adopt(node.app, settings)
    return fault


def change(node: DOMNode, name: str, value: Any, *below: str, tell: bool = True) -> str:
    """Let a setting hold from now on (`below`: one entry of it; None: the usual value), and write it. What kept it from
    being written, or ""; the user is told, unless the caller does."""
    app, here = node.app, context(node)
    settings = here.desk.settings
    if below:
        keys = {of: keys for of, keys in settings.keys.items() if of != below[0]}
        meant: Any = keys if value is None else {**keys, below[0]: tuple(value)}
        value = value[0] if value is not None and len(value) == 1 else value
    else:
        meant = getattr(Settings(), name) if value is None else value
    adopt(app, replace(settings, **{name: meant}))
    path = here.desk.home.settings
    try:
        save_setting(path, name, value, *below)
    except (OSError, SettingsError) as error:
        wrong = worded(error, here.language)
        if isinstance(error, OSError):
            wrong = text("ui.cannot_write", here.language, file=path.name, why=reason(error))
        said = text("ui.settings.only_now", here.language, why=wrong)
        if tell and (not here.notices or here.notices[-1].text != said):
            app.notify(said, severity="warning", timeout=10, markup=False)
        return wrong
    return ""
