"""The commands of LaTeX that a drawn formula knows, and the signs that draw them."""

from functools import lru_cache
from typing import Any

RELATION_SIGNS = frozenset("=<>≤≥⩽⩾≲≳≈≠∼≃≅≡≢∝∈∉∋⊂⊆⊄⊈⊃⊇→←↔↦⇒⇐⇔≪≫≔≜≝≺≻⪯⪰≼≽⊑⊒⊥≍≐∣∤⟶⟵⟹⟺⊢⊨↪↝↑↓")
OPERATOR_SIGNS = frozenset("+−×·∗±∓⋅∘⊙⊗⊕⊖∧∨∩∪÷∖⊔⋆")
BLANK_COMMANDS = {
    ",": " ",
    ":": " ",
    ";": " ",
    ">": " ",
    " ": " ",
    "!": "",
    "quad": "  ",
    "qquad": "    ",
    "~": " ",
    "thinspace": " ",
    "enspace": " ",
}
SILENT_COMMANDS = frozenset(
    """
    displaystyle textstyle scriptstyle limits nolimits bigl bigr Bigl Bigr big Big bigg Bigg biggl biggr Biggl Biggr
    middle nonumber notag hline small tiny large Large LARGE normalsize footnotesize scriptscriptstyle bf rm it
    mathrel mathbin mathord mathopen mathclose mathpunct ensuremath boldmath allowbreak strut relax
    """.split()  # noqa: SIM905
)
# Commands whose first argument is no part of the drawing; a second is that.
DROPPED_ARGUMENTS = frozenset("label hspace vspace color phantom textcolor colorbox".split())  # noqa: SIM905
SEE_THROUGH = frozenset("boxed fbox cancel smash".split())  # noqa: SIM905
FUNCTION_NAMES = frozenset(
    """
    log ln exp sin cos tan tanh sinh cosh max min sup inf lim arg det dim ker Pr gcd deg argmax argmin softmax relu
    sigmoid diag tr rank sign round clip KL sec csc cot arcsin arccos arctan hom limsup liminf
    """.split()  # noqa: SIM905
)
# What has what is written below it under itself where it stands alone.
LIMITED_NAMES = frozenset(("max", "min", "sup", "inf", "argmax", "argmin", "lim", "limsup", "liminf"))
BIG_SIGNS = {
    "sum": "∑", "prod": "∏", "int": "∫", "bigcup": "⋃", "bigcap": "⋂", "oint": "∮", "iint": "∬", "iiint": "∭",
    "coprod": "∐", "bigoplus": "⨁", "bigotimes": "⨂", "bigwedge": "⋀", "bigvee": "⋁", "bigsqcup": "⨆",
}  # fmt: skip
LIMITED_SIGNS = frozenset("∑∏⋃⋂∐⨁⨂⋀⋁⨆")
ACCENT_SIGNS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "vec": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db", "overline": "\u0305", "underline": "\u0332",
    "check": "\u030c", "widecheck": "\u030c", "breve": "\u0306", "mathring": "\u030a", "acute": "\u0301",
    "grave": "\u0300", "overrightarrow": "\u20d7", "overleftarrow": "\u20d6", "overleftrightarrow": "\u20e1",
}  # fmt: skip
# Letters of another kind; and words, in which blanks count.
LETTER_COMMANDS = frozenset("mathrm mathit mathsf mathtt mathbf boldsymbol bm pmb mathds mathbbm mathnormal".split())  # noqa: SIM905
WORD_COMMANDS = frozenset(
    "text textbf textit texttt textrm textsf textsc textnormal textsl emph mbox hbox".split()  # noqa: SIM905
)
SPELLED_SIGNS = {
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "vert": "|", "Vert": "‖", "|": "‖", "{": "{", "}": "}",
    "lbrace": "{", "rbrace": "}", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨",
    "rangle": "⟩", "mid": "∣", "top": "⊤", "intercal": "⊤", "coloneqq": "≔", "triangleq": "≜", "implies": "⇒",
    "iff": "⇔", "dots": "…", "ldots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "colon": ":", "backslash": "\\",
    "%": "%", "$": "$", "#": "#", "_": "_", "&": "&", "prime": "′", "ne": "≠", "neq": "≠", "le": "≤", "ge": "≥",
    "argmax": "argmax", "argmin": "argmin", "dagger": "†", "hslash": "ℏ", "lbrack": "[", "rbrack": "]",
    "lt": "<", "gt": ">", "gets": "←", "to": "→", "neg": "¬", "lnot": "¬", "land": "∧", "lor": "∨", "jmath": "ȷ",
    "parallel": "‖", "Longrightarrow": "⇒", "Longleftrightarrow": "⇔", "longrightarrow": "⟶", "longleftarrow": "⟵",
    "hookrightarrow": "↪", "leadsto": "↝", "rightsquigarrow": "↝", "leqslant": "≤", "geqslant": "≥", "lesssim": "≲",
    "gtrsim": "≳", "eqqcolon": "=:", "defeq": "≔", "models": "⊨", "vDash": "⊨", "nsubseteq": "⊈", "lnsim": "⋦",
    "dag": "†", "ddag": "‡", "S": "§", "P": "¶", "copyright": "©", "checkmark": "✓", "square": "□", "Box": "□",
    "blacksquare": "■", "qed": "∎", "varnothing": "∅", "emptyset": "∅", "complement": "∁", "dotsc": "…", "dotsb": "⋯",
    "dotsm": "⋯", "dotsi": "⋯", "ddagger": "‡", "mod": "mod", "bmod": "mod", "degree": "°", "wp": "℘",
}  # fmt: skip
BOARD_LETTERS = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
DENIED_SIGNS = {"=": "≠", "∈": "∉", "⊂": "⊄", "⊆": "⊈", "≡": "≢", "∣": "∤", "<": "≮", ">": "≯", "≤": "≰", "≥": "≱",
                "∃": "∄", "∋": "∌"}  # fmt: skip
ONE_SIGN = {"<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "=>": "⇒", "<<": "≪", ">>": "≫", ":=": "≔", "==": "=="}
OPEN_SIGNS, CLOSE_SIGNS = frozenset("([{⌊⌈⟨"), frozenset(")]}⌋⌉⟩")
MATRIX_SIGNS = {"matrix": "", "smallmatrix": "", "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||",
             "Vmatrix": "‖‖", "array": "", "pmatrix*": "()", "bmatrix*": "[]"}  # fmt: skip
ALIGNED_NAMES = frozenset(
    """
    align align* aligned alignat alignat* alignedat split gather gather* gathered equation equation* eqnarray eqnarray*
    multline multline* flalign flalign*
    """.split()  # noqa: SIM905
)


class NotDrawn(Exception):
    """Something that is not drawn."""


@lru_cache(maxsize=1)
def _known_commands() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()


def command_sign(name: str) -> str:
    """The sign of a command without arguments. Raises NotDrawn."""
    if name in SPELLED_SIGNS:
        return SPELLED_SIGNS[name]
    sign = getattr(_known_commands().get_macro_spec(name), "simplify_repl", None)
    if not isinstance(sign, str) or not sign.strip() or "%" in sign or len(sign) > 6:
        raise NotDrawn(name)
    return sign.strip()
