"""The user's settings: `settings.yaml` in the home, every key optional.

A setting is a field of `Settings`; its type says how it is read, `FIELDS` what it may be and what it does. Both the
file and the screen go through `typed`, so that both refuse a value with the same sentence.
"""

import difflib
import os
import re
import stat
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from quizapp.memory.schedule import Rules
from quizapp.words import Shown, Words, clean

_MOST_BYTES = 1_000_000
Kind = Literal["bool", "int", "number", "minutes", "choice", "date", "keys", "text"]


class Settings(msgspec.Struct, frozen=True):
    """`new_per_day` and `reviews_per_day` hold for each deck, and for all together; `interview` is the date to be ready
    by, and with `follow_plan` the plan up to it says how many new cards a day each deck gives; `keys` are by the id of
    a binding, in Textual's names."""

    language: Literal["auto", "en", "zh", "both"] = "auto"
    theme: str = ""
    ascii: bool = False
    motion: bool = True
    new_per_day: int = 20
    reviews_per_day: int = 200
    learn_ahead_minutes: int = 20
    rollover: int = 4
    retention: float = 0.9
    learning_steps: tuple[float, ...] = (1, 10)
    relearning_steps: tuple[float, ...] = (10,)
    confidence: bool = False
    timer: bool = True
    tour: Literal["offer", "done"] = "offer"
    interview: date | None = None
    follow_plan: bool = False
    keys: Mapping[str, tuple[str, ...]] = {}

    @property
    def shown(self) -> Shown:
        """The language of cards: English unless the locale is Chinese."""
        if self.language != "auto":
            return self.language
        locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
        return "zh" if locale.lower().startswith("zh") else "en"

    def rules(self) -> Rules:
        """What the scheduler goes by."""
        return Rules(
            retention=self.retention,
            rollover=self.rollover,
            learning_steps=tuple(60 * minutes for minutes in self.learning_steps),
            relearning_steps=tuple(60 * minutes for minutes in self.relearning_steps),
        )


class Field(msgspec.Struct, frozen=True):
    """What a setting is called and does, in a line; the numbers that it may be, and how far one turn goes."""

    title: Words
    about: Words
    low: float | None = None
    high: float | None = None
    step: float = 1


def _field(en: str, zh: str, about_en: str, about_zh: str, *bounds: float) -> Field:
    return Field(Words(en, zh), Words(about_en, about_zh), *bounds)


FIELDS: dict[str, Field] = {
    "language": _field(
        "Language", "语言", "Of cards and of the app; auto: that of your locale", "卡片和界面的语言；auto：跟随系统"
    ),
    "theme": _field("Theme", "主题", "The colours", "配色"),
    "ascii": _field(
        "ASCII only",
        "仅用 ASCII",
        "Borders, bars, marks and charts without special characters",
        "边框、进度条、标记和图表不用特殊字符",
    ),
    "motion": _field("Motion", "动画", "Off: nothing glides, slides or blinks", "关：没有滑动、动画和闪烁"),
    "new_per_day": _field(
        "New cards a day",
        "每天新卡",
        "At most so many new cards, of a deck and of all together",
        "每天最多学几张新卡：每个题库如此，合计也如此",
        0,
        9999,
        5,
    ),
    "reviews_per_day": _field(
        "Reviews a day",
        "每天复习",
        "At most so many reviews, of a deck and of all together",
        "每天最多复习几张：每个题库如此，合计也如此",
        0,
        9999,
        10,
    ),
    "learn_ahead_minutes": _field(
        "Learn ahead",
        "提前学习",
        "Minutes before its time that a card may come back when nothing else waits",
        "没有别的卡片时，学习中的卡片最多可提前几分钟出现",
        0,
        1440,
        5,
    ),
    "rollover": _field(
        "Day begins at", "每天开始于", "The hour at which a study day begins", "学习日从几点开始", 0, 23
    ),
    "retention": _field(
        "Desired retention",
        "目标记忆率",
        "The chance to recall a card when it comes back: higher means more reviews",
        "卡片再次出现时还记得的概率：越高，复习越多",
        0.7,
        0.99,
        0.01,
    ),
    "learning_steps": _field(
        "Learning steps", "学习步骤", "Minutes until a new card comes back", "新卡隔几分钟再次出现", 0, 1440
    ),
    "relearning_steps": _field(
        "Relearning steps",
        "重学步骤",
        "Minutes until a forgotten card comes back",
        "忘记的卡片隔几分钟再次出现",
        0,
        1440,
    ),
    "confidence": _field(
        "Ask how sure you are",
        "询问把握程度",
        "Before the answer shows, 1 to 4 say how sure you are",
        "显示答案前，用 1 到 4 说出你有多大把握",
    ),
    "timer": _field("Timer", "计时", "Shows the time that a card takes you", "显示每张卡片所用的时间"),
    "tour": _field(
        "Tour", "导览", "Offered until you have studied or taken it", "在你学习过或看过导览之前，主页会提示"
    ),
    "interview": _field("Interview", "面试日期", "The day to be ready by", "要在哪一天之前准备好"),
    "follow_plan": _field(
        "Follow the plan",
        "跟随计划",
        "The plan up to the interview says how many new cards a day",
        "由面试前的计划决定每天学几张新卡",
    ),
    "keys": _field("Keys", "按键", "Other keys for what the app does", "更改按键"),
}


