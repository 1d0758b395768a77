"""`quizapp sync REMOTE`: bring the journals here and in a shared folder or a git repository to their union.

Others write to the remote as well. Of a git repository only the newest trees are fetched, into a bare repository that
is made for this and gone afterwards, and journals are read and written as git's objects: nothing is ever checked out,
so no link, no attribute and no file name of the remote's means anything here. No hook of any repository runs. Of a
repository on this machine git sees nothing but objects and refs: its settings can name programs, and its logs and links
lead to what is the user's.
"""

import argparse
import itertools
import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO
from urllib.parse import unquote

import msgspec

from quizapp.commands import complain, complain_of, say
from quizapp.memory.all_journals import journals
from quizapp.memory.reader import open_plain
from quizapp.memory.union import MOST_JOURNAL_BYTES, MOST_JOURNALS, United, device_of, unite
from quizapp.paths import find_home
from quizapp.texts import tell

TRIES = 5  # pushes, while other devices push as well
_MOST_SECONDS = 120  # of one call of git
_MOST_FETCHED = 2_000_000_000  # bytes, and of memory twice as many
_MOST_LISTED = 64_000_000  # bytes of names
_MOST_SAID = 64_000
_PLAIN = (b"100644", b"100664", b"100755")  # modes of files, in a tree
_SEEN = ("objects", "refs", "packed-refs", "shallow", "worktrees")  # of a repository on this machine
_HEAD = re.compile(r"(ref: refs/heads/[^\s\x00-\x1f]{1,1000}|[0-9a-f]{40})\n?")
_FOR_ALL = re.compile("group|all|world|everybody|umask|true|false|[0-7]{1,4}")  # who may read a repository's files

# Where git would run something that it finds in a repository, or wait for somebody, or follow a submodule.
_OURS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.alternateRefsCommand": "true",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "receive.autogc": "false",
    "receive.denyCurrentBranch": "refuse",
    "push.gpgSign": "false",
    "protocol.ext.allow": "never",
    "protocol.fd.allow": "never",
    "pack.threads": "1",
    "core.packedGitWindowSize": "32m",
    "core.packedGitLimit": "512m",
}
_CAREFUL = [word for name, value in _OURS.items() for word in ("-c", f"{name}={value}")]
_OF_A_REPOSITORY = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"),
    *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_DEFAULT_HASH", "GIT_REPLACE_REF_BASE", "GIT_PREFIX"),
}
_WHO = {f"GIT_{role}_NAME": "quizapp" for role in ("AUTHOR", "COMMITTER")}
_WHO |= {f"GIT_{role}_EMAIL": "quizapp@localhost" for role in ("AUTHOR", "COMMITTER")}
_RACES = ("lock", "failed to update ref", "incorrect old value", "reference already exists")  # in a remote's refusal


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home).root
    if not args.remote.strip():
        complain("Name a shared folder, or a git repository.")
        return 2
    folder = _on_this_machine(args.remote)
    if folder is not None and not folder.is_dir():
        complain(f"There is no folder {folder}. Make it first, or name a git repository (ssh://, https://, HOST:PATH).")
        return 2
    if folder is None or _holds_git(folder):
        united = _sync_git(home, args.remote, folder)
    else:
        united = unite(home, folder)
    complain_of([str(problem) for problem in united.problems])
    say(f"{len(united.came)} journals came, {len(united.went)} went to {args.remote}")
    return 1 if united.problems else 0


def _on_this_machine(remote: str) -> Path | None:
    """The folder that git would take `remote` for; None if it is an address of another machine."""
    path = Path(remote).expanduser()
    scheme, address, rest = remote.partition("://")
    if path.is_dir():
        return path.absolute()
    if address:
        return Path("/", unquote(rest.partition("/")[2])) if scheme.lower() == "file" else None
    return None if ":" in remote.partition("/")[0] else path.absolute()


