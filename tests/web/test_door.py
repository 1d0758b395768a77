"""Who may come in: whoever has the link, once, and the browser that came with it; under our own name, from our page."""

import asyncio
import errno
import logging
from http.cookies import SimpleCookie

import pytest

pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

from aiohttp import ClientSession, WSServerHandshakeError
from aiohttp.http_exceptions import BadHttpMessage
from serving import Site, browser, served
from yarl import URL

from quizapp.web import server
from quizapp.web.door import Names


async def asked(person: ClientSession, url: str, **headers: str) -> tuple[int, str]:
    """What comes of asking for `url` as it is written: its status and its first line."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    async with person.get(URL(url, encoded=True), headers=names, allow_redirects=False) as answer:
        lines = (await answer.text()).splitlines()
        return answer.status, lines[0] if lines else ""


async def refused(site: Site, person: ClientSession, origin: str | None, host: str | None = None) -> int:
    """With which status the socket is refused."""
    headers = {} if host is None else {"Host": host}
    with pytest.raises(WSServerHandshakeError) as caught:
        await person.ws_connect(f"{site.place}ws", origin=origin, headers=headers)
    return caught.value.status


async def test_the_link_opens_once_and_leaves_a_cookie_that_no_script_reads() -> None:
    async with served() as site, browser() as person, browser() as other:
        async with person.get(site.door.link, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, site.door.path)
            (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
            assert (cookie["httponly"], cookie["path"]) == (True, site.door.path)
            assert cookie["samesite"] == "Lax"  # the link may be clicked in another site's page: a mail, a chat
            assert not cookie["secure"] and cookie.value not in site.door.link
        assert await asked(person, site.place) == (200, "<!DOCTYPE html>")
        assert await asked(person, site.door.link) == (303, "")  # it is theirs already
        status, said = await asked(other, site.door.link)
        assert status == 403 and "not valid any more" in said


async def test_a_wrong_token_opens_nothing_and_spends_nothing() -> None:
    async with served() as site, browser() as person:
        for wrong in ("", "x", "%ff%00", site.door.link.partition("=")[2][:-1]):
            assert (await asked(person, f"{site.place}?token={wrong}"))[0] == 403
        async with person.head(site.door.link) as answer:  # what only looks where a link leads
            assert answer.status == 403
        assert (await asked(person, site.door.link.replace(site.door.path, "/")))[0] == 403
        assert (await asked(person, site.door.link))[0] == 303


@pytest.mark.parametrize("place", ["", "ws", "static/js/textual.js", "own/page.js", "nowhere", "../", "//"])
async def test_without_the_cookie_nothing_is_told(place: str) -> None:
    async with served() as site, browser() as person:
        assert await asked(person, site.place + place) == (403, "Open the link that 'quizapp serve' printed, whole.")
        assert await asked(person, f"{site.origin}/{place}") == (
            403,
            "Open the link that 'quizapp serve' printed, whole.",
        )
        assert await refused(site, person, site.origin) == 403
        person.cookie_jar.update_cookies({site.door._cookie_name: "ÿ"}, URL(site.place))
        assert (await asked(person, site.place + place))[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:{port}", "127.0.0.1:1", "localhost", ""])
async def test_under_another_name_it_is_not_we_who_are_meant(host: str) -> None:
    async with served() as site, browser() as person:
        host = host.format(port=URL(site.origin).port)
        assert (await asked(person, site.door.link, Host=host))[0] == 421
        await site.enter(person)  # the token was not spent
        assert (await asked(person, site.place, Host=host))[0] == 421
        assert await refused(site, person, site.origin, host) == 421


async def test_a_page_of_another_site_gets_nothing() -> None:
    async with served() as site, browser() as person:
        await site.enter(person)
        port = URL(site.origin).port
        for foreign in ("https://evil.example", f"https://127.0.0.1:{port}", "http://127.0.0.1", "null", ""):
            assert await refused(site, person, foreign) == 403
            assert (await asked(person, site.place, Origin=foreign))[0] == 403
        assert await refused(site, person, None) == 403  # a browser always says whose page opens a socket
        line = await site.connect(person)
        assert (await line.receive_bytes()).startswith(b"80x24")
        await line.close()


async def test_a_cookie_of_another_port_hides_nobodys() -> None:
    """One for all paths of the machine, which a browser sends after ours, as another program there may set it."""
    async with served() as site, browser() as person:
        await site.enter(person)
        (mine,) = person.cookie_jar
        for name in ("quizapp", mine.key[:-1]):
            cookies = f"{mine.key}={mine.value}; {name}=evil"
            async with ClientSession() as tossed, tossed.get(site.place, headers={"Cookie": cookies}) as answer:
                assert answer.status == 200, name
        async with served() as other:
            assert other.door._cookie_name != mine.key


async def test_who_opens_many_connections_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_MOST_STRANGERS", 5)
    async with served() as site, browser() as person:
        await site.enter(person)
        line = await site.connect(person)
        await line.receive_bytes()
        url = URL(site.origin)
        silent = [await asyncio.open_connection(url.host, url.port) for _ in range(20)]
        for reader, writer in silent[:12]:  # the oldest give way
            assert await asyncio.wait_for(reader.read(), 10) == b""
            writer.close()
        await line.send_json(["stdin", "here"])
        assert await line.receive_bytes() == b"here"
        assert await asked(person, site.place) == (200, "<!DOCTYPE html>")
        reader, writer = silent[-1]  # who came last may ask still
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        assert (await asyncio.wait_for(reader.readline(), 10)).split()[1] == b"421"
        for _, writer in silent[12:]:
            writer.close()
        await line.close()


@pytest.mark.parametrize(
    "error", [OSError(errno.EMFILE, "Too many open files"), ConnectionResetError(), BadHttpMessage("?")]
)
def test_what_strangers_do_fills_no_terminal(error: Exception) -> None:
    def heard(raised: Exception) -> bool:
        return server._of_ours(logging.LogRecord("x", 40, "x", 1, "x", None, (type(raised), raised, None)))

    assert not heard(error)
    assert heard(ValueError()) and heard(OSError(errno.ENOENT, "no app"))


async def test_every_answer_says_what_a_page_may_do() -> None:
    async with served() as site, browser() as person, browser() as other:
        await site.enter(person)
        places = ["", "own/page.css", "static/js/textual.js", "nowhere", "static/"]
        for who, place in [*((person, place) for place in places), (other, ""), (other, "ws"), (person, "ws")]:
            async with who.get(site.place + place) as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy and "script-src 'self';" in policy and "http" not in policy
                assert f"connect-src 'self' {site.origin.replace('http', 'ws')};" in policy
                assert "frame-ancestors 'none'" in policy and answer.headers["X-Frame-Options"] == "DENY"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Cache-Control"] in ("no-store", "no-cache")
                assert answer.headers["Server"] == "quizapp"


async def test_only_what_is_served_is_served() -> None:
    async with served() as site, browser() as person:
        await site.enter(person)
        assert (await asked(person, f"{site.place}own/page.js"))[0] == 200
        for place in (
            "own/../door.py",
            "own/..%2fdoor.py",
            "own/%2e%2e/door.py",
            "own//etc/passwd",
            "own/%2fetc/passwd",
        ):
            assert (await asked(person, site.place + place))[0] in (403, 404), place
        for place in ("own/", "static/", "static/js"):  # nor what lies there
            assert (await asked(person, site.place + place))[0] in (403, 404), place
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            async with person.request(method, site.place) as answer:
                assert answer.status == 405


async def test_nothing_in_the_page_leads_elsewhere() -> None:
    async with served() as site, browser() as person:
        await site.enter(person)
        for place in ("", "own/page.js", "own/start.js", "own/page.css", "static/css/xterm.css"):
            async with person.get(site.place + place) as answer:
                text = await answer.text()
                assert answer.status == 200 and "url(http" not in text and "//fonts" not in text and "$" not in text
                assert "<script>" not in text and "onclick" not in text.lower()


PORT = Names("http://127.0.0.1:8000", frozenset({"127.0.0.1:8000", "localhost:8000"}))
USUAL = Names("http://127.0.0.1", frozenset({"127.0.0.1"}))
PROXY = Names("https://quiz.example", frozenset({"quiz.example", "127.0.0.1:8000"}), proxied=True)
TLS = Names("https://box:8443", None)


@pytest.mark.parametrize(
    ("names", "host", "origin", "ours"),
    [
        (PORT, "localhost:8000", "http://localhost:8000", True),
        (PORT, "LocalHost:8000", "http://localhost:8000", True),
        (PORT, "localhost:8000", "http://127.0.0.1:8000", False),  # another origin, to a browser
        (PORT, "localhost:8000", "https://localhost:8000", False),
        (USUAL, "127.0.0.1", "http://127.0.0.1", True),
        (USUAL, "127.0.0.1:80", "http://127.0.0.1", True),
        (PROXY, "quiz.example", "https://quiz.example", True),
        (PROXY, "quiz.example:443", "https://quiz.example", True),
        (PROXY, "127.0.0.1:8000", "https://quiz.example", True),  # a proxy that does not pass the name on
        (PROXY, "127.0.0.1:8000", "http://127.0.0.1:8000", False),
        (PROXY, "quiz.example", "http://quiz.example", False),
        (TLS, "anything.example:8443", "https://anything.example:8443", True),  # the certificate vouches for the name
        (TLS, "box:8443", "https://evil.example", False),
    ],
)
def test_names(names: Names, host: str, origin: str, ours: bool) -> None:
    assert names.may_call([host])
    assert names.is_ours(origin, host) is ours


def test_a_request_calls_one_name() -> None:
    assert not any(PORT.may_call(hosts) for hosts in ([], ["localhost:8000"] * 2, ["evil:8000"], ["localhost"]))
    assert not PROXY.may_call(["evil.example"]) and not TLS.may_call([])
    assert (PORT.secure, PROXY.secure, TLS.secure) == (False, True, True)
