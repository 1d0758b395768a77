"""Pictures and sounds of a deck: `![words](name.png)` in a text, and the file of that name in the folder NAME.media
beside NAME.yaml.

A deck and its folder may be a stranger's: a name is one of a plain file in that folder and nowhere else, and a file is
what it begins as, whatever it is called. What can hold a program, such as SVG and HTML, is none of it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePath

from quizapp import disk
from quizapp.cards.card import MEDIA

MOST_FILE_BYTES = 16 * 1024 * 1024
MOST_SMALL_BYTES = 1024 * 1024  # of one that stands in a page itself
MOST_EMBEDDED_BYTES = 32 * 1024 * 1024  # of all that do
_HEAD = 32  # bytes that say what a file is
# What each ending says that a file is; by the same names `kind_found` tells what it is.
KINDS = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".avif": "image/avif", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg",
    ".wav": "audio/wav", ".flac": "audio/flac", ".m4a": "audio/mp4",
}  # fmt: skip
_BEGINS = (
    ("image/png", rb"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", rb"\xff\xd8\xff"),
    ("image/gif", rb"GIF8[79]a"),
    ("image/webp", rb"RIFF....WEBP"),
    ("image/avif", rb"....ftyp(?:avif|avis)"),
    ("audio/mpeg", rb"ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
    ("audio/ogg", rb"OggS\0"),
    ("audio/wav", rb"RIFF....WAVE"),
    ("audio/flac", rb"fLaC"),
    ("audio/mp4", rb"....ftyp(?:M4A |M4B |mp42|mp41|isom)"),
)
_BEGIN = [(kind, re.compile(begin, re.DOTALL)) for kind, begin in _BEGINS]
_NAME = re.compile(rf"\w[\w.-]{{0,99}}(?:{'|'.join(map(re.escape, KINDS))})", re.IGNORECASE)
# What Windows opens, whatever follows.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)", re.IGNORECASE)
_LONGEST_STEM = 60  # characters, of up to four bytes each
# Code is passed over, as far as it is bounded, and so are signs that begin none, all at once.
_MARK = re.compile(
    r"(`+)(?!`)(?:.{0,9999}?)(?<!`)\1(?!`)|`+|^ {0,3}~~~.{0,9999}?^ {0,3}~~~"
    r"|!\[([^\[\]\n]{0,500})\]\(([^()<>\s]{1,200})\)",
    re.DOTALL | re.MULTILINE,
)


def media_folder(deck: Path) -> Path:
    """Where the pictures and sounds of the deck in a file lie."""
    return deck.with_suffix(MEDIA)


def is_media_name(name: str) -> bool:
    """Whether a file of this name may lie there."""
    # ı and ſ are i and s to a pattern without regard to case, and to nothing that goes by the ending.
    return _NAME.fullmatch(name) is not None and _DEVICE.match(name) is None and kind_named(name) != ""


def kind_named(name: str) -> str:
    """What a file is by its name; "" if its ending is none of ours."""
    return KINDS.get(PurePath(name).suffix.lower(), "")


def is_sound(kind: str) -> bool:
    return kind.startswith("audio")


def kind_found(data: bytes) -> str:
    """What a file is that begins so; "" for what is no picture or sound that we know."""
    return next((kind for kind, begin in _BEGIN if begin.match(data)), "")


def name_for(written: str, kind: str) -> str:
    """The name here of a file of this kind that is called so elsewhere, in whatever folder."""
    from unicodedata import normalize

    stem, _, ending = normalize("NFC", re.split(r"[/\\]", written)[-1]).rpartition(".")
    ending = f".{ending.lower()}"
    if KINDS.get(ending) != kind:
        ending = next(known for known, its in KINDS.items() if its == kind)
    stem = re.sub(r"[^\w.-]+", "_", stem)[:_LONGEST_STEM].lstrip("._-").rstrip(".")
    name = f"{stem or 'file'}{ending}"
    return f"file_{name}" if _DEVICE.match(name) else name


def media_file(deck: Path, name: str) -> Path | None:
    """The picture or sound of this name, if it is there and is what its name says: no link, no device."""
    folder = media_folder(deck)
    if not is_media_name(name) or folder.is_symlink():
        return None
    path = folder / name
    try:
        with open(path, "rb", opener=disk.plain) as file:
            begins = file.read(_HEAD)
        small = path.lstat().st_size <= MOST_FILE_BYTES
    except OSError:
        return None
    return path if small and kind_found(begins) == kind_named(name) else None


def embeddable(files: Mapping[str, Path]) -> dict[str, bytes]:
    """What the small ones hold, by name, as far as a page has room. Raises OSError."""
    held: dict[str, bytes] = {}
    room = MOST_EMBEDDED_BYTES
    for name, path in files.items():
        with suppress(disk.TooLarge):
            held[name] = disk.read_plain(path, min(room, MOST_SMALL_BYTES))
            room -= len(held[name])
    return held


def media_in(texts: Iterable[str]) -> list[str]:
    """The names that stand in Markdown texts, in their order, each once."""
    found: dict[str, None] = {}
    for text in texts:
        if "![" in text:
            found |= dict.fromkeys(mark[3] for mark in _MARK.finditer(text) if _is_ours(mark))
    return list(found)


def media_replaced(text: str, put: Callable[[str, str], str]) -> str:
    """A Markdown text with `put` of the words and the name in the place of each picture and sound."""
    if "![" not in text:
        return text
    return _MARK.sub(lambda mark: put(mark[2], mark[3]) if _is_ours(mark) else mark[0], text)


def media_said(text: str, quote: str = "") -> str:
    """A Markdown text with each picture and sound named in it: ▣ heap.png, ▣ heap.png (the curve). `quote` stands
    around the name."""

    def said(words: str, name: str) -> str:
        name = f"{'♪' if is_sound(kind_named(name)) else '▣'} {quote}{name}{quote}"
        return f"{name} ({words})" if words.strip() else name

    return media_replaced(text, said)


def media_kept(text: str, change: Callable[[str], str], written: Callable[[str, str], str]) -> str:
    """`change` made to a Markdown text around its pictures and sounds, each of which then stands as it is `written`."""
    if "![" not in text:
        return change(text)
    kept: list[str] = []

    def place(words: str, name: str) -> str:
        kept.append(written(words, name))
        return f"\ue002{len(kept) - 1}\ue003"

    changed = change(media_replaced(re.sub("[\ue002\ue003]", "", text), place))
    return re.sub("\ue002([0-9]+)\ue003", lambda at: kept[int(at[1])], changed)


def _is_ours(mark: re.Match[str]) -> bool:
    return mark[3] is not None and is_media_name(mark[3])
