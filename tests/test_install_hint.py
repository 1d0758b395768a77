"""The hint names the place that the installation came from."""

import json
import shlex
from importlib import metadata
from typing import Any

import pytest

from quizapp import install_hint
from quizapp.cards.formats import Foreign, needed
from quizapp.install_hint import hint, install_command
from quizapp.lab.run import torch_hint


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ({}, ["quizapp-tui[demos]"]),
        ({"url": 3}, ["quizapp-tui[demos]"]),
        ({"url": "file:///my%20own/quizapp", "dir_info": {"editable": True}}, ["-e", "/my own/quizapp[demos]"]),
        ({"url": "file:///src/quizapp", "dir_info": {}}, ["/src/quizapp[demos]"]),
        (
            {"url": "file:///dist/quizapp_tui-0.1.0-py3-none-any.whl", "archive_info": {"hash": "sha256=1"}},
            ["quizapp-tui[demos] @ file:///dist/quizapp_tui-0.1.0-py3-none-any.whl"],
        ),
        (
            {"url": "https://example.org/q.git", "vcs_info": {"vcs": "git", "commit_id": "1f3a"}},
            ["quizapp-tui[demos] @ git+https://example.org/q.git@1f3a"],
        ),
        ({"url": "file:///a'b;$(x)`", "dir_info": {"editable": True}}, ["-e", "/a'b;$(x)`[demos]"]),
        ({"url": "file:///a%1B%5D0;x%07", "dir_info": {"editable": True}}, ["-e", r"/a\u001b]0;x\u0007[demos]"]),
    ],
)
def test_every_origin(origin: dict[str, Any], words: list[str]) -> None:
    assert shlex.split(install_command(origin, "demos")) == ["pip", "install", *words]


@pytest.mark.parametrize(
    "found", [None, "", "not JSON", "[]", '{"url": "file:///here", "dir_info": {"editable": true}}']
)
def test_what_pip_wrote_is_read(monkeypatch: pytest.MonkeyPatch, found: str | None) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            return found if name == "direct_url.json" else None

    monkeypatch.setattr(metadata, "distribution", lambda name: {"quizapp-tui": Installed()}[name])
    hint.cache_clear()
    wanted = "-e '/here[demos]'" if found and "here" in found else "'quizapp-tui[demos]'"
    assert hint("demos") == f"pip install {wanted}"
    hint.cache_clear()


def test_where_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install_hint, "DISTRIBUTION", "no-such-distribution-of-ours")
    hint.cache_clear()
    assert hint("formats") == "pip install 'no-such-distribution-of-ours[formats]'"
    hint.cache_clear()


def test_the_sentences_name_it() -> None:
    from quizapp.texts import text

    assert str(torch_hint()).endswith(hint("demos")) and "{" not in str(torch_hint())
    assert "没有安装" in torch_hint().says("zh") and torch_hint().says("zh").endswith(hint("demos"))
    assert text("memory.fit.missing", "en", command="x").endswith(": x")
    with pytest.raises(Foreign, match="no_such_module") as raised:
        needed("no_such_module")
    assert hint("formats") in str(raised.value)


def test_the_name_is_that_of_the_project() -> None:
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["name"] == install_hint.DISTRIBUTION
    everything = json.dumps(project["optional-dependencies"])
    assert '"quizapp[' not in everything and '"quizapp-tui[' in everything
    assert project["scripts"] == {"quizapp": "quizapp.cli:main"}
