"""Cards in Markdown of others: hashcards' Q:, A: and C:, and Obsidian's `question::answer` and `?` between two
paragraphs; what was written here is read in `own_markdown_read`."""

import re
from bisect import bisect_left, bisect_right
from itertools import islice
from operator import itemgetter
from pathlib import Path

from quizapp.cards.formats import FileContents, Lost, entry_of_note, once, text_of
from quizapp.cards.formats.carried import Carrier, Shelf, carrier_beside
from quizapp.cards.formats.own_markdown_read import is_own, read_own
from quizapp.cards.rules import MOST_IN_A_LIST
from quizapp.cards.write import Entry
from quizapp.texts import tell

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_TAGGED = re.compile(r"[QA]:(?![:\\/])|C:(?:\s|$)")  # a drive and Obsidian's :: are no card
_HIGHLIGHT = re.compile(r"==(?=[^=\s])([^=\n]*(?:=[^=\n]+)*)(?<=[^\s])==(?!=)")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_BRACKETS = re.compile(r"(?<![!\\])\[((?:[^\[\]\\]|\\.)+)\](?!\()")
# ![words](where "title"), Obsidian's ![[where|size]], [sound:where]
_MEDIA = re.compile(
    r"!\[([^\[\]\n]{0,500})\]\(([^()\n]{0,500})\)|!\[\[([^\[\]|\n]{1,500})(?:\|[^\[\]\n]{0,500})?\]\]"
    r"|\[sound:([^\[\]\n]{1,500})\]"
)
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')$""")  # of a picture, behind where it is
_OBSIDIAN_DATES = re.compile(r"<!--SR:[^<>\n]{0,2000}-->")


def read_markdown(path: Path, shelf: Shelf) -> FileContents:
    """Raises Foreign or Unreadable."""
    text, lost = text_of(path), Lost()
    carrier = carrier_beside(shelf, path, lost)
    if is_own(text):
        return read_own(text, path.stem, carrier)
    if dates := len(_OBSIDIAN_DATES.findall(text)):
        lost[tell("formats.lost.obsidian_dates")] += dates
        text = _OBSIDIAN_DATES.sub("", text)
    title, tags, body = _front_matter(text)
    entries: list[Entry] = []
    for part in _parts(body, lost):
        entries += _cards(part, carrier)
    if tags:
        entries = [{**entry, "tags": tags} for entry in entries]
    return FileContents(title or path.stem, once(entries, lost), lost)


def _front_matter(text: str) -> tuple[str, list[str], str]:
    """The name and the tags that are written above the cards, or nothing, and what comes below."""
    head = re.match(r"---\n(.*?\n)?---\n", text, re.DOTALL)
    if head is None:
        return "", [], text
    above = head[1] or ""
    name = re.search("^(?:name|title) {0,9}[=:](.*)$", above, re.MULTILINE)
    tags = re.search(r"^tags? {0,9}[=:](.*(?:\n[ \t]*- .*)*)", above, re.MULTILINE)
    words = re.findall(r"[^\s,\[\]\"'#]+", re.sub(r"\n[ \t]*- ", " ", tags[1])) if tags else []
    return (name[1].strip().strip('"').strip() if name else ""), words[:MOST_IN_A_LIST], text[head.end() :]


_Lines = list[tuple[str, bool]]  # lines, each with whether it is code


def _parts(text: str, lost: Lost) -> list[_Lines]:
    """The text, parted where a card of hashcards starts or ends: at Q:, C: and ---, unless in code."""
    parts: list[_Lines] = [[]]
    lines = text.split("\n")
    fences, ends = _Code(lines), 0  # the line at which the code is over that was begun
    for at, line in enumerate(lines):
        code = at < ends
        if not code and _FENCE.match(line):
            end, code = fences.end(at), True
            ends = fences.next_card(at) if end is None else end
            if end is None:
                lost.one(tell("formats.lost.open_fence"), parts[-1][0][0] if parts[-1] else line)
        if not code and _starts_card(line):
            parts.append([])
        if not code and line.rstrip() == "---":
            parts.append([])
        else:
            parts[-1].append((line, code))
    return parts


def _starts_card(line: str) -> bool:
    return line.startswith(("Q:", "C:")) and _TAGGED.match(line) is not None