class SettingsError(Exception):
    """What is wrong with settings.yaml, in a sentence with its line. `settings`: those of its lines that are right."""

    def __init__(self, message: str, settings: Settings | None = None) -> None:
        super().__init__(message)
        self.settings = settings or Settings()


def kind_of(name: str) -> Kind:
    """How the setting `name` is written."""
    form: Any = Settings.__annotations__[name]
    origin: Any = get_origin(form)
    if origin is Literal:
        return "choice"
    if origin is tuple:
        return "minutes"
    plain: dict[Any, Kind] = {bool: "bool", int: "int", float: "number", str: "text"}
    return plain.get(form) or ("keys" if name == "keys" else "date")


def choices_of(name: str) -> tuple[str, ...]:
    """What a choice may be."""
    return get_args(Settings.__annotations__[name])


def typed(name: str, written: Any) -> Any:
    """The value of setting `name` that `written` means: a text, or a list or mapping of texts, as in the file.

    Raises ValueError with a sentence.
    """
    kind, field = kind_of(name), FIELDS.get(name) or Field(Words(), Words())
    text = written.strip() if isinstance(written, str) else None
    said = clean(text if text is not None else f"[{', '.join(map(str, written))}]")
    said = f"{said[:40]}…" if len(said) > 40 else said or "empty"
    value: Any
    match kind:
        case "bool":
            value = None if text is None else _BOOLS.get(text.lower())
            wanted = "true or false"
        case "int" | "number":
            value = _number(text, field, whole=kind == "int")
            wanted = "a whole number" if kind == "int" else "a number"
            if field.low is not None and field.high is not None:
                wanted += f" from {field.low:g} to {field.high:g}"
        case "minutes":
            value = _minutes(written)
            wanted = "a list of minutes such as [1, 10], each up to 1440"
        case "choice":
            value = text if text in choices_of(name) else None
            wanted = f"{', '.join(choices_of(name)[:-1])} or {choices_of(name)[-1]}"
        case "date":
            if text in ("", "none", "null", "~"):
                return None
            value = read_date(text)
            wanted = "a date such as 2026-12-20"
        case "keys":
            value = _keys(written)
            wanted = "lines such as 'answer.good: g' or 'answer.good: [g, f5]'"
        case "text":
            value, wanted = text, "a text"
    if value is None:
        raise ValueError(f"{name} should be {wanted}, but is {said}.")
    return value


def written(name: str, value: Any) -> Any:
    """A setting's value as `typed` reads it."""
    match kind_of(name):
        case "bool":
            return "true" if value else "false"
        case "int" | "number":
            return f"{value:g}" if isinstance(value, float) else str(value)
        case "minutes":
            return [f"{minutes:g}" for minutes in value]
        case "keys":
            return {name: keys[0] if len(keys) == 1 else list(keys) for name, keys in value.items()}
    return "" if value is None else str(value)


def read_settings(path: Path) -> Settings:
    """The settings in `path`; the defaults if there is no such file. Raises SettingsError for a file that is wrong."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
            what = f"it is larger than {_MOST_BYTES // 1000} kB" if stat.S_ISREG(status.st_mode) else "it is no file"
            raise SettingsError(f"{path} cannot be read ({what}). The defaults hold.")
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror or error}). The defaults hold until it can."
        raise SettingsError(message) from error
    return settings_of(data, path)


def settings_of(data: bytes, path: Path) -> Settings:
    """The settings that the content of `path` means. Raises SettingsError."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name, line, said in _lines(data, path):
        if name not in Settings.__struct_fields__:
            near = difflib.get_close_matches(name, Settings.__struct_fields__, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(Settings.__struct_fields__)}."
            faults.append(f"{path}:{line}: there is no setting {clean(name)}. {hint}")
        elif name == "keys" and said == "":
            continue  # all of its lines are comments
        else:
            try:
                values[name] = typed(name, said)
            except ValueError as error:
                faults.append(f"{path}:{line}: {error}")
    settings = Settings(**values)
    if faults:
        more = f" ({len(faults) - 1} more lines are wrong.)" if len(faults) > 1 else ""
        raise SettingsError(faults[0] + more, settings)
    return settings


