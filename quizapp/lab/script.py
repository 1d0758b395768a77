"""A demo as it is read: its title, its knobs and its hash, found with `ast`. Nothing of the script runs here."""

import ast
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import msgspec

from quizapp.lab.knob import Knob as Knob
from quizapp.lab.knob import KnobError, Value, knob_of
from quizapp.words import clean

MAX_BYTES = 1_000_000  # of one file
MAX_BESIDE = 100  # files that a demo may bring along


class ScriptError(Exception):
    """Why a file is no demo: a sentence with its path and, where one is to blame, its line."""


class NoMainError(ScriptError):
    """The file has no `main`: a helper, not a demo."""


class Script(msgspec.Struct, frozen=True):
    """One demo. `source` is what was read, is shown and runs; so are `sources`, one for each file `beside`."""

    name: str
    title: str
    about: str
    path: Path
    source: bytes
    sha256: str
    beside: tuple[Path, ...]
    sources: tuple[bytes, ...]
    knobs: tuple[Knob, ...]

    def knob(self, name: str) -> Knob | None:
        return next((knob for knob in self.knobs if knob.name == name), None)

    def defaults(self) -> dict[str, Value]:
        return {knob.name: knob.default for knob in self.knobs}

    def typed(self, texts: Mapping[str, str]) -> dict[str, Value]:
        """Every knob's value: as `texts` say, else its default. Raises ValueError for a name or value that is none."""
        values = self.defaults()
        for name, text in texts.items():
            knob = self.knob(name)
            if knob is None:
                raise ValueError(_no_knob(name, list(values)))
            values[name] = knob.parse(text)
        return values

    @property
    def text(self) -> str:
        """The source as a person reads it: what a terminal would obey or not show stands there as an escape."""
        return visible(self.source)


def read(path: Path, source: bytes | None = None) -> Script:
    """The demo in `path`, or the one that would be there if the file held `source`.

    Raises ScriptError for what cannot be read, parsed or turned; NoMainError for a helper.
    """
    path = path.absolute()
    source = _bytes(path) if source is None else source
    understood = _understand(path, source)
    beside = _beside(path, understood.imports)
    return Script(
        name=path.stem,
        title=understood.title,
        about=understood.about,
        path=path,
        source=source,
        sha256=_sha256(path, source, beside),
        beside=tuple(beside),
        sources=tuple(beside.values()),
        knobs=understood.knobs,
    )


class _Understood(msgspec.Struct, frozen=True):
    """What the source itself says."""

    title: str
    about: str
    knobs: tuple[Knob, ...]
    imports: tuple[str, ...]


@lru_cache(maxsize=256)
def _understand(path: Path, source: bytes) -> _Understood:
    """Parsed once: the lab lists every demo each time it opens."""
    tree = _parse(path, source)
    main = next((n for n in reversed(tree.body) if isinstance(n, _FUNCTIONS) and n.name == "main"), None)
    if main is None:
        raise NoMainError(f"{path}: has no `def main(...)`, so there is nothing to run")
    if isinstance(main, ast.AsyncFunctionDef):
        raise ScriptError(f"{path}:{main.lineno}: `main` must be a plain function, not `async def`")
    try:
        knobs = _knobs(main)
    except KnobError as error:
        raise ScriptError(f"{path}:{error.line}: {error}") from None
    title, _, about = clean(ast.get_docstring(tree) or path.stem.replace("_", " ")).partition("\n")
    return _Understood(title.strip().rstrip("."), about.strip(), knobs, _imports(tree))


def find(name: str, folders: Sequence[Path]) -> Path | None:
    """The file of the demo called `name` in the first folder that has it; None if none has, or if it is no name."""
    if not is_name(name):
        return None
    inside = (folder / f"{name}.py" for folder in folders)
    return next((path for path in inside if os.path.isfile(path)), None)  # noqa: PTH113 - raises nothing


