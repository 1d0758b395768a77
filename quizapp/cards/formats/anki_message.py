"""What Anki's collections keep their settings in: JSON (old ones) and protobuf (new ones). Neither is trusted."""

import json
import struct
from typing import Any

from quizapp.cards.formats.protobuf import message
from quizapp.texts import tell

MOST_SETTINGS = 16 * 1024 * 1024  # characters of the collection's settings, and bytes of a note type's


def json_of(written: str | bytes) -> Any:
    """Raises ValueError for what is none, or is too long."""
    if len(written) > MOST_SETTINGS:  # a list of a million lists takes gigabytes
        raise ValueError(tell("formats.long_settings"))
    return json.loads(written)


def message_of(data: bytes) -> dict[int, int | bytes]:
    """As `message`. Raises IndexError or ValueError, also for one that is too long."""
    if len(data) > MOST_SETTINGS:
        raise ValueError(tell("formats.long_settings"))
    return message(data)


def text_in(value: int | bytes | None) -> str:
    """The text that a field of a message holds."""
    return value.decode(errors="replace") if isinstance(value, bytes) else ""


def floats_in(value: int | bytes | None) -> tuple[float, ...]:
    """The 32-bit numbers, one or many, that a field of a message holds, with the seven digits that they know."""
    if not isinstance(value, bytes) or len(value) % 4:
        return ()
    return tuple(float(f"{number:.7g}") for (number,) in struct.iter_unpack("<f", value))
