"""Fields in HTML become Markdown that says the same."""

import pytest

from quizapp.cards.formats import Lost
from quizapp.cards.formats.html import LONGEST, to_html, to_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain * text", "plain * text"),
        ("a<br>b", "a\nb"),
        ("x&lt;y &amp; z", "x<y & z"),
        ("<code>a_b</code> and <pre>x = 1\ny</pre>", "`a_b` and\n\n```\nx = 1\ny\n```"),
        ("<script>alert(1)</script>safe", "safe"),
        ("<style>.a {b: c}</style>2<sup>10</sup> x<sub>i</sub> y<sup>n + 1</sup><sup></sup>", r"2^10 x\_i y^(n + 1)"),
        ("<a href='javascript:x'>no</a> <a href='https://a.b/c'>yes</a>", "no [yes](https://a.b/c)"),
        (r"\(a_b &lt; c*d*\) <b>x</b>", "$a_b < c*d*$ **x**"),
        (r"\[x<br>y\][$]z[/$]", "$$x y$$$z$"),
    ],
)
def test_fields(html: str, markdown: str) -> None:
    lost = Lost()
    assert "\n".join(line.rstrip() for line in to_markdown(html, lost).strip().split("\n")) == markdown
    assert not lost


def test_what_is_lost_is_counted() -> None:
    lost = Lost()
    assert to_markdown("<img src=a.png><img alt=b src=c>[sound:x.mp3]", lost) == "[image: a.png][image: b]"
    assert sorted(lost.values()) == [1, 2]
    assert to_markdown("[anki:tts lang=en_US]said[/anki:tts]", Lost()) == "said"
    assert to_markdown("x" * (LONGEST + 1), lost) == "" and sum(lost.values()) == 4


def test_deep_nesting_leaves_the_text() -> None:
    lost = Lost()
    assert "core" in to_markdown("<div>" * 5000 + "core", lost)


def test_html_in_a_deck_is_shown_as_it_was_written() -> None:
    assert to_html("a <script>x</script> **b**") == "<p>a &lt;script&gt;x&lt;/script&gt; <strong>b</strong></p>"


@pytest.mark.parametrize("part", ["<a ", "<img", "<!--", r"\(", "[$]", "<b>", "[sound:"])
def test_what_never_ends_is_taken_as_text(part: str) -> None:
    html = "start " + part * (LONGEST // len(part) - 10)
    assert to_markdown(html, Lost()).startswith("start")