def save_setting(path: Path, name: str, value: Any, *below: str) -> None:
    """Write one setting (`below`: one entry of it), durably, or with None take it out; all else in the file stays as
    it is, comments too.

    Raises SettingsError for a file that is wrong, which is left alone, and OSError.
    """
    from quizapp.cards.mapping import set_value
    from quizapp.cards.text_file import Unreadable, decode
    from quizapp.disk import replace

    path = Path(os.path.realpath(path))  # a link to where one keeps such files stays a link
    data = path.read_bytes() if path.exists() else b""
    settings_of(data, path)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = set_value(decode(data.removeprefix(mark)), (name, *below), value)
    except Unreadable as error:
        raise SettingsError(f"{path}: {error.sentence}. Change it with an editor.") from error
    changed = mark + text.encode()
    settings_of(changed, path)
    if changed != data:
        replace(path, changed)


def _lines(data: bytes, path: Path) -> list[tuple[str, int, Any]]:
    """Every setting in the file: its name, its line, and what is written there. Raises SettingsError."""
    simple = _simple(data)
    if simple is not None:
        return simple
    from quizapp.cards.edit import values_of
    from quizapp.cards.mapping import is_empty
    from quizapp.cards.text_file import Unreadable, decode
    from quizapp.cards.yaml_reader import read_nodes

    try:
        text = decode(data.removeprefix(b"\xef\xbb\xbf"))
        if is_empty(text):
            return []
        root = read_nodes(text)
    except Unreadable as error:
        hint = f" ({error.hint})" if error.hint else ""
        place = f":{error.line}:{error.column}" if error.line else ""
        raise SettingsError(f"{path}{place}: {error.sentence}{hint}. The defaults hold.") from error
    if root.value == "":
        return []
    if not isinstance(root.value, dict):
        raise SettingsError(f"{path}: it should hold lines such as 'new_per_day: 20'. The defaults hold.")
    return [(name, key.start.line, values_of(said)) for name, (key, said) in root.value.items()]


_LINE = re.compile(r"([a-z_]+): +([A-Za-z0-9][A-Za-z0-9_.-]*)[ ]*(?: #[ -~]*)?|[ ]*(?:#[ -~]*)?")


def _simple(data: bytes) -> list[tuple[str, int, Any]] | None:
    """What `read_nodes` would find in a file of nothing but plain lines, without importing a YAML parser; else None."""
    found: list[tuple[str, int, Any]] = []
    if not data.isascii():
        return None
    for number, line in enumerate(data.decode().split("\n"), 1):
        matched = _LINE.fullmatch(line)
        if matched is None:
            return None
        if matched[1]:
            found.append((matched[1], number, matched[2]))
    return found if len({name for name, _, _ in found}) == len(found) else None


_BOOLS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _number(text: str | None, field: Field, *, whole: bool) -> float | None:
    if text is None or not re.fullmatch(r"[+-]?[0-9]{1,9}" if whole else r"[+-]?[0-9]{0,9}\.?[0-9]{1,9}", text):
        return None
    value = int(text) if whole else float(text)
    return value if (field.low is None or value >= field.low) and (field.high is None or value <= field.high) else None


def _minutes(written: Any) -> tuple[float, ...] | None:
    """A list, or as one types it: 1, 10."""
    if isinstance(written, str):
        inside = re.fullmatch(r"\[(.*)\]", written.strip())
        if inside is None and not re.search(r"[\s,]", written.strip()):
            return None
        written = [part for part in re.split(r"[\s,]+", (inside[1] if inside else written).strip()) if part]
    bounds = Field(Words(), Words(), 0, 1440)
    steps = [_number(step.strip() if isinstance(step, str) else None, bounds, whole=False) for step in written]
    return None if not all(steps) else tuple(step for step in steps if step)


def read_date(text: str | None) -> date | None:
    """The date that is written as 2026-12-20, 2026-1-5 or 2026/1/5; None if that is none."""
    found = re.fullmatch("([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})", (text or "").strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _keys(written: Any) -> dict[str, tuple[str, ...]] | None:
    if not isinstance(written, dict):
        return None
    keys = {name: (said,) if isinstance(said, str) else tuple(said) for name, said in written.items()}
    good = all(said and all(isinstance(key, str) and key.strip() for key in said) for said in keys.values())
    return keys if good and not any(isinstance(said, dict) for said in written.values()) else None
