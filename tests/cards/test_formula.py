"""Formulas drawn in Unicode, where they stand in a text, and what is never taken for one."""

import os
import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
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
    r"\frac{\partial L}{\partial w}": "∂L/∂w",
    r"\frac{1}{2\sigma^2}": "1/(2σ²)",
    r"\frac{p(x)}{q(x)}": "p(x)/q(x)",
    r"e^{-\frac{(x-\mu)^2}{2}}": "e^(−(x−μ)²/2)",
    r"\partial_w L": "∂_w L",
    r"x \not\in A, a <= b": "x ∉ A, a ≤ b",
    r"z \stackrel{\text{def}}{=} x": "z =ᵈᵉᶠ x",
    r"\begin{bmatrix} 1 & 2\\0 & 1\end{bmatrix}": "[1 2; 0 1]",
    r"f = \begin{cases} x & \text{if } x>0\\ 0 & \text{else}\end{cases}": "f = {x  if x > 0; 0  else",
    r"\begin{aligned} a &= b\\ &= c\end{aligned}": "a = b; = c",
    r"{n \choose k}, {a \over b}": "C(n, k), a/b",
    r"\textcolor{red}{x}\label{eq:a}": "x",
    r"\text{for any $x_1$ here}": "for any x₁ here",
    r"\bar{x_1}": "x\u0304₁",
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
    r"\frac{a}{b}\frac{c}{d}": [" a   c", "─── ───", " b   d"],  # two fractions, not one
    r"-\frac{a}{b}": ["   a", "− ───", "   b"],
    r"\left(y_D-y\right)^2": ["(y  − y)²", "  D"],  # an index makes no bracket tall
    r"\left(\frac{a}{b}\right)^{1/2}": ["⎛ a ⎞1/2", "⎜───⎟", "⎝ b ⎠"],
    r"f(\frac{a}{b})": [" ⎛ a ⎞", "f⎜───⎟", " ⎝ b ⎠"],
    r"x_T^2": ["x²", " T"],
    r"\begin{bmatrix} \frac{a}{b}\\ \frac{c}{d}\end{bmatrix}": [
        "⎡ a ⎤",
        "⎢───⎥",
        "⎢ b ⎥",
        "⎢   ⎥",
        "⎢ c ⎥",
        "⎢───⎥",
        "⎣ d ⎦",
    ],
    r"\underbrace{a+b}_{\text{sum}}": ["a + b", "╰───╯", " sum"],
    r"\operatorname*{arg\,max}_x f": ["arg max f", "   x"],
    r"\left.\begin{array}{lr} a & b\\ aa & bb\end{array}\right|": ["a    b│", "aa  bb│"],
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


DATA = Path(__file__).with_name("data")
REAL = [
    line.partition("\t")[2] for line in (DATA / "formulas.txt").read_text("utf-8").splitlines() if line[:1] not in "%#"
]
_OVER = {"⎛": "⎜⎝", "⎜": "⎜⎝", "⎡": "⎢⎣", "⎧": "⎪⎨⎩", "⎞": "⎟⎠", "⎟": "⎟⎠", "⎤": "⎥⎦", "⎫": "⎪⎬⎭", "⎨": "⎪⎩", "⎬": "⎪⎭"}


def by_cell(line: str, width: int) -> list[str]:
    """What stands in each cell of a line."""
    found = [sign for sign in line if cell_len(sign)]
    return found + [" "] * (width - len(found))


def badly_aligned(lines: tuple[str, ...]) -> list[str]:
    """Brackets that break off, and fraction lines with nothing over or under them."""
    width = max(map(cell_len, lines))
    cells = [by_cell(line, width) for line in lines]
    found = []
    for y, line in enumerate(cells):
        for x, sign in enumerate(line):
            if sign in _OVER and (y + 1 == len(cells) or cells[y + 1][x] not in _OVER[sign]):
                found.append(f"{sign} at {x}, {y}")
        for bar in re.finditer("(?<![╰╭─])─{3,}(?![╯╮])", "".join(line)):
            around = [cells[at][bar.start() : bar.end()] for at in (y - 1, y + 1) if 0 <= at < len(cells)]
            if len(around) < 2 or not all("".join(part).strip() for part in around):
                found.append(f"{bar[0]} at {bar.start()}, {y}")
    return found


def test_two_hundred_real_formulas_are_drawn() -> None:
    assert len(REAL) == len(set(REAL)) == 200
    for latex in REAL:
        flat, drawn = drawn_formula(latex, alone=False), drawn_formula(latex, alone=True, width=76)
        assert flat is not None and drawn is not None and len(flat) == 1, latex
        assert "\\" not in flat[0] + "".join(drawn), latex
        assert badly_aligned(drawn) == [], "\n".join([latex, *drawn])
        for width in (76, 40):
            lines = drawn_formula(latex, alone=True, width=width)
            assert lines is None or max(map(cell_len, lines)) <= width, latex


