"""Reads the decks again when a file changes, in a thread: no key waits for a disk or for a large deck."""

import threading
import time
from collections.abc import Callable

from quizapp.cards.library import Library
from quizapp.cards.watch import Watch
from quizapp.texts import Sentence, tell

PERIOD_S = 0.25  # a change is read once it has rested for this long, so within half a second
_SHARE = 20  # looking takes at most a twentieth of the time, however many files there are


class Watcher:
    """Calls `tell`, in its thread, with what `read` gives after a change; if that fails, `fail` with a sentence.

    New faults are told only if they still stand at the next look: a file that is half written has some for a moment.
    """

    def __init__(
        self,
        watch: Watch,
        read: Callable[[], Library],
        tell: Callable[[Library], object],
        fail: Callable[[Sentence], object],
    ) -> None:
        self._watch, self._read, self._tell, self._fail = watch, read, tell, fail
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._stopped = False
        self._faults: tuple[object, ...] | None = None

    def start(self, library: Library) -> None:
        """Watch; `library` is what was read before."""
        self._faults = library.faults
        # A daemon, so that a disk that does not answer cannot keep the app from ending.
        threading.Thread(target=self._watch_on, name="watcher", daemon=True).start()

    def wake(self) -> None:
        """Read now."""
        self._wake.set()

    def stop(self) -> None:
        """Nothing is told after this."""
        with self._lock:
            self._stopped = True
        self._wake.set()

    def _watch_on(self) -> None:
        said: Sentence | None = None
        while not self._stopped:
            try:
                self._look_on()
            except Exception as error:  # whatever it is, the next change may take it away
                self._watch.mark()
                sentence = tell("ui.not_reread", error=repr(error))
                with self._lock:
                    if sentence != said and not self._stopped:
                        self._fail(sentence)
                said = sentence

    def _look_on(self) -> None:
        wait, doubted = PERIOD_S, False
        while True:
            woken = self._wake.wait(wait)
            if self._stopped:
                return
            self._wake.clear()
            began = time.perf_counter()
            settled = self._watch.settled()
            wait = max(PERIOD_S, _SHARE * (time.perf_counter() - began))
            if not (woken or settled):
                doubted = False
                continue
            library = self._read()
            if library.faults != self._faults and not (woken or doubted):
                doubted = True
                continue
            doubted = False
            self._watch.mark()
            self._faults = library.faults
            with self._lock:
                if not self._stopped:
                    self._tell(library)
