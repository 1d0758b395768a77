# ruff: noqa: E501
"""What a stranger can put into a shared folder or a git repository that somebody syncs with: one table for each, and
changes at random. A home to sync, with this device's journal, is made here as well."""

import os
import random
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from quizapp.memory.events import Event, Flagged, Opened, Unflagged
from quizapp.memory.journal import Journal
from quizapp.memory.line import JOURNAL_FORMAT, seal, to_line

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HONEST = "honest"
SECRET = b"-----BEGIN OPENSSH PRIVATE KEY-----\nthe user's own\n"


class World(NamedTuple):
    """A home that has a journal of its own, `mine`, by `device`; a place that others write to; a file of the user's."""

    home: Path
    folder: Path
    secret: Path
    device: str
    mine: bytes

    @property
    def journal(self) -> Path:
        return self.home / "journal" / f"{self.device}.jsonl"


def world(place: Path) -> World:
    """Beside what is hostile, the folder holds the journal of an honest device."""
    home, folder, secret = place / "home", place / "shared", place / "id_rsa"
    journal = Journal(home)
    with journal.locked():
        journal.append(opened(journal.device or "", 3))
    journal.close()
    folder.mkdir()
    (folder / f"{HONEST}.jsonl").write_bytes(of(HONEST, 4))
    secret.write_bytes(SECRET)
    return World(home, folder, secret, journal.device or "", journal.path.read_bytes())


def opened(device: str, events: int, format_: int = JOURNAL_FORMAT) -> list[Event]:
    return [Opened(1, f"{device}-1", NOW, format_, device), *(flag(device, seq) for seq in range(2, events + 1))]


def flag(device: str, seq: int) -> Event:
    kind = Unflagged if seq % 2 else Flagged
    on = None if seq == 2 else f"{device}-{seq - 1}"
    return kind(seq, f"{device}-{seq}", NOW, date(2026, 11, 23), f"{device}/$Id$ é", on, seq - 2)


def of(device: str, events: int, format_: int = JOURNAL_FORMAT) -> bytes:
    """A journal of that many lines."""
    return b"".join(map(to_line, opened(device, events, format_)))


class Hostile(NamedTuple):
    """`said` has to stand in a problem."""

    name: str
    make: Callable[[World], object]
    said: str


def file(name: str | bytes, data: bytes) -> Callable[[World], object]:
    def make(world: World) -> None:
        fd = os.open(os.path.join(os.fsencode(world.folder), os.fsencode(name)), os.O_WRONLY | os.O_CREAT, 0o644)  # noqa: PTH118
        os.write(fd, data)
        os.close(fd)

    return make


def more(tail: Callable[[str], bytes]) -> Callable[[World], object]:
    """This device's own journal, with more lines."""
    return lambda world: (world.folder / world.journal.name).write_bytes(world.mine + tail(world.device))


def sparse(name: str, begin: bytes) -> Callable[[World], object]:
    def make(world: World) -> None:
        file(name, begin)(world)
        os.truncate(world.folder / name, 2_500_000_000)

    return make


DEEP = b'{"type":"flagged","seq":4,"id":"x","at":"2026-11-23T12:00:00Z","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def other(device: str) -> bytes:
    """A journal of that device's that this home has never seen: two machines share a name."""
    return to_line(Opened(1, "other", NOW, JOURNAL_FORMAT, device)) + of(device, 9).split(b"\n", 1)[1]


NAME, BEGIN, OWN = "the name of a journal", "does not begin as a journal", "this device cannot have written"

