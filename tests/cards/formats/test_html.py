"""Fields in HTML become Markdown that says the same."""

import time

import pytest

from quizapp.cards.formats import Lost
from quizapp.cards.formats.html import LONGEST_FIELD, to_html, to_markdown


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
        ("<b>Bold<br></b>next", "**Bold**\nnext"),
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
    assert to_markdown("x" * (LONGEST_FIELD + 1), lost) == "" and sum(lost.values()) == 4
    assert to_markdown("x" * LONGEST_FIELD, lost) == "x" * LONGEST_FIELD and sum(lost.values()) == 4


def test_deep_nesting_leaves_the_text() -> None:
    lost = Lost()
    assert "core" in to_markdown("<div>" * 5000 + "core", lost)


@pytest.mark.parametrize(
    "part",
    [
        "<![x>",
        "<![CDATA[",
        f"&#{'9' * 5000};",
        f"&#x{'f' * 5000};",
        "&#xe000;0&#xE001;",
        "&#57344;7&#57345;",
        "\ue0007\ue001",
    ],
)
def test_what_the_parsers_do_not_take_leaves_the_text(part: str) -> None:
    text = to_markdown(rf"{part}core <b>x</b> \(y\)", Lost())
    assert "core" in text and "$y$" in text and "\ue000" not in text


@pytest.mark.parametrize(
    "part",
    ["[anki:a" + "a" * LONGEST_FIELD, "&#9" * LONGEST_FIELD, r"\(" * LONGEST_FIELD, "<b></b>" + "\t" * LONGEST_FIELD],
)
def test_a_field_takes_no_longer_than_its_length(part: str) -> None:
    start = time.process_time()
    to_markdown(part[: LONGEST_FIELD - 1] + "x", Lost())
    assert time.process_time() - start < 1


def test_html_in_a_deck_is_shown_as_it_was_written() -> None:
    assert to_html("a <script>x</script> **b**") == "<p>a &lt;script&gt;x&lt;/script&gt; <strong>b</strong></p>"


@pytest.mark.parametrize("part", ["<a ", "<img", "<!--", r"\(", "[$]", "<b>", "[sound:"])
def test_what_never_ends_is_taken_as_text(part: str) -> None:
    html = "start " + part * (LONGEST_FIELD // len(part) - 10)
    assert to_markdown(html, Lost()).startswith("start")
