"""One visit: an app in a process of its own, whose screen and keys go over one websocket.

Textual's web driver speaks in packets: a letter (D data, M a message in JSON), four bytes of length, the payload.
"""

import asyncio
import json
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import WSMsgType, web

# Why a socket was closed; page.js says it in a sentence
ENDED, AWAY, TAKEN, FAILED = 1000, 1001, 4001, 4002

_BEGINS = b"__GANGLION__\n"  # what the driver says before its first packet
_PASTE = ("\x1b[200~", "\x1b[201~")  # around what is pasted
_LEAST, _MOST = (20, 5), (500, 200)  # cells across and down; a screen takes memory
_PATIENCE_S = (5, 2)  # until an app that should end is told so by a signal, and then is killed


async def visit(command: Sequence[str], socket: web.WebSocketResponse, size: tuple[int, int]) -> None:
    """Run `command`, an app of `size` cells, as long as the socket and the app are there. When it returns the process
    has ended, whatever became of the socket."""
    columns, rows = _within(size)
    told = {"COLUMNS": str(columns), "ROWS": str(rows), "TEXTUAL_COLOR_SYSTEM": "truecolor", "TERM_PROGRAM": "textual"}
    # A session of its own: Ctrl+C in our terminal is for us, who end it in order
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, env=os.environ | told, start_new_session=True
    )
    shows = asyncio.create_task(_show(process, socket))
    try:
        with suppress(TimeoutError):
            await _hear(process, socket)
    finally:
        await asyncio.shield(_end(process, shows))


async def _show(process: Process, socket: web.WebSocketResponse) -> None:
    """What the app draws and says, to the browser; once that is gone, to nobody: an app that cannot draw cannot end."""
    assert process.stdout is not None
    with suppress(asyncio.IncompleteReadError):
        if await process.stdout.readexactly(len(_BEGINS)) == _BEGINS:
            while True:
                kind = await process.stdout.readexactly(1)
                size = int.from_bytes(await process.stdout.readexactly(4), "big")
                payload = await process.stdout.readexactly(size)
                with suppress(ConnectionError, RuntimeError):  # the socket is closed, or is about to be
                    await (socket.send_bytes(payload) if kind == b"D" else _pass_on(payload, socket))
    code = ENDED if await process.wait() == 0 else FAILED
    with suppress(ConnectionError, RuntimeError):
        await socket.close(code=code)


async def _pass_on(message: bytes, socket: web.WebSocketResponse) -> None:
    """What it says besides: how its tab looks. Files and addresses that it might offer go nowhere."""
    match json.loads(message):
        case {"type": "page", "title": str() as title, "background": str() as background}:
            await socket.send_json(["page", {"title": title, "background": background}])


async def _hear(process: Process, socket: web.WebSocketResponse) -> None:
    """What comes from the browser, to the app: as bytes typed, or as a message. What is neither is dropped. Raises
    TimeoutError if the app does not read it."""
    assert process.stdin is not None
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        with suppress(ValueError, RecursionError, ConnectionError):
            if packet := _packet(json.loads(message.data)):
                process.stdin.write(packet)
                async with asyncio.timeout(_PATIENCE_S[0]):  # an app that reads no keys any more is at its end
                    await process.stdin.drain()


def _packet(said: object) -> bytes:
    """What textual.js said, as a packet for the app; empty if that is nothing to it."""
    match said:
        case ["stdin", str() as keys]:
            return _packed(b"D", _typed(keys).encode(errors="replace"))
        case ["resize", {"width": int() as width, "height": int() as height}]:
            columns, rows = _within((width, height))
            return _packed(b"M", json.dumps({"type": "resize", "width": columns, "height": rows}).encode())
        case ["focus" | "blur" as kind]:
            return _packed(b"M", json.dumps({"type": kind}).encode())
    return b""


def _typed(keys: str) -> str:
    """What is pasted holds no key: xterm.js lets through what ends a paste, after which the rest would be typed."""
    if keys.startswith(_PASTE[0]) and keys.endswith(_PASTE[1]):
        return keys.replace("\x1b", "").removeprefix(_PASTE[0][1:]).removesuffix(_PASTE[1][1:]).join(_PASTE)
    return keys


def _packed(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


def _within(size: tuple[int, int]) -> tuple[int, int]:
    columns, rows = (max(least, min(most, n)) for n, least, most in zip(size, _LEAST, _MOST, strict=True))
    return columns, rows


async def _end(process: Process, shows: asyncio.Task[None]) -> None:
    """End the app if it has not: it goes when nobody speaks to it any more."""
    assert process.stdin is not None
    process.stdin.close()
    for seconds, harder in zip(_PATIENCE_S, (process.terminate, process.kill), strict=True):
        try:
            await asyncio.wait_for(process.wait(), seconds)
            break
        except TimeoutError:
            with suppress(ProcessLookupError):
                harder()
    await process.wait()
    await asyncio.wait([shows], timeout=1)  # what it started may hold its output open
    shows.cancel()
