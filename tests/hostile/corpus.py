# ruff: noqa: E501
"""What a stranger's deck or package can be: one table. Each entry makes its files in a folder of its own and says how
the program is called there, and what it should answer."""

import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

# A long run has decks and packages of full size. Else they are a fifth of it, and so are the limits that cell.py sets:
# what takes the square of its size shows all the same.
LONG = os.environ.get("QUIZAPP_FUZZ_S", "0") != "0"
SHARE = 1 if LONG else 5
PACKED_MB, ROWS, REVIEWS = (512, 200_000, 1_000_000) if LONG else (24, 10_000, 50_000)

Make = Callable[[Path], object]


class Hostile(NamedTuple):
    """`said` has to stand in what is printed; `code` is the exit code: 0 a safe load, 1 a clear error, 2 no such call."""

    name: str
    make: Make
    argv: list[str]
    code: int
    said: str


def text(content: str | bytes, name: str = "deck.yaml") -> Make:
    data = content.encode(errors="surrogatepass") if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(data)


def cards(*entries: str) -> Make:
    return text("cards:\n" + "".join(f"  - {entry}\n" for entry in entries))


def many(count: int, entry: str) -> Make:
    return text("cards:\n" + "".join(f"  - {entry.replace('%', str(n))}\n" for n in range(count)))


def link(target: str, name: str = "deck.yaml") -> Make:
    return lambda folder: (folder / name).symlink_to(target)


def sparse(size: int, name: str) -> Make:
    def make(folder: Path) -> None:
        with (folder / name).open("wb") as file:
            file.truncate(size)

    return make


def folder_of(*makes: Make) -> Make:
    """All of these, beside a good deck."""

    def make(folder: Path) -> None:
        for one in (*makes, text("cards:\n  - {id: good, q: Good?, a: Good., why: Good.}\n", "good.yaml")):
            one(folder)

    return make


CHECK, NEXT = ["check", "deck.yaml"], ["next", "deck.yaml"]
ESCAPES = r"\e]0;owned\a\e[31m\e[2J\x9b31m\r\b\x7f\ufeff"
UNSEEN = "\u202e\u2066\u200b\u200f\u2028\U000e0041"
EVIL = f'"{ESCAPES}{UNSEEN}x"'
EVERY_FIELD = (
    f"format: 1\ndeck: d\ntitle: {{en: {EVIL}, zh: {EVIL}}}\ncards:\n  - id: x\n    was: [{EVIL}]\n    tags: [{EVIL}]\n"
    f"    q: {{en: {EVIL}, zh: {EVIL}}}\n    a: {EVIL}\n    points: [{{en: {EVIL}, hit: [{EVIL}]}}]\n    why: {EVIL}\n"
    f"    refs: [{EVIL}]\n    after: [{EVIL}]\n    follow_ups: [{EVIL}]\n    demo:\n      run: gone\n"
    f"      with: {{bits: {EVIL}}}\n      predict: {{ask: {EVIL}, read: {EVIL}}}\n"
    f"  - {{id: y, type: choice, q: {EVIL}, why: {EVIL}, choices: [{{en: {EVIL}, ok: true}}, {{en: b, why: {EVIL}}}]}}\n"
    f"  - {{id: z, type: fix, source: {{book: {EVIL}, question: {EVIL}, says: {EVIL}}}, a: {EVIL}}}\n"
    f"  - {{id: w, type: order, q: {EVIL}, items: [a, {EVIL}]}}\n"
    f"  - {{id: v, type: numeric, q: {EVIL}, answer: {{value: 1, unit: {EVIL}}}}}\n"
    f'  - {{"{ESCAPES}": {EVIL}}}\n'
)
LAYERS = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 12))
MARKUP = '{id: x, why: w, q: "[bold red]q[/] [@click=app.quit]x[/] [link=file:///etc/passwd]y[/link]", a: "[/]"}'

