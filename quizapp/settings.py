"""The user's settings: `settings.yaml` in the home, every key optional."""

import difflib
import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import msgspec

from quizapp.memory.schedule import Rules
from quizapp.words import Shown


class SettingsError(Exception):
    """What is wrong with settings.yaml, in a sentence with its line."""


class Settings(msgspec.Struct, frozen=True):
    """`new_per_day` and `reviews_per_day` hold for each deck; `rollover` is the hour at which a study day begins;
    `retention` is the recall aimed at when a card comes back; steps are minutes; `confidence` asks, before an answer
    shows, how sure one is; `interview` is the date to be ready by, and with `follow_plan` the plan up to it says how
    many new cards a day each deck gives."""

    language: Literal["auto", "en", "zh", "both"] = "auto"
    theme: str = ""
    new_per_day: int = 20
    reviews_per_day: int = 200
    learn_ahead_minutes: int = 20
    rollover: int = 4
    retention: float = 0.9
    learning_steps: tuple[float, ...] = (1, 10)
    relearning_steps: tuple[float, ...] = (10,)
    confidence: bool = False
    interview: date | None = None
    follow_plan: bool = False

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


_BOUNDS: dict[str, tuple[float, float]] = {
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "learn_ahead_minutes": (0, 1440),
    "rollover": (0, 23),
    "retention": (0.7, 0.99),
}


def read_settings(path: Path) -> Settings:
    """The settings in `path`; the defaults if there is no such file. Raises SettingsError for a file that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}). The defaults hold until it can.") from error
    import yaml

    try:
        values = yaml.load(text, Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise SettingsError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(values, dict):
        raise SettingsError(f"{path} should hold lines such as 'new_per_day: 20'.")
    for key, value in values.items():
        if key not in Settings.__struct_fields__:
            near = difflib.get_close_matches(str(key), Settings.__struct_fields__, 1)
            hint = f" Did you mean {near[0]}?" if near else f" Known are {', '.join(Settings.__struct_fields__)}."
            raise SettingsError(f"{path}: there is no setting {key!s}.{hint}")
        low, high = _BOUNDS.get(key, (None, None))
        if low is not None and high is not None and not (isinstance(value, int | float) and low <= value <= high):
            raise SettingsError(f"{path}: {key} should be a number from {low} to {high}, but is {value}.")
        if key.endswith("_steps") and not (
            isinstance(value, list) and all(isinstance(step, int | float) and 0 < step <= 1440 for step in value)
        ):
            raise SettingsError(f"{path}: {key} should be a list of minutes such as [1, 10], each up to 1440.")
    interview = values.get("interview")
    if interview is not None and not _is_date(interview):
        raise SettingsError(f"{path}: interview should be a date such as 2026-12-20, but is {interview}.")
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path}: {error}") from error


def _is_date(value: object) -> bool:
    """A date as YAML reads it, or one in quotes; no time of the day."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return False
    return isinstance(value, date) and not isinstance(value, datetime)


def save_setting(path: Path, key: str, value: str) -> None:
    """Write one setting; every other line of the file, comments too, stays as it is. Raises OSError."""
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    line = f"{key}: {value}"
    found = re.compile(rf"^{re.escape(key)}[ \t]*:.*$", re.MULTILINE)
    text = (
        found.sub(lambda _: line, text, count=1)
        if found.search(text)
        else text + ("" if text.endswith("\n") or not text else "\n") + line + "\n"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
