# ruff: noqa: E501
"""What a stranger can hand over as a backup: one table, and archives made or changed at random."""

import io
import os
import random
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from remotes import of

Make = Callable[[Path], object]
DECK = b"cards:\n  - {id: x, q: Q?, a: A.}\n"


class Hostile(NamedTuple):
    """`said` has to stand in what is said of it."""

    name: str
    make: Make
    said: str


def entry(name: str, *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name)
    about.filename = name  # also what ZipInfo would take away
    about.external_attr, about.compress_type = mode << 16, method
    return about


def archive(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A good backup of one deck and one journal, and these files."""
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for about, data in (("journal/honest.jsonl", of("honest", 3)), ("decks/good.yaml", DECK), *files):
            packed.writestr(about if isinstance(about, zipfile.ZipInfo) else entry(about), data)
    return out.getvalue()


def holding(*files: tuple[str | zipfile.ZipInfo, bytes]) -> Make:
    return lambda path: path.write_bytes(archive(*files))


def named(name: str) -> Make:
    return holding((name, b"x"))


def patched(change: Callable[[bytes], bytes]) -> Make:
    return lambda path: path.write_bytes(change(archive()))


def two_gigabytes(path: Path) -> None:
    path.touch()
    os.truncate(path, 2_000_000_000)


def flagged(data: bytes) -> bytes:
    """Every file is said to be encrypted."""
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data = data.replace(mark, mark + b"\0" * 8)  # so that the next lines find it once
        data = b"".join(
            part if not n else mark + bytes([*part[8 : at + 4], part[at + 4] | 1, *part[at + 5 :]])
            for n, part in enumerate(data.split(mark))
        )
    return data


def long_list(path: Path) -> None:
    """A list of what it holds that is 900 MB long, of which nothing is on the disk."""
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, 900_000_000, 0, 0)
    with path.open("wb") as file:
        file.truncate(900_000_000)
        file.seek(0, os.SEEK_END)
        file.write(end)


def nul(path: Path) -> None:
    path.write_bytes(archive(("decks/goodX.yaml", b"x")).replace(b"goodX", b"good\0"))


LINK = stat.S_IFLNK | 0o777
WHOLE = [
    *(Hostile(f"named {name!a}"[:60], named(name), "not a backup") for name in (
        "../evil", "/etc/evil", "decks/../../evil", "decks/..", "C:evil", "C:/evil", "decks/C:evil", "decks\\..\\evil",
        "decks//evil", "decks/./evil", "//host/evil", "decks/\x1b[31m", "decks/a\nb", "decks/a\tb", "decks/\u202eb", "decks/\x9b2J",
        "decks/" + "e" * 300, "decks/" + "e/" * 600 + "e", "other/evil", "evil", "decks", "device", "journal", ".", "decks/\ufeff",
    )),
    Hostile("two of a name", holding(("decks/x", b"1"), ("decks/x", b"2")), "two files of one name"),
    Hostile("a link", holding((entry("decks/evil", mode=LINK), b"/etc/passwd")), "it is no regular file"),
    Hostile("a linked folder", holding((entry("decks/evil", mode=LINK), b"/"), ("decks/evil/x", b"x")), "it is no regular file"),
    Hostile("a device", holding((entry("decks/evil", mode=stat.S_IFCHR | 0o666), b"")), "it is no regular file"),
    Hostile("bzip2", holding((entry("decks/x.yaml", method=zipfile.ZIP_BZIP2), b"x")), "packed as in no backup"),
    Hostile("lzma", holding((entry("decks/x.yaml", method=zipfile.ZIP_LZMA), b"x")), "packed as in no backup"),
    Hostile("an unknown method", patched(lambda data: data.replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0")), "packed as in no backup"),
    Hostile("encrypted", patched(flagged), "it is encrypted"),
    Hostile("a name cut short", nul, "cannot be shown"),
    Hostile("half of it", patched(lambda data: data[: len(data) // 2]), "not a backup"),
    Hostile("its end", patched(lambda data: data[len(data) // 2 :]), "not a backup"),
    Hostile("other content", patched(lambda data: data.replace(b"\xb5", b"\xb6")), "not a backup"),
    Hostile("no zip", lambda path: path.write_bytes(b"PK garbage"), "not a backup"),
    Hostile("nothing", lambda path: path.write_bytes(b""), "not a backup"),
    Hostile("2 GB of nothing", two_gigabytes, "not a backup"),
    Hostile("a long list", long_list, "more than 50000 files"),
    Hostile("a FIFO", lambda path: os.mkfifo(path), "no regular file"),
    Hostile("a folder itself", lambda path: path.mkdir(), "no regular file"),
    Hostile("a device itself", lambda path: path.symlink_to("/dev/zero"), "no regular file"),
]  # fmt: skip

PARTS = [
    Hostile("trust", holding(("trust.json", b'{"allowed": {}}')), "you allowed ask again"),
    Hostile("a repository", holding(("decks/x/.git/config", b"[core]\nfsmonitor = evil\n"), ("decks/.GIT", b"x")), "not quizapp's"),
    Hostile("compiled code", holding(("demos/__pycache__/x.pyc", b"x")), "not quizapp's"),
    Hostile("no journal", holding(("journal/evil.jsonl", b"a key\n")), "evil.jsonl was left out"),
    Hostile("a journal's name", holding(("journal/-rf.jsonl", of("evil", 2))), "-rf.jsonl was left out"),
    Hostile("a newer journal", holding(("journal/evil.jsonl", of("evil", 2, 2))), "newer quizapp"),
    Hostile("a file in a file", holding(("decks/good.yaml/x", b"x")), "restored/decks/good.yaml/x"),
]  # fmt: skip

NAMES = [
    *("decks/a.yaml", "decks/A.yaml", "decks/a.yaml/b", "decks/b/c.yaml", "demos/x.py", "settings.yaml", "trust.json"),
    *("journal/evil.jsonl", "journal/honest.jsonl", "journal/x/y.jsonl", "progress.json", "interviews/1.json"),
    *("decks/", "decks/b/", "decks/link/x", "../evil", "/evil", "decks/../x", "decks/.git/config", "journal/E.jsonl"),
    *("restored/x", "decks/é", "decks/\x7f", "journal/honest.damaged"),
]


def at_random(seed: int) -> bytes:
    """Half of them a good archive with bytes changed, half of them well-formed, with what no backup holds among it."""
    chance = random.Random(seed)
    files = []
    for name in chance.sample(NAMES[: chance.choice([12, len(NAMES)])], chance.randint(0, 5)):
        about = entry(name, mode=chance.choice([0, 0, 0o644 | stat.S_IFREG, LINK if chance.random() < 0.1 else 0]))
        about.compress_type = chance.choice([zipfile.ZIP_STORED] * 4 + [zipfile.ZIP_DEFLATED] * 4 + [zipfile.ZIP_BZIP2])
        data = chance.choice([b"", b"x" * 5000, of("evil", 3), of("honest", 5), DECK, chance.randbytes(50)])
        files.append((about, b"" if name.endswith("/") else data))
    data = archive(*files)
    for _ in range(chance.choice([0, 0, 1, 2, 6])):
        at = chance.choice([chance.randrange(len(data) + 1), max(0, len(data) - chance.randint(1, 300))])
        data = chance.choice([
            data[:at] + chance.randbytes(1) + data[at + 1 :], data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :],
            data[:at] + b"\0\0" + data[at + 2 :], data[:at], data[at:], data[:at] + data[at // 2 :],
            data + b"PK\5\6" + chance.randbytes(18), data[:at] + b"PK\6\7" + data[at:],
        ])  # fmt: skip
    return data
