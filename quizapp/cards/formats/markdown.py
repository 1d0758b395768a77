"""Cards in Markdown: hashcards' Q:, A: and C:, and Obsidian's `question::answer` and `?` between two paragraphs."""

import re
from pathlib import Path

from quizapp import disk
from quizapp.cards.card import CLOZE, Deck
from quizapp.cards.formats import FileContents, Lost, entry_of_note, notes_of, once, sides, text_of
from quizapp.cards.write import Entry
from quizapp.texts import tell
from quizapp.words import Shown

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_TAGGED = re.compile(r"(Q|A|C):(?:\s|$)")
_BRACKETS = re.compile(r"(?<![!\\])\[((?:[^\[\]\\]|\\.)+)\](?!\()")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\]\(([^()\n]{0,500})\)|!\[\[([^\[\]|\n]{1,500})(?:\|[^\[\]\n]{0,500})?\]\]")
_OBSIDIAN_DATES = re.compile(r"<!--SR:[^<>\n]{0,2000}-->")


def read_markdown(path: Path) -> FileContents:
    """Raises Foreign or Unreadable."""
    text = text_of(path)
    lost = Lost()
    if dates := len(_OBSIDIAN_DATES.findall(text)):
        lost[tell("formats.lost.obsidian_dates")] += dates
        text = _OBSIDIAN_DATES.sub("", text)
    title, body = _front_matter(text)
    entries: list[Entry] = []
    for part in _parts(body):
        entries += _cards(part, lost)
    return FileContents(title or path.stem, once(entries, lost), lost)


def _front_matter(text: str) -> tuple[str, str]:
    """The name that is written above the cards, or "", and what comes below."""
    head = re.match(r"---\n(.*?\n)?---\n", text, re.DOTALL)
    if head is None:
        return "", text
    name = re.search("^(?:name|title) {0,9}[=:](.*)$", head[1] or "", re.MULTILINE)
    return (name[1].strip().strip('"').strip() if name else ""), text[head.end() :]


_Lines = list[tuple[str, bool]]  # lines, each with whether it is code


def _parts(text: str) -> list[_Lines]:
    """The text, parted where a card of hashcards starts or ends: at Q:, C: and ---, unless in code."""
    parts: list[_Lines] = [[]]
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        code = bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
        if not code and line.startswith(("Q:", "C:")) and _TAGGED.match(line):
            parts.append([])
        if not code and line.rstrip() == "---":
            parts.append([])
        else:
            parts[-1].append((line, code))
    return parts


def _cards(part: _Lines, lost: Lost) -> list[Entry]:
    first = part[0][0] if part else ""
    if first.startswith("C:") and _TAGGED.match(first):
        text = _seen("\n".join(line for line, _ in part)[2:], lost)
        return _made([_numbered(text)], True, lost)
    if first.startswith("Q:") and _TAGGED.match(first):
        at = next((i for i, (line, code) in enumerate(part) if not code and _TAGGED.match(line) and line[0] == "A"), 0)
        if not at:
            lost.one(tell("formats.lost.unanswered"), first[2:])
            return []
        asked, answer = (_seen("\n".join(line for line, _ in lines)[2:], lost) for lines in (part[:at], part[at:]))
        return _made([asked, answer], False, lost)
    return _obsidian(part, lost)


def _obsidian(part: _Lines, lost: Lost) -> list[Entry]:
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
            entries += _both(asked, answer, lines[at][0].strip() == "??", lost)
            continue
        for line, code in lines:
            plain = re.sub(
                "`[^`]*`", lambda span: " " * len(span[0]), line
            )  # in code, as in std::move, they part nothing
            sign = None if code else re.search(":::?(?!:)", plain)
            if sign is None:
                if line.strip() and not re.match(r"#|\s*$", line):
                    lost.one(tell("formats.lost.other_lines"), line)
                continue
            entries += _both(line[: sign.start()], line[sign.end() :], len(sign[0]) == 3, lost)
    return entries


def _both(asked: str, answer: str, reversed_too: bool, lost: Lost) -> list[Entry]:
    asked, answer = _seen(asked, lost), _seen(answer, lost)
    entries = _made([asked, answer], False, lost)
    return entries + (_made([answer, asked], False, lost) if reversed_too else [])


def _made(fields: list[str], cloze: bool, lost: Lost) -> list[Entry]:
    entry = entry_of_note(fields, ["q", "a"], "", [], cloze, lost)
    return [entry] if entry else []


def _seen(text: str, lost: Lost) -> str:
    text, images = _IMAGE.subn(lambda image: f"(image: {image[1] or image[2] or image[3]})", text)
    if images:
        lost[tell("formats.lost.images")] += images
    return text


def _numbered(text: str) -> str:
    """Brackets as gaps, numbered from 1."""
    number = 0

    def gap(bracket: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{{{{c{number}::{bracket[1]}}}}}"

    return re.sub(r"\\([\[\]])", r"\1", _BRACKETS.sub(gap, text))


def write_markdown(deck: Deck, path: Path, shown: Shown) -> None:
    """As hashcards reads it. It has no ids: a card is known there by its text."""
    parts = [f"---\nname = {_quoted(deck.title.says('zh' if shown == 'zh' else 'en'))}\n---\n"]
    for card, cloze in notes_of(deck):
        front, back = sides(card, shown)
        if cloze:
            front = CLOZE.sub(lambda gap: f"\ue000{gap[2]}\ue001", front)
            front = re.sub(r"([\[\]])", r"\\\1", front).replace("\ue000", "[").replace("\ue001", "]")
            parts.append(f"C: {_kept(front)}\n" + (f"\n{_kept(back)}\n" if back and "[" not in back else ""))
        else:
            parts.append(f"Q: {_kept(front)}\n\nA: {_kept(back)}\n")
    disk.replace(path, "\n".join(parts).encode())


def _kept(text: str) -> str:
    """The text with nothing in it that would start or end a card."""
    return re.sub(r"^(?=(?:[QAC]:|---\s*$))", " ", text, flags=re.MULTILINE)


def _quoted(title: str) -> str:
    import json

    return json.dumps(title, ensure_ascii=False)
