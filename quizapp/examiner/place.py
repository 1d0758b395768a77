"""Where the examiner is: the address, the model, and what names its key. The key itself is read when it is used."""

import os
import re

from msgspec import Struct

from quizapp.examiner.fault import ExaminerFault
from quizapp.settings import Settings
from quizapp.texts import raised, tell
from quizapp.words import escaped

INSECURE = "insecure:"
"""What stands before an address of plain HTTP to another machine, as leave to send answers and key in the clear."""
_SERVICE = "quizapp"  # in the keyring
_SECRET = 8  # characters; what is shorter is no secret, and would be masked in the middle of words


class Place(Struct, frozen=True):
    """`address`: an OpenAI-compatible base, such as http://localhost:11434/v1; `key`: "" for none, "env:NAME" for an
    environment variable, "keyring:NAME" for the entry NAME of the service "quizapp"."""

    address: str
    model: str
    key: str = ""


def examiner_place(settings: Settings) -> Place | None:
    """What the settings say; None while no examiner is set up."""
    if not settings.examiner_address or not settings.examiner_model:
        return None
    return Place(settings.examiner_address, settings.examiner_model, settings.examiner_key)


class Address(Struct, frozen=True):
    """`url`: the base, without a slash at its end; `host`: to be shown, with its port; `local`: this machine; `clear`:
    what is sent there can be read on the way."""

    url: str
    host: str
    local: bool
    clear: bool


def read_address(written: str) -> Address:
    """The address as it is written in the settings. Raises ExaminerFault for one that cannot be or is not safe.

    Local are localhost and loopback addresses. Plain HTTP to any other machine needs INSECURE before it.
    """
    from urllib.parse import urlsplit  # both are imported where an examiner is set up

    allowed, text = written.startswith(INSECURE), written.removeprefix(INSECURE)
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        scheme, host, port, parts = "", None, None, urlsplit("")
    if parts.username is not None or parts.password is not None:
        raise ExaminerFault(tell("examiner.address.user"))
    whole = re.fullmatch(r"(\[[^\[\]]*\]|[^\[\]:]*)(:\d*)?", parts.netloc)  # [::1].example.org is not ::1
    if scheme not in ("http", "https") or not host or not whole or not re.fullmatch(r"[^\s\\\x00-\x20\x7f]+", text):
        raise ExaminerFault(tell("examiner.address.bad", address=_short(text)))
    if parts.query or parts.fragment or "?" in text or "#" in text:
        raise ExaminerFault(tell("examiner.address.query"))
    shown = escaped(f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    local = _loopback(host)
    if scheme == "http" and not local and not allowed:
        raise ExaminerFault(tell("examiner.address.clear", host=shown, written=_short(INSECURE + text)))
    url = text.rstrip("/").removesuffix("/chat/completions")
    return Address(url, shown, local, scheme == "http" and not local)


def _loopback(host: str) -> bool:
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _short(text: str) -> str:
    text = " ".join(text.split())
    return escaped(text if len(text) <= 100 else f"{text[:99]}…")


class Key:
    """A key in hand while a request is made. Nothing that prints it shows it."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Key(…)" if self._text else "Key()"

    def __bool__(self) -> bool:
        return bool(self._text)

    def headers(self) -> dict[str, str]:
        """What a request carries."""
        return {"Authorization": f"Bearer {self._text}"} if self._text else {}

    def hide(self, text: str) -> str:
        """`text`, in which a server may have repeated the key, without it: also where it is only begun at the end."""
        if len(self._text) < _SECRET:
            return text
        text = text.replace(self._text, "•••")
        for size in range(len(self._text) - 1, _SECRET - 1, -1):
            if text.endswith(self._text[:size]):
                return text[:-size]
        return text


def check_key_name(name: str) -> None:
    """Raises ExaminerFault unless `name` names a key, as Place has it. It is not repeated: it may be a key itself."""
    if name and not re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]{0,99}|keyring:[^\x00-\x20\x7f]{1,100}", name):
        raise ExaminerFault(tell("examiner.key.name"))


def read_key(name: str) -> Key:
    """The key that `name` names. A keyring may ask its user first, so call it in a thread. Raises ExaminerFault."""
    check_key_name(name)
    kind, _, entry = name.partition(":")
    if not name:
        return Key()
    text = (os.environ.get(entry) if kind == "env" else _in_keyring(entry)) or ""
    if not text:
        raise ExaminerFault(tell(f"examiner.key.no_{kind}", name=escaped(entry)))
    if not re.fullmatch("[!-~]+", text):
        raise ExaminerFault(tell("examiner.key.odd", name=escaped(name)))
    return Key(text)


def _in_keyring(entry: str) -> str | None:
    fault = None
    try:
        import keyring

        found: str | None = keyring.get_password(_SERVICE, entry)
        return found
    except ImportError:
        fault = ExaminerFault(tell("examiner.key.no_package"))
    except Exception as error:  # of any of its backends
        fault = ExaminerFault(tell("examiner.key.refused", why=raised(error)))
    raise fault
