"""quizapp in a real browser, as one uses it: QUIZAPP_BROWSER=/usr/bin/chromium pytest tests/browser -n 0

QUIZAPP_PICTURES names a folder that is given a picture of each page.
"""

import asyncio
import json
import os
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("textual_serve")

from aiohttp import web
from chromium import Tab, chromium

from quizapp.lab.script import read_script
from quizapp.lab.trust import Trust
from quizapp.paths import Home

PROGRAM = os.environ.get("QUIZAPP_BROWSER", "")
pytestmark = pytest.mark.skipif(not PROGRAM, reason="QUIZAPP_BROWSER=/usr/bin/chromium pytest tests/browser")

LONG = "\\n\\n".join(f"Reason {n}." for n in range(1, 41))
DECK = f"""title: Browsing
cards:
  - {{id: cube, q: How fast does a cube grow?, a: With the third power., demo: {{run: cube, with: {{n: 3}}}}}}
  - {{id: fast, q: Why is it fast?, a: "{LONG}", demo: {{run: strange}}}}
"""
DEMO = '''"""A cube."""

from typing import Annotated


def main(n: Annotated[int, range(1, 9)] = 2) -> dict:
    print(f"the cube of {n} is {n**3}")
    return {"cube": n**3}
'''


class Served(NamedTuple):
    """A running `quizapp serve`: its link, its process, and the home it serves."""

    link: str
    process: asyncio.subprocess.Process
    home: Home

    @property
    def reviewed(self) -> list[dict[str, str]]:
        """The reviews that are on the disk."""
        lines = [line for file in self.home.root.glob("journal/*.jsonl") for line in file.read_text().splitlines()]
        return [one for one in map(json.loads, lines) if one["type"] == "reviewed"]

    @property
    def apps(self) -> list[int]:
        """The processes that it started."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    async def until_left(self) -> None:
        """Wait until nothing of the last visit runs."""
        for _ in range(100):
            if not self.apps:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{self.apps} still run")


@asynccontextmanager
async def serving(home: Home, *words: str) -> AsyncIterator[Served]:
    """quizapp serve, until the block ends; then it ends of itself, with all that it started."""
    home.decks.mkdir(parents=True)
    home.demos.mkdir()
    home.settings.write_text("tour: done\n")
    (home.decks / "browsing.yaml").write_text(DECK)
    (home.demos / "cube.py").write_text(DEMO)
    (home.demos / "strange.py").write_text(DEMO.replace("A cube", "Strange"))
    Trust(home.trust).allow(read_script(home.demos / "cube.py"))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "quizapp", "--home", str(home.root), "serve", *words, str(home.decks)),
        stdout=PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        while not (found := re.search(rb"http\S+", line := await asyncio.wait_for(process.stdout.readline(), 30))):
            assert line
        yield Served(found[0].decode(), process, home)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        process._transport.close()  # type: ignore[attr-defined]


async def picture(tab: Tab, name: str) -> None:
    if folder := os.environ.get("QUIZAPP_PICTURES"):
        await asyncio.sleep(0.5)  # what fades in is in
        await tab.paint(Path(folder) / f"{name}.png")


async def test_study_a_card_run_its_demo_type_chinese_close_the_tab_and_come_back(home: Home) -> None:
    async with serving(home) as served, chromium(PROGRAM) as browser:
        tab = await browser.tab()
        await tab.size(1280, 800)
        await tab.open(served.link)
        await tab.shows("Browsing", "2")
        assert await tab.until("document.title === 'quizapp'")  # nothing was ever graded, so nothing is due
        assert "token" not in await tab.value("location.href + document.referrer + document.cookie")
        await picture(tab, "home")
        await tab.press("s")
        await tab.shows("How fast does a cube grow?")
        await tab.press("t")
        await tab.shows("Your answer")
        await tab.value("quizapp.socket.send(JSON.stringify(['stdin', 'p'.repeat(2 ** 20)]))")  # too long: is not sent
        await tab.compose("li", "lif", "立方", "立方增长")
        await tab.shows("立方增长")
        await picture(tab, "chinese")
        await tab.press("ctrl+s")
        await tab.shows("With the third power.")
        await tab.press("x")
        await tab.shows("the cube of 3 is 27")
        await picture(tab, "demo")
        await tab.press("Escape")
        await tab.shows("Space grade")
        await tab.press("3")
        await tab.shows("Why is it fast?")
        assert [one["card"] for one in served.reviewed] == ["browsing/cube"]

        # What is not allowed yet is not allowed from here, nor edited
        await tab.press(" ", "x")
        await tab.shows("strange.py", "not allowed")
        await tab.press("y")
        await tab.shows("Nothing is allowed from a browser")
        await tab.press("Escape")
        await tab.shows("Space grade")
        await tab.press("E")
        await tab.shows("No editor opens in a browser")
        await picture(tab, "closed")

        # Nothing came from elsewhere, and the page's policy had nothing to refuse
        host = served.link.split("/")[2]
        assert {url.split("/")[2] for url in tab.asked if not url.startswith("data:")} == {host}
        assert tab.refused == []

        assert len(served.apps) == 1
        await browser.shut(tab)
        await served.until_left()
        back = await browser.tab()
        await back.open(served.link)  # spent; but this browser has come in
        await back.shows("Browsing")
        await back.until("document.title.endsWith('quizapp')")  # what comes back in a minute is not due yet
        assert [one["card"] for one in served.reviewed] == ["browsing/cube"]

        # A second tab is told so; once the first is closed it opens there
        second = await browser.tab()
        await second.open(served.link)
        await second.until("document.body.classList.contains('-closed')")
        assert "open in another tab" in await second.value("document.body.innerText")
        await picture(second, "taken")
        await back.press("Escape")
        await back.shows("Browsing")
        await browser.shut(back)
        await second.value("document.getElementById('again').click()")
        await second.shows("Browsing")

        # The app quits: the page says so
        await second.press("q")
        await second.until("document.body.classList.contains('-closed')")
        assert (await second.value("document.body.innerText")).startswith("quizapp has ended")
        await served.until_left()


async def test_on_a_telephone(home: Home) -> None:
    async with serving(home) as served, chromium(PROGRAM, scale=3) as browser:
        tab = await browser.tab()
        await tab.size(390, 844, phone=True)
        await tab.open(served.link)
        screen = await tab.shows("Browsing", "study")
        assert len(max(screen.splitlines(), key=len)) >= 60
        await picture(tab, "phone-home")
        await press(tab, "⏎")
        await tab.shows("How fast does a cube grow?")
        await press(tab, "␣")
        await tab.shows("With the third power.")
        await picture(tab, "phone-card")
        await touch(tab, "good")
        await tab.shows("Why is it fast?")
        assert [one["card"] for one in served.reviewed] == ["browsing/cube"]

        # The keyboard comes when it is asked for, and reaches the app
        field = "document.querySelector('.xterm-helper-textarea')"
        assert await tab.value(f"{field}.inputMode") == "none"
        await press(tab, "⌨")
        assert await tab.value(f"{field}.inputMode + (document.activeElement === {field})") == "texttrue"
        await tab.size(390, 500, phone=True)  # the room that it leaves
        await tab.press("t")
        await tab.shows("Your answer")
        await tab.compose("hc", "缓存")
        await tab.shows("缓存", "Why is it fast?")
        await picture(tab, "phone-typing")
        await tab.press("ctrl+s")
        assert "Reason 30." not in await tab.shows("Reason 2.")
        for _ in range(6):
            await tab.swipe(200, 300, 100)
        await tab.shows("Reason 30.")
        assert tab.refused == []


async def test_a_wrong_token_and_a_page_of_another_origin_get_nothing(home: Home) -> None:
    """The other page is of the same site, to which a browser sends cookies: another program's, on another port."""
    cookies: list[str] = []

    async def evil(request: web.Request) -> web.Response:
        cookies.append(request.headers.get("Cookie", ""))
        return web.Response(text="<title>evil</title>", content_type="text/html")

    runner = web.AppRunner(strange := web.Application())
    strange.router.add_get("/{any:.*}", evil)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    elsewhere = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    async with serving(home) as served, chromium(PROGRAM) as browser:
        tab = await browser.tab()
        await tab.open(served.link[:-1])
        await tab.until("document.body.innerText.includes('not valid any more')")
        await tab.open(served.link)
        await tab.shows("Browsing")
        place = await tab.value("location.href")

        other = await browser.tab()
        await other.open(elsewhere)
        await other.until("document.title === 'evil'")
        socket = f"new WebSocket('{place.replace('http', 'ws', 1)}ws')"
        told = f"new Promise((said) => {{ const s = {socket}; s.onopen = s.onerror = (e) => said(e.type); }})"
        assert await other.value(told) == "error"
        asks = f"fetch('{place}', {{mode: 'no-cors', credentials: 'include'}}).then(() => 'read', () => 'refused')"
        assert await other.value(asks) == "refused"
        frame = f"Object.assign(document.createElement('iframe'), {{src: '{place}'}})"
        await other.value(
            f"new Promise((shown) => {{ const f = {frame}; f.onload = shown; document.body.append(f); }})"
        )
        assert any("frame-ancestors" in said for said in other.refused)
        assert await other.value("document.querySelector('iframe').contentDocument === null")
        assert cookies and not any("quizapp" in cookie for cookie in cookies)
        assert await tab.value("document.body.classList.contains('-closed')") is False
    await runner.cleanup()


async def press(tab: Tab, name: str) -> None:
    """Tap a key of the page's row."""
    found = f"[...document.querySelectorAll('nav button')].find((one) => one.textContent === '{name}')"
    x, y = await tab.value(
        f"(({{x, y, width, height}}) => [x + width/2, y + height/2])({found}.getBoundingClientRect())"
    )
    await tab.tap(x, y)


async def touch(tab: Tab, word: str) -> None:
    """Tap the last place where the terminal shows a word."""
    lines = (await tab.screen()).lower().splitlines()
    row = max(row for row, line in enumerate(lines) if word in line)
    box = "document.querySelector('.xterm-screen').getBoundingClientRect()"
    x, y, width, height = await tab.value(f"(({{x, y, width, height}}) => [x, y, width, height])({box})")
    across = round(width / 6.0)
    await tab.tap(x + (lines[row].index(word) + 1) * width / across, y + (row + 0.5) * height / len(lines))
