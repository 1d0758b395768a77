"""`quizapp serve`: the app in a browser, for whoever has the link that it prints."""

import argparse
import asyncio
import os
import socket
import ssl
import sys
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from quizapp.commands import complain, say, user_language
from quizapp.commands.app import SERVED
from quizapp.install_hint import hint
from quizapp.paths import find_home
from quizapp.texts import UserError, os_reason, tell

if TYPE_CHECKING:
    from quizapp.web.door import Names


class CannotServe(UserError):
    """The call asks for what is not safe, or is not there."""

    exit_code = 2


def run(args: argparse.Namespace) -> int:
    try:
        from quizapp.web.door import Door
        from quizapp.web.server import make_site, serve_site
    except ModuleNotFoundError as error:
        complain(tell("commands.serve.missing", name=error.name, command=hint("web")))
        return 1
    tls = _certificate(args)
    with _listener(args) as listener:
        door = Door(_names(args, listener), user_language())
        os.environ[SERVED] = "code" if args.allow_code else "closed"
        home = str(find_home(args.home).root)
        paths = [str(Path(path).absolute()) for path in args.paths]  # none is the name of a command
        # -P: nothing of the folder in which we were started is a module of ours
        site = make_site(door, [sys.executable, "-P", "-m", "quizapp", "--home", home, *paths], user_language())
        with suppress(KeyboardInterrupt):
            asyncio.run(serve_site(site, door, listener, tls, lambda: say(tell("commands.serve.up", link=door.link))))
    return 0


def _certificate(args: argparse.Namespace) -> ssl.SSLContext | None:
    """What --cert and --key say; None without them."""
    if args.cert is None and args.key is None:
        return None
    if args.cert is None or args.key is None:
        raise CannotServe(tell("commands.serve.both"))
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        found.load_cert_chain(args.cert, args.key)
    except OSError as error:  # ssl's own are among them
        raise CannotServe(tell("commands.serve.certificate", file=args.cert, why=os_reason(error))) from None
    return found


def _listener(args: argparse.Namespace) -> socket.socket:
    """What is listened on. An address that others reach takes a certificate, or a proxy that has one."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(args.host, args.port, type=socket.SOCK_STREAM)[0]
        if not (_address(address).is_loopback or args.cert or args.behind_proxy):
            raise CannotServe(tell("commands.serve.foreign", host=args.host))
        found = socket.socket(family, kind)
        try:
            if os.name == "posix":
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind(address)
            found.listen()
        except OSError:
            found.close()
            raise
    except (OSError, UnicodeError) as error:
        why = os_reason(error) if isinstance(error, OSError) else str(error)
        at = f"{args.host}:{args.port}" if args.port else args.host
        raise CannotServe(tell("commands.serve.not_there", at=at, why=why)) from None
    return found


def _address(of_socket: Any) -> IPv4Address | IPv6Address:
    """The address in what a socket is bound to, without the interface that IPv6 may name."""
    return ip_address(str(of_socket[0]).partition("%")[0])


def _names(args: argparse.Namespace, listener: socket.socket) -> "Names":
    """Under which names we may be asked for: our own, or the proxy's."""
    from quizapp.web.door import Names

    bound, port = _address(listener.getsockname()), listener.getsockname()[1]
    scheme, usual = ("https", 443) if args.cert else ("http", 80)

    def at_port(name: str) -> str:
        name = f"[{name}]" if ":" in name else name.lower()
        return name if port == usual else f"{name}:{port}"

    own = {args.host, str(bound), *(("localhost", "127.0.0.1", "::1") if bound.is_loopback else ())}
    hosts = frozenset(map(at_port, own))
    if args.behind_proxy:
        proxy = _proxy(args.behind_proxy)
        return Names(f"https://{proxy}", hosts | {proxy}, proxied=True)
    shown = socket.gethostname() if bound.is_unspecified else args.host
    if bound.is_loopback and not args.cert:  # localhost is two addresses, and at the other one somebody else may listen
        shown = str(bound)
    return Names(f"{scheme}://{at_port(shown)}", None if args.cert else hosts)


def _proxy(url: str) -> str:
    """The host of a proxy's address, with its port where that is not the usual one."""
    with suppress(ValueError):
        parts = urlsplit(url)
        rest = (parts.username, parts.query, parts.fragment, parts.path.strip("/"))
        if parts.scheme == "https" and parts.hostname and parts.port != 0 and not any(rest):
            return parts.netloc.lower().removesuffix(":443")
    raise CannotServe(tell("commands.serve.proxy", url=url))
