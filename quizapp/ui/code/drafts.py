"""The file in which an unfinished text is kept, and in which another editor may change it."""

import asyncio
from pathlib import Path

from quizapp.ui.code.task import read_draft, write_draft


class Draft:
    """Keeps a text in its file, and tells when another program saved it. `text` is what was last known to be in it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self._stamp = self._look()
        self._lock = asyncio.Lock()

    async def keep(self, text: str) -> None:
        """Durably, and in a thread: no key waits for the disk. Raises OSError."""
        async with self._lock:
            if text != self.text:
                await asyncio.to_thread(write_draft, self.path, text)
                self.text, self._stamp = text, self._look()

    def keep_now(self, text: str, *, anew: bool = False) -> None:
        """The same at once; `anew`: even if nothing is new, so that the file is there. Raises OSError."""
        if anew or text != self.text:
            write_draft(self.path, text)
            self.text, self._stamp = text, self._look()

    def saved_elsewhere(self) -> str | None:
        """The text that another program has saved since; None if none has."""
        stamp = self._look()
        if self._lock.locked() or stamp is None or stamp == self._stamp:
            return None
        self._stamp = stamp
        text = read_draft(self.path)
        if not text or text == self.text:
            return None
        self.text = text
        return text

    def _look(self) -> tuple[int, int] | None:
        try:
            stat = self.path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size
