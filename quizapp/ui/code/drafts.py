"""The file in which an unfinished text is kept, and in which another editor may change it."""

import asyncio
import threading
from datetime import datetime
from pathlib import Path

from textual.timer import Timer

from quizapp.ui.code.editor_field import CodeEditor
from quizapp.ui.code.task import read_draft, write_draft
from quizapp.ui.context import say_error

SAVE_S = 0.4  # after a change the text is kept


class Draft:
    """Keeps the text of an editor in its file, and tells when another program saved it. What cannot be written is said,
    and does not stop anybody."""

    def __init__(self, editor: CodeEditor, path: Path) -> None:
        self.path = path
        self._editor = editor
        self._text = editor.text  # what was last known to be in the file, or what it would begin with
        self._stamp = self._look()
        self._writes, self._written, self._lock = 0, 0, threading.Lock()
        self._timer: Timer | None = None
        self._closed = False

    @property
    def written_at(self) -> datetime | None:
        """When its file was written last, on the user's clock; None if there is none."""
        return datetime.fromtimestamp(self._stamp[0] / 1e9) if self._stamp is not None else None

    def typed(self) -> None:
        """The text has changed: it is kept in a moment, with what is typed until then."""
        if self._timer is None:
            self._timer = self._editor.set_timer(SAVE_S, self.keep_soon)

    def keep_soon(self) -> None:
        """Now, beside the keys."""
        self._editor.run_worker(self.keep(), group="draft")

    async def keep(self) -> None:
        """Durably, and in a thread: no key waits for the disk."""
        self._timer = None
        if self._editor.text != self._text and not self._closed:
            self._text = self._editor.text
            await asyncio.to_thread(self._write, self._text, self._next())

    def keep_now(self, *, anew: bool = False) -> None:
        """The same at once; `anew`: even if nothing is new, so that the file is there."""
        if anew or self._editor.text != self._text:
            self._text = self._editor.text
            self._write(self._text, self._next())

    def close(self) -> None:
        """Keep what there is: the editor is for another card from now on."""
        self.keep_now()
        self._closed = True
        if self._timer is not None:
            self._timer.stop()

    def _next(self) -> int:
        self._writes += 1
        return self._writes

    def _write(self, text: str, number: int) -> None:
        """Unless a later text was written meanwhile."""
        with self._lock:
            if number < self._written:
                return
            self._written = number
            try:
                write_draft(self.path, text)
                self._stamp = self._look()
            except OSError as error:
                self._editor.app.call_later(say_error, self._editor, error)

    def saved_elsewhere(self) -> str | None:
        """The text that another program has saved since; None if none has."""
        stamp = None if self._lock.locked() else self._look()
        if stamp is None or stamp == self._stamp:
            return None
        self._stamp = stamp
        text = read_draft(self.path)
        if not text or text == self._text:
            return None
        self._text = text
        return text

    def _look(self) -> tuple[int, int] | None:
        try:
            stat = self.path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size
