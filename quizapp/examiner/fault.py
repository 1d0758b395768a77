"""What can go wrong between us and an examiner, said so that one knows what to do. What a server says is a stranger's:
cleaned, bounded, and never with the key in it."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, json

from quizapp.texts import Sentence, UserError, raised, tell
from quizapp.words import clean

Hide = Callable[[str], str]
_MOST_SAID = 200  # characters
_NO_MODEL = re.compile(
    r"model_not_found|invalid_model|\bmodel\b.{0,120}\b(not found|not exist|unknown|not supported|not available)"
    r"|\b(unknown|invalid|unsupported|no such) model\b",
    re.IGNORECASE | re.DOTALL,
)


class ExaminerFault(UserError):
    """The examiner cannot be asked, or did not say what can be read; the sentence says why and what to do."""


def dig(value: Any, *path: str | int) -> Any:
    """What lies at `path` in parsed JSON; None where it is of another shape."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def read_json(data: bytes) -> Any:
    """The JSON that `data` is; None for what is none."""
    try:
        return json.decode(data)
    except (ValueError, RecursionError):
        return None


def own_words(body: bytes, hide: Hide) -> str:
    """What a server says is wrong, on one line; "" where that is a page, or nothing."""
    page = read_json(body)
    if isinstance(page, list):  # as some services wrap it
        page = dig(page, 0)
    paths: tuple[tuple[str | int, ...], ...] = (
        ("error", "message"),
        ("error",),
        ("message",),
        ("detail",),
        ("detail", 0, "msg"),
    )
    said = next((found for path in paths if isinstance(found := dig(page, *path), str)), "")
    if page is None and not body.lstrip().startswith(b"<"):
        said = body[: 8 * _MOST_SAID].decode(errors="replace")
    said = hide(" ".join(clean(said).split())).rstrip(" .。")
    return said if len(said) <= _MOST_SAID else f"{said[: _MOST_SAID - 1]}…"


def names_no_model(status: int, body: bytes) -> bool:
    """Whether an error says that there is no such model."""
    return status in (400, 404, 422) and _NO_MODEL.search(body[:10_000].decode(errors="replace")) is not None


def _quoted(said: str) -> Sentence | str:
    return tell("examiner.said", words=said) if said else ""


def _again(headers: Mapping[str, str]) -> Sentence | str:
    """When one may ask again, as Retry-After has it: seconds, or a date."""
    from email.utils import parsedate_to_datetime  # slow to import, and seldom needed

    written = headers.get("retry-after", "").strip()
    seconds: float | None = None
    if re.fullmatch(r"\d{1,6}(\.\d{1,9})?", written):
        seconds = float(written)
    elif written:
        try:
            seconds = (parsedate_to_datetime(written).astimezone(UTC) - datetime.now(UTC)).total_seconds()
        except (ValueError, OverflowError):
            pass
    if seconds is None or seconds > 30 * 86400:
        return ""
    if seconds < 120:
        return tell("examiner.again.seconds", n=max(1, round(seconds)))
    return tell("examiner.again.minutes", n=round(seconds / 60))


class Refusal(Struct, frozen=True):
    """An answer of another status than 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def http_fault(place: tuple[str, str, str], refusal: Refusal, hide: Hide) -> Sentence:
    """What a refusal means. `place`: host, model and the name of the key; `hide` takes the key out of a text."""
    host, model, key = place
    status, headers = refusal.status, refusal.headers
    words = _quoted(own_words(refusal.body, hide))
    if 300 <= status < 400:
        to = hide(" ".join(clean(headers.get("location", "")).split()))[:100]
        return tell("examiner.redirect", host=host, to=to or "?")
    if status in (401, 403) and not key:
        return tell("examiner.wants_key", host=host, said=words)
    if status == 401:
        return tell("examiner.wrong_key", host=host, key=key, said=words)
    if status == 403:
        return tell("examiner.forbidden", host=host, key=key, said=words)
    if names_no_model(status, refusal.body):
        return tell("examiner.no_model", host=host, model=model, said=words)
    if status == 404:
        return tell("examiner.no_page", host=host)
    if status == 429:
        return tell("examiner.limit", host=host, said=words, again=_again(headers))
    return tell("examiner.http", host=host, status=status, said=words, again=_again(headers))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def lost(error: Exception, host: str, proxy: str | None, *, begun: bool) -> Sentence:
    """What a connection that failed means. `proxy`: which one it goes through; `begun`: some of the answer had come."""
    import socket
    import ssl

    import httpx

    causes = list(_causes(error))
    if isinstance(error, httpx.ProxyError):
        return tell("examiner.proxy", proxy=proxy or host, said=_quoted(clean(str(error))[:_MOST_SAID]))
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return tell("examiner.address.bad", address=host)
    if isinstance(error, httpx.ConnectError) and any(isinstance(cause, ssl.SSLError) for cause in causes):
        return tell("examiner.tls", host=host, said=_quoted(_tls_words(causes)))
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        if proxy:
            return tell("examiner.no_proxy", proxy=proxy, host=host)
        unknown = any(isinstance(cause, socket.gaierror) for cause in causes)
        return tell("examiner.unknown_host" if unknown else "examiner.no_server", host=host)
    if isinstance(error, httpx.TransportError):
        return tell("examiner.half" if begun else "examiner.hung_up", host=host)
    return tell("examiner.failed", host=host, why=raised(error))


def _tls_words(causes: list[BaseException]) -> str:
    """What is amiss with a certificate, or the library's name for what is amiss."""
    said = (getattr(cause, name, "") for cause in causes for name in ("verify_message", "reason"))
    return clean(str(next(filter(None, said), "")))[:_MOST_SAID]
