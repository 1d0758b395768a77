"""Every key can be changed: `keys:` in settings.yaml leads from the id of a binding to its keys."""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import NamedTuple

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key

from quizapp.texts import Sentence, UserError, tell
from quizapp.ui import routes
from quizapp.ui.context import context
from quizapp.ui.half_width import half_width
from quizapp.words import clean

KeyMap = Mapping[str, tuple[str, ...]]

# What a letter means on every screen, as the ids of what its bindings may be called; the phrase for it is the text
# `letters.<letter>`. Only a list that shows them, choices or points, has the letters a to f for its own.
MEANINGS: Mapping[str, tuple[str, ...]] = {
    "a": ("keys.add",),
    "b": ("keys.browse", "keys.browse_hardest"),
    "c": ("keys.count",),
    "d": ("keys.demos",),
    "g": ("keys.sweep",),
    "h": ("keys.statistics",),
    "i": ("keys.interview", "keys.go_on", "keys.to_review"),
    "j": ("keys.related",),
    "k": ("keys.keys",),
    "l": ("keys.language",),
    "m": ("keys.measure",),
    "n": ("keys.no", "keys.none"),
    "o": ("keys.sort", "keys.topics"),
    "p": ("keys.predict",),
    "q": ("keys.quit",),
    "r": ("keys.readiness",),
    "s": ("keys.study", "keys.study_on", "keys.study_these"),
    "t": ("keys.type",),
    "u": ("keys.undo",),
    "v": ("keys.source",),
    "w": ("keys.export", "keys.keep"),
    "x": ("keys.experiment", "keys.run"),
    "y": ("keys.yes", "keys.allow"),
    "z": ("keys.quiz", "keys.cram", "keys.cram_weakest", "keys.retry"),
    "C": ("keys.compare",),
    "D": ("keys.date",),
    "E": ("keys.edit", "keys.edit_file"),
    "G": ("keys.give_up",),
    "H": ("keys.hint",),
    "L": ("keys.formulas",),
    "M": ("keys.name_mistake",),
    "O": ("keys.open_media",),
    "T": ("keys.tour",),
    "X": ("keys.examine",),
}

# Ids that users' settings may still have, of what Textual's own forms do by themselves now: no fault, and no key.
GONE = frozenset(
    {
        *("answer.drop", "interview.drop", "practise.more", "readiness.follow"),
        *("settings.change", "settings.less", "settings.more", "tour.next"),
    }
)

_MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
_NAMED = frozenset(key.value for key in Keys if not key.value.startswith("<") and "-" not in key.value)
_OTHER_NAMES = {"esc": "escape", "return": "enter", "del": "delete", "pgup": "pageup", "pgdn": "pagedown", " ": "space"}

# What is never possible at the same time may share a key: before and after the answer shows; while a demo runs or not.
_APART = (
    (
        frozenset({"reveal", "up", "down", "type", *(f"sure-{i}" for i in range(1, 5))}),
        frozenset({"accept", "again", "hard", "good", "easy"}),
    ),
    (frozenset({"stop"}), frozenset({"run", "sweep", "edit", "keep", "drop", "allow"})),
    (frozenset({"allow"}), frozenset({"run", "sweep", "edit", "keep", "drop"})),
)


class NoKey(UserError, ValueError):
    """No key is called so."""


class Clash(NamedTuple):
    """Two bindings that one key would do at once."""

    key: str
    first: str
    second: str


def remapped(bindings: BindingsMap, keys: KeyMap) -> BindingsMap:
    """A node's bindings with the user's keys, which come before what else is on those keys.

    Textual's own `set_keymap` would take away every other binding of a key that one of them gives up.
    """
    changed: dict[str, list[Binding]] = {}
    kept: dict[str, list[Binding]] = {}
    done: set[str] = set()
    for key, binding in bindings:
        if binding.id is None or binding.id not in keys:
            kept.setdefault(key, []).append(binding)
        elif binding.id not in done:
            done.add(binding.id)
            for new in keys[binding.id]:
                changed.setdefault(new, []).append(binding.with_key(new))
    return BindingsMap.merge([BindingsMap.from_keys(changed), BindingsMap.from_keys(kept)])


