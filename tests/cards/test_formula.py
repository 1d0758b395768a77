"""Formulas drawn in Unicode, where they stand in a text, and what is never taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from quizapp.cards.formats import Lost
from quizapp.cards.formats.html import to_html, to_markdown
from quizapp.cards.formula import drawn_formula
from quizapp.cards.formula_text import drawn_line, drawn_markdown, drawn_text, parted

IN_A_LINE = {
    r"T^2 \cdot \mathrm{KL}(p_T \,\|\, q_T)": "T² · KL(p_T ‖ q_T)",
    r"\sum_{i=1}^{n} p_i \log \frac{p_i}{q_i}": "∑ᵢ₌₁ⁿ pᵢ log (pᵢ/qᵢ)",
    r"s = \frac{\max|w|}{2^{b-1}-1}": "s = (max |w|)/(2ᵇ⁻¹ − 1)",
    r"\text{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V": "softmax(QKᵀ/√dₖ)V",
    r"\hat{y} = \operatorname{argmax}_k z_k": "y\u0302 = argmaxₖ zₖ",
    r"-x^{-1}": "−x⁻¹",
    r"x_{ij}^{(l)}": "xᵢⱼ⁽ˡ⁾",
    r"|v| + \|W\|_F": "|v| + ‖W‖_F",
    r"\sin x": "sin x",
    r"\lim_{n\to\infty} a_n": "lim_(n→∞) aₙ",
    r"\{x \in \mathbb{R} : x > 0\}": "{x ∈ ℝ : x > 0}",
    r"\sqrt[3]{x+1}": "³√(x + 1)",
    r"p(y \mid x)": "p(y ∣ x)",
    r"f(x, y)": "f(x, y)",
}


@pytest.mark.parametrize("latex", IN_A_LINE)
def test_a_formula_within_a_line(latex: str) -> None:
    assert drawn_formula(latex, alone=False) == (IN_A_LINE[latex],)


ALONE = {
    r"\frac{a+b}{c}": [" a + b", "───────", "   c"],
    r"\begin{pmatrix} a & b\\ c & d\end{pmatrix}": ["⎛a  b⎞", "⎝c  d⎠"],
    r"f(x)=\begin{cases} x & \text{if } x>0\\ 0 & \text{else}\end{cases}": ["f(x) = ⎧x  if x > 0", "       ⎩0  else"],
    r"\sum_{i=1}^n x_i": [" n", " ∑  xᵢ", "i=1"],
    r"\begin{aligned} a &= b+c\\ &= d\end{aligned}": ["a = b + c", "  = d"],
    r"\sqrt{x+1}": [" _____", "√x + 1"],
}


@pytest.mark.parametrize("latex", ALONE)
def test_a_formula_that_stands_alone(latex: str) -> None:
    assert [*(drawn_formula(latex, alone=True) or ())] == ALONE[latex]


@pytest.mark.parametrize(
    "latex",
    [r"\unknown{x}", r"\frac{a}", "{", r"\left( x", "x" * 3000, r"\begin{tabular}a\end{tabular}", "\x1b[31m", "x^a^b"],
)
def test_what_is_not_known_is_not_drawn(latex: str) -> None:
    assert drawn_formula(latex, alone=True) is None


LATEX = st.recursive(
    st.sampled_from(
        ["x", "1", r"\alpha", "-", "=", "+", r"\log", "(", ")", ",", "|", r"\cdot", r"\sum", "'", r"\hat{x}"]
    ),
    lambda part: st.one_of(
        st.lists(part, max_size=4).map(" ".join),
        st.tuples(part, part).map(lambda two: rf"\frac{{{two[0]}}}{{{two[1]}}}"),
        st.tuples(part, part).map(lambda two: f"{{{two[0]}}}^{{{two[1]}}}"),
        st.tuples(part, part).map(lambda two: f"{{{two[0]}}}_{{{two[1]}}}"),
        part.map(lambda one: rf"\sqrt{{{one}}}"),
        part.map(lambda one: rf"\left[{one}\right)"),
        st.tuples(part, part).map(lambda two: rf"\begin{{bmatrix}}{two[0]}&{two[1]}\\{two[1]}\end{{bmatrix}}"),
    ),
    max_leaves=12,
)


@given(LATEX)
def test_whatever_is_drawn_keeps_its_letters(latex: str) -> None:
    lines = drawn_formula(latex, alone=True)
    assert lines is not None
    assert "".join(lines).count("α") == latex.count(r"\alpha") - _small(latex, lines)
    flat = drawn_formula(latex, alone=False)
    assert flat is None or len(flat) == 1


def _small(latex: str, lines: tuple[str, ...]) -> int:
    """How many alphas became small ones."""
    return "".join(lines).count("ᵅ")


@given(LATEX)
def test_no_format_damages_a_formula(latex: str) -> None:
    text = f"Let ${latex.strip()}$ be"
    if [part.kind for part in parted(text)] != ["plain", "inline", "plain"]:
        return
    inside = [part.text for part in parted(to_markdown(to_html(text), Lost())) if part.kind == "inline"]
    assert [one.replace(" ", "") for one in inside] == [latex.replace(" ", "")]


@given(st.text(st.sampled_from("$\\()[]`~ \nab1*_"), max_size=60))
def test_the_parts_of_any_text_are_the_text(text: str) -> None:
    signs = ("$", "$$", r"\(", r"\)", r"\[", r"\]")
    plain = "".join(part.text for part in parted(text))
    for sign in (*signs, " ", "\n", "$"):
        text, plain = text.replace(sign, ""), plain.replace(sign, "")
    assert sorted(plain) == sorted(text)
    drawn_markdown(text), drawn_text(text), drawn_line(text)


NO_FORMULA = [
    "costs $5 and $6, US$5/US$6",
    "`$x$` and ``$y$`` in code",
    "```\n$x$\n```",
    "~~~\n$x$\n~~~",
    r"\$x\$",
    "$3 or 4$x",
    "```\n$never closed$",
]


@pytest.mark.parametrize("text", NO_FORMULA)
def test_what_is_no_formula_stays(text: str) -> None:
    assert drawn_markdown(text) == drawn_text(text) == drawn_line(text) == text


def test_formulas_in_a_text() -> None:
    text = "With $a_1 * b_1$ and \\(x^2\\), or $$y$$ here:\n\n$$\n\\frac{a}{b}\n$$\n\nand $\\nothing{x}$."
    assert drawn_markdown(text) == (
        "With a₁ ∗ b₁ and x², or y here:\n\n\n~~~~~~text\n a\n───\n b\n~~~~~~\n\n\nand `\\nothing{x}`."
    )
    assert drawn_line(text).endswith("here:\n\na/b\n\nand \\nothing{x}.")
    assert drawn_text(text).endswith(" a\n───\n b\n\nand $\\nothing{x}$.")
    assert drawn_markdown("$a_b*c*d$ *e*") == "a\\_b ∗ c ∗ d *e*"


def test_a_formula_leaves_for_mathjax_and_comes_back() -> None:
    html = to_html("A $a_1 < *b*$ **c**\n\n$$\\{x\\}$$")
    assert r"\(a_1 &lt; *b*\)" in html and r"\[\{x\}\]" in html and "<strong>c</strong>" in html
    assert to_markdown(html, Lost()) == "A $a_1 < *b*$ **c**\n\n$$\\{x\\}$$"
    assert to_markdown("a $x_1 &lt; y_2$ b_c", Lost()) == "a $x_1 < y_2$ b_c"


def test_every_line_of_a_drawing_fits_its_width() -> None:
    lines = drawn_formula(r"\frac{\frac{a}{b}}{\sqrt{\frac{c}{d}}} = \begin{bmatrix}1&2\\3&4\end{bmatrix}", alone=True)
    assert lines is not None and max(map(cell_len, lines)) < 40
