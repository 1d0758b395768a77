"""What a person reads before a yes: every source that may run, what changed since the last yes, what no yes covers."""

import os
from collections.abc import Mapping
from difflib import unified_diff
from itertools import islice
from pathlib import Path

import msgspec

from quizapp.lab import sandbox
from quizapp.lab.script import Script
from quizapp.lab.source import decoded, visible
from quizapp.texts import Sentence, tell, text
from quizapp.words import Language, escaped

MAX_COMPARED = 1_000  # lines of a file; comparing more, line by line, may take a hostile one minutes
MAX_NAMED = 8  # files of data
CONTEXT = 3  # lines around a change

HIDES = tell("lab.review.hides")
NOT_COVERED = tell("lab.review.not_covered")


class DemoReview(msgspec.Struct, frozen=True):
    """`files` are names and sources, the demo first; `changes` a unified diff, "" where nothing was allowed before.

    In all of it what a terminal would obey or not show stands as an escape; none of it is markup.
    """

    files: tuple[tuple[str, str], ...]
    changes: str
    data: tuple[str, ...]
    may: Sentence  # what a run can still do here
    hides: bool  # whether escapes stand in the texts

    @property
    def lines(self) -> int:
        return sum(len(_lines(text)) for _, text in self.files)


def review(script: Script, before: Mapping[str, bytes] | None, language: Language = "en") -> DemoReview:
    """`before` is what `Trust.before` gives: the sources by name as they were allowed last. The notes among the changes
    are in `language`."""
    now = sources_of(script)
    files = tuple((escaped(name), visible(source)) for name, source in now.items())
    names = dict.fromkeys((*now, *(before or {})))
    changes = [] if before is None else [_changed(name, before.get(name), now.get(name), language) for name in names]
    hides = any(decoded(source).replace("\r\n", "\n") != visible(source) for source in now.values())
    return DemoReview(
        files,
        "\n".join(filter(None, changes)),
        _data(script.path.parent / "data"),
        Sentence(f"lab.may.{sandbox.expected().replace(' ', '_')}"),
        hides,
    )


def sources_of(script: Script) -> dict[str, bytes]:
    """All that may run, by its path from the demo's folder; the demo first."""
    names = (path.relative_to(script.path.parent).as_posix() for path in (script.path, *script.beside))
    return dict(zip(names, (script.source, *script.sources), strict=True))


def _changed(name: str, before: bytes | None, now: bytes | None, language: Language) -> str:
    if before == now:
        return ""
    old, new = _lines(visible(before or b"")), _lines(visible(now or b""))
    name = escaped(name)
    was = name if before is not None else text("lab.review.new", language)
    head = [f"--- {was}", f"+++ {name if now is not None else text('lab.review.gone', language)}"]
    if old == new:
        return "\n".join([*head, text("lab.review.unseen_only", language)])
    if max(len(old), len(new)) > MAX_COMPARED:
        return "\n".join([*head, *_hunk(old, new)])
    return "\n".join([*head, *islice(unified_diff(old, new, lineterm="", n=CONTEXT), 2, None)])


def _hunk(old: list[str], new: list[str]) -> list[str]:
    """All from the first line that differs to the last, as one change."""
    short = min(len(old), len(new))
    start = next((i for i in range(short) if old[i] != new[i]), short)
    end = next((i for i in range(short - start) if old[-1 - i] != new[-1 - i]), short - start)
    first, last = max(0, start - CONTEXT), max(0, end - CONTEXT)
    return [
        f"@@ -{first + 1},{len(old) - last - first} +{first + 1},{len(new) - last - first} @@",
        *(f" {line}" for line in old[first:start]),
        *(f"-{line}" for line in old[start : len(old) - end]),
        *(f"+{line}" for line in new[start : len(new) - end]),
        *(f" {line}" for line in new[len(new) - end : len(new) - last]),
    ]


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _data(folder: Path) -> tuple[str, ...]:
    """The first files in the demo's folder of data, and "…" if there are more."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(escaped(f"data/{entry.name}") for entry in islice(entries, 1_000))
    except OSError:
        return ()
    return (*names[:MAX_NAMED], *(["…"] if len(names) > MAX_NAMED else []))
