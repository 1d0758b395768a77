"""How to install an extra of quizapp: from the place that this installation came from, as PEP 610 records it."""

import json
import shlex
from functools import cache
from typing import Any

from quizapp.words import escaped

DISTRIBUTION = "quizapp-tui"
"""The name on the package index, where `quizapp` is another project."""


@cache
def hint(extra: str) -> str:
    """The command that installs `extra`, to be pasted into a shell."""
    return install_command(_origin(), extra)


def _origin() -> dict[str, Any]:
    """What pip wrote of where it found the distribution; empty if that was the package index."""
    from importlib.metadata import PackageNotFoundError, distribution  # slow to import, and seldom needed

    try:
        found = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def install_command(origin: dict[str, Any], extra: str) -> str:
    """The command for what came from `origin`, a direct_url.json."""
    from urllib.parse import unquote, urlsplit

    url, wanted = origin.get("url"), f"{DISTRIBUTION}[{extra}]"
    match origin:
        case {"url": str(), "dir_info": {"editable": True}}:
            return f"pip install -e {_word(f'{unquote(urlsplit(url).path)}[{extra}]')}"
        case {"url": str(), "dir_info": dict()}:
            return f"pip install {_word(f'{unquote(urlsplit(url).path)}[{extra}]')}"
        case {"url": str(), "vcs_info": {"vcs": vcs, "commit_id": commit}}:
            return f"pip install {_word(f'{wanted} @ {vcs}+{url}@{commit}')}"
        case {"url": str()}:
            return f"pip install {_word(f'{wanted} @ {url}')}"
        case _:
            return f"pip install {_word(wanted)}"


def _word(text: str) -> str:
    """`text` as one word of a shell, with nothing in it that a terminal would obey."""
    return shlex.quote(escaped(text))
