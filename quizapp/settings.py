"""The user's settings: what each may be. `settings_file` reads and writes them.

A setting is a field of `Settings`; its type says how it is read, `FIELDS` which numbers it may be. Both the file and
the screen go through `typed`, so that both refuse a value with the same sentence.
"""

import os
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin

import msgspec

from quizapp.texts import Sentence, UserError, listing, tell
from quizapp.words import Language, Shown, clean

_DAY = 24 * 60  # minutes
_MOST_TEXT = 200  # characters
Kind = Literal["bool", "int", "number", "minutes", "choice", "date", "keys", "text"]


class Settings(msgspec.Struct, frozen=True):
    """`minutes_per_day` say how many new cards a day has, after its reviews; `new_per_day`, `new_code_per_day` and
    `reviews_per_day` are what it has at most, of all decks together; `interview` is the date to be ready by;
    `study_after` what comes before studying each day; `tour`: whether the first session is still offered;
    `examiner_key` names what holds the key, which is in no file of ours; `keys` are by the id of a binding, in
    Textual's names."""

    language: Literal["auto", "en", "zh", "both"] = "auto"
    theme: str = ""
    ascii: bool = False
    motion: bool = True
    minutes_per_day: int = 25
    new_per_day: int = 20
    reviews_per_day: int = 200
    learn_ahead_minutes: int = 2
    rollover: int = 4
    retention: float = 0.9
    learning_steps: tuple[float, ...] = (1, 10)
    relearning_steps: tuple[float, ...] = (10,)
    confidence: bool = False
    timer: bool = True
    predict: Literal["first", "after", "never"] = "first"
    code_cards: bool = True
    new_code_per_day: int = 1
    code_retention: float = 0.8
    study_after: str = ""
    tour: Literal["offer", "done"] = "offer"
    interview: date | None = None
    examiner_address: str = ""
    examiner_model: str = ""
    examiner_key: str = ""
    keys: Mapping[str, tuple[str, ...]] = {}

    @property
    def shown(self) -> Shown:
        """The language of cards."""
        return locale_language() if self.language == "auto" else self.language


def locale_language() -> Language:
    """English, unless the locale is Chinese."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def app_language(shown: Shown) -> Language:
    """The one language of our own words where cards are `shown` so: with both, that of the locale."""
    return locale_language() if shown == "both" else shown


class Field(msgspec.Struct, frozen=True):
    """A setting by its name; the numbers that it (or each of its minutes) may be, and how far one turn goes."""

    name: str
    low: float | None = None
    high: float | None = None
    step: float = 1

    @property
    def title(self) -> Sentence:
        """What it is called."""
        return Sentence(f"settings.title.{self.name}")

    @property
    def about(self) -> Sentence:
        """What it does, in a line."""
        return Sentence(f"settings.about.{self.name}")

    def holds(self, value: float) -> bool:
        """Whether it may be this number."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


_BOUNDS: dict[str, tuple[float, ...]] = {
    "minutes_per_day": (5, 600, 5),
    "new_per_day": (0, 9999, 5),
    "reviews_per_day": (0, 9999, 10),
    "learn_ahead_minutes": (0, _DAY, 5),
    "rollover": (0, 23),
    "retention": (0.7, 0.99, 0.01),
    "new_code_per_day": (0, 99),
    "code_retention": (0.7, 0.99, 0.01),
    "learning_steps": (0, _DAY),
    "relearning_steps": (0, _DAY),
}
GONE_SETTINGS = frozenset({"follow_plan"})  # a file may have them still; they do nothing
FIELDS = {name: Field(name, *_BOUNDS.get(name, ())) for name in Settings.__struct_fields__}
ASKED = tuple(name for name in FIELDS if name != "tour")  # what the screen asks


class UnfitSetting(UserError, ValueError):
    """A setting cannot have this value: its title says which. `in_file` says it with the name that the file has."""

    def __init__(self, name: str, wanted: Sentence, given: Sentence | str) -> None:
        super().__init__(tell("settings.unfit_titled", name=FIELDS[name].title, wanted=wanted, given=given))
        self.in_file = tell("settings.unfit", name=name, wanted=wanted, given=given)


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

    Raises UnfitSetting.
    """
    kind, field = kind_of(name), FIELDS[name]
    text = written.strip() if isinstance(written, str) else None
    value: Any
    match kind:
        case "bool":
            value = None if text is None else _BOOLS.get(text.lower())
        case "int" | "number":
            value = _number(text, field, whole=kind == "int")
        case "minutes":
            value = _minutes(written, field)
        case "choice":
            value = text if text in choices_of(name) else None
        case "date":
            if text in ("", "none", "null", "~"):
                return None
            value = read_date(text)
        case "keys":
            value = _keys(written)
        case "text":
            value = None if text is None or len(text) > _MOST_TEXT else " ".join(clean(text).split())
    if value is None:
        secret = name == "examiner_key"  # it may be the key itself
        raise UnfitSetting(name, _wanted(kind, field), "•••" if secret else _given(written))
    return value


def _wanted(kind: Kind, field: Field) -> Sentence:
    match kind:
        case "int" | "number" | "minutes":
            return Sentence(f"settings.wants.{kind}", (("low", field.low), ("high", field.high)))
        case "choice":
            return tell("settings.wants.choice", choices=listing(choices_of(field.name), "or"))
    return Sentence(f"settings.wants.{kind}")


def _given(written: Any) -> Sentence | str:
    said = clean(written.strip() if isinstance(written, str) else f"[{', '.join(map(str, written))}]")
    return f"{said[:40]}…" if len(said) > 40 else said or tell("settings.empty")


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


_BOOLS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _number(text: str | None, field: Field, *, whole: bool) -> float | None:
    if text is None or not re.fullmatch(r"[+-]?[0-9]{1,9}" if whole else r"[+-]?[0-9]{0,9}\.?[0-9]{1,9}", text):
        return None
    value = int(text) if whole else float(text)
    return value if field.holds(value) else None


def _minutes(written: Any, field: Field) -> tuple[float, ...] | None:
    """A list, or as one types it: 1, 10."""
    if isinstance(written, str):
        inside = re.fullmatch(r"\[(.*)\]", written.strip())
        if inside is None and not re.search(r"[\s,]", written.strip()):
            return None
        written = [part for part in re.split(r"[\s,]+", (inside[1] if inside else written).strip()) if part]
    steps = [_number(step.strip() if isinstance(step, str) else None, field, whole=False) for step in written]
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
