"""A headless Chromium, told what to do over its own protocol: a tab is opened, typed into, tapped, read, painted."""

import asyncio
import base64
import itertools
import os
import tempfile
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

PATIENCE_S = 30  # the machine may be busy
_QUIET = (  # it looks for nobody's hosts but ours
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
_KEYS = {"Enter": (13, "\r"), "Escape": (27, ""), "Tab": (9, ""), "Backspace": (8, ""), " ": (32, " ")}


class Tab:
    """One tab. `asked` is every address that it asked for."""

    def __init__(self, line: ClientWebSocketResponse, target: str) -> None:
        self._line, self.target = line, target
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.asked: list[str] = []
        self.refused: list[str] = []  # what the page's policy refused, and what its scripts complained of
        self._reads = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._line:
            if message.type is not WSMsgType.TEXT:
                continue
            said = message.json()
            params = said.get("params", {})
            match said.get("method"):
                case "Network.requestWillBeSent":
                    self.asked.append(params["request"]["url"])
                case "Network.webSocketCreated":
                    self.asked.append(params["url"])
                case "Log.entryAdded" if params["entry"]["level"] == "error":
                    self.refused.append(params["entry"]["text"])
                case "Runtime.exceptionThrown":
                    self.refused.append(str(params["exceptionDetails"]))
                case None:
                    self._answers.pop(said["id"]).set_result(said)

    async def tell(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._ids)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._line.send_json({"id": number, "method": method, "params": params})
        said: dict[str, Any] = await asyncio.wait_for(answer, PATIENCE_S)
        assert "error" not in said, said
        found: dict[str, Any] = said["result"]
        return found

    async def open(self, url: str) -> None:
        await self.tell("Page.navigate", url=url)

    async def value(self, script: str) -> Any:
        """What a script makes."""
        said = await self.tell("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return said["result"].get("value")

    async def screen(self) -> str:
        """What the terminal in the page shows, as text; "" while there is none."""
        everything = (await self.tell("Runtime.evaluate", expression="Object.prototype"))["result"]["objectId"]
        objects = (await self.tell("Runtime.queryObjects", prototypeObjectId=everything))["objects"]["objectId"]
        reads = """function() {
            const found = this.find((one) => Object.hasOwn(one, "terminal") && Object.hasOwn(one, "fitAddon"));
            if (!found) return "";
            const shown = found.terminal.buffer.active;
            return Array.from({length: found.terminal.rows}, (_, row) =>
                (shown.getLine(row + shown.viewportY) || "").translateToString(true)).join("\\n");
        }"""
        said = await self.tell(
            "Runtime.callFunctionOn", functionDeclaration=reads, objectId=objects, returnByValue=True
        )
        await self.tell("Runtime.releaseObject", objectId=objects)
        return str(said["result"].get("value", ""))

    async def shows(self, *words: str) -> str:
        """Wait until the terminal shows all of `words`, and give all that it shows."""
        end, screen = time.monotonic() + PATIENCE_S, ""
        while time.monotonic() < end:
            with suppress(AssertionError):  # a page that is just being loaded
                screen = await self.screen()
            if all(word in screen for word in words):
                return screen
            await asyncio.sleep(0.2)
        raise AssertionError(f"{words} never showed in:\n{screen}")

    async def until(self, script: str) -> Any:
        """Wait until a script makes something that is true."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            with suppress(AssertionError):
                if found := await self.value(script):
                    return found
            await asyncio.sleep(0.1)
        raise AssertionError(f"{script} never came true; the page says {await self.value('document.body.innerText')}")

    async def press(self, *keys: str) -> None:
        for key in keys:
            held, name = 2 if key.startswith("ctrl+") else 0, key.removeprefix("ctrl+")
            code, text = _KEYS.get(name, (ord(name[0].upper()), "" if held else name))
            told = {"key": name, "windowsVirtualKeyCode": code, "modifiers": held}
            await self.tell("Input.dispatchKeyEvent", type="keyDown", text=text, **told)
            await self.tell("Input.dispatchKeyEvent", type="keyUp", **told)

    async def compose(self, *steps: str) -> None:
        """As an input method does: each of `steps` in the making, the last one taken."""
        for step in steps:
            await self.tell("Input.imeSetComposition", text=step, selectionStart=len(step), selectionEnd=len(step))
        await self.tell("Input.insertText", text=steps[-1])

    async def tap(self, x: float, y: float) -> None:
        await self.tell("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        await self.tell("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def swipe(self, x: float, begin: float, end: float) -> None:
        """A finger up or down the page."""
        await self.tell("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": begin}])
        for step in range(1, 17):
            point = {"x": x, "y": begin + (end - begin) * step / 16}
            await self.tell("Input.dispatchTouchEvent", type="touchMove", touchPoints=[point])
        await self.tell("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def size(self, width: int, height: int, *, phone: bool = False) -> None:
        await self.tell(  # not its scale: an emulated one is not what a canvas is told
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=0, mobile=phone
        )
        await self.tell("Emulation.setTouchEmulationEnabled", enabled=phone)

    async def paint(self, path: Path) -> None:
        """A picture of the page."""
        said = await self.tell("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(said["data"]))

    async def close(self) -> None:
        with suppress(ConnectionError):
            await self._line.close()
        self._reads.cancel()


@asynccontextmanager
async def chromium(program: str, scale: int = 1) -> AsyncIterator["Chromium"]:
    """A browser with a profile of its own, which ends with the block; a pixel of its pages is `scale` dots wide."""
    with tempfile.TemporaryDirectory(prefix="quizapp-chromium-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            *(program, *_QUIET, "--remote-debugging-port=0", f"--user-data-dir={profile}"),
            *(f"--force-device-scale-factor={scale}", "about:blank"),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,
        )
        try:
            port = Path(profile) / "DevToolsActivePort"
            end = time.monotonic() + PATIENCE_S
            while not (port.exists() and "\n" in port.read_text()):
                assert time.monotonic() < end and process.returncode is None, "Chromium does not start"
                await asyncio.sleep(0.05)
            async with ClientSession() as session:
                browser = Chromium(session, f"http://127.0.0.1:{port.read_text().split()[0]}")
                try:
                    yield browser
                finally:
                    await browser.leave()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            await process.wait()


class Chromium:
    """A running browser."""

    def __init__(self, session: ClientSession, at: str) -> None:
        self._session, self._at = session, at
        self._tabs: list[Tab] = []

    async def tab(self) -> Tab:
        """A new tab, empty."""
        async with self._session.put(f"{self._at}/json/new?about:blank") as answer:
            said = await answer.json()
        line = await self._session.ws_connect(said["webSocketDebuggerUrl"], max_msg_size=2**28)
        tab = Tab(line, said["id"])
        self._tabs.append(tab)
        for domain in ("Page", "Network", "Runtime", "Log"):
            await tab.tell(f"{domain}.enable")
        await tab.tell("Emulation.setFocusEmulationEnabled", enabled=True)
        return tab

    async def shut(self, tab: Tab) -> None:
        """Close a tab, as its cross does."""
        async with self._session.get(f"{self._at}/json/close/{tab.target}") as answer:
            assert answer.status == 200
        await tab.close()

    async def leave(self) -> None:
        for tab in self._tabs:
            await tab.close()
