"""A plain file → its text: nothing is opened that would wait or never end, and nothing read that is too large."""

from errno import EINVAL
from pathlib import Path

from quizapp import disk
from quizapp.texts import Sentence, UserError, os_reason, tell

MOST_DECK_BYTES = 16 * 1024 * 1024
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(UserError):
    """A file or text that cannot be read, or not be changed as was asked; `hint` says what to do. Line and column count
    from 1; 0: the whole file."""

    def __init__(self, sentence: Sentence, hint: Sentence | None = None, line: int = 0, column: int = 0) -> None:
        super().__init__(sentence)
        self.hint, self.line, self.column = hint, line, column


def bytes_of(path: Path) -> bytes:
    """What is in a file, without a byte-order mark. Raises Unreadable, also for what is not a plain file."""
    try:
        data = disk.read_plain(path, MOST_DECK_BYTES, follow=True)
    except disk.TooLarge:
        raise Unreadable(tell("yaml.large", mb=MOST_DECK_BYTES // 1024**2), tell("yaml.split_deck")) from None
    except IsADirectoryError:
        raise Unreadable(tell("yaml.folder")) from None
    except OSError as error:
        if error.errno == EINVAL:
            raise Unreadable(tell("yaml.no_plain_file")) from None
        why = os_reason(error)
        raise Unreadable(tell("yaml.unreadable", why=why), tell("yaml.unreadable.do")) from None
    except ValueError as error:  # a NUL in the path
        raise Unreadable(tell("yaml.unreadable", why=str(error))) from None
    return data.removeprefix(b"\xef\xbb\xbf")


def decode(data: bytes) -> str:
    """UTF-8 as text. Raises Unreadable with the line of the first bad byte."""
    refuse_utf16(data)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode(errors="replace")) + 1
        hint = tell("yaml.binary.do" if b"\0" in data[:1024] else "yaml.no_utf8.do")
        byte = error.object[error.start]
        raise Unreadable(tell("yaml.no_utf8", byte=byte), hint, before.count(b"\n") + 1, column) from None


def refuse_utf16(data: bytes) -> None:
    """Raises Unreadable for what begins as text in UTF-16 does."""
    if data.startswith(_UTF16):
        raise Unreadable(tell("yaml.utf16"), tell("yaml.utf16.do"))