def _holds_git(folder: Path) -> bool:
    """Whether it is a git repository, bare or with files."""
    return os.path.lexists(folder / ".git") or ((folder / "HEAD").is_file() and (folder / "objects").is_dir())


class _Entry(msgspec.Struct, frozen=True):
    """What one name in a tree stands for, as `git ls-tree -l` says it: `size` is "-" for what is no file."""

    mode: bytes
    kind: bytes
    id: bytes
    size: bytes
    name: bytes

    @property
    def device(self) -> str | None:
        return device_of(self.name.decode(errors="replace"))


def _sync_git(home: Path, remote: str, folder: Path | None) -> United:
    """Unite with what the remote has, and push; when another device was quicker, with what it has then.

    `folder` is where the remote is, if that is on this machine. Raises OSError.
    """
    came: dict[str, None] = {}
    with tempfile.TemporaryDirectory(prefix="quizapp-") as place:
        git = _Git(Path(place) / "git", remote, Path(place) / "near" if folder else None)
        git.call("init", "--quiet", "--bare", "--template=", str(git.folder))
        if git.near and folder:
            _stand_in(git, folder, git.near)
        for turn in range(TRIES):
            branch, tip = _fetch(git)
            entries = _tree(git, tip) if tip else []
            taken = Path(place) / f"{turn}"
            taken.mkdir()
            refused = _take_out(git, entries, taken, set(journals(home)))
            united = unite(home, taken, called=remote, without=refused)
            came |= dict.fromkeys(united.came)
            left = (tell("common.one", it=why) for why in refused.values())
            if not united.went or _push(git, branch, _commit(git, tip, entries, taken, united.went)):
                return United(tuple(came), united.went, (*left, *united.problems))
    raise OSError(f"{remote} was changed by others {TRIES} times meanwhile. Nothing is lost: sync again.")


def _stand_in(git: "_Git", folder: Path, place: Path) -> None:
    """Make at `place` a repository with the objects and refs of the one in `folder`, and nothing else of it.

    Raises OSError.
    """
    inside = folder / ".git" if os.path.lexists(folder / ".git") else folder
    if inside != folder and (inside.is_symlink() or not inside.is_dir()):
        raise OSError(f"{inside} leads to another place: nothing was synced. Name the repository itself.")
    for odd in filter(None, (_odd(inside / name) for name in _SEEN)):
        raise OSError(f"{odd} is a link, or no regular file: nothing was synced. Remove it and sync again.")
    if inside != folder:  # as git has it where there are files beside: what is checked out is not pushed to
        place = place / ".git"
    place.mkdir(parents=True)
    (place / "HEAD").write_text(_head(inside))
    (place / "config").write_text(f"[core]\nbare = {str(inside == folder).lower()}\n{_for_all(git, inside)}")
    for name in filter(lambda name: os.path.lexists(inside / name), _SEEN):
        (place / name).symlink_to(inside / name)


def _odd(path: Path) -> Path | None:
    """What in `path` is neither a folder nor a regular file; None if all is, or nothing is there."""
    below = (Path(place, name) for place, *names in os.walk(path) for name in itertools.chain(*names))
    for found in itertools.chain([path] if os.path.lexists(path) else [], below):
        if not (stat.S_ISREG(mode := found.lstat().st_mode) or stat.S_ISDIR(mode)):
            return found
    return None


def _head(inside: Path) -> str:
    """What is checked out in a repository."""
    with open_plain(inside / "HEAD") as file:
        head = file.read(2000).decode(errors="replace")
    if not _HEAD.fullmatch(head):
        raise OSError(f"{inside / 'HEAD'} names no branch: nothing was synced. Make the repository anew.")
    return head


