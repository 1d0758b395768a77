"""The client that talks to an examiner: no redirect is followed, and certificates are those of certifi, or of
SSL_CERT_FILE or SSL_CERT_DIR. A proxy that the environment names is used for other machines, never for this one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import Address
from quizapp.install_hint import hint
from quizapp.texts import tell
from quizapp.words import escaped

if TYPE_CHECKING:
    import ssl

    import httpx


_T = TypeVar("_T")


async def aside(call: Callable[[], _T]) -> _T:
    """What `call` returns, in a thread that nobody waits for when all ends: a keyring may ask its user for ever,
    and a name be looked for as long."""
    found: Future[_T] = Future()
    found.set_running_or_notify_cancel()

    def work() -> None:
        try:
            found.set_result(call())
        except BaseException as error:
            found.set_exception(error)

    Thread(target=work, daemon=True).start()
    return await asyncio.wrap_future(found)


def new_client(address: Address, connect_s: float) -> tuple["httpx.AsyncClient", str | None]:
    """A client, and the proxy that it goes through, as it may be shown. Call it `aside`: the import, the certificates
    and the name of the host take their time. Raises ExaminerFault."""
    try:
        import httpx
    except ImportError:
        raise ExaminerFault(tell("examiner.no_client", command=hint("examiner"))) from None
    proxy = _proxy_to(address)
    if not proxy and not address.local:
        _look_up(address)
    try:  # plain HTTP has nothing to verify
        context = _certificates() if proxy or address.url.startswith("https:") else False
    except (OSError, ValueError) as error:
        raise ExaminerFault(tell("examiner.certificates", why=type(error).__name__)) from None
    try:
        client = httpx.AsyncClient(
            verify=context,
            proxy=proxy,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=connect_s),
            limits=httpx.Limits(max_keepalive_connections=0),  # who refused may be closing the connection
            headers={"Accept-Encoding": "identity", "User-Agent": "quizapp"},
        )
        return client, proxy and _shown(proxy)
    except Exception as error:  # its text may have the proxy's password
        kind = type(error).__name__
    raise ExaminerFault(tell("examiner.odd_proxy", proxy=_shown(proxy or ""), kind=kind))


def _look_up(address: Address) -> None:
    """Find the host here first: the loop would do it in a thread that is waited for."""
    import socket

    import httpx

    fault = None
    try:
        socket.getaddrinfo(httpx.URL(address.url).raw_host, None)
    except httpx.InvalidURL:
        return  # as is said when it is asked
    except OSError:
        fault = ExaminerFault(tell("examiner.unknown_host", host=address.host))
    if fault is not None:
        raise fault


@cache
def _certificates() -> "ssl.SSLContext":
    import httpx

    return httpx.create_ssl_context()


def _proxy_to(address: Address) -> str | None:
    from urllib.request import getproxies, proxy_bypass

    if address.local or proxy_bypass(address.host):
        return None
    proxies = getproxies()
    proxy = proxies.get(urlsplit(address.url).scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def _shown(proxy: str) -> str:
    """A proxy without the name and the password that it may have."""
    return escaped(proxy.rpartition("@")[2].rpartition("://")[2].strip("/")[:100])
