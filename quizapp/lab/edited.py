"""A demo that the user changes: a copy in their editor, taken as if it stood where the original stands."""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from quizapp import disk
from quizapp.lab.knob import KnobValue
from quizapp.lab.script import Script, ScriptError, read_script
from quizapp.lab.source import read_source
from quizapp.lab.trust import came_with
from quizapp.texts import tell

MAX_DATA = 50_000_000  # bytes that are copied with a demo


class NoDemoYet(ScriptError):
    """What was saved of a copy, `source`, is no demo."""

    def __init__(self, source: bytes, fault: ScriptError) -> None:
        super().__init__(fault.sentence, fault.why, fault.line)
        self.source = source


def edit(script: Script, opened: Callable[[Path], str], draft: bytes = b"") -> Script | None:
    """Have a copy, or the `draft` of one, edited by `opened`, which gives "" or what went wrong, in a sentence. What
    was saved, or None if that is the script as it is.

    Raises ScriptError with that sentence, NoDemoYet if what was saved is no demo, and OSError.
    """
    with tempfile.TemporaryDirectory(prefix="quizapp-") as folder:
        copy = Path(folder) / script.path.name
        copy.write_bytes(draft or script.source)
        if said := opened(copy):
            raise ScriptError(tell("lab.script.not_edited", why=said))
        source = read_source(copy)
    try:
        return None if source == script.source else read_script(script.path, source)
    except ScriptError as fault:
        raise NoDemoYet(source, fault) from None


def brings_new(changed: Script, script: Script, bundled: Path) -> bool:
    """Whether a changed copy of `script` imports what nobody has seen: a file that `script` does not import, and
    that did not come with quizapp."""
    seen = dict(zip(script.beside, script.sources, strict=True))
    return any(
        seen.get(path) != source and not came_with(bundled, path)
        for path, source in zip(changed.beside, changed.sources, strict=True)
    )


def keep(script: Script, folder: Path) -> Script:
    """Write a changed demo into `folder` as one of the user's own, with what it imports and the data beside it.

    It is called my_NAME (my_NAME_2, ... if there is one), so that it hides no bundled demo. What lies in `folder`
    already stays: if that is another helper, the demo that is returned has another hash than `script`. Raises OSError,
    and ScriptError for too much data.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = script.name if script.name.startswith("my_") else f"my_{script.name}"
    names = (f"{stem}{suffix}.py" for suffix in ("", *(f"_{i}" for i in range(2, 1000))))
    path = next(folder / name for name in names if not os.path.lexists(folder / name))
    for source, beside in zip(script.sources, script.beside, strict=True):
        _write_new(folder / beside.relative_to(script.path.parent), source)
    if script.beside:
        _copy_data(script.path.parent / "data", folder / "data")
    disk.replace(path, script.source)
    return read_script(path)


def _copy_data(source: Path, target: Path) -> None:
    """Copy a folder of data; no links, which may lead to anything."""
    if source.is_symlink() or not source.is_dir():
        return
    size = 0
    for place, folders, names in os.walk(source):
        folders.sort()
        for path in sorted(Path(place, name) for name in names):
            if path.suffix in (".py", ".md") or path.is_symlink() or not path.is_file():
                continue
            try:
                data = disk.read_plain(path, MAX_DATA - size)
            except disk.TooLarge:
                raise ScriptError.at(source, tell("lab.script.much_data", mb=MAX_DATA // 10**6)) from None
            size += len(data)
            _write_new(target / path.relative_to(source), data)


def _write_new(path: Path, data: bytes) -> None:
    if not os.path.lexists(path):
        disk.replace(path, data)


def carried(script: Script, knobs: Mapping[str, KnobValue]) -> dict[str, KnobValue]:
    """The knobs of `script`: with the values of `knobs` where it has such a knob and takes the value, else its own."""
    found = script.defaults()
    for knob in script.knobs:
        if knob.name in knobs:
            try:
                found[knob.name] = knob.parse(knob.show(knobs[knob.name]))
            except ValueError:
                pass
    return found
