"""The client that talks to an examiner: no redirect is followed, and certificates are those of certifi, or of
SSL_CERT_FILE or SSL_CERT_DIR. A proxy that the environment names is used for other machines, never for this one."""

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.place import Address
from quizapp.install_hint import hint
from quizapp.texts import tell
from quizapp.words import escaped

if TYPE_CHECKING:
    import ssl

    import httpx


def new_client(address: Address, connect_s: float) -> tuple["httpx.AsyncClient", str | None]:
    """A client, and the proxy that it goes through, as it may be shown. Call it in a thread: the import and the
    certificates take their time. Raises ExaminerFault."""
    try:
        import httpx
    except ImportError:
        raise ExaminerFault(tell("examiner.no_client", command=hint("examiner"))) from None
    proxy = _proxy_to(address)
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
            headers={"Accept-Encoding": "identity", "User-Agent": "quizapp"},
        )
        return client, proxy and _shown(proxy)
    except Exception as error:  # its text may have the proxy's password
        kind = type(error).__name__
    raise ExaminerFault(tell("examiner.odd_proxy", proxy=_shown(proxy or ""), kind=kind))


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
