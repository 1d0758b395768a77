"""A site that is served to the tests, with a stand-in for the app; and a browser that holds one person's cookies."""

import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple

from aiohttp import ClientSession, ClientWebSocketResponse, ClientWSTimeout, CookieJar, web

from quizapp.web.door import Door, Names
from quizapp.web.server import listen, make_site

# An app as the driver of Textual makes one: it says its size, then gives back each packet that it is sent
ECHO = """
import os, sys
def say(kind, data):
    os.write(1, kind + len(data).to_bytes(4, "big") + data)
os.write(1, b"__GANGLION__\\n")
say(b"D", f"{os.environ['COLUMNS']}x{os.environ['ROWS']} {os.getpid()}".encode())
while head := sys.stdin.buffer.read(5):
    body = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if body == b"quit":
        break
    if body == b"crash":
        sys.exit(3)
    say(b"M" if body.startswith(b'{"type": "page"') or body == b"{}" else b"D", body)
"""


def app_of(script: str) -> Sequence[str]:
    return [sys.executable, "-S", "-c", script]


class Site(NamedTuple):
    """Where it is served, and its door."""

    origin: str
    door: Door

    @property
    def place(self) -> str:
        return self.origin + self.door.path

    async def enter(self, browser: ClientSession) -> None:
        """With the link, at its first use."""
        async with browser.get(self.door.link) as answer:
            assert answer.status == 200

    async def connect(self, browser: ClientSession, query: str = "") -> ClientWebSocketResponse:
        patience = ClientWSTimeout(ws_receive=20)
        return await browser.ws_connect(f"{self.place}ws{query}", origin=self.origin, timeout=patience)


@asynccontextmanager
async def served(script: str = ECHO) -> AsyncIterator[Site]:
    """A site on a free port, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        door = Door(Names(f"http://{host}", frozenset({host})), "en")
        runner = web.AppRunner(make_site(door, app_of(script), "en"), shutdown_timeout=5)
        await runner.setup()
        listening = await listen(runner, door, listener)
        try:
            yield Site(f"http://{host}", door)
        finally:
            listening.close()
            await runner.cleanup()


def browser() -> ClientSession:
    """One that keeps cookies, of an address too."""
    return ClientSession(cookie_jar=CookieJar(unsafe=True))