def key_named(text: str) -> str:
    """The key as Textual calls it: g, question_mark, ctrl+s, f5. Raises NoKey."""
    name, modifiers = text.strip() or " ", set()
    while (parts := name.split("+", 1))[0].lower() in _MODIFIERS and len(parts) == 2 and parts[1]:
        modifiers.add(parts[0].lower())
        name = parts[1]
    if len(name) > 1 or modifiers - {"shift"}:
        name = name.lower()
    name = _OTHER_NAMES.get(name, name)
    character = _character(name)
    if character is not None and (twin := half_width(character)) != character:
        character, name = twin, _character_to_key(twin)
    if modifiers == {"shift"} and len(name) == 1 and name.isalpha():
        modifiers, name = set(), name.upper()
    if name not in _NAMED and character is None:
        known = [*_NAMED, *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"), "question_mark", "comma"]
        near = difflib.get_close_matches(text.lower(), sorted(known), 1)
        hint = tell("ui.settings.mean", near=near[0]) if near else tell("ui.settings.keys_are")
        raise NoKey(tell("ui.settings.no_key", key=clean(text), hint=hint))
    return "+".join([*sorted(modifiers), _character_to_key(name) if len(name) == 1 else name])


def _character(name: str) -> str | None:
    """What a key of this name types: a, é, 中, the ? of question_mark. None for one that types nothing."""
    if len(name) == 1:
        return name if name.isprintable() else None
    names = {short: long for long, short in KEY_NAME_REPLACEMENTS.items()}
    words = names.get(name, name).split("_")
    for between in " -":
        try:
            found = unicodedata.lookup(between.join(words))
        except KeyError:
            continue
        return found if found.isprintable() else None
    return None


def read_keys(keys: KeyMap) -> tuple[dict[str, tuple[str, ...]], list[Sentence]]:
    """The keys as Textual calls them, and a sentence for each that is none; such a binding keeps its own."""
    good: dict[str, tuple[str, ...]] = {}
    faults = []
    for binding, names in keys.items():
        try:
            good[binding] = tuple(dict.fromkeys(key_named(name) for name in names))
        except NoKey as error:
            faults.append(tell("ui.settings.bad_key", binding=clean(binding), what=error.sentence))
    return good, faults


# What there is: this imports every screen, so it is asked for only when a key is or was changed.


@cache
def owners() -> tuple[type[DOMNode], ...]:
    """The app, and every screen and widget of it that binds keys of its own."""
    from importlib import import_module

    return tuple(
        thing
        for name in routes.modules()
        for thing in vars(import_module(name)).values()
        if isinstance(thing, type) and issubclass(thing, DOMNode) and thing.__module__ == name
    )


def declared(owner: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that a class itself declares, those of several keys once."""
    for binding in vars(owner).get("BINDINGS", ()):
        yield binding if isinstance(binding, Binding) else Binding(*binding)


def every_binding() -> dict[str, Binding]:
    """Every binding of the app by its id."""
    return {binding.id: binding for owner in owners() for binding in declared(owner) if binding.id}


def unknown(keys: KeyMap) -> list[Sentence]:
    """A sentence for each id that no binding has."""
    ids = every_binding()
    faults = []
    for name in keys:
        if name not in ids and name not in GONE:
            near = difflib.get_close_matches(name, ids, 1)
            hint = tell("ui.settings.mean", near=near[0]) if near else tell("ui.settings.bindings_are")
            faults.append(tell("ui.settings.no_binding", name=clean(name), hint=hint))
    return faults


def clashes(keys: KeyMap) -> list[Clash]:
    """Bindings that got the same key in one place, though they do not share one as they come."""
    found: dict[Clash, None] = {}
    everywhere = owners()[0]._merged_bindings
    for owner in owners():
        maps = [bindings for bindings in (owner._merged_bindings, everywhere) if bindings is not None]
        usual = _by_key(BindingsMap.merge(maps[:1] if owner is owners()[0] else maps))
        shared = {pair for ids in usual.values() for pair in combinations(sorted(ids), 2)}
        now = _by_key(remapped(BindingsMap.merge(maps[:1] if owner is owners()[0] else maps), keys))
        for key, ids in now.items():
            for pair in combinations(sorted(ids), 2):
                if pair not in shared and (pair[0] in keys or pair[1] in keys) and not _apart(*pair):
                    found[Clash(key, *pair)] = None
    return list(found)


def _apart(first: str, second: str) -> bool:
    """Whether two bindings of one place never work at the same time."""
    (place, _, one), (other_place, _, two) = first.partition("."), second.partition(".")
    return place == other_place and any((one in a and two in b) or (two in a and one in b) for a, b in _APART)


def _by_key(bindings: BindingsMap) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, binding in bindings:
        found.setdefault(key, set()).add(binding.id or binding.action)
    return found


def shown_keys(node: DOMNode, binding: Binding) -> str:
    """The keys of a binding, the user's or its own, as a person reads them: g, f5."""
    app, keys = node.app, context(node).keys
    if binding.id in keys:
        parts = [app.get_key_display(binding.with_key(key)) for key in keys[binding.id or ""]]
    else:
        parts = [app.get_key_display(one) for one in Binding.make_bindings([binding])]
    return ", ".join(dict.fromkeys(parts))