def listing(folders: Sequence[Path], files: Iterable[Path] = ()) -> tuple[tuple[Script, ...], tuple[str, ...]]:
    """All demos by name, first those in `files` and then the first folder, and a sentence for each file that should be
    one and is not."""
    scripts: dict[str, Script] = {}
    faults: list[str] = []
    seen: set[str] = set()
    inside = (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.py")))
    for path in chain(files, inside):
        if not is_name(path.stem) or path.stem in seen:
            continue
        seen.add(path.stem)
        try:
            scripts[path.stem] = read(path)
        except NoMainError:
            continue
        except ScriptError as error:
            faults.append(str(error))
    return tuple(scripts[name] for name in sorted(scripts)), tuple(faults)


def is_name(name: str) -> bool:
    """Whether `name` can be a demo's: [a-z][a-z0-9_]*, so it never reaches outside a folder."""
    return name.isascii() and name.isidentifier() and name == name.lower() and name[0] != "_"


def visible(source: bytes) -> str:
    """A source as text in which everything is seen: a control or invisible character stands there as an escape."""
    text = source.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    if clean(text) == text:
        return text
    unseen = {c: f"\\u{ord(c):04x}" for c in set(text) if not clean(c)}
    return "".join(unseen.get(c, c) for c in text)


def _no_knob(name: str, names: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, names, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"there is {', '.join(names)}"
    return f"there is no knob `{clean(name)}`; {hint}"


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ScriptError(f"{path}: there is no such file")
        with path.open("rb") as file:
            source = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScriptError(f"{path}: cannot be read: {error.strerror or error}") from None
    if len(source) > MAX_BYTES:
        raise ScriptError(f"{path}: is larger than {MAX_BYTES // 1000:,} KB, too large for a demo")
    return source


def _parse(path: Path, source: bytes) -> ast.Module:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in someone's string is not ours to report
            _utf8(source)
            return ast.parse(source)
    except UnicodeDecodeError:
        raise ScriptError(f"{path}:1: must be UTF-8, so that what is shown is what runs") from None
    except SyntaxError as error:
        raise ScriptError(f"{path}:{error.lineno or 1}: is not valid Python: {clean(error.msg)}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ScriptError(f"{path}:1: is not valid Python: {clean(str(error)) or 'nested too deeply'}") from None


def _utf8(source: bytes) -> None:
    """Raises UnicodeDecodeError or SyntaxError for a source that is in, or says to be in, another encoding."""
    from io import BytesIO
    from tokenize import detect_encoding

    source.decode()
    if detect_encoding(BytesIO(source).readline)[0] not in ("utf-8", "utf-8-sig"):
        raise SyntaxError("it must be UTF-8, so that what is shown is what runs")


def _knobs(main: ast.FunctionDef) -> tuple[Knob, ...]:
    args = main.args
    extra = args.vararg or args.kwarg or (args.posonlyargs[0] if args.posonlyargs else None)
    if extra is not None:
        raise KnobError(f"`main` takes knobs by name only; `{extra.arg}` cannot be turned", extra.lineno)
    defaults: list[ast.expr | None] = [None] * (len(args.args) - len(args.defaults))
    pairs = [
        *zip(args.args, [*defaults, *args.defaults], strict=True),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    if not pairs:
        raise KnobError("`main` has no knob; give it at least one, such as `seed: int = 0`", main.lineno)
    return tuple(knob_of(arg, default) for arg, default in pairs)


def _sha256(path: Path, source: bytes, beside: dict[Path, bytes]) -> str:
    """Of a script alone the hash that `sha256sum` prints; else of that and of its companions' names and hashes."""
    own = hashlib.sha256(source).hexdigest()
    if not beside:
        return own
    names = [file.relative_to(path.parent).as_posix() for file in beside]
    hashes = [hashlib.sha256(data).hexdigest() for data in beside.values()]
    return hashlib.sha256(repr([own, *zip(names, hashes, strict=True)]).encode()).hexdigest()


def _beside(path: Path, imports: Sequence[str]) -> dict[Path, bytes]:
    """The files in `path`'s folder that it imports, and that they import, in order of path."""
    found: dict[Path, bytes] = {}
    waiting = list(_files(path.parent, imports))
    while waiting:
        file = waiting.pop()
        if file in found or file == path:
            continue
        if len(found) == MAX_BESIDE:
            raise ScriptError(f"{path}: imports more than {MAX_BESIDE} files beside it, too many for a demo")
        found[file] = _bytes(file)
        waiting.extend(_files(path.parent, _helper_imports(file, found[file])))
    return dict(sorted(found.items()))


def _files(folder: Path, modules: Sequence[str]) -> Iterator[Path]:
    for name in modules:
        if (folder / f"{name}.py").is_file():
            yield folder / f"{name}.py"
        if (folder / name).is_dir():
            yield from (file for file in (folder / name).rglob("*.py") if file.is_file())


@lru_cache(maxsize=256)
def _helper_imports(path: Path, source: bytes) -> tuple[str, ...]:
    return _imports(_parse(path, source))


def _imports(tree: ast.Module) -> tuple[str, ...]:
    """The first names of the modules that are imported anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return tuple(sorted(names))
