"""A descriptor sent as what it holds."""

import os
import tempfile

import pytest
from leftovers import linux

from quizapp.lab.copied import DupFd

pytestmark = linux


@pytest.mark.parametrize("size", [0, 6, 300_000])
def test_all_of_it_comes_whatever_was_read_before(size: int) -> None:
    held = os.urandom(size)
    with tempfile.TemporaryFile() as file:
        file.write(held)
        file.flush()
        sent = DupFd(file.fileno())
    descriptor = sent.detach()
    assert os.pread(descriptor, size + 1, 0) == held
    os.close(descriptor)
