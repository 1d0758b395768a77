"""The commands of LaTeX that a drawn formula knows, and the signs that draw them."""

RELATION_SIGNS = frozenset("=<>≤≥≈≠∼≃≅≡∝∈∉⊂⊆⊃→←↦⇒⇐⇔≪≫≔≜∣⟶⟹⊢")
OPERATOR_SIGNS = frozenset("+−×·∗±∓⋅∘⊙⊗⊕∧∨∩∪÷∖")
BLANK_COMMANDS = {
    ",": " ",
    ":": " ",
    ";": " ",
    " ": " ",
    "!": "",
    "quad": "  ",
    "qquad": "    ",
    "~": " ",
    "thinspace": " ",
}
SILENT_COMMANDS = frozenset(
    """
    displaystyle textstyle scriptstyle limits nolimits bigl bigr Bigl Bigr big Big bigg Bigg biggl biggr Biggl Biggr
    middle nonumber notag hline label
    """.split()  # noqa: SIM905
)
FUNCTION_NAMES = frozenset(
    """
    log ln exp sin cos tan tanh sinh cosh max min sup inf lim arg det dim ker Pr gcd deg argmax argmin softmax relu
    sigmoid diag tr rank sign round clip KL
    """.split()  # noqa: SIM905
)
BIG_SIGNS = {"sum": "∑", "prod": "∏", "int": "∫", "bigcup": "⋃", "bigcap": "⋂", "oint": "∮", "iint": "∬", "coprod": "∐"}
LIMITED_SIGNS = frozenset("∑∏⋃⋂∐")
ACCENT_SIGNS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "vec": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "overline": "\u0305", "underline": "\u0332", "check": "\u030c",
}  # fmt: skip
PLAIN_COMMANDS = frozenset(
    """
    text mathrm mathit mathsf mathtt mathbf boldsymbol bm textbf textit texttt textrm rm bf
    """.split()  # noqa: SIM905
)
SPELLED_SIGNS = {
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "vert": "|", "Vert": "‖", "|": "‖", "{": "{", "}": "}",
    "lbrace": "{", "rbrace": "}", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨",
    "rangle": "⟩", "mid": "∣", "top": "⊤", "intercal": "⊤", "coloneqq": "≔", "triangleq": "≜", "implies": "⟹",
    "iff": "⇔", "dots": "…", "ldots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "colon": ":", "backslash": "\\",
    "%": "%", "$": "$", "#": "#", "_": "_", "&": "&", "prime": "′", "ne": "≠", "neq": "≠", "le": "≤", "ge": "≥",
    "argmax": "argmax", "argmin": "argmin", "dagger": "†", "hslash": "ℏ", "lbrack": "[", "rbrack": "]",
}  # fmt: skip
BOARD_LETTERS = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
SCRIPT_LETTERS = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
OPEN_SIGNS, CLOSE_SIGNS = frozenset("([{⌊⌈⟨"), frozenset(")]}⌋⌉⟩")
MATRIX_SIGNS = {"matrix": "", "smallmatrix": "", "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||",
             "Vmatrix": "‖‖", "array": ""}  # fmt: skip
ALIGNED_NAMES = frozenset(
    ("align", "align*", "aligned", "split", "gather", "gather*", "gathered", "equation", "equation*")
)
