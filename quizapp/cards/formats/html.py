"""HTML of a note's field → Markdown, and back."""

import re
from functools import lru_cache
from html import escape, unescape
from typing import Any

from quizapp.cards.formats import Foreign, Lost, needed
from quizapp.cards.formula_text import TextPart, formulas_kept
from quizapp.texts import tell

LONGEST_FIELD = 50_000  # characters of one field; the parser may need time that grows with their square
_SOUND = re.compile(r"\[(?:sound|anki:[a-z-])[^\[\]]*\]|\[/anki:[a-z-]+\]")
_TAG = re.compile("<[^<>]*>")
_BREAKS = re.compile(r"((?:<br\s{0,9}/?>\s{0,9}){1,9})((?:</(?:b|i|u|em|strong|span|font)>){1,9})", re.IGNORECASE)
_NO_CHARACTER = re.compile(r"&#(?:x0*e00[01](?![0-9a-f])|x?[0-9a-f]{8,});?|[\ue000\ue001]", re.IGNORECASE)
# Blanks without a line's end among them, which the converter looks for from each of them anew.
_BLANKS = re.compile(r"(?:[ \t]|&(?:#(?:0{0,9}(?:9|32)|x0{0,9}(?:9|20))(?![0-9a-f])|tab);?){200,}", re.IGNORECASE)


def _between(*ends: tuple[str, str]) -> re.Pattern[str]:
    """What stands between two signs. The first is not in it: one that is never closed would be looked through anew from
    every other that is not."""
    return re.compile("|".join(f"{start}((?:(?!{start}).){{1,1000}}?){end}" for start, end in ends), re.DOTALL)


_MATH = (
    (_between((r"\\\(", r"\\\)"), (r"\[\$\]", r"\[/\$\]")), "$"),
    (_between((r"\\\[", r"\\\]"), (r"\[\$\$\]", r"\[/\$\$\]"), (r"\[latex\]", r"\[/latex\]")), "$$"),
    (re.compile(r"\$\$((?:(?!\$\$)[^<]){1,1000}?)\$\$"), "$$"),
    (re.compile(r"\$(?=[^\s$<])((?:[^$\\\n<]|\\.){1,500}?)(?<=\S)\$(?![0-9A-Za-z$])"), "$"),
)


def to_markdown(html: str, lost: Lost) -> str:
    """The field as Markdown. An image leaves its description; sounds leave nothing; both are counted in `lost`."""
    if len(html) > LONGEST_FIELD:
        lost[tell("formats.lost.long_field", most=LONGEST_FIELD)] += 1
        return ""
    sounds = len([match for match in _SOUND.findall(html) if match[1] != "/"])
    if sounds:
        html = _SOUND.sub("", html)
        lost[tell("formats.lost.sounds")] += sounds
    formulas: dict[str, str] = {}

    def keep(match: re.Match[str], sign: str) -> str:
        plain = _text(next(group for group in match.groups() if group))
        place = f"\ue000{len(formulas)}\ue001"
        formulas[place] = f"{sign}{plain.strip()}{sign}"
        return place

    html = _BREAKS.sub(r"\2\1", _BLANKS.sub(" ", _NO_CHARACTER.sub("", html)))  # at the end of bold they would be lost
    for pattern, sign in _MATH:
        html = pattern.sub(lambda match, sign=sign: keep(match, sign), html)  # type: ignore[misc]
    if "<" in html or "&" in html:
        html = _converted(html, lost)
    return re.sub("\ue000[0-9]+\ue001", lambda match: formulas.pop(match[0], ""), html)


def _converted(html: str, lost: Lost) -> str:
    images = len(re.findall(r"<img\b", html, re.IGNORECASE))
    if images:
        lost[tell("formats.lost.images")] += images
    try:
        # The parser looks for the end of every tag that is never closed, all the way.
        broken = html.count("<") > 2 * html.count(">") + 10
        text = _text(html) if broken else str(_converter().convert(html))
    except Foreign:
        raise
    except Exception:  # RecursionError, AssertionError, ...: the parsers say in many ways that they cannot go on
        text, broken = _text(html), True
    if broken:
        lost[tell("formats.lost.bad_html")] += 1
    return re.sub(r"\n{3,}", "\n\n", text)


def _text(html: str) -> str:
    """The field without its tags."""
    return unescape(_TAG.sub(" ", html))


@lru_cache(maxsize=1)
def _converter() -> Any:
    markdownify = needed("markdownify")

    class Converter(markdownify.MarkdownConverter):  # type: ignore[misc, name-defined]
        def convert_img(self, el: Any, text: str, *args: Any, **more: Any) -> str:
            described = el.attrs.get("alt") or el.attrs.get("src") or "image"
            return f"[image: {described}]"

        def convert_a(self, el: Any, text: str, *args: Any, **more: Any) -> str:
            href = el.attrs.get("href") or ""
            return f"[{text}]({href})" if re.match(r"https?://[^\s()]+$", href) else text

        def convert_script(self, el: Any, text: str, *args: Any, **more: Any) -> str:
            return ""

        convert_style = convert_script

        def convert_sup(self, el: Any, text: str, *args: Any, **more: Any) -> str:
            return _raised("^", text)

        def convert_sub(self, el: Any, text: str, *args: Any, **more: Any) -> str:
            return _raised(r"\_", text)

    return Converter(heading_style="ATX", bullets="-")


def _raised(sign: str, text: str) -> str:
    """An exponent or an index, which is none without a sign."""
    text = text.strip()
    return sign + (text if re.fullmatch(r"\w|-?\d+", text) else f"({text})") if text else ""


def to_html(text: str) -> str:
    """Markdown as HTML; HTML in it is shown as it was written, and formulas as Anki's MathJax reads them."""
    return formulas_kept(text, lambda plain: str(_renderer().render(plain)), _as_mathjax).strip()


def _as_mathjax(formula: TextPart) -> str:
    # A line's end before a bracket would end the formula.
    latex = escape(re.sub(r"\\\\(?=[()\[\]])", r"\\\\ ", formula.text), quote=False)
    return rf"\({latex}\)" if formula.kind == "inline" else rf"\[{latex}\]"


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")