class _Code:
    """Where the code of a text ends. Looked up, not looked for: a text may open it on every line and close none."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.starts = [i for i, line in enumerate(lines) if _starts_card(line)]
        marks = [
            (i, mark[1]) for i, line in enumerate(lines) if (mark := _FENCE.match(line)) and line.strip() == mark[1]
        ]
        self.closing = {sign: [(i, mark) for i, mark in marks if mark[0] == sign] for sign in "`~"}
        self._whole: dict[int, bool] = {}

    def closed(self, at: int) -> int | None:
        """The number of the line after the code that begins at line `at`; None where nothing closes it."""
        fence = _FENCE.match(self.lines[at])
        assert fence is not None
        closing = self.closing[fence[1][0]]
        after = islice(closing, bisect_right(closing, at, key=itemgetter(0)), None)
        return next((i + 1 for i, mark in after if mark.startswith(fence[1])), None)

    def end(self, at: int) -> int | None:
        """The same; None too where somebody forgot to close it: what closes it belongs to a later card then, which is
        whole without it."""
        end = self.closed(at)
        if end is None:
            return None
        later = self.starts[max(0, bisect_left(self.starts, end) - 1) :][:1]
        return None if later and later[0] > at and self._is_whole(later[0]) else end

    def next_card(self, at: int) -> int:
        """The line of the first card after line `at`; past the last line if there is none."""
        return next(iter(self.starts[bisect_right(self.starts, at) :][:1]), len(self.lines))

    def _is_whole(self, start: int) -> bool:
        """Whether the card that starts there closes all its code, and has some."""
        if start not in self._whole:
            at, until, has = start, self.next_card(start), False
            while at < until:
                begins = _FENCE.match(self.lines[at]) is not None
                has |= begins
                at = (self.closed(at) or until + 1) if begins else at + 1
            self._whole[start] = has and at == until
        return self._whole[start]


def _cards(part: _Lines, carrier: Carrier) -> list[Entry]:
    first = part[0][0] if part else ""
    if first.startswith("C:") and _TAGGED.match(first):
        text = _seen("\n".join(line for line, _ in part)[2:], carrier)
        return _made([_numbered(text)], True, carrier)
    if first.startswith("Q:") and _TAGGED.match(first):
        at = next((i for i, (line, code) in enumerate(part) if not code and _TAGGED.match(line) and line[0] == "A"), 0)
        if not at:
            carrier.lost.one(tell("formats.lost.unanswered"), first[2:])
            return []
        asked, answer = (_seen("\n".join(line for line, _ in lines)[2:], carrier) for lines in (part[:at], part[at:]))
        return _made([asked, answer], False, carrier)
    return _obsidian(part, carrier)


def _obsidian(part: _Lines, carrier: Carrier) -> list[Entry]:
    """The cards of paragraphs. `:::` and `??` ask both ways."""
    paragraphs: list[_Lines] = [[]]
    for line, code in part:
        if line.strip() or code:
            paragraphs[-1].append((line, code))
        elif paragraphs[-1]:
            paragraphs.append([])
    entries: list[Entry] = []
    for lines in paragraphs:
        at = next((i for i, (line, code) in enumerate(lines) if not code and line.strip() in ("?", "??")), 0)
        if at:
            asked, answer = ("\n".join(line for line, _ in some) for some in (lines[:at], lines[at + 1 :]))
            entries += _both(asked, answer, lines[at][0].strip() == "??", carrier)
            continue
        whole = "\n".join(line for line, _ in lines)
        if _HIGHLIGHT.search(_without_code(whole)) and not any(code for _, code in lines):
            entries += _made([_seen(_BULLET.sub("", _highlighted(whole), count=1), carrier)], True, carrier)
            continue
        for line, code in lines:
            sign = None if code else re.search(":::?(?!:)", _without_code(line))
            if sign is None:
                if line.strip() and not re.match(r"#|\s*$", line):
                    carrier.lost.one(tell("formats.lost.other_lines"), line)
                continue
            asked = _BULLET.sub("", line[: sign.start()], count=1)
            entries += _both(asked, line[sign.end() :], len(sign[0]) == 3, carrier)
    return entries


def _without_code(text: str) -> str:
    """Blanks in the place of code, as in `std::move`, in which signs part nothing."""
    return re.sub("`[^`]*`", lambda span: " " * len(span[0]), text)


def _highlighted(text: str) -> str:
    """What is ==highlighted== as gaps, numbered from 1."""
    gaps = [gap.span() for gap in _HIGHLIGHT.finditer(_without_code(text))]
    for number, (start, end) in reversed(list(enumerate(gaps, 1))):
        text = f"{text[:start]}{{{{c{number}::{text[start + 2 : end - 2]}}}}}{text[end:]}"
    return text


def _both(asked: str, answer: str, reversed_too: bool, carrier: Carrier) -> list[Entry]:
    asked, answer = _seen(asked, carrier), _seen(answer, carrier)
    entries = _made([asked, answer], False, carrier)
    return entries + (_made([answer, asked], False, carrier) if reversed_too else [])


def _made(fields: list[str], cloze: bool, carrier: Carrier) -> list[Entry]:
    entry = entry_of_note(fields, ["q", "a"], "", [], cloze, carrier.lost)
    return [entry] if entry else []


def _seen(text: str, carrier: Carrier) -> str:
    """The text with the pictures and sounds that come along; of the others the description."""

    def mark(found: re.Match[str]) -> str:
        words, target = found[1] or "", (found[2] or found[3] or found[4] or "").strip()
        put = carrier.take(_TITLE.sub("", target).strip("<>"), words)
        if put is None:
            carrier.lost[tell("formats.lost.sounds" if found[4] else "formats.lost.images")] += 1
        return put or ("" if found[4] else f"(image: {words or target})")

    return _MEDIA.sub(mark, text)


def _numbered(text: str) -> str:
    """Brackets as gaps, numbered from 1."""
    number = 0

    def gap(bracket: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{{{{c{number}::{bracket[1]}}}}}"

    return re.sub(r"\\([\[\]])", r"\1", _BRACKETS.sub(gap, text))
