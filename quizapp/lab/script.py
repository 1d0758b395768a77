"""A demo as it is read: its title, its knobs and its hash, found with `ast`. Nothing of the script runs here."""

import ast
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import msgspec

from quizapp.draw.names import NO_LABELS, Labels
from quizapp.lab.demo_words import DemoWords, demo_words
from quizapp.lab.knob import Knob as Knob
from quizapp.lab.knob import KnobError, KnobValue, NotTaken, knob_of
from quizapp.lab.source import ScriptError as ScriptError
from quizapp.lab.source import beside, imports, parse_source, read_source, visible
from quizapp.texts import Sentence, tell
from quizapp.words import Language, clean

MAX_KNOBS = 20
MAX_TITLE, MAX_ABOUT = 200, 4_000  # characters


class NoMainError(ScriptError):
    """The file has no `main`: a helper, not a demo."""


class Script(msgspec.Struct, frozen=True):
    """One demo. `source` is what was read, is shown and runs; so are `sources`, one for each file `beside`. `words` are
    by language."""

    name: str
    title: str
    about: str
    path: Path
    source: bytes
    sha256: str
    beside: tuple[Path, ...]
    sources: tuple[bytes, ...]
    knobs: tuple[Knob, ...]
    words: dict[Language, DemoWords] = {}

    def title_in(self, language: Language) -> str:
        """What it is called."""
        return (self.words[language].title if language in self.words else "") or self.title

    def about_in(self, language: Language) -> str:
        """What it is about, paragraphs with a blank line between."""
        return (self.words[language].about if language in self.words else "") or self.about

    def labels_in(self, language: Language) -> Labels:
        """What its knobs, measures and lines are called, those that have words of their own."""
        return self.words[language].labels if language in self.words else NO_LABELS

    def knob(self, name: str) -> Knob | None:
        return next((knob for knob in self.knobs if knob.name == name), None)

    def defaults(self) -> dict[str, KnobValue]:
        return {knob.name: knob.default for knob in self.knobs}

    def typed(self, texts: Mapping[str, str]) -> dict[str, KnobValue]:
        """Every knob's value: as `texts` say, else its default. Raises NotTaken for a name or value that is none."""
        values = self.defaults()
        for name, text in texts.items():
            knob = self.knob(name)
            if knob is None:
                raise NotTaken(_no_knob(name, list(values)))
            values[name] = knob.parse(text)
        return values

    @property
    def text(self) -> str:
        """The source as a person reads it: what a terminal would obey or not show stands there as an escape."""
        return visible(self.source)


def read_script(path: Path, source: bytes | None = None) -> Script:
    """The demo in `path`, or the one that would be there if the file held `source`.

    Raises ScriptError for what cannot be read, parsed or turned; NoMainError for a helper.
    """
    name, path = path.stem, _resolved(path)
    source = read_source(path) if source is None else source
    understood = _understand(path, source)
    companions = beside(path, understood.imports)
    return Script(
        name=name,
        title=understood.title,
        about=understood.about,
        path=path,
        source=source,
        sha256=hash_of(path, source, companions),
        beside=tuple(companions),
        sources=tuple(companions.values()),
        knobs=understood.knobs,
        words=understood.words,
    )


class _Understood(msgspec.Struct, frozen=True):
    """What the source itself says."""

    title: str
    about: str
    knobs: tuple[Knob, ...]
    imports: tuple[str, ...]
    words: dict[Language, DemoWords]


