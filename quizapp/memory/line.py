"""One event ↔ one line of a journal: a JSON object, sealed with a checksum. `journal.py` has the format in words."""

import zlib
from functools import cache

import msgspec

from quizapp.memory.events import AnyEvent, Event, Known, Unknown
from quizapp.memory.schedule import dated
from quizapp.texts import UserError, raised, tell

JOURNAL_FORMAT = 1
"""The format this program writes. Lines after a `journal` line that names a higher one are not read."""

LONGEST_LINE = 16 << 20
"""The bytes that every line has fewer of, its newline included."""


class Damaged(UserError):
    """A line that is not what was written; the sentence, without a full stop, says why."""


_encoder = msgspec.json.Encoder()
_SEAL = b',"crc":"'


def to_line(event: Event) -> bytes:
    """The event's line, newline included."""
    return seal(_encoder.encode(event))


def seal(body: bytes) -> bytes:
    """A JSON object with a checksum as its last member: CRC-32, 8 hex digits, of the bytes before `,"crc":`."""
    body = body[:-1]
    return b'%s,"crc":"%08x"}\n' % (body, zlib.crc32(body))


def sealed(line: bytes) -> bool:
    """Is this line (newline or not) whole and what was written?"""
    end = len(line) - line.endswith(b"\n")
    crc = zlib.crc32(memoryview(line)[: max(0, end - 18)])  # a view: a snapshot is one line of many megabytes
    return line[end - 18 : end] == b'%s%08x"}' % (_SEAL, crc)


def from_line(line: bytes) -> AnyEvent:
    """The event of a line, newline or not. Raises Damaged, with a reason, if it is not one."""
    if not sealed(line):
        raise Damaged(tell("memory.line.checksum") if b'"crc"' in line else tell("memory.line.short"))
    event = _decoded(line)
    day = getattr(event, "day", None)
    if not dated(event.at) or (day is not None and not dated(day)):
        raise Damaged(tell("memory.line.time"))
    return event


# Made when a line is read first: most starts read none.


@cache
def _known() -> msgspec.json.Decoder[Event]:
    return msgspec.json.Decoder(Known)


@cache
def _unknown() -> msgspec.json.Decoder[Unknown]:
    return msgspec.json.Decoder(Unknown)


def _decoded(line: bytes) -> AnyEvent:
    try:
        return _known().decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return _unknown().decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged(tell("memory.line.no_event", error=raised(error))) from None
