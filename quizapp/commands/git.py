"""How git is called: with nothing that it would run or follow of what it finds, within bounds, and what it says."""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from quizapp.texts import Sentence, UserError, tell

MOST_FETCHED = 2_000_000_000  # bytes, and of memory twice as many
_MOST_SECONDS = 120  # of one call of git
_MOST_LISTED = 64_000_000  # bytes of names
_MOST_SAID = 64_000

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


class CannotSync(UserError):
    """Why nothing, or not all, was synced with a repository."""


class Git(msgspec.Struct, frozen=True):
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
        """What git prints, if not to `out`. Raises CannotSync, with what it says, if it fails."""
        code, printed, said = self.ask(*words, given=given, out=out)
        if code:
            raise CannotSync(complaint(said))
        return printed

    def ask(self, *words: str, given: IO[bytes] | None = None, out: IO[bytes] | None = None) -> tuple[int, bytes, str]:
        """Git's exit code, what it prints, and what it says; little of either is read. Raises CannotSync."""
        with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
            try:
                child = subprocess.Popen(
                    ["git", *_CAREFUL, *words],
                    stdin=given or subprocess.DEVNULL, stdout=out or printed, stderr=said,
                    cwd=self.folder.parent, env=_environment() | {"GIT_DIR": str(self.folder)},
                )  # fmt: skip
            except FileNotFoundError:
                raise CannotSync(tell("keeping.git.missing")) from None
            with child:
                _bound(child.pid)
                try:
                    child.wait(_MOST_SECONDS)
                except subprocess.TimeoutExpired:
                    why = tell("keeping.git.long", word=words[0], seconds=_MOST_SECONDS)
                    raise CannotSync(why) from None
                finally:
                    child.kill()
            if printed.seek(0, os.SEEK_END) > _MOST_LISTED:
                raise CannotSync(tell("keeping.git.large", remote=self.remote))
            printed.seek(0)
            said.seek(0)
            text = said.read(_MOST_SAID).decode(errors="replace").replace(self.address, self.remote)
            return child.returncode, printed.read(), text


def _environment() -> dict[str, str]:
    """What git is to know of how quizapp was started: nothing of a repository that it may have been started from.

    It speaks English, by which its refusals are told apart.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_REPOSITORY}
    return kept | _WHO | {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C"}


def _bound(pid: int) -> None:
    """Where the system can: what a remote sends may not fill the disk or the memory."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError):  # it is through already
            for what, most in ((resource.RLIMIT_FSIZE, MOST_FETCHED), (resource.RLIMIT_AS, 2 * MOST_FETCHED)):
                resource.prlimit(pid, what, (most, most))


def complaint(printed: str) -> Sentence:
    """What git says of its failure, in its own words: a line of what it printed."""
    lines = printed.strip().splitlines()
    what = next((line for line in lines if line.startswith("fatal:")), lines[-1] if lines else None)
    return tell("keeping.git.said", what=tell("keeping.git.failed") if what is None else what[:500].rstrip("."))
