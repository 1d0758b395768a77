"""Rich's Markdown with lines that break between Chinese characters too, not at spaces alone."""

import re
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod, RenderResult
from rich.containers import Lines
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownContext, MarkdownElement, Paragraph, TableDataElement
from rich.measure import Measurement
from rich.segment import Segment
from rich.syntax import Syntax
from rich.text import Text

from quizapp.cards.formula_text import drawn_markdown, may_have_formulas, source_markdown
from quizapp.ui.breaks import breaks

# In 用**众数（mode）**代替 a mark meets a letter, and Markdown sees no bold: let a letter of no width stand between.
_NOTHING = "\u200b"
_WIDE = "\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7ff"  # letters that are written without spaces
_OPENING = re.compile(rf"(?<=[{_WIDE}])\*\*([^\w\s*])")
_CLOSING = re.compile(rf"([^\w\s*])\*\*(?=[{_WIDE}])")


_MARK = re.compile(r"[!#&*<>\[\]_`~\\]")
_CODE = re.compile(r"```|~~~|^(?: {4}|\t)", re.MULTILINE)
_TOKEN = re.compile(r"\w+|[^\w\s]")


def layout_work(text: str) -> int:
    """About how much it is to lay out a Markdown text, 40 microseconds each: marks, lines, cells, words of code;
    and what stands in formulas."""
    code = len(_TOKEN.findall(text)) if _CODE.search(text) else 0
    drawn = len(text) // 10 if may_have_formulas(text) else 0
    return drawn + len(_MARK.findall(text)) + 3 * text.count("\n") + 5 * text.count("|") + code


class WrappedText(Text):
    """Text that wraps by `breaks`."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        lines = Lines()
        for line in self.split(allow_blank=True):
            if "\t" in line:
                line.expand_tabs(tab_size)
            pieces = Lines([line]) if no_wrap else line.divide(breaks(line.plain, width))
            for piece in pieces:
                piece.rstrip_end(width)
            wanted = justify or self.justify
            if wanted in ("center", "right"):
                pieces.justify(console, width, justify=wanted, overflow=overflow or "fold")
            lines.extend(pieces)
        return lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cell_len(line) for line in self.plain.splitlines()), default=0)
        words = max((cell_len(word) if word.isascii() else 4 for word in self.plain.split()), default=0)
        return Measurement(min(words, widest), widest)


class _WrappedParagraph(Paragraph):
    def on_enter(self, context: MarkdownContext) -> None:
        super().on_enter(context)
        self.text = WrappedText(justify="left")


class _PlainHeading(Heading):
    """A heading is bold at the left margin; Rich would centre or box it."""

    def on_enter(self, context: MarkdownContext) -> None:
        super().on_enter(context)
        self.text = WrappedText(justify="left")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.text


class _WrappedCell(TableDataElement):
    def __init__(self, justify: JustifyMethod) -> None:
        super().__init__(justify)
        self.content: Text = WrappedText("", justify=justify)

    def on_text(self, context: MarkdownContext, text: str | Text) -> None:
        if isinstance(text, str):
            self.content.append(text, context.current_style)
        else:
            self.content.append_text(text)


class _FlushCode(CodeBlock):
    """Code on the pane's own background, one blank column in front."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip()
        yield Syntax(
            code, self.lexer_name, theme=self.theme, word_wrap=True, padding=(0, 1), background_color="default"
        )


class WrappedMarkdown(Markdown):
    """Markdown for cards: wrapped at characters, plain headings, code without a box. Links are shown, never opened."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "paragraph_open": _WrappedParagraph,
        "heading_open": _PlainHeading,
        "td_open": _WrappedCell,
        "th_open": _WrappedCell,
        "fence": _FlushCode,
        "code_block": _FlushCode,
    }

    def __init__(self, text: str, width: int, *, source: bool = False, **options: Any) -> None:
        """To be rendered `width` cells wide; of formulas the drawing, or the `source`."""
        text = source_markdown(text) if source else drawn_markdown(text, width - 2)  # a blank at each side of code
        text = _CLOSING.sub(rf"\1{_NOTHING}**", _OPENING.sub(rf"**{_NOTHING}\1", text))
        super().__init__(text, hyperlinks=False, **options)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for part in super().__rich_console__(console, options):
            if isinstance(part, Segment) and _NOTHING in part.text:
                part = part._replace(text=part.text.replace(_NOTHING, ""))
            yield part
