"""Where formulas stand in a text: $…$, $$…$$, \\(…\\) and \\[…\\], outside of code; drawn, or kept from Markdown."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from quizapp.cards.formula import LONGEST_FORMULA, WIDEST_FORMULA, drawn_formula

_START = re.compile(r"`+|\\.|\$\$|\$|^ {0,3}~~~+", re.MULTILINE)
# Prices are no formulas: inside the signs there is no blank at the ends, and no digit follows.
_INLINE = re.compile(r"\$(?=[^\s$])((?:[^$\\\n]|\\.){1,500}?)(?<=\S)\$(?![0-9A-Za-z$])")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#+!|~&-])")
_FENCED = ("\n~~~~~~text", "~~~~~~\n")
_CLOSING = {"$$": "$$", r"\(": r"\)", r"\[": r"\]"}


class TextPart(NamedTuple):
    """A piece of a text: plain, or the LaTeX of a formula within a line, or of one that is set apart."""

    text: str
    kind: Literal["plain", "inline", "alone"]


def may_have_formulas(text: str) -> bool:
    return "$" in text or "\\(" in text or "\\[" in text


def has_formulas(text: str) -> bool:
    return may_have_formulas(text) and any(part.kind != "plain" for part in parted(text))


def parted(text: str) -> Iterator[TextPart]:
    """The pieces of a text; joined again, with their signs, they are the text."""
    done = at = 0
    while (start := _START.search(text, at)) is not None:
        at, sign = start.end(), start[0]
        found: tuple[str, Literal["inline", "alone"], int] | None = None
        if sign[0] in "`~" or sign.lstrip().startswith("~"):
            at = _behind_code(text, start)
        elif sign == "$" and (inline := _INLINE.match(text, start.start())):
            found = inline[1], "inline", inline.end()
        elif sign in _CLOSING and (end := text.find(_CLOSING[sign], at, at + LONGEST_FORMULA)) > at:
            found = text[at:end], "inline" if sign == r"\(" else "alone", end + 2
        if found is not None and found[0].strip():
            if start.start() > done:
                yield TextPart(text[done : start.start()], "plain")
            yield TextPart(found[0].strip(), found[1])
            done = at = found[2]
    if done < len(text):
        yield TextPart(text[done:], "plain")


def _behind_code(text: str, start: re.Match[str]) -> int:
    """Where the code ends that starts there; for signs that start none, behind them."""
    sign = start[0].strip()
    if sign[0] == "~":
        end = re.compile(rf"^ {{0,3}}{sign}~*\s*$", re.MULTILINE).search(text, start.end())
    else:
        end = re.compile(rf"(?<!`){sign}(?!`)").search(text, start.end())
    if end is not None:
        return end.end()
    fence = len(sign) > 2 and not text[text.rfind("\n", 0, start.start()) + 1 : start.start()].strip()
    return len(text) if fence else start.end()


def drawn_markdown(text: str, width: int = WIDEST_FORMULA) -> str:
    """Markdown with its formulas drawn in lines of at most `width` cells; one that cannot be drawn is shown as code.
    Pictures and sounds are named."""
    return _drawn(media_named(text, "`"), _as_code, _escaped, _FENCED, width)


def source_markdown(text: str) -> str:
    """Markdown with the LaTeX of its formulas, as code."""
    return _with_formulas(media_named(text, "`"), _as_code, lambda latex: latex.split("\n"), _FENCED)


def drawn_text(text: str, width: int = WIDEST_FORMULA) -> str:
    """A text to print as it is, with its formulas drawn; one that cannot be drawn stays as it is written. Pictures and
    sounds are named."""
    return _drawn(media_named(text), lambda latex: f"${latex}$", str, ("", ""), width)


def drawn_line(text: str) -> str:
    """The same with every formula within a line."""
    return _drawn(media_named(text), lambda latex: latex, str, None, 0)


def plain_line(text: str) -> str:
    """Markdown in one line, as plain text."""
    return " ".join(drawn_line(text).replace("**", "").replace("`", "").split())


def media_named(text: str, quote: str = "") -> str:
    """The text with the names of its pictures and sounds where they stand."""
    if "![" not in text:
        return text
    from quizapp.cards.media import media_said  # few decks have any

    return media_said(text, quote)


def _drawn(
    text: str, undrawn: Callable[[str], str], written: Callable[[str], str], fence: tuple[str, str] | None, width: int
) -> str:
    """The text with its formulas drawn, one that cannot be as `undrawn` has it."""

    def inline(latex: str) -> str:
        lines = drawn_formula(latex, alone=False)
        return written(lines[0]) if lines else undrawn(latex)

    return _with_formulas(text, inline, lambda latex: drawn_formula(latex, alone=True, width=width), fence)


def _with_formulas(
    text: str,
    inline: Callable[[str], str],
    alone: Callable[[str], Sequence[str] | None],
    fence: tuple[str, str] | None,
) -> str:
    """The text with its formulas in a line as `inline` has them. Those that stand alone are between the lines of
    `fence`, if that is any and `alone` has lines for them."""
    if not may_have_formulas(text):
        return text
    parts = list(parted(text))
    out = []
    for i, part in enumerate(parts):
        if part.kind == "plain":
            out.append(part.text)
        elif fence and part.kind == "alone" and _stands_alone(parts, i) and (lines := alone(part.text)):
            before, after = (parts[at].text if 0 <= at < len(parts) else "\n\n" for at in (i - 1, i + 1))
            above, _, indent = before.rpartition("\n")
            if fence[0]:
                lines = [fence[0], *lines, fence[1]]
            elif len(lines) > 1:  # a blank line around it
                lines = [*([""] if above[-1:] != "\n" else []), *lines, *([""] if after[:2] != "\n\n" else [])]
            out.append(f"\n{indent}".join(lines))
        else:
            out.append(inline(part.text))
    return "".join(out)


def _as_code(latex: str) -> str:
    """As code within a line of Markdown."""
    return f"`{' '.join(latex.replace('`', '').split())}`"


def _stands_alone(parts: list[TextPart], at: int) -> bool:
    """Whether nothing else is on the lines of a part."""
    before = parts[at - 1].text if at else ""
    after = parts[at + 1].text if at + 1 < len(parts) else ""
    return not (before.rpartition("\n")[2].strip() or after.partition("\n")[0].strip())


def _escaped(line: str) -> str:
    return _MARKS.sub(r"\\\1", line)


def formulas_kept(text: str, change: Callable[[str], str], written: Callable[[TextPart], str]) -> str:
    """`change` made to the text around its formulas, each of which then stands as it is `written`."""
    if not may_have_formulas(text):
        return change(text)
    kept: list[str] = []
    out = []
    for part in parted(re.sub("[\ue000\ue001]", "", text)):
        if part.kind == "plain":
            out.append(part.text)
        else:
            out.append(f"\ue000{len(kept)}\ue001")
            kept.append(written(part))
    return re.sub("\ue000([0-9]+)\ue001", lambda place: kept[int(place[1])], change("".join(out)))
