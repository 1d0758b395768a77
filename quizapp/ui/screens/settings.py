"""Settings: a row each, turned or typed; what is chosen holds at once and stands in settings.yaml."""

from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static

from quizapp.settings import FIELDS, Field, Settings, choices_of, kind_of, typed, written
from quizapp.texts import Sentence, tell, text
from quizapp.ui import look, preferences
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.editor import edit_file
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.setting_rows import SettingRow, SettingRows
from quizapp.ui.wording import worded

_USUAL_THEMES = (look.DARK, look.LIGHT, look.HIGH_CONTRAST, look.MONOCHROME)


class SettingsScreen(BaseScreen):
    """Left and right turn, Enter types, backspace brings the usual value back."""

    AUTO_FOCUS = "SettingRows"
    once = True
    DEFAULT_CSS = """
    SettingsScreen {
        #settings-about {
            height: auto;
            min-height: 4;
            max-height: 6;
            padding: 1 1 0 1;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "type", "keys.change", show=False, id="settings.change"),
        Binding("backspace", "usual", "keys.usual_value", id="settings.usual"),
        Binding("k", "keys", "keys.keys", id="settings.keys"),
        Binding("E", "edit", "keys.edit_file", id="settings.edit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._head = Static(id="settings-head", markup=False)
        self._rows = SettingRows()
        self._about = Static(id="settings-about", markup=False)
        self._field = Input(id="settings-field")
        self._fault = ""  # of the file
        self._refused = ""  # what was typed just now

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._rows
        yield self._about
        yield self._field
        yield KeyBar()

    def on_mount(self) -> None:
        self._field.display = False
        self._fault = preferences.read_again(self) or ""
        if self._fault:
            self.app.clear_notifications()  # which say the same, over it
        self.language_changed()

    def on_screen_resume(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        if not self.is_mounted:
            return
        self._rows.show([self._row(name) for name in Settings.__struct_fields__])
        self._draw_head()
        self._draw_about()

    def settings_changed(self) -> None:
        self.language_changed()

    def on_resize(self) -> None:
        self.language_changed()

    def _words(self, words: Sentence) -> str:
        return words.says(self.context.language)

    # What is shown

    def _row(self, name: str) -> SettingRow:
        value, field = getattr(self.context.desk.settings, name), field_of(name)
        about = self._words(field.about) if self.size.width >= 110 else ""
        turns = [self._turned(name, step) is not None for step in (-1, 1)]
        return SettingRow(name, self._words(field.title), about, self._said(name, value), *turns)

    def _said(self, name: str, value: Any) -> str:
        """A value as a person reads it."""
        language = self.context.language
        match kind_of(name):
            case "bool":
                return text("screens.settings.on" if value else "screens.settings.off", language)
            case "keys":
                return (
                    text("screens.settings.changed", language, n=len(value))
                    if value
                    else text("screens.settings.unchanged", language)
                )
        if name == "theme":
            return value or f"{self.context.usual_theme}"
        said = written(name, value)
        return ", ".join(said) if isinstance(said, list) else said or text("screens.settings.none", language)

    def _draw_head(self) -> None:
        language = self.context.language
        text = Text().append(tell("screens.settings.title").says(language), "bold")
        text.append(f"   {self.context.desk.home.settings}", "dim")
        if self._fault:
            said = tell("screens.settings.file_stays").says(language)
            text.append(f"\n✗ {self._fault}\n{said}", "bold red")
        self._head.update(text)

    def _draw_about(self) -> None:
        name, language = self._rows.chosen, self.context.language
        if not name:
            return
        text = Text(self._words(field_of(name).about) or name, "none")
        usual = getattr(Settings(), name)
        if kind_of(name) != "keys":
            text.append(
                "\n" + tell("screens.settings.usually", name=name, value=self._said(name, usual)).says(language), "dim"
            )
        if self._refused:
            text.append(f"\n✗ {self._refused}", "bold red")
        self._about.update(text)

    # What is done

    def _turned(self, name: str, step: int) -> Any:
        """The next value of a setting, or None where it does not turn."""
        value, field = getattr(self.context.desk.settings, name), field_of(name)
        match kind_of(name):
            case "bool":
                return None if bool(value) == (step > 0) else step > 0
            case "int" | "number":
                low, high = field.low or 0, field.high if field.high is not None else 10**9
                new = min(high, max(low, round((value + step * field.step) / field.step) * field.step))
                new = int(new) if kind_of(name) == "int" else round(new, 6)
                return None if new == value else new
        choices = self._choices(name)
        place = choices.index(value) + step if value in choices else 0
        return choices[place] if 0 <= place < len(choices) else None

    def _choices(self, name: str) -> list[str]:
        if name == "theme":
            known = self.app.available_themes
            return list(dict.fromkeys(["", *(theme for theme in _USUAL_THEMES if theme in known), *sorted(known)]))
        return list(choices_of(name)) if kind_of(name) == "choice" else []

    def _change(self, name: str, value: Any) -> None:
        self._refused = ""
        self._fault = preferences.change(self, name, value, tell=False)
        self.language_changed()

    @on(SettingRows.Turned)
    def _turn(self, event: SettingRows.Turned) -> None:
        value = self._turned(self._rows.chosen, event.step)
        if value is not None:
            self._change(self._rows.chosen, value)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._refused = ""
        self._draw_about()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_type()

    def action_type(self) -> None:
        """Type the value; what can only be turned goes to its next value, and round."""
        name = self._rows.chosen
        value = getattr(self.context.desk.settings, name)
        if kind_of(name) == "keys":
            self.action_keys()
        elif kind_of(name) == "bool":
            self._change(name, not value)
        elif choices := self._choices(name):
            self._change(name, choices[(choices.index(value) + 1) % len(choices) if value in choices else 0])
        else:
            said = written(name, value)
            self._field.value = ", ".join(said) if isinstance(said, list) else said
            self._field.display = True
            self._field.focus()

    @on(Input.Submitted)
    def _typed(self) -> None:
        name, text = self._rows.chosen, self._field.value.strip()
        if kind_of(name) == "minutes" and not text.startswith("["):
            text = f"[{text}]"
        try:
            value = typed(name, text)
        except ValueError as error:
            self._refused = worded(error, self.context.language)
            self._draw_about()
            return
        self._leave()
        self._change(name, value)

    def _leave(self) -> None:
        self._field.display = False
        self._refused = ""
        self._rows.focus()
        self._draw_about()

    def action_usual(self) -> None:
        if kind_of(self._rows.chosen) != "keys":
            self._change(self._rows.chosen, None)

    def action_keys(self) -> None:
        open_screen(self, "keys")

    def action_edit(self) -> None:
        """The file in the user's editor; what it says then holds."""
        edit_file(self, self.context.desk.home.settings)
        self._fault = preferences.read_again(self) or ""
        self.language_changed()

    def action_back(self) -> None:
        if self._field.display:
            self._leave()
        else:
            self.dismiss()


def field_of(name: str) -> Field:
    """What is known of a setting."""
    return FIELDS[name]