FOLDERS = [
    Hostile("a link to a key", lambda w: (w.folder / "evil.jsonl").symlink_to(w.secret), "evil.jsonl was left out: it is a link"),
    Hostile("a link as mine", lambda w: (w.folder / w.journal.name).symlink_to(w.secret), "it is a link"),
    Hostile("a link to a journal", lambda w: (w.folder / "evil.jsonl").symlink_to(w.journal), "it is a link"),
    Hostile("a link to itself", lambda w: (w.folder / "evil.jsonl").symlink_to("evil.jsonl"), "it is a link"),
    Hostile("a link to nothing", lambda w: (w.folder / "evil.jsonl").symlink_to("nothing"), "it is a link"),
    Hostile("a link to a device", lambda w: (w.folder / "evil.jsonl").symlink_to("/dev/zero"), "it is a link"),
    Hostile("a FIFO", lambda w: os.mkfifo(w.folder / "evil.jsonl"), "it is no regular file"),
    Hostile("a FIFO as mine", lambda w: os.mkfifo(w.folder / w.journal.name), "it is no regular file"),
    Hostile("a folder", lambda w: (w.folder / "evil.jsonl").mkdir(), "it is no regular file"),
    Hostile("the key itself", lambda w: os.link(w.secret, w.folder / "evil.jsonl"), BEGIN),
    Hostile("2.5 GB of nothing", sparse("evil.jsonl", b""), "it is larger than 512 MB"),
    Hostile("2.5 GB that begin well", sparse("evil.jsonl", of("evil", 2)), "it is larger than 512 MB"),
    Hostile("git's magic", file(":(bad).jsonl", of("evil", 2)), NAME),
    Hostile("an option", file("-rf.jsonl", of("evil", 2)), NAME),
    Hostile("capitals", file("EVIL.jsonl", of("EVIL", 2)), NAME),
    Hostile("escapes", file("\x1b[31m\x9b2J.jsonl", b""), NAME),
    Hostile("two lines", file("a\nb.jsonl", b""), NAME),
    Hostile("no text", file(b"\xff\xfe.jsonl", b""), NAME),
    Hostile("bidi", file("\u202eevil.jsonl", b""), NAME),
    Hostile("a long name", file("e" * 200 + ".jsonl", of("e" * 200, 2)), NAME),
    Hostile("no journal", file("evil.jsonl", b"{}\n"), BEGIN),
    Hostile("no line", file("evil.jsonl", b"no line"), BEGIN),
    Hostile("an empty line first", file("evil.jsonl", b"\n" + of("evil", 2)), BEGIN),
    Hostile("a mark first", file("evil.jsonl", b"\xef\xbb\xbf" + of("evil", 2)), BEGIN),
    Hostile("no seal", file("evil.jsonl", of("evil", 2).replace(b"crc", b"crd", 1)), BEGIN),
    Hostile("an event first", file("evil.jsonl", to_line(flag("evil", 2))), BEGIN),
    Hostile("deep JSON first", file("evil.jsonl", seal(DEEP)), BEGIN),
    Hostile("another's journal", file("evil.jsonl", of(HONEST, 3)), "the journal of another device"),
    Hostile("a newer journal", file("evil.jsonl", of("evil", 2, JOURNAL_FORMAT + 1)), "a newer quizapp"),
    Hostile("mine, another's", lambda w: (w.folder / w.journal.name).write_bytes(of("evil", 5)), "another device"),
    Hostile("mine, damaged", lambda w: (w.folder / w.journal.name).write_bytes(w.mine[:-9] + b"x" * 8 + b"\n"), "differ"),
    Hostile("mine, other lines", lambda w: (w.folder / w.journal.name).write_bytes(other(w.device)), "differ"),
    Hostile("mine, as Windows has it", lambda w: (w.folder / w.journal.name).write_bytes(w.mine.replace(b"\n", b"\r\n")), BEGIN),
    Hostile("mine, newer", more(lambda device: to_line(Opened(4, "x", NOW, JOURNAL_FORMAT + 1, device))), OWN),
    Hostile("mine, begun again", more(lambda device: to_line(Opened(4, "x", NOW, JOURNAL_FORMAT, device))), OWN),
    Hostile("mine, with a gap", more(lambda device: to_line(flag(device, 5))), OWN),
    Hostile("mine, counted twice", more(lambda device: to_line(flag(device, 3))), OWN),
    Hostile("mine, far ahead", more(lambda device: to_line(flag(device, 2**62))), OWN),
    Hostile("mine, unsealed", more(lambda device: to_line(flag(device, 4)).replace(b"crc", b"crd")), OWN),
    Hostile("mine, no event", more(lambda device: seal(b'{"type":"flagged","seq":4}')), OWN),
    Hostile("mine, deep", more(lambda device: seal(DEEP)), OWN),
    Hostile("mine, an empty line", more(lambda device: b"\n" + to_line(flag(device, 4))), OWN),
    Hostile("mine, damage later", more(lambda device: to_line(flag(device, 4)) + b"x\n" + to_line(flag(device, 5))), OWN),
]  # fmt: skip


