"""Text that a person reads: cleaned of what a terminal would obey, in one language or two."""

import re
from typing import Literal

import msgspec

Language = Literal["en", "zh"]
Shown = Literal["en", "zh", "both"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

# What a terminal obeys (C0 but tab and newline, DEL, C1), what reorders text unseen (bidi controls), what is not seen
# at all (zero width, byte-order mark), line separators that are not "\n", and halves of surrogate pairs. None of it is
# printable, which is asked first: the pattern is compiled when a text has anything that is not.
_UNSEEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
# A sequence that the text ends in is one too, as it is while a text still comes.
_ESCAPES = "(?s)\x1b(?:\\[[0-?]*[ -/]*(?:[@-~]|\\Z)|[\\]PX^_].*?(?:\x07|\x1b\\\\|$)|[ -/]*(?:[0-~]|\\Z))"


def clean(text: str) -> str:
    """`text` without escape sequences and control characters; tabs and newlines stay, CRLF becomes LF.

    What is left may be handed to a terminal. It is not markup: show it with `markup=False` or as `Content(text)`.
    """
    if text.isprintable() or re.search(_UNSEEN, text) is None:
        return text
    text = text.replace("\r\n", "\n")
    if "\x1b" in text:
        text = re.sub(_ESCAPES, "", text)
    return re.sub(_UNSEEN, "", text)


def pasted(text: str) -> str:
    """What a terminal pastes, cleaned: most end its lines with CR, which is no text."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    r"""`text`, with what `clean` would take away (tabs and newlines are not) written as JSON and Python do: \u001b."""
    return text if text.isprintable() else re.sub(_UNSEEN, _escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000  # two halves of a surrogate pair
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


class Words(msgspec.Struct, frozen=True):
    """A text in English, Chinese or both. A text without a language is the same in both; "" means not written."""

    en: str = ""
    zh: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def says(self, language: Language) -> str:
        """The text in `language`, or in the other one if it is not written in this one."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


def same(text: str) -> Words:
    """`text` as it stands in every language."""
    return Words(en=text, zh=text)


def read(words: Words, shown: Shown, between: str = "\n\n") -> str:
    """The text in the language shown; for "both" English, then Chinese, once if they are the same."""
    if shown != "both":
        return words.says(shown)
    return between.join(dict.fromkeys(text for text in (words.en, words.zh) if text))


def as_in_a_dictionary(text: str) -> bytes:
    """What sorts by how it is read, in either case: common Chinese characters stand so in GB 2312."""
    return text.casefold().encode("gb18030", "replace")
