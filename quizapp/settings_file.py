"""`settings.yaml` in the home, every key optional: read, and one setting of it written."""

import errno
import os
import re
from pathlib import Path
from typing import Any

from quizapp import disk
from quizapp.settings import GONE_SETTINGS, Settings, UnfitSetting, typed
from quizapp.texts import Sentence, UserError, os_reason, tell
from quizapp.words import clean

_MOST_BYTES = 1_000_000


class SettingsError(UserError):
    """What is wrong with settings.yaml, with its line. `settings`: those of its lines that are right."""

    def __init__(self, sentence: Sentence, settings: Settings | None = None) -> None:
        super().__init__(sentence)
        self.settings = settings or Settings()


def read_settings(path: Path) -> Settings:
    """The settings in `path`; the defaults if there is no such file. Raises SettingsError for a file that is wrong."""
    try:
        data = disk.read_plain(path, _MOST_BYTES, follow=True)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except disk.TooLarge:
        raise SettingsError(tell("settings.too_large", file=path, kb=_MOST_BYTES // 1000)) from None
    except OSError as error:
        if error.errno in (errno.EISDIR, errno.EINVAL):
            raise SettingsError(tell("settings.no_file", file=path)) from None
        raise SettingsError(tell("settings.unreadable", file=path, why=os_reason(error))) from error
    return settings_of(data, path)


def usable_settings(path: Path) -> Settings:
    """As `read_settings`; of a file that is wrong, what its right lines say."""
    try:
        return read_settings(path)
    except SettingsError as error:
        return error.settings


def settings_of(data: bytes, path: Path) -> Settings:
    """The settings that the content of `path` means. Raises SettingsError."""
    values: dict[str, Any] = {}
    faults: list[Sentence] = []
    for name, line, said in _lines(data, path):
        if name in GONE_SETTINGS:
            continue
        if name not in Settings.__struct_fields__:
            faults.append(tell("settings.line", file=path, line=line, why=_unknown(name)))
        elif name == "keys" and said == "":
            continue  # all of its lines are comments
        else:
            try:
                values[name] = typed(name, said)
            except UnfitSetting as error:
                faults.append(tell("settings.line", file=path, line=line, why=error.in_file))
    settings = Settings(**values)
    if len(faults) > 1:
        raise SettingsError(tell("settings.and_more", first=faults[0], n=len(faults) - 1), settings)
    if faults:
        raise SettingsError(faults[0], settings)
    return settings


def _unknown(name: str) -> Sentence:
    from difflib import get_close_matches

    near = get_close_matches(name, Settings.__struct_fields__, 1)
    if near:
        return tell("settings.unknown_near", name=clean(name), near=near[0])
    return tell("settings.unknown", name=clean(name), names=", ".join(Settings.__struct_fields__))


def save_setting(path: Path, name: str, value: Any, *below: str) -> None:
    """Write one setting (`below`: one entry of it), durably, or with None take it out; all else in the file stays as
    it is, comments too.

    Raises SettingsError for a file that is wrong, which is left alone, and OSError.
    """
    from quizapp.cards.mapping import set_value
    from quizapp.cards.text_file import Unreadable, decode

    path = Path(os.path.realpath(path))  # a link to where one keeps such files stays a link
    data = disk.read_plain(path, _MOST_BYTES) if path.exists() else b""
    settings_of(data, path)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = set_value(decode(data.removeprefix(mark)), (name, *below), value)
    except Unreadable as error:
        raise SettingsError(tell("settings.not_changed", file=path, why=error.sentence)) from error
    changed = mark + text.encode()
    settings_of(changed, path)
    if changed != data:
        disk.replace(path, changed)


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
        why = error.sentence
        if error.hint:
            why = tell("settings.with_hint", why=why, hint=error.hint)
        place = f"{path}:{error.line}:{error.column}" if error.line else path
        raise SettingsError(tell("settings.broken", place=place, why=why)) from error
    if root.value == "":
        return []
    if not isinstance(root.value, dict):
        raise SettingsError(tell("settings.no_lines", file=path))
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
