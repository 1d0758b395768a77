"""Which of an exercise's known mistakes, its traps, an attempt made: one in all, or several, each in a part."""

from collections.abc import Mapping, Sequence

from quizapp.lab.differ import differ
from quizapp.lab.exam import Came


def known_trap(traps: Mapping[str, Sequence[Came]], came: Sequence[Came | None], cases: int) -> str:
    """The trap that came to the same in each of the first `cases`, or ""."""
    places = range(cases)
    for name, trap in traps.items():
        if min(len(came), len(trap)) >= cases and all(_same(came[place], trap[place]) for place in places):
            return name
    return ""


def known_parts(
    traps: Mapping[str, Sequence[Came]], reference: Sequence[Came], came: Sequence[Came | None]
) -> tuple[str, ...]:
    """The traps that each came to the same in a case that fails, where no other did, and that fail in no case that
    passes. `reference` has the cases only; from an error nothing is concluded."""
    places = range(len(reference))
    if len(came) < len(reference):
        return ()
    wrong = {place for place in places if not _same(came[place], reference[place])}
    seen: dict[str, set[int]] = {}
    for name, trap in traps.items():
        bad = {place for place in places[: len(trap)] if not _same(trap[place], reference[place])}
        if bad <= wrong:
            seen[name] = {place for place in bad if not _raised(came[place]) and _same(came[place], trap[place])}
    found = [place for at in seen.values() for place in at]
    return tuple(name for name, at in seen.items() if any(found.count(place) == 1 for place in at))


def _raised(one: Came | None) -> bool:
    return one is None or one.raised is not None


def _same(one: Came | None, other: Came) -> bool:
    """Whether two came to the same: the same error, or what cannot be told apart."""
    if one is None:
        return False
    if one.raised is not None or other.raised is not None:
        return one.raised is not None and other.raised is not None and one.raised.kind == other.raised.kind
    if one.result is None or other.result is None or differ(one.result, other.result) is not None:
        return False
    for mine, others in ((one.grads, other.grads), (one.after, other.after)):
        named = dict(mine)
        if set(named) != {name for name, _ in others}:
            return False
        if any(differ(named[name], value) is not None for name, value in others):
            return False
    return True
