"""Every sentence that a person reads, by id, in English and Chinese: one module a room, `TEXTS` in each.

An id is `room.name`: the room is the module of this package that has it, and is imported when the first of its
sentences is read. Code passes a `Sentence` on, and only the edge (a screen, a command) asks for it in a language. No
code looks at what a sentence says: its `id` is what one compares.
"""

import errno
import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from string import Formatter

import msgspec

from quizapp.words import Language, Words, clean, same


class Plural(msgspec.Struct, frozen=True):
    """A text that counts `n`: English for one and for any other number, Chinese for all."""

    one: str
    other: str
    zh: str


Text = Words | Plural


class Sentence(msgspec.Struct, frozen=True):
    """The text `id` with what its placeholders stand for; a parameter that is a Sentence is said in the same language.

    Parameters may hold anything a stranger wrote: they are data, and are cleaned where they reach a terminal.
    """

    id: str
    params: tuple[tuple[str, object], ...] = ()

    def says(self, language: Language) -> str:
        """The sentence in `language`. Raises KeyError for an id that no room has."""
        return _said(self.id, dict(self.params), language)

    @property
    def words(self) -> Words:
        """It in both languages."""
        return Words(self.says("en"), self.says("zh"))

    def __str__(self) -> str:
        return self.says("en")


class UserError(Exception):
    """What a user may be told: `sentence` says what was found and what to do. The root of all such errors.
    `exit_code` is what a command ends with that is stopped by it: 2 where the call was wrong."""

    exit_code = 1

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def tell(id: str, /, **params: object) -> Sentence:
    """The text `id` as a value, to be said later."""
    return Sentence(id, tuple(params.items()))


def text(id: str, language: Language, /, **params: object) -> str:
    """The text `id` in `language`, now."""
    return _said(id, params, language)


def listing(things: Sequence[object], kind: str = "and") -> Sentence:
    """`things` in a row: a, b and c; with kind "or": a, b or c. Chinese: a、b 和 c."""
    *most, last = things or ("",)
    if not most:
        return tell("common.one", it=last)
    row: object = most[0]
    for thing in most[1:]:
        row = tell("common.row", before=row, it=thing)
    return tell("common.and" if kind == "and" else "common.or", before=row, it=last)


def tag_name(tag: str) -> Words:
    """What a tag is called: one of our own decks in either language, any other as it is written."""
    found = room("tags").get(f"tags.{tag}")
    return found if isinstance(found, Words) else same(tag)


def span(seconds: float) -> Sentence:
    """A length of time as on a grade button: <1 min, 10 min, 3 h, 4 d, 2.5 mo, 1.2 y."""
    if seconds < 60:
        return tell("common.span.instant")
    for limit, unit, length in ((3600, "minutes", 60), (86400, "hours", 3600), (30 * 86400, "days", 86400)):
        if seconds < limit - length / 2:
            return tell(f"common.span.{unit}", n=f"{seconds / length:.0f}")
    if seconds < 365 * 86400:
        return tell("common.span.months", n=f"{seconds / (30.4375 * 86400):.1f}")
    return tell("common.span.years", n=f"{seconds / (365.25 * 86400):.1f}")


def os_sentence(error: OSError) -> Sentence:
    """What the system refused, with the file's name if there is one."""
    if error.filename is None:
        return tell("common.refused", why=os_reason(error))
    return tell("common.refused_file", file=error.filename, why=os_reason(error))


def os_reason(error: OSError) -> Sentence | str:
    """What the system refused, as a part of a sentence."""
    known = _OS.get(error.errno or 0)
    return tell(known) if known else error.strerror or str(error)


def raised(error: Exception) -> Words:
    """What an error of a library says, cleaned; libraries speak English: in Chinese of which kind it is."""
    said, kind = clean(str(error)), room("errors").get(f"errors.{type(error).__name__}")
    return Words(said, kind.zh) if isinstance(kind, Words) else same(said)


_OS = {
    errno.ENOSPC: "common.disk_full",
    errno.EDQUOT: "common.disk_full",
    errno.EACCES: "common.denied",
    errno.EPERM: "common.not_permitted",
    errno.EROFS: "common.read_only",
    errno.ENOENT: "common.missing",
    errno.EEXIST: "common.exists",
    errno.EISDIR: "common.is_folder",
    errno.ENOTDIR: "common.is_no_folder",
    errno.ELOOP: "common.is_link",
    errno.EIO: "common.device_fails",
}


def _said(id: str, params: dict[str, object], language: Language) -> str:
    found = room(id.partition(".")[0])[id]
    if isinstance(found, Plural):
        form = found.zh if language == "zh" else found.one if params["n"] == 1 else found.other
    else:
        form = found.says(language)
    if not params:
        return form.format()
    values = {name: _value(value, language, name) for name, value in params.items()}
    return _close(form, values) if language == "zh" else form.format_map(values)


_WIDE = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]"  # what no space stands between, or beside
_ROW = r"[`-]*[A-Za-z.][\w.`-]*(?:, [`-]*[A-Za-z.][\w.`-]*)+"  # of names, as code joins them
_FORMATTER = Formatter()


def _close(form: str, values: dict[str, object]) -> str:
    """A Chinese form with its values: the space that parts a value from it stands beside Latin only."""
    said, wide, row = "", re.compile(_WIDE), re.compile(_ROW)  # compiled once, where Chinese is said
    for literal, name, spec, conversion in _parsed(form):
        if literal[:1] == " " and wide.match(literal, 1) and wide.match(said[-1:]):
            literal = literal[1:]
        said += literal
        if name is not None:
            value = format(_FORMATTER.convert_field(values[name], conversion), spec or "")
            value = value.replace(", ", "、") if row.fullmatch(value) else value
            if wide.match(value) and literal[-1:] == " " and wide.match(said[-2:-1]):
                said = said[:-1]
            said += value
    return said


@cache
def _parsed(form: str) -> tuple[tuple[str, str | None, str | None, str | None], ...]:
    return tuple(_FORMATTER.parse(form))


# Parameters that count: not what is typed, nor the number of a line.
_COUNTED = {"n", "of", "cards", "rest", "others", "reviews", "files", "lines", "days"}


class _Count(int):
    """A number that counts: 1,200 in either language."""

    def __format__(self, spec: str) -> str:
        return format(int(self), spec or ",")


def _value(value: object, language: Language, name: str) -> object:
    if isinstance(value, Sentence):
        return value.says(language)
    if type(value) is int and name in _COUNTED:
        return _Count(value)
    return value.says(language) if isinstance(value, Words) else value


@cache
def room(name: str) -> dict[str, Text]:
    """All texts of a room. Raises KeyError if there is no such room."""
    if not name.isidentifier():
        raise KeyError(name)
    try:
        texts: dict[str, Text] = import_module(f"quizapp.texts.{name}").TEXTS
    except ModuleNotFoundError:
        raise KeyError(name) from None
    return texts
