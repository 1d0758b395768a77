"""Stands for `multiprocessing.resource_sharer` in a run, where there are no sockets to send a descriptor through.

A worker's tensor comes as a copy of the memory that its descriptor stands for. Standard library only.
"""

import os
import sys


def install() -> None:
    """Let `multiprocessing` find this module when it first has a descriptor to send."""
    sys.modules["multiprocessing.resource_sharer"] = sys.modules[__name__]


class DupFd:
    """A descriptor of shared memory or a file, sent as what it holds. Raises OSError for a pipe."""

    def __init__(self, descriptor: int) -> None:
        self.held = os.pread(descriptor, os.fstat(descriptor).st_size, 0)

    def detach(self) -> int:
        """A new descriptor of the same."""
        descriptor = os.memfd_create("copied")
        rest = memoryview(self.held)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        return descriptor
