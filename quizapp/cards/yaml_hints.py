"""What the parser's complaints mean to somebody who writes a deck, and what to do about them."""

import re

from quizapp.texts import Sentence, tell

# A part of libyaml's or PyYAML's problem → a sentence and what to do, by their ids. The first that fits is used.
_KNOWN = (
    ("found unexpected ':'", "yaml.colon_in_flow", "yaml.colon_in_flow.do"),
    ("escape character", "yaml.unknown_escape", "yaml.escape.do"),
    ("escape code", "yaml.odd_escape", "yaml.escape.do"),
    ("did not find expected hexdecimal number", "yaml.short_escape", "yaml.escape.do"),
    ("unexpected end of stream", "yaml.open_quote", "yaml.open_quote.do"),
    ("unexpected document indicator", "yaml.open_quote", "yaml.open_quote.do"),
    ("could not find expected ':'", "yaml.no_colon", "yaml.no_colon.do"),
    ("did not find expected node content", "yaml.gap", "yaml.gap.do"),
    ("expected the node content", "yaml.gap", "yaml.gap.do"),
    ("block sequence entries are not allowed", "yaml.no_dash", "yaml.no_dash.do"),
    ("block mapping keys are not allowed", "yaml.no_key", "yaml.no_key.do"),
    ("tab", "yaml.tab", "yaml.tab.do"),
    ("expected comment or line break", "yaml.block_text", "yaml.block_text_or_quotes.do"),
    ("expected chomping", "yaml.block_text", "yaml.block_text.do"),
    ("expected a comment or a line break", "yaml.block_text", "yaml.block_text_or_quotes.do"),
    ("indentation indicator", "yaml.block_text", "yaml.block_text.do"),
    ("block scalar", "yaml.block_text", "yaml.block_text.do"),
    ("document start", "yaml.after_end", "yaml.after_end.do"),
    # libyaml from 0.2.6 on stops by itself at 1,000, before its first event
    ("maximum nesting depth", "yaml.deep", "yaml.in_quotes"),
)
Explanation = tuple[Sentence, Sentence | None]  # what is wrong, and what to do


_MISPLACED = ("did not find expected key", "expected <block end>", "did not find expected '-' indicator")
_FIELD = re.compile(r"[ \t]*(?:- +)*(\w+)(:?)(?=[^/]|$)")


def explain_syntax(problem: str, context: str, text: str, line: int, column: int, opened: int) -> Explanation:
    """What is wrong and what to do, for the parser's `problem` at a 0-based line and column of `text`; `opened` is the
    line on which what it was reading started, 0-based too."""
    lines = text.splitlines()
    whole = lines[line] if line < len(lines) else ""
    at, before = whole[column : column + 1], whole[:column].rstrip()
    if "cannot start any token" in problem:
        if at == "\t" or "'\\t'" in problem:
            return tell("yaml.tab"), tell("yaml.tab.do")
        if at:
            return tell("yaml.plain_start", sign=at), tell("yaml.quote")
    if "directive" in problem + context or at == "%":
        return tell("yaml.directive"), tell("yaml.quote")
    if "anchor" in context or "alias" in context:
        return tell("yaml.plain_start_anchor"), tell("yaml.quote")
    if "tag" in problem + context:
        return tell("yaml.plain_start", sign="!"), tell("yaml.quote")
    if "mapping values are not allowed" in problem:
        return _no_field_here(lines, line, before)
    if "expected ',' or" in problem:
        if at == ":" and line == opened:
            return tell("yaml.colon_in_text"), tell("yaml.in_quotes")
        return _behind(before) or (tell("yaml.unclosed", line=opened + 1), tell("yaml.unclosed.do"))
    if any(part in problem for part in _MISPLACED):
        return _behind(before) or (tell("yaml.misplaced"), tell("yaml.misplaced.do"))
    for part, message, hint in _KNOWN:
        if part in problem:
            return tell(message), tell(hint)
    return tell("yaml.invalid", problem=problem), None


def _no_field_here(lines: list[str], line: int, before: str) -> Explanation:
    """A `: ` that starts no field: it is inside a text, or the line above goes on and takes this one in."""
    field = _FIELD.fullmatch(before)
    above = next((one for one in reversed(lines[:line]) if one.strip()), "")
    field_above = _FIELD.match(above)
    if field is None or field_above is None:
        return tell("yaml.colon_in_text"), tell("yaml.quote")
    if field.start(1) > field_above.start(1):
        return tell("yaml.deeper"), tell("yaml.deeper.do")
    key = field_above[0].strip(" -")
    message = tell("yaml.no_space_above", key=key) if field_above[2] else tell("yaml.no_colon_above", key=key)
    return message, tell("yaml.above.do", key=field_above[1])


def _behind(before: str) -> Explanation | None:
    """What is wrong where something stands behind a value that has ended."""
    if before.endswith(("]", "}")):
        return tell("yaml.behind_bracket"), tell("yaml.quote")
    if before.endswith(('"', "'")):
        return tell("yaml.behind_quote"), tell("yaml.behind_quote.do")
    return None
