"""A demo that the user changes: a copy in their editor, taken as if it stood where the original stands."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from quizapp.lab.knob import Value
from quizapp.lab.script import Script, read


def edit(script: Script, opened: Callable[[Path], str]) -> Script | None:
    """Have a copy edited by `opened`, which gives "" or what went wrong, in a sentence. What was saved, or None if
    nothing was changed.

    Raises OSError with that sentence, ScriptError if what was saved is no demo.
    """
    with tempfile.TemporaryDirectory(prefix="quizapp-") as folder:
        copy = Path(folder) / script.path.name
        copy.write_bytes(script.source)
        if said := opened(copy):
            raise OSError(said)
        source = copy.read_bytes()
    return None if source == script.source else read(script.path, source)


def keep(script: Script, folder: Path) -> Script:
    """Write a changed demo into `folder` as one of the user's own, with what it imports and the data beside it.

    It is called my_NAME (my_NAME_2, ... if there is one), so that it hides no bundled demo. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = script.name if script.name.startswith("my_") else f"my_{script.name}"
    names = (f"{stem}{suffix}.py" for suffix in ("", *(f"_{i}" for i in range(2, 1000))))
    path = next(folder / name for name in names if not (folder / name).exists())
    for source, beside in zip(script.sources, script.beside, strict=True):
        target = folder / beside.relative_to(script.path.parent)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source)
    data = script.path.parent / "data"
    if script.beside and data.is_dir():
        import shutil

        shutil.copytree(data, folder / "data", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "*.md"))
    path.write_bytes(script.source)
    return read(path)


def carried(script: Script, knobs: Mapping[str, Value]) -> dict[str, Value]:
    """The knobs of `script`: with the values of `knobs` where it has such a knob and takes the value, else its own."""
    found = script.defaults()
    for knob in script.knobs:
        if knob.name in knobs:
            try:
                found[knob.name] = knob.parse(knob.show(knobs[knob.name]))
            except ValueError:
                pass
    return found
