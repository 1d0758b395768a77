"""What a run prints, from bytes to text that a panel can append: decoded, cleaned, bounded."""

import codecs
import re

from quizapp.texts import text
from quizapp.words import Language, clean

MAX_LINE_SHOWN = 2_000  # characters: a screen takes seconds to wrap a line of a million

# an escape sequence that the next bytes may complete
_UNFINISHED = re.compile("\x1b(?:\\[[0-?]*[ -/]*|[\\]PX^_][^\x07\x1b]{0,4096}\x1b?|[ -/]*)?\\Z")


class Output:
    """Takes bytes as they come and gives text in batches: see `joined` for how a batch goes on what is shown."""

    def __init__(self, most: int, language: Language = "en") -> None:
        self._language: Language = language  # of the notes of what is not shown
        self.dropped = 0  # bytes past `most`
        self._left = most
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""  # not yet finished: half an escape sequence, a carriage return
        self._done: list[str] = []  # lines finished since the last batch
        self._line = ""  # the last line
        self._over = 0  # how many characters of it are past MAX_LINE_SHOWN
        self._shown = ""  # the last line as it stands in the batches so far

    def feed(self, data: bytes) -> None:
        """Take `data`; what is past the limit is only counted."""
        kept = data[: self._left]
        self._left -= len(kept)
        self.dropped += len(data) - len(kept)
        if kept:
            self._add(self._decoder.decode(kept))

    @property
    def waiting(self) -> bool:
        """Whether `take` would give any text."""
        return bool(self._done) or self._line != self._shown

    def take(self) -> str:
        """The text since the last call; "" if there is none."""
        batch = "".join(self._done) + self._change()
        self._done, self._shown = [], self._line
        return batch

    def end(self) -> str:
        """The rest, with a note of what was not shown."""
        self._add(self._decoder.decode(b"", final=True))
        self._put(self._held.rstrip("\r"))
        self._held = ""
        self._mark()
        if self.dropped:
            note = text("lab.output.more_bytes", self._language, n=self.dropped)
            self._put(("\n" if self._line else "") + f"{note}\n")
        return self.take()

    def _add(self, text: str) -> None:
        text = self._held + text
        unfinished = _UNFINISHED.search(text)
        whole = (text[: unfinished.start()] if unfinished else text).rstrip("\r")
        self._held = text[len(whole) :]
        self._put(whole.replace("\r\n", "\n"))

    def _put(self, text: str) -> None:
        first, *rest = text.split("\n")
        if "\r" not in text and len(self._line) + max(map(len, (first, *rest))) <= MAX_LINE_SHOWN:
            first, *rest = text.rsplit("\n", 1)  # in one go
            self._line += clean(first)
        else:
            self._write(first)
        for line in rest:
            self._mark()
            self._done.append(self._change() + "\n")
            self._line = self._shown = ""
            self._write(line)

    def _write(self, text: str) -> None:
        """Add to the last line; what follows a carriage return takes the place of the whole line."""
        _, returned, new = text.rstrip("\r").rpartition("\r")
        if returned:
            self._line, self._over = "", 0
        new = clean(new)
        room = max(0, MAX_LINE_SHOWN - len(self._line))
        self._line += new[:room]
        self._over += len(new[room:])

    def _mark(self) -> None:
        """Say at the end of a line how much of it is not shown."""
        if self._over:
            self._line += text("lab.output.more_characters", self._language, n=self._over)
            self._over = 0

    def _change(self) -> str:
        return self._line[len(self._shown) :] if self._line.startswith(self._shown) else "\r" + self._line


def joined(shown: str, batch: str) -> str:
    """`shown` with the next batch: appended, or, where it starts with a carriage return, in place of the last line."""
    return shown[: shown.rfind("\n") + 1] + batch[1:] if batch.startswith("\r") else shown + batch
