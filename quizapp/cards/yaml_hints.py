"""What the parser's complaints mean to somebody who writes a deck, and what to do about them."""

import re

QUOTE = "put the whole text in quotes, or write it below `|`"
TOO_DEEP = ("lists and mappings are nested too deep here (more than 32 levels)", "put the text in quotes")

# A part of libyaml's or PyYAML's problem → a sentence and what to do. The first that fits is used.
_KNOWN = (
    ("found unexpected ':'", "`:` stands where plain text goes on between [ ] or { }", "put text with : in quotes"),
    ("escape character", "a backslash in double quotes starts an escape that YAML does not know",
     "use single quotes, or `|` and a new line, for text with backslashes"),
    ("escape code", "an escape in double quotes names a character that does not exist",
     "use single quotes, or `|` and a new line, for text with backslashes"),
    ("did not find expected hexdecimal number", "an escape in double quotes is not complete",
     "use single quotes, or `|` and a new line, for text with backslashes"),
    ("unexpected end of stream", "a quote is opened and never closed", "close the quote"),
    ("unexpected document indicator", "a quote is opened and never closed", "close the quote"),
    ("could not find expected ':'", "this line has no `: ` after its key",
     "indent a continued text deeper than its key, or put it in quotes"),
    ("did not find expected node content", "something is missing here", "put text with [ ] { } , in quotes"),
    ("expected the node content", "something is missing here", "put text with [ ] { } , in quotes"),
    ("block sequence entries are not allowed", "a `- ` cannot start here", "start the list on a line of its own"),
    ("block mapping keys are not allowed", "a key cannot start here", "start it on a line of its own"),
    ("tab", "a tab cannot indent YAML", "indent with spaces"),
    ("expected comment or line break", "only a new line may follow `|` or `>`",
     "start the text on the next line, indented; or put the text in quotes"),
    ("expected chomping", "only a new line may follow `|` or `>`", "start the text on the next line, indented"),
    ("expected a comment or a line break", "only a new line may follow `|` or `>`",
     "start the text on the next line, indented; or put the text in quotes"),
    ("indentation indicator", "only a new line may follow `|` or `>`", "start the text on the next line, indented"),
    ("block scalar", "only a new line may follow `|` or `>`", "start the text on the next line, indented"),
    ("document start", "the document has ended, and more follows", "indent it like the lines above"),
    ("maximum nesting depth", *TOO_DEEP),  # libyaml from 0.2.6 on stops by itself at 1,000, before its first event
)  # fmt: skip


_MISPLACED = ("did not find expected key", "expected <block end>", "did not find expected '-' indicator")
_FIELD = re.compile(r"[ \t]*(?:- +)*(\w+)(:?)(?=[^/]|$)")


def explain_syntax(problem: str, context: str, text: str, line: int, column: int, opened: int) -> tuple[str, str]:
    """A message and a hint for the parser's `problem` at a 0-based line and column of `text`; `opened` is the line on
    which what it was reading started, 0-based too."""
    lines = text.splitlines()
    whole = lines[line] if line < len(lines) else ""
    at, before = whole[column : column + 1], whole[:column].rstrip()
    if "cannot start any token" in problem:
        if at == "\t" or "'\\t'" in problem:
            return "a tab cannot indent YAML", "indent with spaces"
        if at:
            return f"plain text cannot start with {at}", QUOTE
    if "directive" in problem + context or at == "%":
        return "a line that starts with % is a directive of YAML", QUOTE
    if "anchor" in context or "alias" in context:
        return "plain text cannot start with & or *", QUOTE
    if "tag" in problem + context:
        return "plain text cannot start with !", QUOTE
    if "mapping values are not allowed" in problem:
        return _no_field_here(lines, line, before)
    if "expected ',' or" in problem:
        if at == ":" and line == opened:
            return _COLON[0], "put the text in quotes"
        return _behind(before) or (
            f"the `[` or `{{` on line {opened + 1} is not closed, or two things in it are not parted by a comma",
            "put text that contains , [ ] { } or starts with a quote in quotes",
        )
    if any(part in problem for part in _MISPLACED):
        return _behind(before) or ("this is not indented like what it belongs to", "indent it like its neighbours")
    for part, message, hint in _KNOWN:
        if part in problem:
            return message, hint
    return f"not valid YAML: {problem}", ""


_COLON = ("`: ` inside plain text starts a new field", QUOTE)


def _no_field_here(lines: list[str], line: int, before: str) -> tuple[str, str]:
    """A `: ` that starts no field: it is inside a text, or the line above goes on and takes this one in."""
    field = _FIELD.fullmatch(before)
    above = next((one for one in reversed(lines[:line]) if one.strip()), "")
    found = _FIELD.match(above)
    if field is None or found is None:
        return _COLON
    if field.start(1) > found.start(1):
        return (
            "this is indented deeper than the field above, so that it continues its text",
            "indent it like that field, or put the text in quotes",
        )
    missing = "space behind it" if found[2] else "`: ` behind it"
    return f"`{found[0].strip(' -')}` in the line above has no {missing}", f"write `{found[1]}: ` and then the text"


def _behind(before: str) -> tuple[str, str] | None:
    """What is wrong where something stands behind a value that has ended."""
    if before.endswith(("]", "}")):
        return "text that starts with [ or { is a list or a mapping to YAML, and more follows it here", QUOTE
    if before.endswith(('"', "'")):
        hint = "put text that contains quotes in the other kind of quotes, or close a quote that is open further up"
        return "more text follows behind a closed quote", hint
    return None


def hint_anchor(sign: str, name: str) -> tuple[str, str]:
    if sign == "*":
        return f"`*{name}` is an alias, which a deck cannot use", f"write the text again, or quote it: '*{name}...'"
    return f"`&{name}` is an anchor, which a deck cannot use", f"remove it, or put the text in quotes: '&{name}...'"


def hint_tag(tag: str) -> tuple[str, str]:
    shown = tag.replace("tag:yaml.org,2002:", "!!")
    return f"`{shown}` is a tag, which a deck cannot use", "remove it, or put text that starts with ! in quotes"