def _for_all(git: "_Git", inside: Path) -> str:
    """Of a repository's settings the one that says whose its files are. Raises OSError if it is of another kind."""
    with open_plain(inside / "config") as file:
        listed = (
            git.call("config", "--no-includes", "--file", "-", "--list", given=file).decode(errors="replace").lower()
        )
    said = dict(line.partition("=")[::2] for line in listed.splitlines())
    if said.get("extensions.objectformat", "sha1") != "sha1" or said.get("extensions.refstorage", "files") != "files":
        raise OSError(f"{inside} is a repository of a kind that quizapp does not sync with: make one by 'git init'.")
    shared = said.get("core.sharedrepository", "")
    return f"sharedRepository = {shared}\n" if _FOR_ALL.fullmatch(shared) else ""


def _fetch(git: "_Git") -> tuple[str, str | None]:
    """The branch of the remote's that journals are on, `main` if it has none yet, and the newest commit on it."""
    code, _, said = git.ask(
        *("fetch", "--quiet", "--depth=1", "--no-tags", "--prune", "--no-recurse-submodules", "--no-write-fetch-head"),
        *(*git.at("upload-pack"), "--", git.address, "+refs/heads/*:refs/remotes/origin/*"),
    )
    if code and git.call("ls-remote", "--heads", *git.at("upload-pack"), "--", git.address):
        raise OSError(_said(said))  # else it is an empty repository, of which git cannot fetch the newest
    listed = git.call("for-each-ref", "--format=%(objectname) %(refname:lstrip=3)", "refs/remotes/origin")
    tips = {name: tip for line in listed.splitlines() for tip, _, name in [os.fsdecode(line).partition(" ")]}
    branch = next((name for name in ("main", "master", *sorted(tips)) if name in tips), "main")
    return branch, tips.get(branch)


def _tree(git: "_Git", tip: str) -> list[_Entry]:
    found = []
    for line in git.call("ls-tree", "-z", "-l", "--full-tree", tip).split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, kind, id_, size = about.split()
        found.append(_Entry(mode, kind, id_, size, name))
    return found


def _take_out(git: "_Git", entries: Sequence[_Entry], folder: Path, known: Collection[str]) -> dict[str, str]:
    """Write the journals in a tree to `folder`. Returns why others were left out, by device, or by what they are named.

    Those that are known here come first: a remote full of others does not keep them away.
    """
    refused: dict[str, str] = {}
    taken, room = 0, _MOST_FETCHED
    for entry in sorted(entries, key=lambda entry: (entry.device not in known, entry.name)):
        name, device = entry.name.decode(errors="replace"), entry.device
        if not name.endswith(".jsonl") or name[0] == ".":
            continue
        size = int(entry.size) if entry.size.isdigit() else 0
        if device is None:
            why = "the name of a journal is that of a device (0-9 and a-z) with .jsonl"
        elif (folder / name).exists():
            why = "there are two of that name"
        elif entry.mode not in _PLAIN or entry.kind != b"blob":
            why = "it is no regular file"
        elif size > MOST_JOURNAL_BYTES:
            why = f"it is larger than {MOST_JOURNAL_BYTES // 1_000_000} MB"
        elif taken == MOST_JOURNALS or size > room:
            why = "there is too much beside it; remove the journals that are not of your devices"
        else:
            taken, room = taken + 1, room - size
            with (folder / f"{device}.jsonl").open("xb") as file:
                git.call("cat-file", "blob", entry.id.decode(), out=file)
            continue
        refused[device or name] = f"{git.remote}/{name} was left out: {why}."
    return refused


def _commit(git: "_Git", tip: str | None, entries: Sequence[_Entry], folder: Path, went: Sequence[str]) -> str:
    """A commit of the journals in `folder` that went; whatever else there is stays as it was. Returns its id."""
    lines = {entry.name: b"%s %s %s" % (entry.mode, entry.kind, entry.id) for entry in entries}
    for device in went:
        with (folder / f"{device}.jsonl").open("rb") as file:
            blob = git.call("hash-object", "-w", "--stdin", given=file).strip()
        lines[f"{device}.jsonl".encode()] = b"100644 blob " + blob
    with tempfile.TemporaryFile() as file:
        file.writelines(b"%s\t%s\0" % (about, name) for name, about in lines.items())
        file.seek(0)
        tree = git.call("mktree", "-z", given=file).strip().decode()
    return git.call("commit-tree", tree, *(["-p", tip] if tip else []), "-m", "Journals").strip().decode()


