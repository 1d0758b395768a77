"""Settings: a form; what is chosen holds at once and stands in settings.yaml."""

from importlib.util import find_spec
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Switch

from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import check_key_name, read_address
from quizapp.install_hint import hint
from quizapp.settings import ASKED, FIELDS, Settings, choices_of, kind_of, typed, written
from quizapp.texts import Sentence, text
from quizapp.ui import look, preferences
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.editor import edit_file
from quizapp.ui.routes import open_screen
from quizapp.ui.widgets.controls import OneOf, OnOff, ValueLine
from quizapp.ui.widgets.form import Form, FormRows
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import Panes, TextPanel
from quizapp.ui.wording import worded

_FIRST = 14  # settings that are there with the first picture: as many as 24 lines show; the others come with the next
_USUAL_THEMES = (look.DARK, look.LIGHT, look.HIGH_CONTRAST, look.MONOCHROME)


class SettingsScreen(BaseScreen):
    """What is typed holds from Enter, or from where one leaves it; backspace brings the usual value back."""

    once = True
    DEFAULT_CSS = """
    SettingsScreen {
        align-horizontal: center;
        #settings-fault, Panes {
            max-width: 130;
        }
        #settings-fault {
            max-height: 8;
            color: $text-error;
        }
        Panes > Form {
            height: 1fr;
        }
        #settings-about {
            min-height: 4;
            max-height: 8;
        }
        &.-wide Panes > Form {
            width: 76;
            height: auto;
            max-height: 100%;
        }
        &.-wide #settings-about {
            width: 1fr;
            max-height: 100%;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "usual", "keys.usual_value", id="settings.usual"),
        Binding("k", "keys", "keys.keys", id="settings.keys"),
        Binding("E", "edit", "keys.edit_file", id="settings.edit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._form, self._rows = Form(), FormRows()
        self._controls: dict[str, Widget] = {}
        self._file = TextPanel(id="settings-fault", markup=False)
        self._about = TextPanel(id="settings-about", markup=False)
        self._room = 0, 0  # cells and lines of what is said about the setting in hand
        self._fault = ""  # of the file
        self._refused: dict[str, str] = {}  # what was typed, and why it is not taken, by the name of the setting

    def compose(self) -> ComposeResult:
        self._fault = preferences.read_again(self) or ""
        yield self._file
        with Panes():
            with self._form, self._rows:
                self._rows.styles.min_height = len(ASKED)
                yield from self._more_controls(_FIRST)
            yield self._about
        yield KeyBar()

    def _more_controls(self, count: int) -> list[Widget]:
        """The controls of so many settings that have none yet."""
        more = {name: self._control(name) for name in ASKED[len(self._controls) :][:count]}
        self._controls.update(more)
        return list(more.values())

    async def _complete(self) -> None:
        if self._rows.is_attached:
            await self._rows.mount(*self._more_controls(len(ASKED)))
            self.language_changed()

    def on_mount(self) -> None:
        self.call_after_refresh(self._complete)
        if self._fault:
            self.app.clear_notifications()  # which say the same, over it

    def on_screen_resume(self) -> None:
        self.language_changed()

    def settings_changed(self) -> None:
        self.language_changed()

    def language_changed(self) -> None:
        """Every control as the settings are now."""
        if not self.is_mounted:
            return
        for name, control in self._controls.items():
            value = getattr(self.context.desk.settings, name)
            match control:
                case OneOf():
                    control.offer(self._choices(name), value or self._usual(name))
                case OnOff():
                    with control.prevent(Switch.Changed):
                        control.value = value
                case ValueLine():
                    control.hold(_line(name, value))
                    control.placeholder = self._said(name, getattr(Settings(), name))
                case Button():
                    control.label = Content(self._said(name, value))
        language = self.context.language
        self._form.frame(text("screens.settings.title", language), key=str(self.context.desk.home.settings))
        self._rows.show({name: (self._words(FIELDS[name].title), "") for name in ASKED})
        self._draw_fault()
        self._draw_about()

    # What is shown

    def _control(self, name: str) -> Widget:
        value = getattr(self.context.desk.settings, name)
        match kind_of(name):
            case "bool":
                return OnOff(name, value)
            case "text" if name != "theme":
                return ValueLine(name, value)
            case "choice" | "text":
                return OneOf(name, self._choices(name), value or self._usual(name))
            case "keys":
                return Button(compact=True, name=name)
            case "int":
                return ValueLine(name, _line(name, value), type="integer")
            case "number":
                return ValueLine(name, _line(name, value), type="number")
        return ValueLine(name, _line(name, value))

    def _words(self, words: Sentence) -> str:
        return words.says(self.context.language)

    def _usual(self, name: str) -> str:
        """What an empty value stands for."""
        return self.context.usual_theme if name == "theme" else ""

    def _choices(self, name: str) -> dict[str, str]:
        if kind_of(name) == "choice":
            return {value: text(f"settings.is.{value}", self.context.language) for value in choices_of(name)}
        known, value = self.app.available_themes, getattr(self.context.desk.settings, name)
        first = (self._usual(name), *(theme for theme in _USUAL_THEMES if theme in known))
        return {theme: theme for theme in (*first, *sorted(known), value) if theme}

    def _said(self, name: str, value: Any) -> str:
        """A value as a person reads it."""
        language = self.context.language
        match kind_of(name):
            case "bool":
                return text("screens.settings.on" if value else "screens.settings.off", language)
            case "choice":
                return self._choices(name)[value]
            case "keys" if value:
                return text("screens.settings.changed", language, n=len(value))
            case "keys":
                return text("screens.settings.unchanged", language)
        return _line(name, value) or self._usual(name) or text("screens.settings.none", language)

    def _draw_fault(self) -> None:
        language = self.context.language
        self._file.display = bool(self._fault)
        if self._fault:
            self._file.frame(self.context.desk.home.settings.name)
            self._file.update(f"✗ {self._fault}\n{text('screens.settings.file_stays', language)}")

    def _draw_about(self) -> None:
        name, language = self._in_hand, self.context.language
        if not name:
            return
        self._about.frame(self._words(FIELDS[name].title), name)
        said = Text(self._words(FIELDS[name].about))
        if kind_of(name) != "keys":
            typing = isinstance(self._controls[name], ValueLine)
            usually = "screens.settings.usually_empty" if typing else "screens.settings.usually"
            usual = self._said(name, getattr(Settings(), name))
            said.append("\n" + text(usually, language, value=usual), "dim")
        if name == "examiner_address" and find_spec("httpx") is None:
            said.append("\n" + text("screens.settings.needs_extra", language, command=hint("examiner")), "dim")
        if name in self._refused:
            said.append(f"\n✗ {self._refused[name]}", "bold red")
        width = self._about.content_size.width
        room = width, len(said.wrap(self.app.console, width)) if width else 0
        self._about.update(said, layout=room != self._room)  # no layout per key
        self._room = room

    # What is done

    @property
    def _in_hand(self) -> str:
        """The setting that the keys go to, or ""."""
        around = self.focused.ancestors_with_self if self.focused is not None else ()
        return next((node.name or "" for node in around if node.parent is self._rows), "")

    @on(events.DescendantFocus)
    def _another(self) -> None:
        self._draw_about()

    def _change(self, name: str, value: Any) -> None:
        self._refuse(name, "")
        self._fault = preferences.change(self, name, value, tell=False)
        self._rows.saved(name, "" if self._fault else text("screens.settings.saved", self.context.language))
        self.language_changed()

    def _refuse(self, name: str, why: str) -> None:
        self._refused.pop(name, None)
        if why:
            self._refused[name] = why
        self._rows.say(name, text("screens.settings.not_taken", self.context.language) if why else "")
        self._draw_about()

    @on(Form.Chosen)
    def _chosen(self, event: Form.Chosen) -> None:
        name, value = event.name, event.value
        holds = getattr(self.context.desk.settings, name)
        if value != (holds if kind_of(name) == "bool" else holds or self._usual(name)):
            self._change(name, None if value == self._usual(name) else value)

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_keys()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self._take(event.input)
        event.input.action_select_all()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        self._take(event.input)

    def _take(self, line: Input) -> None:
        """Let what was typed hold; nothing means the usual value."""
        name, said = line.name or "", line.value.strip()
        if not isinstance(line, ValueLine) or said == line.held:
            return
        if kind_of(name) == "minutes" and said and not said.startswith("["):
            said = f"[{said}]"
        try:
            if name == "examiner_key":
                check_key_name(said)  # first: it may be the key itself, which no sentence is to repeat
            value = typed(name, said) if said else None
            if name == "examiner_address" and value:
                read_address(value)
        except (ValueError, ExaminerFault) as error:
            self._refuse(name, worded(error, self.context.language))
            return
        line.held = ""  # so that what holds now is written as it always is
        self._change(name, value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "usual" or isinstance(self.focused, OneOf | OnOff)

    def action_usual(self) -> None:
        self._change(self._in_hand, None)

    def action_keys(self) -> None:
        open_screen(self, "keys")

    def action_edit(self) -> None:
        """The file in the user's editor; what it says then holds."""
        edit_file(self, self.context.desk.home.settings)
        self._fault = preferences.read_again(self) or ""
        self.language_changed()

    def action_back(self) -> None:
        """What is being typed is dropped first."""
        line = self.focused
        if isinstance(line, ValueLine) and line.value.strip() != line.held:
            line.begin(line.held)
            self._refuse(self._in_hand, "")
        else:
            self.dismiss()


def _line(name: str, value: Any) -> str:
    """A value in one line, as one types it."""
    said = written(name, value)
    return ", ".join(said) if isinstance(said, list) else str(said)
