"""The settings at work in the app: read, let hold at once, changed and kept."""

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from quizapp.settings import Settings, SettingsError, read_settings, save_setting
from quizapp.ui.labels import label
from quizapp.ui.screens.base import BaseScreen

if TYPE_CHECKING:
    from quizapp.ui.app import QuizApp


def adopt(app: "QuizApp", settings: Settings) -> None:
    """Let `settings` hold from now on, on every screen."""
    was, app.desk = app.desk.settings, replace(app.desk, settings=settings)
    app.desk.progress.settle(settings.rules())
    if settings.language != was.language and settings.shown != app.shown:
        app.show_language(settings.shown)
    dress(app, settings)
    if settings.keys != was.keys:
        take_keys(app, settings)
    for screen in app.screen_stack:
        if isinstance(screen, BaseScreen):
            screen.settings_changed()
            screen.refresh_bindings()


def dress(app: "QuizApp", settings: Settings) -> None:
    """Colours, characters and motion."""
    known = app.available_themes
    if settings.theme and settings.theme not in known:
        from difflib import get_close_matches

        near = get_close_matches(settings.theme, known, 1)
        hint = f"Did you mean {near[0]}?" if near else "Ctrl+P, Theme lists them."
        app.notify(f"settings.yaml: there is no theme {settings.theme}. {hint}", severity="warning", markup=False)
    else:
        app.theme = settings.theme or app.usual_theme
    app.animation_level = app.usual_motion if settings.motion else "none"
    if settings.ascii != app.has_class("-ascii"):
        app.set_class(settings.ascii, "-ascii")
        app.refresh_css(animate=False)
        for screen in app.screen_stack:
            for node in screen.walk_children(with_self=True):
                node.refresh(layout=True)


def take_keys(app: "QuizApp", settings: Settings) -> None:
    """Go by the user's keys. What is wrong with them is said once the rest is there."""
    app.keys = {}
    if settings.keys:
        from quizapp.ui.keys import read_keys

        app.keys, faults = read_keys(settings.keys)
        for fault in faults:
            app.notify(f"settings.yaml: {fault}", severity="error", timeout=10, markup=False)


def examine_keys(app: "QuizApp") -> None:
    """Say which of the user's keys mean nothing, and which mean two things at once."""
    from quizapp.ui.keys import clashes, unknown

    for fault in unknown(app.desk.settings.keys):
        app.notify(f"settings.yaml: {fault}", severity="error", timeout=10, markup=False)
    for clash in clashes(app.keys)[:3]:
        said = label(
            "Key {} is both {} and {}: only one of them answers to it. Change one in the settings.", app.spoken
        )
        app.notify(said.format(*clash), severity="warning", timeout=10, markup=False)


def reread(app: "QuizApp") -> str | None:
    """Take what the file says now; what is wrong with it, if something is."""
    try:
        settings, fault = read_settings(app.desk.home.settings), None
    except SettingsError as error:
        settings, fault = error.settings, str(error)
    if settings != app.desk.settings:
        adopt(app, settings)
    return fault


def change(app: "QuizApp", name: str, value: Any, *below: str, tell: bool = True) -> str:
    """Let a setting hold from now on (`below`: one entry of it; None: the usual value), and write it. What kept it from
    being written, or ""; the user is told, unless the caller does."""
    settings = app.desk.settings
    if below:
        keys = {of: keys for of, keys in settings.keys.items() if of != below[0]}
        meant: Any = keys if value is None else {**keys, below[0]: tuple(value)}
        value = value[0] if value is not None and len(value) == 1 else value
    else:
        meant = getattr(Settings(), name) if value is None else value
    adopt(app, replace(settings, **{name: meant}))
    path = app.desk.home.settings
    try:
        save_setting(path, name, value, *below)
    except (OSError, SettingsError) as error:
        wrong = (
            f"{path.name} cannot be written: {error.strerror or error}." if isinstance(error, OSError) else str(error)
        )
        said = f"{wrong} {label('The change holds until you quit, and is not written.', app.spoken)}"
        if tell and (not app.messages or app.messages[-1].text != said):
            app.notify(said, severity="warning", timeout=10, markup=False)
        return wrong
    return ""
