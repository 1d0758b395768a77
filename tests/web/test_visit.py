"""One visit: keys and screen both ways, one at a time, and an app that ends with its tab whatever it does."""

import asyncio
import json
import os
import time
from pathlib import Path

import pytest

pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

from aiohttp import ClientWebSocketResponse, WSMsgType
from serving import ECHO, browser, served

from quizapp.web import server
from quizapp.web import visit as visits

DEAF = "import signal, time\nfor one in (signal.SIGTERM, signal.SIGINT): signal.signal(one, signal.SIG_IGN)\n"
FLOOD = ECHO.replace("while head", "for _ in range(200): say(b'D', b'x' * 100_000)\nwhile head")


async def begun(line: ClientWebSocketResponse) -> tuple[str, int]:
    """The size that the app was told, and its process."""
    size, _, pid = (await line.receive_bytes()).decode().partition(" ")
    return size, int(pid)


async def why_closed(line: ClientWebSocketResponse) -> int:
    """The code with which the socket is closed."""
    message = await line.receive()
    assert message.type is WSMsgType.CLOSE
    return int(message.data)


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until_ended(pid: int) -> None:
    end = time.monotonic() + 20
    while runs(pid):
        assert time.monotonic() < end, "it goes on"
        await asyncio.sleep(0.02)


async def test_keys_and_sizes_reach_the_app_and_nothing_else_does() -> None:
    async with served() as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person, "?width=9999&height=x")
        assert (await begun(line))[0] == "500x24"
        for nothing in ("x", "[", "{}", "[]", '["stdin"]', '["stdin", 3]', '["resize", {}]', '["quit"]', "[" * 3000):
            await line.send_str(nothing)
        await line.send_bytes(b'["stdin", "no"]')
        await line.send_str('["resize", {"width": true, "height": 1e9}]')
        await line.send_str(json.dumps(["stdin", "立方\ud800\x1b[A"]))
        assert (await line.receive_bytes()) == "立方?\x1b[A".encode()
        await line.send_json(["resize", {"width": 1, "height": 10**9}])
        assert json.loads(await line.receive_bytes()) == {"type": "resize", "width": 20, "height": 200}
        await line.send_json(["focus"])
        assert json.loads(await line.receive_bytes()) == {"type": "focus"}
        await line.close()


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("\x1b[200~a\x1b[201~\x13\x1b[200~b\x1b[201~", "\x1b[200~a[201~\x13[200~b\x1b[201~"),
        ("\x1b[200~\x1b[201~", "\x1b[200~\x1b[201~"),
        ("\x1b[200~立方\nx\x1b[201~", "\x1b[200~立方\nx\x1b[201~"),
        ("\x1b[A\x1b", "\x1b[A\x1b"),
    ],
)
async def test_no_key_is_pasted(said: str, typed: str) -> None:
    """A page that one copied from may have put one there."""
    async with served() as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person)
        await begun(line)
        await line.send_json(["stdin", said])
        assert (await line.receive_bytes()).decode() == typed
        await line.close()


async def test_the_app_says_how_its_tab_looks_and_nothing_else() -> None:
    async with served() as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person)
        await begun(line)
        await line.send_json(["stdin", "{}"])
        told = {"type": "page", "title": "7 due", "background": "#000000", "more": 1}
        await line.send_json(["stdin", json.dumps(told)])
        assert await line.receive_json() == ["page", {"title": "7 due", "background": "#000000"}]
        await line.close()


@pytest.mark.parametrize(("said", "code"), [("quit", visits.ENDED), ("crash", visits.FAILED)])
async def test_the_page_is_told_how_the_app_ended(said: str, code: int) -> None:
    async with served() as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person)
        await begun(line)
        await line.send_json(["stdin", said])
        assert await why_closed(line) == code


async def test_an_app_that_does_not_begin_is_said_to_have_failed() -> None:
    async with served("print('what is this'); raise SystemExit(2)") as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person)
        assert await why_closed(line) == visits.FAILED


async def test_one_at_a_time_and_a_second_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with served() as site, browser() as person:
        await site.enter(person)
        first = await site.connect(person)
        _, pid = await begun(first)
        with monkeypatch.context() as at_once:
            at_once.setattr(server, "_PATIENCE_S", 0.2)
            second = await site.connect(person)
            assert await why_closed(second) == visits.TAKEN and runs(pid)
        await first.close()
        third = await site.connect(person)
        assert (await begun(third))[1] != pid and not runs(pid)  # never two at once, of one home
        await third.close()


@pytest.mark.parametrize("script", [ECHO, FLOOD], ids=["echo", "flood"])
async def test_the_app_ends_with_its_tab(script: str) -> None:
    """Also where what it draws goes nowhere any more."""
    async with served(script) as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person)
        _, pid = await begun(line)
        assert line._response.connection is not None and line._response.connection.transport is not None
        line._response.connection.transport.abort()  # as when a telephone leaves its network
        await until_ended(pid)


async def test_an_app_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "_PATIENCE_S", (0.2, 0.2))
    async with served(DEAF + ECHO + "\ntime.sleep(600)") as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person)
        _, pid = await begun(line)
        await line.close()
        await until_ended(pid)


async def test_an_app_that_reads_no_keys_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "_PATIENCE_S", (0.2, 0.2))
    async with served(DEAF + ECHO.partition("while head")[0] + "time.sleep(600)") as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person)
        _, pid = await begun(line)
        for _ in range(4):
            await line.send_json(["stdin", "x" * 500_000])
        await until_ended(pid)
        await line.close()


async def test_the_app_ends_with_the_server() -> None:
    async with browser() as person:
        async with served() as site:
            await site.enter(person)
            line = await site.connect(person)
            _, pid = await begun(line)
        assert not runs(pid)
        assert await why_closed(line) == visits.AWAY


def test_every_end_has_its_sentence_on_the_page() -> None:
    page = (Path(server.__file__).parent / "page" / "index.html").read_text()
    for code in (visits.ENDED, visits.TAKEN, visits.FAILED, "lost"):
        assert f'data-code="{code}"' in page
