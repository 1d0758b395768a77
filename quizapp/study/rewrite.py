"""A deck's file changed by a function of its text, whole or not at all."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from quizapp import disk
from quizapp.cards.text_file import Unreadable, bytes_of, decode
from quizapp.texts import tell

_BOM = b"\xef\xbb\xbf"
_T = TypeVar("_T")


def rewrite(path: Path, change: Callable[[str], tuple[str, _T]], own: Path, named: Sequence[Path] = ()) -> _T:
    """Replace the file's text by what `change` makes of it, and return what else it gives.

    Permissions, a byte-order mark and a link to the file stay. A link that leads out of its folder is followed only
    from `own`, the user's folder of decks: another may have come from a stranger, with links to what is the user's. So
    is a folder that is a link, unless the user named it or the file in it: these are `named`.
    Raises Unreadable, also if the file was changed in the meantime, and OSError; then nothing was changed.
    """
    given, linked = path.absolute(), path.absolute().parent.is_symlink()
    folder, path = _real(path.parent), _real(path)
    if not path.is_relative_to(folder) and folder != _real(own):
        raise Unreadable(tell("yaml.link_out", path=path), tell("yaml.link_out.do"))
    if linked and _real(given.parent.parent) != _real(own) and not {given, given.parent} & {*map(Path.absolute, named)}:
        raise Unreadable(tell("yaml.folder_link", path=folder), tell("yaml.folder_link.do"))
    data = bytes_of(path)
    text = decode(data)
    changed, result = change(text)
    if changed != text:
        whole = path.read_bytes()
        if whole.removeprefix(_BOM) != data:
            raise Unreadable(tell("yaml.changed"), tell("yaml.changed.do"))
        disk.replace(path, (_BOM if whole.startswith(_BOM) else b"") + changed.encode())
    return result


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
