"""Makes folders with a demo as a stranger would write them: hidden code, wild syntax, helpers of every kind."""

import random
from pathlib import Path

MAIN = b"def main(seed: int = 0): return {}\n"
PIECES = [
    *(b"import helper\n", b"from package import deep\n", b"from . import helper\n", b"import " + b"a" * 300 + b"\n"),
    *(b"import package.deep as x\n", b"if 0:\n    import helper\n", b"try: import helper\nexcept: pass\n"),
    *(b"x = f'{a}{b!r:>{c}}'\n", b"x = 'a'\n", b"# comment\n", b"def f():\n\tpass\n", b'"""doc"""\n', b"\\\n", b"'''"),
    *(b"\r", b"\r\n", b"\x00", b"\x0b", b"\x0c", b"\x1a", b"\x1c", b"\x1b[2J", b"\xff", b"\xef\xbb\xbf", b"\xc2\x85"),
    *("\u2028".encode(), "\u202e".encode(), "\u200b".encode(), "\u3164 = 1\n".encode(), "\U000e0100".encode()),
    *(b"# coding: utf-7\n", b"#-*- coding: latin-1 -*-\n", b"# vim: fileencoding=unicode_escape\n", b"+AG8-\n"),
    *(
        b"(" * 250,
        b"[" * 4000,
        b"-" * 4000 + b"1\n",
        b"{" * 300,
        b"x." * 2000 + b"y\n",
        b"lambda:" * 900,
        b"not " * 1200,
    ),
    *(b"f'" + b"{a}" * 1500 + b"'\n", b"1+" * 2400 + b"1\n", b"x = 0x" + b"f" * 4900 + b"\n", b"9" * 4900 + b"\n"),
    *(
        b"@a\n",
        b"async ",
        b"match x:\n case ",
        b"@" * 100,
        b"else:\n",
        b" ",
        b"\t",
        b"\n",
        b";",
        b":",
        b"=",
        b"\\N{DIGIT ONE}",
    ),
    *(b"def main(x: Annotated[int, range(2, 9)] = 4): ...\n", b"def main(x: Literal['a', 'b'] = 'a'): ...\n"),
    *(
        b"def main(x: Annotated[float, 0.5, 1e308, 1e-308] = 1.0): ...\n",
        b"def main(x: '" + b"(" * 300 + b"' = 1): ...\n",
    ),
    *(b"def main(x: Annotated[int, range(-10**99)] = 1): ...\n", b"def main(n: bool = not True): ...\n"),
]


def source(rng: random.Random) -> bytes:
    """A source: pieces, or one piece very often, with or without a `main`."""
    if rng.random() < 0.2:
        piece = rng.choice(PIECES)
        made = piece * rng.randrange(1, 310_000 // len(piece))
    else:
        made = b"".join(rng.choice(PIECES) for _ in range(rng.randrange(12)))
    made = rng.choice([made + b"\n" + MAIN, MAIN + made, made])
    if rng.random() < 0.3 and made:
        at = rng.randrange(len(made))
        made = made[:at] + bytes([rng.randrange(256)]) + made[at + rng.randrange(2) :]
    return made


def folder(rng: random.Random, path: Path) -> None:
    """one.py, and helpers, packages, links and data beside it."""
    (path / "package").mkdir(parents=True)
    for name in ("one.py", "helper.py", "package/__init__.py", "package/deep.py"):
        if name == "one.py" or rng.random() < 0.7:
            (path / name).write_bytes(source(rng))
    for name in ("other.py", "package/more", "data", "helper"):
        kind = rng.randrange(5)
        if kind == 0:
            (path / name).symlink_to(rng.choice(["one.py", ".", "nowhere", name, "/dev/zero", "/"]))
        elif kind == 1:
            (path / name).mkdir()
            (path / name / rng.choice(["a.py", "\u202e.py", "a b.py", "x.npz"])).write_bytes(source(rng))
