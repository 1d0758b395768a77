"""Decks as people write them: comments, quotes, both kinds of line ends, with ids and without, with faults."""

from hypothesis import strategies as st

SAID = st.sampled_from(
    [
        "What is it?",
        "'It''s: so'",
        '"Say \\"no\\" # 1"',
        "量化是什么？",
        "|\n      two\n\n      lines",
        "folded\n      on",
        "🙂 a",
    ]
)
FLOW_SAID = st.sampled_from(["What is it?", "'a: b, {c}'", '"q\\tq"', "量化？", "🙂"])
COMMENT = st.sampled_from(["", "  # a comment", "  # 注释: {x}"])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """One entry of a deck as people write them, with or without an id, sometimes with a fault."""
    comment = draw(COMMENT)
    if draw(st.booleans()):
        fields = [f"q: {draw(FLOW_SAID)}", f"a: {draw(FLOW_SAID)}"]
        if draw(st.booleans()):
            fields.insert(draw(st.integers(0, 2)), f"id: x{draw(st.integers(0, 99))}")
        if draw(st.booleans()):
            fields = ['"q": "in JSON"', '"a": "b"']
        opening = draw(st.sampled_from(["{", "{ ", "{\n    ", "{ # why\n    "]))
        return f"- {opening}{draw(st.sampled_from([', ', chr(10).join([',', '    '])])).join(fields)}}}{comment}\n"
    fields = [f"q: {draw(SAID)}\n", f"a: {draw(SAID)}\n", *draw(st.lists(st.just("# note\n"), max_size=1))]
    if draw(st.integers(0, 3)) == 0:
        fields = ["type: cloze\n", "text: The {{c1::a}} and {{c2::b}}\n"]
    if draw(st.booleans()):
        fields.append(f"id: x{draw(st.integers(0, 99))}\n")
    if draw(st.integers(0, 5)) == 0:
        fields.append("unknown: x\n")
    opening = draw(st.sampled_from(["- ", "-   ", f"-{comment}\n  "]))
    indent = " " * (len(opening) if "\n" not in opening else 2)
    return opening + indent.join(fields).replace("\n      ", "\n" + indent + "  ")


@st.composite
def decks(draw: st.DrawFn) -> str:
    indent = draw(st.sampled_from(["", "  "]))
    body = "".join(draw(st.lists(entries(), min_size=1, max_size=5)))
    cards = "".join(indent + line if line.strip() else line for line in body.splitlines(keepends=True))
    head = draw(st.sampled_from(["", "# top\nformat: 1\n", "title: {en: T, zh: 题}\n\n"]))
    tail = draw(st.sampled_from(["", "deck: later\n", "# end"]))
    text = f"{head}cards:{draw(COMMENT)}\n{cards}{tail}"
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
