"""HTML of a note's field → Markdown, and back."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from quizapp.cards.formats import Foreign, Lost, needed
from quizapp.cards.formula_text import TextPart, formulas_kept
from quizapp.cards.media import is_sound, kind_named, media_kept
from quizapp.texts import tell

if TYPE_CHECKING:
    from quizapp.cards.formats.carried import Carrier

LONGEST_FIELD = 50_000  # characters of one field; the parser may need time that grows with their square
_SOUND = re.compile(r"\[(?:sound|anki:[a-z-])[^\[\]]*\]|\[/anki:[a-z-]+\]")
_TAG = re.compile("<[^<>]*>")
_BREAKS = re.compile(r"((?:<br\s{0,9}/?>\s{0,9}){1,9})((?:</(?:b|i|u|em|strong|span|font)>){1,9})", re.IGNORECASE)
_NO_CHARACTER = re.compile(r"&#(?:x0*e00[0-3](?![0-9a-f])|x?[0-9a-f]{8,});?|[\ue000-\ue003]", re.IGNORECASE)
_LIKE_A_FORMULA = re.compile(r"\$\$|\$(?=[^\s$])[^$]*(?<=\S)\$(?![0-9A-Za-z])")
# Signs of formulas that are meant as themselves, until it is known whether they stand in code.
_MEANT = (("&#36;", "\ue002", "$"), ("&#92;", "\ue003", "\\"))
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


def to_markdown(html: str, lost: Lost, carrier: "Carrier | None" = None) -> str:
    """The field as Markdown, with the pictures and sounds that `carrier` takes. Of the others a picture leaves its
    description and a sound nothing; both are counted in `lost`."""
    if len(html) > LONGEST_FIELD:
        lost[tell("formats.lost.long_field", most=LONGEST_FIELD)] += 1
        return ""
    kept: dict[str, str] = {}

    def put(markdown: str) -> str:
        place = f"\ue000{len(kept)}\ue001"
        kept[place] = markdown
        return place

    def keep(match: re.Match[str], sign: str) -> str:
        return put(f"{sign}{_text(next(group for group in match.groups() if group)).strip()}{sign}")

    def picture(source: str, words: str) -> str | None:
        mark = carrier.take(source, words) if carrier is not None else None
        return put(mark) if mark else mark

    html = _BREAKS.sub(r"\2\1", _BLANKS.sub(" ", _NO_CHARACTER.sub("", html)))  # at the end of bold they would be lost
    html = _SOUND.sub(lambda sign: put(mark) if (mark := _sound(sign[0], lost, carrier)) else "", html)
    for entity, place, _ in _MEANT:
        html = html.replace(entity, place)
    for pattern, sign in _MATH:
        html = pattern.sub(lambda match, sign=sign: keep(match, sign), html)  # type: ignore[misc]
    if re.search("[<&\ue002\ue003]", html):
        html = _converted(html, lost, picture)
    for _, place, sign in _MEANT:
        html = html.replace(place, sign)
    return re.sub("\ue000[0-9]+\ue001", lambda match: kept.pop(match[0], ""), html)


def _sound(sign: str, lost: Lost, carrier: "Carrier | None") -> str:
    """The mark of a sound that comes along; nothing for others, and for the signs of what is spoken."""
    found = re.fullmatch(r"\[sound:(.*)\]", sign, re.DOTALL)
    mark = carrier.take(unescape(found[1])) if found is not None and carrier is not None else None
    if mark is None and sign[1] != "/":
        lost[tell("formats.lost.sounds")] += 1
    return mark or ""


def _converted(html: str, lost: Lost, picture: Callable[[str, str], str | None]) -> str:
    """`picture` gives what stands for one, by where it is and what is said of it; None if it is not there."""
    there = 0

    def mark(source: str, words: str) -> str:
        nonlocal there
        if (put := picture(source, words)) is not None:
            there += 1
        described = words or ("image" if source.startswith("data:") else source) or "image"
        return put or f"[image: {described}]"

    images = len(re.findall(r"<img\b", html, re.IGNORECASE))
    try:
        # The parser looks for the end of every tag that is never closed, all the way.
        broken = html.count("<") > 2 * html.count(">") + 10
        text = (
            _text(html) if broken else str(_converter()(heading_style="ATX", bullets="-", picture=mark).convert(html))
        )
    except Foreign:
        raise
    except Exception:  # RecursionError, AssertionError, ...: the parsers say in many ways that they cannot go on
        text, broken, there = _text(html), True, 0
    if images > there:
        lost[tell("formats.lost.images")] += images - there
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
        def escape(self, text: str, *args: Any, **more: Any) -> str:
            """Text that stands in no code."""
            text = str(super().escape(text, *args, **more))
            return text.replace("\ue002", r"\$").replace("\ue003", r"\\")

        def convert_img(self, el: Any, text: str, *args: Any, **more: Any) -> str:
            return str(self.options["picture"](el.attrs.get("src") or "", el.attrs.get("alt") or ""))

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

    return Converter


def _raised(sign: str, text: str) -> str:
    """An exponent or an index, which is none without a sign."""
    text = text.strip()
    return sign + (text if re.fullmatch(r"\w|-?\d+", text) else f"({text})") if text else ""


def to_html(text: str) -> str:
    """Markdown as HTML; HTML in it is shown as it was written, formulas, pictures and sounds as Anki reads them."""
    return media_kept(text, _without_media, _as_ankis).strip()


def _without_media(text: str) -> str:
    return formulas_kept(text, _plain_as_html, _as_mathjax)


def _as_ankis(words: str, name: str) -> str:
    if is_sound(kind_named(name)):
        return f"[sound:{name}]"
    return f'<img src="{name}" alt="{escape(words)}">' if words else f'<img src="{name}">'


def _plain_as_html(text: str) -> str:
    """What is no formula, so that it is taken for none."""
    html = re.sub(r"\\(?=[(\[])", "&#92;", str(_renderer().render(text)))
    return html.replace("$", "&#36;") if _LIKE_A_FORMULA.search(html) else html


def _as_mathjax(formula: TextPart) -> str:
    # A line's end before a bracket would end the formula.
    latex = escape(re.sub(r"\\\\(?=[()\[\]])", r"\\\\ ", formula.text), quote=False)
    return rf"\({latex}\)" if formula.kind == "inline" else rf"\[{latex}\]"


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")
