"""The pages and the socket, behind the door; one visit at a time."""

import asyncio
import errno
import importlib.util
import logging
import signal
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from quizapp.texts import text
from quizapp.web.door import Door
from quizapp.web.visit import AWAY, TAKEN, visit
from quizapp.words import Language

_OWN = Path(__file__).parent / "page"
_PATIENCE_S = 3  # until a second tab is told so: the first may be closing, or be this one before it was loaded again
_SOCKET_ALIVE_S = 10.0  # between two signs of life of a browser
_MOST_SAID = 2**20  # bytes at a time: what is pasted; page.js keeps to it
_MOST_STRANGERS = 100  # connections at once that have not come in
_HANDSHAKE_S = 10.0
_NO_MORE_FILES = (errno.EMFILE, errno.ENFILE)
_TEXTS = ("starting", "ended", "taken", "failed", "lost", "again", "keyboard")


def make_site(door: Door, command: Sequence[str], language: Language) -> web.Application:
    """What is served: the app that `command` starts, to whom `door` lets in."""
    free = asyncio.Lock()
    sockets: set[web.WebSocketResponse] = set()
    page = _page(language)

    async def index(_: web.Request) -> web.StreamResponse:
        return web.Response(text=page, content_type="text/html")

    async def connect(request: web.Request) -> web.StreamResponse:
        line = web.WebSocketResponse(heartbeat=_SOCKET_ALIVE_S, max_msg_size=_MOST_SAID)
        await line.prepare(request)
        sockets.add(line)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await free.acquire()
            try:
                await visit(command, line, (_number(request, "width", 80), _number(request, "height", 24)))
            finally:
                free.release()
        except TimeoutError:
            await line.close(code=TAKEN)
        finally:
            sockets.discard(line)
        return line

    async def close(_: web.Application) -> None:
        for line in list(sockets):
            await line.close(code=AWAY)

    site = web.Application(middlewares=[door.guard])
    site.router.add_get(door.path, index)
    site.router.add_get(f"{door.path}ws", connect, allow_head=False)
    site.router.add_static(f"{door.path}own/", _OWN)
    site.router.add_static(f"{door.path}static/", _textual_static())
    site.on_response_prepare.append(door.protect)
    site.on_shutdown.append(close)
    return site


async def listen(
    runner: web.AppRunner, door: Door, listener: socket.socket, tls: ssl.SSLContext | None = None
) -> asyncio.Server:
    """Answer whoever connects. Of those who have not come in only the latest are kept: who opens many connections, and
    says nothing, keeps nobody out."""
    server = runner.server
    assert server is not None

    def meet() -> asyncio.Protocol:
        there = [one for one in server.connections if one.transport is not None]
        for one in [one for one in there if one.transport not in door.inside][:-_MOST_STRANGERS]:
            one.force_close()
        return server()

    patience = _HANDSHAKE_S if tls else None
    return await asyncio.get_running_loop().create_server(meet, sock=listener, ssl=tls, ssl_handshake_timeout=patience)


async def serve_site(
    site: web.Application, door: Door, listener: socket.socket, tls: ssl.SSLContext | None, up: Callable[[], None]
) -> None:
    """Serve `site` until a signal ends it; `up` is called when it answers."""
    over = asyncio.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(AttributeError, NotImplementedError):  # of Windows, where Ctrl+C raises KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), over.set)
    logger = logging.getLogger(__name__)
    for one in (logger, logging.getLogger("asyncio")):
        one.addFilter(_of_ours)
    runner = web.AppRunner(site, logger=logger, access_log=None, shutdown_timeout=10)  # a log would have the token
    await runner.setup()
    listening = await listen(runner, door, listener, tls)
    try:
        up()
        await over.wait()
    finally:
        listening.close()
        await runner.cleanup()


def _of_ours(record: logging.LogRecord) -> bool:
    """Whether it is about a mistake of ours: what a stranger sends that is no request fills no terminal, nor does who
    leaves before the answer, or connects until the system gives no more."""
    error = record.exc_info[1] if record.exc_info else None
    full = isinstance(error, OSError) and error.errno in _NO_MORE_FILES
    return not (full or isinstance(error, HttpProcessingError | ConnectionError))


def _page(language: Language) -> str:
    words = {name: escape(text(f"web.{name}", language)) for name in _TEXTS}
    lang = "zh-Hans" if language == "zh" else "en"
    return Template((_OWN / "index.html").read_text("utf-8")).substitute(words, lang=lang)


def _textual_static() -> Path:
    """The terminal in a page that textual-serve brings: xterm.js, its style, its font."""
    spec = importlib.util.find_spec("textual_serve")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("textual_serve")
    return Path(spec.submodule_search_locations[0]) / "static"


def _number(request: web.Request, name: str, usual: int) -> int:
    given = request.query.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 5 else usual