def at_random(seed: int) -> Callable[[World], object]:
    """Journals with some bytes changed, lines moved or links among them, under names that fit or do not."""

    def make(world: World) -> None:
        chance = random.Random(seed)
        for _ in range(chance.randint(1, 4)):
            name = chance.choice([world.device, HONEST, "evil", "e/vil", "Evil", "..", "zz"]).replace(
                "/", chance.choice("-:")
            )
            data = chance.choice([world.mine, of(world.device, 9), of(HONEST, 6), of("evil", 3), b"a key\n", b""])
            data += b"".join(
                chance.choices([*map(to_line, opened(world.device, 8)[3:]), seal(DEEP), b"\n", b"\0"], k=2)
            )
            for _ in range(chance.choice([0, 0, 1, 3])):
                at = chance.randrange(len(data) + 1)
                data = chance.choice([
                    data[:at], data[:at] + chance.randbytes(2) + data[at + 2 :], data[at:], data[:at] + data[at // 2 :],
                    data[:at] + b"\n" + data[at:], b"".join(chance.sample(lines := data.splitlines(True), len(lines))),
                ])  # fmt: skip
            path = world.folder / f"{name}.jsonl"
            if os.path.lexists(path):
                path.unlink()
            if chance.random() < 0.1:
                path.symlink_to(chance.choice([world.secret, world.journal, Path("/dev/zero")]))
            else:
                path.write_bytes(data)

    return make


# A git repository

ATTRIBUTES = b"* text eol=crlf ident working-tree-encoding=UTF-16 filter=evil export-subst diff=evil merge=evil\n"
HOOKS = ("pre-receive", "update", "post-receive", "post-update", "reference-transaction", "push-to-checkout")


def git(repository: Path, *words: str, given: bytes = b"") -> str:
    done = subprocess.run(["git", "-C", str(repository), *words], input=given, capture_output=True, check=True)
    return done.stdout.decode().strip()


def repository(path: Path, files: Mapping[str, tuple[str, bytes]], branch: str = "main") -> Path:
    """A bare repository with one commit of these files, by name: their mode and content (or the id of a submodule)."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(path)], check=True)
    lines = []
    for name, (mode, data) in files.items():
        if mode == "160000":
            lines.append(f"{mode} commit {data.decode()}\t{name}\0")
        else:
            lines.append(f"{mode} blob {git(path, 'hash-object', '-w', '--stdin', given=data)}\t{name}\0")
    commit(path, git(path, "mktree", "-z", given="".join(lines).encode()), branch)
    return path


def commit(path: Path, tree: str, branch: str = "main") -> None:
    words = ("-c", "user.name=evil", "-c", "user.email=evil@localhost", "commit-tree", tree, "-m", "evil")
    git(path, "update-ref", f"refs/heads/{branch}", git(path, *words))


def armed(path: Path, ran: Path) -> Path:
    """The repository with every hook and setting that would run something: each would leave its name in `ran`."""
    for folder in (path / "hooks", path.with_suffix(".hooks")):
        folder.mkdir(exist_ok=True)
        for hook in HOOKS:
            (folder / hook).write_text(f"#!/bin/sh\necho {hook} >> '{ran}'\n")
            (folder / hook).chmod(0o755)
    program = path.with_suffix(".hooks") / "update"
    with (path / "config").open("a") as config:
        config.write(
            f'[core]\nhooksPath = "{program.parent}"\nfsmonitor = "{program}"\nsshCommand = "{program}"\n'
            f'alternateRefsCommand = "{program}"\n[uploadpack]\npackObjectsHook = "{program}"\n[gc]\nauto = 1\n'
            f'[filter "evil"]\nsmudge = "{program}"\nclean = "{program}"\n[receive]\ndenyCurrentBranch = updateInstead\n'
        )
    other = path.with_suffix(".other")
    subprocess.run(["git", "init", "--quiet", "--bare", str(other)], check=True)
    (path / "objects" / "info" / "alternates").write_text(f"{other / 'objects'}\n")
    return path


def content(path: Path, branch: str = "main") -> dict[str, tuple[str, str]]:
    """What is in the newest tree: mode and id by name."""
    lines = git(path, "-c", "core.quotePath=false", "ls-tree", "-z", f"refs/heads/{branch}").split("\0")[:-1]
    return {name: (about.split()[0], about.split()[2]) for about, _, name in (line.partition("\t") for line in lines)}


def blobs(path: Path, branch: str = "main") -> Iterator[tuple[str, bytes]]:
    for name, (mode, id_) in content(path, branch).items():
        if mode == "100644":
            yield (
                name,
                subprocess.run(
                    ["git", "-C", str(path), "cat-file", "blob", id_], capture_output=True, check=True
                ).stdout,
            )
