"""A deck as one page of HTML, to read on a phone or to print: every answer folded under its question.

The page asks for nothing from the network, and nothing in a deck becomes a tag or a script: Markdown is rendered
without HTML and without images, all else is escaped, and the page's own policy forbids what might be left. Small
pictures and sounds that lie beside the deck stand in the page itself, as what they were found to be.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from quizapp import disk
from quizapp.cards.card import Card, Cloze, Deck
from quizapp.cards.formats.sides import media_of, notes_of
from quizapp.cards.formula import drawn_formula
from quizapp.cards.formula_text import TextPart, formulas_kept
from quizapp.cards.media import embeddable, is_sound, kind_found, media_kept, media_said
from quizapp.cards.sheet import Block, back, front, told
from quizapp.texts import tell
from quizapp.words import Shown, read

_POLICY = (
    "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem; }
body { overflow-wrap: anywhere; }
img { max-width: 100%; }
article { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: .75rem 0; }
article > .number, .small { opacity: .7; font-size: .875rem; }
summary { cursor: pointer; padding: .5rem 0; }
pre, table { overflow-x: auto; display: block; }
pre { padding: .5rem; background: color-mix(in srgb, currentColor 8%, transparent); line-height: 1.25; }
code { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em; }
.formula { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .95em; }
.formula.alone { display: block; white-space: pre; overflow-x: auto; line-height: 1.25; margin: .5rem 0; }
td, th { padding: .1rem .6rem; }
blockquote { margin: .5rem 0; padding-left: .75rem; border-left: 3px solid currentColor; }
.row { display: grid; grid-template-columns: 1.75rem 1fr; }
.row p, .row > div:first-child { margin: .2rem 0; }
.asked { font-weight: 600; }
h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .number, .asked, h2 { break-after: avoid; }
  pre, table, blockquote, .row { break-inside: avoid; }
  summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  pre, table { overflow: visible; }
  pre { white-space: pre-wrap; }
}
"""


def write_page(deck: Deck, path: Path, shown: Shown) -> None:
    """The page, in the language shown or in both. Raises OSError."""
    title = escape(read(deck.title, shown, " / "))
    held = embeddable({name: file for name, file in media_of(deck).items() if file is not None})
    cards = [_article(card, at, shown, held) for at, (card, _) in enumerate(notes_of(deck), 1)]
    page = [
        f'<!doctype html>\n<html lang="{"zh" if shown == "zh" else "en"}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>",
        *cards,
        "</body>\n</html>\n",
    ]
    disk.replace(path, "\n".join(page).encode())


def _article(card: Card, at: int, shown: Shown, held: Mapping[str, bytes]) -> str:
    if isinstance(card, Cloze):
        card = replace(card, number=0)  # all its gaps at once
    level = [told(tell(f"ui.level.{card.level}"), shown)] if card.level else []
    about = " · ".join([str(at), *level, *card.tags])
    asked, answered = (
        "\n".join(_block(block, held) for block in side) for side in (front(card, shown), back(card, shown))
    )
    return (
        f'<article>\n<div class="number">{escape(about)}</div>\n{asked}\n'
        f"<details>\n<summary>{escape(told(tell('formats.page.answer'), shown))}</summary>\n{answered}\n</details>\n"
        "</article>"
    )


def _block(block: Block, held: Mapping[str, bytes]) -> str:
    text = media_kept(block.text, _rendered, lambda words, name: _embedded(words, name, held))
    match block.kind:
        case "question":
            return f'<div class="asked">{text}</div>'
        case "label":
            return f"<h2>{escape(block.text)}</h2>"
        case "quote":
            return f"<blockquote>\n{text}\n</blockquote>"
        case "choice" | "item" | "point":
            sign = block.letter if block.right is None else "✓" if block.right else "✗"
            return (
                f'<div class="row"><div>{escape("•" if block.kind == "point" else sign)}</div><div>{text}</div></div>'
            )
        case "small" | "because":
            return f'<div class="small">{text}</div>'
        case _:
            return text


def _embedded(words: str, name: str, held: Mapping[str, bytes]) -> str:
    """A picture or sound in the page; its name, if the page does not hold it."""
    if name not in held:
        return escape(media_said(f"![{words}]({name})"))
    kind = kind_found(held[name])
    data = f"data:{kind};base64,{b64encode(held[name]).decode()}"
    if is_sound(kind):
        return f'<audio controls src="{data}" title="{escape(words or name)}"></audio>'
    return f'<img src="{data}" alt="{escape(words or name)}">'


def _rendered(text: str) -> str:
    """Markdown as HTML, its formulas drawn, its own HTML as text."""
    return formulas_kept(text, lambda plain: str(_markdown().render(plain)), _formula).strip()


def _formula(formula: TextPart) -> str:
    """A formula as it is drawn, its LaTeX with it."""
    alone = formula.kind == "alone"
    drawn = "\n".join(drawn_formula(formula.text, alone=alone) or [formula.text])
    kind = "formula alone" if alone else "formula"
    return f'<span class="{kind}" data-latex="{escape(formula.text)}">{escape(drawn)}</span>'


@lru_cache(maxsize=1)
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.validateLink = lambda url: re.match(r"https?://|mailto:", url, re.IGNORECASE) is not None  # type: ignore[method-assign]
    return markdown