DECKS = [
    # bombs
    Hostile("aliases", text(f"b0: &b0 [lol, lol]\n{LAYERS}cards: *b11\n"), CHECK, 1, "is an anchor"),
    Hostile("merge keys", cards("{<<: {q: x}, a: y}"), CHECK, 1, "`<<` is not supported"),
    Hostile("quoted keys", text("".join(f'"key {n}": "\\x41"\n' for n in range(100_000 // SHARE))), CHECK, 1, "no field"),
    Hostile("keys of a card", many(1, "{q: x, a: y, " + ", ".join(f"w{n}: z" for n in range(30_000)) + "}"), CHECK, 1,
            "a free card has no field"),
    Hostile("keys that collide", text("".join(f"{n * (2**61 - 1)}: x\n" for n in range(30_000))), CHECK, 1, "no field"),
    Hostile("long key", text("? " + "k" * 3_000_000 + "\n: x\n"), CHECK, 1, "error"),
    Hostile("many items", text("cards: [" + "x," * (300_000 // SHARE) + "]"), CHECK, 1, "a card cannot be `x`"),
    Hostile("too many items", text("cards: [" + "x," * 3_000_000 + "]"), CHECK, 1, "may have more than"),
    Hostile("many cards", many(20_000 // SHARE, "{id: c%, q: q%, a: y, why: w}"), CHECK, 0, f"{20_000 // SHARE:,} cards"),
    Hostile("many bad cards", many(20_000 // SHARE, "{id: c%, q: q%}"), CHECK, 1, "more cards have faults"),
    Hostile("many warnings", many(10_000 // SHARE, "{id: c%, q: q%, a: y}"), CHECK, 0, "and so on"),
    Hostile("clozes never closed", cards('{type: cloze, text: "' + "{{c1::" * 20_000 + '"}'), CHECK, 1, "hides nothing"),
    Hostile("clozes in clozes", cards('{type: cloze, text: "' + "{{c1::" * 10_000 + "x" + "}}" * 10_000 + '"}'), CHECK,
            0, "1 card"),
    Hostile("clozes with names", cards("{type: cloze, text: '" + "".join(f"{{{{c{n}::x}}}}" for n in range(1, 100))
            + f"', was: [{', '.join(f'k{n}' for n in range(10_000))}]}}"), CHECK, 1, "earlier ids"),
    Hostile("dead links", many(3_000 // SHARE, "{id: c%, q: q%, a: y, why: w, after: [dead-%]}"), CHECK, 0, "no card `dead-0`"),
    Hostile("links", many(1, "{id: c, q: q, a: y, why: w, after: [" + "x," * 20_000 + "]}"), CHECK, 1, "at most 100"),
    Hostile("many points", many(1, "{id: c, q: q, why: w, points: [" + "x," * 20_000 + "]}"), CHECK, 1, "at most 100"),
    Hostile("a ring", many(5_000 // SHARE, "{id: c%, q: q%, a: y, why: w, after: [c%]}"), CHECK, 0, "this card itself"),
    Hostile("equal items", cards("{type: order, q: x, items: [" + "same," * 15_000 + "]}"), CHECK, 1, "the same as"),
    Hostile("choices", cards("{type: choice, q: x, choices: [" + "same," * 15_000 + "]}"), CHECK, 1, "can be shown"),
    Hostile("gone demos", many(2_000 // SHARE, "{id: c%, q: q%, a: y, why: w, demo: {run: quant%}}"), CHECK, 1, "no demo quant0"),
    Hostile("plain text", many(10_000 // SHARE, "{id: c%, q: what is it %, a: it is that, why: because}"), CHECK, 0, "0 warnings"),
    Hostile("brackets", text("[" * 200_000), CHECK, 1, "nested too deep"),
    Hostile("braces", text("{a: " * 200_000), CHECK, 1, "nested too deep"),
    Hostile("dashes", text("- " * 200_000), CHECK, 1, "nested too deep"),
    Hostile("questions", text("? " * 200_000), CHECK, 1, "error"),
    Hostile("indented", text("".join(" " * n + "a:\n" for n in range(3_000))), CHECK, 1, "nested too deep"),
    Hostile("200 MB", sparse(200 << 20, "deck.yaml"), CHECK, 1, "larger than 16 MB"),
    Hostile("15 MB of text", text("cards:\n  - {q: x, a: " + "long " * 3_000_000 + "}\n"), CHECK, 1, "no screen shows that much"),
    Hostile("numbers", cards("{type: numeric, q: x, answer: {value: 1e999, range: [" + "9" * 100_000 + ", 1]}}"), CHECK, 1,
            "a number is needed"),
    Hostile("seconds", cards("{q: x, a: y, seconds: " + "9" * 100_000 + "}"), CHECK, 1, "seconds"),
    # text that is none
    Hostile("NULs", text(b"\0" * 1_000_000), CHECK, 1, "NUL"),
    Hostile("a NUL", text("cards:\n  - {q: x\0y, a: z}\n"), CHECK, 1, "NUL"),
    Hostile("binary", text(bytes(range(256)) * 1000), CHECK, 1, "not UTF-8"),
    Hostile("utf-16", text("cards: []".encode("utf-16")), CHECK, 1, "UTF-16"),
    Hostile("surrogates", cards('{q: "\\ud800x", a: y}'), CHECK, 1, "character"),
    Hostile("raw surrogates", cards("{q: \ud800x, a: y}"), CHECK, 1, "not UTF-8"),
    Hostile("raw escapes", cards("{q: \x1b[31mx, a: y}"), CHECK, 1, "control character U+001B"),
    Hostile("tags", text("!!python/object/apply:os.system ['touch pwned']"), CHECK, 1, "is a tag"),
    Hostile("two documents", text("cards: []\n---\ncards: []\n"), CHECK, 1, "second document"),
    # what a terminal would obey, and what is not seen
    Hostile("escapes in every field", text(EVERY_FIELD), CHECK, 1, "no demo gone"),
    Hostile("escapes in UTF-16", text(EVERY_FIELD.encode("utf-16")), NEXT, 0, "in UTF-16"),
    Hostile("escapes asked", text(EVERY_FIELD), NEXT, 0, "x"),
    Hostile("markup", cards(MARKUP), NEXT, 0, "[bold red]q[/]"),
    Hostile("an id with zero width", cards('{id: "a\\u200bb", q: x, a: y}'), CHECK, 0, "1 card"),
    # names
    Hostile("run: a path", cards("{q: x, a: y, demo: {run: ../../../etc/passwd}}"), CHECK, 1, "demo.run"),
    Hostile("run: a root", cards("{q: x, a: y, demo: {run: /bin/sh}}"), CHECK, 1, "demo.run"),
    Hostile("run: a command", cards('{q: x, a: y, demo: {run: "x; touch pwned"}}'), CHECK, 1, "demo.run"),
    Hostile("run: an option", cards("{q: x, a: y, demo: {run: --help}}"), CHECK, 1, "demo.run"),
    Hostile("run: a link out", folder_of(cards("{id: x, q: x, a: y, why: w, demo: {run: x}}"), link("/etc/passwd", "x.py")),
            CHECK, 1, "passwd"),
    Hostile("run: a device", folder_of(cards("{id: x, q: x, a: y, why: w, demo: {run: x}}"), link("/dev/zero", "x.py")),
            CHECK, 1, "no demo x"),
    Hostile("run: a pipe", folder_of(cards("{id: x, q: x, a: y, why: w, demo: {run: x}}"),
            lambda folder: os.mkfifo(folder / "x.py")), CHECK, 1, "x"),
    Hostile("stray pipes and devices", folder_of(lambda folder: os.mkfifo(folder / "x.py"), link("/dev/zero", "y.py"),
            link("y.py", "z.py"), link("loop.py", "loop.py")), ["check", "."], 0, "1 deck,"),
    Hostile("rings", many(3_000 // SHARE, "{id: c%, q: q%, a: y, why: w, after: [" + ", ".join(f"c{n}" for n in range(0, 3_000 // SHARE, 12 * SHARE))
            + ", c1%]}"), CHECK, 0, "comes after itself"),
    Hostile("a deck named ..", text("deck: ..\ncards:\n  - {q: x, a: y}\n"), CHECK, 1, "cannot be the name"),
    Hostile("a deck named /", text("deck: /etc/passwd\ncards:\n  - {q: x, a: y}\n"), CHECK, 1, "cannot be the name"),
    Hostile("an option", folder_of(text("cards: [\n", "-rf.yaml")), ["check", "."], 1, "-rf.yaml"),
    Hostile("an option alone", text("cards: [\n", "-rf.yaml"), ["check", "--", "-rf.yaml"], 1, "-rf.yaml:2:1"),
    Hostile("a name that obeys", folder_of(text("cards: [\n", "\x1b[31m\u202ered.yaml")), ["check", "."], 1, "red.yaml:2:1"),
    Hostile("a name of two lines", folder_of(text("cards: [\n", "a\nb.yaml")), ["check", "."], 1, "error"),
    Hostile("a name that is no text", folder_of(text("cards: [\n", os.fsdecode(b"\xff.yaml"))), ["check", "."], 1, "error"),
    Hostile("such a name as JSON", folder_of(text("cards: [\n", os.fsdecode(b"\xff.yaml"))), ["check", "--json", "."], 1,
            "errors"),
    Hostile("such a name of a deck", folder_of(text("cards:\n  - {q: x, a: y}\n", os.fsdecode(b"\xff.yaml"))),
            ["next", "."], 0, "good"),
    Hostile("such a name of a large deck", folder_of(text("cards:\n" + "  - {q: x, a: y}\n" * 2_000, os.fsdecode(b"\xff.yaml"))),
            ["next", "."], 0, "good"),
    # what is no file
    Hostile("a link to passwd", link("/etc/passwd"), CHECK, 1, "error"),
    Hostile("a link to a device", link("/dev/zero"), CHECK, 1, "not a plain file"),
    Hostile("a link to itself", link("deck.yaml"), CHECK, 1, "cannot be read"),
    Hostile("a link to nothing", link("gone"), CHECK, 1, "cannot be read"),
    Hostile("a folder", lambda folder: (folder / "deck.yaml").mkdir(), CHECK, 1, "has no deck"),
    Hostile("a folder in a folder", folder_of(lambda folder: (folder / "x.yaml").mkdir()), ["check", "."], 0, "1 deck,"),
    Hostile("a pipe", lambda folder: os.mkfifo(folder / "deck.yaml"), CHECK, 1, "not a plain file"),
    Hostile("a pipe in a folder", folder_of(lambda folder: os.mkfifo(folder / "x.yaml")), ["check", "."], 1,
            "not a plain file"),
    Hostile("a pipe to study", folder_of(lambda folder: os.mkfifo(folder / "x.yaml")), ["next", "."], 0, "good/good"),
    Hostile("a device", lambda folder: None, ["check", "/dev/zero"], 1, "not a plain file"),
    Hostile("a terminal", lambda folder: None, ["check", "/dev/tty"], 1, "error"),
    Hostile("a folder in itself", folder_of(lambda folder: (folder / "again").symlink_to(".")), ["check", "."], 1,
            "named `good` already"),
    Hostile("all of the system", folder_of(lambda folder: (folder / "root").symlink_to("/")), ["check", "."], 0, "1 deck,"),
]  # fmt: skip


def package(*files: tuple[str, bytes], name: str = "x.apkg", packed: bool = True, method: int = 0) -> Make:
    def make(folder: Path) -> None:
        nonlocal method
        method = method or (zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
        with zipfile.ZipFile(folder / name, "w", method) as archive:
            for inside, data in files:
                archive.writestr(inside, data)

    return make


def templates(*fronts: str) -> str:
    """One note type with a card for each of these templates."""
    cards = [{"ord": at, "qfmt": front, "afmt": front[::-1]} for at, front in enumerate(fronts)]
    return json.dumps({"1": {"type": 0, "flds": [{"name": "F", "ord": 0}, {"name": "B", "ord": 1}], "tmpls": cards}})


def collection(*statements: str, cards: int = 1, flds: str = "q\x1fa", models: str = "", tags: str = "") -> bytes:
    """An old collection with one note type of two fields, and as many notes."""
    model = {"type": 0, "flds": [{"name": "F", "ord": 0}, {"name": "B", "ord": 1}],
             "tmpls": [{"ord": 0, "qfmt": "{{F}}", "afmt": "{{B}}"}]}  # fmt: skip
    tables = sqlite3.connect(":memory:")
    tables.executescript(
        "CREATE TABLE col (conf, models, decks); CREATE TABLE notes (id, guid, mid, tags, flds);"
        "CREATE TABLE cards (id, nid, did, ord, queue, flags, type, odid);"
        "CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid, usn, ease, ivl, lastIvl, factor, time, type)"
    )
    tables.execute("INSERT INTO col VALUES ('{}', ?, ?)", (models or json.dumps({"1": model}), '{"1": {"name": "D"}}'))
    for n in range(cards):
        tables.execute("INSERT INTO notes VALUES (?, ?, 1, ?, ?)", (n, f"g{n}", tags, flds))
        tables.execute("INSERT INTO cards VALUES (?, ?, 1, 0, 0, 0, 0, 0)", (n, n))
    for statement in statements:
        tables.execute(statement)
    tables.commit()
    data = tables.serialize()
    tables.close()
    return data


def anki(*statements: str, **more: Any) -> Make:
    return lambda folder: package(("collection.anki2", collection(*statements, **more)))(folder)


def zstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.compress(data)


def nested(depth: int) -> bytes:
    data = b"x"
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("collection.anki2", data)
        data = out.getvalue()
    return data


def fields(content: str) -> Make:
    return anki(flds=content)


NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {}) "
GET = ["import", "x.apkg", "-o", "out.yaml"]
PACKAGES = [
    Hostile("a good package", anki(), GET, 0, "1 card"),
    Hostile("a zip bomb", package(("collection.anki2", bytes((PACKED_MB + 1) << 20))), GET, 1,
            f"larger than {PACKED_MB} MB"),
    Hostile("a zstd bomb", lambda folder: package(("collection.anki21b", zstd(bytes((PACKED_MB + 1) << 20))))(folder), GET, 1,
            f"larger than {PACKED_MB} MB"),
    Hostile("a zip in a zip", package(("collection.anki2", nested(20))), GET, 1, "x.apkg"),
    Hostile("a path out", package(("collection.anki2", b""), ("../../pwned", b"x")), GET, 1, "nothing was read"),
    Hostile("a root path", package(("collection.anki2", b""), ("/pwned-by-quizapp", b"x")), GET, 1, "nothing was read"),
    Hostile("a root path here", lambda folder: package(("collection.anki2", b""), (f"{folder}/pwned", b"x"))(folder), GET, 1,
            "nothing was read"),
    Hostile("a BZIP2 bomb", package(("collection.anki2", bytes(8 << 20)), method=zipfile.ZIP_BZIP2), GET, 1,
            "packed in a way"),
    Hostile("an LZMA bomb", package(("collection.anki2", bytes(1 << 20)), method=zipfile.ZIP_LZMA), GET, 1, "packed in a way"),
    Hostile("a column without end", anki("DROP TABLE notes", "CREATE TABLE notes (id, guid, mid, tags, flds AS ('"
            + "a" * 5_000 + "' LIKE '" + "%a" * 5_000 + "b'))", "INSERT INTO notes VALUES (0, 'g', 1, '')"), GET, 1, "no notes"),
    Hostile("a table of a module", anki("DROP TABLE notes", "CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, tags, flds)"),
            GET, 1, "no notes"),
    Hostile("settings without end", anki(models='{"a": [' + "[]," * 6_000_000 + "[]]}"), GET, 1, "too long"),
    Hostile("corrupt zstd", package(("collection.anki21b", b"\x28\xb5\x2f\xfd" + b"\xff" * 5000)), GET, 1, "x.apkg"),
    Hostile("half a zstd", lambda folder: package(("collection.anki21b", zstd(collection())[:200]))(folder), GET, 1, "x.apkg"),
    Hostile("no zstd", package(("collection.anki21b", b"SQLite format 3\0")), GET, 1, "x.apkg"),
    Hostile("no database", package(("collection.anki2", b"x" * 5000)), GET, 1, "cannot be read"),
    Hostile("an empty database", package(("collection.anki2", b"")), GET, 1, "no notes"),
    Hostile("no zip", text(b"PK\x03\x04" + b"x" * 1000, "x.apkg"), GET, 1, "not an Anki package"),
    Hostile("200 MB of nothing", sparse(200 << 20, "x.apkg"), GET, 1, "not an Anki package"),
    Hostile("many files", package(("collection.anki2", b""), *((f"{n}", b"") for n in range(60_000 // SHARE)), packed=False), GET, 1,
            "no notes"),
    Hostile("huge images", lambda folder: package(("collection.anki2", collection()), ("0", bytes((300 // SHARE**2) << 20)))(folder),
            GET, 0, "1  media files"),
    Hostile("templates never closed", anki(models=templates("<script" * 1_500, "<!--" * 2_500)), GET, 0, "1 card"),
    Hostile("templates that obey", anki(models=templates("\x1b]0;owned\x07\u202ewhat")), GET, 0, "around the fields"),
    Hostile("many templates", anki(models=templates(*(["{{F}}<b<b" + "{{" * 4_000] * 300))), GET, 0, "1 card"),
    Hostile("deep JSON", anki(models="[" * 200_000), GET, 1, "cannot be read"),
    Hostile("huge numbers", anki(models='{"' + "9" * 10_000 + '": 1}'), GET, 1, "cannot be read"),
    Hostile("other tables", anki("DROP TABLE notes", "CREATE TABLE notes (a)"), GET, 1, "cannot be read"),
    Hostile("a view without end", anki("DROP TABLE notes", "CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
            " SELECT i + 1 FROM n) SELECT i AS id, i AS guid, 1 AS mid, '' AS tags, '' AS flds FROM n"), GET, 1, "no notes"),
    Hostile("too many cards", anki(f"INSERT INTO cards {NUMBERS.format(ROWS + 1)} SELECT i,1,1,0,0,0,0,0 FROM n"), GET, 1,
            f"more than {ROWS:,}"),
    Hostile("many reviews", anki(f"INSERT INTO revlog {NUMBERS.format(20_000 // SHARE)} SELECT 1500000000000+i*9000000,0,0,3,1,1,2500,"
            "1000,1 FROM n"), GET, 0, "reviews and resets came along"),
    Hostile("too many reviews", anki(f"INSERT INTO revlog {NUMBERS.format(REVIEWS + 1)} SELECT i,0,0,3,1,1,1,1,1 FROM n"), GET,
            1, f"more than {REVIEWS:,}"),
    Hostile("reviews that are none", anki("INSERT INTO revlog VALUES (1,0,'x',x'00','y',null,1e999,'z','w')"), GET, 0,
            "1  rows of the history that are no reviews"),
    Hostile("types that are wrong", anki("UPDATE cards SET ord = 'x', queue = x'ff', flags = 1.5"), GET, 1, "cannot be read"),
    Hostile("a field of 60 MB", anki(f"UPDATE notes SET flds = hex(zeroblob({30_000_000 // SHARE}))"), GET, 1, "no card"),
    Hostile("tags never closed", fields("<b>" * 15_000 + "q\x1fa"), GET, 0, "1 card"),
    Hostile("tags in tags", fields("<div>" * 4_000 + "x" + "</div>" * 4_000 + "\x1fa"), GET, 0, "1 card"),
    Hostile("signs", fields("<" * 49_000 + "\x1fa"), GET, 0, "1 card"),
    Hostile("formulas", fields("\\(" * 24_000 + "\x1fa"), GET, 0, "1 card"),
    Hostile("voices", anki(*[f"INSERT INTO notes VALUES ({n}, 'h{n}', 1, '', '[anki:" + "a" * 49_000 + "' || char(31) || 'a')"
            for n in range(1, 21)]), GET, 0, "21 cards"),
    Hostile("a section", fields("<![x>q\x1fa<!--[if x]>"), GET, 0, "1 card"),
    Hostile("no characters", fields("&#" + "9" * 20_000 + ";q &#xe000;7&#xe001;\x1fa"), GET, 0, "1 card"),
    Hostile("sounds", fields("[sound:" * 7_000 + "\x1fa"), GET, 0, "1 card"),
    Hostile("entities", fields("&amp;" * 9_000 + "&#x1b;[31m&#8238;&#0;\x1fa"), GET, 0, "1 card"),
    Hostile("scripts", fields("<script>alert(1)</script>q<a href='javascript:x'>y</a><a href='file:///etc/passwd'>z</a>\x1fa"),
            GET, 0, "1 card"),
    Hostile("escapes in notes", anki(flds="\x1b]0;owned\x07\x1b[31mq\u202e\x1f\x9b31ma", tags="\x1b[31mtag \u202e"), GET, 0,
            "1 card"),
    Hostile("YAML in notes", fields("q: [\n- *x\n# y\n'''\"\n---\nz\x1f!!python/name:os.system"), GET, 0, "1 card"),
    Hostile("a device", link("/dev/zero", "x.apkg"), GET, 1, "not a plain file"),
    Hostile("a pipe", lambda folder: os.mkfifo(folder / "x.apkg"), GET, 1, "not a plain file"),
    Hostile("a folder", lambda folder: (folder / "x.apkg").mkdir(), GET, 1, "not a plain file"),
    Hostile("a deck that links out", folder_of(anki(), link("../outside.yaml", "out.yaml")), GET, 1, "out.yaml"),
    Hostile("a name that obeys", lambda folder: (package(("x", b""))(folder), (folder / "x.apkg").rename(
            folder / "\x1b[31m\u202e.apkg")), ["import", "\x1b[31m\u202e.apkg"], 1, "no collection"),
]  # fmt: skip


def foreign(name: str, file: str, content: str | bytes, code: int, said: str) -> Hostile:
    return Hostile(name, text(content, file), ["import", file, "-o", "out.yaml"], code, said)


TEXTS = [
    foreign("clozes never closed", "x.md", "C: " + "{{c1::" * 200_000, 1, "no card"),
    foreign("gaps in gaps", "x.md", "C: " + "[a" * 500_000 + "]" * 500_000, 1, "longer than 65,536"),
    foreign("images", "x.md", "![" * 1_000_000, 1, "no card"),
    foreign("wiki images", "x.md", ("![[" + "a" * 1_000 + "\n") * 1_000, 1, "no card"),
    foreign("tabs", "x.txt", "#html:true\n" + ("q<br>" + "&#9" * 16_000 + "x,a\n") * 20, 0, "1 card"),
    foreign("entities", "x.csv", "&amp;" * 200_000, 1, "more than 100 columns"),
    foreign("dates", "x.md", "<!--SR:" * 500_000 + "\na::b\n", 0, "1 card"),
    foreign("fences", "x.md", "```\n" * (200_000 // SHARE + 1) + "a::b\n", 1, "no card"),
    foreign("front matter", "x.md", "---\nname:" + " " * 100_000 + '"x"y\n---\nQ: a\nA: b\n', 0, "1 card"),
    foreign("names", "x.md", "---\n" + "name" * 400_000 + "\n" * 400_000 + "---\nQ: a\nA: b\n", 0, "1 card"),
    foreign("colons", "x.md", ":" * (1_000_000 // SHARE) + "\n" + "a:::b\n" * (20_000 // SHARE), 0, "cards"),
    foreign("ticks", "x.md", "`" * 1_000_001 + "a::b\n", 1, "no card"),
    foreign("a NUL", "x.md", "a::b\0c\n", 0, "1 card"),
    Hostile("200 MB", sparse(200 << 20, "x.md"), ["import", "x.md", "-o", "out.yaml"], 1, "larger than"),
    foreign("quotes", "x.csv", '"' * 1_000_001, 1, "x.csv"),
    foreign("columns", "x.csv", "a," * 600_000, 1, "rows of more than 100 columns"),
    foreign("rows", "x.csv", "q%,a\n" * (30_000 // SHARE), 0, "1 card"),
    foreign("a field", "x.csv", '"' + "x" * 1_000_000 + '",a', 1, "x.csv"),
    foreign("heads", "x.txt", "#" * 1_000_000 + "\na\tb\n", 0, "1 card"),
    foreign("wrong columns", "x.txt", "#guid column:99\n#tags column:0\n#separator:\x1b\na\x1bb\n", 0, "1 card"),
    foreign("tags never closed", "x.txt", "#html:true\n" + "<b" * 20_000 + "\ta\n", 0, "1 card"),
    foreign("escapes", "x.txt", "#html:true\n#deck:\x1b[31m\u202eD\n\x1b[31mq\u202e\ta&#27;[2J\n", 0, "1 card"),
]
