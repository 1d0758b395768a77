"""Just so much of protobuf as Anki's packages need."""

from quizapp.texts import tell


def message(data: bytes) -> dict[int, int | bytes]:
    """A protobuf message: the numbers of its fields with varints as int and everything else as bytes.

    Of a field that is repeated, the last. Raises IndexError or ValueError for what is none.
    """
    fields: dict[int, int | bytes] = {}
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        kind = tag & 7
        if kind == 0:
            fields[tag >> 3], at = varint(data, at)
        elif kind == 2:
            length, at = varint(data, at)
            fields[tag >> 3] = data[at : at + length]
            at += length
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
            fields[tag >> 3] = data[at : at + size]
            at += size
        else:
            raise ValueError(tell("formats.odd_setting", kind=kind))
    return fields


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins at a byte, and where it ends. Raises IndexError or ValueError."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
        if shift > 63:
            raise ValueError(tell("formats.long_number"))
