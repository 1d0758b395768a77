"""`quizapp serve`: what it refuses to do, and a real app behind it whose grades outlive whatever ends it."""

import asyncio
import builtins
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from argparse import Namespace
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("textual_serve")

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar

from quizapp.commands.serve import _names
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_no_other_machine_reaches_it_unencrypted(quizapp: Call, host: str) -> None:
    code, out, err = quizapp("serve", "--host", host)
    assert (code, out) == (2, "") and "--cert and --key" in err and "--behind-proxy" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--cert", "c.pem"], "go together"),
        (["--key", "k.pem"], "go together"),
        (["--cert", "nowhere.pem", "--key", "nowhere.pem"], "nowhere.pem and its key cannot be used"),
        (["--host", "nowhere.invalid"], "can be served at nowhere.invalid:"),
        (["--port", "65536"], "up to 65535"),
        (["--port", "-1"], "--port"),
        *(
            (["--behind-proxy", url], "not the address of a proxy")
            for url in (
                "http://quiz.example",
                "quiz.example",
                "https://",
                "https://a@b",
                "https://a/quiz",
                "https://a:x",
            )
        ),
    ],
)
def test_a_wrong_call_is_refused_in_a_sentence(quizapp: Call, words: list[str], says: str) -> None:
    code, out, err = quizapp("serve", *words)
    assert (code, out) == (2, "") and says in err and "Traceback" not in err


def test_a_port_that_is_taken_is_named(quizapp: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = quizapp("serve", "--port", str(port))
        assert code == 2 and f"127.0.0.1:{port}" in err


@pytest.mark.parametrize(("cert", "link"), [(None, "http://127.0.0.1:{}"), ("c.pem", "https://localhost:{}")])
def test_the_link_leads_to_us_and_to_no_other_address_of_localhost(cert: str | None, link: str) -> None:
    """Who listens at [::1] would be given the token: unencrypted, the address is named."""
    args = Namespace(host="localhost", cert=cert, behind_proxy=None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        names = _names(args, listener)
        port = listener.getsockname()[1]
    assert names.origin == link.format(port) and names.may_call([f"localhost:{port}"])


def test_without_the_extra_it_says_how_to_install_it(quizapp: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("aiohttp") or name.startswith("quizapp.web"):
            raise ModuleNotFoundError("No module named 'aiohttp'", name="aiohttp")
        return imported(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    code, _, err = quizapp("serve")
    assert code == 1 and "aiohttp is not installed" in err and "[web]" in err


# A real one

DECK = "cards: [{id: one, q: What is one?, a: One.}, {id: two, q: What is two?, a: Two.}]\n"


@asynccontextmanager
async def serving(home: Home, *words: str) -> AsyncIterator[tuple[str, Process]]:
    """The link of a running `quizapp serve`, and its process."""
    home.decks.mkdir(parents=True, exist_ok=True)
    home.settings.write_text("tour: done\n")
    (home.decks / "numbers.yaml").write_text(DECK)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "quizapp", "--home", str(home.root), "serve", *words, str(home.decks)),
        stdin=DEVNULL,
        stdout=PIPE,
    )
    assert process.stdout is not None
    try:
        while not (found := re.search(rb"http\S+", line := await asyncio.wait_for(process.stdout.readline(), 30))):
            assert line
        yield found[0].decode(), process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        process._transport.close()  # type: ignore[attr-defined]


async def seen(line: ClientWebSocketResponse, words: bytes, drawn: bytes = b"") -> None:
    """Wait until the app has drawn `words`."""
    end = time.monotonic() + 30
    while words not in drawn:
        assert time.monotonic() < end, drawn[-2000:]
        message = await line.receive(timeout=30)
        drawn += message.data if isinstance(message.data, bytes) else b""


def apps(process: Process) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def left(pids: list[int]) -> list[int]:
    """Which of the processes run; those of nobody's that have ended are taken for gone."""
    return [pid for pid in pids if Path(f"/proc/{pid}/stat").exists() and not _is_zombie(pid)]


def _is_zombie(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def graded(home: Home) -> list[str]:
    lines = [line for file in home.root.glob("journal/*.jsonl") for line in file.read_text().splitlines()]
    return [one["card"] for one in map(json.loads, lines) if one["type"] == "reviewed"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGHUP])
async def test_a_grade_outlives_the_server_and_the_app_does_not(home: Home, quizapp: Call, ending: int) -> None:
    async with serving(home) as (link, process), ClientSession(cookie_jar=CookieJar(unsafe=True)) as person:
        origin = "/".join(link.split("/")[:3])
        async with person.get(link) as answer:
            place = str(answer.url)
        line = await person.ws_connect(f"{place}ws", origin=origin)
        await seen(line, b"numbers")
        await line.send_json(["stdin", "s"])
        await seen(line, b"What is one?")
        await line.send_json(["stdin", " "])
        await seen(line, b"Good")
        await line.send_json(["stdin", "3"])
        await seen(line, b"What is two?")
        assert graded(home) == ["numbers/one"]
        mine = apps(process)
        assert len(mine) == 1
        process.send_signal(ending)
        assert await asyncio.wait_for(process.wait(), 20) == (-9 if ending == signal.SIGKILL else 0)
        end = time.monotonic() + 10
        while left(mine):
            assert time.monotonic() < end, "the app goes on without its server"
            await asyncio.sleep(0.05)
        await line.close()
    code, _, _ = quizapp("grade", "numbers/two", "good")  # nothing holds the journal
    assert code == 0 and graded(home) == ["numbers/one", "numbers/two"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
async def test_with_a_certificate_other_machines_may_come(home: Home, tmp_path: Path) -> None:
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout k.pem -out c.pem -days 2"
    subprocess.run(
        [*made.split(), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    files = ["--cert", str(tmp_path / "c.pem"), "--key", str(tmp_path / "k.pem")]
    async with serving(home, "--host", "0.0.0.0", *files) as (link, _), ClientSession() as person:
        assert link.startswith("https://")
        port = link.split("/")[2].rpartition(":")[2]
        here = link.replace(link.split("/")[2], f"localhost:{port}")
        knows = ssl.create_default_context(cafile=tmp_path / "c.pem")
        async with person.get(here, ssl=knows, allow_redirects=False) as answer:
            assert answer.status == 303 and "Secure" in answer.headers["Set-Cookie"]


async def test_behind_a_proxy_the_link_is_the_proxys(home: Home) -> None:
    async with serving(home, "--behind-proxy", "https://Quiz.example:443/", "--port", "0") as (link, process):
        assert link.startswith("https://quiz.example/")
        os.kill(process.pid, signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0