def _push(git: "_Git", branch: str, commit: str) -> bool:
    """Whether the commit is on the remote's branch now; False if another device has pushed meanwhile."""
    code, out, said = git.ask(
        *("push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"),
        *(*git.at("receive-pack"), "--", git.address, f"{commit}:refs/heads/{branch}"),
    )
    if code == 0:
        return True
    refusal = next(
        (line[line.find("[") :] for line in out.decode(errors="replace").splitlines() if line[:1] == "!"), ""
    )
    if refusal.startswith("[rejected]") or any(word in refusal for word in _RACES):
        return False
    raise OSError(_said(refusal or said))


class _Git(msgspec.Struct, frozen=True):
    """The repository in `folder`, and the remote that it is for; `near` is what stands for one on this machine."""

    folder: Path
    remote: str
    near: Path | None

    @property
    def address(self) -> str:
        return str(self.near or self.remote)

    def at(self, service: str) -> list[str]:
        """How the remote's end is started. One on this machine reads the user's settings: not with these."""
        return [f"--{service}=git {' '.join(_CAREFUL)} {service}"] if self.near else []

    def call(self, *words: str, given: IO[bytes] | None = None, out: IO[bytes] | None = None) -> bytes:
        """What git prints, if not to `out`. Raises OSError, with what it says, if it fails."""
        code, printed, said = self.ask(*words, given=given, out=out)
        if code:
            raise OSError(_said(said))
        return printed

    def ask(self, *words: str, given: IO[bytes] | None = None, out: IO[bytes] | None = None) -> tuple[int, bytes, str]:
        """Git's exit code, what it prints, and what it says; little of either is read. Raises OSError."""
        with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
            try:
                child = subprocess.Popen(
                    ["git", *_CAREFUL, *words],
                    stdin=given or subprocess.DEVNULL, stdout=out or printed, stderr=said,
                    cwd=self.folder.parent, env=_environment() | {"GIT_DIR": str(self.folder)},
                )  # fmt: skip
            except FileNotFoundError:
                raise OSError("Syncing with a git repository needs the program git, which is not installed.") from None
            with child:
                _bound(child.pid)
                try:
                    child.wait(_MOST_SECONDS)
                except subprocess.TimeoutExpired:
                    raise OSError(
                        f"git {words[0]} took over {_MOST_SECONDS} seconds and was ended. Nothing is lost: sync again."
                    ) from None
                finally:
                    child.kill()
            if printed.seek(0, os.SEEK_END) > _MOST_LISTED:
                raise OSError(f"{self.remote} holds too much to be a place for journals: nothing was changed.")
            printed.seek(0)
            said.seek(0)
            text = said.read(_MOST_SAID).decode(errors="replace").replace(self.address, self.remote)
            return child.returncode, printed.read(), text


def _environment() -> dict[str, str]:
    """What git is to know of how quizapp was started: nothing of a repository that it may have been started from."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_REPOSITORY}
    return kept | _WHO | {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1"}


def _bound(pid: int) -> None:
    """Where the system can: what a remote sends may not fill the disk or the memory."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError):  # it is through already
            for what, most in ((resource.RLIMIT_FSIZE, _MOST_FETCHED), (resource.RLIMIT_AS, 2 * _MOST_FETCHED)):
                resource.prlimit(pid, what, (most, most))


def _said(text: str) -> str:
    lines = text.strip().splitlines() or ["it failed"]
    said = next((line for line in lines if line.startswith("fatal:")), lines[-1])[:500].rstrip(".")
    return f"git: {said}. Your journals are as they were: sync again when that is mended."
