"""JSON as language models write it, as far as it is there: read whole or in part, never refused.

Commas may be missing or too many, names without quotes, quotes single, a quotation mark inside a text not escaped, a
bracket forgotten. What is valid JSON is read as JSON says.
"""

import re

from msgspec import Struct

_DEEPEST = 8
_BETWEEN = re.compile(r"[\s,]*+")
_WORD = re.compile(r"[^\s,\[\]{}:\"']+")
_INSIDE = {quote: re.compile(rf"(?:[^{quote}\\]|\\.)*+", re.DOTALL) for quote in "\"'"}
_AFTER_TEXT = re.compile(r"\s*+(?:[,}\]:]|\Z|\"\w{1,12}\"\s*+:)")  # what follows a quotation mark that ends a text
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u[0-9a-fA-F]{0,3}\Z|\Z|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\", "/": "/"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class Loose(Struct, frozen=True):
    """A value, and whether it was read to its end. Numbers, true, false and null are texts, as they are written."""

    value: "dict[str, Loose] | list[Loose] | str"
    whole: bool


def read_loosely(text: str) -> Loose:
    """The first value of `text`. Takes time in proportion to its length."""
    return _Reader(text).value(0)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def value(self, depth: int) -> Loose:
        sign = self._next()
        if depth > _DEEPEST:
            self.at = len(self.text)
        elif sign == "{":
            return self._mapping(depth)
        elif sign == "[":
            return self._row(depth)
        elif sign and sign in "\"'":
            return self._text(sign)
        elif word := _WORD.match(self.text, self.at):
            self.at = word.end()
            return Loose(word[0], self.at < len(self.text))
        return Loose("", False)

    def _next(self) -> str:
        """The next sign that means something, "" at the end."""
        between = _BETWEEN.match(self.text, self.at)
        self.at = between.end() if between else self.at
        return self.text[self.at : self.at + 1]

    def _mapping(self, depth: int) -> Loose:
        self.at += 1
        found: dict[str, Loose] = {}
        while sign := self._next():
            if sign in "}]":  # of a "]" somebody forgot the "}"
                self.at += sign == "}"
                return Loose(found, True)
            if sign == ":":
                self.at += 1
                continue
            name = self.value(depth + 1).value
            if self._next() == ":":
                self.at += 1
                value = self.value(depth + 1)
                if isinstance(name, str):
                    found.setdefault(name.strip().lower(), value)
        return Loose(found, False)

    def _row(self, depth: int) -> Loose:
        self.at += 1
        found: list[Loose] = []
        while sign := self._next():
            if sign in "}]":
                self.at += sign == "]"
                return Loose(found, True)
            if sign == ":":
                self.at += 1
                continue
            found.append(self.value(depth + 1))
        return Loose(found, False)

    def _text(self, quote: str) -> Loose:
        start = at = self.at + 1
        while True:
            inside = _INSIDE[quote].match(self.text, at)
            at = inside.end() if inside else at
            if self.text[at : at + 1] != quote:
                self.at = len(self.text)
                return Loose(_unescaped(self.text[start:]), False)
            if after := _AFTER_TEXT.match(self.text, at + 1):
                self.at = at + 1
                return Loose(_unescaped(self.text[start:at]), bool(after[0].strip()))
            at += 1


def _unescaped(text: str) -> str:
    r"""What is written with escapes; one that is only begun at the end is nothing yet; \alpha is as it stands."""
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_sign, text)
    return _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _sign(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return _PLAIN.get(escape[2], escape[0]) if escape[2] else ""
