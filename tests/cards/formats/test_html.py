"""Fields in HTML become Markdown that says the same."""

from collections import Counter

import pytest

from quizapp.cards.formats.html import LONGEST, to_html, to_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain * text", "plain * text"),
        ("a<br>b", "a\nb"),
        ("x&lt;y &amp; z", "x<y & z"),
        ("<code>a_b</code> and <pre>x = 1\ny</pre>", "`a_b` and\n\n```\nx = 1\ny\n```"),
        ("<script>alert(1)</script>safe", "alert(1)safe"),
        ("<a href='javascript:x'>no</a> <a href='https://a.b/c'>yes</a>", "no [yes](https://a.b/c)"),
        (r"\(a_b &lt; c*d*\) <b>x</b>", "$a_b < c*d*$ **x**"),
        (r"\[x<br>y\][$]z[/$]", "$$x y$$$z$"),
    ],
)
def test_fields(html: str, markdown: str) -> None:
    lost: Counter[str] = Counter()
    assert "\n".join(line.rstrip() for line in to_markdown(html, lost).strip().split("\n")) == markdown
    assert not lost


def test_what_is_lost_is_counted() -> None:
    lost: Counter[str] = Counter()
    assert to_markdown("<img src=a.png><img alt=b src=c>[sound:x.mp3]", lost) == "[image: a.png][image: b]"
    assert sorted(lost.values()) == [1, 2]
    assert to_markdown("x" * (LONGEST + 1), lost) == "" and sum(lost.values()) == 4


def test_deep_nesting_leaves_the_text() -> None:
    lost: Counter[str] = Counter()
    assert "core" in to_markdown("<div>" * 5000 + "core", lost)


def test_html_in_a_deck_is_shown_as_it_was_written() -> None:
    assert to_html("a <script>x</script> **b**") == "<p>a &lt;script&gt;x&lt;/script&gt; <strong>b</strong></p>"


@pytest.mark.parametrize("part", ["<a ", "<img", "<!--", r"\(", "[$]", "<b>", "[sound:"])
def test_what_never_ends_is_taken_as_text(part: str) -> None:
    html = "start " + part * (LONGEST // len(part) - 10)
    assert to_markdown(html, Counter()).startswith("start")
