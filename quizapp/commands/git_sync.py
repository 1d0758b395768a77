"""Journals and a git repository brought to their union. Others write to the repository as well.

Only the newest trees are fetched, into a bare repository that is made for this and gone afterwards, and journals are
read and written as git's objects: nothing is ever checked out, so no link, no attribute and no file name of the
remote's means anything here. No hook of any repository runs.
"""

import os
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from quizapp.commands.git import MOST_FETCHED, CannotSync, Git, complaint
from quizapp.commands.git_stand_in import stand_in
from quizapp.memory.all_journals import journals
from quizapp.memory.union import MOST_JOURNAL_BYTES, MOST_JOURNALS, United, device_of, unite
from quizapp.texts import Sentence, tell

TRIES = 5  # pushes, while other devices push as well
_PLAIN = (b"100644", b"100664", b"100755")  # modes of files, in a tree
_RACES = ("lock", "failed to update ref", "incorrect old value", "reference already exists")  # in a remote's refusal


def sync_repository(home: Path, remote: str, folder: Path | None) -> United:
    """Unite with what the remote has, and push; when another device was quicker, with what it has then.

    `folder` is where the remote is, if that is on this machine. Raises CannotSync and OSError.
    """
    came: dict[str, None] = {}
    with tempfile.TemporaryDirectory(prefix="quizapp-") as place:
        git = Git(Path(place) / "git", remote, Path(place) / "near" if folder else None)
        git.call("init", "--quiet", "--bare", "--template=", str(git.folder))
        if git.near and folder:
            stand_in(git, folder, git.near)
        for turn in range(TRIES):
            branch, tip = _fetch(git)
            entries = _tree(git, tip) if tip else []
            taken = Path(place) / f"{turn}"
            taken.mkdir()
            refused = _take_out(git, entries, taken, set(journals(home)))
            united = unite(home, taken, called=remote, without=refused)
            came |= dict.fromkeys(united.came)
            if not united.went or _push(git, branch, _commit(git, tip, entries, taken, united.went)):
                return United(tuple(came), united.went, (*refused.values(), *united.problems))
    raise CannotSync(tell("keeping.sync.busy", remote=remote, tries=TRIES))


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


def _fetch(git: Git) -> tuple[str, str | None]:
    """The branch of the remote's that journals are on, `main` if it has none yet, and the newest commit on it."""
    code, _, said = git.ask(
        *("fetch", "--quiet", "--depth=1", "--no-tags", "--prune", "--no-recurse-submodules", "--no-write-fetch-head"),
        *(*git.at("upload-pack"), "--", git.address, "+refs/heads/*:refs/remotes/origin/*"),
    )
    if code and git.call("ls-remote", "--heads", *git.at("upload-pack"), "--", git.address):
        raise CannotSync(complaint(said))  # else it is an empty repository, of which git cannot fetch the newest
    listed = git.call("for-each-ref", "--format=%(objectname) %(refname:lstrip=3)", "refs/remotes/origin")
    tips = {name: tip for line in listed.splitlines() for tip, _, name in [os.fsdecode(line).partition(" ")]}
    branch = next((name for name in ("main", "master", *sorted(tips)) if name in tips), "main")
    return branch, tips.get(branch)


def _tree(git: Git, tip: str) -> list[_Entry]:
    found = []
    for line in git.call("ls-tree", "-z", "-l", "--full-tree", tip).split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, kind, id_, size = about.split()
        found.append(_Entry(mode, kind, id_, size, name))
    return found


def _take_out(git: Git, entries: Sequence[_Entry], folder: Path, known: Collection[str]) -> dict[str, Sentence]:
    """Write the journals in a tree to `folder`. Returns why others were left out, by device, or by what they are named.

    Those that are known here come first: a remote full of others does not keep them away.
    """
    refused: dict[str, Sentence] = {}
    taken, room = 0, MOST_FETCHED
    for entry in sorted(entries, key=lambda entry: (entry.device not in known, entry.name)):
        name, device = entry.name.decode(errors="replace"), entry.device
        if not name.endswith(".jsonl") or name[0] == ".":
            continue
        size = int(entry.size) if entry.size.isdigit() else 0
        if device is None:
            why = tell("keeping.sync.why.name")
        elif (folder / name).exists():
            why = tell("keeping.sync.why.two")
        elif entry.mode not in _PLAIN or entry.kind != b"blob":
            why = tell("keeping.why.no_file")
        elif size > MOST_JOURNAL_BYTES:
            why = tell("keeping.sync.why.large", mb=MOST_JOURNAL_BYTES // 1_000_000)
        elif taken == MOST_JOURNALS or size > room:
            why = tell("keeping.sync.why.many")
        else:
            taken, room = taken + 1, room - size
            with (folder / f"{device}.jsonl").open("xb") as file:
                git.call("cat-file", "blob", entry.id.decode(), out=file)
            continue
        refused[device or name] = tell("keeping.sync.left_out", remote=git.remote, name=name, why=why)
    return refused


def _commit(git: Git, tip: str | None, entries: Sequence[_Entry], folder: Path, went: Sequence[str]) -> str:
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


def _push(git: Git, branch: str, commit: str) -> bool:
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
    raise CannotSync(complaint(refusal or said))
