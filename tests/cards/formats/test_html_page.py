"""The page of a deck: everything of it is there to read, and nothing in a deck becomes more than text."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from quizapp.cards.formats import write_file
from quizapp.cards.load import load
from quizapp.cards.write import Entry, new_text
from quizapp.paths import BUNDLED_DECKS
from quizapp.words import Shown

Call = Callable[..., tuple[int, str, str]]
DATA = Path(__file__).parents[1] / "data"
OURS = {"class", "data-latex", "lang", "charset", "http-equiv", "content", "name"}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "article", "div", "details", "summary", "p", "pre"),
    *(
        "code",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "blockquote",
        "a",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
    ),
    *("h3", "h4", "h5", "h6", "hr"),
}
VOID = {"meta", "br", "hr"}
NASTY = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</summary></details></article></style></title>",
    "[x](javascript:alert(1))", "[x](data:text/html,<script>)", "![x](https://evil.example/t.png)",
    "<javascript:alert(1)>",
    "[x](https://a.example/'\\\"onclick=alert(1))", '```"><script>\n<b>\n```', "$<script>$", "$$\\text{<img src=x>}$$",
    "&lt;script&gt;", "<!--", "]]>", "<https://ok.example/\"onload=x>", "[a]: https://x.example '<b>'\n[a]", "`<i>`",
    "\\<b>",
    "| <u> |\n|---|\n| <u> |", "    <s>", "> <s>", "~~~\n</pre></code><script>\n~~~",
]  # fmt: skip


class Page(HTMLParser):
    """The tags, the links and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        self.links += [value or "" for name, value in attrs if name == "href"]
        allowed = OURS | (
            {"href", "title"} if tag == "a" else {"style", "start"} if tag in ("td", "th", "ol") else set()
        )
        assert {name for name, _ in attrs} <= allowed, (tag, attrs)
        self.open += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_it_is_exported_as_a_user_asks_and_says_what_is_not_in_it(quizapp: Call, tmp_path: Path) -> None:
    code, out, _ = quizapp("export", str(DATA / "every-type.yaml"), str(tmp_path / "a.html"))
    assert code == 0 and "  2  experiments" in out and "judged" not in out
    assert "Content-Security-Policy" in (tmp_path / "a.html").read_text(encoding="utf-8")


def page_of(deck_file: Path, folder: Path, shown: Shown = "both") -> Page:
    deck, _ = load(deck_file)
    assert deck is not None
    path = folder / f"{deck.name}.html"
    write_file(deck, path, shown)
    return Page(path.read_text(encoding="utf-8"))


def test_both_languages_or_one_with_every_answer_folded(tmp_path: Path) -> None:
    page = page_of(DATA / "every-type.yaml", tmp_path)
    assert "One of each / 每种一张" in page.text and "Answer / 答案" in page.text
    for said in (
        "Divide the largest magnitude",
        "用最大绝对值",
        "3.64 GB",
        "✓",
        "No layer is removed.",
        "四" * 0 or "误差",
    ):
        assert said in page.text
    assert "[… an integer]" in page.text and "[…]" in page.text  # both gaps of the one cloze
    (tmp_path / "every-type.html").unlink()
    page = page_of(DATA / "every-type.yaml", tmp_path, "zh")
    assert "用最大绝对值" in page.text and "Divide the largest" not in page.text and "Answer" not in page.text


@pytest.mark.parametrize("text", NASTY)
def test_no_tag_of_a_hostile_deck_survives(tmp_path: Path, text: str) -> None:
    two = {"en": text, "zh": f"x {text}"}
    common: Entry = {"q": two, "a": two, "why": text, "tags": [text], "refs": [text]}
    entries: list[Entry] = [
        common | {"points": [text, {"text": two, "hit": [text]}]},
        common | {"type": "choice", "choices": [{"text": text, "ok": "true", "why": two}, "no"]},
        common | {"type": "cloze", "text": f"{{{{c1::{text}}}}} {text} {{{{c2::a::{text}}}}}"},
        common | {"type": "numeric", "answer": {"value": "1", "unit": text}, "traps": [{"value": "2", "why": text}]},
        common | {"type": "order", "items": [two, "b"]},
        common | {"type": "fix", "source": {"says": text, "book": text, "question": text}},
    ]
    deck = tmp_path / "d.yaml"
    deck.write_text(new_text(text, [{"id": f"c{i}"} | entry for i, entry in enumerate(entries)], ""))
    page = page_of(deck, tmp_path)
    assert all(link.startswith("https://") for link in page.links)
    cards = len(page.text.split("Answer / 答案")) - 1
    assert cards == 6


def test_a_bundled_deck_is_a_page_with_each_of_its_cards(tmp_path: Path) -> None:
    page = page_of(BUNDLED_DECKS / "quantization.yaml", tmp_path)
    deck, _ = load(BUNDLED_DECKS / "quantization.yaml")
    assert deck is not None and page.text.count("Answer / 答案") == len({card.id for card in deck.cards})
