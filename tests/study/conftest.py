"""Every test has a recorder, and drops it when it is done."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def _in_this_room(dropped_is_closed: None) -> None: ...