@lru_cache(maxsize=256)
def _understand(path: Path, source: bytes) -> _Understood:
    """Parsed once: the lab lists every demo each time it opens."""
    tree = parse_source(path, source)
    main = next((n for n in reversed(tree.body) if isinstance(n, _FUNCTIONS) and n.name == "main"), None)
    if main is None:
        raise NoMainError.at(path, tell("lab.script.no_main"))
    if isinstance(main, ast.AsyncFunctionDef):
        raise ScriptError.at(path, tell("lab.script.async_main"), main.lineno)
    try:
        knobs = _knobs(main)
    except KnobError as error:
        raise ScriptError.at(path, error.sentence, error.line) from None
    except (ValueError, ArithmeticError, RecursionError, MemoryError) as error:  # numbers too large, types too deep
        raise ScriptError.at(path, tell("lab.script.knobs_unreadable", why=clean(str(error))), main.lineno) from None
    title, _, about = clean(ast.get_docstring(tree) or path.stem.replace("_", " ")).partition("\n")
    title, about = title.strip().rstrip(".")[:MAX_TITLE], about.strip()[:MAX_ABOUT]
    return _Understood(title, about, knobs, imports(tree), demo_words(tree))


def find(name: str, folders: Sequence[Path]) -> Path | None:
    """The file of the demo called `name` in the first folder that has it; None if none has, or if it is no name."""
    if not is_name(name):
        return None
    return next((path for folder in folders if os.path.isfile(path := folder / f"{name}.py")), None)  # noqa: PTH113


def read_demos(folders: Sequence[Path], files: Iterable[Path] = ()) -> tuple[tuple[Script, ...], tuple[Sentence, ...]]:
    """All demos by name, first those in `files` and then the first folder, and a sentence for each file that should be
    one and is not."""
    scripts: dict[str, Script] = {}
    faults: list[Sentence] = []
    seen: set[str] = set()
    inside = (path for folder in folders if os.path.isdir(folder) for path in sorted(folder.glob("*.py")))  # noqa: PTH112
    for path in chain(files, inside):
        if not is_name(path.stem) or path.stem in seen:
            continue
        seen.add(path.stem)
        try:
            scripts[path.stem] = read_script(path)
        except NoMainError:
            continue
        except ScriptError as error:
            faults.append(error.sentence)
    return tuple(scripts[name] for name in sorted(scripts)), tuple(faults)


def is_name(name: str) -> bool:
    """Whether `name` can be a demo's: [a-z][a-z0-9_]*, so it never reaches outside a folder."""
    return name.isascii() and name.isidentifier() and name == name.lower() and name[0] != "_"


def _no_knob(name: str, names: list[str]) -> Sentence:
    from difflib import get_close_matches

    near = get_close_matches(name, names, n=1)
    if near:
        return tell("lab.knob.unknown_near", name=clean(name), near=near[0])
    return tell("lab.knob.unknown", name=clean(name), names=", ".join(names))


def _resolved(path: Path) -> Path:
    """The file itself: what a link leads to has its companions and its data there, not beside the link."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        raise ScriptError.at(path, tell("lab.script.leads_nowhere")) from None


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _knobs(main: ast.FunctionDef) -> tuple[Knob, ...]:
    args = main.args
    extra = args.vararg or args.kwarg or (args.posonlyargs[0] if args.posonlyargs else None)
    if extra is not None:
        raise KnobError(tell("lab.knob.by_name_only", name=extra.arg), extra.lineno)
    defaults: list[ast.expr | None] = [None] * (len(args.args) - len(args.defaults))
    pairs = [
        *zip(args.args, [*defaults, *args.defaults], strict=True),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    if not pairs:
        raise KnobError(tell("lab.knob.none"), main.lineno)
    if len(pairs) > MAX_KNOBS:
        raise KnobError(tell("lab.knob.many", n=len(pairs), most=MAX_KNOBS), main.lineno)
    return tuple(knob_of(arg, default) for arg, default in pairs)


def hash_of(path: Path, source: bytes, beside: Mapping[Path, bytes]) -> str:
    """Of a script alone the hash that `sha256sum` prints; else of that and of its companions' names and hashes."""
    own = hashlib.sha256(source).hexdigest()
    if not beside:
        return own
    names = [file.relative_to(path.parent).as_posix() for file in beside]
    hashes = [hashlib.sha256(data).hexdigest() for data in beside.values()]
    return hashlib.sha256(repr([own, *zip(names, hashes, strict=True)]).encode()).hexdigest()
