"""The name of this device: which of a home's journals is the one that this machine writes."""

import os
import re
import zlib
from pathlib import Path

from quizapp import disk

DEVICE = re.compile("[0-9a-z]{1,64}")  # what a device may be named


def this_device(home: Path) -> str | None:
    """The name under which this machine writes in `home`; None if it has none yet, or `home` was copied from another.

    The name is bound to the machine: two machines with copies of one home must not write to the same journal.
    """
    try:
        name, _, machine = (home / "device").read_text("utf-8").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    return name if machine == _machine() and DEVICE.fullmatch(name) else None


def name_device(home: Path) -> str:
    """Give this machine a new name in `home`, durable; the name. Raises OSError."""
    name = os.urandom(5).hex()
    disk.replace(home / "device", f"{name} {_machine()}\n".encode())
    return this_device(home) or name  # another process may have named it last; two names would do no harm


def _machine() -> str:
    try:
        given = Path("/etc/machine-id").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        given = ""
    node = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    machine = f"{given} {node.partition('.')[0]}"
    return f"{zlib.crc32(machine.encode()):08x}"
