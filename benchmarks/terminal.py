"""A program in a pseudo-terminal: start it, press keys, and time until a text arrives on its screen."""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence


class Terminal:
    """`command` in a pty. `wait` returns the seconds until a text was printed; `printed` is all that it has read."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str] | None = None, size: tuple[int, int] = (100, 40)
    ) -> None:
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.printed = b""
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(
                command[0], list(command), {**clean, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
            )
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def wait(self, *texts: str, timeout: float = 20.0) -> float:
        """Seconds from now (or from the start, for the first call) until all `texts` were printed: the first from now
        on, the others ever. Raises TimeoutError."""
        begin, self.started = self.started or time.perf_counter(), 0.0
        (wanted, *others), seen = [text.encode() for text in texts], b""
        while time.perf_counter() - begin < timeout:
            if select.select([self.fd], [], [], 0.5)[0]:
                read = os.read(self.fd, 65536)
                seen += read
                self.printed += read
                if wanted in seen and all(other in self.printed for other in others):
                    return time.perf_counter() - begin
        raise TimeoutError(f"{texts} never came; the end of what did: {seen[-300:]!r}")

    def press(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def drain(self, quiet: float = 0.15) -> None:
        """Read until nothing more comes for `quiet` seconds."""
        while select.select([self.fd], [], [], quiet)[0]:
            os.read(self.fd, 65536)

    def settle(self, quiet: float) -> float:
        """Read until nothing more comes for `quiet` seconds; when the last of it came (as perf_counter says)."""
        last = time.perf_counter()
        while select.select([self.fd], [], [], quiet)[0]:
            os.read(self.fd, 65536)
            last = time.perf_counter()
        return last

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def report(figures: Mapping[str, tuple[float, float, str]]) -> None:
    """Print {measure: {value, bar, unit, ok}} and exit 1 if a value is above its bar."""
    found = {
        name: {"value": round(value, 4), "bar": bar, "unit": unit, "ok": value <= bar}
        for name, (value, bar, unit) in figures.items()
    }
    print(json.dumps(found, indent=2))
    sys.exit(0 if all(figure["ok"] for figure in found.values()) else 1)