def test_one_of_each_kind_as_it_is_drawn() -> None:
    """As the file has it: a formula on a line, then its drawing. Look at what changes before you change it there."""
    cases = (DATA / "formulas-drawn.txt").read_text("utf-8").strip("\n").split("\n\n\n")
    assert len(cases) == 10
    for case in cases:
        latex, _, drawn = case.partition("\n")
        assert drawn_formula(latex, alone=True, width=76) == tuple(drawn.split("\n"))


@pytest.mark.parametrize("width", [76, 24])
def test_what_is_too_wide_goes_on_below(width: int) -> None:
    lines = drawn_formula("a+b+c+d=" * 9 + "0", alone=True, width=width)
    assert lines is not None and max(map(cell_len, lines)) <= width and "".join(lines).count("=") == 9
    assert drawn_formula(r"\sqrt{" + "a+" * 40 + "b}", alone=True, width=width) is None
    assert len(drawn_text("$$\n\\sqrt{" + "a+" * 40 + "b}\n$$", width).split("\n")) == 1  # in a line, to be wrapped
    parts = drawn_formula(r"a = b, \quad " * 2 + "c" * 10, alone=True, width=20)
    assert parts == ("a = b,   a = b,", "   cccccccccc")


BROKEN_BY = [
    *(r"\frac", "{", "}", "_", "^", r"\left(", r"\right)", r"\sqrt", "&", r"\\", r"\begin{cases}", r"\end{cases}"),
    *(r"\not", r"\underset", r"\hat", r"\operatorname", "*", "[", "]", r"\text", r"\left", r"\underbrace", r"\over"),
    *(r"\tag", r"\textcolor", "%", "~", "'", r"\begin{array}", r"\end{array}", r"\textcircled", r"\hspace", "$"),
]


@settings(max_examples=1000 if os.environ.get("QUIZAPP_SEEDS") else 60)
@given(st.sampled_from(REAL), st.lists(st.tuples(st.integers(0, 200), st.sampled_from(BROKEN_BY)), max_size=3))
def test_no_formula_however_broken_is_a_fault(latex: str, changes: list[tuple[int, str]]) -> None:
    for at, sign in changes:
        latex = latex[:at] + sign + latex[at:]
    drawn_formula(latex, alone=False)
    lines = drawn_formula(latex, alone=True, width=50)
    assert lines is None or max(map(cell_len, lines)) <= 50


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


def test_what_is_meant_as_itself_leaves_and_comes_back_as_that() -> None:
    text = r"\$x\$ and `$y$` and `\(z\)` and \\(w\\)"
    html = to_html(text)
    assert "$" not in html and r"\(" not in html
    assert to_markdown(html, Lost()) == text.replace(r"w\\)", r"w\)")
    for price in ("costs $5 or $6", "US$5/US$6"):
        assert to_html(price) == f"<p>{price}</p>" and to_markdown(to_html(price), Lost()).strip() == price


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
    assert drawn_text("so\n$$\\frac{a}{b}$$\nis") == "so\n\n a\n───\n b\n\nis"
    assert drawn_markdown("$a_b*c*d$ *e*") == "a\\_b ∗ c ∗ d *e*"


def test_a_formula_leaves_for_mathjax_and_comes_back() -> None:
    html = to_html("A $a_1 < *b*$ **c**\n\n$$\\{x\\}$$")
    assert r"\(a_1 &lt; *b*\)" in html and r"\[\{x\}\]" in html and "<strong>c</strong>" in html
    assert to_markdown(html, Lost()) == "A $a_1 < *b*$ **c**\n\n$$\\{x\\}$$"
    assert to_markdown("a $x_1 &lt; y_2$ b_c", Lost()) == "a $x_1 < y_2$ b_c"


@pytest.mark.parametrize(
    "latex", [r"\verb", r"a \verb*", r"\begin", r"\begin{", r"\left", r"\right(", r"\sqrt[", "{" * 900, "}"]
)
def test_what_cannot_be_read_to_its_end_is_not_drawn(latex: str) -> None:
    assert drawn_formula(latex, alone=True) is None is drawn_formula(latex, alone=False)


def test_what_is_too_high_is_left_out_before_it_is_drawn() -> None:
    begun = process_time()
    for n in range(6):
        assert drawn_formula(r"\left(\frac1{" * 80 + str(n) + r"}\right)" * 80, alone=True) is None
        assert (
            drawn_formula(r"\begin{matrix}" + "a&" * 400 + r"\\b" * 300 + r"\end{matrix}" + str(n), alone=True) is None
        )
    assert process_time() - begun < 1


def test_every_line_of_a_drawing_fits_its_width() -> None:
    lines = drawn_formula(r"\frac{\frac{a}{b}}{\sqrt{\frac{c}{d}}} = \begin{bmatrix}1&2\\3&4\end{bmatrix}", alone=True)
    assert lines is not None and max(map(cell_len, lines)) < 40
