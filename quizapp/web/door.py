"""Who may come in: whoever has the link, once; then the browser that came with it, as long as it is served."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit
from weakref import WeakSet

from aiohttp import web
from msgspec import Struct

from quizapp.texts import text
from quizapp.words import Language

_KEPT_S = 30 * 86400  # a telephone drops a shorter one with the tab; it is worth nothing once this process has ended

# Nothing is loaded from elsewhere, and nobody else shows or runs anything here. xterm.js makes style sheets.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Server": "quizapp",
}


class Names(Struct, frozen=True):
    """Under which names it is asked for. `origin` is that of the link; `hosts` are what a request may call us, lower
    case, with the port where it is not the usual one; None: any, because a certificate of ours vouches for the name.
    """

    origin: str
    hosts: frozenset[str] | None
    proxied: bool = False  # then a page's origin is `origin`; else it is the host that was asked for

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https:")

    def may_call(self, hosts: list[str]) -> bool:
        """Whether a request with these Host headers means us: a name that was bent to our address does not."""
        return len(hosts) == 1 and (self.hosts is None or self._plain(hosts[0]) in self.hosts)

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether a page of `origin` is ours, as it was asked for under `host`."""
        scheme = urlsplit(self.origin).scheme
        return origin.lower() == (self.origin if self.proxied else f"{scheme}://{self._plain(host)}")

    def _plain(self, host: str) -> str:
        return host.lower().removesuffix(":443" if self.secure else ":80")


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """The guard of every request. All lies below a path that nobody can guess: browsers send a cookie to every port of
    a machine, where others may listen, but only below its path. Nor can they guess its name: what they set under it
    would hide it. `inside` are the connections of who has come in."""

    def __init__(self, names: Names, language: Language) -> None:
        self._names, self._language = names, language
        self.path = f"/{secrets.token_urlsafe(9)}/"
        self._token, self._cookie = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._cookie_name = f"quizapp-{secrets.token_hex(8)}"
        self.inside: WeakSet[asyncio.Transport] = WeakSet()
        socket = names.origin.replace("http", "ws", 1)  # which not every browser counts as our own
        self._headers = {**_HEADERS, "Content-Security-Policy": _POLICY.format(socket=socket)}

    @property
    def link(self) -> str:
        """What opens it, once."""
        return f"{self._names.origin}{self.path}?token={self._token}"

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._names.may_call(request.headers.getall("Host", [])):
            return self._refuse(421, "host")
        origin = request.headers.get("Origin")
        opens_socket = request.headers.get("Upgrade") is not None
        if (opens_socket and origin is None) or (origin is not None and not self._names.is_ours(origin, request.host)):
            return self._refuse(403, "origin")
        known = _same(request.cookies.get(self._cookie_name, ""), self._cookie)
        if known and request.transport is not None:
            self.inside.add(request.transport)
        if request.path == self.path and "token" in request.query and request.method == "GET":
            return self._enter() if known or self._spend(request.query["token"]) else self._refuse(403, "used")
        return await handler(request) if known else self._refuse(403, "link")

    async def protect(self, _: web.Request, answer: web.StreamResponse) -> None:
        """Give an answer the headers that every one has."""
        answer.headers.update(self._headers)
        answer.headers["Cache-Control"] = "no-cache" if isinstance(answer, web.FileResponse) else "no-store"

    def _spend(self, token: str) -> bool:
        """Whether it is the one in the link, which is worth nothing from now on."""
        good = bool(self._token) and _same(token, self._token)
        if good:
            self._token = ""
        return good

    def _enter(self) -> web.Response:
        """In, with the cookie, to where the token stands in no address. Lax: the link may be clicked in another site's
        page, a mail; that opens a page, but nothing else is asked for from there with the cookie."""
        answer = web.Response(status=303, headers={"Location": self.path})
        secure = self._names.secure
        answer.set_cookie(
            self._cookie_name,
            self._cookie,
            path=self.path,
            max_age=_KEPT_S,
            httponly=True,
            samesite="Lax",
            secure=secure,
        )
        return answer

    def _refuse(self, status: int, why: str) -> web.Response:
        return web.Response(status=status, text=text(f"web.refused.{why}", self._language) + "\n")


def _same(given: str, known: str) -> bool:
    return secrets.compare_digest(given.encode(errors="surrogateescape"), known.encode())
