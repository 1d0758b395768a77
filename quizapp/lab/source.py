"""The source of a demo and of the files that it imports: read, refused where it hides something, parsed.

A demo may come from a stranger, who wants other code to run than the code that is read before the yes. And reading it
must end soon, whatever it is: the parser of Python lets no other thread go on.
"""

import ast
import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

from quizapp import disk
from quizapp.texts import Sentence, UserError, os_reason, tell
from quizapp.words import clean

MAX_BYTES = 300_000  # of one file
MAX_TOTAL = 1_000_000  # of a demo with all that it brings along
MAX_BESIDE = 100  # files that a demo may bring along
MAX_LINE = 5_000  # characters; nobody reads a longer one
MAX_BRACES = 20_000  # each { in an f-string costs Python 3.11 a look at all of the string before it
MAX_SIGNS = 30_000  # operators, brackets and line ends: each costs the parser about four microseconds
MAX_ENTRIES = 2_000  # of the folders of packages

# Where Python ends a line or skips a character, and an editor may show something else
_HIDING = re.compile("\r(?!\n)|[\x00\x0b\x0c\x1a\x1c-\x1e\x85\u2028\u2029]")
_SIGN = re.compile(r"[^\w\s]|\n")
_CODING = re.compile(r"[ \t]*#.*?coding[:=][ \t]*([-\w.]+)")  # PEP 263
# What may stand in a name or a text and shows as nothing, beyond what `clean` takes away
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


class ScriptError(UserError):
    """Why a file is no demo, or cannot be edited or kept as one: `why`, where one is to blame at `line`."""

    def __init__(self, sentence: Sentence, why: Sentence | None = None, line: int | None = None) -> None:
        super().__init__(sentence)
        self.why, self.line = why or sentence, line

    @classmethod
    def at(cls, path: Path, why: Sentence, line: int | None = None) -> Self:
        """Of the file at `path`, where one is to blame of its line."""
        place = f"{path}:{line}" if line else f"{path}"
        return cls(tell("lab.at", place=clean(place), why=why), why, line)  # a path may hold anything


def read_source(path: Path) -> bytes:
    """A source as it is on the disk. Raises ScriptError."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113  (pathlib's raises for a name that is too long)
            raise ScriptError.at(path, tell("lab.script.no_such_file"))
        return disk.read_plain(path, MAX_BYTES, follow=True)
    except disk.TooLarge:
        raise ScriptError.at(path, tell("lab.script.too_large", kb=MAX_BYTES // 1000)) from None
    except OSError as error:
        raise ScriptError.at(path, tell("lab.script.unreadable", why=os_reason(error))) from None


def decoded(source: bytes) -> str:
    """The text that runs."""
    return source.decode().removeprefix("\ufeff")


def visible(source: bytes) -> str:
    """A source as text in which everything is seen: a control or invisible character stands there as an escape."""
    text = source.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    if clean(text) == text and not _BLANK.search(text):
        return text
    unseen = {c: f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in set(text) if is_unseen(c)}
    return "".join(unseen.get(c, c) for c in text)


def is_unseen(character: str) -> bool:
    return not clean(character) or _BLANK.match(character) is not None


def parse_source(path: Path, source: bytes) -> ast.Module:
    """The tree of a source that shows all that it does. Raises ScriptError for any other."""
    import warnings

    text = _checked(path, source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in someone's string is not ours to report
            return ast.parse(text)
    except SyntaxError as error:
        raise ScriptError.at(path, tell("lab.script.no_python", why=clean(error.msg)), error.lineno or 1) from None
    except (ValueError, RecursionError, MemoryError) as error:
        why = clean(str(error)) or tell("lab.script.too_deep")
        raise ScriptError.at(path, tell("lab.script.no_python", why=why), 1) from None


def _checked(path: Path, source: bytes) -> str:
    """The text of a source in which an editor shows what Python reads, and which is soon parsed."""
    try:
        text = decoded(source)
    except UnicodeDecodeError:
        raise ScriptError.at(path, tell("lab.script.no_utf8"), 1) from None
    if hiding := _HIDING.search(text):
        line_number = text.count("\n", 0, hiding.start()) + 1
        raise ScriptError.at(path, tell("lab.script.hides", code=ord(hiding[0])), line_number)
    lines = text.split("\n")
    for number, line in enumerate(lines[:2], 1):
        coding = _CODING.match(line)
        if coding and not coding[1].lower().replace("_", "-").startswith(("utf-8", "utf8")):
            raise ScriptError.at(path, tell("lab.script.other_coding", coding=coding[1]), number)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise ScriptError.at(path, tell("lab.script.long_line", most=MAX_LINE), number)
    if text.count("{") > MAX_BRACES:
        raise ScriptError.at(path, tell("lab.script.many_braces", most=MAX_BRACES), 1)
    if sum(1 for _ in _SIGN.finditer(text)) > MAX_SIGNS:
        raise ScriptError.at(path, tell("lab.script.many_signs", most=MAX_SIGNS), 1)
    return text


def beside(path: Path, imports: Sequence[str]) -> dict[Path, bytes]:
    """The files in `path`'s folder that it imports, and that they import, in order of path."""
    found: dict[Path, bytes] = {}
    total = 0
    waiting = list(_files(path.parent, imports))
    while waiting:
        file = waiting.pop()
        if file in found or file == path:
            continue
        if len(found) == MAX_BESIDE:
            raise ScriptError.at(path, tell("lab.script.many_beside", most=MAX_BESIDE))
        found[file] = read_source(file)
        total += len(found[file])
        if total > MAX_TOTAL:
            raise ScriptError.at(path, tell("lab.script.much_beside", kb=MAX_TOTAL // 1000))
        waiting.extend(_files(path.parent, _helper_imports(file, found[file])))
    return dict(sorted(found.items()))


def _files(folder: Path, modules: Sequence[str]) -> Iterator[Path]:
    for name in modules:
        if os.path.isfile(folder / f"{name}.py"):  # noqa: PTH113
            yield folder / f"{name}.py"
        if os.path.isdir(folder / name):  # noqa: PTH112
            yield from _package(folder / name)


def _package(folder: Path) -> Iterator[Path]:
    """Every source of a package. A link to a folder is none of it: what it leads to can be swapped unseen."""
    if folder.is_symlink():
        raise ScriptError.at(folder, tell("lab.script.package_is_link"))
    waiting, seen = [os.fspath(folder)], 0
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    seen += 1
                    if seen > MAX_ENTRIES:
                        raise ScriptError.at(folder, tell("lab.script.large_package", most=MAX_ENTRIES))
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.name.endswith(".py") and entry.is_file():
                        yield Path(entry.path)
        except OSError as error:
            raise ScriptError.at(folder, tell("lab.script.unreadable", why=os_reason(error))) from None


@lru_cache(maxsize=256)
def _helper_imports(path: Path, source: bytes) -> tuple[str, ...]:
    return imports(parse_source(path, source))


def imports(tree: ast.Module) -> tuple[str, ...]:
    """The first names of the modules that are imported anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return tuple(sorted(names))
